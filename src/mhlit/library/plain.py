"""An item as one plain text, in TOML: to be edited by hand, kept in git, and read back the same."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from mhlit.document import RECORD_STRINGS, decode_work, encode_work
from mhlit.errors import UsageError
from mhlit.identifiers import SCHEMES
from mhlit.library import sources
from mhlit.library.keys import clean_key
from mhlit.model import READING, Item, Status, Work
from mhlit.text import printable

_LISTS = frozenset(
    "authors editors former_authors name_forms topics resources languages data_origin aliases tags collections files"
    " apart code confirmed_by seen unconfirmed".split()
)
_STRINGS = frozenset(
    "title summary type issued status checked note added reading catalog id list section as_listed field listed correct"
    " key format text family given particle suffix literal".split()
).union(RECORD_STRINGS, SCHEMES)
_TABLES = frozenset({"record", "preprint", "links", "provenance", "item", "source"})
_ROWS = frozenset({"listings", "errors"})


def to_toml(work: Work, source: str = "") -> str:
    """Return an item as TOML: its key, the fields of the work, what the reader says of it, what it was read from."""
    document: dict[str, Any] = {"key": work.key, **encode_work(work)}
    kept = sources.read(source)
    if kept:
        members = {name: value for name, value in kept._asdict().items() if value}
        document["source"] = members
    return "".join(_table(document, ()))


def from_toml(text: str) -> tuple[Work, str]:
    """Return the work and the source that `to_toml` wrote. Raises UsageError, with the place, where it is not right."""
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"not TOML: {error}") from None
    for problem in _problems(document, ""):
        raise UsageError(problem)
    key = document.pop("key", "")
    if document.get("item", {}).get("reading", READING[0]) not in READING:
        raise UsageError(f"item.reading: must be one of {', '.join(READING)}")
    if not key or clean_key(key) != key:
        raise UsageError(f"key: no program can read the key {key!r}")
    source = document.pop("source", None)
    if not (document.keys() & {"record", "preprint"}):
        raise UsageError("there is neither [record] nor [preprint]")
    document.setdefault("provenance", {"status": Status.OWN.value})
    document.setdefault("item", {"added": ""})
    try:
        work = decode_work(key, document)
        fields = tuple((str(name), str(value)) for name, value in (source or {}).pop("fields", ()))
        return work, sources.written(sources.Source(**source, fields=fields)) if source is not None else ""
    except (KeyError, ValueError, TypeError) as error:
        raise UsageError(f"not the record of a work: {error}") from None


def _problems(table: Mapping[str, Any], path: str) -> Iterator[str]:
    """Yield what is wrong with the names and kinds of values."""
    for name, value in table.items():
        at = f"{path}{name}"
        wanted = _wanted(name, value)
        if wanted:
            yield f"{at}: {wanted}"
        elif name in _TABLES:
            yield from _problems(value, f"{at}.")
        elif name in _ROWS:
            for row in value:
                yield from _problems(row, f"{at}.")


def _wanted(name: str, value: Any) -> str:
    """Return what a value must be and is not; an empty string where it is right."""
    kinds = (
        (_TABLES, isinstance(value, dict), "must be a table"),
        (_ROWS, _all(value, dict), "must be tables"),
        (_LISTS, _all(value, str, dict), "must be a list of strings"),
        (_STRINGS, isinstance(value, str), f"must be in quotes, got {value!r}"),
        ({"starred"}, isinstance(value, bool), "must be true or false"),
        ({"fields"}, _all(value, list) and all(_all(pair, str) and len(pair) == 2 for pair in value), "must be pairs"),
    )
    for names, right, wanted in kinds:
        if name in names:
            return "" if right else wanted
    return "there is no such field"


def _all(value: Any, *kinds: type) -> bool:
    return isinstance(value, list) and all(isinstance(one, kinds) for one in value)


def _table(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of a table: its values first, then the tables inside it."""
    inside: list[tuple[str, Any]] = []
    for name, value in table.items():
        rows = isinstance(value, list) and name in _ROWS
        if isinstance(value, dict) or rows:
            inside.append((name, value))
        else:
            yield f"{name} = {_value(value)}\n"
    for name, value in inside:
        where = (*path, name)
        for row in value if isinstance(value, list) else [value]:
            head = ".".join(where)
            yield f"\n[[{head}]]\n" if isinstance(value, list) else f"\n[{head}]\n"
            yield from _table(row, where)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_value(part)}" for name, part in value.items()) + " }"
    if isinstance(value, list | tuple):
        if not value:
            return "[]"
        return "[\n" + "".join(f"  {_value(part).replace(chr(10), ' ')},\n" for part in value) + "]"
    if "\n" in value and "'''" not in value and all(c.isprintable() or c == "\n" for c in value):
        return f"'''\n{value}'''"  # a note or a record as it was read, to be read by people
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def with_item(work: Work, added: str) -> Work:
    """Return a work that certainly has an item, its words without what could move a cursor."""
    item = work.item or Item(added)
    return work._replace(
        item=item._replace(
            added=printable(item.added) or added,
            tags=tuple(filter(None, map(printable, item.tags))),
            collections=tuple(filter(None, map(printable, item.collections))),
        )
    )

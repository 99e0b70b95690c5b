"""Read CSL-JSON: an array of items, one item, or an object that holds the array.

Source: the CSL 1.0.2 specification and its JSON schema. The members of each item are read one by one, so that the
place of every field is known.
"""

import json
import re
from collections.abc import Iterator
from json.decoder import JSONDecodeError, JSONDecoder
from typing import Any, NamedTuple

from mhlit.formats.readers import Problem, Reading
from mhlit.formats.readers.people import read_name
from mhlit.formats.readers.records import date_of, make_entry, mentions, pages_of, server_of
from mhlit.formats.readers.source import Lines
from mhlit.identifiers import make_identifier
from mhlit.model import Entry, Mention, Name, PartialDate, Record, SourceField, Version
from mhlit.text import without_tags

_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "paper-conference": "inproceedings",
    "chapter": "incollection",
    "book": "book",
    "thesis": "thesis",
    "report": "report",
    "dataset": "dataset",
    "software": "software",
    "webpage": "online",
    "post-weblog": "online",
    "manuscript": "unpublished",
}
# Where an object may hold the items: Zotero's and pandoc's exports, and citeproc's.
_HOLDERS = ("items", "references", "data")
_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = JSONDecoder()


class _Member(NamedTuple):
    """A member of a JSON object with its place."""

    name: str
    value: Any
    name_start: int
    start: int
    end: int


def read(text: str) -> Reading:
    """Read every item; where the JSON breaks off, what stands before is kept and the place is told."""
    lines = Lines(text)
    problems: list[Problem] = []
    entries: list[Entry] = []
    try:
        for start, members, end in _items(text):
            if members:
                entries.append(_entry(start, members, end, lines))
            else:
                problems.append(Problem("expected an item with fields, in braces", lines.place(start, end)))
    except JSONDecodeError as error:
        problems.append(Problem(f"not JSON: {error.msg}", lines.place(error.pos, error.pos)))
    except (RecursionError, ValueError) as error:  # brackets in brackets, a number of thousands of digits
        problems.append(Problem(f"not CSL-JSON: {str(error) or 'nested too deeply'}", lines.place(0, 0)))
    return Reading(tuple(entries), tuple(problems))


def _items(text: str) -> Iterator[tuple[int, list[_Member], int]]:
    """Yield where each item begins, its members (none where it is no object), and the offset after it."""
    at = _skip(text, 0)
    if text[at : at + 1] == "[":
        yield from _array(text, at)
    elif text[at : at + 1] == "{":
        members, end = _members(text, at)
        held = next((member for name in _HOLDERS for member in members if member.name == name), None)
        if held and isinstance(held.value, list):
            yield from _array(text, held.start)
        else:
            yield at, members, end
    else:
        raise JSONDecodeError("expected an array of items", text, at)


def _array(text: str, at: int) -> Iterator[tuple[int, list[_Member], int]]:
    at = _skip(text, at + 1)
    while text[at : at + 1] != "]":
        members: list[_Member] = []
        if text[at : at + 1] == "{":
            members, end = _members(text, at)
        else:
            _, end = _DECODER.raw_decode(text, at)
        yield at, members, end
        at = _after_comma(text, end, "]")


def _members(text: str, at: int) -> tuple[list[_Member], int]:
    """Return the members of the object that begins at `at`, and the offset after it."""
    members: list[_Member] = []
    at = _skip(text, at + 1)
    while text[at : at + 1] != "}":
        name, end = _DECODER.raw_decode(text, at)
        if not isinstance(name, str):
            raise JSONDecodeError("expected the name of a field in quotes", text, at)
        start = _skip(text, end)
        if text[start : start + 1] != ":":
            raise JSONDecodeError("expected a colon", text, start)
        start = _skip(text, start + 1)
        value, end = _DECODER.raw_decode(text, start)
        members.append(_Member(name, value, at, start, end))
        at = _after_comma(text, end, "}")
    return members, at + 1


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _after_comma(text: str, at: int, close: str) -> int:
    """Return where the next value begins, or where `close` stands. Raises JSONDecodeError where neither follows."""
    at = _skip(text, at)
    if text[at : at + 1] == close:
        return at
    if text[at : at + 1] != ",":
        raise JSONDecodeError(f"expected a comma or {close}", text, at)
    return _skip(text, at + 1)


def _entry(start: int, members: list[_Member], end: int, lines: Lines) -> Entry:
    values = {member.name: member.value for member in members}
    fields = tuple(
        SourceField(member.name, _written(member.value), member.name_start, member.start, member.end)
        for member in members
    )
    text = {name: without_tags(_text(value)) for name, value in values.items()}
    kind = text.get("type", "")
    authors, omitted = _people(values.get("author"))
    pages, article_number = pages_of(text.get("page", ""))
    number = text.get("number", "")
    if number and number == pages:  # an article number is given in both, for the styles
        pages, article_number = "", number
    record = Record(
        version=Version.VERSION_OF_RECORD,
        type=_TYPES.get(kind, "misc"),
        title=text.get("title", ""),
        authors=authors,
        issued=_date(values.get("issued")),
        container_title=text.get("container-title", ""),
        collection_title=text.get("collection-title", ""),
        volume=text.get("volume", ""),
        issue=text.get("issue", ""),
        pages=pages,
        article_number=article_number,
        publisher=text.get("publisher", ""),
        publisher_place=text.get("publisher-place", ""),
        editors=_people(values.get("editor"))[0],
        server=server_of((text.get("genre", ""), text.get("archive", ""), number)),
        url=text.get("URL", ""),
    )
    custom = values.get("custom")
    return make_entry(
        text.get("id", ""),
        kind,
        record,
        fields=fields,
        place=lines.place(start, end),
        found=(*mentions(fields, eprint_is_arxiv=True), *_custom(custom, members)),
        omitted=omitted,
        annotation=str(custom.get("annotation", "")) if isinstance(custom, dict) else "",
    )


def _custom(custom: Any, members: list[_Member]) -> tuple[Mention, ...]:
    """Return the arXiv id that mhlit writes where CSL has no variable for it."""
    value = custom.get("arxiv") if isinstance(custom, dict) else None
    place = next((place for place, member in enumerate(members) if member.name == "custom"), 0)
    try:
        return (Mention(make_identifier("arxiv", value), place),) if isinstance(value, str) else ()
    except ValueError:
        return ()


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _text(value: Any) -> str:
    """Return a value as text; Crossref gives some of them as lists of one."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _people(value: Any) -> tuple[tuple[Name, ...], int]:
    """Return the names of a CSL name variable, and before which of them names are left out."""
    names: list[Name] = []
    omitted = -1
    for item in value if isinstance(value, list) else ():
        name = _name(item)
        if name.literal.lower().strip(" .") in ("others", "et al", "…", "") and not name.family:
            omitted = len(names)
        else:
            names.append(name)
    return tuple(names), omitted


def _name(item: Any) -> Name:
    if isinstance(item, str):
        return read_name(item)
    parts = {name: _text(part).strip() for name, part in item.items()} if isinstance(item, dict) else {}
    literal, family, given = parts.get("literal", ""), parts.get("family", ""), parts.get("given", "")
    if literal or not (family and given):
        return Name(literal=literal or family or given or parts.get("name", ""))
    particle = " ".join(filter(None, (parts.get("dropping-particle"), parts.get("non-dropping-particle"))))
    return Name(family, given, particle, parts.get("suffix", ""))


def _date(value: Any) -> PartialDate | None:
    if not isinstance(value, dict):
        return date_of("", _text(value))
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        written = "-".join(_text(part).zfill(2) for part in parts[0][:3] if part)
        return date_of(written, written)
    raw = _text(value.get("raw")) or _text(value.get("literal")) or _text(value.get("year"))
    return date_of(raw, raw, raw)

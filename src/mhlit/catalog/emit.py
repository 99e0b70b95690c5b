"""Write a work's TOML in the catalog's one layout, and add a listing to a file without touching the rest of it.

The layout: fields in the order of `mhlit.catalog.fields.SHAPES`, a blank line before each table, a list on one line
where it is short and else an item a line, `errors` always a row a line; a string with quotation marks in it is a
literal one where it can be (TOML 1.0.0).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from mhlit.catalog.fields import SHAPES

_FEW = 4
_WIDTH, _WIDTH_OF_FEW = 100, 110
"""How long a line a list may fill; one of few items may be a little longer."""
_TABLES = ("record", "preprint", "links", "listings", "provenance")
_PROVENANCE = re.compile(r"^[ \t]*\[[ \t]*provenance[ \t]*\]", re.MULTILINE)
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def emit_work(document: Mapping[str, Any]) -> str:
    """Return the TOML of a work's document, as `tomllib` reads it. Raises ValueError for a field no table has."""
    blocks = ["".join(_fields("", {key: value for key, value in document.items() if key not in _TABLES}))]
    for name in _TABLES:
        if name == "listings":
            blocks += [emit_listing(listing) for listing in document.get(name, ())]
        elif name in document:
            blocks.append(f"[{name}]\n" + "".join(_fields(name, document[name])))
    return "\n".join(blocks)


def emit_listing(listing: Mapping[str, Any]) -> str:
    """Return one `[[listings]]` table."""
    return "[[listings]]\n" + "".join(_fields("listings", listing))


def add_listing(text: str, listing: Mapping[str, Any]) -> str:
    """Return a work's TOML with one listing more, behind its others; every other character stays as it was.

    Raises ValueError where the file has no one place for it.
    """
    places = [found.start() for found in _PROVENANCE.finditer(text)]
    if len(places) != 1:
        raise ValueError("must have one line [provenance]")
    ending = "\r\n" if "\r\n" in text else "\n"
    return text[: places[0]] + (emit_listing(listing) + "\n").replace("\n", ending) + text[places[0] :]


def _fields(shape: str, table: Mapping[str, Any]) -> Iterator[str]:
    order = [field.removesuffix("!") for field in SHAPES[shape]]
    unknown = sorted(set(table) - set(order))
    if unknown:
        raise ValueError(f"{shape or 'a work'} has no field {unknown[0]!r}")
    yield from (f"{field} = {_value(field, table[field])}\n" for field in order if field in table)


def _value(field: str, value: Any) -> str:
    if isinstance(value, list):
        return _list(field, [_item(item) for item in value])
    return value.isoformat() if isinstance(value, date) else quote(value)


def _list(field: str, items: Sequence[str]) -> str:
    line = f"[{', '.join(items)}]"
    if field != "errors" and len(f"{field} = {line}") <= (_WIDTH if len(items) > _FEW else _WIDTH_OF_FEW):
        return line
    return "[\n" + "".join(f"  {item},\n" for item in items) + "]"


def _item(item: Any) -> str:
    if isinstance(item, Mapping):
        return "{ " + ", ".join(f"{key} = {quote(value)}" for key, value in item.items()) + " }"
    return quote(item)


def quote(text: str) -> str:
    """Return a string of TOML that says `text`."""
    if '"' in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    return '"' + "".join(_ESCAPES.get(c) or (f"\\u{ord(c):04X}" if c < " " or c == "\x7f" else c) for c in text) + '"'

"""What an item was read from, kept to the letter: every field of a BibTeX entry, or the text of another format."""

import json
from typing import NamedTuple

from mhlit.model import Entry

Fields = tuple[tuple[str, str], ...]


class Source(NamedTuple):
    """An entry as its file had it."""

    format: str
    type: str = ""
    key: str = ""
    fields: Fields = ()
    """Of BibTeX: names and values as written, macros replaced, without delimiters."""
    text: str = ""
    """Of other formats: the whole record."""


def of_entry(entry: Entry, format: str, text: str) -> Source:
    """Return what to keep of an entry that was read from `text`."""
    if format == "bibtex":
        fields = tuple((field.name, field.value) for field in entry.fields)
        return Source(format, entry.type, entry.key, fields)
    place = entry.place
    return Source(format, entry.type, entry.key, text=text[place.start : place.end] if place else "")


def written(source: Source) -> str:
    """Return a source as it is kept."""
    members = {name: value for name, value in source._asdict().items() if value}
    return json.dumps(members, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Source | None:
    """Return what `written` wrote; None where an item was read from nothing."""
    if not text:
        return None
    members = json.loads(text)
    fields = tuple((name, value) for name, value in members.pop("fields", ()))
    return Source(**members, fields=fields)

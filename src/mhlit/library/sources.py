"""What an item was read from, kept to the letter: every field of a BibTeX entry, or the text of another format."""

import json
from collections.abc import Container
from typing import NamedTuple

from mhlit.model import Entry

# Where BibTeX and BibLaTeX keep what a field of a record holds.
NAMES = {
    "title": ("title", "subtitle"),
    "authors": ("author",),
    "editors": ("editor",),
    "issued": ("year", "date", "month", "day"),
    "container_title": ("journal", "journaltitle", "booktitle"),
    "collection_title": ("series",),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "pages": ("pages",),
    "article_number": ("eid",),
    "publisher": ("publisher", "institution", "school", "organization"),
    "publisher_place": ("address", "location"),
    "url": ("url", "link", "ee"),
    "pdf": ("pdf",),
}
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
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
    members = {name: value for name, value in zip(source._fields, source, strict=True) if value}
    return _ENCODER.encode(members)


def read(text: str) -> Source | None:
    """Return what `written` wrote; None where an item was read from nothing."""
    if not text:
        return None
    members = json.loads(text)
    fields = tuple((name, value) for name, value in members.pop("fields", ()))
    return Source(**members, fields=fields)


def joined(own: str, other: str, changed: Container[str]) -> str:
    """Return a source with the fields another has besides, and with the other's of those record fields that changed.

    Sources of two formats cannot be joined; the first is kept then.
    """
    mine, theirs = read(own), read(other)
    if mine is None or theirs is None or mine.format != theirs.format or not mine.fields:
        return own or other
    offered = {name.lower() for name, _ in theirs.fields}
    taken = {name for field, names in NAMES.items() if field in changed and offered & {*names} for name in names}
    left = tuple(field for field in mine.fields if field[0].lower() not in taken)
    names = {name.lower() for name, _ in left}
    return written(
        mine._replace(fields=left + tuple(field for field in theirs.fields if field[0].lower() not in names))
    )


def with_fields(own: str, fields: Fields, type: str) -> str:
    """Return a BibTeX source whose record was edited: with new fields, and all that no record holds as it was."""
    mine = read(own)
    if mine is None or mine.format != "bibtex":
        return own
    new = {name.lower() for name, _ in fields}
    known = new.union(*NAMES.values(), ("doi", "isbn", "issn", "eprint", "archiveprefix", "primaryclass"))
    kept = tuple(field for field in mine.fields if field[0].lower() not in known)
    return written(mine._replace(type=type, fields=(*fields, *kept)))

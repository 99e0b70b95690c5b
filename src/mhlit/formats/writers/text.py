"""Write a reference list for people to read, as plain text: a reference a line."""

from collections.abc import Iterable

from mhlit.formats.writers.readable import readable, sentence
from mhlit.model import Entry


def write(entries: Iterable[Entry]) -> str:
    """Return the entries, one a line."""
    return "".join(f"{_line(entry)}\n" for entry in entries)


def _line(entry: Entry) -> str:
    one = readable(entry)
    where = ", ".join(part for part in (one.container, one.details) if part)
    address = one.links[0][1] if one.links else ""
    parts = (sentence(one.authors), sentence(one.title), sentence(where), address)
    return " ".join(part for part in parts if part)

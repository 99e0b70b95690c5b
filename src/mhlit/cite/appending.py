"""Add to a .bib file the entries that it has not: known by match, then by key. What stands in it is not touched."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from mhlit.cite.present import is_closed
from mhlit.errors import MhlitError
from mhlit.formats.readers.bibtex import read
from mhlit.formats.readers.source import Source, decode
from mhlit.match import Shelf, match
from mhlit.model import Entry, Work


class Addition(NamedTuple):
    """What adding entries to a file makes of it."""

    data: bytes
    """The file as it shall be: the old bytes, and those of the entries that are added."""
    added: tuple[str, ...]
    present: tuple[tuple[str, str], ...]
    """The keys of entries that are there already, each with the key that the file has for the work."""
    taken: tuple[str, ...]
    """The keys of entries that could not be added, because the file has another work of that key."""


def addition(old: bytes, works: Sequence[Work], entries: Sequence[Entry], write: Callable[..., str]) -> Addition:
    """Return what adding the entries of works to a file makes of it.

    Raises MhlitError where the bytes are no text, end inside an entry, or are in a code that the entries do not fit.
    """
    source = _source(old)
    held = read(source.text).entries
    by_work = {work.key: entry.key for work, entry in _matched(works, held)}
    keys = {entry.key.lower() for entry in held}
    new, present, taken = [], [], []
    for work, entry in zip(works, entries, strict=True):
        if work.key in by_work:
            present.append((entry.key, by_work[work.key]))
        elif entry.key.lower() in keys:
            taken.append(entry.key)
        else:
            new.append(entry)
            keys.add(entry.key.lower())
    data = old + _bytes(source, write(new)) if new else old
    return Addition(data, tuple(entry.key for entry in new), tuple(present), tuple(taken))


def _source(old: bytes) -> Source:
    try:
        source = decode(old)
    except ValueError as error:
        raise MhlitError(f"the file {error}; nothing was changed") from None
    if not is_closed(source.text):
        raise MhlitError("the last entry of the file is not closed; nothing was changed", "close it with a brace")
    return source


def _matched(works: Sequence[Work], held: Iterable[Entry]) -> list[tuple[Work, Entry]]:
    shelf = Shelf(works)
    found = ((match(entry, [shelf]).work, entry) for entry in held)
    return [(work, entry) for work, entry in found if work is not None]


def _bytes(source: Source, text: str) -> bytes:
    """Return what follows the old text: an empty line, then entries with the line ends and in the code of the file."""
    before = "" if not source.text else "\n" if source.text.endswith(("\n", "\r")) else "\n\n"
    text = before + text
    if "\r\n" in source.text:
        text = text.replace("\n", "\r\n")
    try:
        return text.encode(source.encoding)
    except UnicodeEncodeError:
        raise MhlitError(
            f"the file is in {source.encoding}, which has not every letter of the entries; nothing was changed",
            "--format bibtex writes ASCII",
        ) from None

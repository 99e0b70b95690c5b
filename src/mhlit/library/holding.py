"""Is a work in the library already? By its identifiers, its address, or its title and people."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mhlit.library import items
from mhlit.library.duplicates import as_entry, kept_apart, told_apart
from mhlit.library.shown import squashed_titles
from mhlit.match import Shelf, match
from mhlit.model import Work
from mhlit.store.index import identifier_forms


class Held(NamedTuple):
    """A work that is in the library, and how that is known."""

    kept: items.Kept
    reasons: tuple[str, ...]


def held(connection: sqlite3.Connection, work: Work) -> Held | None:
    """Return the item that a new work is, None where it is none."""
    candidates = _ids(connection, "identifiers", "form", identifier_forms(work))
    candidates |= _ids(connection, "titles", "title", squashed_titles(work))
    kept = {one.key: one for one in items.read(connection, sorted(candidates))}
    found = match(as_entry(work), [Shelf([one.work for one in kept.values()])]) if kept else None
    if found is None or found.work is None or told_apart(found.work, work) or kept_apart(found.work, work):
        return None
    return Held(kept[found.work.key], found.reasons)


def with_form(connection: sqlite3.Connection, forms: Iterable[str]) -> items.Kept | None:
    """Return the first item that one of these forms of an identifier or address names."""
    return next(items.read(connection, sorted(_ids(connection, "identifiers", "form", forms))), None)


class Holdings:
    """What a library knows of identifiers: which of them are of one work. Fulfils the protocol `Lookup`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Look up in a library that is open to be read."""
        self._connection = connection

    def named(self, forms: Sequence[str]) -> list[Work]:
        """Return the works that one of these forms names, each under the catalog's key where the catalog has it."""
        ids = sorted(_ids(self._connection, "identifiers", "form", forms))
        select = "SELECT catalog FROM links WHERE work = ?"
        links = {one: key for one in ids for (key,) in self._connection.execute(select, (one,))}
        return [kept.work._replace(key=links.get(kept.id, kept.key)) for kept in items.read(self._connection, ids)]

    def titled(self, title: str) -> Sequence[Work]:  # noqa: ARG002  # the protocol has it
        """Return nothing: a title proves no more here than it does without a library."""
        return ()


def _ids(connection: sqlite3.Connection, table: str, column: str, values: Iterable[str]) -> set[int]:
    select = f"SELECT work FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))"
    return {work for (work,) in connection.execute(select, (json.dumps(sorted(values)),))}

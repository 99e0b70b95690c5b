"""Items as they are kept: a key, the reader's own work as JSON, and what it was read from."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mhlit.document import decode_work
from mhlit.model import Work
from mhlit.store.writing import document_of


class Kept(NamedTuple):
    """A row of `items`."""

    id: int
    key: str
    document: str
    source: str = ""

    @property
    def work(self) -> Work:
        """Return the reader's own work, whatever the catalog says of it."""
        return decode_work(self.key, json.loads(self.document))


_SELECT = "SELECT id, key, document, source FROM items"


def written(work: Work) -> str:
    """Return a work as it is kept."""
    return document_of(work)


def works(connection: sqlite3.Connection, ids: Iterable[int]) -> list[tuple[int, Work, str]]:
    """Return ids, works and these as they are kept, in the order of `ids`."""
    return [(kept.id, kept.work, kept.document) for kept in read(connection, ids)]


def read(connection: sqlite3.Connection, ids: Iterable[int]) -> Iterator[Kept]:
    """Yield items in the order of `ids`, those that are not there left out."""
    for identity in ids:
        for row in connection.execute(f"{_SELECT} WHERE id = ?", (identity,)):
            yield Kept(*row)


def read_all(connection: sqlite3.Connection) -> Iterator[Kept]:
    """Yield every item, by key."""
    yield from (Kept(*row) for row in connection.execute(f"{_SELECT} ORDER BY key COLLATE NOCASE"))


def with_key(connection: sqlite3.Connection, key: str) -> Kept | None:
    """Return the item of a citation key, whatever its case."""
    row = connection.execute(f"{_SELECT} WHERE key = ?", (key,)).fetchone()
    return Kept(*row) if row else None

"""Save what can be read of a damaged library, into a new file; the damaged one is kept."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

from mhlit.errors import MhlitError
from mhlit.library.backups import set_aside_as_it_is
from mhlit.library.file import reached
from mhlit.library.schema import OWN_TABLES, VERSION, create
from mhlit.library.shown import refresh
from mhlit.store.reading import Store

_COLUMNS = {
    "items": ("id", "key", "document", "source"),
    "collections": ("name", "watched"),
    "remnants": ("id", "file", "text"),
    "changes": ("id", "at", "label", "undone"),
    "steps": ("change_id", "kind", "name", "other"),
}
_STOP_AFTER = 2000  # rows in a row that cannot be read


class Repaired(NamedTuple):
    """What a repair found and did."""

    sound: bool
    """Whether nothing was wrong; nothing was changed then."""
    works: int = 0
    lost: int = 0
    """Works that are known to have been there and could not be read."""
    kept: Path | None = None
    """The damaged file."""


def repair(path: Path, catalog: Store) -> Repaired:
    """Look over a library and, where it is damaged, put what can be read of it into a new file in its place.

    Raises MhlitError where there is nothing to repair, or nothing could be read of it.
    """
    if not path.is_file():
        raise MhlitError(f"there is no library {path}")
    with reached(path):
        if _is_sound(path):
            return Repaired(sound=True)
        kept = set_aside_as_it_is(path, "damaged")
        new = path.with_name(f".{path.name}.repaired")
        for ending in ("", "-wal", "-shm", "-journal"):
            new.with_name(new.name + ending).unlink(missing_ok=True)
        try:
            works, lost = _salvage(path, new, catalog)
            if not works:
                raise MhlitError(
                    f"nothing can be read of {path}", "mhlit restore FILE puts a backup in its place; see mhlit info"
                )
            for ending in ("-wal", "-shm"):
                path.with_name(path.name + ending).unlink(missing_ok=True)
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
    return Repaired(False, works, lost, kept)


def _is_sound(path: Path) -> bool:
    """Tell whether every page of a file is in order, every item can be read, and the index holds each."""
    try:
        with closing(_open(path, patient=False)) as connection:
            (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            (items,) = connection.execute("SELECT count(*) FROM items").fetchone()
            (shown,) = connection.execute("SELECT count(*) FROM works JOIN items USING (id)").fetchone()
            return bool(verdict == "ok" and version == VERSION and items == shown)
    except sqlite3.DatabaseError:
        return False


def _open(path: Path, patient: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=10, isolation_level=None)
    if patient:  # a file that is shorter than its header says can be opened so
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("PRAGMA cell_size_check = ON")
    return connection


def _salvage(path: Path, new: Path, catalog: Store) -> tuple[int, int]:
    """Copy every row that can be read; return how many works there are then, and how many are known to be lost."""
    with closing(_open(path, patient=True)) as old, closing(sqlite3.connect(new, isolation_level=None)) as made:
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("BEGIN IMMEDIATE")
        create(made)
        for table in OWN_TABLES:
            made.executemany(_insert(table), _rows(old, table, _COLUMNS[table]))
        # An item that cannot be read may still be shown, though what it was read from is lost.
        made.executemany(_insert("items"), ((*row, "") for row in _rows(old, "works", _COLUMNS["items"][:3])))
        refresh(made, catalog, everything=True)
        (works,) = made.execute("SELECT count(*) FROM items").fetchone()
        made.execute("COMMIT")
        made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        made.execute("PRAGMA journal_mode = DELETE")  # one file, to be put in place of the other
        known = 0
        with suppress(sqlite3.DatabaseError):
            (known,) = old.execute("SELECT count(*) FROM works").fetchone()
    return works, max(known - works, 0)


def _insert(table: str) -> str:
    columns = _COLUMNS[table]
    return f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


def _rows(connection: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table, row by row behind one that cannot be read."""
    select = f"SELECT rowid, {', '.join(columns)} FROM {table}"
    last: int = 0
    with suppress(sqlite3.DatabaseError):
        for found in connection.execute(f"{select} NOT INDEXED ORDER BY rowid"):
            last = found[0]
            yield tuple(found[1:])
        return
    missed = 0
    while missed < _STOP_AFTER:
        last += 1
        try:
            row = connection.execute(f"{select} NOT INDEXED WHERE rowid = ?", (last,)).fetchone()
        except sqlite3.DatabaseError:
            row = None
        missed = 0 if row else missed + 1
        if row:
            yield tuple(row[1:])

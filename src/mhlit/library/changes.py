"""Change a library: every change is one transaction, and can be turned round."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from mhlit.errors import NothingFound
from mhlit.library import items, shown
from mhlit.library.file import Say, explained, open_to_write
from mhlit.library.shelf import digest, seen_with
from mhlit.model import Work
from mhlit.store.reading import Store, chunks

_UNDO, _REDO = "undone = 0 ORDER BY id DESC", "undone = 1 ORDER BY id"
_AT_ONCE = 5000  # works whose index is written together


class Done(NamedTuple):
    """A change that was made."""

    id: int
    at: str
    label: str
    undone: bool
    works: int
    """How many works it touched."""


class Library:
    """A library that is open to be changed."""

    def __init__(self, path: Path, catalog: Store, say: Say) -> None:
        """Open the library, creating it where there is none; `catalog` is what it is linked with."""
        self.path = path
        self.catalog = catalog
        self.connection = open_to_write(path, say)
        with explained(path):
            if seen_with(self.connection) != digest(catalog):
                with self._transaction():
                    shown.refresh(self.connection, catalog)

    def close(self) -> None:
        """Close the file; the last to do so tidies its log away."""
        with explained(self.path):
            self.connection.close()

    @contextmanager
    def change(self, label: str, dry_run: bool = False) -> Iterator["Change"]:
        """Begin a change; it is kept when the block ends, and nothing of it where the block raises, or in a dry run."""
        with explained(self.path), self._transaction(keep=not dry_run):
            change = Change(self)
            yield change
            change.finish(label)

    @contextmanager
    def _transaction(self, keep: bool = True) -> Iterator[None]:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.connection.execute("COMMIT" if keep else "ROLLBACK")
        except BaseException:
            self.connection.rollback()
            raise

    def undo(self, only: int | None = None) -> Done:
        """Turn the last change round, or `only` this one, where it is the last. Raises NothingFound where it is not."""
        return self._turn(_UNDO, only, "nothing is left to undo")

    def redo(self, only: int | None = None) -> Done:
        """Turn round what was undone last. Raises NothingFound where nothing was, or something was changed since."""
        return self._turn(_REDO, only, "nothing is left to redo")

    def next_undo(self) -> Done | None:
        """Return the change that `undo` would turn round."""
        return self._next(_UNDO)

    def next_redo(self) -> Done | None:
        """Return the change that `redo` would turn round."""
        return self._next(_REDO)

    def _next(self, which: str) -> Done | None:
        with explained(self.path):
            return next(_history(self.connection, f"WHERE {which} LIMIT 1"), None)

    def _turn(self, which: str, only: int | None, nothing: str) -> Done:
        with explained(self.path), self._transaction():
            found = self._next(which)
            if found is None:
                raise NothingFound(nothing)
            if only not in (None, found.id):
                raise NothingFound(f"the library was changed meanwhile: {found.label}", "try again")
            _turn(self.connection, found.id, shown.view(self.catalog))
            self.connection.execute("UPDATE changes SET undone = NOT undone WHERE id = ?", (found.id,))
            return next(_history(self.connection, f"WHERE id = {found.id}"))

    def history(self, limit: int) -> list[Done]:
        """Return the changes that were made, the last first."""
        with explained(self.path):
            return list(_history(self.connection, f"ORDER BY id DESC LIMIT {limit}"))


def _history(connection: sqlite3.Connection, which: str) -> Iterator[Done]:
    select = (
        "SELECT id, at, label, undone, (SELECT count(*) FROM steps WHERE change_id = id AND kind = 'item') FROM changes"
    )
    for identity, at, label, undone, works in connection.execute(f"{select} {which}"):
        yield Done(identity, at, label, bool(undone), works)


class Change:
    """A change under way: what it touches is remembered as it was before."""

    def __init__(self, library: Library) -> None:
        """Begin with nothing touched."""
        self.library = library
        self.connection = library.connection
        self._before: dict[tuple[str, str], str | None] = {}
        self._new: list[tuple[int, Work, str]] = []
        self._touched: dict[int, None] = {}
        self._view: shown.CatalogView | None = None

    @property
    def catalog(self) -> shown.CatalogView:
        """Return what of the catalog a library is linked with."""
        if self._view is None:
            self._view = shown.view(self.library.catalog)
        return self._view

    def add(self, work: Work, source: str = "") -> int:
        """Put a new work in and return its id. Raises sqlite3.IntegrityError where its key is taken."""
        insert = "INSERT INTO items (key, document, source) VALUES (?, ?, ?)"
        document = items.written(work)
        identity = self.connection.execute(insert, (work.key, document, source)).lastrowid
        if identity is None:
            raise AssertionError("SQLite gave no row id for an insert")
        self._before["item", str(identity)] = None
        self._new.append((identity, work, document))
        if len(self._new) >= _AT_ONCE:
            self.flush()
        return identity

    def replace(self, kept: items.Kept, work: Work, source: str | None = None) -> None:
        """Put another state in the place of an item; without `source` that stays as it is."""
        self.flush()
        before = [kept.key, kept.document] if source is None else [kept.key, kept.document, kept.source]
        self._remember("item", str(kept.id), before)
        update = "UPDATE items SET key = ?, document = ?, source = ? WHERE id = ?"
        new_source = kept.source if source is None else source
        self.connection.execute(update, (work.key, items.written(work), new_source, kept.id))
        self._touched[kept.id] = None

    def remove(self, kept: items.Kept) -> None:
        """Take an item out."""
        self.flush()
        self._remember("item", str(kept.id), [kept.key, kept.document, kept.source])
        self.connection.execute("DELETE FROM items WHERE id = ?", (kept.id,))
        self._touched[kept.id] = None

    def set_collection(self, name: str, watched: str | None) -> None:
        """Make a collection, change what file is kept in step with it, or with None take it away."""
        row = self.connection.execute("SELECT name, watched FROM collections WHERE name = ?", (name,)).fetchone()
        self._remember("collection", row[0] if row else name, [row[1]] if row else None)
        self.connection.execute("DELETE FROM collections WHERE name = ?", (name,))
        if watched is not None:
            self.connection.execute("INSERT INTO collections VALUES (?, ?)", (name, watched))

    def add_remnant(self, file: str, text: str) -> None:
        """Keep what stands between the entries of a file that was read."""
        insert = "INSERT INTO remnants (file, text) VALUES (?, ?)"
        identity = self.connection.execute(insert, (file, text)).lastrowid
        self._before["remnant", str(identity)] = None

    def _remember(self, kind: str, name: str, state: list[str] | None) -> None:
        """Remember a state as it was before the change; a later one within it does not count."""
        earlier = self._before.get((kind, name), "")
        if earlier == "":
            self._before[kind, name] = _written(state)
        elif kind == "item" and earlier is not None and state is not None and len(state) == 3:
            old = json.loads(earlier)
            if len(old) == 2:  # the source is touched only now
                self._before[kind, name] = _written([*old, state[2]])

    def flush(self) -> None:
        """Write what is searched of the works that were added."""
        if self._new:
            shown.remake(self.connection, self.catalog, self._new)
            self._new = []

    def finish(self, label: str) -> None:
        """Write the history and what is searched. Where nothing was touched, nothing is written."""
        self.flush()
        if not self._before:
            return
        touched = list(self._touched)
        for some in chunks(touched, _AT_ONCE):
            shown.remake(self.connection, self.catalog, items.works(self.connection, some), some)
        record(self.connection, label, self._before)


def record(connection: sqlite3.Connection, label: str, before: dict[tuple[str, str], str | None]) -> None:
    """Write a change into the history; what was undone before can no longer be done again."""
    connection.execute("DELETE FROM steps WHERE change_id IN (SELECT id FROM changes WHERE undone)")
    connection.execute("DELETE FROM changes WHERE undone")
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    change = connection.execute("INSERT INTO changes (at, label, undone) VALUES (?, ?, 0)", (at, label)).lastrowid
    rows = ((change, kind, name, other) for (kind, name), other in before.items())
    connection.executemany("INSERT INTO steps VALUES (?, ?, ?, ?)", rows)


def _written(state: list[str] | None) -> str | None:
    return None if state is None else json.dumps(state, ensure_ascii=False)


# Kind to the table, the column that names a row, and what a state holds of it.
_KINDS = {
    "item": ("items", "id", ("key", "document", "source")),
    "collection": ("collections", "name", ("watched",)),
    "remnant": ("remnants", "id", ("file", "text")),
}


def _turn(connection: sqlite3.Connection, change: int, catalog: shown.CatalogView) -> None:
    """Give everything a change touched its other state, and remember the one it had.

    All is taken out before anything is put in, so that keys that were exchanged do not collide.
    """
    steps = connection.execute("SELECT kind, name, other FROM steps WHERE change_id = ?", (change,)).fetchall()
    returning: list[tuple[str, str, list[str]]] = []
    for kind, name, other in steps:
        table, column, columns = _KINDS[kind]
        row = connection.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE {column} = ?", (name,)).fetchone()
        state: list[str] | None = list(row) if row else None
        wanted: list[str] | None = json.loads(other) if other else None
        if wanted is not None:
            if state is not None and len(wanted) < len(state):  # its source was not touched
                wanted, state = [*wanted, state[-1]], state[:-1]
            returning.append((kind, name, wanted))
        connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (name,))
        update = "UPDATE steps SET other = ? WHERE change_id = ? AND kind = ? AND name = ?"
        connection.execute(update, (_written(state), change, kind, name))
    for kind, name, values in returning:
        table, column, columns = _KINDS[kind]
        marks = ", ".join("?" * (1 + len(columns)))
        connection.execute(f"INSERT INTO {table} ({column}, {', '.join(columns)}) VALUES ({marks})", (name, *values))
    touched = [int(name) for kind, name, _ in steps if kind == "item"]
    for some in chunks(touched, _AT_ONCE):
        shown.remake(connection, catalog, items.works(connection, some), some)

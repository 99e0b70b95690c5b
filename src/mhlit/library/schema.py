"""The tables of a library file: what is the reader's, and beside it the tables of a store, made from that."""

import sqlite3
from collections.abc import Iterator

from mhlit.store import schema as store

_OWN_VERSION = 1
VERSION = 1000 * _OWN_VERSION + store.SCHEMA_VERSION
"""Of the reader's tables and of the store's, in one number: where either has changed, a file is migrated."""
APPLICATION_ID = 0x6D686C6C  # "mhll"

# What is the reader's. `document` is a work as JSON with its item (mhlit.document), `source` what it was read from
# (mhlit.library.sources). A step is what an item or collection becomes when its change is turned round: what it was
# before a change, or, once that is undone, what it was after. NULL stands for "not there".
OWN_TABLES = {
    "items": "id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE COLLATE NOCASE,"
    " document TEXT NOT NULL, source TEXT NOT NULL",
    "collections": "name TEXT PRIMARY KEY COLLATE NOCASE, watched TEXT NOT NULL",
    "remnants": "id INTEGER PRIMARY KEY AUTOINCREMENT, file TEXT NOT NULL, text TEXT NOT NULL",
    "changes": "id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, label TEXT NOT NULL, undone INTEGER NOT NULL",
    "steps": "change_id INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, other TEXT,"
    " PRIMARY KEY (change_id, kind, name)",
}
# What is made from it and can be made again: a store of the works as they are shown, which of them the catalog
# has too, and titles squashed, for finding duplicates.
_MADE_TABLES = """
CREATE TABLE links (work INTEGER PRIMARY KEY, catalog TEXT NOT NULL);
CREATE TABLE titles (title TEXT NOT NULL, work INTEGER NOT NULL, PRIMARY KEY (title, work)) WITHOUT ROWID;
CREATE INDEX titles_by_work ON titles (work);
CREATE INDEX aliases_by_work ON aliases (work);
CREATE INDEX handles_by_work ON handles (work);
CREATE INDEX identifiers_by_work ON identifiers (work)
"""


def create(connection: sqlite3.Connection) -> None:
    """Create every table in an empty database, within the transaction that is under way."""
    for name, columns in OWN_TABLES.items():
        connection.execute(f"CREATE TABLE {name} ({columns})")
    create_made(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def create_made(connection: sqlite3.Connection) -> None:
    """Create the tables that are made from the reader's own."""
    for statement in _statements():
        connection.execute(statement)


def drop_made(connection: sqlite3.Connection) -> None:
    """Drop every table but the reader's own."""
    select = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE {}TABLE%'"
    for kind in ("VIRTUAL ", ""):  # a virtual table takes its own tables with it
        names = [name for (name,) in connection.execute(select.format(kind))]
        for name in names:
            if name not in OWN_TABLES and not name.startswith("sqlite_"):
                connection.execute(f'DROP TABLE IF EXISTS "{name}"')


def _statements() -> Iterator[str]:
    """Yield the statements one by one: `executescript` would end the transaction."""
    statement = ""
    for piece in (store.TABLES + _MADE_TABLES).split(";"):
        statement += f"{piece};"
        if sqlite3.complete_statement(statement):  # a trigger has semicolons inside
            if statement.strip(" \n;"):
                yield statement
            statement = ""

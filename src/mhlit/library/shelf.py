"""Open a library to be read beside the catalog; every command that searches imports this, and little else."""

import sqlite3
from pathlib import Path

from mhlit.errors import MhlitError
from mhlit.library.file import Say, open_to_read
from mhlit.store.reading import Store

SEEN_WITH = "catalog"
"""Under this name a library's metadata tell with which catalog what it shows was made."""


def open_shelf(path: Path, catalog: Store, say: Say) -> Store:
    """Return the works of a library; what an earlier catalog said of them is brought up to date first.

    Raises MhlitError where it cannot be read.
    """
    connection = open_to_read(path, say)
    if seen_with(connection) != digest(catalog):
        connection.close()
        _bring_up_to_date(path, catalog, say)
        connection = open_to_read(path, say)
    return Store(connection, "library")


def _bring_up_to_date(path: Path, catalog: Store, say: Say) -> None:
    from mhlit.library.changes import Library

    try:
        Library(path, catalog, say).close()
    except MhlitError as error:  # what it shows is of an earlier catalog, and can be read all the same
        say(f"mhlit: {error.message}")


def seen_with(connection: sqlite3.Connection) -> str:
    """Return the digest of the catalog that a library was last seen with; empty where it has been with none."""
    row = connection.execute("SELECT value FROM metadata WHERE name = ?", (SEEN_WITH,)).fetchone()
    return str(row[0]) if row else ""


def digest(catalog: Store) -> str:
    """Return what tells one catalog from another."""
    row = catalog.connection.execute("SELECT value FROM metadata WHERE name = 'digest'").fetchone()
    return str(row[0]) if row else "none"

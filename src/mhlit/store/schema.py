"""The tables of a store, and how a store file is created and opened."""

import sqlite3
from contextlib import suppress
from pathlib import Path

from mhlit.errors import MhlitError

SCHEMA_VERSION = 3
APPLICATION_ID = 0x6D686C74  # "mhlt", so that `file` and a wrong path are recognised

# What a work is searched by; store/search_text.py says what stands in each, search/weights.py what each weighs.
SEARCH_COLUMNS = ("title", "names", "authors", "citation", "topics", "venue", "summary", "listed")
# What one can filter by: facets with a closed list of values and definitions, and those the works give.
VOCABULARIES = ("section", "list", "venue", "topic", "resource", "language", "status", "has")
OWN_FACETS = ("tag", "reading", "starred", "collection")  # what a reader says of the works in their library
FACETS = (
    *("section", "list", "venue", "year", "author", "topic", "resource", "language", "status", "has"),
    *OWN_FACETS,
)

LOOKUPS = ("aliases", "handles", "identifiers", "facets")
"""The tables that name works by their `work`."""

# `document` is the work as JSON with the names of the catalog's TOML; every other column and table
# is derived from it, so that lists, filters and look-ups need not read it. `size` holds the number of works, which
# every search asks for and SQLite would count.
TABLES = f"""
CREATE TABLE works (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE COLLATE NOCASE,
    title TEXT NOT NULL,
    author TEXT NOT NULL,
    author_sort TEXT NOT NULL,
    venue TEXT NOT NULL,
    year INTEGER,
    status TEXT NOT NULL,
    listed TEXT NOT NULL,
    document TEXT NOT NULL
);
CREATE INDEX works_by_length ON works (length(title));
CREATE TABLE size (works INTEGER NOT NULL);
INSERT INTO size VALUES (0);
CREATE TRIGGER work_added AFTER INSERT ON works BEGIN UPDATE size SET works = works + 1; END;
CREATE TRIGGER work_removed AFTER DELETE ON works BEGIN UPDATE size SET works = works - 1; END;
CREATE TABLE aliases (alias TEXT NOT NULL COLLATE NOCASE, work INTEGER NOT NULL, PRIMARY KEY (alias, work))
    WITHOUT ROWID;
CREATE TABLE handles (handle TEXT NOT NULL, work INTEGER NOT NULL, PRIMARY KEY (handle, work)) WITHOUT ROWID;
CREATE TABLE identifiers (form TEXT NOT NULL, work INTEGER NOT NULL, PRIMARY KEY (form, work)) WITHOUT ROWID;
CREATE TABLE facets (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    work INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (name, value, work)
) WITHOUT ROWID;
CREATE INDEX facets_by_work ON facets (work, name, position);
CREATE TABLE vocabulary (
    facet TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    definition TEXT NOT NULL,
    parent TEXT NOT NULL,
    title TEXT NOT NULL,
    PRIMARY KEY (facet, name)
) WITHOUT ROWID;
CREATE TABLE metadata (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE synonyms (stems TEXT NOT NULL, synonym TEXT NOT NULL, PRIMARY KEY (stems, synonym)) WITHOUT ROWID;
CREATE VIRTUAL TABLE search_index USING fts5 ({", ".join(SEARCH_COLUMNS)}, tokenize = 'ascii');
CREATE VIRTUAL TABLE search_places USING fts5vocab (search_index, instance);
CREATE TABLE words (word TEXT PRIMARY KEY, stem TEXT NOT NULL, works INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX words_by_stem ON words (stem);
"""


class Connection(sqlite3.Connection):
    """A connection that closes itself when nobody has it any more, which a store has for as long as it is used.

    Python 3.13 and later warn of one that is let go open.
    """

    def __del__(self) -> None:
        """Close it, where it was ever opened."""
        with suppress(sqlite3.ProgrammingError):
            self.close()


class DamagedStore(MhlitError):
    """A file that should be a store and is not: truncated, overwritten, or of another program."""


def create(connection: sqlite3.Connection) -> None:
    """Create the tables in an empty database."""
    connection.executescript(
        f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION}; {TABLES}"
    )


def open_read_only(path: Path, immutable: bool = True) -> sqlite3.Connection:
    """Open a store to read: an `immutable` one, such as the compiled catalog, or one that others may write to.

    Raises DamagedStore where the file is no store of this version.
    """
    try:
        uri = f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' * immutable}"
        connection = sqlite3.connect(uri, uri=True, factory=Connection)
    except sqlite3.DatabaseError as error:  # a folder
        raise DamagedStore(f"{path}: not a readable mhlit store ({error})") from None
    try:
        check(connection)
    except DamagedStore as error:
        connection.close()
        raise DamagedStore(f"{path}: {error.message}") from None
    return connection


def check(connection: sqlite3.Connection) -> None:
    """Raise DamagedStore unless `connection` is to a store of this version."""
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        connection.execute("SELECT count(*) FROM metadata").fetchone()
    except sqlite3.DatabaseError as error:
        raise DamagedStore(f"not a readable mhlit store ({error})") from None
    if (application, version) != (APPLICATION_ID, SCHEMA_VERSION):
        raise DamagedStore("not an mhlit store of this version")

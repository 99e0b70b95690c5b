"""Open a library file: create it, migrate it, wait for its turn, and say plainly what is wrong with it."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from mhlit.errors import MhlitError
from mhlit.library.schema import APPLICATION_ID, VERSION
from mhlit.store.schema import Connection

WAIT = 20.0
"""Seconds to wait for another process that writes; `MHLIT_WAIT` says otherwise."""
_REPAIR = "mhlit library repair"
Say = Callable[[str], None]


class Busy(MhlitError):
    """Another process has been writing to the library for longer than we wait."""


class DamagedLibrary(MhlitError):
    """A file that is no library, or no longer a whole one."""


class NewerLibrary(MhlitError):
    """A file that a later version of the program has written."""


def open_to_read(path: Path, say: Say) -> sqlite3.Connection:
    """Open a library that is there to read it, migrating it first where need be.

    Raises MhlitError where it cannot be read, is damaged or newer than this program.
    """
    with reached(path):
        connection = _connect(path, "ro")
        try:
            found = _version(connection, path)
        except (sqlite3.Error, MhlitError):
            connection.close()
            raise
        if found == VERSION:
            return connection
        connection.close()
        open_to_write(path, say).close()
        return _connect(path, "ro")


def open_to_write(path: Path, say: Say) -> sqlite3.Connection:
    """Open a library to change it; create it where there is none, migrate it where it is older.

    `say` is told of both. The connection commits by itself but within `BEGIN IMMEDIATE … COMMIT`. Raises MhlitError
    where the file cannot be written, is damaged, newer than this program, or another process keeps it.
    """
    with reached(path):
        _check_writable(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = _connect(path, "rwc")
        try:
            _prepare(connection, path, say)
        except BaseException:
            connection.close()
            raise
        return connection


def _check_writable(path: Path) -> None:
    """Raise MhlitError for a file marked read-only, which the superuser could write all the same."""
    if path.is_dir():
        raise MhlitError(f"{path} is a folder", "MHLIT_LIBRARY names the library's file")
    if path.exists() and not path.stat().st_mode & 0o222:
        raise MhlitError(f"{path} is read-only; nothing was changed")


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    uri = path.resolve().as_uri() + f"?mode={mode}"
    if mode == "ro" and not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists():
        uri += "&immutable=1"  # readers of a write-ahead log write beside it; on a read-only disk nobody writes
    connection = sqlite3.connect(uri, uri=True, timeout=_wait(), isolation_level=None, factory=Connection)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _wait() -> float:
    try:
        return max(float(os.environ.get("MHLIT_WAIT", WAIT)), 0.0)
    except ValueError:
        return WAIT


def _prepare(connection: sqlite3.Connection, path: Path, say: Say) -> None:
    """Make a library of an empty file and the present version of an older one."""
    found = _version(connection, path, new=True)
    if found < VERSION:
        if not found:
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        try:
            found = _version(connection, path, new=True)  # another process may have been first
            if not found:
                from mhlit.library.schema import create

                create(connection)
                say(f"your library is {path}")
            elif found < VERSION:
                from mhlit.library.migrating import migrate

                migrate(connection, path, found, say)
            connection.execute("COMMIT")
        except BaseException:
            connection.rollback()
            raise
    connection.execute("PRAGMA cache_size = -65536")  # KiB: an import need not write a page twice
    connection.execute("PRAGMA synchronous = FULL")  # what is acknowledged outlives a power cut


def _version(connection: sqlite3.Connection, path: Path, new: bool = False) -> int:
    """Return the version of a library, 0 for an empty file where a `new` one will do."""
    with _one_moment(connection):
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if new and (application, version, tables) == (0, 0, 0):
        return 0
    if application != APPLICATION_ID:
        raise DamagedLibrary(f"{path} is not a library of mhlit", "MHLIT_LIBRARY names the library's file")
    if version > VERSION:
        raise NewerLibrary(f"{path} was written by a newer mhlit (version {version})", "upgrade mhlit")
    return int(version)


@contextmanager
def _one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """Read what belongs together as it stands at one moment: another process may be making the library."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite says of a library into an MhlitError that names the file and the way out."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _explain(error, path) from error


@contextmanager
def reached(path: Path) -> Iterator[None]:
    """Do what `explained` does, and the same with what the system says of files and folders."""
    try:
        with explained(path):
            yield
    except OSError as error:
        raise MhlitError(f"{path} cannot be opened: {error.strerror or error}") from error


def _explain(error: sqlite3.DatabaseError, path: Path) -> MhlitError:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Busy("the library is busy: another mhlit is writing to it", "nothing was changed; try again in a moment")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return DamagedLibrary(f"{path} is damaged ({error})", _REPAIR)
    if name.startswith("SQLITE_FULL"):
        return MhlitError(f"the disk is full; {path} is as it was before", "make room and try again")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return MhlitError(f"{path} cannot be opened or written; nothing was changed", "look at its folder and mode")
    return MhlitError(f"{path}: {error}; nothing was changed", _REPAIR)


def library_at_fault(error: sqlite3.DatabaseError) -> MhlitError | None:
    """Return what to say of an error met while reading, where the reader's library has it; None where it is sound."""
    from mhlit.paths import library_file

    path = library_file()
    if not path.exists():
        return None
    said = _explain(error, path)
    if not isinstance(said, DamagedLibrary):
        return said
    try:
        with closing(_connect(path, "ro")) as connection:
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError:
        return said
    return None if verdict == "ok" else said

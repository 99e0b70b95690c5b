"""Copies of a library: taken while others write, found whole or not at all, and put back."""

import glob
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from mhlit.errors import MhlitError
from mhlit.library.file import DamagedLibrary, open_to_read, reached

_ANOTHER = "take another backup"


def folder_of(library: Path) -> Path:
    """Return the folder for backups that no one has named a place for."""
    return library.parent / "backups"


def backups(library: Path) -> list[Path]:
    """Return the copies in the library's folder of backups, the oldest first."""
    return sorted(folder_of(library).glob(f"{glob.escape(library.stem)}-*.sqlite"))


def back_up_before(library: Path, why: str) -> Path:
    """Copy a library into its folder of backups and return the copy's path. Raises OSError, sqlite3.Error."""
    folder = folder_of(library)
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now().astimezone().strftime("%Y-%m-%dT%H-%M-%S-%f")
    target = folder / f"{library.stem}-{stamp}-{why}.sqlite"
    copy(library, target)
    return target


def copy(library: Path, target: Path) -> None:
    """Copy the last committed state of a library to `target`, whole or not at all; what is there is replaced."""
    temporary = target.with_name(f".{target.name}.new")
    temporary.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(f"{library.resolve().as_uri()}?mode=ro", uri=True)) as source:
            source.execute("VACUUM INTO ?", (str(temporary),))
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def back_up(library: Path, target: Path) -> None:
    """Copy a library to where the reader wants it. Raises MhlitError where that cannot be done."""
    if target.is_dir():
        raise MhlitError(f"{target} is a folder", "name a file")
    if target.resolve() == library.resolve():
        raise MhlitError(f"{target} is the library itself", "name another file")
    with reached(target):
        copy(library, target)


def restore(library: Path, backup: Path) -> Path | None:
    """Put a backup in the place of the library; return where the one that was there is kept, None where none was.

    Others may have the library open meanwhile: it is written as one transaction. Raises MhlitError where the backup
    is no whole library or a file cannot be written.
    """
    if not backup.is_file():
        raise MhlitError(f"there is no file {backup}")
    if backup.resolve() == library.resolve():
        raise MhlitError(f"{backup} is the library itself", "name a backup")
    try:
        with reached(backup), closing(open_to_read(backup, lambda _: None)) as source:
            (verdict,) = source.execute("PRAGMA quick_check(1)").fetchone()
    except DamagedLibrary as error:
        raise MhlitError(error.message, _ANOTHER) from None
    if verdict != "ok":
        raise MhlitError(f"{backup} is damaged: {verdict}", _ANOTHER)
    kept = None
    with reached(library):
        library.parent.mkdir(parents=True, exist_ok=True)
        if library.exists():
            try:
                kept = back_up_before(library, "before-restore")
            except sqlite3.DatabaseError:
                kept = set_aside_as_it_is(library, "damaged")
                for ending in ("", "-wal", "-shm"):
                    library.with_name(library.name + ending).unlink(missing_ok=True)
        with (
            closing(sqlite3.connect(f"{backup.resolve().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(library, timeout=10)) as target,
        ):
            source.backup(target)
            target.execute("PRAGMA journal_mode = WAL")
    return kept


def set_aside_as_it_is(library: Path, why: str) -> Path:
    """Copy the bytes of a library and of its log into the folder of backups."""
    import shutil

    folder = folder_of(library)
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now().astimezone().strftime("%Y-%m-%dT%H-%M-%S-%f")
    target = folder / f"{library.stem}-{stamp}-{why}.sqlite"
    for ending in ("", "-wal"):
        part = library.with_name(library.name + ending)
        if part.exists():
            shutil.copyfile(part, target.with_name(target.name + ending))
    return target

"""A library as a folder of plain texts, one a work, in an order that never changes: for git, and back again."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from mhlit.errors import MhlitError, UsageError
from mhlit.files import write_whole
from mhlit.library import items
from mhlit.library.attachments import file_name
from mhlit.library.changes import Change
from mhlit.library.collections import named
from mhlit.library.plain import from_toml, to_toml, with_item

_OURS = ".mhlit-library"
_MARK = "This folder is written by `mhlit library export`. Works that leave the library leave it too.\n"
_BETWEEN = "between-the-entries.bib"


class Taken(NamedTuple):
    """What became of the works of a folder."""

    added: int
    changed: int
    removed: int
    same: int


def write_folder(connection: sqlite3.Connection, folder: Path) -> int:
    """Write every item into a folder of its own kind, and return how many there are; what is as it was is not touched.

    Raises MhlitError where the folder holds something else, or a file cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not (folder / _OURS).is_file():
            raise MhlitError(f"{folder} is not empty, and not written by mhlit", "name a new folder")
        wanted = {f"{file_name(kept.key)}.toml": to_toml(kept.work, kept.source) for kept in items.read_all(connection)}
        many = len(wanted)
        texts = [text for (text,) in connection.execute("SELECT text FROM remnants ORDER BY id")]
        if texts:
            wanted[_BETWEEN] = "\n".join(f"{text.rstrip()}\n" for text in dict.fromkeys(texts))
        wanted[_OURS] = _MARK
        for name, text in wanted.items():
            if not _holds(folder / name, text):
                write_whole(folder / name, text.encode())
        for old in folder.glob("*.toml"):
            if old.name not in wanted:
                old.unlink()
    except OSError as error:
        raise MhlitError(f"cannot write {folder}: {error.strerror or error}") from None
    return many


def _holds(file: Path, text: str) -> bool:
    try:
        return file.read_bytes() == text.encode()
    except FileNotFoundError:
        return False


def take_folder(change: Change, folder: Path, exact: bool) -> Taken:
    """Bring the works of a folder into the library as they are there; `exact` takes out what the folder has not.

    Raises MhlitError, with the file, where one cannot be read or is not right; the change must then not be kept.
    """
    if not folder.is_dir():
        raise MhlitError(f"there is no folder {folder}")
    added = changed = same = 0
    seen: set[str] = set()
    for file, text in _texts(folder):
        try:
            work, source = from_toml(text)
        except UsageError as error:
            raise MhlitError(f"{file}: {error.message}", "nothing was changed") from None
        work = with_item(work, date.today().isoformat())
        if work.key.lower() in seen:
            raise MhlitError(f"{file}: another file has the key {work.key} too", "nothing was changed")
        seen.add(work.key.lower())
        if work.item:
            work = work._replace(item=named(change, work.item))
        kept = items.with_key(change.connection, work.key)
        if kept is None:
            change.add(work, source)
            added += 1
        elif (kept.key, kept.document, kept.source) != (work.key, items.written(work), source):
            change.replace(kept, work, source)
            changed += 1
        else:
            same += 1
    _take_between(change, folder / _BETWEEN)
    gone = [kept for kept in items.read_all(change.connection) if kept.key.lower() not in seen] if exact else []
    for kept in gone:
        change.remove(kept)
    return Taken(added, changed, len(gone), same)


def _texts(folder: Path) -> Iterator[tuple[Path, str]]:
    for file in sorted(folder.glob("*.toml")):
        try:
            yield file, file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise MhlitError(f"cannot read {file}: {error}") from None


def _take_between(change: Change, file: Path) -> None:
    if not file.is_file():
        return
    text = file.read_text(encoding="utf-8", errors="replace").rstrip()
    there = "\n".join(own.rstrip() for (own,) in change.connection.execute("SELECT text FROM remnants ORDER BY id"))
    if text and text not in there:
        change.add_remnant(file.name, text)

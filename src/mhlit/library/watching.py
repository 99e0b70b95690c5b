"""Keep .bib files in step with collections: written anew after every change that touches them, and only then."""

import json
from pathlib import Path

from mhlit.errors import MhlitError
from mhlit.files import write_whole
from mhlit.library.bibliographies import bibliography
from mhlit.library.changes import Change, Library
from mhlit.library.collections import members

_HEAD = "% Kept in step with the collection {name} by mhlit; what is changed here is overwritten.\n\n"


def add_watched(change: Change, name: str, file: Path) -> None:
    """Write a file and remember to keep it in step.

    Raises MhlitError where one is there that is not ours, or where it cannot be written.
    """
    target = file.resolve()
    if target.exists() and not _is_ours(target):
        raise MhlitError(f"{file} is there and was not written by mhlit", "move it away first, or name another file")
    files = _files(change.library, name)
    change.set_collection(name, "\n".join(dict.fromkeys((*files, str(target)))))
    write_whole(target, _text(change.library, name).encode())


def remove_watched(change: Change, name: str, file: Path) -> None:
    """Forget a file. Raises MhlitError where it is not kept in step."""
    files = _files(change.library, name)
    if str(file.resolve()) not in files:
        raise MhlitError(f"{file} is not kept in step with {name}", "mhlit collection list")
    change.set_collection(name, "\n".join(one for one in files if one != str(file.resolve())))


def _files(library: Library, name: str) -> list[str]:
    (watched,) = library.connection.execute("SELECT watched FROM collections WHERE name = ?", (name,)).fetchone()
    return [one for one in watched.split("\n") if one]


def _text(library: Library, name: str) -> str:
    return _HEAD.format(name=json.dumps(name, ensure_ascii=False)) + bibliography(members(library.connection, name))


def _is_ours(file: Path) -> bool:
    try:
        with file.open(encoding="utf-8", errors="replace") as opened:
            return opened.readline().startswith(_HEAD.split("{", 1)[0])
    except OSError as error:
        raise MhlitError(f"cannot read {file}: {error.strerror or error}") from None


def write_watched(library: Library) -> list[MhlitError]:
    """Write every file that differs from its collection; return what went wrong."""
    errors: list[MhlitError] = []
    rows = library.connection.execute("SELECT name, watched FROM collections WHERE watched != ''").fetchall()
    for name, watched in rows:
        text = _text(library, name)
        for file in watched.split("\n"):
            try:
                if not _holds(Path(file), text):
                    write_whole(Path(file), text.encode())
            except MhlitError as error:
                errors.append(error)
    return errors


def _holds(file: Path, text: str) -> bool:
    try:
        return file.read_bytes() == text.encode()
    except OSError:
        return False

"""Write a site into a folder, never over what is not ours.

Each page ends with a seal, the digest of what stands before it. A file is ours when its seal holds: a page that
somebody has edited is theirs, and so is all that has none.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from mhlit.errors import MhlitError
from mhlit.files import write_whole
from mhlit.render.web.site import INDEX, WORKS

_SEAL = b"<!-- mhlit site "
_HINT = "name an empty folder"


def write_site(folder: Path, pages: Mapping[str, str]) -> int:
    """Write the pages below a folder, take away pages of works that are none any more, and return how many went.

    Raises MhlitError, nothing written, where the folder holds a file in the way of a page that is not ours, or
    other files and no site of ours; and where something cannot be written.
    """
    _refuse_what_is_not_ours(folder, pages)
    try:
        (folder / WORKS).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MhlitError(f"cannot make the folder {folder / WORKS}: {error.strerror or error}") from None
    for name, text in pages.items():
        write_whole(folder / name, f"{text}{_seal(text)}".encode())
    stale = [path for path in (folder / WORKS).glob("*.html") if f"{WORKS}/{path.name}" not in pages and is_ours(path)]
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)


def _refuse_what_is_not_ours(folder: Path, pages: Mapping[str, str]) -> None:
    if folder.exists() and not folder.is_dir():
        raise MhlitError(f"{folder} is a file", "name a folder")
    if not folder.exists():
        return
    if not is_ours(folder / INDEX):
        other = next((path.name for path in _visible(folder) if not is_ours(path)), "")
        if other:
            raise MhlitError(f"{folder} holds files that are not of a site of mhlit, such as {other}", _HINT)
    for name in pages:
        path = folder / name
        if (path.exists() or path.is_symlink()) and not is_ours(path):
            raise MhlitError(f"{path} was not written by mhlit, or was changed since", f"move it away, or {_HINT}")


def _visible(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder and of its `works`; names that begin with a dot, such as `.git`, do not count."""
    for path in sorted(folder.iterdir()):
        if path.name == WORKS and path.is_dir():
            yield from _visible(path)
        elif not path.name.startswith("."):
            yield path


def is_ours(path: Path) -> bool:
    """Tell whether a file is a page of a site as mhlit has written it; of others no more than the end is read."""
    try:
        length = path.stat().st_size - len(_seal(""))
        if path.suffix != ".html" or not path.is_file() or length < 0:
            return False
        with path.open("rb") as file:
            file.seek(length)
            seal = file.read()
            file.seek(0)
            return seal.startswith(_SEAL) and seal == _seal(file.read(length).decode("utf-8", "replace")).encode()
    except OSError:
        return False


def _seal(text: str) -> str:
    return f"{_SEAL.decode()}{hashlib.blake2b(text.encode(), digest_size=16).hexdigest()} -->\n"

"""Find the compiled catalog: the file in the wheel, or one compiled on demand from a checkout.

A checkout's catalog is compiled into the cache directory and again whenever its sources, or the code
that compiles them, have changed. Where no cache can be written it is compiled into memory.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from mhlit.errors import MhlitError
from mhlit.store.schema import Connection, DamagedStore, open_read_only

_PACKAGE = Path(__file__).parent.parent
BUNDLED = _PACKAGE / "catalog" / "catalog.sqlite"
CHECKOUT = _PACKAGE.parent.parent / "catalog"
_REINSTALL = "reinstall mhlit: python -m pip install --force-reinstall mhlit"


def open_catalog(say: Callable[[str], None]) -> sqlite3.Connection:
    """Open the catalog that belongs to this installation; `say` is told when a damaged copy is made anew.

    Raises MhlitError where there is none or it is damaged, InvalidCatalog where a checkout's sources are wrong.
    """
    if BUNDLED.exists():
        try:
            return open_read_only(BUNDLED)
        except DamagedStore as error:
            raise MhlitError(f"the bundled catalog is damaged: {error.message}", _REINSTALL) from None
    if (CHECKOUT / "works").is_dir():
        return _open_compiled(CHECKOUT, say)
    raise MhlitError("this installation has no catalog", _REINSTALL)


def _open_compiled(folder: Path, say: Callable[[str], None]) -> sqlite3.Connection:
    """Open the compiled copy of a source folder, compiling it first where need be."""
    from mhlit.paths import cache_folder

    try:
        place = cache_folder()
        place.mkdir(parents=True, exist_ok=True)
    except OSError:
        return _compile_into_memory(folder)
    target = place / f"{_place_mark(folder)}{_fingerprint(folder)}.sqlite"
    if target.exists():
        try:
            return _open_sound(target)
        except DamagedStore as error:
            say(f"the compiled catalog was damaged and is compiled anew: {error.message}")
    return _compile_and_open(folder, target)


def _open_sound(path: Path) -> sqlite3.Connection:
    """Open a compiled copy after looking at every page of it; raises DamagedStore."""
    connection = open_read_only(path)
    try:
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        verdict = str(error)
    if verdict != "ok":
        connection.close()
        raise DamagedStore(f"{path}: {verdict}")
    return connection


def _compile_and_open(folder: Path, target: Path) -> sqlite3.Connection:
    from mhlit.catalog.compile import compile_file
    from mhlit.catalog.source import read_catalog

    catalog = read_catalog(folder)
    try:
        compile_file(catalog, target)
        for old in target.parent.glob(f"{_place_mark(folder)}*.sqlite"):
            if old != target:
                old.unlink(missing_ok=True)
        return open_read_only(target)
    except OSError:
        return _compile_into_memory(folder)


def _compile_into_memory(folder: Path) -> sqlite3.Connection:
    from mhlit.catalog.compile import compile_into
    from mhlit.catalog.source import read_catalog

    connection = sqlite3.connect(":memory:", factory=Connection)
    compile_into(read_catalog(folder), connection)
    return connection


def _place_mark(folder: Path) -> str:
    import hashlib

    return f"catalog-{hashlib.blake2b(str(folder.resolve()).encode(), digest_size=6).hexdigest()}-"


def _fingerprint(folder: Path) -> str:
    """Return a digest of the names, sizes and times of the sources and of the code that compiles them."""
    import hashlib

    digest = hashlib.blake2b(digest_size=12)
    for root in (folder, folder / "works"):
        for line in _stamps(root, ".toml"):
            digest.update(line)
    for root in (_PACKAGE, _PACKAGE / "store", _PACKAGE / "catalog"):
        for line in _stamps(root, ".py"):
            digest.update(line)
    digest.update(sqlite3.sqlite_version.encode())
    return digest.hexdigest()


def _stamps(root: Path, suffix: str) -> Iterator[bytes]:
    with os.scandir(root) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.endswith(suffix):
                status = entry.stat()
                yield f"{entry.name} {status.st_size} {status.st_mtime_ns}\n".encode()

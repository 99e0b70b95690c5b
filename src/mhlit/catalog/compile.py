"""Compile a catalog into one read-only SQLite file.

The same sources give the same bytes on the same SQLite version: rows go in by key, nothing of the
clock or the machine is stored, and the file is written anew at the end.
"""

import hashlib
import os
import sqlite3
import tempfile
from pathlib import Path

from mhlit.catalog.source import Catalog
from mhlit.store.schema import create
from mhlit.store.writing import write_metadata, write_synonyms, write_vocabulary, write_works


def compile_into(catalog: Catalog, connection: sqlite3.Connection) -> None:
    """Fill an empty database with the catalog, ready to be read."""
    create(connection)
    with connection:
        write_vocabulary(connection, catalog.vocabulary)
        write_synonyms(connection, catalog.synonyms)
        write_works(connection, catalog.works, catalog.vocabulary)
        write_metadata(
            connection,
            {
                "date": max((work.provenance.checked for work in catalog.works), default=""),
                "works": str(len(catalog.works)),
                "listings": str(sum(len(work.listings) for work in catalog.works)),
                "digest": _digest(connection),
            },
        )
        connection.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")


def _digest(connection: sqlite3.Connection) -> str:
    """Return what tells this catalog from every other: a digest of its keys and documents."""
    digest = hashlib.blake2b(digest_size=16)
    for row in connection.execute("SELECT key, document FROM works ORDER BY key"):
        digest.update("\0".join(row).encode() + b"\0")
    return digest.hexdigest()


def compile_file(catalog: Catalog, target: Path) -> None:
    """Write the compiled catalog to `target`, whole or not at all. Raises OSError where that cannot be done."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        temporary.unlink()
        connection = sqlite3.connect(":memory:")
        try:
            compile_into(catalog, connection)
            connection.execute("VACUUM INTO ?", (str(temporary),))
        except sqlite3.OperationalError as error:
            raise OSError(f"cannot write {target}: {error}") from error
        finally:
            connection.close()
        temporary.chmod(0o644)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)

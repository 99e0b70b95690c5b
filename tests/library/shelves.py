"""Libraries made up for tests, and what tells two states of one apart."""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from mhlit.cli.session import open_store
from mhlit.library.changes import Library
from mhlit.library.importing import Importer, Outcome
from mhlit.library.reading_files import Sheet
from mhlit.model import Item

ITEM = Item("2026-11-22")


@contextmanager
def opened(path: Path) -> Iterator[Library]:
    library = Library(path, open_store("catalog"), lambda _: None)
    try:
        yield library
    finally:
        library.close()


def entry(number: int, **fields: str) -> str:
    """Return a made-up BibTeX entry."""
    given = {
        "title": f"Imagined study {number} of made-up matters",
        "author": "Doe, Jane and Roe, Richard",
        "year": str(2000 + number % 25),
        "journal": "Journal of Nothing",
        **fields,
    }
    return f"@article{{doe{number},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in given.items()) + "}\n"


def sheet(text: str, name: str = "refs.bib") -> Sheet:
    return Sheet(name, "bibtex", text)


def bring(path: Path, text: str, policy: str = "skip", item: Item = ITEM) -> list[Outcome]:
    """Import BibTeX into a library and return what became of its entries."""
    one = sheet(text)
    with opened(path) as library, library.change("import refs.bib") as change:
        return list(Importer(change, item, lambda _: policy).bring(one))


def state(path: Path) -> str:
    """Return a digest of all that is the reader's, the history aside."""
    digest = hashlib.blake2b(digest_size=12)
    with closing(sqlite3.connect(path)) as connection:
        for table, columns in (("items", "*"), ("collections", "name, watched"), ("remnants", "*")):
            for row in connection.execute(f"SELECT {columns} FROM {table} ORDER BY 1"):
                digest.update(repr(row).encode())
    return digest.hexdigest()


def check_sound(path: Path) -> None:
    """Assert that a file is intact, and that what is searched is what is kept."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        kept = connection.execute("SELECT id, key FROM items ORDER BY id").fetchall()
        assert connection.execute("SELECT id, key FROM works ORDER BY id").fetchall() == kept
        rows = [row for (row,) in connection.execute("SELECT rowid FROM search_index ORDER BY rowid")]
        assert rows == [identity for identity, _ in kept]
        counted: dict[str, int] = {}
        for texts in connection.execute("SELECT * FROM search_index"):
            for word in set(" ".join(texts).split()):
                counted[word] = counted.get(word, 0) + 1
        assert dict(connection.execute("SELECT word, works FROM words")) == counted


def keys(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [key for (key,) in connection.execute("SELECT key FROM items ORDER BY key")]


def tag(path: Path, tags: Sequence[str], *wanted: str) -> None:
    from mhlit.library.items import with_key

    with opened(path) as library, library.change(f"tag {' '.join(tags)}") as change:
        for key in wanted:
            kept = with_key(library.connection, key)
            assert kept is not None
            work = kept.work
            assert work.item is not None
            change.replace(kept, work._replace(item=work.item._replace(tags=(*work.item.tags, *tags))))

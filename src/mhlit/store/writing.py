"""Put works and vocabularies into a store."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat

from mhlit.document import encode_work
from mhlit.model import Work
from mhlit.names import family_name, natural, short_authors
from mhlit.stems import stem
from mhlit.store.index import facet_values, handles, identifier_forms, venue_of
from mhlit.store.schema import LOOKUPS, SEARCH_COLUMNS
from mhlit.store.search_text import Vocabulary, search_text
from mhlit.text import fold, transliterate


def write_vocabulary(connection: sqlite3.Connection, vocabulary: Vocabulary) -> None:
    """Store the terms of every closed vocabulary, in their order."""
    connection.executemany(
        "INSERT INTO vocabulary VALUES (?, ?, ?, ?, ?, ?)",
        (
            (facet, position, term.name, term.definition, term.group, term.title)
            for facet, terms in vocabulary.items()
            for position, term in enumerate(terms)
        ),
    )


def write_synonyms(connection: sqlite3.Connection, groups: Iterable[Sequence[str]]) -> None:
    """Store groups of folded words and phrases, every one of which stands for the others.

    They are looked up by their stems, so that one form of a word is enough.
    """
    connection.executemany(
        "INSERT OR IGNORE INTO synonyms VALUES (?, ?)",
        sorted(
            (" ".join(map(stem, one.split())), other)
            for group in groups
            for one in group
            for other in group
            if one != other
        ),
    )


def write_metadata(connection: sqlite3.Connection, values: Mapping[str, str]) -> None:
    """Store facts about the store itself, such as its date."""
    connection.executemany("INSERT OR REPLACE INTO metadata VALUES (?, ?)", sorted(values.items()))


def write_works(
    connection: sqlite3.Connection, works: Iterable[Work], vocabulary: Vocabulary, ids: Iterable[int] | None = None
) -> None:
    """Store works with everything they are found by, under row ids of their own or those of `ids`.

    Raises sqlite3.IntegrityError where a key or an id is there already.
    """
    marks = ", ".join("?" * (1 + len(SEARCH_COLUMNS)))
    insert = f"INSERT INTO search_index (rowid, {', '.join(SEARCH_COLUMNS)}) VALUES ({marks})"
    holders: Counter[str] = Counter()
    for work, wanted in zip(works, ids if ids is not None else repeat(None), strict=False):
        identity = _write_row(connection, work, wanted)
        _write_lookups(connection, identity, work)
        texts = search_text(work, vocabulary)
        connection.execute(insert, (identity, *texts))
        holders.update(set(" ".join(texts).split()))
    connection.executemany(
        "INSERT INTO words VALUES (?, ?, ?) ON CONFLICT (word) DO UPDATE SET works = works + excluded.works",
        ((word, stem(word), many) for word, many in sorted(holders.items())),
    )


def remove_works(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Take works out with everything they are found by; ids that are not there are passed over."""
    holders: Counter[str] = Counter()
    wanted = [(identity,) for identity in ids]
    select = f"SELECT {', '.join(SEARCH_COLUMNS)} FROM search_index WHERE rowid = ?"
    for identity in wanted:
        for texts in connection.execute(select, identity):
            holders.update(set(" ".join(texts).split()))
    for table, column in (("works", "id"), ("search_index", "rowid"), *((name, "work") for name in LOOKUPS)):
        connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", wanted)
    connection.executemany(
        "UPDATE words SET works = works - ? WHERE word = ?", ((many, word) for word, many in holders.items())
    )
    connection.executemany("DELETE FROM words WHERE word = ? AND works <= 0", ((word,) for word in holders))


def _write_row(connection: sqlite3.Connection, work: Work, identity: int | None) -> int:
    main = work.preferred
    first = main.authors[0] if main.authors else None
    row = (
        identity,
        work.key,
        main.title,
        short_authors(main.authors),
        # By the first author's family name, then as the name is spoken, so that Wang, J. stands before Wang, Y.
        fold(transliterate(f"{family_name(first)} {natural(first)}")) if first else "",
        venue_of(main),
        main.issued.year if main.issued else None,
        work.provenance.status.value,
        min((listing.id for listing in work.listings), default=""),
        json.dumps(encode_work(work), ensure_ascii=False, separators=(",", ":")),
    )
    cursor = connection.execute(
        "INSERT INTO works (id, key, title, author, author_sort, venue, year, status, listed, document)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row,
    )
    if cursor.lastrowid is None:
        raise AssertionError("SQLite gave no row id for an insert")
    return cursor.lastrowid


def _write_lookups(connection: sqlite3.Connection, identity: int, work: Work) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO aliases VALUES (?, ?)", ((alias, identity) for alias in sorted(work.aliases))
    )
    connection.executemany("INSERT INTO handles VALUES (?, ?)", ((name, identity) for name in sorted(handles(work))))
    connection.executemany(
        "INSERT INTO identifiers VALUES (?, ?)", ((form, identity) for form in sorted(identifier_forms(work)))
    )
    connection.executemany(
        "INSERT INTO facets VALUES (?, ?, ?, ?)",
        ((name, value, identity, position) for position, (name, value) in enumerate(facet_values(work))),
    )

"""Put works and vocabularies into a store."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import count, islice, repeat
from typing import Any

from mhlit.document import encode_work
from mhlit.model import Work
from mhlit.names import family_name, natural, short_authors
from mhlit.stems import stem
from mhlit.store.index import facet_values, handles, identifier_forms, venue_of
from mhlit.store.schema import LOOKUPS, SEARCH_COLUMNS
from mhlit.store.search_text import Vocabulary, search_text
from mhlit.text import fold, transliterate

_AT_ONCE = 1000  # works whose rows are written together


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


_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_stem = lru_cache(maxsize=1 << 16)(stem)


def write_works(
    connection: sqlite3.Connection,
    works: Iterable[Work],
    vocabulary: Vocabulary,
    ids: Iterable[int] | None = None,
    documents: Iterable[str] | None = None,
) -> None:
    """Store works with everything they are found by, under row ids of their own or those of `ids`.

    `documents` are the works as `document_of` writes them, where they have been written before. Raises
    sqlite3.IntegrityError where a key or an id is there already.
    """
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM works").fetchone()
    texts = documents if documents is not None else repeat("")
    rows = zip(ids if ids is not None else count(last + 1), works, texts, strict=False)
    holders: Counter[str] = Counter()
    while batch := list(islice(rows, _AT_ONCE)):
        _write_batch(connection, batch, vocabulary, holders)
    connection.executemany(
        "INSERT INTO words VALUES (?, ?, ?) ON CONFLICT (word) DO UPDATE SET works = works + excluded.works",
        ((word, _stem(word), many) for word, many in sorted(holders.items())),
    )


def _write_batch(
    connection: sqlite3.Connection, batch: list[tuple[int, Work, str]], vocabulary: Vocabulary, holders: Counter[str]
) -> None:
    """Store some works table by table, rows in order: many times as fast as work by work."""
    insert = "INSERT INTO works (id, key, title, author, author_sort, venue, year, status, listed, document)"
    connection.executemany(
        f"{insert} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((identity, *_row(work), document or document_of(work)) for identity, work, document in batch),
    )
    lookups: dict[str, list[tuple[Any, ...]]] = {
        "aliases": [(alias, identity) for identity, work, _ in batch for alias in work.aliases],
        "handles": [(name, identity) for identity, work, _ in batch for name in handles(work)],
        "identifiers": [(form, identity) for identity, work, _ in batch for form in identifier_forms(work)],
        "facets": [
            (name, value, identity, position)
            for identity, work, _ in batch
            for position, (name, value) in enumerate(facet_values(work))
        ],
    }
    for table, rows in lookups.items():
        marks = ", ".join("?" * (4 if table == "facets" else 2))
        connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", sorted(rows))
    texts = [(identity, *search_text(work, vocabulary)) for identity, work, _ in batch]
    marks = ", ".join("?" * (1 + len(SEARCH_COLUMNS)))
    connection.executemany(f"INSERT INTO search_index (rowid, {', '.join(SEARCH_COLUMNS)}) VALUES ({marks})", texts)
    for _, *columns in texts:
        holders.update(set(" ".join(map(str, columns)).split()))


def document_of(work: Work) -> str:
    """Return a work as it is stored: its document in JSON."""
    return _encoded(encode_work(work))


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


def _row(work: Work) -> tuple[str | int | None, ...]:
    """Return what a list shows of a work: the columns of `works` but for id and document."""
    main = work.preferred
    first = main.authors[0] if main.authors else None
    return (
        work.key,
        main.title,
        short_authors(main.authors),
        # By the first author's family name, then as the name is spoken, so that Wang, J. stands before Wang, Y.
        fold(transliterate(f"{family_name(first)} {natural(first)}")) if first else "",
        venue_of(main),
        main.issued.year if main.issued else None,
        work.provenance.status.value,
        min((listing.id for listing in work.listings), default=""),
    )

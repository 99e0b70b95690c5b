"""Read works, columns of works, facets and vocabularies from a store."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from mhlit.store.filters import Filters, where

# The model is imported where works are built: listing and searching need none of it (see docs/performance.md).
if TYPE_CHECKING:
    from mhlit.document import Document
    from mhlit.model import Term, Work

# What a list can show of a work, each an SQL expression on its row.
COLUMNS = {
    "key": "key",
    "title": "title",
    "author": "author",
    "venue": "venue",
    "year": "year",
    "status": "status",
    "authors": "(SELECT group_concat(value, '; ') FROM json_each(document, '$.authors'))",
    "type": "coalesce(json_extract(document, '$.record.type'), 'misc')",
    "issued": "coalesce(json_extract(document, '$.record.issued'), json_extract(document, '$.preprint.issued'))",
    "container": "coalesce(json_extract(document, '$.record.container_title'), venue)",
    "doi": "coalesce(json_extract(document, '$.record.doi'), json_extract(document, '$.preprint.doi'))",
    "arxiv": "json_extract(document, '$.preprint.arxiv')",
    "acl": "json_extract(document, '$.record.acl')",
    "url": "coalesce(json_extract(document, '$.record.url'), json_extract(document, '$.preprint.url'),"
    " json_extract(document, '$.record.pdf'))",
    "pdf": "coalesce(json_extract(document, '$.record.pdf'), json_extract(document, '$.preprint.pdf'))",
    "summary": "json_extract(document, '$.summary')",
    **{
        plural: f"(SELECT group_concat(value, '; ') FROM (SELECT value FROM facets"
        f" WHERE work = works.id AND name = '{name}' ORDER BY position))"
        for plural, name in (
            ("sections", "section"),
            ("lists", "list"),
            ("topics", "topic"),
            ("resources", "resource"),
            ("languages", "language"),
        )
    },
}
# What each order sorts by, all of it ascending; the columns of _CASELESS whatever their case.
SORTS = {
    "key": ("key",),
    "author": ("author_sort", "coalesce(year, 0)", "key"),
    "year": ("-coalesce(year, 0)", "key"),
    "title": ("title", "key"),
    "venue": ("venue", "-coalesce(year, 0)", "key"),
    "listed": ("listed = ''", "listed", "key"),
}
_CASELESS = ("key", "title", "venue")
Row = tuple[str | int | None, ...]
Item = TypeVar("Item")
Sorted = tuple[tuple[Any, ...], int]
"""What a work is sorted by, and its id."""


class Store:
    """The works of one database."""

    def __init__(self, connection: sqlite3.Connection, origin: str) -> None:
        """Read from `connection`; `origin` is the scope it stands for: ``catalog`` or ``library``."""
        self.connection = connection
        self.origin = origin
        # Both are set where the store stands beside others (mhlit.store.shelves).
        self.base = 0
        """What a row id is raised by to be the work's id."""
        self.twins: Mapping[int, int] = {}
        """Rows of works that another store has too and shows, with the works' ids there."""

    @property
    def shelves(self) -> tuple[Store, ...]:
        """Return the stores this one reads from: itself (see ``mhlit.store.shelves``)."""
        return (self,)

    def ids(self, filters: Filters, sort: str = "key") -> list[int]:
        """Return the ids of the works that `filters` selects, sorted."""
        return [work for _, work in self.sorted_ids(filters, sort)]

    def among(self, works: Collection[int], filters: Filters) -> set[int]:
        """Return those of `works` that `filters` selects."""
        condition, parameters = self._where(filters)
        ids = f"[{','.join(map(str, works))}]"  # as JSON, since SQLite limits the number of parameters
        select = f"SELECT id FROM works WHERE id IN (SELECT value FROM json_each(?)) AND {condition}"
        return {work for (work,) in self.connection.execute(select, [ids, *parameters])}

    def sorted_ids(self, filters: Filters, sort: str) -> Iterator[Sorted]:
        """Yield what each selected work is sorted by, and its id, in order."""
        condition, parameters = self._where(filters)
        order = ", ".join(f"{part} COLLATE NOCASE" if part in _CASELESS else part for part in SORTS[sort])
        select = f"SELECT id, {_sorted_by(sort)} FROM works WHERE {condition} ORDER BY {order}"
        for work, *values in self.connection.execute(select, parameters):
            yield tuple(values), work

    def in_order(self, works: Sequence[int], sort: str) -> list[int]:
        """Return `works` sorted."""
        values = self.found_by_id(f"SELECT id, {_sorted_by(sort)} FROM works", works)
        return sorted(values, key=lambda work: cast("tuple[Any, ...]", values[work]))

    def by_title_length(self) -> Iterator[tuple[int, int]]:
        """Yield the length of the title and the id of every work, the shortest first."""
        yield from self.connection.execute("SELECT length(title), id FROM works ORDER BY length(title), id")

    def _where(self, filters: Filters) -> tuple[str, list[object]]:
        """Return the SQL condition of `filters`, without the works that are shown elsewhere, and its parameters."""
        condition, parameters = where(filters)
        if self.twins:
            condition = f"{condition} AND works.id NOT IN ({', '.join(map(str, self.twins))})"
        return condition, parameters

    def rows(self, ids: Sequence[int], columns: Sequence[str]) -> list[Row]:
        """Return the named columns of works, in the order of `ids`."""
        expressions = ", ".join(COLUMNS[column] for column in columns)
        return self._by_id(f"SELECT id, {expressions} FROM works", ids)

    def documents(self, ids: Sequence[int]) -> list[tuple[str, Document]]:
        """Return the key and document of works, in the order of `ids`."""
        import json

        return [
            (str(key), json.loads(str(text))) for key, text in self._by_id("SELECT id, key, document FROM works", ids)
        ]

    def works(self, ids: Sequence[int]) -> list[Work]:
        """Return whole works, in the order of `ids`."""
        from mhlit.document import decode_work

        return [decode_work(key, document) for key, document in self.documents(ids)]

    def _by_id(self, select: str, ids: Sequence[int]) -> list[Row]:
        found = self.found_by_id(select, ids)
        return [found[work] for work in ids if work in found]

    def found_by_id(self, select: str, ids: Sequence[int]) -> dict[int, Row]:
        """Return what `select` (whose first column is the id) says of works, by their ids."""
        found: dict[int, Row] = {}
        for chunk in chunks(ids):
            marks = ", ".join("?" * len(chunk))
            rows = self.connection.execute(f"{select} WHERE id IN ({marks})", chunk)
            found.update((row[0], row[1:]) for row in rows)
        return found

    def keys(self, ids: Sequence[int]) -> list[str]:
        """Return citation keys, in the order of `ids`."""
        return [str(key) for (key,) in self.rows(ids, ["key"])]

    def lookup(self, table: str, column: str, values: Iterable[str]) -> list[int]:
        """Return the works that one of `values` names exactly in a table of look-ups, in no order."""
        wanted = list(values)
        marks = ", ".join("?" * len(wanted))
        work = "id" if table == "works" else "work"
        found = self.connection.execute(f"SELECT DISTINCT {work} FROM {table} WHERE {column} IN ({marks})", wanted)
        return [row[0] for row in found]

    def starting(self, table: str, column: str, start: str) -> list[int]:
        """Return the works with a value that begins with `start`, in no order."""
        work = "id" if table == "works" else "work"
        found = self.connection.execute(
            f"SELECT DISTINCT {work} FROM {table} WHERE substr({column}, 1, ?) = ? COLLATE NOCASE", (len(start), start)
        )
        return [row[0] for row in found]

    def all_values(self, table: str, column: str) -> Iterator[tuple[str, int]]:
        """Yield every value of a look-up table with the work it names."""
        work = "id" if table == "works" else "work"
        yield from self.connection.execute(f"SELECT {column}, {work} FROM {table}")

    def facet_counts(self, name: str, filters: Filters) -> list[tuple[str, int]]:
        """Return the values of a facet with the number of selected works that have them, most first."""
        condition, parameters = self._where(filters)
        rows = self.connection.execute(
            "SELECT value, count(*) AS many FROM facets JOIN works ON works.id = work"
            f" WHERE name = ? AND {condition} GROUP BY value ORDER BY many DESC, value",
            [name, *parameters],
        )
        return [(value, many) for value, many in rows]

    def with_facet(self, name: str, value: str) -> set[int]:
        """Return the works that have a value of a facet."""
        return {
            row[0]
            for row in self.connection.execute("SELECT work FROM facets WHERE name = ? AND value = ?", (name, value))
        }

    def links(self) -> list[tuple[int, str]]:
        """Return which rows of a library are works of the catalog, by its keys; of another store none."""
        try:
            return self.connection.execute("SELECT work, catalog FROM links").fetchall()
        except sqlite3.OperationalError:
            return []

    def vocabulary(self, facet: str) -> list[Term]:
        """Return the terms of a closed vocabulary in their order; empty where the facet has none."""
        from mhlit.model import Term

        rows = self.connection.execute(
            "SELECT name, definition, parent, title FROM vocabulary WHERE facet = ? ORDER BY position", (facet,)
        )
        return [Term(*row) for row in rows]

    def metadata(self) -> dict[str, str]:
        """Return facts about the store, such as its date and the number of its works."""
        return dict(self.connection.execute("SELECT name, value FROM metadata"))

    def __len__(self) -> int:
        """Return the number of works."""
        (many,) = self.connection.execute("SELECT works FROM size").fetchone()
        return int(many)


def _sorted_by(sort: str) -> str:
    """Return what Python compares where SQLite does not sort; lower() and NOCASE fold the same letters."""
    return ", ".join(f"lower({part})" if part in _CASELESS else part for part in SORTS[sort])


def chunks(values: Sequence[Item], size: int = 500) -> Iterator[Sequence[Item]]:
    """Cut `values` into pieces that fit SQLite's limit on parameters."""
    for start in range(0, len(values), size):
        yield values[start : start + size]

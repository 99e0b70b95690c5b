"""Several stores read as one: the catalog and, beside it, the reader's library.

A work's id on the shelves is its row id with the place of its shelf in the high bits, so that whoever
has an id need not know where it came from. A work that both have (a library knows which they are) is shown
once, from the library, whose row has the catalog's fields under the reader's key (docs/decisions/0030).
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from heapq import merge
from typing import TypeVar

from mhlit.store.filters import Filters
from mhlit.store.reading import Row, Sorted, Store, chunks

By = TypeVar("By")
_BITS = 40  # of a row id; SQLite counts them up from 1
_ROW = (1 << _BITS) - 1


class Shelves(Store):
    """Stores side by side. Definitions, synonyms and metadata are those of the first, which is the catalog."""

    def __init__(self, catalog: Store, *others: Store, without_catalog: bool = False) -> None:
        """Stand `others` beside the catalog; `without_catalog` leaves its works out, not its vocabulary."""
        super().__init__(catalog.connection, "all")
        self._shelves = others if without_catalog else (catalog, *others)
        for place, store in enumerate(self._shelves):
            store.base = place << _BITS
        for place, store in enumerate(self._shelves):
            store.twins = {row: work for other in self._shelves[place + 1 :] for row, work in _twins(store, other)}

    @property
    def shelves(self) -> tuple[Store, ...]:
        """Return the stores whose works are shown."""
        return self._shelves

    def sorted_ids(self, filters: Filters, sort: str) -> Iterator[Sorted]:
        """Yield what each selected work is sorted by, and its id, in order."""
        return merge(*(_raised(store.sorted_ids(filters, sort), store.base) for store in self._shelves))

    def by_title_length(self) -> Iterator[tuple[int, int]]:
        """Yield the length of the title and the id of every work, the shortest first."""
        return merge(*(_raised(store.by_title_length(), store.base) for store in self._shelves))

    def among(self, works: Collection[int], filters: Filters) -> set[int]:
        """Return those of `works` that `filters` selects."""
        found: set[int] = set()
        for place, store in enumerate(self._shelves):
            own = store.among([work & _ROW for work in works if work >> _BITS == place], filters)
            found.update(row + store.base for row in own)
        return found

    def found_by_id(self, select: str, ids: Sequence[int]) -> dict[int, Row]:
        """Return what `select` (whose first column is the id) says of works, by their ids."""
        found: dict[int, Row] = {}
        for place, store in enumerate(self._shelves):
            rows = store.found_by_id(select, [work & _ROW for work in ids if work >> _BITS == place])
            found.update((row + store.base, values) for row, values in rows.items())
        return found

    def lookup(self, table: str, column: str, values: Iterable[str]) -> list[int]:
        """Return the works that one of `values` names exactly in a table of look-ups, in no order."""
        wanted = list(values)
        return self._united(lambda store: store.lookup(table, column, wanted))

    def starting(self, table: str, column: str, start: str) -> list[int]:
        """Return the works with a value that begins with `start`, in no order."""
        return self._united(lambda store: store.starting(table, column, start))

    def _united(self, find: Callable[[Store], Iterable[int]]) -> list[int]:
        return list(dict.fromkeys(_shown(store, row) for store in self._shelves for row in find(store)))

    def all_values(self, table: str, column: str) -> Iterator[tuple[str, int]]:
        """Yield every value of a look-up table with the work it names."""
        for store in self._shelves:
            yield from ((value, _shown(store, row)) for value, row in store.all_values(table, column))

    def facet_counts(self, name: str, filters: Filters) -> list[tuple[str, int]]:
        """Return the values of a facet with the number of selected works that have them, most first."""
        counts: Counter[str] = Counter()
        for store in self._shelves:
            counts.update(dict(store.facet_counts(name, filters)))
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    def with_facet(self, name: str, value: str) -> set[int]:
        """Return the works that have a value of a facet."""
        return set(self._united(lambda store: store.with_facet(name, value) - store.twins.keys()))

    def __len__(self) -> int:
        """Return the number of works that are shown."""
        return sum(len(store) - len(store.twins) for store in self._shelves)


def _shown(store: Store, row: int) -> int:
    """Return the id under which a row of a shelf is shown."""
    return store.twins.get(row, row + store.base)


def _raised(found: Iterable[tuple[By, int]], base: int) -> Iterator[tuple[By, int]]:
    return ((by, row + base) for by, row in found)


def _twins(store: Store, other: Store) -> Iterator[tuple[int, int]]:
    """Yield the rows of `store` whose work `other` has too, with the work's id there."""
    links = {key.lower(): work for work, key in other.links()}
    for chunk in chunks(list(links)):
        select = f"SELECT lower(key), id FROM works WHERE key IN ({', '.join('?' * len(chunk))})"
        for key, row in store.connection.execute(select, chunk):
            yield row, links[key] + other.base

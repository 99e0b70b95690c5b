"""Count works: by year and section, venue, topic and resource, language, status, version; and what lists have wrong."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from typing import Any, NamedTuple

from mhlit.store.filters import Filters
from mhlit.store.reading import Store

ALL = ""
"""The column that counts a work once, whatever other columns it stands in."""
Pair = tuple[str, str]


class Table(NamedTuple):
    """How many works have each value, and how many of these each value of a second kind."""

    name: str
    values: tuple[str, ...]
    columns: tuple[str, ...]
    """The values of the second kind; none where works are counted by one thing only."""
    counts: dict[Pair, int]
    """By value and column; what no work has is left out."""

    def count(self, value: str, column: str = ALL) -> int:
        """Return the number of works that have a value and a column's value."""
        return self.counts.get((value, column), 0)

    def rows(self) -> list[tuple[str, str, int]]:
        """Return value, column and count of all that is not 0; a value's own count stands before its columns."""
        order = (ALL, *self.columns)
        return [(value, by, self.count(value, by)) for value in self.values for by in order if self.count(value, by)]


class Statistics(NamedTuple):
    """A selection of works in numbers."""

    works: int
    listings: int
    """Lines of origin lists that name one of the works."""
    wrong: int
    """Those of them that have something wrong."""
    tables: tuple[Table, ...]


class _Selection(NamedTuple):
    store: Store
    ids: Set[int]
    listings: list[dict[str, Any]]
    """The listings of the works, as their documents have them."""


def gather(store: Store, filters: Filters, names: Sequence[str] = ()) -> Statistics:
    """Count the works that `filters` selects; `names` of TABLES are those wanted, none means all."""
    ids = frozenset(store.ids(filters))
    listings = _listings(store, ids)
    tables = tuple(TABLES[name](_Selection(store, ids, listings)) for name in names or TABLES)
    return Statistics(len(ids), len(listings), sum("errors" in one for one in listings), tables)


def _listings(store: Store, ids: Set[int]) -> list[dict[str, Any]]:
    listed = {work for name in _terms(store, "list") for work in store.with_facet("list", name)} & ids
    return [listing for _, document in store.documents(sorted(listed)) for listing in document.get("listings", ())]


def _terms(store: Store, facet: str) -> list[str]:
    return [term.name for term in store.vocabulary(facet)]


def _by(facet: str, columns: str = "") -> Callable[[_Selection], Table]:
    """Return what counts works by one facet, or by two."""

    def count(chosen: _Selection) -> Table:
        second = {value: chosen.store.with_facet(columns, value) for value in _terms(chosen.store, columns)}
        counts: Counter[Pair] = Counter()
        for value, _ in chosen.store.facet_counts(facet, Filters()):
            own = chosen.store.with_facet(facet, value) & chosen.ids
            counts[value, ALL] = len(own)
            counts.update({(value, column): len(own & works) for column, works in second.items()})
        return _table(facet, counts, second)

    return count


def _table(name: str, counts: Counter[Pair], columns: Iterable[str] = ()) -> Table:
    """Return the table of what is not 0, the values with the most works first."""
    found = {pair: many for pair, many in counts.items() if many}
    values = sorted((value for value, by in found if by == ALL), key=lambda value: (-found[value, ALL], value))
    used = {by for _, by in found}
    return Table(name, tuple(values), tuple(by for by in columns if by in used), found)


def _years(chosen: _Selection) -> Table:
    table = _by("year", "section")(chosen)
    return table._replace(values=tuple(sorted(table.values)))


def _versions(chosen: _Selection) -> Table:
    """Count what is published against what is a preprint."""
    published, preprint = (chosen.store.with_facet("has", one) & chosen.ids for one in ("published", "preprint"))
    counts = {
        "published, with a preprint": published & preprint,
        "published, no preprint known": published - preprint,
        "preprint only": preprint - published,
    }
    return _table("version", Counter({(value, ALL): len(works) for value, works in counts.items()}))


def _errors(chosen: _Selection) -> Table:
    """Count what listings have wrong, by field and by list."""
    counts: Counter[Pair] = Counter()
    for listing in chosen.listings:
        for error in listing.get("errors", ()):
            counts.update([(error["field"], ALL), (error["field"], listing["list"])])
    return _table("error", counts, _terms(chosen.store, "list"))


TABLES: dict[str, Callable[[_Selection], Table]] = {
    "year": _years,
    "venue": _by("venue"),
    "topic": _by("topic", "resource"),
    "resource": _by("resource"),
    "language": _by("language"),
    "status": _by("status"),
    "version": _versions,
    "error": _errors,
}
"""What can be counted, and what counts it."""

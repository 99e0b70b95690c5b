"""What ``import mhlit`` offers: the works, to be searched, filtered, read and cited from Python and notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypedDict, Unpack, overload

from mhlit.cli.session import open_store

if TYPE_CHECKING:
    from mhlit.model import Work
    from mhlit.store.filters import Filters as _Selection
    from mhlit.store.reading import Store

Values = str | int | Iterable[str | int]
"""One value of a filter, or several of which any will do."""


class Filters(TypedDict, total=False):
    """The filters of the command line: any value within one of them, and all of them together.

    Case, accents, spaces and hyphens do not count, and a value's meaning is as good as its name
    (``language="Japanese"``). docs/search.md tells what each is.
    """

    section: Values
    list: Values
    venue: Values
    year: Values
    """2024, "2023..2025", "2024.." or "..2020": of the version of record."""
    author: Values
    topic: Values
    resource: Values
    language: Values
    status: Values
    has: Values
    tag: Values
    reading: Values
    starred: Values
    """"yes"."""
    collection: Values
    added: Values
    """A day, month or year, or a range of them: "2026-11", "2026-11-02.."."""


def load(scope: str = "all") -> Works:
    """Open the works of a scope, sorted by citation key.

    `scope` is ``catalog``, ``library`` or ``all``, as ``--in`` of the command line. Raises UsageError for
    another word, MhlitError where the catalog cannot be read.
    """
    from mhlit.store.filters import Filters as Selection

    store = open_store(scope)
    return Works(store, store.ids(Selection()))


class Works(Sequence["Work"]):
    """Works in an order: a sequence of :class:`mhlit.Work`, read as they are looked at.

    No method changes it; each that selects returns new works.
    """

    def __init__(self, store: Store, ids: Sequence[int]) -> None:
        """Not called by users: :func:`load` is."""
        self._store = store
        self._ids = tuple(ids)

    def search(self, query: str, **filters: Unpack[Filters]) -> Works:
        """Return what a query finds among these works, best first: the search of the command line.

        Empty where nothing is found. Raises UsageError for a filter's value that does not exist, and for a
        query that cannot be read.
        """
        from mhlit.search.engine import search

        found = search(self._store, query, self._selection(filters))
        return self._among(hit.work for hit in found.hits)

    def filter(self, **filters: Unpack[Filters]) -> Works:
        """Return those of these works that the filters select, in their order.

        Raises UsageError for a value that does not exist, with what may be meant as its ``hint``.
        """
        selected = self._store.among(self._ids, self._selection(filters))
        return Works(self._store, [work for work in self._ids if work in selected])

    def find(self, key: str) -> Work:
        """Return the one work that `key` means: a citation key, alias, identifier, address or name.

        Raises KeyProblem where it means none of these works, or several.
        """
        from mhlit.errors import KeyProblem
        from mhlit.keys import find

        work = find(self._store, key)
        if work not in self._ids:
            raise KeyProblem(f"{key!r} is not among these {len(self)} works")
        return self._store.works([work])[0]

    def cite(self, format: str = "bibtex") -> str:
        """Return the references of these works in a format of ``mhlit cite --format list``.

        What is not fully verified says so where the format has a place that does not print. Raises
        UsageError where there is no such format.
        """
        from mhlit.cite import entry_of, writer

        return writer(format)(entry_of(work) for work in self)

    @property
    def keys(self) -> tuple[str, ...]:
        """The citation keys."""
        return tuple(self._store.keys(self._ids))

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[Work]:
        return iter(self._store.works(self._ids))

    @overload
    def __getitem__(self, place: int) -> Work: ...
    @overload
    def __getitem__(self, place: slice) -> Works: ...
    def __getitem__(self, place: int | slice) -> Work | Works:
        """Return the work at a place, or the works of a slice."""
        if isinstance(place, slice):
            return Works(self._store, self._ids[place])
        return self._store.works([self._ids[place]])[0]

    def __repr__(self) -> str:
        shown = ", ".join(self._store.keys(self._ids[:3]))
        return f"<{len(self)} work{'' if len(self) == 1 else 's'}{': ' * bool(shown)}{shown}{', …' * (len(self) > 3)}>"

    def _repr_html_(self) -> str:
        """Return a table for a notebook, of the first twenty works."""
        from mhlit.render.notebook import table

        shown = 20
        return table(self._store.works(self._ids[:shown]), len(self))

    def _among(self, found: Iterable[int]) -> Works:
        own = set(self._ids)
        return Works(self._store, [work for work in found if work in own])

    def _selection(self, filters: Filters) -> _Selection:
        """Return filters as the store has them."""
        from mhlit.store.values import read_filters

        unknown = [name for name in filters if name not in Filters.__annotations__]
        if unknown:
            raise TypeError(f"there is no filter {unknown[0]!r}; filters: {', '.join(Filters.__annotations__)}")
        return read_filters(self._store, {name: _texts(values) for name, values in filters.items()})


def _texts(values: object) -> tuple[str, ...]:
    """Return one value or several as the texts a reader would type."""
    if isinstance(values, Iterable) and not isinstance(values, str):
        return tuple(str(value) for value in values)
    return (str(values),)

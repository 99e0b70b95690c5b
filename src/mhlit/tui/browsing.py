"""What is shown for a query and chosen facet values, and how many works each further value would show.

Knows no screen. Made for every keystroke: what the index says of a word is read once, and works are counted
as bits of a number, since SQL would take longer than a reader's patience in a library of ten thousand.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from mhlit.search.engine import NO_FILTERS, Results, search
from mhlit.search.explain import corrections, meant
from mhlit.store.filters import Filters
from mhlit.store.reading import Store
from mhlit.store.schema import FACETS
from mhlit.store.words import Holders, Words

Chosen = Mapping[str, Sequence[str]]
"""Facet name to the values of which any will do."""
_MOST_TEXTS = 20_000  # of works are remembered, about a kilobyte each
SHOWN_FACETS = tuple(name for name in FACETS if name != "author")  # of authors there are as many as works


class Found(NamedTuple):
    """The works to show, in order."""

    ids: Sequence[int] = ()
    words: frozenset[str] = frozenset()
    """Words of the index that were looked for, to be marked in titles."""
    note: str = ""
    """What the reader should know: a typo that was taken for another word, what may have been meant."""


class Browsing:
    """The works of a store, looked through again and again."""

    def __init__(self, store: Store, sort: str = "key", within: Filters = NO_FILTERS) -> None:
        """Look through the works of `store` that `within` selects; without a query they stand in the order `sort`."""
        self.store = store
        self._within = within
        self._words = _Remembered(store)
        self._all = store.ids(within, sort)
        self._places = {work: place for place, work in enumerate(self._all)}
        self._facets: dict[str, dict[str, int]] = {}
        self._last: tuple[str, Results] = ("", Results(()))

    def __len__(self) -> int:
        """Return the number of works there are."""
        return len(self._all)

    def find(self, query: str, chosen: Chosen) -> Found:
        """Return the works that a query finds among those with the chosen values.

        Raises UsageError for a query that cannot be read, which one that is being typed often is.
        """
        filters = self._within._replace(facets={name: tuple(values) for name, values in chosen.items() if values})
        if not query.strip():
            allowed = self._selected(chosen)
            ids = [work for work in self._all if allowed >> self._places[work] & 1] if filters else self._all
            return Found(ids, note="" if ids else "no work has all of these values")
        results = self._results(query)
        if filters:
            results = search(self.store, query, filters, self._words)
        note = self._typos(results) if results.hits else self._instead(results, filters)
        return Found([hit.work for hit in results.hits], results.words, note)

    def counts(self, query: str, chosen: Chosen) -> dict[str, list[tuple[str, int]]]:
        """Return the values of each facet with the number of works each would show, given the rest.

        They stand by how many works have them, years from the last.
        """
        found = self._bits(hit.work for hit in self._results(query).hits) if query.strip() else self._everything
        counted = {}
        for name in SHOWN_FACETS:
            others = {other: values for other, values in chosen.items() if other != name}
            among = found & self._selected(others)
            counted[name] = [(value, (bits & among).bit_count()) for value, bits in self._values(name).items()]
        return counted

    def _results(self, query: str) -> Results:
        """Return what a query finds without filters, the last one remembered."""
        if self._last[0] != query:
            self._last = (query, search(self.store, query, index=self._words))
        return self._last[1]

    @property
    def _everything(self) -> int:
        return (1 << len(self._all)) - 1

    def _selected(self, chosen: Chosen) -> int:
        """Return the works that have one of the values in each facet, as bits."""
        selected = self._everything
        for name, values in chosen.items():
            bits = 0
            for value in values:
                bits |= self._values(name).get(value, 0)
            selected &= bits if values else selected
        return selected

    def _values(self, facet: str) -> dict[str, int]:
        """Return the values of a facet with the works that have each, as bits."""
        if facet not in self._facets:
            values = [value for value, _ in self.store.facet_counts(facet, Filters())]
            if facet == "year":
                values.sort(reverse=True)
            self._facets[facet] = {value: self._bits(self.store.with_facet(facet, value)) for value in values}
        return self._facets[facet]

    def _bits(self, works: Iterable[int]) -> int:
        marked = bytearray(len(self._all) // 8 + 1)
        for work in works:
            place = self._places.get(work)
            if place is not None:
                marked[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(marked, "little")

    def _typos(self, results: Results) -> str:
        if not any(variant.kind == "typo" for one in results.sought for variant in one.variants):
            return ""
        taken = (f"no work holds {typed!r}; taken for {' or '.join(words)}" for typed, words in corrections(results))
        return "; ".join(taken)

    def _instead(self, results: Results, filters: Filters) -> str:
        """Return what to say where nothing was found."""
        if filters and self._last[1].hits:
            return f"nothing found; without the chosen values {len(self._last[1].hits)}"
        near = meant(self.store, results) if results.sought else ()
        return "nothing found" + (f"; did you mean {' or '.join(near)}?" if near else "")


class _Remembered(Words):
    """The words of an index that does not change, each looked up once."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._of_word = lru_cache(maxsize=256)(super().holding)
        self._of_beginning = lru_cache(maxsize=64)(super().holding_beginning)
        self._of_phrase = lru_cache(maxsize=256)(super().holding_phrase)

        self._texts: dict[int, tuple[str, ...]] = {}

    def texts(self, works: Sequence[int]) -> dict[int, tuple[str, ...]]:
        if len(self._texts) > _MOST_TEXTS:
            self._texts.clear()
        self._texts.update(super().texts([work for work in works if work not in self._texts]))
        return {work: self._texts[work] for work in works if work in self._texts}

    def holding(self, word: str) -> Holders:
        return self._of_word(word)

    def holding_beginning(self, start: str) -> Holders:
        return self._of_beginning(start)

    def holding_phrase(self, words: Sequence[str]) -> Holders:
        return self._of_phrase(tuple(words))

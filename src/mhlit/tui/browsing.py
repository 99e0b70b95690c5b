"""What is shown for a query and chosen facet values, and how many works each further value would show.

Knows no screen. Made for every keystroke: what the index says of a word is read once, and works are counted
as bits of a number, since SQL would take longer than a reader's patience in a library of ten thousand.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import reduce
from importlib import import_module
from itertools import chain
from operator import and_, or_
from typing import NamedTuple

from mhlit.model import READING
from mhlit.search.engine import NO_FILTERS, Scored, ordered, score
from mhlit.search.explain import corrections, meant
from mhlit.search.ranking import Memory
from mhlit.search.sought import Scores, Variant
from mhlit.store.filters import Filters
from mhlit.store.reading import Store
from mhlit.store.schema import FACETS, OWN_FACETS
from mhlit.store.words import FIELD_BITS, Holders, Words
from mhlit.tui.outside import Picked

Chosen = Mapping[str, Sequence[str]]
"""Facet name to the values of which any will do."""
_ONE = ord("1")
_MOST_WORDS = 64  # are remembered with the works that hold them
_LONGEST = 64  # letters of a word that may be meant
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
        self._sort = sort
        self._within = within
        self.renew(store)

    def renew(self, store: Store | None = None) -> None:
        """Forget what was read, which was changed meanwhile; another `store` has other works."""
        if store is not None:
            self.store = store
            self._all = store.ids(self._within, self._sort)
            self._places = {work: place for place, work in enumerate(self._all)}
            self._facets: dict[str, dict[str, int]] = {}
        self.index = _Remembered(self.store)
        """The index of `store`, which remembers what was read of it."""
        self._memory = _Memory(self.index)
        self._last = ("", Scored({}))
        for name in OWN_FACETS:
            self._facets.pop(name, None)

    def picked(self, works: Iterable[int]) -> Picked:
        """Return the keys of works, those of the library apart from those of the catalog alone."""
        last = self.store.shelves[-1]
        ids = list(works)
        own = [work for work in ids if last.origin == "library" and work >= last.base]
        there = set(own)
        return Picked(self.store.keys(own), self.store.keys([work for work in ids if work not in there]))

    def reading_of(self, work: int) -> str:
        """Return how far the reader is with a work; unread where nothing was said of it."""
        return next((name for name in READING if work in self.store.with_facet("reading", name)), READING[0])

    def same(self, work: int, key: str) -> int | None:
        """Return the id that a work has by now, which had an id and a key before; None where it is gone."""
        if work in self._places:
            return work
        moved = [shelf.twins[work - shelf.base] for shelf in self.store.shelves if work - shelf.base in shelf.twins]
        named = moved or self.store.lookup("works", "key", [key]) or self.store.lookup("aliases", "alias", [key])
        return next((other for other in named if other in self._places), None)

    def __len__(self) -> int:
        """Return the number of works there are."""
        return len(self._all)

    def find(self, query: str, chosen: Chosen) -> Found:
        """Return the works that a query finds among those with the chosen values.

        Raises UsageError for a query that cannot be read, which one that is being typed often is.
        """
        chosen = {name: values for name, values in chosen.items() if values}
        if not query.strip():
            ids = self._works(self._selected(chosen)) if chosen else self._all
            return Found(ids, note="" if ids else "no work has all of these values")
        every = self._scored(query)
        found = every.among(set(self._works(self._selected(chosen)))) if chosen else every
        note = self._typos(found) if found.scores else self._instead(found, len(every.scores))
        return Found(list(ordered(self.store, found)), found.words, note)

    def counts(self, query: str, chosen: Chosen) -> dict[str, list[tuple[str, int]]]:
        """Return the values of each facet with the number of works each would show, given the rest.

        Those with the most works stand first, as many by how many works have them at all; years from the last.
        """
        found = self._bits(self._scored(query).scores) if query.strip() else self._everything
        counted = {}
        for name in SHOWN_FACETS:
            others = {other: values for other, values in chosen.items() if other != name}
            among = found & self._selected(others)
            counted[name] = [(value, (bits & among).bit_count()) for value, bits in self._values(name).items()]
            if name != "year":
                counted[name].sort(key=lambda value: -value[1])
        return counted

    def read_ahead(self) -> None:
        """Read what the first words that are typed would wait for."""
        self.index.read_ahead()

    def _scored(self, query: str) -> Scored:
        """Return what a query finds without the chosen values, the last one remembered."""
        if self._last[0] != query:
            found = score(self.store, query, self.index, self._memory)
            self._last = (query, found if found.scores.keys() <= self._places.keys() else found.among(self._places))
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
        last = len(self._all) - 1
        digits = bytearray(b"0") * (last + 1)
        for place in map(self._places.get, works):
            if place is not None:
                digits[last - place] = _ONE
        return int(digits or b"0", 2)

    def _works(self, bits: int) -> list[int]:
        """Return the works of bits, in the order in which they stand."""
        return [work for work, bit in zip(self._all, reversed(f"{bits:b}"), strict=False) if bit == "1"]

    def _typos(self, found: Scored) -> str:
        if not any(variant.kind == "typo" for one in found.sought for variant in one.variants):
            return ""
        taken = (f"no work holds {typed!r}; taken for {' or '.join(words)}" for typed, words in corrections(found))
        return "; ".join(taken)

    def _instead(self, found: Scored, without: int) -> str:
        """Return what to say where nothing was found, and so many works without the chosen values."""
        if without:
            return f"nothing found; without the chosen values {without}"
        near = meant(self.store, found) if found.sought else ()
        return "nothing found" + (f"; did you mean {' or '.join(near)}?" if near else "")


class _Memory(Memory):
    """How well works hold words, for the words looked for last."""

    texts_cost = 100  # what is looked up of a word here is looked up once

    def strengths(self, variants: tuple[Variant, ...]) -> Scores:
        while len(self._read) > _MOST_WORDS:
            self._read.pop(next(iter(self._read)))
        return super().strengths(variants)


class _Remembered(Words):
    """The words of an index that does not change, each looked up once."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._texts: dict[int, tuple[str, ...]] = {}
        self._by_length: dict[tuple[int, str], list[str]] = {}
        self._by_title: dict[int, int] = {}

    def read_ahead(self) -> None:
        """Read what the first typo, and the first word that many works hold, would wait for."""
        import_module("mhlit.search.typos")
        import_module("mhlit.search.demands")
        self.of_length(1, 1)
        self.shortest_titled((), 0)

    def of_length(self, least: int, most: int, start: str = "") -> set[str]:
        if not self._by_length:
            for word in super().of_length(1, _LONGEST):
                self._by_length.setdefault((len(word), ""), []).append(word)
                self._by_length.setdefault((len(word), word[0]), []).append(word)
        first = start[:1]
        words = chain.from_iterable(self._by_length.get((length, first), ()) for length in range(least, most + 1))
        return set(words) if first == start else {word for word in words if word.startswith(start)}

    def shortest_titled(self, works: Collection[int], most: int) -> list[int]:
        if not self._by_title:
            self._by_title = {work: place for place, (_, work) in enumerate(self._store.by_title_length())}
        return sorted(works, key=self._by_title.__getitem__)[:most]

    def texts(self, works: Sequence[int]) -> dict[int, tuple[str, ...]]:
        if len(self._texts) > _MOST_TEXTS:
            self._texts.clear()
        self._texts.update(super().texts([work for work in works if work not in self._texts]))
        return {work: self._texts[work] for work in works if work in self._texts}

    def _read_phrase(self, words: tuple[str, ...], columns: tuple[str, ...]) -> Holders:
        """Look for a phrase in those columns only in which all of its words stand."""
        together = reduce(and_, (reduce(or_, set(self.holding(word).values()), 0) for word in words))
        return super()._read_phrase(words, tuple(name for name in columns if together & FIELD_BITS[name]))

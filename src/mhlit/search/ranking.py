"""Which works hold what is sought, and how well: candidates from the rarest words, then scores, then a closer look.

A work is shown that holds enough of the query (``weights.ENOUGH``), words counted by what they tell. Those that
hold every word without a typo stand before the others; within each, the score decides.
"""

from collections.abc import Collection, Iterable, Sequence, Set
from itertools import accumulate, chain, compress, repeat
from operator import sub

from mhlit.search.sought import Scores, Sought, Variant, strengths
from mhlit.search.weights import COVERED, KINDS, LITTLE_WORDS, TITLED, VERBATIM, WHOLE, enough
from mhlit.store.words import Words

_ROUNDING = 1e-9
# How well a work holds each of some words, 0 where it does not. Many works are alike in it, so that what follows from
# it is worked out once for all of them.
_Row = tuple[float, ...]
_Table = tuple[Sequence[int], Sequence[_Row]]


class Memory:
    """What was read of an index: for one search, where a word may be looked for twice."""

    texts_cost = 8
    """Reading a work's texts costs about as much as reading so many entries of the index."""

    def __init__(self, index: Words) -> None:
        """Begin with nothing read."""
        self._index = index
        self._read: dict[tuple[Variant, ...], Scores] = {}

    def has(self, variants: tuple[Variant, ...]) -> bool:
        """Tell whether a word, given by its variants, was read."""
        return variants in self._read

    def strengths(self, variants: tuple[Variant, ...]) -> Scores:
        """Return how well every work holds a word, given by its variants."""
        if variants not in self._read:
            self._read[variants] = strengths(variants, self._index)
        return self._read[variants]


class Ranking:
    """Counts words, the rarest first, so that common ones are looked for only in works that may still be shown."""

    def __init__(self, index: Words, allowed: Collection[int] | None = None, memory: Memory | None = None) -> None:
        """Count among `allowed` works, or among all; `memory` is what was read of the index before."""
        self._index = index
        self._allowed = allowed
        self._texts: dict[int, tuple[str, ...]] = {}
        self._memory = Memory(index) if memory is None else memory
        self._complete: dict[tuple[int, tuple[tuple[Variant, ...], ...]], _Table] = {}

    def scores(self, sought: Sequence[Sought]) -> Scores:
        """Return the works that hold enough of what is sought, and what they score (``WHOLE`` more for every word)."""
        needed = sorted({one.typed: one for one in sought if one.needed}.values(), key=lambda one: -one.weight)
        total = sum(one.weight for one in needed) or 1.0
        telling = [one.weight / total for one in needed]
        known = all(one.is_known for one in needed)
        # Two words that a work holds together are meant together.
        scores = self._holding(needed, telling, enough(len(needed), known and len(needed) > 2))
        if scores and max(scores.values()) >= WHOLE:
            return scores
        # No work holds every word: a word then counts for itself too, not only for what it tells.
        counting = [(share + 1 / len(needed)) / 2 for share in telling]
        return self._holding(needed, counting, enough(len(needed), known))

    def _holding(self, needed: Sequence[Sought], shares: Sequence[float], least: float) -> Scores:
        """Return the scores of works that hold words whose shares make up at least `least`."""
        least -= _ROUNDING
        works, rows = self._table(needed, shares, least)
        weights = [one.weight for one in needed]
        score = {row: _score(row, weights, shares) for row in set(rows) if _held(row, shares) >= least}
        found = zip(works, map(score.get, rows), strict=True)
        return {work: scored for work, scored in found if scored is not None}

    def _table(self, needed: Sequence[Sought], shares: Sequence[float], least: float) -> _Table:
        """Return works, among them all that hold at least so much of the query, and how well each holds its words."""
        left = list(accumulate(shares, sub, initial=1.0))
        leading = sum(share >= least for share in left[:-1])  # words; a work with none of them cannot hold enough
        asked = leading, tuple(one.variants for one in needed)
        if asked in self._complete:
            return self._complete[asked]
        words = [self._memory.strengths(one.variants) for one in needed[:leading]]
        works = list(dict.fromkeys(chain.from_iterable(words)) if self._allowed is None else self._allowed)
        narrowed = False
        for one, share in zip(needed[leading:], left[leading:], strict=False):
            if self._memory.has(one.variants):
                words.append(self._memory.strengths(one.variants))
                continue
            if min(shares[:leading]) < least - share:  # else any one of the leading words is enough so far
                works, narrowed = _promising(works, words, shares, least - share), True
            words.append(self._strengths_among(one, works))
        rows = _rows(works, words)
        if not narrowed:
            self._complete[asked] = works, rows
        return works, rows

    def _strengths_among(self, one: Sought, works: Collection[int]) -> Scores:
        """Return how well some works, and perhaps others, hold a word, by whichever way is shorter."""
        if one.entries > self._memory.texts_cost * len(works):
            return {work: one.strength(texts) for work, texts in self.texts(works).items()}
        return self._memory.strengths(one.variants)

    def looked_at_closely(self, scores: Scores, sought: Sequence[Sought], works: Iterable[int]) -> Scores:
        """Return what works score when one sees how the words stand in them."""
        wanted = [sorted(one.variants, key=_closeness, reverse=True) for one in sought if one.needed]
        written = {word for one in sought for word in one.written}
        phrase = f" {' '.join(one.typed for one in sought)} " if len(sought) > 1 else ""
        raised: Scores = {}
        for work, texts in self.texts(works).items():
            base, score = (WHOLE, scores[work] - WHOLE) if scores[work] >= WHOLE else (0.0, scores[work])
            added = TITLED * _in_title(wanted, f"{texts[0]} {texts[1]}") + COVERED * _coverage(written, texts[0])
            if phrase and any(phrase in f" {text} " for text in texts):  # it stands there word for word
                added += VERBATIM
            raised[work] = base + score * (1 + added)
        return raised

    def shortest_titled(self, works: Collection[int], most: int) -> list[int]:
        """Return at most so many of `works`, those with the shortest titles first."""
        return self._index.shortest_titled(works, most)

    def texts(self, works: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """Return the texts of works, each read once."""
        self._texts.update(self._index.texts([work for work in works if work not in self._texts]))
        return {work: self._texts[work] for work in works if work in self._texts}


def _rows(works: Iterable[int], words: Sequence[Scores]) -> list[_Row]:
    return list(zip(*(map(strengths.get, works, repeat(0.0)) for strengths in words), strict=True))


def _held(row: _Row, shares: Sequence[float]) -> float:
    """Return the share of the query that is held."""
    return sum(share for share, strength in zip(shares, row, strict=False) if strength)


def _promising(works: Sequence[int], words: Sequence[Scores], shares: Sequence[float], least: float) -> list[int]:
    """Return the works that hold at least so much of the query so far."""
    left, once, likely = set(works), set[int](), set[int]()
    for strengths_of, share in zip(words, shares, strict=False):
        own = left & strengths_of.keys()
        likely |= own if share >= least else own & once  # one such word is not enough, two may be
        once |= own
    some = list(likely)
    rows = _rows(some, words)
    hopeful = {row for row in set(rows) if _held(row, shares) >= least}
    return list(compress(some, map(hopeful.__contains__, rows)))


def _score(row: _Row, weights: Sequence[float], shares: Sequence[float]) -> float:
    """Return what a work scores: more than any other where it holds every word better than by a typo."""
    sure = sum(share for share, strength in zip(shares, row, strict=True) if strength > KINDS["typo"])
    score = sum(weight * strength for weight, strength in zip(weights, row, strict=True))
    return score + (WHOLE if sure >= 1.0 - _ROUNDING else 0.0)


def _closeness(variant: Variant) -> float:
    return KINDS[variant.kind]


def _in_title(wanted: Sequence[Sequence[Variant]], title: str) -> float:
    """Return the part of words that stand in a title, given by their variants, the closest first, which count most."""
    told = (next((_closeness(v) for v in variants if v.stands_in(title)), 0.0) for variants in wanted)
    return sum(told) / (len(wanted) or 1)


def _coverage(written: Set[str], title: str) -> float:
    """Return the part of a title's telling words that are among those of the query."""
    telling = set(title.split()) - LITTLE_WORDS
    return len(telling & written) / (len(telling) or 1)

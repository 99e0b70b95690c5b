"""Which works hold what is sought, and how well: candidates from the rarest words, then scores, then a closer look.

A work is shown that holds enough of the query (``weights.ENOUGH``), words counted by what they tell. Those that
hold every word without a typo stand before the others; within each, the score decides.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from mhlit.search.sought import Scores, Sought, Variant, strengths
from mhlit.search.weights import COVERED, KINDS, LITTLE_WORDS, TITLED, VERBATIM, WHOLE, enough
from mhlit.store.words import Words

_ROUNDING = 1e-9


class Memory:
    """What was read of an index: for one search, where a word may be looked for twice."""

    texts_cost = 8
    """Reading a work's texts costs about as much as reading so many entries of the index."""

    def __init__(self, index: Words) -> None:
        """Begin with nothing read."""
        self._index = index
        self._read: dict[tuple[Variant, ...], Scores] = {}

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
        left = 1.0
        score: Scores = {}
        held: dict[int, int] = {}  # which words a work holds, and which of them better than by a typo, as bits
        parts = _Parts(shares)
        for place, one in enumerate(needed):
            if left >= least:  # a work without any word so far can still hold enough
                strengths = self._strengths(one)
            else:
                held = {work: words for work, words in held.items() if parts[words].held + left >= least}
                strengths = self._strengths_among(one, held)
            left -= shares[place]
            _count(self._permitted(strengths), one.weight, parts.bits(place), score, held)
        return {
            work: score[work] + (WHOLE if parts[words].sure >= 1.0 - _ROUNDING else 0.0)
            for work, words in held.items()
            if parts[words].held >= least
        }

    def _strengths(self, one: Sought) -> Scores:
        """Return how well every work holds a word."""
        return self._memory.strengths(one.variants)

    def _permitted(self, strengths: Scores) -> Scores:
        if self._allowed is None:
            return strengths
        return {work: strength for work, strength in strengths.items() if work in self._allowed}

    def _strengths_among(self, one: Sought, works: Collection[int]) -> Scores:
        """Return how well some works hold a word, by whichever way is shorter."""
        if one.entries > self._memory.texts_cost * len(works):
            found = ((work, one.strength(texts)) for work, texts in self.texts(works).items())
            return {work: strength for work, strength in found if strength}
        strengths = self._strengths(one)
        if len(works) < len(strengths):
            return {work: strengths[work] for work in works if work in strengths}
        return {work: strength for work, strength in strengths.items() if work in works}

    def looked_at_closely(self, scores: Scores, sought: Sequence[Sought], works: Iterable[int]) -> Scores:
        """Return what works score when one sees how the words stand in them."""
        raised: Scores = {}
        for work, texts in self.texts(works).items():
            base, score = (WHOLE, scores[work] - WHOLE) if scores[work] >= WHOLE else (0.0, scores[work])
            added = TITLED * _in_title(sought, f"{texts[0]} {texts[1]}") + COVERED * _coverage(sought, texts[0])
            added += VERBATIM * _is_verbatim(sought, texts)
            raised[work] = base + score * (1 + added)
        return raised

    def texts(self, works: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """Return the texts of works, each read once."""
        self._texts.update(self._index.texts([work for work in works if work not in self._texts]))
        return {work: self._texts[work] for work in works if work in self._texts}


class _Part(NamedTuple):
    """What of a query some words make up: those that are held, and those held better than by a typo."""

    held: float
    sure: float


class _Parts(dict[int, _Part]):
    """The part of a query for each set of words, worked out when first asked for: there are few such sets."""

    def __init__(self, shares: Sequence[float]) -> None:
        super().__init__()
        self._shares = shares

    def bits(self, place: int) -> tuple[int, int]:
        """Return what stands for a word that is held by a typo, and for one that is held better."""
        return 1 << place, (1 << place) | (1 << (place + len(self._shares)))

    def __missing__(self, words: int) -> _Part:
        held = sum(share for place, share in enumerate(self._shares) if words >> place & 1)
        sure = sum(share for place, share in enumerate(self._shares, len(self._shares)) if words >> place & 1)
        self[words] = _Part(held, sure)
        return self[words]


def _count(strengths: Scores, weight: float, bits: tuple[int, int], score: Scores, held: dict[int, int]) -> None:
    """Add to the scores of works, and to the words they hold, how well each holds one word more."""
    typo, better = bits
    slip = KINDS["typo"]
    scored, holds = score.get, held.get
    for work, strength in strengths.items():
        score[work] = scored(work, 0.0) + weight * strength
        held[work] = holds(work, 0) | (better if strength > slip else typo)


def _is_verbatim(sought: Sequence[Sought], texts: Iterable[str]) -> bool:
    """Tell whether a query of several words stands in one of a work's texts word for word."""
    phrase = f" {' '.join(one.typed for one in sought)} "
    return len(sought) > 1 and any(phrase in f" {text} " for text in texts)


def _coverage(sought: Sequence[Sought], title: str) -> float:
    """Return the part of a title's telling words that the query holds."""
    telling = set(title.split()) - LITTLE_WORDS
    asked = {written for one in sought for written in one.written}
    return len(telling & asked) / (len(telling) or 1)


def _in_title(sought: Sequence[Sought], title: str) -> float:
    """Return the part of the query's words that stand in a title, what is only like a word counting less."""
    needed = [one for one in sought if one.needed]
    told = (max((KINDS[v.kind] for v in one.variants if v.stands_in(title)), default=0.0) for one in needed)
    return sum(told) / (len(needed) or 1)

"""What a search looks for: words of the query, each with all that may stand in the index for it."""

from collections.abc import Sequence
from typing import NamedTuple

from mhlit.search.weights import KINDS, PEOPLE, STRENGTHS
from mhlit.store.filters import Filters
from mhlit.store.words import FIELD_BITS, Fields, Holders, Words

Scores = dict[int, float]
_LONG = 8  # letters; what is a slip away from such a word was meant
_BITS = tuple(FIELD_BITS.values())
_IMPERSONAL = ("form", "acronym", "synonym")


class Variant(NamedTuple):
    """A word, or words next to each other, that may stand for a word of the query, and what kind of it this is."""

    words: tuple[str, ...]
    kind: str
    """One of ``weights.KINDS``."""

    def holders(self, index: Words) -> Holders:
        """Return the works that hold the variant, with the columns it counts in."""
        if self.kind == "beginning":
            found = index.holding_beginning(self.words[0])
        elif len(self.words) > 1:
            found = index.holding_phrase(self.words)
        else:
            found = index.holding(self.words[0])
        if self.kind not in _IMPERSONAL or not any(fields & PEOPLE for fields in set(found.values())):
            return found
        return {work: fields & ~PEOPLE for work, fields in found.items() if fields & ~PEOPLE}

    def strengths(self, index: Words) -> Scores:
        """Return how well each work holds the variant, from 0 to 1."""
        found = self.holders(index)
        kind = KINDS[self.kind]
        worth = {fields: kind * STRENGTHS[fields] for fields in set(found.values())}
        return dict(zip(found, map(worth.__getitem__, found.values()), strict=True))

    def fields(self, texts: Sequence[str]) -> Fields:
        """Return the columns that hold the variant, given the folded text of every column of a work."""
        phrase = " ".join(self.words)
        fields = 0
        for bit, text in zip(_BITS, texts, strict=True):
            if phrase in text and self.stands_in(text):  # most are refused without a call
                fields |= bit
        return fields & ~PEOPLE if self.kind in _IMPERSONAL else fields

    def stands_in(self, text: str) -> bool:
        """Tell whether a folded text holds the variant."""
        if self.kind == "beginning":
            start = self.words[0]
            return start in text and any(word.startswith(start) and word != start for word in text.split())
        phrase = " ".join(self.words)
        return phrase in text and f" {phrase} " in f" {text} "


def strengths(variants: Sequence[Variant], index: Words) -> Scores:
    """Return how well each work that holds one of the variants of a word holds it, from 0 to 1."""
    best: Scores = {}
    for variant in variants:
        few, best = sorted((best, variant.strengths(index)), key=len)
        known = best.get
        for work, value in few.items():
            if value > known(work, 0.0):
                best[work] = value
    return best


class Sought(NamedTuple):
    """A word of the query with its variants."""

    typed: str
    variants: tuple[Variant, ...]
    entries: int
    """About how many entries its variants have in the index."""
    weight: float
    """How much it tells: its rarity."""
    needed: bool = True
    """False for a word that says nothing by itself, such as "the"."""

    @property
    def written(self) -> list[str]:
        """Return the single words that the typed word may have been written as."""
        kinds = ("exact", "spelling", "form", "typo")
        return [variant.words[0] for variant in self.variants if len(variant.words) == 1 and variant.kind in kinds]

    @property
    def is_known(self) -> bool:
        """Tell whether the index has the word, in whatever form, without guessing; a long word is no guess."""
        guesses = ("beginning", "typo", "typo-form") if len(self.typed) < _LONG else ("beginning",)
        return any(variant.kind not in guesses for variant in self.variants)

    def strengths(self, index: Words) -> Scores:
        """Return how well each work that holds the word holds it, from 0 to 1."""
        return strengths(self.variants, index)

    def strength(self, texts: Sequence[str]) -> float:
        """Return how well a work with these texts holds the word; 0 where it does not."""
        every = "\n".join(texts)
        best = 0.0
        for variant in self.variants:
            fields = variant.fields(texts) if variant.words[0] in every else 0
            if fields:
                best = max(best, KINDS[variant.kind] * STRENGTHS[fields])
        return best

    def places(self, texts: Sequence[str]) -> list[tuple[Variant, Fields]]:
        """Return the variants that a work with these texts holds, with the columns."""
        found = ((variant, variant.fields(texts)) for variant in self.variants)
        return [(variant, fields) for variant, fields in found if fields]


class Asked(NamedTuple):
    """A query, read: words that are ranked softly, and what must be met."""

    loose: tuple[tuple[str, bool], ...]
    """Folded words, and whether each may be the beginning of a longer one."""
    met: Scores | None = None
    """The works with every phrase and alternative, and what that adds to their scores; None where there is none."""
    filters: tuple[Filters, ...] = ()
    """What the fields select, each by itself."""
    excluded: frozenset[int] | None = None
    """Works with something that must not be there; None where nothing is left out."""
    named: frozenset[int] = frozenset()
    """Works that an identifier, an address or a key in the query names."""
    sought: tuple[Sought, ...] = ()
    """What the phrases and alternatives looked for."""

    def __bool__(self) -> bool:
        """Tell whether anything is asked at all."""
        demanded = self.met is not None or self.excluded is not None
        return bool(self.loose or demanded or self.filters or self.named)

"""Say why a work was found, and what a query that found nothing may have meant."""

from collections.abc import Sequence
from typing import NamedTuple

from mhlit.search.engine import Results, Scored, search
from mhlit.search.weights import NAMED, WHOLE
from mhlit.store.reading import Store
from mhlit.store.words import FIELD_BITS, Words


class Reason(NamedTuple):
    """What a work holds for one word of the query."""

    typed: str
    found: str
    """The word or words that stand in the work; of a beginning, what was typed with a star."""
    kind: str
    """One of ``weights.KINDS``."""
    fields: tuple[str, ...]


class Explanation(NamedTuple):
    """Why a work stands where it stands."""

    score: float
    named: bool
    """The query, or a part of it, is an identifier, an address or the key of the work."""
    whole: bool
    """It holds every word, none by a typo."""
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    """Words of the query that it does not hold."""


def explain(store: Store, results: Results, works: Sequence[int]) -> list[Explanation]:
    """Explain the hits of some works, in the order of `works`."""
    scores = {hit.work: hit.score for hit in results.hits}
    texts = Words(store).texts(works) if results.sought else {}
    return [_explained(scores[work], results, texts.get(work)) for work in works]


def _explained(score: float, results: Results, texts: Sequence[str] | None) -> Explanation:
    reasons: list[Reason] = []
    missing: list[str] = []
    for one in results.sought if texts else ():
        places = one.places(texts or ())
        for variant, fields in places:
            star = "*" if variant.kind == "beginning" else ""
            names = tuple(name for name, bit in FIELD_BITS.items() if fields & bit)
            reasons.append(Reason(one.typed, " ".join(variant.words) + star, variant.kind, names))
        if not places and one.needed:
            missing.append(one.typed)
    named = score >= NAMED
    whole = score >= WHOLE
    return Explanation(round(score % WHOLE, 2), named, whole, tuple(reasons), tuple(missing))


def corrections(results: Results | Scored) -> list[tuple[str, list[str]]]:
    """Return the words that were taken for typos, each with what they were taken for."""
    return [
        (one.typed, [variant.words[0] for variant in one.variants if variant.kind == "typo"])
        for one in results.sought
        if one.variants and all(variant.kind.startswith("typo") for variant in one.variants)
    ]


def meant(store: Store, results: Results | Scored) -> list[str]:
    """Return queries that find something and are near to one that found nothing: unknown words replaced."""
    from mhlit.search.typos import near

    index = Words(store)
    typed = [one.typed for one in results.sought]
    others = {one.typed: near(one.typed, index) for one in results.sought if one.needed and not one.variants}
    choices = max((len(words) for words in others.values()), default=0)
    queries = [
        " ".join((others[word][min(choice, len(others[word]) - 1)] if others.get(word) else word) for word in typed)
        for choice in range(choices)
    ]
    return [query for query in dict.fromkeys(queries) if search(store, query).hits]

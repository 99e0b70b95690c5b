"""Works like another: those that hold the words that tell most about it."""

from collections.abc import Sequence
from heapq import nlargest

from mhlit.search.engine import NO_FILTERS, Hit, Results
from mhlit.search.sought import Scores, Sought, Variant
from mhlit.search.weights import LITTLE_WORDS, rarity
from mhlit.stems import stem
from mhlit.store.filters import Filters
from mhlit.store.reading import Store
from mhlit.store.schema import SEARCH_COLUMNS
from mhlit.store.words import Words

# What a work is about, by the columns where it stands; who wrote it and where it appeared does not tell.
_ABOUT = {"title": 2.0, "topics": 2.0, "summary": 1.0}
_MOST_WORDS = 24


def like(store: Store, work: int, filters: Filters = NO_FILTERS) -> Results:
    """Find the works most like one, the most like it first; the work itself is not among them."""
    scores, sought = _scored(Words(store), work)
    if filters:
        selected = store.among(scores, filters)
        scores = {other: score for other, score in scores.items() if other in selected}
    return Results(tuple(Hit(other, scores[other]) for other in _in_order(store, scores)), tuple(sought))


def nearest(
    store: Store, works: Sequence[int], many: int = 3, index: Words | None = None
) -> list[list[tuple[str, str]]]:
    """Return keys and titles of the works most like each of `works`; `index` may be one that remembers."""
    index = Words(store) if index is None else index
    near = [_best(store, _scored(index, work)[0], many) for work in works]
    return [[(str(key), str(title)) for key, title in store.rows(ids, ["key", "title"])] for ids in near]


def _scored(index: Words, work: int) -> tuple[Scores, list[Sought]]:
    """Return how much works are like one, and by which words."""
    sought = _telling_words(index, work)
    scores: Scores = {}
    for one in sought:
        for other, strength in one.strengths(index).items():
            scores[other] = scores.get(other, 0.0) + one.weight * strength
    scores.pop(work, None)
    return scores, sought


def _in_order(store: Store, scores: Scores) -> list[int]:
    """Return works by their scores, those that are alike by their keys."""
    keys = store.found_by_id("SELECT id, lower(key) FROM works", list(scores))
    return sorted(keys, key=lambda work: (-scores[work], keys[work]))


def _best(store: Store, scores: Scores, many: int) -> list[int]:
    least = min(nlargest(many, scores.values()), default=0.0)
    return _in_order(store, {work: score for work, score in scores.items() if score >= least})[:many]


def _telling_words(index: Words, work: int) -> list[Sought]:
    """Return the words that tell most about a work, by their rarity and the columns they stand in."""
    texts = dict(zip(SEARCH_COLUMNS, index.texts([work])[work], strict=True))
    points: dict[str, float] = {}
    for column, weight in _ABOUT.items():
        for word in set(texts[column].split()) - LITTLE_WORDS:
            points[stem(word)] = points.get(stem(word), 0.0) + weight
    forms: dict[str, list[str]] = {}
    holding: dict[str, int] = {}
    for form in sorted(index.known((), points).values(), key=lambda word: (-word.works, word.text)):
        forms.setdefault(form.stem, []).append(form.text)
        holding[form.stem] = holding.get(form.stem, 0) + form.works
    works = len(index)
    weights = {one: points[one] * rarity(works, holding[one]) for one in forms if holding[one] > 1}
    best = sorted(weights, key=lambda one: (-weights[one], one))[:_MOST_WORDS]
    return [
        Sought(forms[one][0], tuple(Variant((form,), "form") for form in forms[one]), holding[one], weights[one], False)
        for one in best
    ]

"""Works like another: those that hold the words that tell most about it."""

from collections.abc import Sequence

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
    index = Words(store)
    sought = _telling_words(index, work)
    scores: Scores = {}
    for one in sought:
        for other, strength in one.strengths(index).items():
            scores[other] = scores.get(other, 0.0) + one.weight * strength
    scores.pop(work, None)
    if filters:
        selected = store.among(scores, filters)
        scores = {other: score for other, score in scores.items() if other in selected}
    keys = store.found_by_id("SELECT id, lower(key) FROM works", list(scores))
    order = sorted((-scores[other], key, other) for other, (key,) in keys.items())
    return Results(tuple(Hit(other, -score) for score, _, other in order), tuple(sought))


def nearest(store: Store, works: Sequence[int], many: int = 3) -> list[list[tuple[str, str]]]:
    """Return keys and titles of the works most like each of `works`."""
    hits = [[hit.work for hit in like(store, work).hits[:many]] for work in works]
    return [[(str(key), str(title)) for key, title in store.rows(ids, ["key", "title"])] for ids in hits]


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

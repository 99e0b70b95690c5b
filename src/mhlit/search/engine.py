"""Find works by a query, best first: the one engine, over all the shelves of a store."""

from collections.abc import Container, Sequence
from itertools import starmap, takewhile
from typing import NamedTuple

from mhlit.errors import UsageError
from mhlit.search.ranking import Memory, Ranking
from mhlit.search.sought import Asked, Scores, Sought
from mhlit.search.variants import FEW, sought_words
from mhlit.search.weights import CLOSER, NAMED, WHOLE
from mhlit.store.filters import Filters
from mhlit.store.reading import Store
from mhlit.store.words import Words
from mhlit.text import printable, without_latex, words

_MOST_WORDS = 64  # of a query are looked for
_SHORT = 6  # words: in a longer query a word more or less does not matter
_MANY = 500  # works are more quickly met in the order of their titles' lengths than looked up
_LANGUAGE = frozenset('"“”()*:/')
_SCHEMES = ("doi", "arxiv", "acl", "dblp", "hal", "pmid", "pmcid", "isbn", "isbn-10", "isbn-13", "issn", "eissn")
NO_FILTERS = Filters()


class Hit(NamedTuple):
    """One work that was found: its id and its score, higher is better."""

    work: int
    score: float


class Results(NamedTuple):
    """What a query found, best first, and what was looked for."""

    hits: tuple[Hit, ...]
    sought: tuple[Sought, ...] = ()
    unfiltered: int = 0
    """How many works the query finds without filters and exclusions."""

    @property
    def words(self) -> frozenset[str]:
        """Return the words of the index that were looked for, to be marked where they are shown: chat, chat*."""
        return _to_mark(self.sought)


class Scored(NamedTuple):
    """What a query finds, not yet in order."""

    scores: Scores
    sought: tuple[Sought, ...] = ()
    loose: Sequence[Sought] = ()
    """Those of what was sought that are ranked."""
    ranking: Ranking | None = None
    """Looks at the best more closely; None where nothing is ranked."""
    unfiltered: int = 0
    """How many works there would be without exclusions and the fields of the query."""

    @property
    def words(self) -> frozenset[str]:
        """Return the words of the index that were looked for, as `Results.words` does."""
        return _to_mark(self.sought)

    def among(self, allowed: Container[int]) -> "Scored":
        """Return the same of some works only."""
        return self._replace(scores={work: score for work, score in self.scores.items() if work in allowed})


def _to_mark(sought: Sequence[Sought]) -> frozenset[str]:
    return frozenset(
        word + ("*" if variant.kind == "beginning" else "")
        for one in sought
        for variant in one.variants
        for word in variant.words
    )


def search(store: Store, query: str, filters: Filters = NO_FILTERS) -> Results:
    """Find the works that hold enough of a query, among those that `filters` selects.

    A query that is an identifier or an address finds its work and nothing else. Raises UsageError, with
    the column and the fix, for a query that cannot be read or has no words.
    """
    found = score(store, query)
    if filters:
        found = found.among(store.among(found.scores, filters))
    return Results(tuple(starmap(Hit, ordered(store, found).items())), found.sought, found.unfiltered)


def score(store: Store, query: str, index: Words | None = None, memory: Memory | None = None) -> Scored:
    """Find works as `search` does, without putting them in order.

    Whoever searches again and again may hand in an `index` of `store` and a `memory` that remember what they read.
    """
    query = without_latex(printable(query).strip())
    named = _identified(store, query)
    if named is not None:
        return Scored(dict.fromkeys(named, NAMED))
    index = Words(store) if index is None else index
    asked = _asked(store, index, query)
    sought = sought_words(asked.loose[:_MOST_WORDS], index)
    ranking = Ranking(index, asked.met, memory)
    scores = ranking.scores(sought) if sought else _without_words(store, asked)
    if _doubtful(sought, scores):
        sought = sought_words(asked.loose[:_MOST_WORDS], index, forgiving=True)
        scores = ranking.scores(sought)
    if asked.met:
        scores = {work: score + asked.met[work] for work, score in scores.items()}
    scores |= dict.fromkeys(asked.named, NAMED)
    unfiltered = len(scores)
    for one in asked.filters:
        if one:
            selected = store.among(scores, one)
            scores = {work: score for work, score in scores.items() if work in selected}
    if asked.excluded:
        scores = {work: score for work, score in scores.items() if work not in asked.excluded}
    return Scored(scores, (*asked.sought, *sought), sought, ranking, unfiltered)


def _without_words(store: Store, asked: Asked) -> Scores:
    """Return the scores where no word is ranked: of what meets the demands, or of all works for the filters."""
    if asked.met is not None:
        return dict.fromkeys(asked.met, WHOLE)
    if asked.filters or asked.excluded is not None:
        return dict.fromkeys(store.ids(asked.filters[0] if asked.filters else NO_FILTERS), WHOLE)
    return {}


def _doubtful(sought: list[Sought], scores: Scores) -> bool:
    """Tell whether words that few works hold may be typos: no work holds every word of a short query."""
    if not 0 < len(sought) <= _SHORT or max(scores.values(), default=0.0) >= WHOLE:
        return False
    return any(one.needed and 0 < one.entries <= FEW for one in sought)


def _identified(store: Store, query: str) -> list[int] | None:
    """Return the works that a query names which is an identifier or an address; None where it is neither."""
    if not _may_identify(query):
        return None
    from mhlit.store.lookup import named_by, names_something

    return named_by(store, query) if names_something(query) else None


def _may_identify(query: str) -> bool:
    """Tell whether a look at a query is worth the import of ``mhlit.identifiers``."""
    first, *more = query.lower().split() or [""]
    if more:
        return first.rstrip(":") in _SCHEMES or first.startswith(("doi:", "978", "979"))
    old_anthology = first[1:3].isdigit() and first[3:4] == "-"
    return any(c in "./:" for c in first) or first.startswith(("pmc", "hal-", "97")) or old_anthology


def _asked(store: Store, index: Words, query: str) -> Asked:
    """Read the query; plain words need no parser."""
    plain = _LANGUAGE.isdisjoint(query) and " -" not in query and " OR " not in f" {query} " and query[:1] != "-"
    if plain:
        folded = words(query)
        asked = Asked(tuple((word, place == len(folded) - 1) for place, word in enumerate(folded)))
    else:
        from mhlit.search.demands import read_query

        asked = read_query(store, index, query)
    if query and " " not in query:
        keyed = {*store.lookup("works", "key", [query]), *store.lookup("aliases", "alias", [query])}
        asked = asked._replace(named=asked.named | keyed)
    if not asked:
        raise UsageError("the query has no words", "mhlit search empathy")
    return asked


def ordered(store: Store, found: Scored) -> Scores:
    """Return works and scores from the best to the last: by score, and by key where they are alike.

    Beyond those that are looked at closely, works that are alike stand as they came in.
    """
    scores, ranking = found.scores, found.ranking
    if ranking is None:
        return scores
    ranked = sorted(sorted(scores), key=scores.__getitem__, reverse=True)  # quicker than a key of both
    chosen = _best(store, ranking, ranked, scores) if len(ranked) > CLOSER else ranked
    closer = ranking.looked_at_closely(scores, found.loose, chosen)
    keys = store.found_by_id("SELECT id, lower(key) FROM works", chosen)
    best = {work: closer[work] for work in sorted(closer, key=lambda work: (-closer[work], keys[work]))}
    return best | {work: scores[work] for work in ranked if work not in best}


def _best(store: Store, ranking: Ranking, ranked: list[int], scores: Scores) -> list[int]:
    """Return the works to look at closely: where too many are alike, those with the shortest titles."""
    least = scores[ranked[CLOSER]]
    best = [work for work in ranked[:CLOSER] if scores[work] > least]
    alike = set(takewhile(lambda work: scores[work] == least, ranked[len(best) :]))
    if len(alike) > _MANY:
        return best + ranking.shortest_titled(alike, CLOSER - len(best))
    found = store.found_by_id("SELECT id, length(title), lower(key) FROM works", list(alike))
    return best + sorted(alike, key=lambda work: found[work])[: CLOSER - len(best)]

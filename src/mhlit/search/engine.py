"""Search the full-text index of a store and rank what it finds by bm25."""

import re
from typing import NamedTuple

from mhlit.store.filters import Filters, where
from mhlit.store.reading import Store
from mhlit.store.schema import SEARCH_COLUMNS
from mhlit.text import words

# How much a match in each search column weighs: a work's own words before words about it.
WEIGHTS = {"title": 10.0, "names": 12.0, "authors": 8.0, "topics": 3.0, "venue": 2.0, "summary": 4.0}
_PHRASE = re.compile(r'"([^"]*)"')


class Hit(NamedTuple):
    """One work that was found: its row id and its score, higher is better."""

    work: int
    score: float


class Results(NamedTuple):
    """What a query found, best first, and the folded words that were looked for."""

    hits: tuple[Hit, ...]
    words: tuple[str, ...]


def search(store: Store, query: str, filters: Filters) -> Results:
    """Find the works that hold every word and "phrase" of a query, the last word as a beginning.

    An identifier or address finds its work. Neighbouring words also match a name they are joined in.
    """
    known = _by_identifier(store, query)
    if known:
        allowed = set(store.ids(filters))
        return Results(tuple(Hit(work, 1.0) for work in known if work in allowed), ())
    phrases = [words(phrase) for phrase in _PHRASE.findall(query)]
    loose = words(_PHRASE.sub(" ", query.replace('"', ' "') if query.count('"') % 2 else query))
    expression = _match(loose, [phrase for phrase in phrases if phrase])
    if not expression:
        return Results((), ())
    condition, parameters = where(filters)
    weights = ", ".join(str(WEIGHTS[column]) for column in SEARCH_COLUMNS)
    rows = store.connection.execute(
        f"SELECT works.id, -bm25(search_index, {weights}) AS score FROM search_index"
        f" JOIN works ON works.id = search_index.rowid WHERE search_index MATCH ? AND {condition}"
        " ORDER BY score DESC, works.key",
        [expression, *parameters],
    )
    hits = tuple(Hit(work, score) for work, score in rows)
    return Results(hits, (*loose, *(word for phrase in phrases for word in phrase)))


def _by_identifier(store: Store, query: str) -> list[int]:
    text = query.strip()
    if not any(c in "./:-" or c.isdigit() for c in text):
        return []
    from mhlit.identifiers import lookup_forms, lookup_url, recognise

    identifier = recognise(text)
    forms = [*lookup_forms(identifier)] if identifier else []
    if "/" in text and " " not in text:
        forms.append(lookup_url(text))
    return store.lookup("identifiers", "form", forms) if forms else []


def _match(loose: list[str], phrases: list[list[str]]) -> str:
    """Return the FTS5 expression; every word of the user's stands in quotes, none is an operator."""
    quoted = [f'"{" ".join(phrase)}"' for phrase in phrases]
    if not loose:
        return " AND ".join(quoted)
    alternatives = [_all(loose, phrases_follow=bool(phrases))]
    for place in range(len(loose) - 1):
        joined = [*loose[:place], loose[place] + loose[place + 1], *loose[place + 2 :]]
        alternatives.append(_all(joined, phrases_follow=bool(phrases)))
    return " AND ".join([*quoted, "(" + " OR ".join(f"({one})" for one in alternatives) + ")"])


def _all(loose: list[str], phrases_follow: bool) -> str:
    terms = [f'"{word}"' for word in loose]
    if len(loose[-1]) > 1 and not phrases_follow:
        terms[-1] += "*"
    return " AND ".join(terms)

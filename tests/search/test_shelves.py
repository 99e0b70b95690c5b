"""Catalog and library searched as one: joint statistics, many works that are alike."""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from mhlit.catalog.source import Catalog
from mhlit.model import Work
from mhlit.search.engine import search
from mhlit.store.filters import Filters
from mhlit.store.reading import Store
from mhlit.store.schema import Connection, create
from mhlit.store.shelves import Shelves
from mhlit.store.writing import write_synonyms, write_works
from tests.search.shelf import made_up, shelf

QUERIES = (
    "empathy",
    "mental health",
    "depression social media",
    "lonliness students",
    "kokoro chat",
    '"theory of mind" OR stigma',
    "survey -psychotherapy",
    "CBT",
    "psych*",
    "year:2025 counseling",
    "kim 2024",
)


class Found(NamedTuple):
    key: str
    score: float


def found(store: Store, query: str) -> list[Found]:
    hits = search(store, query).hits
    return [Found(key, round(hit.score, 9)) for key, hit in zip(store.keys([h.work for h in hits]), hits, strict=True)]


def store_of(works: Iterable[Work], catalog: Catalog, origin: str) -> Store:
    connection = sqlite3.connect(":memory:", factory=Connection)
    create(connection)
    with connection:
        write_synonyms(connection, catalog.synonyms)
        write_works(connection, works, catalog.vocabulary)
    return Store(connection, origin)


@settings(deadline=None, max_examples=5)
@given(inside=st.frozensets(st.integers(0, 87)))
def test_a_work_keeps_its_rank_and_score_on_whichever_shelf_it_stands(catalog: Catalog, inside: frozenset[int]) -> None:
    whole = store_of(catalog.works, catalog, "catalog")
    apart = Shelves(
        store_of((work for place, work in enumerate(catalog.works) if place not in inside), catalog, "catalog"),
        store_of((work for place, work in enumerate(catalog.works) if place in inside), catalog, "library"),
    )
    for query in QUERIES:
        assert found(apart, query) == found(whole, query)


def test_works_are_sorted_across_shelves() -> None:
    shelves = Shelves(
        shelf([made_up("B", "b", year=2021), made_up("D", "d", year=2024)], origin="catalog"),
        shelf([made_up("C", "c", year=2023), made_up("A", "a", year=2022)]),
    )
    assert shelves.keys(shelves.ids(Filters())) == ["a", "b", "c", "d"]
    assert shelves.keys(shelves.ids(Filters(), "year")) == ["d", "c", "a", "b"]
    assert shelves.keys(shelves.in_order(shelves.ids(Filters()), "year")) == ["d", "c", "a", "b"]
    assert shelves.facet_counts("venue", Filters()) == [("MADE", 4)]


def test_without_the_catalog_only_its_words_for_words_are_used() -> None:
    catalog = shelf(["Gravel"], origin="catalog", synonyms=[("gravel", "pebbles")])
    shelves = Shelves(catalog, shelf([made_up("Pebbles", "mine")]), without_catalog=True)
    assert [key for key, _ in found(shelves, "gravel")] == ["mine"]


def test_of_very_many_alike_the_whole_title_is_first() -> None:
    longer = [made_up(f"Gravel at place{number} and beyond", f"longer-{number}") for number in range(700)]
    shelves = Shelves(shelf(longer[:350], origin="catalog"), shelf([*longer[350:], made_up("Gravel", "zz-whole")]))
    works = [key for key, _ in found(shelves, "gravel")]
    assert works[0] == "zz-whole"
    assert sorted(works) == sorted(["zz-whole", *(work.key for work in longer)])


def test_the_number_of_works_follows_what_is_written_and_taken_away() -> None:
    store = shelf(["One", "Two", "Three"])
    assert len(store) == 3
    store.connection.execute("DELETE FROM works WHERE key = 'two'")
    assert len(store) == 2


def test_the_works_of_both_shelves_stand_by_the_length_of_their_titles(catalog: Catalog) -> None:
    first, second = catalog.works[:30], catalog.works[30:]
    apart = Shelves(store_of(first, catalog, "catalog"), store_of(second, catalog, "library"))
    lengths = [length for length, _ in apart.by_title_length()]
    works = [work for _, work in apart.by_title_length()]
    titles = apart.rows(works, ["title"])
    assert sorted(works) == sorted(apart.ids(Filters()))
    assert lengths == sorted(lengths) == [len(str(title)) for (title,) in titles]

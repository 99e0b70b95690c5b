"""The judgments: what readers search for is found, by the measures of benchmarks/retrieval.py."""

from math import log2
from statistics import fmean

import pytest

from mhlit.search.engine import search
from mhlit.store.reading import Store
from tests.conftest import DATA

JUDGMENTS = DATA / "retrieval"
HALVES = pytest.mark.parametrize("half", [0, 1], ids=["tuned on", "held out"])


def rows(name: str, half: int) -> list[list[str]]:
    lines = (JUDGMENTS / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[half::2]]


def found(store: Store, query: str) -> list[str]:
    return store.keys([hit.work for hit in search(store, query).hits])


@HALVES
def test_known_items_are_first_or_nearly(store: Store, half: int) -> None:
    known = rows("known.tsv", half)
    ranks = [(found(store, query)[:3], key) for _, query, key in known]
    assert len(known) >= 75
    assert fmean(first[:1] == [key] for first, key in ranks) >= 0.97
    assert fmean(key in first for first, key in ranks) >= 0.995


@HALVES
def test_what_is_relevant_to_a_topic_is_among_the_first_ten(store: Store, half: int) -> None:
    gains = []
    for query, keys in rows("topics.tsv", half):
        relevant = keys.split()
        gain = sum(1 / log2(place + 2) for place, key in enumerate(found(store, query)[:10]) if key in relevant)
        gains.append(gain / sum(1 / log2(place + 2) for place in range(min(10, len(relevant)))))
    assert len(gains) >= 20
    assert fmean(gains) >= 0.90


@HALVES
def test_nonsense_finds_nothing(store: Store, half: int) -> None:
    assert [query for (query,) in rows("nonsense.txt", half) if found(store, query)] == []


def test_the_judgments_name_works_of_the_catalog_and_no_query_twice(store: Store) -> None:
    known = [row for half in (0, 1) for row in rows("known.tsv", half)]
    topics = [row for half in (0, 1) for row in rows("topics.tsv", half)]
    keys = {key for _, _, key in known} | {key for _, line in topics for key in line.split()}
    assert len(store.lookup("works", "key", keys)) == len(keys)
    queries = [query for _, query, _ in known]
    assert sorted(set(queries)) == sorted(queries)

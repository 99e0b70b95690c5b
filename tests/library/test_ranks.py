"""A work is found at the same place, with the same score, whether it stands in the catalog, in the library or in both."""

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from mhlit.cli.session import open_store
from mhlit.search.engine import search
from mhlit.search.explain import explain
from mhlit.search.similar import like
from mhlit.store.filters import Filters
from mhlit.store.reading import Store
from tests.conftest import DATA, Run
from tests.library.shelves import bring

JUDGED = DATA / "retrieval"
QUERIES = (
    *(line.split("\t")[1] for line in (JUDGED / "known.tsv").read_text(encoding="utf-8").splitlines()),
    *(line.split("\t")[0] for line in (JUDGED / "topics.tsv").read_text(encoding="utf-8").splitlines()),
    *(
        "suicide risk detection",
        "psych*",
        '"theory of mind" OR stigma',
        "survey -psychotherapy",
        "year:2025 counseling",
    ),
)
SUBSETS: dict[str, Callable[[Sequence[str]], Sequence[str]]] = {
    "every third": lambda keys: keys[::3],
    "one": lambda keys: keys[40:41],
    "a random half": lambda keys: Random(1).sample(keys, 44),
    "another half, out of order": lambda keys: Random(2).sample(keys, 44),
    "a random few": lambda keys: Random(3).sample(keys, 9),
    "all": lambda keys: keys,
}


class Found(NamedTuple):
    key: str
    score: float


def found(store: Store, query: str) -> list[Found]:
    hits = search(store, query).hits
    return [Found(key, round(hit.score, 9)) for key, hit in zip(store.keys([h.work for h in hits]), hits, strict=True)]


@pytest.mark.parametrize("subset", SUBSETS)
def test_what_the_library_has_too_keeps_its_rank_and_score(
    path: Path, run: Run, keys: Sequence[str], subset: str
) -> None:
    assert run("add", *SUBSETS[subset](keys)).code == 0
    catalog, both = open_store("catalog"), open_store("all")
    assert len(both) == len(catalog) == 88
    for query in QUERIES:
        assert found(both, query) == found(catalog, query), query


def test_a_word_is_read_alike_whether_few_works_hold_it_or_many(
    path: Path, run: Run, keys: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", *keys[::2])
    both = open_store("all")
    one_by_one = [found(both, query) for query in QUERIES[::4]]
    monkeypatch.setattr("mhlit.store.words._FEW", 0)  # every word is read column by column
    assert [found(both, query) for query in QUERIES[::4]] == one_by_one


def test_works_like_one_are_the_same_works(path: Path, run: Run, keys: Sequence[str]) -> None:
    run("add", *keys[::2])
    catalog, both = open_store("catalog"), open_store("all")
    for key in keys:
        alike = []
        for store in (catalog, both):
            hits = like(store, store.lookup("works", "key", [key])[0]).hits
            names = store.keys([hit.work for hit in hits])
            alike.append([Found(name, round(hit.score, 9)) for name, hit in zip(names, hits, strict=True)])
        assert alike[0] == alike[1], key


OWN = """@inproceedings{me:soul, title = {SoulChat: improving LLMs}, author = {Chen, Yirong}, year = 2023,
  doi = {10.18653/v1/2023.findings-emnlp.83}}"""


class TestAWorkThatBothHave:
    @pytest.fixture
    def both(self, path: Path) -> Store:
        bring(path, OWN)
        return open_store("all")

    def test_it_is_found_once_under_the_readers_key(self, both: Store) -> None:
        assert len(both) == 88
        assert [one.key for one in found(both, "soulchat")] == ["me:soul"]
        assert "chen-etal-2023-soulchat" not in both.keys(both.ids(Filters()))

    def test_either_key_and_the_identifier_name_it(self, both: Store) -> None:
        (own,) = both.lookup("works", "key", ["me:soul"])
        assert both.lookup("works", "key", ["chen-etal-2023-soulchat"]) == [own]
        assert [one.key for one in found(both, "10.18653/v1/2023.findings-emnlp.83")] == ["me:soul"]
        assert found(both, "chen-etal-2023-soulchat")[0].key == "me:soul"

    def test_it_is_found_and_explained_by_the_catalogs_words(self, both: Store) -> None:
        (own,) = both.lookup("works", "key", ["me:soul"])
        (document,) = [document for _, document in both.documents([own])]
        (why,) = explain(both, search(both, document["title"]), [own])
        assert why.whole
        assert found(both, document["title"])[0].key == "me:soul"


@pytest.fixture(scope="module")
def keys(store: Store) -> list[str]:
    return sorted(store.keys(store.lookup("works", "status", ["verified", "partial", "listed"])))

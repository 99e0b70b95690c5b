"""Why a work was found, what was taken for a typo, what may have been meant, and what is like a work."""

import pytest

from mhlit.search.engine import search
from mhlit.search.explain import Explanation, Reason, corrections, explain, meant
from mhlit.search.similar import like, nearest
from mhlit.store.filters import Filters
from mhlit.store.reading import Store
from tests.search.shelf import made_up, shelf


def why(store: Store, query: str) -> Explanation:
    results = search(store, query)
    (first,) = explain(store, results, [results.hits[0].work])
    return first


@pytest.mark.parametrize(
    ("title", "query", "reason"),
    [
        ("On gravel", "gravel", Reason("gravel", "gravel", "exact", ("title", "citation"))),
        ("On StoneChat", "stone chat", Reason("chat", "chat", "exact", ("names",))),
        ("On stonechat", "stone chat", Reason("chat", "stonechat", "spelling", ("title", "citation"))),
        ("On stone chat", "stonechat", Reason("stonechat", "stone chat", "spelling", ("title", "citation"))),
        ("On gardens", "gardening", Reason("gardening", "gardens", "form", ("title",))),
        ("On large pebbles", "lp", Reason("lp", "large pebbles", "acronym", ("title",))),
        ("On parks", "garden", Reason("garden", "parks", "synonym", ("title",))),
        ("On photography", "photogr", Reason("photogr", "photogr*", "beginning", ("title", "citation"))),
        ("On gravel", "grvael", Reason("grvael", "gravel", "typo", ("title", "citation"))),
    ],
)
def test_every_kind_of_match_is_named_with_its_fields(title: str, query: str, reason: Reason) -> None:
    store = shelf([title, "Another"], synonyms=[("lp", "large pebbles"), ("garden", "park")])
    assert reason in why(store, query).reasons


def test_what_a_work_does_not_hold_is_missing_and_the_score_says_whether_it_holds_all() -> None:
    store = shelf(["Alpha beta gamma delta", "Epsilon"])
    assert (why(store, "alpha beta").whole, why(store, "alpha beta").missing) == (True, ())
    partly = why(store, "alpha beta gamma epsilon")
    assert (partly.whole, partly.missing) == (False, ("epsilon",))
    assert not why(store, "alhpa beta").whole
    assert why(store, "alpha-beta-gamma-delta").named


def test_scores_fall_from_hit_to_hit(store: Store) -> None:
    scores = [hit.score for hit in search(store, "empathy counseling dataset").hits]
    assert len(scores) > 5
    assert scores == sorted(scores, reverse=True)


def test_typos_are_told_with_what_they_were_taken_for(store: Store) -> None:
    assert corrections(search(store, "lonliness studnets")) == [
        ("lonliness", ["loneliness"]),
        ("studnets", ["students"]),
    ]
    assert corrections(search(store, "loneliness")) == []


def test_only_queries_that_find_something_may_have_been_meant(store: Store) -> None:
    def asked(query: str) -> list[str]:
        return meant(store, search(store, query))

    assert asked("munmun choudry") == ["munmun choudhury"]
    assert asked("qwzx") == []
    assert asked("weibo qwzx") == []


class TestLike:
    def test_the_works_most_like_one_are_about_the_same(self, store: Store) -> None:
        (manipulation,) = store.lookup("works", "key", ["wang-etal-2024-mentalmanip"])
        keys = store.keys([hit.work for hit in like(store, manipulation).hits])
        assert keys[0] == "khanna-etal-2025-self"
        assert "wang-etal-2024-mentalmanip" not in keys

    def test_filters_narrow_it(self, store: Store) -> None:
        (work,) = store.lookup("works", "key", ["chen-etal-2023-soulchat"])
        filters = Filters({"section": ("datasets",)})
        found = [hit.work for hit in like(store, work, filters).hits]
        assert found
        assert set(found) <= set(store.ids(filters))

    def test_every_work_has_three_others_near_it(self, store: Store) -> None:
        ids = store.ids(Filters())
        for work, near in zip(ids, nearest(store, ids), strict=True):
            assert len(near) == 3
            assert store.keys([work])[0] not in [key for key, _ in near]

    def test_a_work_with_nothing_in_common_has_none_near(self) -> None:
        store = shelf([made_up("Gravel", "a"), made_up("Photographs", "b")])
        assert nearest(store, store.ids(Filters())) == [[], []]

"""What is found and counted for the browser, without a screen."""

from pathlib import Path

import pytest

from mhlit.cli.session import open_store
from mhlit.errors import UsageError
from mhlit.search.engine import search
from mhlit.store.filters import Filters
from mhlit.store.reading import Store
from mhlit.tui.browsing import SHOWN_FACETS, Browsing
from tests.conftest import Run


@pytest.fixture
def browsing(store: Store) -> Browsing:
    return Browsing(store)


@pytest.mark.parametrize("query", ["empathy", "kokoro chat", "lonliness", '"theory of mind"', "year:2024.. -survey"])
def test_a_query_finds_what_search_finds_in_its_order(browsing: Browsing, store: Store, query: str) -> None:
    for _ in range(2):  # the second time from what is remembered
        assert list(browsing.find(query, {}).ids) == [hit.work for hit in search(store, query).hits]


def test_chosen_values_narrow_as_filters_do(browsing: Browsing, store: Store) -> None:
    chosen = {"section": ["datasets", "models"], "status": ["verified"], "topic": []}
    filters = Filters({"section": ("datasets", "models"), "status": ("verified",)})
    assert list(browsing.find("", chosen).ids) == store.ids(filters)
    assert list(browsing.find("dialogue", chosen).ids) == [h.work for h in search(store, "dialogue", filters).hits]


def test_without_a_query_every_work_is_shown(browsing: Browsing, store: Store) -> None:
    assert list(browsing.find("  ", {}).ids) == store.ids(Filters())
    assert len(browsing) == 88


@pytest.mark.parametrize("query", ["", "empathy"])
def test_a_count_is_what_choosing_the_value_shows(browsing: Browsing, query: str) -> None:
    chosen = {"resource": ["dataset"]}
    counts = browsing.counts(query, chosen)
    assert set(counts) == set(SHOWN_FACETS)
    for facet in ("section", "venue", "year", "topic", "has"):
        for value, many in counts[facet]:
            assert many == len(browsing.find(query, {**chosen, facet: [value]}).ids), (facet, value)
    for value, many in counts["resource"]:  # of its own facet a further value adds works, so it is counted without
        assert many == len(browsing.find(query, {"resource": [value]}).ids)


def test_the_values_of_most_works_that_are_found_stand_first(browsing: Browsing) -> None:
    counts = browsing.counts("empathy", {})
    assert counts["topic"][:2] == [("empathy", 8), ("dialogue", 5)]
    assert all(
        sorted(values, key=lambda value: -value[1]) == values for name, values in counts.items() if name != "year"
    )


def test_years_stand_from_the_last(browsing: Browsing) -> None:
    years = [value for value, _ in browsing.counts("", {})["year"]]
    assert years == sorted(years, reverse=True)
    assert len(years) > 4


def test_a_typo_is_named_and_nothing_found_says_what_may_be_meant(browsing: Browsing) -> None:
    assert "taken for loneliness" in browsing.find("lonliness", {}).note
    assert browsing.find("zzzzqqqq", {}).note == "nothing found"
    note = browsing.find("kokorochat", {"section": ["theory"]}).note
    assert note == "nothing found; without the chosen values 1"


def test_a_query_that_cannot_be_read_says_so(browsing: Browsing) -> None:
    with pytest.raises(UsageError, match="section"):
        browsing.find("section:nowhere", {})


def test_the_readers_own_words_are_facets_and_the_library_can_be_looked_through_by_day(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MHLIT_LIBRARY", str(tmp_path / "library.sqlite"))
    assert run("add", "soulchat").code == 0
    assert run("tag", "+thesis", "soulchat").code == 0
    store = open_store()
    browsing = Browsing(store)
    assert len(browsing) == 88
    assert browsing.counts("", {})["tag"] == [("thesis", 1)]
    assert store.keys(browsing.find("", {"tag": ["thesis"]}).ids) == ["chen-etal-2023-soulchat"]
    assert store.keys(browsing.find("empathy", {"tag": ["thesis"]}).ids) == ["chen-etal-2023-soulchat"]
    recent = Browsing(store, within=Filters(added=(("2000-01-01", "2999-12-31"),)))
    assert store.keys(recent.find("", {}).ids) == ["chen-etal-2023-soulchat"]
    assert store.keys(recent.find("empathy", {}).ids) == ["chen-etal-2023-soulchat"]
    assert sum(many for _, many in recent.counts("empathy", {})["section"]) == 1

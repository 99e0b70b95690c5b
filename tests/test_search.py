"""Search: the right work first, whatever the spelling of names, and no query that breaks anything."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mhlit.search.engine import search
from mhlit.store.filters import Filters
from mhlit.store.reading import Store


def found(store: Store, query: str, filters: Filters | None = None) -> list[str]:
    return store.keys([hit.work for hit in search(store, query, filters or Filters()).hits])


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("kokoro chat", "qi-etal-2025-kokorochat"),
        ("KokoroChat", "qi-etal-2025-kokorochat"),
        ("mdd5k", "yin-etal-2025-mdd"),
        ("MDD-5k", "yin-etal-2025-mdd"),
        ("mdd 5k", "yin-etal-2025-mdd"),
        ("soul chat", "chen-etal-2023-soulchat"),
        ("patient psi", "wang-etal-2024-patient"),
        ("PATIENT-ψ", "wang-etal-2024-patient"),
        ("sikstrom", "varadarajan-etal-2024-alba"),
        ("Sikström", "varadarajan-etal-2024-alba"),
        ("perez-rosas", "min-etal-2023-verve"),
        ("emotionbench", "huang-etal-2024-apathetic"),
        ("psychobench", "huang-etal-2024-humanity"),
        ("loneliness", "maples-etal-2024-loneliness"),
        ("lonelin", "maples-etal-2024-loneliness"),
        ('"theory of mind"', "shinoda-etal-2025-tomato"),
        ("obsessive compulsive", "kim-etal-2024-large"),
        ("10.1145/3589334.3648137", "yang-etal-2024-mentallama"),
        ("https://arxiv.org/pdf/2309.13567v2", "yang-etal-2024-mentallama"),
        ("https://ojs.aaai.org/index.php/AAAI/article/view/32116", "chen-etal-2025-socialsim"),
    ],
)
def test_the_right_work_is_first(store: Store, query: str, first: str) -> None:
    assert found(store, query)[0] == first


def test_words_in_the_title_weigh_more_than_words_about_the_work(store: Store) -> None:
    titles = [
        str(row[0]).lower()
        for row in store.rows([hit.work for hit in search(store, "empathy", Filters()).hits], ["title"])
    ]
    with_word = ["empath" in title for title in titles]
    assert len(titles) == 9
    assert all(with_word[:3])


def test_a_phrase_finds_only_its_words_in_their_order(store: Store) -> None:
    assert found(store, '"health mental"') == []
    assert set(found(store, '"cognitive reframing"')) == {"xiao-etal-2024-healme", "kim-etal-2025-mirror"} | set(
        found(store, '"cognitive reframing" cbt')
    )


def test_filters_narrow_a_search(store: Store) -> None:
    datasets = found(store, "counseling", Filters({"section": ("datasets",)}))
    assert datasets
    assert set(datasets) < set(found(store, "counseling"))
    assert set(datasets) <= set(store.keys(store.ids(Filters({"section": ("datasets",)}))))


@pytest.mark.parametrize("query", ["", " ", '"', '""', "-", "…", "\x00", "qwzx", "zzzz qwzx"])
def test_nothing_is_found_for_nothing(store: Store, query: str) -> None:
    assert found(store, query) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=12), st.sampled_from(['"', "*", "^", "NEAR(", "AND", "OR", "NOT", "title:", "(", ")", "-"])
        ),
        max_size=8,
    )
)
def test_no_query_is_an_operator_of_the_index(store: Store, parts: list[str]) -> None:
    search(store, " ".join(parts), Filters())

"""KEY arguments: every way to name a work finds it, and a name of several shows them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mhlit.errors import KeyProblem
from mhlit.keys import find, nearest_keys
from mhlit.store.reading import Store


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("chen-etal-2023-soulchat", "chen-etal-2023-soulchat"),
        ("Chen-ETAL-2023-SoulChat", "chen-etal-2023-soulchat"),
        ("soulchat", "chen-etal-2023-soulchat"),
        ("SoulChat", "chen-etal-2023-soulchat"),
        ("soul chat", "chen-etal-2023-soulchat"),
        ("soulch", "chen-etal-2023-soulchat"),
        ("MDD-5k", "yin-etal-2025-mdd"),
        ("patient-psi", "wang-etal-2024-patient"),
        ("PATIENT-Ψ", "wang-etal-2024-patient"),
        ("qiu2025psydial", "qiu-lan-2025-psydial"),
        ("hua-etal-2024-scoping", "hua-etal-2025-scoping"),
        ("althoff", "althoff-etal-2016-large"),
        ("10.18653/v1/2024.acl-long.227", "chaszczewicz-etal-2024-multi"),
        ("https://doi.org/10.18653/V1/2024.ACL-long.227", "chaszczewicz-etal-2024-multi"),
        ("2024.acl-long.227", "chaszczewicz-etal-2024-multi"),
        ("arXiv:2309.13567v2", "yang-etal-2024-mentallama"),
        ("10.48550/arXiv.2309.13567", "yang-etal-2024-mentallama"),
        ("https://aclanthology.org/2025.acl-long.608.pdf", "qi-etal-2025-kokorochat"),
        ("https://openreview.net/forum?id=H3UayAQWoE", "huang-etal-2024-humanity"),
        ("PMC11876565", "ben-zion-etal-2025-assessing"),
        ("pmid:40033130", "ben-zion-etal-2025-assessing"),
        ("10.21203/rs.3.rs-4612612/v1", "siddals-etal-2024-happened"),
        ("https://www.nature.com/articles/s44184-024-00097-4.pdf", "siddals-etal-2024-happened"),
        ("https://ojs.aaai.org/index.php/AAAI/article/view/32116", "chen-etal-2025-socialsim"),
        ("http://www.ijcai.org/proceedings/2025/1252.pdf", "chen-etal-2025-timelymed"),
        ("https://proceedings.mlr.press/v235/li24bs.html", "li-etal-2024-good"),
    ],
)
def test_a_work_is_found_by_any_of_its_names(store: Store, text: str, key: str) -> None:
    assert store.keys([find(store, text)]) == [key]


def test_an_identifier_listed_for_the_wrong_work_does_not_find_it(store: Store) -> None:
    with pytest.raises(KeyProblem, match="no work is known"):
        find(store, "10.1145/3442381.3449797")  # list B gives this DOI for sharma-etal-2021-towards


def test_a_name_of_two_works_shows_both(store: Store) -> None:
    with pytest.raises(KeyProblem, match="'psydial' means 2 works") as caught:
        find(store, "psydial")
    assert "han-etal-2024-psydial: PSYDIAL: Personality-based" in caught.value.hint
    assert "qiu-lan-2025-psydial: PsyDial: A Large-scale" in caught.value.hint
    assert caught.value.exit_code == 4


def test_a_beginning_of_many_shows_five_and_counts_the_rest(store: Store) -> None:
    with pytest.raises(KeyProblem) as caught:
        find(store, "hu")
    assert len(caught.value.hint.splitlines()) == 7
    assert caught.value.hint.endswith("and 2 more")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("solchat", "chen-etal-2023-soulchat"),
        ("chen-2023-soulchat", "chen-etal-2023-soulchat"),
        ("kokorchat", "qi-etal-2025-kokorochat"),
    ],
)
def test_a_slip_gets_the_nearest_keys(store: Store, typed: str, meant: str) -> None:
    with pytest.raises(KeyProblem, match="no work is known as") as caught:
        find(store, typed)
    assert caught.value.hint.startswith("did you mean ")
    assert meant in nearest_keys(store, typed)


def test_nonsense_gets_no_suggestion_but_the_search(store: Store) -> None:
    with pytest.raises(KeyProblem) as caught:
        find(store, "qwzxqwzx")
    assert caught.value.hint == "mhlit search qwzxqwzx"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=60))
def test_any_text_finds_a_work_or_is_a_key_problem(store: Store, text: str) -> None:
    try:
        found = store.keys([find(store, text)])
    except KeyProblem:
        return
    assert len(found) == 1

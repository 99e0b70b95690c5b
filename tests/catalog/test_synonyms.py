"""The closed list of words that stand for one another: what is refused, and that either word finds the works of the other."""

from pathlib import Path

import pytest

from mhlit.catalog.source import read_catalog
from mhlit.catalog.synonyms import groups, problems
from mhlit.errors import InvalidCatalog
from mhlit.search.engine import search
from mhlit.store.reading import Store


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ({"cbt": "therapy"}, "cbt: must be a list of quoted words or phrases, got 'therapy'"),
        ({"cbt": []}, "cbt: must be a list of quoted words or phrases, got []"),
        ({"cbt": ["Therapy"]}, "cbt: must be lower case without accents or punctuation, got 'Therapy'"),
        ({"cbt": ["cognitive-behavioral"]}, "cbt: must be lower case without accents or punctuation, got"),
        ({"a": ["garden"], "b": ["gardens"]}, "b: 'gardens' stands under a already, in this or another form"),
        ({"a": ["garden", "gardening"]}, "a: 'gardening' stands in this group already, in this or another form"),
    ],
)
def test_what_is_wrong_is_named_with_its_group(table: dict[str, object], problem: str) -> None:
    assert [found for found in problems(table) if found.startswith(problem)]


def test_a_group_is_its_word_and_what_stands_for_it() -> None:
    table = {"role-play": ["roleplay"], "cbt": ["cognitive behavioral therapy"]}
    assert list(problems(table)) == []
    assert groups(table) == (("role play", "roleplay"), ("cbt", "cognitive behavioral therapy"))


def test_a_catalog_with_a_wrong_list_is_refused_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "works").mkdir()
    (tmp_path / "synonyms.toml").write_text('cbt = "therapy"\n', encoding="utf-8")
    with pytest.raises(InvalidCatalog) as caught:
        read_catalog(tmp_path)
    assert any("synonyms.toml: cbt: must be a list" in problem for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CBT", "cognitive behavioural therapy"),
        ("OCD", "obsessive-compulsive disorder"),
        ("PTSD", "post-traumatic stress"),
        ("MDD", "major depressive disorder"),
        ("ToM", "theory of mind"),
        ("RAG", "retrieval-augmented"),
        ("LGBTQ", "queer"),
        ("MI", "motivational interviewing"),
        ("LLM personality", "large language model personality"),
        ("counseling", "counselling"),
        ("empathy", "empathetic"),
        ("youth", "adolescents"),
    ],
)
def test_either_finds_the_works_of_the_other(store: Store, one: str, other: str) -> None:
    found = [{hit.work for hit in search(store, query).hits} for query in (one, other)]
    assert found[0]
    smaller, larger = sorted(found, key=len)
    assert len(smaller & larger) >= 0.8 * len(smaller)

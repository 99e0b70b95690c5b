"""Which work an entry is: by identifiers, by title with authors, year and venue, and never another paper."""

import pytest

from mhlit.catalog.source import Catalog
from mhlit.formats.readers.bibtex import read
from mhlit.likeness.titles import Likeness
from mhlit.match import Match, Shelf, match
from mhlit.model import Version
from mhlit.names import inverted
from mhlit.store.index import records


@pytest.fixture(scope="module")
def shelf(catalog: Catalog) -> Shelf:
    return Shelf(catalog.works)


def matched(shelf: Shelf, fields: str, type: str = "misc") -> Match:
    (entry,) = read(f"@{type}{{key, {fields}}}").entries
    return match(entry, [shelf])


def key_of(found: Match) -> str | None:
    return found.work.key if found.work else None


def test_every_version_of_every_work_is_known_by_each_of_its_identifiers(shelf: Shelf, catalog: Catalog) -> None:
    for work in catalog.works:
        for record in records(work):
            for identifier in record.identifiers:
                if identifier.scheme in ("doi", "arxiv", "pmid", "pmcid"):
                    field = f"{identifier.scheme} = {{{identifier.value}}}, title = {{{record.title}}}"
                    found = matched(shelf, field)
                    assert key_of(found) == work.key
                    assert record.version in found.versions
                    assert identifier.scheme in found.reasons


def test_every_version_of_every_work_is_known_by_title_and_first_author(shelf: Shelf, catalog: Catalog) -> None:
    for work in catalog.works:
        for record in records(work):
            year = record.issued.year if record.issued else 2025
            author = inverted(record.authors[0])
            fields = f"title = {{{record.title.lower()}}}, author = {{{author} and others}}, year = {year}"
            assert key_of(matched(shelf, fields)) == work.key


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        # a list names an invented first author; the venue and year speak for the work
        (
            "title={SoulChat: Improving LLMs' Empathy, Listening, and Comfort Abilities through Multi-Turn Empathy "
            "Conversations}, author={Yaqing Wang and others}, year=2023, booktitle={EMNLP 2023}",
            "chen-etal-2023-soulchat",
        ),
        (
            "title={PsyDefConv: Detecting Levels of Psychological Defense Mechanisms in Supportive Conversations}, "
            "author={Sunghyun Seo and others}, year=2025, journal={arXiv}",
            "na-etal-2026-never",
        ),
        (
            "title={PsyLLM: Integrating Diagnostic and Therapeutic Reasoning with LLMs for Mental Health Counseling}, "
            "author={He Hu and others}, year=2025, journal={arXiv}",
            "hu-etal-2025-beyond",
        ),
        ("title={PsyDial: A Large-scale Long-term Conversational Dataset for Mental Health Support}", "qiu-lan-2025-psydial"),
        (
            "title={PSYDIAL: Personality-based synthetic dialogue generation using large language models}, year=2024",
            "han-etal-2024-psydial",
        ),
    ],
)  # fmt: skip
def test_a_listing_with_errors_is_known(shelf: Shelf, fields: str, key: str) -> None:
    assert key_of(matched(shelf, fields)) == key


@pytest.mark.parametrize(
    "fields",
    [
        # another review of the same group and year
        "title={Large Language Models in Mental Health Care: a Scoping Review}, author={Hua, Yining and Liu, Fenglin and Na, Hongbin}, year=2024",
        "title={PsyDial: Personality-based dialogue for mental health support}, author={Qiu, Huachuan and Lan, Zhenzhong}, year=2025",
        "title={Understanding Therapist Reactions in Online Mental Health Counseling}, author={Li, Anqi and Ma, Jingsong}, year=2024",
        "title={Comparing depression and anxiety on a dataset collected from social media}, year=2024",
        "title={Author Correction: A scoping review of large language models for generative tasks in mental health care}, author={Hua, Yining}, year=2025, journal={npj Digital Medicine}",
        "title={Towards Facilitating Empathic Conversations in Online Mental Health Support: A Reinforcement Learning Approach (Extended Abstract)}, author={Sharma, Ashish}, doi={10.24963/ijcai.2022/747}, year=2022",
        "title={Overview of the CLPsych 2024 Shared Task: Capturing Mental Health Dynamics from Social Media Timelines}, author={Tseriotou, Talia}, year=2024",
        "title={Using large language models in psychology}, author={Doe, Jane and Roe, Richard}, year=2025, journal={Nature Medicine}",
        "title={The Illusion of Empathy}, author={Nobody, N.}, year=2025",
        "title={SoulChat}, howpublished={\\url{https://github.com/scutcyr/SoulChat}}",
        "title={Attention is all you need}, author={Vaswani, Ashish}, year=2017",
        "title={}, author={Qiu, Huachuan}",
        "year=2025",
    ],
)  # fmt: skip
def test_another_paper_is_never_taken_for_a_work(shelf: Shelf, fields: str) -> None:
    assert key_of(matched(shelf, fields)) is None


def test_the_same_title_published_again_elsewhere_is_another_publication(shelf: Shelf) -> None:
    fields = (
        "title={Help Me Heal: A Reinforced Polite and Empathetic Mental Health and Legal Counseling Dialogue System for "
        "Crime Victims}, author={Mishra, Kshitij and Priya, Priyanshu and Ekbal, Asif}, journal={Some Journal}, year=2027"
    )
    assert key_of(matched(shelf, fields + ", doi={10.9999/other.1}", "article")) is None
    assert key_of(matched(shelf, fields, "article")) == "mishra-etal-2023-help"


def test_a_title_against_an_identifier_is_a_conflict_and_the_title_is_believed(shelf: Shelf, catalog: Catalog) -> None:
    fields = (
        "title={PsyQA: A Chinese Dataset for Generating Long Counseling Text for Mental Health Support}, "
        "author={Sun, Hao and Lin, Zhenru}, year=2021, doi={10.18653/v1/2023.findings-emnlp.83}"
    )
    found = matched(shelf, fields)
    assert key_of(found) == "sun-etal-2021-psyqa"
    assert [(stray.mention.identifier.scheme, stray.work.key) for stray in found.strays] == [
        ("doi", "chen-etal-2023-soulchat")
    ]
    assert not found.is_sure


def test_an_identifier_of_a_work_on_a_foreign_title_settles_nothing(shelf: Shelf) -> None:
    found = matched(shelf, "title={Attention is all you need}, author={Vaswani, A.}, eprint={2311.00273}")
    assert key_of(found) is None
    assert found.why_not == "its identifier is a work's of another title"
    assert [stray.work.key for stray in found.strays] == ["chen-etal-2023-soulchat"]


def test_identifiers_of_two_works_settle_nothing_without_a_title(shelf: Shelf) -> None:
    found = matched(shelf, "doi={10.18653/v1/2023.findings-emnlp.83}, eprint={2502.11095}")
    assert key_of(found) is None
    assert len(found.strays) == 2


def test_an_identifier_in_a_note_names_nothing(shelf: Shelf) -> None:
    found = matched(shelf, "title={Attention is all you need}, note={extends https://arxiv.org/abs/2311.00273}")
    assert found == Match()


def test_an_earlier_title_is_known_by_identifier_and_authors(shelf: Shelf) -> None:
    found = matched(shelf, "title={A first title}, author={Na, Hongbin and Hua, Yining}, eprint={2502.11095}")
    assert key_of(found) == "na-etal-2025-survey"
    assert found.likeness is Likeness.NONE
    assert found.versions == (Version.PREPRINT,)

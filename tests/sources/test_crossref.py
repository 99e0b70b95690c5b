"""Crossref's answers, read into records."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhlit.model import Identifier, Name, PartialDate, Record, Version
from mhlit.sources.crossref import SOURCE
from mhlit.sources.source import Answer, Found, Unreadable
from tests.sources.answers import crossref, crossref_item, crossref_list
from tests.sources.server import BROKEN_JSON


def read(item: dict[str, Any]) -> Found:
    (found,) = SOURCE.read(json.dumps({"message": item}).encode()).found
    return found


def record(title: str = "Made up", **more: Any) -> Record:
    return read(crossref_item("10.1000/1", title, **more)).record


class TestQuestions:
    @pytest.mark.parametrize(
        ("identifier", "path", "query"),
        [
            (("doi", "10.1145/3589334.3648137"), "/works/10.1145%2F3589334.3648137", ()),
            (("doi", "10.1002/(sici)1<1::a#b?c>2"), "/works/10.1002%2F%28sici%291%3C1%3A%3Aa%23b%3Fc%3E2", ()),
            (("isbn", "978-0-262-03561-3"), "/works", (("filter", "isbn:9780262035613"), ("rows", "40"))),
        ],
    )
    def test_an_identifier_is_asked_for_by_its_path(
        self, identifier: tuple[str, str], path: str, query: tuple[tuple[str, str], ...]
    ) -> None:
        asked = SOURCE.about(Identifier(*identifier))
        assert asked is not None
        assert (asked.path, asked.query) == (path, query)

    @pytest.mark.parametrize(
        "identifier", [("doi", "10.48550/arXiv.2309.13567"), ("doi", "10.5281/zenodo.1"), ("pmid", "1")]
    )
    def test_what_others_register_is_not_asked_for(self, identifier: tuple[str, str]) -> None:
        assert SOURCE.about(Identifier(*identifier)) is None

    def test_a_title_is_searched(self) -> None:
        assert SOURCE.titled is not None
        assert SOURCE.titled("Made up & more").query[0] == ("query.bibliographic", "Made up & more")


class TestRecords:
    def test_an_article(self) -> None:
        found = read(
            crossref_item(
                "10.1038/s41746-024-00001-1",
                "Made <i>up</i>",
                ("Ada van der Doe", "Ole ROE"),
                container_title=["npj Digital Medicine"],
                volume="7",
                issue="1",
                page="230",
                article_number="230",
                ISSN=["2398-6352"],
            )
        )
        assert found.record == Record(
            version=Version.VERSION_OF_RECORD,
            type="article",
            title="Made up",
            authors=(Name("Doe", "Ada van der"), Name("Roe", "Ole")),
            issued=PartialDate(2024, 5, 13),
            venue="npj Digital Medicine",
            container_title="npj Digital Medicine",
            volume="7",
            issue="1",
            article_number="230",
            publisher="Made-up Press",
            url="https://doi.org/10.1038/s41746-024-00001-1",
            identifiers=(Identifier("doi", "10.1038/s41746-024-00001-1"), Identifier("issn", "2398-6352")),
        )
        assert (found.source, found.address) == ("crossref", "https://doi.org/10.1038/s41746-024-00001-1")

    def test_proceedings_in_a_series_are_told_from_the_series(self) -> None:
        titles = ["Lecture Notes in Computer Science", "Proceedings of the 3rd Conference on Making Up"]
        for listed in (titles, titles[::-1]):
            found = record(type="book-chapter", container_title=listed)
            assert (found.type, found.collection_title, found.container_title) == ("incollection", *titles)

    def test_a_preprint_names_its_server_and_the_published_version(self) -> None:
        found = read(
            crossref_item(
                "10.1101/2024.01.01.24300001",
                "Made up",
                type="posted-content",
                subtype="preprint",
                institution=[{"name": "medRxiv"}],
                posted={"date-parts": [[2024, 1, 2]]},
                relation={"is-preprint-of": [{"id-type": "doi", "id": "10.1000/2", "asserted-by": "subject"}]},
            )
        )
        assert found.record.version is Version.PREPRINT
        assert (found.record.server, found.record.issued) == ("medRxiv", PartialDate(2024, 1, 2))
        assert (found.record.container_title, found.related) == ("", (Identifier("doi", "10.1000/2"),))

    def test_an_article_names_its_preprint(self) -> None:
        relation = {
            "has-preprint": [{"id-type": "doi", "id": "10.48550/arXiv.2309.13567"}, {"id-type": "uri", "id": "x"}]
        }
        found = read(crossref_item("10.1000/1", "Made up", relation=relation))
        assert found.related == (Identifier("doi", "10.48550/arXiv.2309.13567"),)

    def test_a_subtitle_is_part_of_the_title_once(self) -> None:
        assert record("Made up", subtitle=["a study"]).title == "Made up: a study"
        assert record("Made up: a study", subtitle=["A study"]).title == "Made up: a study"

    def test_the_day_of_print_goes_before_the_day_online(self) -> None:
        online = {"date-parts": [[2023, 12, 1]]}
        found = record(published_print={"date-parts": [[2024, 6]]}, published_online=online)
        assert found.issued == PartialDate(2024, 6)
        assert record(published_print={"date-parts": [[None]]}).issued == PartialDate(2024, 5)

    def test_groups_are_authors_too(self) -> None:
        assert record(author=[{"name": "The Consortium"}, {"family": "Doe", "given": "A"}, {}]).authors == (
            Name(literal="The Consortium"),
            Name("Doe", "A"),
        )

    @pytest.mark.parametrize("kind", ["peer-review", "component", "journal-issue"])
    def test_what_is_no_work_is_left_out(self, kind: str) -> None:
        assert SOURCE.read(json.dumps({"message": crossref_item("10.1000/1", "x", type=kind)}).encode()) == Answer()

    def test_a_search_gives_its_works_in_order(self) -> None:
        items = [crossref_item(f"10.1000/{n}", f"Made up {n}") for n in range(3)]
        found = SOURCE.read(crossref_list(*items).body).found
        assert [one.record.title for one in found] == ["Made up 0", "Made up 1", "Made up 2"]


@pytest.mark.parametrize("body", [BROKEN_JSON.body, b"", b"[]", b"null", b'{"message": 3}', b"[" * 100_000, b"\xff"])
def test_what_is_no_answer_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        SOURCE.read(body)


_MEMBERS = sorted({*crossref_item("", ""), *"relation page ISSN ISBN editor subtitle institution posted".split()})
_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(_MEMBERS), _ANY, max_size=4))
def test_members_of_any_kind_are_no_traceback(members: dict[str, object]) -> None:
    item = crossref_item("10.1000/1", "x") | members
    SOURCE.read(json.dumps({"message": item}).encode())


def test_the_reply_of_these_tests_is_read() -> None:
    assert len(SOURCE.read(crossref("10.1000/1", "Made up").body).found) == 1

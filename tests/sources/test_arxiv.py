"""arXiv's feed, read into preprints."""

import pytest

from mhlit.model import Identifier, Name, PartialDate, Record, Version
from mhlit.sources.arxiv import SOURCE
from mhlit.sources.source import Answer, Unreadable
from tests.sources.answers import arxiv, arxiv_entry
from tests.sources.server import BROKEN_XML, ENTITIES


@pytest.mark.parametrize(
    ("identifier", "asked"),
    [
        (("arxiv", "2309.13567"), "2309.13567"),
        (("arxiv", "math.GT/0309136"), "math.GT/0309136"),
        (("doi", "10.48550/arXiv.2309.13567"), "2309.13567"),
    ],
)
def test_a_preprint_is_asked_for_by_id(identifier: tuple[str, str], asked: str) -> None:
    request = SOURCE.about(Identifier(*identifier))
    assert request is not None
    assert request.query == (("id_list", asked), ("max_results", "1"))


def test_other_dois_are_not_asked_for() -> None:
    assert SOURCE.about(Identifier("doi", "10.1145/3589334.3648137")) is None


def test_a_title_is_searched_by_its_words() -> None:
    assert SOURCE.titled is not None
    query = dict(SOURCE.titled('A "made-up" title: of AI & (its) use').query)["search_query"]
    assert query == "ti:made AND ti:title AND ti:its AND ti:use"


def test_a_preprint_is_read() -> None:
    entry = arxiv_entry(
        "2309.13567", "A $\\psi$ title\n  on two lines", ("Peter J. van Roessel", "Ada Doe"), doi="10.1000/1"
    )
    (found,) = SOURCE.read(arxiv(entry).body).found
    assert found.record == Record(
        version=Version.PREPRINT,
        type="misc",
        title="A ψ title on two lines",
        authors=(Name("Roessel", "Peter J.", "van"), Name("Doe", "Ada")),
        issued=PartialDate(2023, 9, 24),
        server="arXiv",
        arxiv_class="cs.CL",
        identifiers=(Identifier("arxiv", "2309.13567"),),
        url="https://arxiv.org/abs/2309.13567",
        pdf="https://arxiv.org/pdf/2309.13567",
    )
    assert found.related == (Identifier("doi", "10.1000/1"),)


def test_its_own_doi_and_what_is_none_are_no_other_version() -> None:
    entry = arxiv_entry("2309.13567", "x", doi="10.48550/arXiv.2309.13567 see-journal")
    assert SOURCE.read(arxiv(entry).body).found[0].related == ()


def test_an_old_id_keeps_its_archive() -> None:
    (found,) = SOURCE.read(arxiv(arxiv_entry("cs/0309136", "x")).body).found
    assert found.record.identifiers == (Identifier("arxiv", "cs/0309136"),)


def test_an_error_entry_and_an_empty_feed_are_nothing_found() -> None:
    error = "<entry><id>http://arxiv.org/api/errors#incorrect_id_format_for_x</id><title>Error</title></entry>"
    assert SOURCE.read(arxiv(error).body) == SOURCE.read(arxiv().body) == Answer()


@pytest.mark.parametrize("body", [BROKEN_XML.body, ENTITIES.body, b"Rate exceeded.", b"<html/>", b""])
def test_what_is_no_feed_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        SOURCE.read(body)

"""What each source's answer becomes: clean records of our model, and nothing the source did not say."""

import json
from typing import Any

import pytest

from mhlit.model import Identifier, Name, Notice, PartialDate, Record, Version
from mhlit.sources import datacite, dblp, openalex, openreview, pubmed, semanticscholar
from mhlit.sources.source import Answer, Found, Request, Unreadable
from tests.sources import responses as told

PREPRINT, PUBLISHED = Version.PREPRINT, Version.VERSION_OF_RECORD
ABEL, ZHANG = Name("Abel", "Ann"), Name("Zhang", "Jie")
CONSORTIUM = Name(literal="Quiet Bots Consortium")
ARXIV = Identifier("arxiv", "2401.00001")


def as_body(value: Any) -> bytes:
    return json.dumps(value).encode()


def doi(value: str) -> Identifier:
    return Identifier("doi", value)


def test_datacite_tells_a_preprint_with_its_published_version() -> None:
    assert datacite.read(as_body(told.DATACITE)) == Answer((
        Found(
            "datacite",
            Record(
                PREPRINT,
                "misc",
                "QuietBot & Friends: Listening at 102 Hz: A Made-up Study",
                (ABEL, Name("Berg", "Bo", "van der"), CONSORTIUM, Name(literal="Made-up Lab")),
                PartialDate(2024, 1, 2),
                server="arXiv",
                identifiers=(doi("10.48550/arxiv.2401.00001"), ARXIV),
                url="https://arxiv.org/abs/2401.00001",
            ),
            "https://doi.org/10.48550/arxiv.2401.00001",
            (doi("10.1000/quiet.1"),),
        ),
    ))  # fmt: skip


def test_datacite_tells_data_with_the_last_page_written_out() -> None:
    (found,) = datacite.read(as_body(told.DATACITE_DATASET)).found
    assert found.record == Record(
        PUBLISHED,
        "dataset",
        "Quiet dialogues",
        (ZHANG,),
        PartialDate(2023),
        container_title="Data in Made-up",
        volume="7",
        pages="101-109",
        publisher="Zenodo",
        identifiers=(doi("10.5281/ZENODO.1"),),
    )


def test_openalex_tells_names_as_printed_other_versions_and_retraction() -> None:
    assert openalex.read(as_body(told.OPENALEX)) == Answer((
        Found(
            "openalex",
            Record(
                PUBLISHED,
                "article",
                "QuietBot: A Made-up Study of n Listeners",
                (ABEL, ZHANG),
                PartialDate(2024, 5, 17),
                container_title="Journal of Made-up Health",
                volume="3",
                pages="12-34",
                publisher="Made Press",
                identifiers=(doi("10.1000/quiet.1"), Identifier("pmid", "123"), Identifier("pmcid", "PMC456")),
            ),
            "https://openalex.org/W1",
            (ARXIV,),
            (Notice("retraction", "https://openalex.org/W1", "OpenAlex"),),
        ),
    ))  # fmt: skip


@pytest.mark.parametrize(
    ("change", "authors"),
    [({"is_authors_truncated": True}, ()), ({"authorships": None}, ()), ({"authorships": [{"author": 7}, 7]}, ())],
)
def test_openalex_gives_no_authors_rather_than_some(change: dict[str, Any], authors: tuple[Name, ...]) -> None:
    (found,) = openalex.read(as_body({"results": [{**told.OPENALEX, **change}]})).found
    assert found.record.authors == authors


def test_openalex_front_matter_is_no_work() -> None:
    assert openalex.read(as_body({**told.OPENALEX, "is_paratext": True})) == Answer()


def test_semantic_scholar_tells_which_identifiers_are_of_the_version() -> None:
    assert semanticscholar.read(as_body({"data": [told.SEMANTIC_SCHOLAR]})) == Answer((
        Found(
            "semanticscholar",
            Record(
                PUBLISHED,
                "inproceedings",
                "QuietBot: A Made-up Study",
                (Name("Abel", "A."), ZHANG),
                PartialDate(2024, 5, 17),
                container_title="Annual Meeting of the Made-up Association",
                identifiers=(
                    doi("10.18653/v1/2024.quiet-long.1"),
                    Identifier("acl", "2024.quiet-long.1"),
                    Identifier("pmcid", "PMC456"),
                    Identifier("dblp", "conf/quiet/AbelZ24"),
                ),
            ),
            "https://www.semanticscholar.org/paper/0a1b",
            (ARXIV,),
        ),
    ))  # fmt: skip


def test_semantic_scholar_without_a_venue_tells_the_preprint() -> None:
    change = {"venue": "arXiv.org", "publicationVenue": None, "publicationTypes": None}
    (found,) = semanticscholar.read(as_body({**told.SEMANTIC_SCHOLAR, **change})).found
    assert (found.record.version, found.record.server, found.record.type) == (PREPRINT, "arXiv", "misc")
    assert found.record.identifiers == (ARXIV,)
    assert found.record.volume == ""


def test_openreview_tells_the_accepted_and_the_others_apart() -> None:
    accepted, rejected = openreview.read(as_body(told.OPENREVIEW)).found
    assert accepted == Found(
        "openreview",
        Record(
            PUBLISHED,
            "inproceedings",
            "QuietBot: A Made-up Study",
            (ABEL, ZHANG),
            PartialDate(2024),
            container_title="The Twelfth Made-up Conference on Representations",
            identifiers=(Identifier("openreview", "aBcDeFgHiJ"),),
            url="https://openreview.net/forum?id=aBcDeFgHiJ",
        ),
        "https://openreview.net/forum?id=aBcDeFgHiJ",
    )
    assert rejected.record == Record(
        PREPRINT,
        "misc",
        "LoudBot: Not Taken",
        (ABEL,),
        PartialDate(2023, 9, 18),
        server="OpenReview",
        identifiers=(Identifier("openreview", "zYxWvUtSrQ"),),
        url="https://openreview.net/forum?id=zYxWvUtSrQ",
    )


def test_openreview_notes_of_version_1_are_read_too() -> None:
    (found,) = openreview.read(as_body(told.OPENREVIEW_1)).found
    assert (found.record.title, found.record.authors) == ("OldBot: An Older Study", (ABEL,))
    assert (found.record.container_title, found.record.issued) == ("MCR 2022", PartialDate(2022))
    assert found.record.version is PUBLISHED


@pytest.mark.parametrize(
    "venue", ["Submitted to MCR 2024", "MCR 2024 Conference Withdrawn Submission", "MCR 2024 Desk Rejected", ""]
)
def test_openreview_papers_that_were_not_taken_are_preprints(venue: str) -> None:
    content = {"title": {"value": "T"}, "authors": {"value": ["Anonymous"]}, "venue": {"value": venue}}
    (found,) = openreview.read(as_body({"notes": [{"id": "aBcDeFgHiJ", "content": content}]})).found
    assert (found.record.version, found.record.authors) == (PREPRINT, ())


def test_dblp_tells_proceedings_and_preprint_apart_and_no_front_matter() -> None:
    published, preprint = dblp.read(as_body(told.DBLP)).found
    assert published == Found(
        "dblp",
        Record(
            PUBLISHED,
            "inproceedings",
            "QuietBot: A Made-up Study & More",
            (ABEL, ZHANG),
            PartialDate(2024),
            container_title="MUA",
            pages="12-34",
            identifiers=(doi("10.1000/quiet.1"), Identifier("dblp", "conf/mua/AbelZ24")),
        ),
        "https://dblp.org/rec/conf/mua/AbelZ24",
    )
    assert preprint.record == Record(
        PREPRINT,
        "misc",
        "QuietBot: A Made-up Study",
        (ABEL,),
        PartialDate(2024),
        server="arXiv",
        identifiers=(
            doi("10.48550/arXiv.2401.00001"),
            ARXIV,
            Identifier("dblp", "journals/corr/abs-2401-00001"),
        ),
    )


def test_dblp_tells_one_record_by_its_key() -> None:
    (found,) = dblp.read(told.DBLP_RECORD.encode()).found
    assert found.record == Record(
        PUBLISHED,
        "article",
        "Quiet Bots: A Study of H2O",
        (Name("Ábel", "Ann"), ZHANG),
        PartialDate(2024),
        container_title="Proc. Made Up Health",
        volume="8",
        issue="2",
        pages="7:1-7:20",
        identifiers=(doi("10.1000/quiet.2"), Identifier("dblp", "journals/mup/AbelZ24")),
    )


def test_pubmed_tells_translated_titles_initials_groups_and_the_notice_of_retraction() -> None:
    article, preprint = pubmed.read(told.PUBMED.encode()).found
    assert article == Found(
        "pubmed",
        Record(
            PUBLISHED,
            "article",
            "Quiet bots: a made-up study",
            (Name("Abel", "Ann F", suffix="Jr"), Name("Berg", "B. M.", "van der"), CONSORTIUM),
            PartialDate(2024, 3, 5),
            container_title="Journal of made-up health",
            volume="12",
            issue="3",
            pages="2579-2605",
            identifiers=(doi("10.1000/quiet.3"), Identifier("pmid", "123"), Identifier("pmcid", "PMC456")),
        ),
        "https://pubmed.ncbi.nlm.nih.gov/123/",
        (Identifier("pmid", "120"),),
        (Notice("retraction", "https://pubmed.ncbi.nlm.nih.gov/999/", "PubMed"),),
    )
    assert preprint.record == Record(
        PREPRINT,
        "misc",
        "A preprint?",
        (),
        PartialDate(2023, 11),
        server="medRxiv",
        identifiers=(Identifier("pmid", "124"),),
    )


def test_pubmed_asks_for_the_records_that_a_search_finds() -> None:
    answer = pubmed.read(as_body(told.ESEARCH))
    assert answer.found == ()
    assert answer.next is not None
    assert answer.next.path == "/entrez/eutils/efetch.fcgi"
    assert ("id", "123,124") in answer.next.query


@pytest.mark.parametrize(
    ("module", "body"),
    [
        (datacite, {"errors": [{"status": "404"}]}),
        (openalex, {"error": "Not Found", "message": "…"}),
        (openalex, {"meta": {"count": 0}, "results": []}),
        (semanticscholar, {"error": "Title match not found"}),
        (openreview, {"name": "NotFoundError", "message": "…", "status": 404}),
        (dblp, {"result": {"hits": {"@total": "0"}}}),
        (pubmed, {"esearchresult": {"count": "0", "idlist": []}}),
    ],
)
def test_no_such_work_is_an_empty_answer(module: Any, body: Any) -> None:
    assert module.read(as_body(body)) == Answer()


@pytest.mark.parametrize("module", [datacite, openalex, semanticscholar, openreview, dblp, pubmed])
@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b"{}", b"<html><p>Busy", b"<html/>", b"\xff\xfe", b"[" * 100_000]
)
def test_what_is_not_in_the_format_is_unreadable(module: Any, body: bytes) -> None:
    with pytest.raises(Unreadable):
        module.read(body)


@pytest.mark.parametrize(
    ("module", "identifier", "request_"),
    [
        (datacite, doi("10.5281/zenodo.1"), "/dois/10.5281/zenodo.1"),
        (datacite, doi("10.1000/a<b>#c?"), "/dois/10.1000/a%3Cb%3E%23c%3F"),
        (datacite, ARXIV, "/dois/10.48550/arxiv.2401.00001"),
        (openalex, doi("10.1000/x"), "/works/doi:10.1000/x"),
        (openalex, ARXIV, "/works/doi:10.48550/arxiv.2401.00001"),
        (openalex, Identifier("pmcid", "PMC456"), "/works/pmcid:PMC456"),
        (semanticscholar, Identifier("acl", "P19-1001"), "/graph/v1/paper/ACL:P19-1001"),
        (semanticscholar, Identifier("pmcid", "PMC456"), "/graph/v1/paper/PMCID:456"),
        (openreview, Identifier("openreview", "aBcDeFgHiJ"), "/notes"),
        (dblp, Identifier("dblp", "conf/mua/AbelZ24"), "/rec/conf/mua/AbelZ24.xml"),
        (pubmed, Identifier("pmid", "123"), "/entrez/eutils/efetch.fcgi"),
        (pubmed, doi("10.1000/x"), "/entrez/eutils/esearch.fcgi"),
    ],
)
def test_an_identifier_is_asked_for_where_the_source_has_it(module: Any, identifier: Identifier, request_: str) -> None:
    asked = module.about(identifier)
    assert isinstance(asked, Request)
    assert asked.path == request_
    assert identifier.scheme in module.SOURCE.schemes


@pytest.mark.parametrize("module", [datacite, openalex, semanticscholar, openreview, dblp, pubmed])
def test_what_a_source_does_not_hold_it_is_not_asked_for(module: Any) -> None:
    assert module.about(Identifier("isbn", "9780000000002")) is None
    for scheme in ("doi", "arxiv", "acl", "openreview", "dblp", "pmid", "pmcid", "hal"):
        value = "PMC1" if scheme == "pmcid" else "1"
        assert (module.about(Identifier(scheme, value)) is None) == (scheme not in module.SOURCE.schemes)


@pytest.mark.parametrize("module", [datacite, openalex, semanticscholar, openreview, dblp, pubmed])
def test_a_title_is_asked_for_by_its_words_alone(module: Any) -> None:
    asked = module.titled('Don’t "panic": (AI) OR [quiet] bots? \x1b[31m {x} title:* & 心')
    said = " ".join(value for _, value in asked.query)
    assert "panic" in said
    assert not set('"?*&{}\x1b') & set(said.removeprefix('titles.title:"').removesuffix('" 5 true'))


def test_dblp_is_asked_for_the_first_words_of_a_long_title() -> None:
    assert dict(dblp.titled("Don't one two three four five six seven eight nine ten").query)["q"] == (
        "Don t one two three four five six seven eight"
    )


@pytest.mark.parametrize("module", [datacite, openalex, semanticscholar, openreview, dblp, pubmed])
def test_a_source_is_named_and_addressed(module: Any) -> None:
    source = module.SOURCE
    assert source.name == module.__name__.rpartition(".")[2]
    assert source.base.startswith("https://")
    assert not source.base.endswith("/")
    assert source.interval > 0

"""Versions of one work are joined, the best record per field; on doubt nothing is."""

from mhlit.model import Identifier, Name, PartialDate, Record, Version
from mhlit.sources.joining import TRUST, Joined, is_about, join
from mhlit.sources.registry import SOURCES
from mhlit.sources.source import Found

TITLE = "Made-up results on empathy in machines"
DOE, ROE = Name("Doe", "Ada"), Name("Roe", "Ole")
PUBLISHED = Record(
    Version.VERSION_OF_RECORD,
    "article",
    TITLE,
    (DOE, ROE),
    PartialDate(2024, 5),
    container_title="Journal of Made-up Results",
    identifiers=(Identifier("doi", "10.1000/1"),),
)
PREPRINT = Record(
    Version.PREPRINT,
    "misc",
    TITLE,
    (DOE, ROE),
    PartialDate(2023),
    server="arXiv",
    identifiers=(Identifier("arxiv", "2309.00001"),),
)
DOI, ARXIV = PUBLISHED.identifiers[0], PREPRINT.identifiers[0]


def crossref(record: Record = PUBLISHED, *related: Identifier) -> Found:
    return Found("crossref", record, "https://doi.org/10.1000/1", related)


def arxiv(record: Record = PREPRINT, *related: Identifier) -> Found:
    return Found("arxiv", record, "https://arxiv.org/abs/2309.00001", related)


def joined(*found: Found, asked: Identifier | None = None) -> Joined:
    work = join(found, asked)
    assert work is not None
    return work


class TestVersions:
    def test_nothing_found_is_no_work(self) -> None:
        assert join(()) is None

    def test_a_preprint_that_the_published_version_names_is_its_preprint(self) -> None:
        work = joined(crossref(PUBLISHED, ARXIV), arxiv())
        assert (work.record, work.preprint) == (PUBLISHED, PREPRINT)
        assert work.seen == ("https://doi.org/10.1000/1", "https://arxiv.org/abs/2309.00001")

    def test_so_is_one_that_names_the_published_version_under_another_title(self) -> None:
        renamed = PREPRINT._replace(title="Can machines care?")
        assert joined(crossref(), arxiv(renamed, DOI)).preprint == renamed

    def test_one_title_by_one_list_of_people_is_one_work(self) -> None:
        initials = PREPRINT._replace(authors=(Name("Doe", "A."), Name("Roe", "O.")))
        assert joined(crossref(), arxiv(initials)).preprint == initials

    def test_one_title_by_other_people_is_another_work(self) -> None:
        for authors in ((DOE,), (DOE, Name("Poe", "Edgar")), (ROE, DOE), ()):
            assert joined(crossref(), arxiv(PREPRINT._replace(authors=authors))).preprint is None

    def test_a_telling_title_with_most_of_its_people_is_one_work(self) -> None:
        people = (DOE, ROE, Name("Poe", "Edgar"))
        for authors in ((DOE, ROE), (DOE, Name("Poe", "Edgar"), ROE), (*people, Name("Foe", "Daniel"))):
            work = joined(crossref(PUBLISHED._replace(authors=people)), arxiv(PREPRINT._replace(authors=authors)))
            assert work.preprint is not None, authors
        short = "Empathy in machines"
        records = (PUBLISHED._replace(authors=people, title=short), PREPRINT._replace(title=short))
        assert joined(crossref(records[0]), arxiv(records[1])).preprint is None

    def test_of_two_preprints_that_on_arxiv_is_the_works(self) -> None:
        server = PREPRINT._replace(server="medRxiv", identifiers=(Identifier("doi", "10.1101/1"),))
        work = joined(crossref(), Found("crossref", server, ""), arxiv())
        assert work.preprint == PREPRINT

    def test_other_titles_by_the_same_people_are_other_works(self) -> None:
        for title in (f"{TITLE}: a second study", "Made-up results on sympathy in machines", f"Correction to: {TITLE}"):
            assert joined(crossref(), arxiv(PREPRINT._replace(title=title))).preprint is None

    def test_one_title_years_apart_is_another_work(self) -> None:
        assert joined(crossref(), arxiv(PREPRINT._replace(issued=PartialDate(2015)))).preprint is None

    def test_what_is_named_and_nothing_like_it_is_left_out_and_told(self) -> None:
        stranger = PREPRINT._replace(title="Sorting by graphs", authors=(Name("Poe", "Edgar"),))
        work = joined(crossref(PUBLISHED, ARXIV), arxiv(stranger))
        assert work.preprint is None
        assert work.doubts == (
            "arxiv:2309.00001 (Sorting by graphs): named as another version, with other authors and another title",
        )

    def test_of_two_published_versions_that_may_be_meant_neither_is(self) -> None:
        second = PUBLISHED._replace(identifiers=(Identifier("doi", "10.1000/2"),))
        work = joined(arxiv(), crossref(), crossref(second), asked=ARXIV)
        assert (work.record, len(work.doubts)) == (None, 2)

    def test_of_two_the_one_that_is_named_is(self) -> None:
        second = PUBLISHED._replace(identifiers=(Identifier("doi", "10.1000/2"),))
        assert joined(arxiv(PREPRINT, DOI), crossref(), crossref(second), asked=ARXIV).record == PUBLISHED

    def test_what_was_asked_for_is_what_is_returned(self) -> None:
        second = PUBLISHED._replace(identifiers=(Identifier("doi", "10.1000/2"),), title="Another one")
        assert joined(crossref(), crossref(second), asked=second.identifiers[0]).record == second


class TestFields:
    def test_each_is_from_the_source_that_is_believed_most_and_has_it(self) -> None:
        dblp = Found("dblp", PUBLISHED._replace(title="In other words", pages="1-9", volume="7"), "https://dblp.org/x")
        work = joined(dblp, crossref(PUBLISHED._replace(volume="6")))
        assert work.record is not None
        assert (work.record.title, work.record.volume, work.record.pages) == (TITLE, "6", "1-9")
        origins = {field: name for _, field, name in work.origins}
        assert (origins["title"], origins["volume"], origins["pages"]) == ("crossref", "crossref", "dblp")

    def test_identifiers_of_all_are_kept_one_of_a_scheme(self) -> None:
        more = (Identifier("doi", "10.1000/1"), Identifier("pmid", "12345"))
        pubmed = Found("pubmed", PUBLISHED._replace(identifiers=more), "https://pubmed.ncbi.nlm.nih.gov/12345/")
        work = joined(crossref(), pubmed)
        assert work.record is not None
        assert work.record.identifiers == more
        assert ("version-of-record", "pmid", "pubmed") in work.origins

    def test_given_names_in_full_go_before_initials(self) -> None:
        short = PUBLISHED._replace(authors=(Name("Doe", "A."), Name("Roe", "O")))
        pubmed = Found("pubmed", PUBLISHED, "")
        work = joined(crossref(short), pubmed)
        assert work.preferred.authors == (DOE, ROE)
        assert ("version-of-record", "authors", "pubmed") in work.origins

    def test_other_people_are_not_taken_for_fuller_names(self) -> None:
        short = PUBLISHED._replace(authors=(Name("Doe", "A."),))
        assert joined(crossref(short), Found("pubmed", PUBLISHED, "")).preferred.authors == (Name("Doe", "A."),)

    def test_a_month_goes_before_a_bare_year_of_the_same_year(self) -> None:
        bare = PUBLISHED._replace(issued=PartialDate(2024))
        assert joined(crossref(bare), Found("pubmed", PUBLISHED, "")).preferred.issued == PartialDate(2024, 5)
        other = PUBLISHED._replace(issued=PartialDate(2023, 12))
        assert joined(crossref(bare), Found("pubmed", other, "")).preferred.issued == PartialDate(2024)

    def test_a_telling_type_goes_before_none(self) -> None:
        page = Found("page", PUBLISHED, "")
        assert joined(crossref(PUBLISHED._replace(type="misc")), page).preferred.type == "article"

    def test_every_source_has_its_place_in_every_row(self) -> None:
        for version, table in TRUST.items():
            others = "arxiv" if version is Version.VERSION_OF_RECORD else "anthology"
            for names in table.values():
                assert sorted((*names, others)) == sorted((*(one.name for one in SOURCES), "page"))


class TestWhatWasAskedFor:
    def test_a_record_of_something_else_is_none_of_it(self) -> None:
        assert is_about(crossref(), Identifier("doi", "10.1000/1"))
        assert not is_about(crossref(), Identifier("doi", "10.1000/2"))

    def test_a_doi_that_holds_an_arxiv_id_is_it(self) -> None:
        assert is_about(arxiv(), Identifier("doi", "10.48550/arXiv.2309.00001"))

    def test_a_chapter_is_not_the_book_of_its_isbn(self) -> None:
        isbn = Identifier("isbn", "9780262035613")
        assert not is_about(crossref(PUBLISHED._replace(type="incollection", identifiers=(isbn,))), isbn)
        assert is_about(crossref(PUBLISHED._replace(type="book", identifiers=(isbn,))), isbn)

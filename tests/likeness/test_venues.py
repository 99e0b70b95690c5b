"""Venues: the same by acronym, abbreviation or publisher's full name; another one; another year of it."""

import pytest

from mhlit.catalog.source import Catalog
from mhlit.likeness.venues import Agreement, agreement, read_venue
from mhlit.model import Record
from tests.likeness.venue_forms import FORMS, NONE_NAMED

FORM, OTHER, EDITION, UNKNOWN, SAME = (
    Agreement.FORM,
    Agreement.OTHER,
    Agreement.EDITION,
    Agreement.UNKNOWN,
    Agreement.SAME,
)
ACL_2025 = (
    "ACL",
    "Proceedings of the 63rd Annual Meeting of the Association for Computational Linguistics (Volume 1: Long Papers)",
)
FINDINGS = ("Findings of EMNLP", "Findings of the Association for Computational Linguistics: EMNLP 2023")
NLP4PI = ("NLP4PI", "Proceedings of the Fourth Workshop on NLP for Positive Impact (NLP4PI)")
SFLLM = ("NeurIPS Workshop", "NeurIPS Workshop on Statistical Frontiers in LLMs and Foundation Models")
NPJ = ("npj Digital Medicine", "npj Digital Medicine")
PNAS = ("PNAS", "Proceedings of the National Academy of Sciences of the United States of America")
NAACL = (
    "NAACL",
    "Proceedings of the 2024 Conference of the North American Chapter of the Association for Computational Linguistics: "
    "Human Language Technologies (Volume 1: Long Papers)",
)
AAAI = ("AAAI", "Proceedings of the AAAI Conference on Artificial Intelligence")
ICML = ("ICML", "Proceedings of the 41st International Conference on Machine Learning")
WWW = ("WWW", "Proceedings of the ACM Web Conference 2024")
NEURIPS = ("NeurIPS", "Advances in Neural Information Processing Systems")
OWN = ("JMT", "Journal of Made-Up Things")


@pytest.mark.parametrize(
    ("text", "venue", "year", "wanted"),
    [
        (ACL_2025[1], ACL_2025, 2025, SAME),
        ("ACL 2025", ACL_2025, 2025, FORM),
        ("ACL (1)", ACL_2025, 2025, FORM),
        ("Annual Meeting of the Association for Computational Linguistics", ACL_2025, 2025, FORM),
        ("ACL 2024", ACL_2025, 2025, EDITION),
        (ACL_2025[1].replace("63rd", "62nd"), ACL_2025, 2025, EDITION),
        (ACL_2025[1].replace("1: Long", "2: Short"), ACL_2025, 2025, EDITION),
        ("Findings of ACL 2025", ACL_2025, 2025, OTHER),
        ("EMNLP 2023", FINDINGS, 2023, OTHER),
        ("EMNLP (Findings)", FINDINGS, 2023, FORM),
        ("Findings of the Association for Computational Linguistics EMNLP 2023, Singapore, December 6-10, 2023", FINDINGS, 2023, FORM),
        ("ACL-IJCNLP 2021 Findings", ("Findings of ACL", "Findings of the Association for Computational Linguistics: ACL-IJCNLP 2021"), 2021, FORM),
        ("ACL 2025 Workshop", NLP4PI, 2025, FORM),
        ("ACL 2025", NLP4PI, 2025, OTHER),
        ("NeurIPS 2024 Workshop", SFLLM, 2024, FORM),
        ("NeurIPS 2024", SFLLM, 2024, OTHER),
        ("NeurIPS 2024 Workshop on Something Else", SFLLM, 2024, OTHER),
        ("npj Digit. Med.", NPJ, 2025, FORM),
        ("NPJ Digital Medicine", NPJ, 2025, FORM),
        ("npj Mental Health Research", NPJ, 2025, OTHER),
        ("Nature", NPJ, 2025, OTHER),
        ("Proc. Natl. Acad. Sci. U.S.A.", PNAS, 2024, FORM),
        ("Proceedings of the conference. Association for Computational Linguistics. North American Chapter. Meeting", NAACL, 2024, FORM),
        ("AAAI-25, Sponsored by the Association for the Advancement of Artificial Intelligence, February 25 - March 4, 2025", AAAI, 2025, FORM),
        ("Thirty-Ninth AAAI Conference on Artificial Intelligence, Fifteenth Symposium on Educational Advances", AAAI, 2025, FORM),
        ("Forty-first International Conference on Machine Learning, ICML 2024", ICML, 2024, FORM),
        ("Proceedings of the 40th International Conference on Machine Learning", ICML, 2024, EDITION),
        ("Proceedings of the ACM on Web Conference 2024", WWW, 2024, FORM),
        ("Advances in Neural Information Processing Systems 38: Annual Conference 2024, NeurIPS 2024, December 10 - 15, 2024", NEURIPS, 2024, FORM),
        ("OpenReview.net", NEURIPS, 2024, UNKNOWN),
        ("", NEURIPS, 2024, UNKNOWN),
        ("J. Made-Up Things", OWN, 2025, FORM),
        ("JMT 2025", OWN, 2025, FORM),
        ("Journal of Imagined Things", OWN, 2025, OTHER),
        ("Frontiers in Psychology", ("Frontiers in Psychiatry", "Frontiers in Psychiatry"), 2025, OTHER),
    ],
)  # fmt: skip
def test_a_venue_is_known_in_every_form(text: str, venue: tuple[str, str], year: int, wanted: Agreement) -> None:
    assert agreement(text, *venue, year=year) is wanted


def test_the_venues_of_the_catalog_are_told_apart(catalog: Catalog) -> None:
    venues = {(record.venue, record.container_title) for work in catalog.works if (record := work.record)}
    for short, full in venues:
        for other_short, other in venues:
            found = agreement(other, short, full)
            if other == full:
                assert found is SAME
            elif other_short != short:
                assert found is OTHER, (other, full)


def test_the_series_of_a_known_venue_is_named_as_in_the_catalog(catalog: Catalog) -> None:
    known = {read_venue(record.container_title).series for work in catalog.works if (record := work.record)}
    assert known - {term.name for term in catalog.vocabulary["venue"]} == set()


RECORDS = [(venue, year, text) for (venue, year), texts in FORMS.items() for text in texts]


@pytest.mark.parametrize(("venue", "year", "text"), RECORDS, ids=[f"{text} for {venue}" for venue, _, text in RECORDS])
def test_a_venue_of_the_catalog_is_known_in_the_forms_people_write(
    catalog: Catalog, venue: str, year: int, text: str
) -> None:
    record = record_of(catalog, venue, year)
    found = agreement(text, record.venue, record.container_title, record.collection_title, year)
    assert found in (Agreement.SAME, Agreement.FORM, Agreement.UNKNOWN)


@pytest.mark.parametrize("text", NONE_NAMED)
def test_what_names_no_venue_is_no_other_venue(catalog: Catalog, text: str) -> None:
    for work in catalog.works:
        if work.record and work.record.issued:
            record = work.record
            found = agreement(
                text, record.venue, record.container_title, record.collection_title, work.record.issued.year
            )
            assert found is not Agreement.OTHER


def record_of(catalog: Catalog, venue: str, year: int) -> Record:
    records = (work.record for work in catalog.works if work.record)
    return next(record for record in records if record.venue == venue and record.issued and record.issued.year == year)

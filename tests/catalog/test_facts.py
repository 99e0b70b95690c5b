"""The catalog this project ships: its counts, its traps, and that it says of itself what is true."""

from collections import Counter

import pytest

from mhlit.catalog.source import Catalog
from mhlit.document import encode_work
from mhlit.model import Identifier, Name, Work
from mhlit.names import inverted
from mhlit.store.index import venue_of
from mhlit.text import fold
from tests.conftest import ROOT


def work(catalog: Catalog, key: str) -> Work:
    return next(one for one in catalog.works if one.key == key)


def families(one: Work) -> list[str]:
    return [name.family for name in one.preferred.authors]


def test_it_holds_88_works_and_93_listings(catalog: Catalog) -> None:
    assert len(catalog.works) == 88
    listings = [listing for one in catalog.works for listing in one.listings]
    assert len(listings) == 93
    assert Counter(listing.list for listing in listings) == {
        "awesome-ai-mental-health": 58,
        "Awesome-LLMs-for-Counseling": 35,
    }
    assert sum(len(listing.errors) for listing in listings) == 174


def test_the_sections_have_their_listings_in_unbroken_numbering(catalog: Catalog) -> None:
    listings = sorted(listing for one in catalog.works for listing in one.listings)
    counts = Counter(listing.section for listing in listings)
    assert counts == {"theory": 12, "technology": 39, "clinical": 7, "datasets": 12, "models": 23}
    assert [listing.id for listing in listings] == [f"A{n:02d}" for n in range(1, 59)] + [
        f"B{n:02d}" for n in range(1, 36)
    ]


def test_most_are_verified_and_the_others_say_so(catalog: Catalog) -> None:
    assert Counter(one.provenance.status.value for one in catalog.works) == {"verified": 79, "partial": 8, "listed": 1}
    doubtful = [one for one in catalog.works if one.provenance.status != "verified"]
    assert all(one.provenance.unconfirmed for one in doubtful)


def test_every_vocabulary_defines_each_word(catalog: Catalog) -> None:
    sizes = {facet: len(terms) for facet, terms in catalog.vocabulary.items()}
    assert sizes["topic"] == 40
    assert sizes["venue"] == 30
    assert (sizes["section"], sizes["list"], sizes["language"], sizes["status"], sizes["source"]) == (5, 2, 4, 3, 13)
    assert all(term.definition for terms in catalog.vocabulary.values() for term in terms)


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("khraishi-etal-2025-real", ["Iglesias de Oliveira, Cristovao"]),
        ("lissak-etal-2024-colorful", ["Brunstein Klomek, Anat"]),
        ("tseriotou-etal-2025-overview", ["Singh Kohli, Guneet"]),
        ("aragon-etal-2023-disorbert", ["Lopez Monroy, Adrian Pastor"]),
        ("nguyen-etal-2025-large", ["De Choudhury, Munmun"]),
        ("bn-etal-2025-thousand", ["BN, Suhas"]),
        ("huang-etal-2024-humanity", ["Huang, Jen-tse", "Lyu, Michael"]),
        ("huang-etal-2024-apathetic", ["Huang, Jen-Tse"]),
        ("demszky-etal-2023-using", ["JonesMitchell, Margarett"]),
        ("thirunavukarasu-ologbon-2024-potential", ["Thirunavukarasu, A. J.", "O’Logbon, J."]),
    ],
)
def test_names_are_those_of_the_record(catalog: Catalog, key: str, names: list[str]) -> None:
    given = [inverted(name) for name in work(catalog, key).preferred.authors]
    for name in names:
        if name.startswith("JonesMitchell"):
            assert any(one.startswith("JonesMitchell, ") for one in given)
        else:
            assert name in given


def test_a_particle_is_kept_apart_from_a_compound_family_name(catalog: Catalog) -> None:
    optimizing = work(catalog, "kim-etal-2025-optimizing").preferred.authors
    assert Name("Roessel", "Peter J.", "van") in optimizing
    assert Name("Iglesias de Oliveira", "Cristovao") in work(catalog, "khraishi-etal-2025-real").preferred.authors


@pytest.mark.parametrize(
    ("key", "title"),
    [
        (
            "siddals-etal-2024-happened",
            "“It happened to be the perfect thing”: experiences of generative AI chatbots for mental health",
        ),
        (
            "khraishi-etal-2025-real",
            'Real-Time Hyper-Personalized Generative AI Should Be Regulated to Prevent the Rise of "Digital Heroin"',
        ),
        ("huang-etal-2024-apathetic", "Apathetic or Empathetic? Evaluating LLMs' Emotional Alignments with Humans"),
        (
            "wang-etal-2024-patient",
            "PATIENT-ψ: Using Large Language Models to Simulate Patients for Training Mental Health Professionals",
        ),
        ("min-etal-2023-verve", "VERVE: Template-based ReflectiVE Rewriting for MotiVational IntErviewing"),
        ("liu-etal-2023-chatcounselor", "ChatCounselor: A Large Language Models for Mental Health Support"),
    ],
)
def test_titles_keep_quotes_letters_capitals_and_slips(catalog: Catalog, key: str, title: str) -> None:
    assert work(catalog, key).preferred.title == title


def test_an_article_number_is_no_page(catalog: Catalog) -> None:
    record = work(catalog, "hur-etal-2024-language").preferred
    assert (record.pages, record.article_number) == ("", "e2321321121")


def test_two_works_have_a_pdf_but_no_page(catalog: Catalog) -> None:
    without = [one.key for one in catalog.works if not one.preferred.url]
    assert without == ["chen-etal-2025-timelymed", "xu-etal-2025-unveiling"]
    assert all(work(catalog, key).preferred.pdf.startswith("https://www.ijcai.org/") for key in without)


def test_an_anthology_work_may_have_a_doi_of_another_registrant(catalog: Catalog) -> None:
    record = work(catalog, "althoff-etal-2016-large").preferred
    assert record.identifier("acl") == "Q16-1033"
    assert record.identifier("doi") == "10.1162/tacl_a_00111"


def test_five_works_are_preprints_only_and_two_preprints_are_on_research_square(catalog: Catalog) -> None:
    only = [one for one in catalog.works if one.record is None]
    assert len(only) == 5
    assert {venue_of(one.preferred) for one in only} == {"arXiv"}
    square = [one.key for one in catalog.works if one.preprint and one.preprint.server == "Research Square"]
    assert square == ["maples-etal-2024-loneliness", "siddals-etal-2024-happened"]


def test_arxiv_ids_that_end_in_zero_keep_it(catalog: Catalog) -> None:
    ids = [one.preprint.identifier("arxiv") for one in catalog.works if one.preprint]
    assert sum(identifier.endswith("0") for identifier in ids) == 6
    assert all(len(identifier) == 10 for identifier in ids if identifier)


@pytest.mark.parametrize(
    ("key", "field", "expected"),
    [
        ("hua-etal-2025-scoping", "title", "Applying and Evaluating Large Language Models in Mental Health Care"),
        ("sathvik-etal-2025-help", "title", "M-HELP:"),
        ("wang-etal-2024-patient", "title", "PATIENT-Ψ:"),
        ("varadarajan-etal-2024-alba", "former_title", "Adaptive Language-based Mental Health Assessment"),
        ("varadarajan-etal-2024-alba", "authors", "Kjell, Oscar N. E."),
        ("huang-etal-2024-humanity", "authors", "Lyu, Michael R."),
        ("chaszczewicz-etal-2024-multi", "authors", "Shah, Raj Sanjay"),
        ("lee-etal-2025-panictocalm", "authors", "Lee, Gary Geunbae"),
        ("min-etal-2023-verve", "authors", "Pérez-Rosas, Verónica"),
        ("siddals-etal-2024-happened", "authors", "Coxon, Astrid"),
        ("xiao-etal-2025-moodangels", "former_authors", "Ye, Mang"),
        ("hu-etal-2025-beyond", "former_authors", "Hu, He"),
    ],
)
def test_a_preprint_that_differs_is_kept_beside_the_record(
    catalog: Catalog, key: str, field: str, expected: str
) -> None:
    preprint = work(catalog, key).preprint
    assert preprint
    value = getattr(preprint, field)
    assert expected in (value if isinstance(value, str) else [inverted(name) for name in value])


def test_aliases_hold_the_preprint_year_and_the_google_scholar_form(catalog: Catalog) -> None:
    assert "qiu2025psydial" in work(catalog, "qiu-lan-2025-psydial").aliases
    assert {"hua-etal-2024-scoping", "hua2025scoping", "hua2024applying"} <= set(
        work(catalog, "hua-etal-2025-scoping").aliases
    )
    assert "ben2025assessing" in work(catalog, "ben-zion-etal-2025-assessing").aliases
    assert all(one.aliases for one in catalog.works)


def test_the_anthology_s_own_key_is_used_where_it_is_known(catalog: Catalog) -> None:
    known = [one for one in catalog.works if one.record and one.record.anthology_key]
    assert len(known) == 45
    assert all(one.record and one.record.anthology_key == one.key for one in known)


def test_two_works_with_one_name_are_two_works(catalog: Catalog) -> None:
    names = [one for one in catalog.works if fold(one.preferred.title).startswith("psydial ")]
    assert [families(one)[0] for one in names] == ["Han", "Qiu"]


def test_identifiers_of_a_rich_record_are_all_there(catalog: Catalog) -> None:
    record = work(catalog, "ben-zion-etal-2025-assessing").preferred
    assert record.identifiers == (
        Identifier("doi", "10.1038/s41746-025-01512-6"),
        Identifier("pmid", "40033130"),
        Identifier("pmcid", "PMC11876565"),
    )


def test_the_files_hold_what_is_read_and_no_more(catalog: Catalog) -> None:
    files = sorted(path.stem for path in (ROOT / "catalog/works").iterdir())
    assert files == [one.key for one in catalog.works]
    assert all("preprint" in encode_work(one) or "record" in encode_work(one) for one in catalog.works)

"""The store: filters select what they say, lists sort and show columns, facets count."""

import pytest

from mhlit.store.filters import Filters, parse_years
from mhlit.store.index import handles, is_name
from mhlit.store.reading import COLUMNS, SORTS, Store

QUIET, CALM, LONELY, PSI, ECHO_1, ECHO_2 = (
    "abel-etal-2024-quietbot",
    "abel-ng-2025-calm",
    "commons-2026-loneliness",
    "petrov-2021-psi",
    "twin-twin-2022-echo",
    "twin-2023-echo",
)


def keys(store: Store, filters: Filters, sort: str = "key") -> list[str]:
    return store.keys(store.ids(filters, sort))


@pytest.mark.parametrize(
    ("filters", "selected"),
    [
        (Filters({"section": ("first",)}), [QUIET, PSI]),
        (Filters({"section": ("first", "second")}), [QUIET, CALM, PSI]),
        (Filters({"section": ("first",), "topic": ("empathy",)}), [QUIET]),
        (Filters({"venue": ("CONF",)}), [QUIET, ECHO_2]),
        (Filters({"venue": ("Findings of CONF",)}), [ECHO_1]),
        (Filters({"venue": ("arXiv",)}), [PSI]),
        (Filters({"status": ("partial", "listed")}), [CALM, LONELY]),
        (Filters({"has": ("code",)}), [QUIET]),
        (Filters({"has": ("doi",)}), [QUIET, CALM, LONELY, PSI]),
        (Filters({"has": ("preprint",)}), [QUIET, LONELY, PSI]),
        (Filters({"has": ("published",), "resource": ("evaluation",)}), [ECHO_1]),
        (Filters({"language": ("ja",)}), [QUIET]),
        (Filters(authors=("Zoe",)), [QUIET, CALM]),
        (Filters(authors=("BERG van",)), [QUIET]),
        (Filters(authors=("Abel Ng",)), []),
        (Filters(authors=("twin two",)), [ECHO_2, ECHO_1]),
        (Filters(authors=("đorđe",)), [PSI]),
        (Filters(authors=("imagined",)), [LONELY]),
        (Filters(authors=("%",)), []),
        (Filters(years=((2024, 2024),)), [QUIET]),
        (Filters(years=((2025, None),)), [CALM, LONELY]),
        (Filters(years=((None, 2022),)), [PSI, ECHO_1]),
        (Filters(years=((2021, 2021), (2026, 2026))), [LONELY, PSI]),
    ],
)
def test_filters_select_any_value_within_and_all_between(
    toy_store: Store, filters: Filters, selected: list[str]
) -> None:
    assert keys(toy_store, filters) == selected


def test_no_filter_is_false_and_any_filter_is_true() -> None:
    assert not Filters()
    assert not Filters({"topic": ()})
    assert Filters({"topic": ("empathy",)})
    assert Filters(authors=("x",))


@pytest.mark.parametrize(
    ("sort", "ordered"),
    [
        ("key", [QUIET, CALM, LONELY, PSI, ECHO_2, ECHO_1]),
        ("year", [LONELY, CALM, QUIET, ECHO_2, ECHO_1, PSI]),
        ("author", [QUIET, CALM, LONELY, PSI, ECHO_1, ECHO_2]),
        ("title", [PSI, ECHO_2, ECHO_1, LONELY, CALM, QUIET]),
        ("venue", [PSI, QUIET, ECHO_2, ECHO_1, CALM, LONELY]),
        ("listed", [QUIET, CALM, PSI, LONELY, ECHO_2, ECHO_1]),
    ],
)
def test_every_order_sorts_as_its_name_says(toy_store: Store, sort: str, ordered: list[str]) -> None:
    assert keys(toy_store, Filters(), sort) == ordered
    assert sort in SORTS


def test_rows_come_in_the_order_asked_for(toy_store: Store) -> None:
    ids = toy_store.ids(Filters())
    assert toy_store.rows(ids[::-1], ["key"]) == [(key,) for key in [ECHO_1, ECHO_2, PSI, LONELY, CALM, QUIET]]


def test_every_column_shows_what_the_work_has(toy_store: Store) -> None:
    (work,) = toy_store.lookup("works", "key", [QUIET])
    (row,) = toy_store.rows([work], list(COLUMNS))
    assert dict(zip(COLUMNS, row, strict=True)) == {
        "key": QUIET,
        "title": "QuietBot: A Made-Up Listener for Empathy and Calm",
        "author": "Abel et al.",
        "venue": "CONF",
        "year": 2024,
        "status": "verified",
        "authors": "Abel, Zoë; van der Berg, Ann-Kathrin; Okafor Lindqvist, Émile; Strong, Jr., Sam",
        "type": "inproceedings",
        "issued": "2024-08-12",
        "container": "Proceedings of the Third Conference on Made-Up Things",
        "doi": "10.9999/conf.2024_7",
        "arxiv": "2301.00010",
        "acl": "2024.conf-main.7",
        "url": "https://example.org/conf/7?a=1&b=2",
        "pdf": "https://example.org/conf/7.pdf",
        "summary": "Builds a listener that does not exist.",
        "sections": "first; second",
        "lists": "one-list",
        "topics": "empathy; chatbots",
        "resources": "system; dataset",
        "languages": "ja",
    }


def test_a_preprint_only_work_shows_its_preprint(toy_store: Store) -> None:
    (work,) = toy_store.lookup("works", "key", [PSI])
    columns = ["type", "issued", "venue", "doi", "url", "pdf", "topics"]
    assert toy_store.rows([work], columns) == [
        (
            "misc",
            "2021-11",
            "arXiv",
            "10.48550/arXiv.2111.00001",
            "https://arxiv.org/abs/2111.00001",
            None,
            "theory-of-mind",
        )
    ]


def test_facets_count_the_selected_works(toy_store: Store) -> None:
    assert toy_store.facet_counts("section", Filters()) == [("first", 2), ("second", 2)]
    assert toy_store.facet_counts("venue", Filters({"section": ("first",)})) == [("CONF", 1), ("arXiv", 1)]
    assert toy_store.facet_counts("year", Filters(years=((2025, None),))) == [("2025", 1), ("2026", 1)]


def test_more_works_than_sqlite_takes_parameters_are_read(toy_store: Store) -> None:
    ids = toy_store.ids(Filters())
    assert len(toy_store.rows(ids * 400, ["key"])) == 2400


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2024", (2024, 2024)),
        ("2023..2025", (2023, 2025)),
        ("2024..", (2024, None)),
        ("..2020", (None, 2020)),
        ("2024..2024", (2024, 2024)),
    ],
)
def test_years_are_read(text: str, years: tuple[int | None, int | None]) -> None:
    assert parse_years(text) == years


@pytest.mark.parametrize("text", ["", "..", "abc", "24", "2025..2023", "2024.", "2024...2025", "20244", "-2024"])
def test_what_is_no_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a year|runs backwards"):
        parse_years(text)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("KokoroChat:", True),
        ("MDD-5k:", True),
        ("LLMs’", True),
        ("“DiaCBT”", True),
        ("Large-Scale", False),
        ("Empathy,", False),
        ("2024", False),
        ("A", False),
    ],
)
def test_names_are_told_from_words(word: str, name: bool) -> None:
    assert is_name(word) is name


def test_a_work_goes_by_the_names_in_its_titles(toy_store: Store) -> None:
    (work,) = toy_store.works(toy_store.lookup("works", "key", [QUIET]))
    assert handles(work) == ["quietbot", "silentbot"]

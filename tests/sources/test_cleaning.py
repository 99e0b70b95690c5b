"""What sources write is brought into the model's form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhlit.model import Name, PartialDate
from mhlit.sources import cleaning
from mhlit.text import printable


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("A <i>study</i> of\n   &amp;amp; <sub>2</sub>", "A study of & 2"),
        ("<jats:italic>In vivo</jats:italic> &lt;3", "In vivo <3"),
        ("<mml:math><mml:mi>α</mml:mi><mml:mo>-</mml:mo></mml:math> waves", "α- waves"),
        ("p < 0.05 and n > 3", "p < 0.05 and n > 3"),
        ("bad \x1b[31mred\u202e", "bad [31mred"),
        ("e\u0301t\u00e9", "été"),
        (None, ""),
        (3, ""),
        (["x"], ""),
    ],
)
def test_markup_and_controls_are_taken_out(raw: object, text: str) -> None:
    assert cleaning.clean(raw) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (r"The $\psi$-score of M\"uller", "The ψ-score of Müller"),
        (r"100% of \emph{all}", "100% of all"),
        ("100% of all", "100% of all"),
        ("What $5 buys", "What $5 buys"),
        ("A_b -- and C", "A_b -- and C"),
    ],
)
def test_latex_is_read_where_there_is_any(raw: str, text: str) -> None:
    assert cleaning.clean_latex(raw) == text


@pytest.mark.parametrize(
    ("family", "given", "name"),
    [
        ("van der Maaten", "Laurens", Name("Maaten", "Laurens", "van der")),
        ("ZHANG", "Wei", Name("Zhang", "Wei")),
        ("DE CHOUDHURY", "MUNMUN", Name("De Choudhury", "Munmun")),
        ("LI", "J.-K.", Name("LI", "J.-K.")),
        ("McDonald", "R", Name("McDonald", "R")),
        ("Plato", "", Name(literal="Plato")),
        ("", "Plato", Name(literal="Plato")),
        (None, None, Name()),
    ],
)
def test_names_come_in_parts_and_are_not_shouted(family: object, given: object, name: Name) -> None:
    assert cleaning.person(family, given) == name


@pytest.mark.parametrize(
    ("parts", "date"),
    [
        ([2024, 5, 13], PartialDate(2024, 5, 13)),
        ([2024, 2, 31], PartialDate(2024, 2)),
        (["2024", "13"], PartialDate(2024)),
        ([None], None),
        ([], None),
        ("2024", None),
        ([0], PartialDate(0)),
    ],
)
def test_dates_are_as_exact_as_they_are_true(parts: object, date: PartialDate | None) -> None:
    assert cleaning.date_of_parts(parts) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-05-13T00:00:00Z", PartialDate(2024, 5, 13)),
        ("2024/5/3", PartialDate(2024, 5, 3)),
        ("2024", PartialDate(2024)),
        ("May 2024", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_in_text_are_read(text: object, date: PartialDate | None) -> None:
    assert cleaning.date_of_text(text) == date


@pytest.mark.parametrize(
    ("raw", "found"),
    [(("1–15",), ("1-15", "")), (("230", "230"), ("", "230")), (("e123", ""), ("e123", "")), (("", "e1"), ("", "e1"))],
)
def test_an_article_number_is_no_page(raw: tuple[str, ...], found: tuple[str, str]) -> None:
    assert cleaning.pages(*raw) == found


@given(st.one_of(st.text(), st.none(), st.integers(), st.lists(st.text())))
def test_nothing_that_a_source_says_is_too_odd(value: object) -> None:
    for text in (cleaning.clean(value), cleaning.clean_latex(value)):
        assert text == printable(text)
    cleaning.person(value, value)
    cleaning.spoken(value)
    cleaning.date_of_parts(value)
    cleaning.date_of_text(value)
    cleaning.pages(value, value)
    cleaning.identifier("doi", value)
    cleaning.entries(value)
    cleaning.first(value)

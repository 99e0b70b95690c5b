"""Lists of names with something else than `and` between them, and lists that have it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhlit.formats.readers.people import read_names
from mhlit.formats.readers.separators import with_and


@pytest.mark.parametrize(
    ("value", "mended"),
    [
        ("Roe, Ann; Poe, Jan B.", "Roe, Ann and Poe, Jan B."),
        ("Roe, Ann;\n  van der Poe, Jan;", "Roe, Ann and van der Poe, Jan"),
        ("Roe, Ann; Poe, Jan and Lee, Ada", "Roe, Ann and Poe, Jan and Lee, Ada"),
        ("Ann Roe, Jan Poe, Ada Lee", "Roe, Ann and Poe, Jan and Lee, Ada"),
        ("Ann Roe, Jan Poe, and Ada Lee", "Roe, Ann and Poe, Jan and Lee, Ada"),
        ("Roe, A., Poe, J. B., Lee, A.", "Roe, A. and Poe, J. B. and Lee, A."),
        ("Roe A, Poe JB, Lee A, Moe K", "Roe, A and Poe, JB and Lee, A and Moe, K"),
        ("Ann Roe, Jan Poe, et al.", "Roe, Ann and Poe, Jan and others"),
    ],
)
def test_a_list_gets_and_between_its_names(value: str, mended: str) -> None:
    assert with_and(value) == mended


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Roe, Ann",
        "Roe, Jr., Ann and Poe, Jan",
        "García Roe, Ann María, and Poe, Jan",
        "Roe, Ann, and Poe, Jan",
        "{Ministry of Health, Labour, and Welfare, Somewhere}",
        "M&uuml;ller, Jan and M&amp; Roe",
        r"Roe, J.\,R. and Poe, A.\; B.",
        "European Commission, Directorate-General for Health, Brussels",
    ],
)
def test_what_bibtex_can_read_or_nobody_can_tell_stays(value: str) -> None:
    assert with_and(value) == ""


words = st.from_regex(r"[A-Z][a-zé]{1,8}(-[A-Z][a-z]{2,6})?", fullmatch=True)
given_names = st.lists(st.one_of(words, st.from_regex(r"[A-Z]\.", fullmatch=True)), min_size=1, max_size=3).map(
    " ".join
)
people = st.lists(st.tuples(words, given_names).map(", ".join), min_size=2, max_size=9)


@given(people)
def test_a_list_with_and_is_never_touched_and_one_with_semicolons_reads_alike(names: list[str]) -> None:
    right = " and ".join(names)
    assert with_and(right) == ""
    assert read_names(with_and("; ".join(names))) == read_names(right)

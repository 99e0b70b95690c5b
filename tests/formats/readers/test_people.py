"""Names as BibTeX reads them: the three forms, particles, suffixes, groups, and what people write instead."""

import pybtex.errors
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import Person

from mhlit.formats.latex_reading import decode
from mhlit.formats.readers.people import read_name, read_names
from mhlit.model import Name
from mhlit.names import family_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Qiu, Huachuan", Name("Qiu", "Huachuan")),
        ("Huachuan Qiu", Name("Qiu", "Huachuan")),
        ("van der Maaten, Laurens", Name("Maaten", "Laurens", "van der")),
        ("Laurens van der Maaten", Name("Maaten", "Laurens", "van der")),
        ("De Choudhury, Munmun", Name("De Choudhury", "Munmun")),
        ("Strunk, Jr., William", Name("Strunk", "William", "", "Jr.")),
        ("William Strunk Jr.", Name("Strunk", "William", "", "Jr.")),
        (r"Arag{\'o}n, Mario Ezra", Name("Aragón", "Mario Ezra")),
        (r"{\L}ukasz Kaiser", Name("Kaiser", "Łukasz")),
        ("{World Health Organization}", Name(literal="World Health Organization")),
        ("{{Barnes and Noble}}", Name(literal="Barnes and Noble")),
        ("OpenAI", Name(literal="OpenAI")),
        (r"{\'E}lise {De Choudhury}", Name("De Choudhury", "Élise")),
        ("{Brunstein Klomek}, Anat", Name("Brunstein Klomek", "Anat")),
        ("BN, Suhas", Name("BN", "Suhas")),
        ("Oscar N.~E. Kjell", Name("Kjell", "Oscar N. E.")),
        ("a, b, c, d", Name("a", "b c d")),
        ("Smith,", Name(literal="Smith")),
        (", Jane", Name(literal="Jane")),
        ("Zhang 0001, Wei", Name("Zhang", "Wei")),
    ],
)
def test_a_name_is_read(text: str, name: Name) -> None:
    assert read_name(text) == name


@pytest.mark.parametrize(
    ("text", "names", "omitted"),
    [
        ("A, B and C, D", ["A", "C"], -1),
        ("A, B AND C, D and others", ["A", "C"], 2),
        ("A, B and et al.", ["A"], 1),
        ("A, B and … and D, E", ["A", "D"], 1),
        ("{Barnes and Noble} and A, B", ["Barnes and Noble", "A"], -1),
        ("A, B\n  and\n  C, D", ["A", "C"], -1),
        ("Anderson, Andy and Sandberg, Brand", ["Anderson", "Sandberg"], -1),
        ("", [], -1),
        (" and ", [], -1),
    ],
)
def test_names_are_split_and_what_is_left_out_is_told(text: str, names: list[str], omitted: int) -> None:
    found, before = read_names(text)
    assert ([family_name(name) for name in found], before) == (names, omitted)


words = st.sampled_from(
    ["Ada", "Bo", "de", "van", "der", "Lovelace", "Ng", "O'Neil", r"{\'E}mile", "{von Braun}", r"M{\"u}ller", "J.", "Ł"]
)


@given(st.lists(words, min_size=2, max_size=5), st.one_of(st.none(), st.lists(words, min_size=1, max_size=3)))
def test_names_are_those_that_pybtex_reads(family: list[str], given_words: list[str] | None) -> None:
    text = " ".join(family) + (f", {' '.join(given_words)}" if given_words else "")
    with pybtex.errors.capture():
        person = Person(text)
    ours = read_name(text)
    lower = [word in ("de", "van", "der") for word in family]
    if ours.literal or lower[-1] or (given_words and lower != sorted(lower, reverse=True)):
        return  # BibTeX has no groups, and calls "Souza de" in "Souza de Oliveira, Ada" a particle; we do not
    assert ours.family == decode(" ".join(person.last_names))
    assert ours.particle == decode(" ".join(person.prelast_names))
    assert ours.given == decode(" ".join(person.first_names + person.middle_names))


@given(st.text(st.sampled_from("Aa {},~\\'$and\n."), max_size=40))
def test_no_name_is_too_strange(text: str) -> None:
    names, omitted = read_names(text)
    assert all(family_name(name) or name.given for name in names)
    assert -1 <= omitted <= len(names)

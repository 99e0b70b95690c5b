"""Styles render whatever a record holds, and a style that is damaged is told, never a traceback."""

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mhlit.cite.csl.markup import as_text
from mhlit.cite.styles import STYLES, Style, compose
from mhlit.errors import MhlitError
from mhlit.model import Entry, Name, PartialDate, Record, Version
from tests.formats.test_round_trips import entries

style = cache(Style)


def entry(key: str, family: str, title: str, year: int, given: str = "Ada") -> Entry:
    record = Record(
        version=Version.VERSION_OF_RECORD,
        type="article",
        title=title,
        authors=(Name(family, given),),
        issued=PartialDate(year),
        container_title="Journal of Made-up Results",
    )
    return Entry(key, record)


@pytest.mark.parametrize("name", STYLES)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(one=entries())
def test_every_record_can_be_rendered_in_every_form(name: str, one: Entry) -> None:
    references = style(name).references([one])
    assert len(references) == 1
    for form in ("text", "markdown", "html"):
        assert compose(references, form).count("\n") >= 1
    assert not re.search(r"[\x00-\x08\x0b-\x1f\ue000-\uf8ff]", as_text(references[0].text))
    assert len(style(name).citations([one])) == 1


def test_keys_that_differ_in_case_alone_stay_two_works() -> None:
    texts = [
        one.text for one in style("apa").references([entry("a", "Abel", "One", 2020), entry("A", "Berg", "Two", 2021)])
    ]
    assert [text[:4] for text in texts] == ["Abel", "Berg"]


def test_works_of_one_author_and_year_get_letters() -> None:
    same = [entry("one", "Abel", "One thing", 2020), entry("two", "Abel", "Another", 2020)]
    assert [as_text(one.text)[:17] for one in style("apa").references(same)] == [
        "Abel, A. (2020a).",
        "Abel, A. (2020b).",
    ]
    assert [one.text for one in style("apa").citations(same)] == ["(Abel, 2020b)", "(Abel, 2020a)"]


def test_html_is_escaped_and_markdown_too() -> None:
    (one,) = style("ieee").references([entry("x", "O'Brien & <b>Co", "A <script>alert(1)</script> & *stars*", 2020)])
    page = compose([one], "html")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "\\*stars\\*" in compose([one], "markdown")


@pytest.fixture(scope="module")
def acl(tmp_path_factory: pytest.TempPathFactory) -> str:
    return style("acl").path.read_text(encoding="utf-8")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_a_damaged_style_renders_or_is_told(acl: str, tmp_path: Path, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(acl) - 1))
    length = data.draw(st.integers(0, 60))
    instead = data.draw(
        st.sampled_from(["", '"', ">", "/>", "<text/>", '<text macro="none"/>', "<names/>", "&x;", "999999"])
    )
    file = tmp_path / "damaged.csl"
    file.write_text(acl[:start] + instead + acl[start + length :], encoding="utf-8")
    said = ""
    try:
        damaged = Style(str(file))
        damaged.citations([entry("x", "Abel", "One", 2020)])
        damaged.references([entry("x", "Abel", "One", 2020)])
    except MhlitError as error:
        said = error.message
    assert not said or said.startswith(str(file))
    assert "\n" not in said


def test_what_is_told_of_a_damaged_style_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "damaged.csl"
    file.write_text("<style>\n<!-- a line\nand two -- hyphens -->\n</style>", encoding="utf-8")
    with pytest.raises(MhlitError) as told:
        Style(str(file))
    assert "\n" not in told.value.message
    assert told.value.message.startswith(f"{file}:3: is not XML: Double hyphen")

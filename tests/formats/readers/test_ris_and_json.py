"""RIS and CSL-JSON: records with their places, what others leave out or write otherwise, damage told."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhlit.catalog.source import Catalog
from mhlit.cite import entry_of, writer
from mhlit.formats.readers import csl_json, ris
from mhlit.model import Identifier, Name, PartialDate, Version

RECORD = """TY  - JOUR
AU  - Hua, Yining
AU  - Strong, Sam, Jr.
A1  - World Health Organization,
TI  - A scoping <i>review</i> of
  large models &amp; more
T2  - npj Digital Medicine
PY  - 2025
DA  - 2025/04/30/
VL  - 8
IS  - 1
SP  - 12
EP  - 19
SN  - 2398-6352
DO  - 10.1038/s41746-025-01611-4
UR  - https://arxiv.org/abs/2408.11288
N1  - kept
ER  - """


def test_a_ris_record_is_read_whole() -> None:
    (entry,) = ris.read("\n" + RECORD + "\n").entries
    record = entry.record
    assert (entry.type, record.type, entry.place and entry.place.line) == ("JOUR", "article", 2)
    assert record.title == "A scoping review of large models & more"
    assert record.authors == (
        Name("Hua", "Yining"),
        Name("Strong", "Sam", "", "Jr."),
        Name(literal="World Health Organization"),
    )
    assert record.issued == PartialDate(2025, 4, 30)
    assert (record.volume, record.issue, record.pages) == ("8", "1", "12-19")
    assert record.identifiers == (Identifier("issn", "2398-6352"), Identifier("doi", "10.1038/s41746-025-01611-4"))
    assert entry.eprint == Identifier("arxiv", "2408.11288")
    assert entry.fields[-1].value == "kept"


def test_a_ris_record_without_its_end_is_read_and_told() -> None:
    reading = ris.read("TY  - CONF\nTI  - One\nTY  - CONF\nTI  - Two\n")
    assert [entry.record.title for entry in reading.entries] == ["One", "Two"]
    assert [(problem.place.line, problem.message) for problem in reading.problems] == [
        (3, "the record before this one has no ER"),
        (4, "the last record has no ER"),
    ]


@pytest.mark.parametrize("text", ["words only", "TI  - no type\nER  - "])
def test_what_is_no_ris_is_said_to_be_none(text: str) -> None:
    assert ris.read(text).problems


@pytest.mark.parametrize(
    ("date", "read"),
    [
        ("2025", (2025, 0, 0)),
        ("2025/04//", (2025, 4, 0)),
        ("2025/04/30/early", (2025, 4, 30)),
        ("July 2025", (2025, 7, 0)),
    ],
)
def test_ris_dates_of_every_form_are_read(date: str, read: tuple[int, int, int]) -> None:
    (entry,) = ris.read(f"TY  - JOUR\nPY  - {date}\nER  - \n").entries
    assert entry.record.issued == PartialDate(*read)


def test_all_works_come_back_from_csl_json(catalog: Catalog) -> None:
    written = [entry_of(work) for work in catalog.works]
    reading = csl_json.read(writer("csl-json")(written))
    assert reading.problems == ()
    for old, new in zip(written, reading.entries, strict=True):
        assert (new.key, new.eprint, new.annotation) == (old.key, old.eprint, old.annotation)
        for name in ("title", "authors", "issued", "container_title", "volume", "issue", "pages", "article_number",
                     "publisher", "editors", "type", "version"):  # fmt: skip
            assert getattr(new.record, name) == getattr(old.record, name), (old.key, name)


def test_a_field_of_csl_json_is_where_it_is_said_to_be() -> None:
    text = (
        '[{"id": "a", "title": "A \\u00e9", "author": [{"literal": "others"}]}, {"id":"b","issued":{"raw":"2020-05"}}]'
    )
    first, second = csl_json.read(text).entries
    assert first.record.title == "A é"
    assert text[first.fields[1].start : first.fields[1].end] == '"A \\u00e9"'
    assert (first.omitted, first.record.authors) == (0, ())
    assert second.record.issued == PartialDate(2020, 5)


@pytest.mark.parametrize("holder", ['{{"items": [{}]}}', "[{}]", "{}"])
def test_items_are_found_wherever_they_are_held(holder: str) -> None:
    item = {"id": "x", "type": "article", "title": "T", "publisher": "arXiv", "number": "arXiv:2502.11095"}
    (entry,) = csl_json.read(holder.format(json.dumps(item))).entries
    assert entry.record.version is Version.PREPRINT
    assert entry.record.identifier("arxiv") == "2502.11095"


@pytest.mark.parametrize(
    ("text", "entries", "message"),
    [
        ("", 0, "not JSON: expected an array of items"),
        ('[{"id": "a"}, {"id"', 1, "not JSON: expected a colon"),
        ('[{"id": "a"}, 3]', 1, "expected an item with fields, in braces"),
        ("[" * 100_000, 0, "not CSL-JSON"),
        ('[{"id": ' + "1" * 5000 + "}]", 0, "not CSL-JSON"),
    ],
)
def test_damaged_json_is_told_with_what_was_read(text: str, entries: int, message: str) -> None:
    reading = csl_json.read(text)
    assert len(reading.entries) == entries
    assert reading.problems[0].message.startswith(message)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from(["id", "type", "title", "author", "issued", "page", "custom", "DOI", "URL", "container-title"])


@given(st.lists(st.dictionaries(names, json_values, max_size=6), max_size=4))
def test_no_item_is_too_strange(items: list[dict[str, object]]) -> None:
    assert len(csl_json.read(json.dumps(items)).entries) == sum(1 for item in items if item)


@given(
    st.lists(
        st.sampled_from(
            ["TY  - JOUR", "TI  - x", "ER  - ", "AU  - ,", "PY  - 99", "  more", "", "ER  -", "é", "SP  - "]
        )
    )
)
def test_no_ris_is_too_strange(lines: list[str]) -> None:
    text = "\n".join(lines)
    for entry in ris.read(text).entries:
        for field in entry.fields:
            assert text[field.name_start :].startswith(field.name)

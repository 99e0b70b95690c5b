"""BibTeX and BibLaTeX: every entry read with its places, every error told, the rest of the file read on."""

import re
import time

import pybtex.errors
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from mhlit.catalog.source import Catalog
from mhlit.cite import entry_of, writer
from mhlit.formats.readers import Reading
from mhlit.formats.readers.bibtex import read
from mhlit.model import Entry, Identifier, Name, PartialDate, Version

FIELDS_NOT_WRITTEN = ("venue", "track", "anthology_key", "pdf", "former_title", "former_authors")


def one(text: str) -> Entry:
    reading = read(text)
    assert [problem.message for problem in reading.problems] == []
    (entry,) = reading.entries
    return entry


def values(entry: Entry) -> dict[str, str]:
    return {field.name: field.value for field in entry.fields}


def told(reading: Reading) -> list[tuple[int, int, str]]:
    return [(problem.place.line, problem.place.column, problem.message) for problem in reading.problems]


def test_an_entry_is_read_whole() -> None:
    entry = one(
        r"""
@InProceedings{aragon-2023,
  Title     = {{DisorBERT}: A Double Domain},
  author    = {Arag{\'o}n, Mario Ezra and van der Berg, A. and {World Health Organization} and others},
  booktitle = "Proceedings of " # {the Meeting},
  year = 2023, month = jul # "~9",
  pages     = {15305--15318},
  doi       = {10.18653/v1/2023.acl-long.853},
  url       = {https://aclanthology.org/2023.acl-long.853},
  eprint = {2301.00001v2}, archivePrefix = {arXiv}, primaryClass = {cs.CL},
  keywords  = {kept, too},
}
"""
    )
    record = entry.record
    assert (entry.key, entry.type, entry.place and entry.place.line) == ("aragon-2023", "inproceedings", 2)
    assert record.title == "DisorBERT: A Double Domain"
    assert record.authors == (
        Name("Aragón", "Mario Ezra"),
        Name("Berg", "A.", "van der"),
        Name(literal="World Health Organization"),
    )
    assert entry.omitted == 3
    assert record.container_title == "Proceedings of the Meeting"
    assert record.issued == PartialDate(2023, 7, 9)
    assert record.pages == "15305-15318"
    assert record.version is Version.VERSION_OF_RECORD
    assert entry.eprint == Identifier("arxiv", "2301.00001")
    assert entry.eprint_class == "cs.CL"
    assert record.identifier("doi") == "10.18653/v1/2023.acl-long.853"
    assert record.identifier("acl") == "2023.acl-long.853"
    assert values(entry)["keywords"] == "kept, too"


@pytest.mark.parametrize(
    "fields",
    [
        "journal = {arXiv preprint arXiv:2502.11095}",  # Google Scholar
        "journal = {CoRR}, volume = {abs/2502.11095}, eprinttype = {arXiv}, eprint = {2502.11095}",  # DBLP
        "journal = {ArXiv}, volume = {abs/2502.11095}",  # Semantic Scholar
        "publisher = {arXiv}, number = {arXiv:2502.11095}, doi = {10.48550/arXiv.2502.11095}",  # Zotero
        "eprint = {2502.11095}, archivePrefix = {arXiv}, primaryClass = {cs.CL}",  # arXiv
        "journal = {arXiv e-prints}, eid = {arXiv:2502.11095}, pages = {arXiv:2502.11095}",  # ADS
        "arxivId = {2502.11095}, archivePrefix = {arXiv}",  # Mendeley
        "howpublished = {\\url{https://arxiv.org/abs/2502.11095v2}}",  # by hand
        "note = {arXiv:2502.11095 [cs]}, url = {http://arxiv.org/abs/2502.11095}",  # Zotero, older
    ],
)
@pytest.mark.parametrize("type", ["article", "misc"])
def test_a_preprint_is_known_as_one_however_it_is_written(type: str, fields: str) -> None:
    entry = one(f"@{type}{{na, title = {{A}}, {fields}}}")
    assert entry.record.version is Version.PREPRINT
    assert entry.record.server == "arXiv"
    assert entry.record.identifier("arxiv") == "2502.11095"
    assert entry.record.container_title == ""


def test_every_field_is_where_it_is_said_to_be() -> None:
    text = '@misc{a,\n  title = {A {B} C},\n  note="x" # jan,\n year = 2020 }\r\n'
    for field in one(text).fields:
        assert text[field.name_start :].startswith(field.name)
    title, note, year = one(text).fields
    assert [text[field.start : field.end] for field in (title, note, year)] == ["{A {B} C}", '"x" # jan', "2020"]


def test_strings_are_put_in_whatever_their_case() -> None:
    text = '@string{acl = "ACL " # {2020}}\n@STRING(Foo = {Bar})\n@misc{d, title = ACL # { & } # foo, month = dec}'
    assert values(one(text)) == {"title": "ACL 2020 & Bar", "month": "December"}


def test_comments_preambles_and_jabref_groups_are_passed_over() -> None:
    text = (
        "% Encoding: UTF-8\nfor me@home.org\n@preamble{ {\\newcommand{\\x}{y}} }\n@misc(a, title = {(x)})\n"
        "@Comment{jabref-meta: databaseType:bibtex; @misc{no, title={}} }\n@comment{\n@misc{no,\n title={x}}\n}\n"
    )
    assert one(text).key == "a"


def test_an_entry_behind_a_percent_sign_is_commented_out_and_said_to_be() -> None:
    reading = read("%@misc{c, title={X}}\n@misc{d, title={Y}}\n")
    assert [entry.key for entry in reading.entries] == ["d"]
    assert [problem.rule for problem in reading.problems] == ["commented-entry"]


@pytest.mark.parametrize(
    ("text", "entries", "problems"),
    [
        pytest.param(
            "@article{a,\n  title = {Foo,\n  year = {2020},\n}\n\n@article{b, title={B}}\n",
            {"a": {"title": "Foo", "year": "2020"}, "b": {"title": "B"}},
            [(2, 11, "the brace that opens 'title' is never closed")],
            id="a brace is missing",
        ),
        pytest.param(
            "@article{a,\n  title = {Foo},\n  year = 2020\n\n@article{b, title={B}}\n",
            {"a": {"title": "Foo", "year": "2020"}, "b": {"title": "B"}},
            [(1, 1, "this entry is never closed")],
            id="the last brace is missing",
        ),
        pytest.param(
            "@article{a,\n  title = {Foo},\n  year = {2020",
            {"a": {"title": "Foo", "year": "2020"}},
            [(3, 10, "the brace that opens 'year' is never closed")],
            id="the file is cut off",
        ),
        pytest.param(
            '@misc{a,\n  title = "Foo,\n  year = 2020}\n@misc{b, note={q}}',
            {"a": {"title": "Foo", "year": "2020"}, "b": {"note": "q"}},
            [(2, 11, "the quotation mark that opens 'title' is never closed")],
            id="a quotation mark is missing",
        ),
        pytest.param(
            "@misc{a, title={Foo} year={2020}, note={x}}",
            {"a": {"title": "Foo", "year": "2020", "note": "x"}},
            [(1, 22, "a comma is missing before 'year'")],
            id="a comma is missing",
        ),
        pytest.param(
            "@misc{title={1}, year={2020}}",
            {"": {"title": "1", "year": "2020"}},
            [(1, 1, "this entry has no key")],
            id="the key is missing",
        ),
        pytest.param(
            "@misc{a b, title={1}}",
            {"a b": {"title": "1"}},
            [(1, 7, "the key 'a b' holds a space")],
            id="a key with a space",
        ),
        pytest.param(
            "@misc a, title={x}\n@misc{b, note={q}}",
            {"b": {"note": "q"}},
            [(1, 1, "expected an entry such as @article{key, …} after this @")],
            id="no brace after the type",
        ),
        pytest.param(
            "@misc{a, year=, title={x}}",
            {"a": {"year": "", "title": "x"}},
            [(1, 15, "the field 'year' has no value")],
            id="no value",
        ),
        pytest.param(
            "@misc{a, title={x}, % why\n note={y}}",
            {"a": {"title": "x", "note": "y"}},
            [(1, 21, "BibTeX knows no comments inside an entry")],
            id="a comment inside",
        ),
        pytest.param(
            "@misc{a, title={x}, title={y}}",
            {"a": {"title": "y"}},
            [(1, 21, "the field 'title' stands here twice")],
            id="a field twice",
        ),
        pytest.param("just words", {}, [(1, 1, "no entry was found: this does not look like BibTeX")], id="no BibTeX"),
    ],
)
def test_an_error_is_told_and_the_rest_is_read(
    text: str, entries: dict[str, dict[str, str]], problems: list[tuple[int, int, str]]
) -> None:
    reading = read(text)
    assert {entry.key: values(entry) for entry in reading.entries} == entries
    assert told(reading) == problems


def test_an_undefined_string_keeps_its_name() -> None:
    reading = read("@misc{a, journal = IEEE_J_CSS}")
    assert values(reading.entries[0]) == {"journal": "IEEE_J_CSS"}
    assert [problem.rule for problem in reading.problems] == ["undefined-string"]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_numbers_hold_for_every_kind_of_line_end(ends: str) -> None:
    text = ends.join(["% x", "@misc{a,", "  title = {A", "   B},", "}", "@misc{b, title={q}}", ""])
    reading = read(text)
    assert [(entry.key, entry.place and entry.place.line) for entry in reading.entries] == [("a", 2), ("b", 6)]
    assert values(reading.entries[0]) == {"title": "A B"}


def test_all_works_come_back_as_they_were_written(catalog: Catalog) -> None:
    written = [entry_of(work) for work in catalog.works]
    reading = read(writer("bibtex")(written))
    assert reading.problems == ()
    for old, new in zip(written, reading.entries, strict=True):
        assert (new.key, new.eprint, new.eprint_class, new.annotation) == (
            old.key,
            old.eprint,
            old.eprint_class,
            old.annotation,
        )
        # BibTeX has no field for an article number; an identifier comes back where it has a field or an address.
        wanted = old.record._replace(pages=old.record.pages or old.record.article_number, article_number="")
        for name in set(wanted._fields) - {*FIELDS_NOT_WRITTEN, "identifiers", "url"}:
            assert getattr(new.record, name) == getattr(wanted, name), (old.key, name)
        assert {one for one in new.record.identifiers if one.scheme in ("doi", "isbn", "arxiv")} == {
            one for one in wanted.identifiers if one.scheme in ("doi", "isbn", "arxiv")
        }


def test_values_are_those_that_pybtex_reads(catalog: Catalog) -> None:
    text = writer("bibtex")(entry_of(work) for work in catalog.works)
    text += r"""
@string{pub = "A Publisher"}
@ARTICLE{Odd1, title = "A {"}quoted{"} {T{i{t{l}e}}}", publisher=pub # { and  sons},year=1999,month=jan#" 3"}
@misc(odd2, title = {(in brackets)},
  note = {two
          lines})
"""
    with pybtex.errors.capture() as errors:
        theirs = parse_string(text, "bibtex").entries
    assert not errors
    ours = read(text).entries
    assert [entry.key for entry in ours] == list(theirs)
    for entry in ours:
        wanted = dict(theirs[entry.key].fields)
        found = {field.name: field.value for field in entry.fields if field.name not in ("author", "editor")}
        assert found == wanted


PIECES = st.sampled_from(
    ["@", "@misc", "@article{", "{", "}", "(", ")", '"', ",", "=", " = ", "#", "%", "\n", "\r\n", " ", "key", "title",
     "title = {A}", "year = 2020", "author = {A, B and C}", "\\", "\\'e", "jan", "@comment{", "@string{a = {b}}", "\n@misc{k,",
     "\x00", "\ud800", "é", "陈", "and others", "~"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60))
def test_no_text_is_too_strange(pieces: list[str]) -> None:
    text = "".join(pieces)
    for entry in read(text).entries:
        assert entry.place is not None
        assert text[entry.place.start] == "@"
        for field in entry.fields:
            assert text[field.name_start : field.name_start + len(field.name)] == field.name
            assert entry.place.start < field.name_start <= field.start <= field.end <= entry.place.end


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_file_keeps_the_entries_behind_the_damage(catalog: Catalog, data: st.DataObject) -> None:
    written = writer("bibtex")(entry_of(work) for work in catalog.works[:6])
    first_end = written.index("\n}\n")
    place = data.draw(st.integers(1, first_end))
    sign = data.draw(st.sampled_from(["", "{", "}", '"', ",", "@", "\\", "%", "\n"]))
    length = data.draw(st.integers(0, 3))
    damaged = written[:place] + sign + written[place + length :]
    keys = [entry.key for entry in read(damaged).entries]
    assert keys[-4:] == [work.key for work in catalog.works[2:6]]


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, title={" + "{" * 50_000,
        "@misc{a, title={" * 20_000,
        "@comment{" * 20_000,
        "\n@misc{k,\n title={x,\n" * 10_000,
        "@" * 50_000,
        "@misc{a," + "title={x," * 20_000,
        "@misc{a," + "title={x}," * 20_000,
        '@misc{a, title="' + '{"}' * 20_000,
        "%" + "@misc{x}" * 20_000,
        "@misc{a, title = " + "x # " * 20_000,
    ],
    ids=lambda text: re.sub(r"\s+", " ", text[:24]),
)
def test_no_file_makes_reading_slower_than_its_length(text: str) -> None:
    def seconds(repeated: str) -> float:
        start = time.perf_counter()
        read(repeated)
        return time.perf_counter() - start

    # Quadratic reading would take minutes here; this is a stop against hanging, not a measure.
    assert seconds(text) < 20

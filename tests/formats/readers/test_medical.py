"""Read what PubMed and EndNote export."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhlit.catalog.source import Catalog
from mhlit.cite import entry_of
from mhlit.formats.readers import endnote, nbib
from mhlit.formats.writers.endnote import write
from mhlit.model import Identifier, Name, PartialDate

PUBMED = """PMID- 12345678
OWN - NLM
DP  - 2024 Mar 7
TI  - Imagined effects of made-up matters on the well-being of nobody: a study
      that goes on.
PG  - 12-9
LID - 10.9999/made.1 [doi]
LID - e77 [pii]
AB  - Nothing was done.
FAU - Doe, Jane A
AU  - Doe JA
FAU - van der Roe, Richard
AU  - van der Roe R
CN  - Imagined Study Group
PT  - Journal Article
TA  - J Nothing
JT  - Journal of nothing
IS  - 1234-5679 (Print)
VI  - 3
IP  - 2
PMC - PMC7654321

PMID- 12345679
TI  - Short
AU  - Doe JA
DP  - 2023
"""


def test_pubmed() -> None:
    reading = nbib.read(PUBMED)
    assert reading.problems == ()
    first, second = reading.entries
    record = first.record
    assert record.title == "Imagined effects of made-up matters on the well-being of nobody: a study that goes on"
    assert [*record.authors] == [
        Name(family="Doe", given="Jane A"),
        Name(family="Roe", given="Richard", particle="van der"),
        Name(literal="Imagined Study Group"),
    ]
    assert record.issued == PartialDate(2024, 3, 7)
    assert (record.type, record.container_title, record.volume, record.issue) == (
        "article",
        "Journal of nothing",
        "3",
        "2",
    )
    assert set(record.identifiers) == {
        Identifier("pmid", "12345678"),
        Identifier("doi", "10.9999/made.1"),
        Identifier("pmcid", "PMC7654321"),
        Identifier("issn", "1234-5679"),
    }
    assert first.place
    assert first.place.line == 1
    assert second.record.authors == (Name(family="Doe", given="JA"),)
    assert second.place
    assert second.place.line == 23


def test_endnote() -> None:
    text = """%0 Journal Article
%T Imagined effects
%A Doe, Jane
%A Imagined Study Group,
%J Journal of Nothing
%D 2024
%8 03/07
%V 3
%N 2
%P 12-19
%@ 1234-5679
%R 10.9999/made.1
%U https://example.org/1
%X Nothing
was done.
%F doe2024

%0 Unpublished Work
%T A preprint
%A Doe, Jane
%D 2023
%I arXiv
%M arXiv:2301.00001
"""
    reading = endnote.read(text)
    assert reading.problems == ()
    first, second = reading.entries
    assert first.key == "doe2024"
    assert first.record.authors == (Name(family="Doe", given="Jane"), Name(literal="Imagined Study Group"))
    assert first.record.issued == PartialDate(2024, 3, 7)
    assert first.record.identifier("doi") == "10.9999/made.1"
    assert first.record.identifier("issn") == "1234-5679"
    assert first.fields[-2].value == "Nothing was done."
    assert second.record.server == "arXiv"
    assert second.record.identifier("arxiv") == "2301.00001"


def test_what_is_written_for_endnote_is_read_again(catalog: Catalog) -> None:
    entries = [entry_of(work) for work in catalog.works]
    found = endnote.read(write(entries))
    assert found.problems == ()
    assert [entry.key for entry in found.entries] == [entry.key for entry in entries]
    for ours, theirs in zip(entries, found.entries, strict=True):
        assert theirs.record.title == ours.record.title
        assert theirs.record.authors == ours.record.authors
        assert theirs.record.issued == ours.record.issued
        assert theirs.record.identifier("doi") == ours.record.identifier("doi")


@pytest.mark.parametrize("read", [nbib.read, endnote.read])
def test_another_format_is_a_problem_with_its_place(read: object) -> None:
    reading = read("@article{doe,\n  title = {No},\n}\n")  # type: ignore[operator]
    assert reading.entries == ()
    assert reading.problems[0].place.line == 1


@given(st.text(alphabet="%0TAPMID -FAUABCD\n\r\t1:/\x00\x1bé", max_size=300))
def test_any_text_gives_a_reading(text: str) -> None:
    for read in (nbib.read, endnote.read):
        for entry in read(text).entries:
            assert entry.place
            assert 0 <= entry.place.start <= entry.place.end <= len(text)

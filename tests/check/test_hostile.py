"""Hostile input: findings or a message with file and line, the rest still checked, never a traceback, never a harm."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mhlit.catalog.source import Catalog
from mhlit.check.checking import Checked, check_text
from mhlit.check.files import format_of_text, read_source
from mhlit.check.mend import settle
from mhlit.check.report import FORMATS
from mhlit.check.rule import RULES
from mhlit.cite import entry_of, writer
from mhlit.errors import MhlitError
from mhlit.formats.readers import READERS
from mhlit.formats.readers.source import Source
from mhlit.match import Shelf
from tests.check.listings import GARBLED, as_saved, markdown

SIGNS = '{}",=@\\%#\n\r\t ()[]<>*_-—&~^$:;/.?!\x00\x1b\u202e\ufeff陈é0aA'
GOOD = "@misc{good,\n  title = {A Page that Is Right},\n  url = {https://arxiv.org/abs/XXXX.XXXXX}\n}\n"


def check(text: str, format: str, shelf: Shelf) -> Checked:
    checked = check_text("file", format, Source(text, "utf-8"), [shelf])
    lines = text.count("\n") + text.count("\r") + 1
    for finding in checked.findings:
        assert finding.rule in RULES
        assert 1 <= finding.line <= lines
        assert finding.column >= 1
    for report in FORMATS.values():
        assert isinstance(report([checked]), str)
    return checked


def damaged(text: str, chance: random.Random) -> str:
    """Return the text with a few pieces cut out, put in, or moved."""
    for _ in range(chance.randrange(1, 8)):
        place = chance.randrange(len(text) + 1)
        match chance.randrange(4):
            case 0:
                text = text[:place] + text[place + chance.randrange(1, 40) :]
            case 1:
                text = text[:place] + "".join(chance.choices(SIGNS, k=chance.randrange(1, 6))) + text[place:]
            case 2:
                text = text[:place] + text[max(0, place - 200) : place] + text[place:]
            case _:
                text = text[:place]
    return text


@pytest.fixture(scope="module")
def samples(catalog: Catalog) -> dict[str, str]:
    works = catalog.works[::9]
    entries = [entry_of(work) for work in works] + [
        entry_of(work._replace(record=None)) for work in works if work.preprint
    ]
    return {
        "bibtex": writer("bibtex")(entries),
        "csl-json": writer("csl-json")(entries),
        "markdown": as_saved(markdown(catalog, GARBLED), GARBLED).decode("utf-8")[:6000],
        "text": markdown(catalog, "awesome-ai-mental-health")[:6000],
        "ris": "TY  - JOUR\nTI  - A title\nAU  - Roe, R.\nPY  - 2020//\nDO  - 10.1038/s41746-025-01611-4\nER  - \n" * 3,
        "nbib": "PMID- 12345678\nTI  - A title\n      that goes on\nFAU - Roe, R\nDP  - 2020 Mar\nLID - 10.1038/x1 [doi]\n\n" * 3,
        "endnote": writer("endnote")(entries),
        "latex": "\\begin{thebibliography}{9}\n\\bibitem[Roe(2020)]{roe} R.~Roe. \\newblock A {T}itle. \\newblock \\emph{J}, 3, 2020.\n\\end{thebibliography}",
    }  # fmt: skip


@pytest.mark.parametrize("format", READERS)
def test_a_damaged_file_is_checked_to_its_end(samples: dict[str, str], shelf: Shelf, format: str) -> None:
    for seed in range(60):
        text = damaged(samples[format], random.Random(seed))
        checked = check(text, format, shelf)
        if format == "bibtex" and seed % 4 == 0:
            mended = settle(checked.source, lambda text: check(text, "bibtex", shelf).findings, unsafe=True).text
            again = settle(Source(mended, "utf-8"), lambda text: check(text, "bibtex", shelf).findings, unsafe=True)
            assert again.text == mended


@given(text=st.text(alphabet=SIGNS + "@misc{a,title={b}}author=TY  - JOUR", max_size=300))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_checked_in_every_format(shelf: Shelf, text: str) -> None:
    for format in READERS:
        check(text, format, shelf)


@given(data=st.binary(max_size=400))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_checked_or_refused(shelf: Shelf, data: bytes) -> None:
    try:
        source = read_source("bytes", data)
    except MhlitError:
        return
    check(source.text, format_of_text("bytes", source.text), shelf)


@pytest.mark.parametrize(
    ("before", "rule"),
    [
        ("@article{cut, title = {Never", "syntax"),
        ("@article{open, title = {A {B}, year = 2020,\n", "syntax"),
        ("@article{key with spaces, title = {A}}", "syntax"),
        ("@article{, title = {A}}", "syntax"),
        ("@article{names, author = {a, b, c, d, e and , , , and f}, title = {A}, journal = {B}, year = 2020}", None),
        ("@comment{ @comment{ @misc{hidden, title = {A}} } }", None),
        ("@article(round, title = {A}, author = {B}, journal = {C}, year = 2020)", None),
        ("@misc{twice, title = {A}, title = {B}}", "duplicate-field"),
        ("@misc{deep, title = " + "{" * 500 + "A" + "}" * 500 + "}", None),
        ("@misc{nobody, author = {and and and}, title = {A}}", None),
        ('@misc{quoted, title = "A {"} B" }', None),
        ("@@@@ @ @misc", "syntax"),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_what_follows_a_bad_entry_is_still_checked(shelf: Shelf, before: str, rule: str | None, ends: str) -> None:
    text = (before + "\n\n" + GOOD).replace("\n", ends)
    checked = check(text, "bibtex", shelf)
    rules = [finding.rule for finding in checked.findings]
    assert checked.references[-1][0].entry.key == "good"
    assert "placeholder-url" in rules
    assert rule is None or rule in rules


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1", "cp1252", "utf-32"])
def test_a_file_in_another_encoding_is_read_and_written_back(shelf: Shelf, encoding: str) -> None:
    data = GOOD.replace("Page", "Café").encode(encoding)
    source = read_source("refs.bib", data)
    assert source.encode(source.text) == data
    assert "placeholder-url" in [finding.rule for finding in check(source.text, "bibtex", shelf).findings]


def test_bytes_that_are_no_text_are_refused_by_name() -> None:
    for data in (GOOD.encode("utf-16-le"), b"\x89PNG\r\n\x1a\n\x00"):
        with pytest.raises(MhlitError, match=r"^refs.bib: is not a text file$"):
            read_source("refs.bib", data)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "{" * 200_000,
        "@misc{a, title = {" + "{\\'e}" * 100_000,
        "@misc{a," * 20_000,
        "@article{a, author = {" + "A, B and " * 20_000 + "C, D}, title = {T}, journal = {J}, year = 2020}",
        "@misc{a, url = {" + "https://x.org/" * 20_000 + "}}",
        "@misc{a, title = {" + "XXX " * 50_000 + "}}",
        "% mhlit: ignore\n" * 20_000 + GOOD,
    ],
    ids=lambda text: text[:20],
)
def test_a_large_and_strange_file_comes_to_an_end(shelf: Shelf, text: str) -> None:
    check(text, "bibtex", shelf)

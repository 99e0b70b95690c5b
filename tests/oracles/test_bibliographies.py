"""What mhlit writes, read by the programs it is written for: bibtex, biber, pandoc, bibutils, citeproc-js."""

import json
import os
import re
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from mhlit.catalog.source import Catalog
from mhlit.cite import entry_of, writer
from mhlit.model import Name, Work
from mhlit.names import family_name
from tests.csl_schema import problems
from tests.oracles.tools import (
    citeproc_js,
    needs_biber,
    needs_bibtex,
    needs_bibutils,
    needs_citeproc_js,
    needs_pandoc,
    pandoc_items,
)

pytestmark = pytest.mark.oracle


@pytest.fixture(scope="module")
def bibtex(catalog: Catalog) -> str:
    return writer("bibtex")(entry_of(work) for work in catalog.works)


@pytest.fixture(scope="module")
def csl_json(catalog: Catalog) -> str:
    return written(catalog, "csl-json")


def written(catalog: Catalog, format: str) -> str:
    return writer(format)(entry_of(work) for work in catalog.works)


def plain(text: str) -> str:
    """Return text as a round trip may change it: markup, case, straight quotes and dashes do not count."""
    text = re.sub(r"</?[a-z]+[^>]*>", "", text).replace("$\\psi$", "ψ")
    for curly, straight in (("“", '"'), ("”", '"'), ("‘", "'"), ("’", "'"), ("–", "-")):
        text = text.replace(curly, straight)
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def people(names: tuple[Name, ...]) -> list[str]:
    return [plain(f"{name.given} {family_name(name)}".strip()) for name in names]


def csl_people(names: list[dict[str, str]]) -> list[str]:
    order = ("given", "dropping-particle", "non-dropping-particle", "family", "literal")
    return [plain(" ".join(name[part] for part in order if part in name)) for name in names]


@needs_bibtex
@pytest.mark.parametrize("style", ["plain", "abbrv", "alpha", "apalike", "plainnat"])
def test_bibtex_reads_all_works_without_a_warning(bibtex: str, style: str, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(bibtex, encoding="utf-8")
    (tmp_path / "paper.aux").write_text(f"\\relax\n\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{refs}}\n")
    finished = subprocess.run(["bibtex", "paper"], cwd=tmp_path, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stdout
    assert "Warning" not in finished.stdout, finished.stdout
    written = (tmp_path / "paper.bbl").read_bytes().decode("utf-8")
    assert written.count("\\bibitem") == 88


def test_bibtex_is_ascii(bibtex: str) -> None:
    assert bibtex.isascii()
    assert bibtex.count("\n@") + 1 == 88


@needs_biber
def test_biber_finds_no_fault_by_the_data_model_of_biblatex(catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(written(catalog, "biblatex"), encoding="utf-8")
    command = ["biber", "--tool", "--validate-datamodel", "--output-file", "out.bib", "refs.bib"]
    finished = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert finished.returncode == 0, finished.stdout
    assert not re.search(r"^(WARN|ERROR)", finished.stdout, re.MULTILINE), finished.stdout
    assert (tmp_path / "out.bib").read_text(encoding="utf-8").count("\n@") >= 87


@needs_pandoc
@pytest.mark.parametrize("format", ["bibtex", "biblatex", "csl-json", "ris"])
def test_pandoc_reads_the_same_works(format: str, catalog: Catalog) -> None:
    _same(pandoc_items(written(catalog, format), format.replace("-", "")), catalog.works)


@needs_bibutils
@pytest.mark.parametrize(("format", "program"), [("ris", "ris2xml"), ("bibtex", "bib2xml")])
def test_bibutils_reads_the_same_works(format: str, program: str, catalog: Catalog) -> None:
    text = written(catalog, format)
    finished = subprocess.run([program, "-u"], input=text, capture_output=True, text=True, encoding="utf-8")
    assert "Warning" not in finished.stderr, finished.stderr
    collection = etree.fromstring(finished.stdout.removeprefix("\ufeff").encode())
    mods = dict(zip((work.key for work in catalog.works), collection.findall("{*}mods"), strict=True))
    for work in catalog.works:
        record, read = work.preferred, mods[work.key]
        title = " ".join(part.text or "" for part in read.findall("{*}titleInfo/*"))  # cut at the colon
        assert re.sub(r"[\s:]", "", plain(title)) == re.sub(r"[\s:]", "", plain(record.title))
        authors = [name for name in read.findall("{*}name") if "author" in name.xpath("string()")]
        assert len(authors) == len(record.authors)
        assert record.issued
        dates = [*read.findall(".//{*}date"), *read.findall(".//{*}dateIssued")]
        assert {(date.text or "")[:4] for date in dates} == {str(record.issued.year)}
        if format == "bibtex" or record.type == "article":  # of a conference paper it does not read DO
            assert read.findtext("{*}identifier[@type='doi']", "") == record.identifier("doi")


def _same(items: list[dict[str, Any]], works: tuple[Work, ...]) -> None:
    read = {item["id"]: item for item in items}
    assert sorted(read) == [work.key for work in works]
    for work in works:
        record, item = work.preferred, read[work.key]
        assert plain(item["title"]) == plain(record.title)
        assert csl_people(item["author"]) == people(record.authors)
        assert csl_people(item.get("editor", [])) == people(record.editors)
        assert item.get("DOI", "") == record.identifier("doi")
        assert record.issued
        assert item["issued"]["date-parts"][0][0] == record.issued.year


def test_csl_json_follows_the_specification(csl_json: str) -> None:
    items = json.loads(csl_json)
    assert list(problems(items)) == []
    assert len(items) == 88


def test_the_check_of_the_specification_finds_faults() -> None:
    wrong = [
        {"id": "a", "type": "preprint", "title": "", "issued": {"date-parts": [["2025"]]}},
        {"id": "a", "author": [{"family": "A", "literal": "B"}], "arxiv": "1"},
    ]
    assert list(problems(wrong)) == [
        "ids must be unique",
        "a: type: 'preprint' is no type",
        "a: title: must be a string that is not empty, got ''",
        "a: issued: ['2025'] must be one to three whole numbers",
        "a: author: {'family': 'A', 'literal': 'B'} has a family name and a literal, or neither",
        "a: arxiv: is no variable",
        "a: type is missing",
    ]


STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US">
  <info><title>Test</title><id>test</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout>
    <group delimiter="|">
      <text variable="citation-label"/>
      <names variable="author"><name delimiter="; "/></names>
      <text variable="title"/>
      <date variable="issued" form="text" date-parts="year"/>
      <text variable="DOI"/>
    </group>
  </layout></bibliography>
</style>"""
LOCALE = """<?xml version="1.0" encoding="utf-8"?>
<locale xmlns="http://purl.org/net/xbiblio/csl" version="1.0" xml:lang="en-US">
  <date form="text"><date-part name="year"/></date><terms><term name="and">and</term><term name="et-al">et al.</term>
    <term name="open-quote">“</term><term name="close-quote">”</term>
    <term name="open-inner-quote">‘</term><term name="close-inner-quote">’</term></terms>
</locale>"""
SCRIPT = """
const CSL = require("citeproc");
const {items, style, locale} = JSON.parse(require("fs").readFileSync(0, "utf8"));
const byId = Object.fromEntries(items.map(item => [item.id, item]));
const engine = new CSL.Engine({retrieveLocale: () => locale, retrieveItem: id => byId[id]}, style);
engine.setOutputFormat("text");
engine.updateItems(items.map(item => item.id));
const [about, lines] = engine.makeBibliography();
console.log(JSON.stringify({errors: about.bibliography_errors, lines}));
"""


@needs_citeproc_js
def test_citeproc_js_reads_all_works_from_csl_json(csl_json: str, catalog: Catalog) -> None:
    finished = subprocess.run(
        ["node", "-e", SCRIPT],
        input=json.dumps({"items": json.loads(csl_json), "style": STYLE, "locale": LOCALE}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "NODE_PATH": citeproc_js()},
    )
    assert finished.returncode == 0, finished.stderr
    result = json.loads(finished.stdout)
    assert result["errors"] == []
    assert len(result["lines"]) == 88
    text = plain("\n".join(result["lines"]))
    for work in catalog.works:
        assert plain(work.preferred.title) in text

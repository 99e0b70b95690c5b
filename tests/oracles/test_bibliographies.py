"""What mhlit writes, read by the programs it is written for: bibtex, pandoc, citeproc-js."""

import json
import os
import re
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from mhlit.catalog.source import Catalog
from mhlit.cite import entry_of, writer
from mhlit.model import Name, Work
from mhlit.names import family_name
from tests.csl_schema import problems
from tests.oracles.tools import citeproc_js, needs_bibtex, needs_citeproc_js, needs_pandoc, pandoc_items

pytestmark = pytest.mark.oracle


@pytest.fixture(scope="module")
def bibtex(catalog: Catalog) -> str:
    return writer("bibtex")(entry_of(work) for work in catalog.works)


@pytest.fixture(scope="module")
def csl_json(catalog: Catalog) -> str:
    return writer("csl-json")(entry_of(work) for work in catalog.works)


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
@pytest.mark.parametrize("style", ["plain", "abbrv", "alpha", "apalike"])
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


@needs_pandoc
def test_pandoc_reads_the_same_titles_and_authors_from_bibtex(bibtex: str, catalog: Catalog) -> None:
    _same(pandoc_items(bibtex, "bibtex"), catalog.works)


@needs_pandoc
def test_pandoc_reads_the_same_titles_and_authors_from_csl_json(csl_json: str, catalog: Catalog) -> None:
    _same(pandoc_items(csl_json, "csljson"), catalog.works)


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

"""A bibliography with eight upgraded preprints, as bibtex reads it."""

import re
import subprocess
from pathlib import Path

import pytest

from mhlit.catalog.source import Catalog
from mhlit.check.checking import check_text
from mhlit.check.finding import Finding
from mhlit.check.mend import settle
from mhlit.formats.readers.bibtex import read
from mhlit.formats.readers.source import Source
from mhlit.formats.writers.bibtex import write
from mhlit.match import Shelf
from mhlit.model import Entry, Status
from tests.oracles.tools import needs_bibtex

pytestmark = pytest.mark.oracle

# As scholar, arXiv, Semantic Scholar, DBLP and the ACL's template give a preprint.
FORMS = (
    "@article{{{key},\n  title={{{title}}},\n  author={{{author}}},\n"
    "  journal={{arXiv preprint arXiv:{id}}},\n  year={{{year}}}\n}}\n",
    "@misc{{{key},\n      title={{{title}}}, \n      author={{{author}}},\n      year={{{year}}},\n"
    "      eprint={{{id}}},\n      archivePrefix={{arXiv}},\n      primaryClass={{cs.CL}},\n"
    "      url={{https://arxiv.org/abs/{id}}}, \n}}\n",
    "@article{{{key},\n  title={{{title}}},\n  author={{{author}}},\n  journal={{ArXiv}},\n  year={{{year}}},\n"
    "  volume={{abs/{id}}},\n}}\n",
    "@article{{{key},\n  author       = {{{author}}},\n  title        = {{{title}}},\n  journal      = {{CoRR}},\n"
    "  volume       = {{abs/{id}}},\n  year         = {{{year}}},\n"
    "  url          = {{https://doi.org/10.48550/arXiv.{id}}},\n  doi          = {{10.48550/ARXIV.{id}}},\n"
    "  eprinttype   = {{arXiv}},\n  eprint       = {{{id}}},\n}}\n",
    '@article{{{key},\n    author = "{author}",\n    title = "{title}",\n'
    '    journal = "Computing Research Repository",\n    volume = "arXiv:{id}",\n    year = {year}\n}}\n',
)
EIGHT = 8


def bibliography(catalog: Catalog) -> tuple[str, str]:
    """Return the keys of the first eight published preprints that are verified throughout, and entries of them."""
    keys: list[str] = []
    entries: list[str] = []
    for work in catalog.works:
        provenance = work.provenance
        sure = provenance.status is Status.VERIFIED and not provenance.unconfirmed
        if sure and work.record and work.preprint and work.preprint.identifier("arxiv") and len(keys) < EIGHT:
            if work.preprint.authors != work.record.authors or work.preprint.title != work.record.title:
                continue
            (entry,) = read(write([Entry(work.key, work.preprint)])).entries
            written = {field.name: field.value for field in entry.fields}
            form = FORMS[len(keys) % len(FORMS)]
            keys.append(work.key)
            id = work.preprint.identifier("arxiv")
            entries.append(form.format(key=work.key, id=id, **{n: written[n] for n in ("title", "author", "year")}))
    return "\n".join(keys), "% my references\n\n" + "\n".join(entries)


def compiled(folder: Path, text: str, style: str) -> tuple[str, str]:
    """Return the log and the .bbl that bibtex makes of a bibliography."""
    (folder / "refs.bib").write_text(text, encoding="utf-8")
    (folder / "paper.aux").write_text(f"\\relax\n\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{refs}}\n")
    finished = subprocess.run(["bibtex", "paper"], cwd=folder, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stdout
    return finished.stdout, (folder / "paper.bbl").read_text(encoding="utf-8")


@needs_bibtex
@pytest.mark.parametrize("style", ["plain", "abbrv", "alpha", "apalike"])
def test_eight_preprints_are_upgraded_and_compile(catalog: Catalog, style: str, tmp_path: Path) -> None:
    shelf = Shelf(catalog.works)

    def check(text: str) -> list[Finding]:
        return check_text("refs.bib", "bibtex", Source(text, "utf-8"), [shelf]).findings

    keys, before = bibliography(catalog)
    result = settle(Source(before, "utf-8"), check)
    assert [one.key for one in result.made if one.rule == "published-version-exists"] == keys.split()
    assert [one.rule for one in result.made if one.rule != "published-version-exists"] == []
    works = {work.key: work for work in catalog.works}
    for old, new in zip(read(before).entries, read(result.text).entries, strict=True):
        kept = {field.name: field.value for field in new.fields}
        changed = {field.name for field in old.fields if kept.get(field.name) != field.value}
        assert changed <= {"journal", "volume", "year", "doi", "url"}, new.key
        record = works[new.key].record
        assert record
        assert (new.type, new.record.container_title) == (record.type, record.container_title)
        assert new.eprint
    log, printed = compiled(tmp_path, result.text, style)
    assert "Warning" not in log, log
    assert printed.count("\\bibitem") == EIGHT
    flat = " ".join(re.sub(r"[{}\\]|%\n", "", printed).split())
    for key in keys.split():
        record = works[key].record
        assert record
        assert record.container_title.split(" (")[0] in flat
        assert "arXiv preprint" not in flat

"""Right records stay right when other programs rewrite them: pandoc in three formats, bibtex-tidy in two manners."""

import subprocess
from pathlib import Path

import pytest

from mhlit.catalog.source import Catalog
from mhlit.check.checking import Checked, check_text
from mhlit.check.finding import Severity
from mhlit.cite import entry_of, writer
from mhlit.formats.readers.source import Source
from mhlit.match import Shelf
from tests.oracles.tools import bibtex_tidy, needs, needs_pandoc, pandoc_path

pytestmark = pytest.mark.oracle


@pytest.fixture(scope="module")
def shelf(catalog: Catalog) -> Shelf:
    return Shelf(catalog.works)


@pytest.fixture(scope="module")
def both_versions(catalog: Catalog) -> dict[str, str]:
    """The catalog in BibTeX: as it is cited, and the preprints of published works."""
    preprints = [work._replace(record=None) for work in catalog.works if work.preprint and work.record]
    return {
        "cited": writer("bibtex")([entry_of(work) for work in catalog.works]),
        "preprints": writer("bibtex")([entry_of(work) for work in preprints]),
    }


def check(text: str, format: str, shelf: Shelf) -> Checked:
    return check_text("refs", format, Source(text, "utf-8"), [shelf])


def false_alarms(checked: Checked) -> list[tuple[str, str, str]]:
    serious = [finding for finding in checked.findings if finding.severity is not Severity.INFO]
    return [(one.key, one.rule, one.message) for one in serious if one.rule != "published-version-exists"]


@needs_pandoc
@pytest.mark.parametrize(("target", "format"), [("bibtex", "bibtex"), ("biblatex", "bibtex"), ("csljson", "csl-json")])
@pytest.mark.parametrize("version", ["cited", "preprints"])
def test_what_pandoc_rewrites_is_right(
    both_versions: dict[str, str], shelf: Shelf, version: str, target: str, format: str
) -> None:
    command = [pandoc_path(), "-f", "bibtex", "-t", target]
    text = run(command, both_versions[version])
    checked = check(text, format, shelf)
    assert all(reference.work and reference.work.key == reference.entry.key for reference, _ in checked.references)
    assert len(checked.references) == both_versions[version].count("\n@") + 1
    assert false_alarms(checked) == []


@needs(bibtex_tidy(), "bibtex-tidy")
@pytest.mark.parametrize(
    "options",
    [
        ["--curly", "--numeric", "--align=14", "--sort", "--duplicates", "--strip-enclosing-braces"],
        ["--tab", "--months", "--escape", "--sort-fields", "--remove-dupe-fields", "--blank-lines", "--max-authors=99"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("version", ["cited", "preprints"])
def test_what_bibtex_tidy_rewrites_is_right(
    both_versions: dict[str, str], shelf: Shelf, version: str, options: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "refs.bib"
    file.write_text(both_versions[version], encoding="utf-8")
    subprocess.run([*bibtex_tidy(), str(file), *options, "--modify"], check=True, capture_output=True)
    checked = check(file.read_text(encoding="utf-8"), "bibtex", shelf)
    assert all(reference.work and reference.work.key == reference.entry.key for reference, _ in checked.references)
    assert false_alarms(checked) == []


def run(command: list[str], text: str) -> str:
    return subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=True).stdout

"""Golden folders: a bibliography before and after mending, and after its preprints became published versions.

`pytest --update-golden` writes the expected files anew; read the difference before you commit it.
"""

import tomllib
from pathlib import Path

import pytest

from mhlit.catalog.source import Catalog
from mhlit.check.mend import mend
from mhlit.check.upgrade import upgrade
from mhlit.formats.readers.bibtex import read
from mhlit.formats.readers.source import decode
from mhlit.match import Shelf, match
from tests.check.mending import finding, mended
from tests.conftest import DATA

FOLDER = DATA.parent / "golden"


def cases(name: str) -> list[Path]:
    return sorted(path for path in (FOLDER / name).iterdir() if path.is_dir())


def compare(case: Path, found: str, request: pytest.FixtureRequest) -> None:
    expected = case / "after.bib"
    if request.config.getoption("--update-golden"):
        expected.write_bytes(found.encode())
    assert found.encode() == expected.read_bytes()


@pytest.mark.parametrize("case", cases("mend"), ids=lambda path: path.name)
def test_edits_are_made_in_the_manner_of_the_file(case: Path, request: pytest.FixtureRequest) -> None:
    wanted = tomllib.loads((case / "edits.toml").read_text(encoding="utf-8"))["entries"]
    result = mended((case / "before.bib").read_bytes(), *wanted)
    assert not result.left
    compare(case, result.text, request)


@pytest.mark.parametrize("case", cases("upgrade"), ids=lambda path: path.name)
def test_a_preprint_becomes_its_published_version(case: Path, catalog: Catalog, request: pytest.FixtureRequest) -> None:
    source = decode((case / "before.bib").read_bytes())
    shelf = Shelf(catalog.works)
    fixes = []
    for entry in read(source.text).entries:
        work = match(entry, [shelf]).work
        assert work
        found = upgrade(entry, work)
        assert found
        fixes.append(finding(*found.edits))
    result = mend(source, fixes)
    assert not result.left
    compare(case, result.text, request)

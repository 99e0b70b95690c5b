"""`cite` of the reader's own works: normalised like all others, and with what only their file knows and styles print."""

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.library.shelves import bring

BOOK = """@book{stone, title = {On Gravel}, author = {Stone, Ann}, year = 1999, publisher = {Made Press},
  edition = {2nd}, note = {Reprinted in Málaga}, chapter = 3, shorttitle = {Gravel}, howpublished = {https://example.org/1},
  url = {https://example.org/1}, abstract = {Long.}, file = {:secret/stone.pdf:PDF}, keywords = {rocks, private},
  timestamp = {2020-01-01}, groups = {mine}}
@inproceedings{soul, title = {SoulChat}, author = {Chen, Yirong}, year = 2023, note = {my note},
  doi = {10.18653/v1/2023.findings-emnlp.83}}
"""


@pytest.fixture
def cited(path: Path, run: Run) -> str:
    bring(path, BOOK)
    return run("cite", "stone", "--format", "bibtex").out


def test_what_styles_print_comes_back(cited: str) -> None:
    for line in ("edition = {2nd}", "note = {Reprinted in M{\\'a}laga}", "chapter = {3}", "shorttitle = {Gravel}"):
        assert f"  {line},\n" in cited
    assert cited.isascii()


def test_what_is_private_or_said_already_does_not(cited: str) -> None:
    for name in ("file", "keywords", "abstract", "timestamp", "groups", "howpublished"):
        assert f"{name} =" not in cited


def test_of_a_work_of_the_catalog_the_catalog_speaks(path: Path, run: Run) -> None:
    bring(path, BOOK)
    assert "my note" not in run("cite", "soul", "--format", "bibtex").out


def test_no_field_stands_twice(path: Path, run: Run) -> None:
    thesis = (
        "@phdthesis{t, title={T}, author={Stone, Ann}, year=1999, school={S}, type={Habilitation}, note={a}, note={b}}"
    )
    bring(path, thesis)
    for format in ("bibtex", "biblatex"):
        names = [line.split(" = ")[0].strip() for line in run("cite", "t", "-f", format).out.splitlines()[1:-1]]
        assert len(names) == len(set(names))
        assert names.count("note") == 1


def test_other_formats_have_no_such_fields(path: Path, run: Run) -> None:
    bring(path, BOOK)
    assert "Reprinted" not in run("cite", "stone", "--format", "ris").out

"""`check` and the reader's library: its works checked as an export of it would be, and what it knows to be one work."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.library.shelves import bring

TWO_NAMES = """@article{both, title = {Gravel and rain in small towns}, author = {Stone, Ann}, year = {2024},
  journal = {Journal of Nothing}, doi = {10.9999/gravel}, eprint = {2401.99999}, archiveprefix = {arXiv}}
"""
FILE = """@article{published, title = {Gravel and rain in small towns}, author = {Stone, Ann}, year = {2024},
  journal = {Journal of Nothing}, doi = {10.9999/gravel}}
@misc{preprint, title = {Gravel and rain in small towns}, author = {Stone, Ann}, year = {2023},
  eprint = {2401.99999}, archiveprefix = {arXiv}}
@misc{other, title = {Gravel and rain in small towns}, author = {Poe, Ada}, year = {2019},
  eprint = {1901.88888}, archiveprefix = {arXiv}}
"""


@pytest.fixture
def refs(tmp_path: Path) -> Path:
    file = tmp_path / "refs.bib"
    file.write_text(FILE)
    return file


def test_what_the_library_knows_to_be_one_work_stands_twice_in_a_file(path: Path, run: Run, refs: Path) -> None:
    assert "duplicate-work" not in run("check", str(refs)).out
    bring(path, TWO_NAMES)
    found = run("check", str(refs))
    assert found.code == 1
    (line,) = [line for line in found.out.splitlines() if "duplicate-work" in line]
    assert line.startswith(f"{refs}:3:1: warning")
    assert line.endswith("the same work as published (line 1), as your library tells")
    assert "duplicate-work" not in run("check", str(refs), "--in", "catalog").out


def test_a_wrong_identifier_in_the_library_makes_no_duplicate(path: Path, run: Run, refs: Path) -> None:
    wrong = TWO_NAMES.replace("Gravel and rain in small towns", "An unrelated matter of clouds")
    bring(path, wrong.replace("Stone, Ann", "Cloud, Cy").replace("2024}", "1999}"))
    assert "duplicate-work" not in run("check", str(refs)).out


class TestOwnWorks:
    OWN = """@inproceedings{me:soul, title = {SoulChat: Improving LLMs' Empathy, Listening, and Comfort Abilities
      through Fine-tuning with Multi-turn Empathy Conversations}, author = {Chen, Yirong and Xing, Xiaofen},
      year = {2019}, doi = {10.18653/v1/2023.findings-emnlp.83}, tags = {kept}}
@article{fine, title = {Imagined study of made-up matters}, author = {Doe, Jane}, year = {2020}, journal = {Nothing}}
"""

    def test_they_are_checked_against_the_catalog_under_their_own_keys(self, path: Path, run: Run) -> None:
        bring(path, self.OWN)
        found = run("check", "--in", "library")
        assert found.code == 1
        assert any(
            line.startswith("library:me:soul: error wrong-year: ") and "2023" in line for line in found.out.splitlines()
        )
        assert "library:fine:" not in found.out
        assert "2 references in your library, 1 of works in the catalog" in found.err

    def test_as_json_with_the_lines_of_an_export(self, path: Path, run: Run, tmp_path: Path) -> None:
        bring(path, self.OWN)
        told = json.loads(run("check", "--in", "library", "--json").out)
        run("library", "export", str(tmp_path / "all.bib"))
        lines = (tmp_path / "all.bib").read_text().splitlines()
        assert {one["key"] for one in told["references"]} == {"me:soul", "fine"}
        for one in told["references"]:
            assert one["path"] == "library"
            assert lines[one["line"] - 1].endswith(f"{{{one['key']},")

    def test_without_a_library_there_is_nothing_to_check(self, path: Path, run: Run) -> None:
        assert not path.exists()
        assert run("check", "--in", "library").code == 1

    @pytest.mark.parametrize("arguments", [["refs.bib"], ["--fix"], ["--diff"]])
    def test_files_and_mending_are_refused(self, path: Path, run: Run, arguments: list[str]) -> None:
        bring(path, self.OWN)
        found = run("check", "--in", "library", *arguments)
        assert found.code == 2
        assert "mhlit edit KEY" in found.err

    def test_an_unknown_scope_is_refused(self, run: Run) -> None:
        assert run("check", "--in", "everywhere", "refs.bib").code == 2

"""`check --fix`, `--unsafe-fixes` and `--diff`: files are written whole or not at all, and only where that is asked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mhlit.cli.checking import _write
from mhlit.errors import MhlitError
from mhlit.formats.readers.source import decode
from tests.conftest import Run

TITLE = "A Survey of Large Language Models in Psychotherapy: Current Landscape and Future Directions"
PEOPLE = (
    "Na, Hongbin and Hua, Yining and Wang, Zimu and Shen, Tao and Yu, Beibei and Wang, Lilin and Wang, Wei"
    " and Torous, John and Chen, Ling"
)
PREPRINT = (
    f"% é, mine\n@article{{na2025,\n  title={{{TITLE}}},\n  author={{{PEOPLE}}},\n"
    "  journal={arXiv preprint arXiv:2502.11095},\n  year={2025}\n}\n"
)
PUBLISHED = (
    f"% é, mine\n@inproceedings{{na2025,\n  title={{{TITLE}}},\n  author={{{PEOPLE}}},\n"
    "  booktitle={Findings of the Association for Computational Linguistics: ACL 2025},\n  year={2025},\n"
    "  pages={7362--7376},\n  doi={10.18653/v1/2025.findings-acl.385},\n"
    "  eprint={2502.11095},\n  archivePrefix={arXiv}\n}\n"
)


@pytest.fixture
def bib(tmp_path: Path) -> Path:
    path = tmp_path / "refs.bib"
    path.write_text(PREPRINT, encoding="utf-8")
    return path


def test_fix_writes_the_file_and_a_second_run_changes_nothing(run: Run, bib: Path) -> None:
    result = run("check", str(bib), "--fix")
    assert (result.code, result.out) == (0, "")
    assert "1 finding mended" in result.err
    assert bib.read_text(encoding="utf-8") == PUBLISHED
    written = bib.stat().st_mtime_ns
    again = run("check", str(bib), "--fix")
    assert (again.code, again.out) == (0, "")
    assert "mended" not in again.err
    assert bib.stat().st_mtime_ns == written


def test_diff_writes_nothing(run: Run, bib: Path) -> None:
    for options in (["--diff"], ["--diff", "--fix"], ["--diff", "--unsafe-fixes"]):
        result = run("check", str(bib), *options)
        assert result.code == 1
        assert result.out.startswith(f"--- {bib}\n+++ {bib}\n@@ ")
        assert "-  journal={arXiv preprint arXiv:2502.11095},\n" in result.out
        assert bib.read_text(encoding="utf-8") == PREPRINT


def test_unsafe_fixes_need_a_word_what_to_do_with_them(run: Run, bib: Path) -> None:
    assert run("check", str(bib), "--unsafe-fixes").code == 2
    assert bib.read_text(encoding="utf-8") == PREPRINT


def test_unsafe_fixes_are_made_on_demand(run: Run, bib: Path) -> None:
    bib.write_text(PUBLISHED.replace(TITLE, TITLE.lower()), encoding="utf-8")
    run("check", str(bib), "--fix")
    assert TITLE.lower() in bib.read_text(encoding="utf-8")
    run("check", str(bib), "--fix", "--unsafe-fixes")
    assert bib.read_text(encoding="utf-8") == PUBLISHED


@pytest.mark.skipif(os.name != "posix", reason="rights and links are POSIX's here")
def test_a_read_only_file_is_not_written_and_the_others_are(run: Run, bib: Path) -> None:
    other = bib.with_name("other.bib")
    other.write_text(PREPRINT, encoding="utf-8")
    bib.chmod(0o400)
    result = run("check", str(bib), str(other), "--fix")
    assert result.code == 3
    assert "is read-only; nothing was changed" in result.err
    assert "published-version-exists" in result.out
    assert bib.read_text(encoding="utf-8") == PREPRINT
    assert other.read_text(encoding="utf-8") == PUBLISHED
    assert sorted(path.name for path in bib.parent.iterdir()) == ["other.bib", "refs.bib"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_standard_input_comes_back_in_its_own_encoding(encoding: str) -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "mhlit", "check", "-", "--fix", "--stdin-filename", "refs.bib"],
        input=PREPRINT.replace("\n", "\r\n").encode(encoding),
        capture_output=True,
    )
    assert finished.stdout == PUBLISHED.replace("\n", "\r\n").encode(encoding)


def test_what_is_no_bibtex_stays(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text(f"* Na, H. (2020). {TITLE}. *arXiv preprint arXiv:2502.11095*.\n", encoding="utf-8")
    before = path.read_bytes()
    for how in ("--fix", "--diff"):
        assert f"{path}: only .bib files are mended\n" in run("check", str(path), how, "--unsafe-fixes").err
    assert path.read_bytes() == before


def test_a_file_that_changed_meanwhile_is_not_written(bib: Path) -> None:
    source = decode(bib.read_bytes())
    bib.write_text("% the reader was faster\n", encoding="utf-8")
    with pytest.raises(MhlitError, match="was changed while it was checked; nothing was written"):
        _write(bib, source, PUBLISHED)
    assert bib.read_text(encoding="utf-8") == "% the reader was faster\n"

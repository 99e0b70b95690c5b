"""The tutorial: every line of it, typed as it stands, gives what the page says."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from tests.oracles.tools import needs, needs_bibtex

# A block, and the name of a file that stands before it.
BLOCK = re.compile(r"(?:`(\w+\.\w+)`[^`]*)?```(console|bibtex|latex)\n(.*?)```", re.DOTALL)


def steps() -> Iterator[tuple[str, str]]:
    """Yield what the reader does: a file's name or, behind `$ `, a command; and its text, or what is answered."""
    for file, kind, body in BLOCK.findall((ROOT / "docs/tutorial.md").read_text(encoding="utf-8")):
        if kind != "console":
            assert file
            yield file, body
            continue
        for part in re.split(r"^(?=\$ )", body, flags=re.MULTILINE)[1:]:
            line, _, answer = part.partition("\n")
            yield line, answer


def followed(run: Run, folder: Path) -> list[str]:
    """Do all of it in a folder and return the commands of other programs, which are left out."""
    others = []
    for step, text in steps():
        if not step.startswith("$ "):
            (folder / step).write_text(text, encoding="utf-8")
            continue
        program, *words = shlex.split(step[2:])
        if program != "mhlit":
            others.append(step[2:])
            continue
        result = run(*words)
        given = result.out + "".join(
            line for line in result.err.splitlines(keepends=True) if not line.startswith("your library is ")
        )
        assert result.code == (1 if ": warning " in given or "--diff" in words else 0), (step, given)
        assert text in ("", given), step
        assert given, step
    return others


@pytest.fixture(autouse=True)
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be in an empty folder, without a library."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MHLIT_LIBRARY", str(tmp_path / "own" / "library.sqlite"))


def test_every_command_gives_what_the_tutorial_says(run: Run, tmp_path: Path) -> None:
    assert followed(run, tmp_path) == ["latexmk -pdf paper"]


@pytest.mark.oracle
@needs_bibtex
@needs(shutil.which("latexmk") and shutil.which("pdflatex"), "latexmk")
def test_the_paper_of_the_tutorial_compiles_with_every_reference(run: Run, tmp_path: Path) -> None:
    (command,) = followed(run, tmp_path)
    finished = subprocess.run([*shlex.split(command), "-interaction=nonstopmode"], cwd=tmp_path, capture_output=True)
    assert finished.returncode == 0, finished.stdout[-2000:]
    assert (tmp_path / "paper.pdf").stat().st_size > 0
    assert (tmp_path / "paper.bbl").read_text(encoding="utf-8").count("\\bibitem{") == 2
    assert "undefined" not in (tmp_path / "paper.log").read_text(encoding="utf-8", errors="replace")
    assert "Warning--" not in (tmp_path / "paper.blg").read_text(encoding="utf-8")

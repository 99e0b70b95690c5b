"""The tutorial and the how-tos: every line of them, typed as it stands, gives what the page says."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from tests.followed import follow
from tests.oracles.tools import needs, needs_biber, needs_bibtex, needs_pandoc, needs_typst, pandoc_path

PAGES = ["tutorial.md", *(f"howto/{page.name}" for page in sorted((ROOT / "docs/howto").glob("*.md")))]
# What a page has its reader type besides mhlit.
OTHERS = {
    "tutorial.md": ["latexmk -pdf paper"],
    "howto/ci.md": ["jq -f codequality.jq mhlit.json"],
    "howto/paper.md": [
        "latexmk -pdf paper",
        "latexmk -pdf thesis",
        "pandoc --citeproc talk.md -o talk.html",
        "typst compile notes.typ",
    ],
}


@pytest.fixture(autouse=True)
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be in a folder with nothing but a copy of the catalog, without a library."""
    shutil.copytree(ROOT / "catalog", tmp_path / "catalog")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MHLIT_LIBRARY", str(tmp_path / "own" / "library.sqlite"))


@pytest.mark.parametrize("page", PAGES)
def test_every_command_gives_what_the_page_says(run: Run, tmp_path: Path, page: str) -> None:
    assert follow(page, run, tmp_path) == OTHERS.get(page, [])


needs_latexmk = needs(shutil.which("latexmk") and shutil.which("pdflatex"), "latexmk")


def compiled(folder: Path, document: str) -> str:
    """Compile a LaTeX document and return its references; fails where anything is undefined or warned of."""
    command = ["latexmk", "-pdf", "-interaction=nonstopmode", document]
    finished = subprocess.run(command, cwd=folder, capture_output=True)
    assert finished.returncode == 0, finished.stdout[-2000:]
    assert (folder / f"{document}.pdf").stat().st_size > 0
    assert "undefined" not in (folder / f"{document}.log").read_text(encoding="utf-8", errors="replace")
    log = (folder / f"{document}.blg").read_text(encoding="utf-8")  # of bibtex, or of biber
    assert "Warning--" not in log
    assert "WARN -" not in log
    return (folder / f"{document}.bbl").read_text(encoding="utf-8")


@pytest.mark.oracle
@needs_bibtex
@needs_latexmk
def test_the_paper_of_the_tutorial_compiles_with_every_reference(run: Run, tmp_path: Path) -> None:
    follow("tutorial.md", run, tmp_path)
    assert compiled(tmp_path, "paper").count("\\bibitem{") == 2


@pytest.mark.oracle
@needs_bibtex
@needs_biber
@needs_latexmk
def test_the_documents_in_latex_compile(run: Run, tmp_path: Path) -> None:
    follow("howto/paper.md", run, tmp_path)
    assert compiled(tmp_path, "paper").count("\\bibitem{") == 2
    assert compiled(tmp_path, "thesis").count("\\entry{") == 1


@pytest.mark.oracle
@needs_pandoc
@needs_typst
def test_the_documents_for_pandoc_and_typst_have_their_references(run: Run, tmp_path: Path) -> None:
    import typst

    follow("howto/paper.md", run, tmp_path)
    command = shlex.split("--citeproc talk.md -o talk.html")
    finished = subprocess.run([pandoc_path(), *command], cwd=tmp_path, capture_output=True, text=True)
    assert (finished.returncode, finished.stderr) == (0, "")
    assert "Chen, Yirong" in (tmp_path / "talk.html").read_text(encoding="utf-8")
    assert typst.compile(tmp_path / "notes.typ").startswith(b"%PDF")


@pytest.mark.oracle
@needs(shutil.which("jq"), "jq")
def test_gitlabs_report_is_made_of_the_findings(run: Run, tmp_path: Path) -> None:
    import json

    follow("howto/ci.md", run, tmp_path)
    (command,) = OTHERS["howto/ci.md"]
    made = subprocess.run(shlex.split(command), cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
    (finding,) = json.loads(made.stdout)
    assert finding["check_name"] == "published-version-exists"
    assert (finding["severity"], finding["location"]) == ("major", {"path": "refs.bib", "lines": {"begin": 5}})
    assert finding["fingerprint"]
    assert finding["description"]


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an editor find the program."""
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")


needs_vim = needs(shutil.which("vim"), "vim")
needs_emacs = needs(shutil.which("emacs"), "emacs")


@pytest.mark.oracle
@needs_vim
@pytest.mark.usefixtures("program")
def test_vim_completes_a_key_by_search(run: Run, tmp_path: Path) -> None:
    follow("howto/editors.md", run, tmp_path)
    (tmp_path / "typed.vim").write_text(
        "source mhlit.vim\nedit! paper.tex\ncall setline(1, 'As \\cite{soulchat')\n"
        'call feedkeys("A\\<C-x>\\<C-u>\\<C-y>}\\<Esc>", "tx")\nwrite!\n'
        "call writefile([len(MhlitComplete(0, '')), len(MhlitComplete(0, 'zzqqxx'))], 'found')\n"
    )
    subprocess.run(["vim", "-u", "NONE", "-N", "-es", "-S", "typed.vim", "-c", "qa!"], cwd=tmp_path, timeout=60)
    assert (tmp_path / "paper.tex").read_text() == "As \\cite{chen-etal-2023-soulchat}\n"
    assert (tmp_path / "found").read_text().split() == ["88", "0"]


@needs_emacs
@pytest.mark.usefixtures("program")
def test_emacs_inserts_the_key_that_is_chosen(run: Run, tmp_path: Path) -> None:
    follow("howto/editors.md", run, tmp_path)
    chosen = "(fset 'completing-read (lambda (ask found &rest _) (car found)))"
    typed = '(insert "[@") (mhlit-insert "soulchat") (insert "]") (princ (buffer-string))'
    command = ["emacs", "--batch", "-Q", "-l", "mhlit.el", "--eval", f"(progn {chosen} (with-temp-buffer {typed}))"]
    finished = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert finished.stdout == "[@chen-etal-2023-soulchat]"

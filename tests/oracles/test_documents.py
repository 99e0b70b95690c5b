"""A document that cites works compiles with what `--from` writes, and nothing is edited by hand."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from mhlit.catalog.source import Catalog
from tests.conftest import Run
from tests.oracles.tools import needs_latexmk, needs_typst

pytestmark = pytest.mark.oracle

NATBIB = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{natbib}
\usepackage{url}
\begin{document}
We follow \citet{chen-etal-2023-soulchat} and others \citep[see][p.~3]{wang-etal-2024-patient,qiu2025psydial}.
%% \cite{nobody-2020-nothing}
\nocite{althoff-etal-2016-large}
\bibliographystyle{plainnat}
\bibliography{refs}
\end{document}
"""
BIBLATEX = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{biblatex}
\addbibresource{refs.bib}
\begin{document}
We follow \textcite{chen-etal-2023-soulchat} and others \parencites[3]{wang-etal-2024-patient}{qiu2025psydial}.
\nocite{althoff-etal-2016-large}
\printbibliography
\end{document}
"""
UNDEFINED = re.compile(r"Citation[^.]*undefined|undefined (?:citations|references)")
CITED = {"chen-etal-2023-soulchat", "wang-etal-2024-patient", "qiu2025psydial", "althoff-etal-2016-large"}


def compiled(folder: Path, *options: str) -> tuple[str, set[str]]:
    """Run latexmk on paper.tex, and return LaTeX's log and the keys of the bibliography."""
    command = ["latexmk", "-interaction=nonstopmode", *options, "paper"]
    finished = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", timeout=300)
    assert finished.returncode == 0, finished.stdout[-3000:]
    keys = re.findall(r"\\bibitem(?:\[(?:[^\[\]]|\{[^{}]*\})*\])?\{([^{}]+)\}|\\entry\{([^{}]+)\}",
                      (folder / "paper.bbl").read_text(encoding="utf-8"))  # fmt: skip
    log = (folder / "paper.log").read_text(encoding="utf-8", errors="replace")
    return log, {one or other for one, other in keys}


@needs_latexmk
@pytest.mark.parametrize("options", [(), ("-pdf",)], ids=["dvi", "pdf"])
@pytest.mark.skipif(not shutil.which("bibtex"), reason="bibtex is not here")
def test_a_paper_with_natbib_compiles(run: Run, tmp_path: Path, options: tuple[str, ...]) -> None:
    (tmp_path / "paper.tex").write_text(NATBIB)
    result = run("cite", "--from", str(tmp_path / "paper.tex"), "-o", str(tmp_path / "refs.bib"))
    assert (result.code, result.out) == (0, "")
    log, keys = compiled(tmp_path, *options)
    assert not UNDEFINED.search(log)
    assert keys == CITED


@needs_latexmk
@pytest.mark.skipif(not shutil.which("biber"), reason="biber is not here")
def test_a_paper_with_biblatex_compiles(run: Run, tmp_path: Path) -> None:
    (tmp_path / "paper.tex").write_text(BIBLATEX)
    output = ("-f", "biblatex", "-o", str(tmp_path / "refs.bib"))
    assert run("cite", "--from", str(tmp_path / "paper.tex"), *output).code == 0
    log, keys = compiled(tmp_path, "-pdf")
    assert not UNDEFINED.search(log)
    assert keys == CITED
    # What LaTeX and biblatex leave behind cites the same.
    for left in ("paper.aux", "paper.bcf"):
        (tmp_path / "again.bib").unlink(missing_ok=True)
        again = ("-f", "biblatex", "-o", str(tmp_path / "again.bib"))
        assert run("cite", "--from", str(tmp_path / left), *again).code == 0
        assert (tmp_path / "again.bib").read_bytes() == (tmp_path / "refs.bib").read_bytes()


@needs_latexmk
@pytest.mark.parametrize("format", ["bibtex", "biblatex"])
def test_all_works_compile(run: Run, catalog: Catalog, tmp_path: Path, format: str) -> None:
    paper = NATBIB if format == "bibtex" else BIBLATEX
    (tmp_path / "paper.tex").write_text(paper.replace("qiu2025psydial", "qiu-lan-2025-psydial"). replace(
        "\\nocite{althoff-etal-2016-large}", "\\nocite{*}"))  # fmt: skip
    assert run("cite", "-f", format, "-o", str(tmp_path / "refs.bib")).code == 0
    log, keys = compiled(tmp_path, "-pdf")
    assert not UNDEFINED.search(log)
    assert keys == {work.key for work in catalog.works}


@needs_typst
def test_typst_reads_all_works(run: Run, catalog: Catalog, tmp_path: Path) -> None:
    import typst

    assert run("cite", "-f", "hayagriva", "-o", str(tmp_path / "refs.yml")).code == 0
    cited = " ".join(f"@{work.key}" for work in catalog.works)
    (tmp_path / "paper.typ").write_text(f'{cited}\n#bibliography("refs.yml", style: "apa")\n', encoding="utf-8")
    typst.compile(str(tmp_path / "paper.typ"), output=str(tmp_path / "paper.pdf"))
    assert (tmp_path / "paper.pdf").stat().st_size > 20_000
    result = run("cite", "--from", str(tmp_path / "paper.typ"), "-o", str(tmp_path / "again.yml"))
    assert result.code == 0
    assert (tmp_path / "again.yml").read_bytes() == (tmp_path / "refs.yml").read_bytes()

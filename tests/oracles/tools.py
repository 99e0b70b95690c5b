"""The programs of others that tests compare with, and the marks that skip a test where one is absent."""

import json
import os
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

try:
    import pypandoc
except ImportError:
    pypandoc = None


@cache
def pandoc_path() -> str:
    """Return pandoc 3: the one from PyPI, or one on PATH; empty where there is none."""
    if pypandoc is not None:
        return str(pypandoc.get_pandoc_path())
    return shutil.which("pandoc") or ""


@cache
def citeproc_js() -> str:
    """Return the folder of citeproc-js below NODE_PATH; empty where it is absent."""
    for folder in os.environ.get("NODE_PATH", "").split(os.pathsep):
        if folder and (Path(folder) / "citeproc").is_dir() and shutil.which("node"):
            return folder
    return ""


@cache
def bibtex_tidy() -> list[str]:
    """Return the command of bibtex-tidy: the one below NODE_PATH, or one on PATH; empty where there is none."""
    for folder in os.environ.get("NODE_PATH", "").split(os.pathsep):
        program = Path(folder) / "bibtex-tidy" / "bin" / "bibtex-tidy"
        if folder and program.exists() and shutil.which("node"):
            return ["node", str(program)]
    found = shutil.which("bibtex-tidy")
    return [found] if found else []


def needs(present: object, name: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not present, reason=f"{name} is not here")


needs_bibtex = needs(shutil.which("bibtex"), "bibtex")
needs_biber = needs(shutil.which("biber"), "biber")
needs_latexmk = needs(shutil.which("latexmk") and shutil.which("latex"), "latexmk")
needs_bibutils = needs(shutil.which("ris2xml"), "bibutils")
needs_typst = needs(find_spec("typst"), "typst")
needs_pandoc = needs(pandoc_path(), "pandoc")
needs_citeproc_js = needs(citeproc_js(), "citeproc-js")


def pandoc_items(text: str, reader: str) -> list[dict[str, Any]]:
    """Return the CSL items that pandoc reads from a bibliography."""
    command = [pandoc_path(), "-f", reader, "-t", "csljson"]
    finished = subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8", check=True)
    assert not finished.stderr, finished.stderr
    items: list[dict[str, Any]] = json.loads(finished.stdout)
    return items


@cache
def axe_core() -> str:
    """Return axe-core's script below NODE_PATH; empty where it is absent."""
    for folder in os.environ.get("NODE_PATH", "").split(os.pathsep):
        script = Path(folder) / "axe-core" / "axe.min.js"
        if folder and script.is_file():
            return script.read_text(encoding="utf-8")
    return ""


def has_browser() -> bool:
    """Tell whether chromium, its driver and selenium are here."""
    return bool(find_spec("selenium") and shutil.which("chromium") and shutil.which("chromedriver"))


needs_browser = needs(has_browser(), "chromium with its driver and selenium")
needs_axe = needs(axe_core(), "axe-core")

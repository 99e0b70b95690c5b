"""What each hot command imports: a module that should not be there is a slower start for everybody."""

import os
import subprocess
import sys

import pytest

from mhlit.cli.app import COMMANDS

# The modules of others that cost a start-up dearly, and our own that only some commands need.
HEAVY = (
    "pydantic", "rich", "pybtex", "rapidfuzz", "citeproc", "lxml", "httpx", "textual", "yaml", "anyascii", "tomllib",
    "importlib.metadata", "importlib.resources", "dataclasses", "mhlit.catalog.source", "mhlit.catalog.compile",
)  # fmt: skip
RUN = """
import sys
sys.argv = ["mhlit", *{arguments!r}]
from mhlit.__main__ import main
try:
    main()
except SystemExit:
    pass
sys.stderr.write("\\n" + " ".join(sys.modules))
"""


def modules_after(*arguments: str, **env: str) -> set[str]:
    finished = subprocess.run(
        [sys.executable, "-c", RUN.format(arguments=arguments)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **env},
    )
    return set(finished.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("arguments", "more"),
    [
        (["search", "empathy"], {"mhlit.model", "mhlit.identifiers", "json"}),
        (["list"], {"mhlit.model", "mhlit.identifiers", "json"}),
        (["list", "--section", "datasets"], {"mhlit.identifiers", "json"}),
        (["show", "chen-etal-2023-soulchat", "--json"], {"mhlit.model", "mhlit.formats"}),
        (["cite", "chen-etal-2023-soulchat", "--format", "bibtex"], {"mhlit.formats.writers.csl_json"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_hot_command_imports_nothing_heavy(arguments: list[str], more: set[str]) -> None:
    modules_after("info")  # a checkout compiles its catalog on the first run, which needs more
    loaded = modules_after(*arguments)
    assert loaded & ({*HEAVY, *more}) == set()


@pytest.mark.parametrize(
    ("words", "command"), [(["show", "soul"], "show"), (["list", "--venue", "f"], "list"), (["cite", "--"], "cite")]
)
def test_completion_imports_the_command_that_is_typed_and_no_other(words: list[str], command: str) -> None:
    modules_after("info")
    loaded = modules_after(*words, _MHLIT_COMPLETE="zsh:80")
    assert loaded & set(HEAVY) == set()
    modules = {module for module, _ in COMMANDS.values()}
    assert loaded & modules == {f"mhlit.cli.{command}"}


def test_the_version_needs_no_command_line() -> None:
    loaded = modules_after("--version")
    assert not loaded & {"typer", "mhlit.cli", "sqlite3", "re"}


def test_the_package_imports_nothing_before_it_is_asked() -> None:
    code = "import sys; before = set(sys.modules); import mhlit; print(sorted(set(sys.modules) - before))"
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert finished.stdout.strip() == "['mhlit']"


def test_the_command_line_needs_none_of_the_python_interface() -> None:
    assert not modules_after("search", "empathy") & {"mhlit.api", "mhlit.render.notebook"}


def test_a_search_that_finds_its_words_needs_no_fuzzy_matching() -> None:
    assert "rapidfuzz" not in modules_after("search", "kokoro chat")


def test_adding_a_work_of_the_catalog_speaks_to_nobody() -> None:
    loaded = modules_after("add", "soulchat", "--dry-run")
    assert loaded & {"httpx", "httpcore", "ssl", "mhlit.sources.client", "mhlit.sources.registry"} == set()

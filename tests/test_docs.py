"""The README and the docs: their commands run, their links lead somewhere, their lists are the program's."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mhlit.catalog.source import Catalog
from mhlit.cite import FORMATS
from mhlit.cite.styles import STYLES
from mhlit.cli.app import COMMANDS, INTERRUPTED
from mhlit.cli.options import _FILTERS
from mhlit.errors import EXIT_CODES, InvalidCatalog, KeyProblem, MhlitError, NothingFound, UsageError
from tests.conftest import ROOT, Run

PAGES = sorted(
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "catalog/README.md", *(ROOT / "docs").rglob("*.md")]
)
SETUP = """```
python -m pip install . && mhlit search empathy
python -m pip install -e ".[test]" && python -m pytest
```"""


def examples() -> Iterator[str]:
    """Yield the mhlit commands that stand in the code blocks of the README and of the page on search."""
    for page in ("README.md", "docs/search.md"):
        for block in re.findall(r"```\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL):
            for line in block.splitlines():
                command = line.split("  #")[0].strip()
                if command.startswith("mhlit "):
                    yield command


def test_the_two_setup_commands_stand_in_the_readme() -> None:
    assert SETUP in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_counts_as_the_program_does(catalog: Catalog) -> None:
    text = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert f"a catalog: the {len(catalog.works)} works named by two lists" in text
    assert (len(FORMATS), len(STYLES)) == (11, 11)
    assert "; eleven formats" in text
    assert "in eleven styles" in text


@pytest.mark.parametrize("command", list(examples()))
def test_an_example_runs_and_gives_something(
    run: Run, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # some write files
    stdin = ""
    for part in command.split(" > ", maxsplit=1)[0].split(" | "):
        result = run(*shlex.split(part)[1:], stdin=stdin)
        assert result.code == 0, result.err
        assert result.out
        stdin = result.out


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_link_to_a_file_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CHANGELOG.md"], ids=lambda path: str(path.relative_to(ROOT)))
def test_prose_keeps_to_120_columns(page: Path) -> None:
    text = re.sub(r"^ *```.*?^ *```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    assert [line for line in text.splitlines() if len(line) > 120 and not line.startswith(("|", ">"))] == []


def test_no_address_is_left_to_be_filled_in() -> None:
    for page in PAGES:
        assert "https://…" not in page.read_text(encoding="utf-8"), page


def test_every_variable_of_ours_is_documented() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    documented = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    read = set(re.findall(r"environ(?:\.get)?[(\[]\"(MHLIT_[A-Z]+)\"", sources))
    assert len(read) > 3
    for name in read:
        assert f"| `{name}` |" in documented


def test_the_rules_are_documented_as_they_are() -> None:
    command = [sys.executable, "docs/make_rules.py", "--check"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stderr == ""


def test_every_command_filter_and_format_is_documented() -> None:
    commands = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    for command in COMMANDS:
        assert f"| `{command}" in commands
    filters = (ROOT / "docs/search.md").read_text(encoding="utf-8")
    for name in _FILTERS:
        assert f"| `--{name}` |" in filters
    formats = (ROOT / "docs/formats.md").read_text(encoding="utf-8")
    for name in FORMATS:
        assert f"`{name}`" in formats


def test_the_exit_codes_are_those_of_the_errors() -> None:
    errors = {error.exit_code for error in (NothingFound, UsageError, MhlitError, KeyProblem, InvalidCatalog)}
    assert set(EXIT_CODES) == errors | {0, INTERRUPTED}


def test_what_is_made_from_the_program_is_as_the_program_is() -> None:
    script = ROOT / "docs/make_reference.py"
    made = subprocess.run([sys.executable, script, "--check"], capture_output=True, encoding="utf-8")
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")

"""The docs as MkDocs builds them: without a warning, every page reached, and nothing loaded from elsewhere."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

import pytest

from mhlit.cli.app import COMMANDS
from tests.conftest import ROOT
from tests.oracles.tools import needs

pytestmark = [pytest.mark.oracle, needs(find_spec("mkdocs") and find_spec("material"), "MkDocs with Material")]
ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
STYLE = re.compile(r"(?:@import\s+|url\(\s*)[\"']?([^\"')\s]+)")


class Loads(HTMLParser):
    """Gathers what a page loads; an ordinary link loads nothing until it is followed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.classes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.classes |= set(given.get("class", "").split())
        names = ("src", "srcset", "data", "poster") + (
            ("href", "xlink:href") if tag not in ("a", "area", "base") else ()
        )
        self.found += [given[name] for name in names if name in given]
        self.found += STYLE.findall(given.get("style", ""))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    finished = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8")
    assert finished.returncode == 0, finished.stderr
    return folder


def test_nothing_is_loaded_from_elsewhere(built: Path) -> None:
    pages = sorted(built.rglob("*.html"))
    assert len(pages) > 15
    for page in pages:
        loads = Loads()
        loads.feed(page.read_text(encoding="utf-8"))
        assert any("main." in target for target in loads.found), (
            page
        )  # the theme's own, so that the check sees something
        assert [target for target in loads.found if ELSEWHERE.match(target)] == [], page
        assert "mermaid" not in loads.classes, page  # would be drawn by a script from elsewhere
    for sheet in built.rglob("*.css"):
        addresses = STYLE.findall(sheet.read_text(encoding="utf-8"))
        assert [target for target in addresses if ELSEWHERE.match(target)] == [], sheet


def test_every_page_and_schema_is_there(built: Path) -> None:
    for page in (ROOT / "docs").rglob("*.md"):
        assert (built / page.relative_to(ROOT / "docs").with_suffix(".html")).is_file()
    for schema in (ROOT / "src/mhlit/schemas").glob("*.json"):
        assert (built / "schemas" / schema.name).read_bytes() == schema.read_bytes()


def test_no_link_leads_out_of_the_site(built: Path) -> None:
    for page in built.rglob("*.html"):
        for target in re.findall(r'href="([^"#?]+)', page.read_text(encoding="utf-8")):
            if page.name != "404.html" and not re.match(r"[a-z]+:", target):
                assert (page.parent / target).resolve().is_relative_to(built.resolve()), (page, target)
                assert (page.parent / target).exists(), (page, target)


def test_the_reference_names_every_command(built: Path) -> None:
    text = (built / "commands.html").read_text(encoding="utf-8")
    for command in COMMANDS:
        assert f'id="mhlit-{command}"' in text

"""What the screens look like, at two widths, dark and light: the text, and where each colour of the look stands.

The expected files stand in tests/golden/browse; `pytest --update-golden` writes them anew. Textual's own drawing
(scroll bars, borders of the window behind another) differs between its releases and is left out.
"""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from rich.color import Color
from rich.segment import Segment
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static

from mhlit.cli.hands import Hands
from mhlit.cli.session import open_store
from mhlit.tui.app import BrowseApp
from mhlit.tui.browsing import Browsing
from mhlit.tui.card import CardPane
from mhlit.tui.citing import CiteScreen
from mhlit.tui.looks import LOOKS
from mhlit.tui.table import WorksTable
from tests.conftest import ROOT, Run

GOLDEN = ROOT / "tests/golden/browse"
SCREENS = {
    "main": ("empathy", "enter down space down"),
    "everything": ("", "tab"),
    "facets": ("", "tab f down space"),
    "card": ("soulchat", "enter enter"),
    "empty": ("zzqq", ""),
    "unread": ('"empathy', ""),
    "help": ("", "f1"),
    "cite": ("soulchat", "enter c"),
    "tag": ("empathy", "enter space space t"),
    "confirm": ("empathy", "enter space space space r"),
}
SIZES = {80: 24, 120: 36}
_DRAWN = str.maketrans(dict.fromkeys("▁▂▃▄▅▆▇█▔▏▎▍▌▋▊▉▕▐━╸╺", " "))


@pytest.fixture(autouse=True)
def a_library(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MHLIT_LIBRARY", str(tmp_path / "library.sqlite"))
    monkeypatch.setattr("mhlit.cli.add.date", _Today)
    assert run("add", "soulchat", "emotionqueen", "--tag", "cbt").code == 0
    assert run("mark", "star", "soulchat").code == 0
    assert run("mark", "reading", "soulchat").code == 0


class _Today:
    @staticmethod
    def today() -> type["_Today"]:
        return _Today

    @staticmethod
    def isoformat() -> str:
        return "2026-01-02"


def lines_of(pilot: Pilot[None]) -> list[list[Segment]]:
    return [list(strip) for strip in pilot.app.screen._compositor.render_strips()]


def look_at(screen: str, columns: int) -> dict[str, list[list[Segment]]]:
    """Return the lines of a screen in either look."""
    query, keys = SCREENS[screen]
    seen: dict[str, list[list[Segment]]] = {}

    async def run() -> None:
        app = BrowseApp(Browsing(open_store()), Hands(), query)
        async with app.run_test(size=(columns, SIZES[columns])) as pilot:
            main = app.screen
            await pilot.pause()
            for key in keys.split():
                await pilot.press(key)
                await pilot.pause(0.05)
            await until_drawn(pilot, main)
            if isinstance(app.focused, Input):
                app.focused.cursor_blink = False
            for theme in LOOKS:
                await pilot.pause(0.1)
                seen[theme] = lines_of(pilot)
                app.action_other_theme()

    CiteScreen.form = "bibtex"
    asyncio.run(run())
    return seen


async def until_drawn(pilot: Pilot[None], main: Screen[Any]) -> None:
    """Wait for the card, for the works near to it that stand on it, and for the preview of references."""
    card, table = main.query_one(CardPane), main.query_one(WorksTable)
    for _ in range(200):
        previewed = not isinstance(pilot.app.screen, CiteScreen) or str(
            pilot.app.screen.query_one("#text", Static).visual
        )
        whole = card._work == table.current and (card._near or table.current is None or not card.display)
        if whole and previewed:
            return
        await pilot.pause(0.05)


def drawn(lines: list[list[Segment]], theme: str) -> str:
    """Return the text of a screen, and below it the places of the colours that tell something."""
    look = LOOKS[theme]
    names = {
        style.color.get_truecolor().hex: name
        for name, style in look.styles.styles.items()
        if name in ("key", "match", "good", "doubt", "wrong") and isinstance(style.color, Color)
    }
    text, colours = [], []
    for number, line in enumerate(lines, 1):
        text.append("".join(segment.text for segment in line).translate(_DRAWN).rstrip())
        for segment in line:
            colour = segment.style.color if segment.style else None
            name = names.get(colour.get_truecolor().hex) if colour else None
            if name and segment.text.strip():
                colours.append(f"{number:3} {name}: {segment.text.strip()}")
    return "\n".join([*text, "", *colours, ""])


@pytest.mark.parametrize("columns", SIZES)
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_looks_as_it_did(screen: str, columns: int, request: pytest.FixtureRequest) -> None:
    for theme, lines in look_at(screen, columns).items():
        shown = drawn(lines, theme)
        assert all(len(line) <= columns for line in shown.split("\n")[: SIZES[columns]])
        file = GOLDEN / f"{screen}-{columns}-{theme}.txt"
        if request.config.getoption("--update-golden"):
            file.parent.mkdir(exist_ok=True)
            file.write_text(shown, encoding="utf-8")
        assert shown == file.read_text(encoding="utf-8")
        if screen in ("main", "everything", "facets", "empty", "unread"):  # what is behind the others is dimmed
            assert faint(lines) == []


def faint(lines: list[list[Segment]]) -> list[str]:
    """Return what is written with less contrast than 4.5 to 1."""
    found = []
    for line in lines:
        for text, style, _ in line:
            if style and style.color and style.bgcolor and re.search(r"\w", text):
                darker, lighter = sorted(map(luminance, (style.color, style.bgcolor)))
                if (lighter + 0.05) / (darker + 0.05) < 4.5:
                    found.append(text)
    return found


def luminance(colour: Color) -> float:
    """Return the relative luminance of a colour, as WCAG 2 has it."""
    parts = (part / 255 for part in colour.get_truecolor())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

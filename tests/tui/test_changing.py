"""Marks, tags, notes and undo from the browser: what they do to the library, and what the screen says of it."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from mhlit.cli.hands import Hands
from mhlit.cli.session import open_store
from mhlit.model import Item
from mhlit.store.reading import Store
from mhlit.tui.app import BrowseApp
from mhlit.tui.asking import ConfirmScreen, Tags, TagScreen, read_tags
from mhlit.tui.browsing import Browsing
from mhlit.tui.screen import BrowseScreen
from mhlit.tui.table import WorksTable
from tests.conftest import Run
from tests.tui.test_screen import screen_text, shows, type_in

Script = Callable[[Pilot[None]], Awaitable[None]]
SOULCHAT = "chen-etal-2023-soulchat"


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "library.sqlite"
    monkeypatch.setenv("MHLIT_LIBRARY", str(path))
    monkeypatch.setenv("MHLIT_WAIT", "0.2")
    yield path
    path.chmod(0o644) if path.exists() else None


def browse(script: Script, scope: str = "all", query: str = "", size: tuple[int, int] = (120, 36)) -> None:
    async def run() -> None:
        reopen = partial(open_store, scope)
        app = BrowseApp(Browsing(reopen()), Hands(reopen), query)
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            await script(pilot)

    asyncio.run(run())


async def pressed(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, one after the other, each when what the one before began is done or asks something."""
    (main,) = (screen for screen in pilot.app.screen_stack if isinstance(screen, BrowseScreen))
    for key in keys:
        await pilot.press(key)
        for _ in range(200):
            await pilot.pause(0.02)
            if not main._changing._under_way or pilot.app.screen is not main:
                break
    await pilot.pause(0.1)
    await pilot.pause()


def item(key: str) -> Item | None:
    store = open_store()
    (work,) = store.works(store.lookup("works", "key", [key]))
    return work.item


def own() -> list[str]:
    store: Store = open_store("library")
    return sorted(store.keys(store.ids(Browsing(store)._within)))


def test_a_work_of_the_catalog_that_is_marked_is_added_and_u_takes_both_back(run: Run) -> None:
    async def script(pilot: Pilot[None]) -> None:
        await type_in(pilot, "soulchat")
        await pressed(pilot, "enter", "r")
        assert await shows(pilot, "marked 1 work reading; u undoes it")
        assert await shows(pilot, f"added {SOULCHAT} to your library")
        assert "◐" in screen_text(pilot)
        kept = item(SOULCHAT)
        assert kept
        assert (kept.reading, kept.catalog) == ("reading", SOULCHAT)
        await pressed(pilot, "r", "asterisk")
        kept = item(SOULCHAT)
        assert kept
        assert (kept.reading, kept.starred) == ("read", True)
        assert "●★" in screen_text(pilot)
        for label in ("mark star", "mark read", "mark reading"):
            await pressed(pilot, "u")
            assert await shows(pilot, f"undone: {label} (1 work); U does it again"), screen_text(pilot)
        assert item(SOULCHAT) is None
        assert pilot.app.screen.query_one(WorksTable).current is not None
        await pressed(pilot, "u")
        assert await shows(pilot, "nothing is left to undo")
        await pressed(pilot, "U")
        assert await shows(pilot, "done again: mark reading (1 work); u undoes it")

    browse(script)
    kept = item(SOULCHAT)
    assert kept
    assert kept.reading == "reading"
    assert own() == [SOULCHAT]


def test_the_command_and_the_browser_do_the_same(run: Run, library: Path, tmp_path: Path) -> None:
    def rows(file: Path) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(file)) as connection:
            return connection.execute("SELECT key, document, source FROM items ORDER BY key").fetchall()

    def labels(file: Path) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(file)) as connection:
            return connection.execute("SELECT label FROM changes ORDER BY id").fetchall()

    assert run("add", "soulchat").code == 0
    other = tmp_path / "other.sqlite"
    other.write_bytes(library.read_bytes())
    assert run("--library", str(other), "mark", "read", "soulchat").code == 0
    assert run("--library", str(other), "mark", "star", "soulchat").code == 0
    assert run("--library", str(other), "tag", "+cbt", "+to read", "-gone", "soulchat").code == 0

    async def script(pilot: Pilot[None]) -> None:
        await type_in(pilot, "soulchat")
        await pressed(pilot, "enter", "r", "enter")
        await pressed(pilot, "enter", "r", "asterisk", "t")
        pilot.app.screen.query_one("#file", Input).value = "cbt, to read, -gone"
        await pressed(pilot, "enter")
        assert await shows(pilot, "tagged 1 work; u undoes it")

    import os

    os.environ["MHLIT_LIBRARY"] = str(library)
    browse(script)
    assert rows(library) == rows(other)
    assert labels(library)[-1:] == labels(other)[-1:]


def test_several_works_are_counted_and_asked_for(run: Run) -> None:
    async def script(pilot: Pilot[None]) -> None:
        await type_in(pilot, "empathy")
        await pressed(pilot, "enter", "space", "space", "space", "r")
        assert isinstance(pilot.app.screen, ConfirmScreen)
        text = screen_text(pilot)
        assert "Mark 3 works reading" in text
        assert "chen-etal-2024-emotionqueen" in text
        await pressed(pilot, "escape")
        assert isinstance(pilot.app.screen, BrowseScreen)
        assert not Path(open_library()).exists()
        await pressed(pilot, "r", "enter")
        assert await shows(pilot, "marked 3 works reading; u undoes it")
        assert "3 selected" in screen_text(pilot)
        assert len(pilot.app.screen.query_one(WorksTable).selected) == 3
        await pressed(pilot, "u")
        assert "Undo: mark reading" in screen_text(pilot)
        assert "3 works" in screen_text(pilot)
        await pressed(pilot, "enter")
        assert await shows(pilot, "undone: mark reading (3 works)")
        assert "3 selected" in screen_text(pilot)

    browse(script)
    assert own() == []


def open_library() -> str:
    from mhlit.paths import library_file

    return str(library_file())


def test_tags_are_given_and_taken_away_and_become_facets(run: Run) -> None:
    async def script(pilot: Pilot[None]) -> None:
        await type_in(pilot, "soulchat")
        await pressed(pilot, "enter", "t")
        assert isinstance(pilot.app.screen, TagScreen)
        assert "tags now: none" in screen_text(pilot)
        await pressed(pilot, "enter")
        assert "no tag is named" in screen_text(pilot)
        pilot.app.screen.query_one("#file", Input).value = "[red]cbt[/red], to read"
        await pressed(pilot, "enter")
        assert await shows(pilot, "tagged 1 work; u undoes it")
        assert "#[red]cbt[/red]" in screen_text(pilot)
        await pressed(pilot, "t")
        assert "tags now: [red]cbt[/red], to read" in screen_text(pilot)
        await pressed(pilot, "minus", "t", "o", "right", "enter")  # completed
        assert await shows(pilot, "tagged 1 work")

    browse(script, size=(160, 36))
    kept = item(SOULCHAT)
    assert kept
    assert kept.tags == ("[red]cbt[/red]",)
    browsing = Browsing(open_store())
    assert browsing.counts("", {})["tag"] == [("[red]cbt[/red]", 1)]


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("cbt, to read", Tags(("cbt", "to read"), ())),
        ("+cbt -todo", Tags(("cbt",), ("todo",))),
        ("- todo , , +", Tags((), ("todo",))),
        ("well-being", Tags(("well-being",), ())),
        ("", Tags((), ())),
    ],
)
def test_a_line_of_tags_is_read_as_it_is_meant(line: str, tags: Tags) -> None:
    assert read_tags(line) == tags


def test_a_busy_library_is_said_and_nothing_is_changed(run: Run, library: Path) -> None:
    assert run("add", "soulchat").code == 0

    async def script(pilot: Pilot[None]) -> None:
        await type_in(pilot, "soulchat")
        with closing(sqlite3.connect(library, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await pressed(pilot, "enter", "r")
            assert await shows(pilot, "the library is busy: another mhlit is writing to it")
            other.execute("ROLLBACK")
        await pressed(pilot, "r")
        assert await shows(pilot, "marked 1 work reading")

    browse(script)


def test_a_read_only_library_is_said_and_nothing_is_changed(run: Run, library: Path) -> None:
    assert run("add", "soulchat").code == 0
    library.chmod(0o444)

    async def script(pilot: Pilot[None]) -> None:
        await type_in(pilot, "soulchat")
        await pressed(pilot, "enter", "r")
        assert await shows(pilot, "is read-only; nothing was changed")
        await pressed(pilot, "u")
        assert await shows(pilot, "is read-only; nothing was changed")

    browse(script)
    kept = item(SOULCHAT)
    assert kept
    assert kept.reading == "unread"


def test_a_note_needs_a_terminal_that_can_be_left(run: Run) -> None:
    async def script(pilot: Pilot[None]) -> None:
        await type_in(pilot, "soulchat")
        await pressed(pilot, "enter", "n")
        assert await shows(pilot, "this terminal cannot be left to an editor")

    browse(script)


def test_a_chosen_value_that_a_change_takes_away_leaves_an_empty_list(run: Run) -> None:
    assert run("add", "soulchat").code == 0
    assert run("tag", "+todo", "soulchat").code == 0

    async def script(pilot: Pilot[None]) -> None:
        await pressed(pilot, "tab", "t")
        pilot.app.screen.query_one("#file", Input).value = "-todo"
        await pressed(pilot, "enter")
        assert "no work has all of these values" in " ".join(screen_text(pilot).split())
        await pressed(pilot, "r", "asterisk", "t", "n")  # of no work
        assert isinstance(pilot.app.screen, BrowseScreen)
        await pressed(pilot, "u")
        assert await shows(pilot, "undone: tag -todo (1 work)")

    async def run_it() -> None:
        app = BrowseApp(Browsing(open_store()), Hands(), "", {"tag": ["todo"]})
        async with app.run_test(size=(120, 36), notifications=True) as pilot:
            await pilot.pause()
            await script(pilot)

    asyncio.run(run_it())
    kept = item(SOULCHAT)
    assert kept
    assert kept.tags == ("todo",)


def test_every_key_of_the_screen_stands_on_the_help_page() -> None:
    from textual.binding import Binding

    from mhlit.tui.help import KEYS

    named = {"slash": "/", "question_mark": "?", "f1": "F1", "escape": "Esc", "asterisk": "*"}
    told = " ".join(keys for keys, _ in KEYS).split()
    for binding in BrowseScreen.BINDINGS:
        assert isinstance(binding, Binding)
        assert named.get(binding.key, binding.key) in told

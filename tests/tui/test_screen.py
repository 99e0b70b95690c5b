"""The browser as a reader uses it: keys and clicks go in, the screen and what leaves it are looked at."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from mhlit.cite import entry_of, writer
from mhlit.cli.hands import Hands
from mhlit.model import Work
from mhlit.store.reading import Store
from mhlit.tui.app import BrowseApp
from mhlit.tui.browsing import Browsing
from mhlit.tui.card import CardPane
from mhlit.tui.citing import CiteScreen
from mhlit.tui.facets import FacetList
from mhlit.tui.help import KEYS, HelpScreen
from mhlit.tui.screen import BrowseScreen
from mhlit.tui.table import WorksTable
from tests.conftest import ROOT
from tests.search.shelf import made_up, shelf

Script = Callable[[Pilot[None]], Awaitable[None]]


class Recorded(Hands):
    """The real hands, but for the clipboard and the browser of this machine."""

    def __init__(self) -> None:
        self.copied: list[str] = []
        self.visited: list[str] = []
        self.has_browser = True

    def copy(self, text: str, by_terminal: Callable[[str], bool]) -> None:
        self.copied.append(text)

    def visit(self, url: str) -> bool:
        self.visited.append(url)
        return self.has_browser


def browse(
    store: Store,
    script: Script,
    *,
    size: tuple[int, int] = (120, 36),
    hands: Hands | None = None,
    query: str = "",
    chosen: dict[str, list[str]] | None = None,
    theme: str = "dark",
) -> None:
    """Run the browser and do with it what a script says."""

    async def run() -> None:
        app = BrowseApp(Browsing(store), hands or Recorded(), query, chosen, theme)
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            await script(pilot)

    CiteScreen.form = "bibtex"
    asyncio.run(run())


async def type_in(pilot: Pilot[None], text: str) -> None:
    for letter in text:
        await pilot.press({" ": "space", "?": "question_mark", "-": "minus"}.get(letter, letter))
    await settled(pilot)


async def settled(pilot: Pilot[None]) -> None:
    """Wait for what was asked for, timers and workers, until the screen stands still."""
    before = ""
    for _ in range(50):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.1)
        now = screen_text(pilot)
        if now == before:
            break
        before = now


async def shows(pilot: Pilot[None], text: str) -> bool:
    """Tell whether a text comes to stand on the screen, or in a message there, which may break it into lines."""
    for _ in range(400):
        messages = [notification.message for notification in pilot.app._notifications]
        if any(text in " ".join(shown.split()) for shown in (screen_text(pilot), *messages)):
            return True
        await pilot.pause(0.05)
    return False


def screen_text(pilot: Pilot[None]) -> str:
    """Return what stands on the screen, line by line."""
    app = pilot.app
    width, _ = app.size
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip()[:width] for strip in lines)


def keys_shown(pilot: Pilot[None], store: Store) -> list[str]:
    return store.keys(pilot.app.screen.query_one(WorksTable)._found.ids)


def works_of(store: Store, keys: Sequence[str]) -> list[Work]:
    return store.works([store.lookup("works", "key", [key])[0] for key in keys])


def test_typing_filters_the_table_and_shows_the_card_of_the_first(store: Store) -> None:
    async def script(pilot: Pilot[None]) -> None:
        assert "88 works" in screen_text(pilot)
        await type_in(pilot, "kokoro chat")
        assert keys_shown(pilot, store)[0] == "qi-etal-2025-kokorochat"
        text = screen_text(pilot)
        assert "of 88 works" in text
        assert "qi-etal-2025-kokorochat" in text
        assert "KokoroChat: A Japanese" in text
        await pilot.press("escape")
        await settled(pilot)
        assert len(keys_shown(pilot, store)) == 88

    browse(store, script)


def test_letters_in_the_search_box_are_no_commands(store: Store) -> None:
    async def script(pilot: Pilot[None]) -> None:
        await type_in(pilot, "coqaxs?")
        assert pilot.app.screen.query_one("#search", Input).value == "coqaxs?"
        assert isinstance(pilot.app.screen, BrowseScreen)

    browse(store, script)


def test_a_facet_narrows_by_key_and_widens_again(store: Store) -> None:
    async def script(pilot: Pilot[None]) -> None:
        await pilot.press("tab", "f")
        facets = pilot.app.screen.query_one(FacetList)
        assert facets.has_focus
        place = next(n for n, row in enumerate(facets._rows) if row.value == "datasets")
        facets.cursor = place
        await pilot.press("space")
        await settled(pilot)
        assert len(keys_shown(pilot, store)) == 12
        assert "section: datasets" in screen_text(pilot)
        await pilot.press("x")
        await settled(pilot)
        assert len(keys_shown(pilot, store)) == 88

    browse(store, script)


def test_a_facet_narrows_by_the_mouse_and_unfolds(store: Store) -> None:
    async def script(pilot: Pilot[None]) -> None:
        facets = pilot.app.screen.query_one(FacetList)
        place = next(n for n, row in enumerate(facets._rows) if row.value == "models")
        await pilot.click(FacetList, offset=(5, place))
        await settled(pilot)
        assert len(keys_shown(pilot, store)) == 23
        before = facets.total()
        place = next(n for n, row in enumerate(facets._rows) if row.facet == "venue" and not row.value and row.many > 0)
        await pilot.click(FacetList, offset=(5, place - round(facets.scroll_offset.y)))
        await settled(pilot)
        assert facets.total() > before

    browse(store, script)


def test_what_is_selected_is_copied_as_bibtex_in_the_order_of_selection(store: Store) -> None:
    hands = Recorded()

    async def script(pilot: Pilot[None]) -> None:
        await type_in(pilot, "empathy")
        await pilot.press("enter", "space", "space")
        await pilot.press("slash", "escape")  # a selection outlives the query
        await type_in(pilot, "soulchat")
        await pilot.press("enter", "space")
        await settled(pilot)
        assert "3 selected" in screen_text(pilot)
        await pilot.press("c")
        await settled(pilot)
        assert isinstance(pilot.app.screen, CiteScreen)
        assert "@inproceedings{chen-etal-2024-emotionqueen," in screen_text(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert await shows(pilot, "3 references copied, bibtex")

    browse(store, script, hands=hands)
    keys = ["chen-etal-2024-emotionqueen", "liu-etal-2025-illusion", "chen-etal-2023-soulchat"]
    expected = writer("bibtex")(entry_of(work) for work in works_of(store, keys))
    assert hands.copied == [expected.rstrip("\n")]


def test_a_click_on_the_box_selects_and_elsewhere_only_moves(store: Store) -> None:
    async def script(pilot: Pilot[None]) -> None:
        table = pilot.app.screen.query_one(WorksTable)
        await pilot.click(WorksTable, offset=(12, table.row_height))
        assert table.cursor == 1
        assert not table.selected
        await pilot.click(WorksTable, offset=(2, 2 * table.row_height))
        assert table.cursor == 2
        assert list(table.selected) == [table.current]
        await pilot.press("a")
        assert len(table.selected) == 88
        await pilot.press("a")
        assert not table.selected

    browse(store, script)


def test_a_style_is_written_to_a_file_and_doubts_are_said(store: Store, tmp_path: Path) -> None:
    async def script(pilot: Pilot[None]) -> None:
        await type_in(pilot, "kim-etal-2024-large")
        await pilot.press("enter", "c")
        await settled(pilot)
        forms = pilot.app.screen.query_one("#forms", OptionList)
        forms.highlighted = forms.get_option_index("apa")
        await settled(pilot)
        await pilot.press("tab")
        pilot.app.screen.query_one("#file", Input).value = str(tmp_path / "refs.txt")
        await pilot.press("enter")
        await settled(pilot)
        assert await shows(pilot, "1 reference in")
        assert await shows(pilot, "not fully verified")

    browse(store, script, size=(160, 40))
    written = (tmp_path / "refs.txt").read_text(encoding="utf-8")
    assert written.startswith("Kim, J., Leonte, K. G., Chen, M. L.")
    assert "(2024)" in written


def test_a_bib_that_is_there_is_added_to_and_another_file_is_not_lost(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # names short enough to stand on one line
    bib, other = Path("refs.bib"), Path("notes.txt")
    bib.write_text("@misc{mine, title = {Mine}}\n", encoding="utf-8")
    other.write_text("my notes\n", encoding="utf-8")

    async def script(pilot: Pilot[None]) -> None:
        await type_in(pilot, "soulchat")
        await pilot.press("enter", "c")
        await settled(pilot)
        pilot.app.screen.query_one("#file", Input).value = str(other)
        await pilot.click("#write")
        await settled(pilot)
        assert await shows(pilot, "would be lost")
        pilot.app.screen.query_one("#file", Input).value = str(bib)
        await pilot.click("#write")
        assert await shows(pilot, "refs.bib")
        assert isinstance(pilot.app.screen, BrowseScreen)

    browse(store, script, size=(160, 40))
    text = bib.read_text(encoding="utf-8")
    assert text.startswith("@misc{mine, title = {Mine}}\n")
    assert "@inproceedings{chen-etal-2023-soulchat," in text
    assert other.read_text(encoding="utf-8") == "my notes\n"


def test_a_work_is_opened_or_without_a_browser_its_address_is_copied(store: Store) -> None:
    hands = Recorded()
    page = "https://aclanthology.org/2023.findings-emnlp.83/"

    async def script(pilot: Pilot[None]) -> None:
        await type_in(pilot, "soulchat")
        await pilot.press("enter", "o")
        await settled(pilot)
        assert hands.visited == [page]
        assert hands.copied == []
        hands.has_browser = False
        await pilot.press("o")
        await settled(pilot)
        assert hands.copied == [page]
        assert await shows(pilot, "there is no browser here")

    browse(store, script, hands=hands)


@pytest.mark.parametrize(
    ("size", "theme"),
    [((60, 16), "dark"), ((60, 24), "light"), ((80, 24), "dark"), ((120, 36), "light"), ((200, 50), "dark")],
    ids=str,
)
def test_every_part_can_be_reached_at_every_size(store: Store, size: tuple[int, int], theme: str) -> None:
    async def script(pilot: Pilot[None]) -> None:
        await type_in(pilot, "soulchat")
        text = screen_text(pilot)
        assert all(len(line) <= size[0] for line in text.split("\n"))
        assert "SoulChat: Improving LLMs" in text
        assert "of 88 works" in text
        assert (size[0] >= 100) == ("Section" in text)
        await pilot.press("enter", "f")
        await settled(pilot)
        assert "Section" in screen_text(pilot)
        await pilot.press("escape", "enter")  # the card on the whole screen
        await settled(pilot)
        card = pilot.app.screen.query_one(CardPane)
        assert card.has_focus
        assert card.size.width >= size[0] - 2
        assert "Findings of the Association" in screen_text(pilot)
        await pilot.press("escape", "question_mark")
        await settled(pilot)
        assert isinstance(pilot.app.screen, HelpScreen)
        assert "cite what is selected" in " ".join(screen_text(pilot).split()) or size[1] < 30
        await pilot.press("escape", "d")
        assert pilot.app.theme == {"dark": "mhlit-light", "light": "mhlit-dark"}[theme]

    browse(store, script, size=size, theme=theme)


def test_a_query_that_is_being_typed_keeps_what_was_found(store: Store) -> None:
    async def script(pilot: Pilot[None]) -> None:
        await type_in(pilot, "empathy")
        found = keys_shown(pilot, store)
        search = pilot.app.screen.query_one("#search", Input)
        search.value = "empathy section:nowhere"
        await settled(pilot)
        assert keys_shown(pilot, store) == found
        assert "there is no section 'nowhere'" in screen_text(pilot)

    browse(store, script)


def test_orders_are_gone_through(store: Store) -> None:
    async def script(pilot: Pilot[None]) -> None:
        await pilot.press("tab", "s", "s")
        await settled(pilot)
        assert await shows(pilot, "sorted by year")
        ids = pilot.app.screen.query_one(WorksTable)._found.ids
        years = [int(str(row[0])) for row in store.rows(ids, ["year"])]
        assert years == sorted(years, reverse=True)

    browse(store, script)


def test_hostile_text_is_shown_as_text() -> None:
    title = "[red]Loud[/red] \x1b[31mand\x1b]52;c;aGk=\x07 \u202ereversed [@click=app.quit]go[/]"
    hostile = shelf([made_up(title, key="hostile-1", authors="[bold]Eve\x1b[2J, X")])

    async def script(pilot: Pilot[None]) -> None:
        await type_in(pilot, "loud")
        await pilot.press("enter", "c")
        await settled(pilot)
        await pilot.press("escape", "enter")
        await settled(pilot)
        text = screen_text(pilot)
        assert "[red]Loud[/red] [31mand]52;c;aGk= reversed [@click=app.quit]go[/]" in text
        assert "\x1b" not in text
        assert "\u202e" not in text
        svg = pilot.app.export_screenshot()
        assert "\x1b" not in svg

    browse(hostile, script, size=(120, 36))


def test_the_keys_are_documented_as_they_are() -> None:
    page = (ROOT / "docs/browse.md").read_text(encoding="utf-8")
    for keys, what in KEYS:
        assert f"| {keys} | {what} |" in page

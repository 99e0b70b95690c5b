"""What scrolls in the browser: its bar, its lines, and what they cost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text
from textual.pilot import Pilot

from mhlit.api import load
from mhlit.render.tables import clipped
from mhlit.store.reading import Store
from mhlit.tui.scrolled import Piece, Scrolled, cut, filled
from mhlit.tui.table import WorksTable, broken
from tests.tui.test_screen import browse, settled, type_in

WIDE = [
    "自然言語処理によるメンタルヘルスの支援について",
    "ab 自然言語処理による cd",
    "Floccinaucinihilipilification of it",
]


def bar(view: Scrolled) -> str:
    """Return the last column of what is seen, a letter a line."""
    height = view.scrollable_content_region.height
    view.render_lines(view.size.region)
    return "".join(view.render_line(y).text[-1] for y in range(height)).replace("▐", "#")


def test_the_bar_says_where_one_is_and_how_much_there_is(store: Store) -> None:
    async def script(pilot: Pilot[None]) -> None:
        table = pilot.app.screen.query_one(WorksTable)
        at_first = bar(table)
        assert at_first.rstrip(" ") == "#" * at_first.count("#")
        seen = table.scrollable_content_region.height
        assert at_first.count("#") == seen * seen // (88 * table.row_height)
        await pilot.press("enter", "end")
        await settled(pilot)
        assert bar(table) == at_first[::-1]

    browse(store, script)


def test_there_is_no_bar_where_all_is_in_sight(store: Store) -> None:
    async def script(pilot: Pilot[None]) -> None:
        await type_in(pilot, "soulchat")
        assert set(bar(pilot.app.screen.query_one(WorksTable))) == {" "}

    browse(store, script)


def test_the_bar_is_drawn_along_by_the_mouse_and_the_cursor_stays(store: Store) -> None:
    async def script(pilot: Pilot[None]) -> None:
        table = pilot.app.screen.query_one(WorksTable)
        right = table.gutter.left + table.line_width
        bottom = table.scrollable_content_region.height - 1
        await pilot.mouse_down(table, offset=(right, 0))
        await pilot.hover(table, offset=(right, bottom))
        await pilot.mouse_up(table, offset=(right, bottom))
        await settled(pilot)
        assert table.scroll_offset.y == table.max_scroll_y
        assert table.cursor == 0
        await pilot.hover(table, offset=(right, 3))
        assert table.scroll_offset.y == table.max_scroll_y  # it was let go
        await pilot.click(table, offset=(right, bottom // 2))
        await settled(pilot)
        assert 0.3 < table.scroll_offset.y / table.max_scroll_y < 0.7
        assert table.cursor == 0

    browse(store, script)


def test_what_is_found_is_not_laid_out_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Layout costs as much as painting all; only the search box, whose text grows, asks for it."""
    asked: list[str] = []
    refresh = Scrolled.refresh

    def watched(self: Scrolled, *regions: object, layout: bool = False, **options: bool) -> Scrolled:
        if layout:
            asked.append(str(self.id))
        return refresh(self, *regions, layout=layout, **options)  # type: ignore[arg-type]  # what came in

    async def script(pilot: Pilot[None]) -> None:
        await settled(pilot)
        monkeypatch.setattr(Scrolled, "refresh", watched)
        await type_in(pilot, "empathy")
        assert pilot.app.screen.query_one(WorksTable).total() == 9
        assert asked == []

    browse(store, script)


@pytest.mark.parametrize("most", [1, 2, 3])
def test_titles_are_broken_as_rich_breaks_them(most: int) -> None:
    console = Console()
    for title in [work.preferred.title for work in load()] + WIDE:
        for width in range(8, 100, 3):
            lines = [title[start:end] for start, end in broken(title, width, most)]
            expected = clipped(Text(title), width, console, most).plain.split("\n")
            assert lines[:-1] == expected[:-1]
            assert "".join(text for text, _ in cut([(lines[-1], None)], width)) == expected[-1].rstrip()


PIECES = st.lists(st.tuples(st.text(st.characters(codec="utf-8", exclude_categories=["C", "M"])), st.none()))


@given(PIECES, st.integers(2, 40))
def test_a_line_is_as_wide_as_asked_whatever_stands_in_it(pieces: list[Piece], width: int) -> None:
    whole = "".join(text for text, _ in pieces)
    line = cut(pieces, width)
    text = "".join(text for text, _ in line)
    assert cell_len(text) <= width
    assert text == whole if cell_len(whole) <= width else text.endswith("…")
    assert sum(segment.cell_length for segment in filled(line, width, Style())) == width

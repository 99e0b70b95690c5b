"""The table of works: two or three lines a work, those selected ticked, what the query looked for marked."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, takewhile
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from mhlit.render.tables import MARKS, Line, line, matches
from mhlit.text import printable
from mhlit.tui.browsing import Browsing, Found
from mhlit.tui.lines import Lines
from mhlit.tui.scrolled import Piece, cut

_SAID = "SELECT group_concat(name || ' ' || value, char(10)) FROM facets WHERE work = works.id AND name IN"
_SELECT = (
    "SELECT id, key, title, author, venue, year, status,"
    f" ({_SAID} ('reading', 'starred')), ({_SAID} ('tag')) FROM works"
)
READING = {"unread": "○", "reading": "◐", "read": "●"}
"""What stands for how far the reader is with a work of their library."""
STARRED = "★"
_BOX = {True: "■ ", False: "□ "}
_NARROW = 60
_SHORT = 2  # lines: one of the title
_LEAST = 10  # cells that tags are worth beginning in
_AHEAD = 50  # rows are read at once


class _Row(NamedTuple):
    """A work as it is shown."""

    line: Line
    marks: str
    """What stands for the reader's marks; empty for a work that is not in their library."""
    tags: str


def _cells(pieces: Iterable[Piece]) -> int:
    return sum(cell_len(text) for text, _ in pieces)


@lru_cache(maxsize=256)
def broken(text: str, width: int, most: int) -> list[tuple[int, int]]:
    """Return where the lines begin and end of a text that is broken at spaces into at most so many.

    None is wider than `width` cells but the last, which has all that is left.
    """
    lines: list[tuple[int, int]] = []
    start = end = 0
    for word in re.finditer(r"\S+", text):
        if len(lines) < most - 1 and start < end and cell_len(text[start : word.end()]) > width:
            lines.append((start, end))
            start = word.start()
        end = word.end()
        while len(lines) < most - 1 and cell_len(text[start:end]) > width:  # a word wider than the line
            at = start + _fitting(text[start:end], width)
            lines.append((start, at))
            start = at
    return [*lines, (start, len(text))]


def _fitting(text: str, width: int) -> int:
    """Return how many letters of a text fit into a line; at least one."""
    ends = accumulate(map(cell_len, text))
    return max(1, sum(1 for _ in takewhile(lambda end: end <= width, ends)))


def _pieces(text: str, start: int, end: int, marked: Sequence[tuple[int, int]], style: Style) -> Iterator[Piece]:
    """Yield a part of a text, in it in `style` what is marked."""
    for first, last in marked:
        if start < last and first < end:
            yield text[start : max(start, first)], None
            yield text[max(start, first) : min(last, end)], style
            start = min(last, end)
    yield text[start:end], None


def _row(values: Sequence[object]) -> _Row:
    """Return the row of what `_SELECT` says of a work."""
    *columns, marked, tags = values
    said = dict(one.split(" ", 1) for one in str(marked or "").split("\n") if one)
    marks = READING.get(said.get("reading", ""), "") + STARRED * ("starred" in said)
    named = sorted(one.removeprefix("tag ") for one in str(tags or "").split("\n") if one)
    return _Row(line(columns), marks, printable(" ".join(f"#{one}" for one in named)))


class WorksTable(Lines):
    """The works that were found."""

    row_height = _SHORT
    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--doubt", "lines--key"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "choose", "Select", key_display="space"),
        Binding("enter", "screen.card", show=False),
    ]

    class Selected(Message):
        """Other works are selected than before."""

    def __init__(self, browsing: Browsing, id: str) -> None:
        """Show works of `browsing`."""
        super().__init__(id)
        self._browsing = browsing
        self._found = Found()
        self._read: dict[int, _Row] = {}
        self.selected: dict[int, None] = {}
        """The works that are selected, in the order in which they were; kept whatever is shown."""

    def show(self, found: Found, stay: int | None = None) -> None:
        """Show what was found, the cursor on the first work.

        Without a query it stays on the work it stood on, where that is among the first; with `stay` on that one.
        """
        before, among = (stay, found.ids) if stay is not None else (self.current, found.ids[:_AHEAD])
        again = among.index(before) if before is not None and before in among else 0
        self._found = found
        self._read.clear()
        self.renew(again if stay is not None or not found.words else 0)

    @property
    def current(self) -> int | None:
        """Return the work that the cursor is on."""
        return self._found.ids[self.cursor] if self._found.ids else None

    @property
    def meant(self) -> Sequence[int]:
        """Return the works that a command is for: those selected, else the one that the cursor is on."""
        return list(self.selected) or [work for work in (self.current,) if work is not None]

    def total(self) -> int:
        """Return the number of works."""
        return len(self._found.ids)

    def draw(self, place: int, width: int) -> Sequence[Sequence[Piece]]:
        """Return the title, and below it who, where, when and, where there is room, the key."""
        one, marks, tags = self._row_at(place)
        selected = self._found.ids[place] in self.selected
        box = (_BOX[selected], self.component("chosen" if selected else "quiet"))
        titles = [
            [("  ", None) if line else box, *title] for line, title in enumerate(self._titles(one.title, width - 2))
        ]
        about = " ".join(filter(None, (", ".join(filter(None, (one.author, one.venue))), one.year)))
        doubt = MARKS.get(one.status, "")
        rest: list[Piece] = [
            ("  ", None),
            (f"{marks} " * bool(marks), self.component("chosen")),
            (f"{doubt} " * bool(doubt), self.component("doubt")),
            (about, self.component("quiet")),
        ]
        if width - _cells(rest) > _LEAST:
            rest.append((f"  {tags}" * bool(tags), self.component("chosen")))
        if _cells(rest) + cell_len(one.key) + 2 <= width:  # a key that is cut is of no use
            rest.append((f"  {one.key}", self.component("key")))
        return [*titles, cut(rest, width)]

    def _titles(self, title: str, width: int) -> list[list[Piece]]:
        """Return the lines of a title, the words marked that were looked for."""
        style = self.app.console.get_style("match")
        marked = list(matches(title, self._found.words))
        return [
            cut(_pieces(title, start, end, marked, style), width)
            for start, end in broken(title, width, self.row_height - 1)
        ]

    def on_resize(self, event: events.Resize) -> None:
        """Give titles a second line where there is little room."""
        height = _SHORT + (event.size.width < _NARROW)
        if height != self.row_height:
            self.row_height = height
            self.renew(self.cursor)

    def _row_at(self, place: int) -> _Row:
        if place not in self._read:
            start = max(0, place - _AHEAD // 2)
            ids = self._found.ids[start : start + _AHEAD]
            rows = self._browsing.store.found_by_id(_SELECT, ids)
            gone = ("", "(removed meanwhile)", "", "", "", "", "", "")
            self._read.update({start + number: _row(rows.get(work, gone)) for number, work in enumerate(ids)})
        return self._read[place]

    def chose(self, place: int) -> None:
        """Select a work, or no longer, and go on to the next."""
        self._toggle([self._found.ids[place]], self._found.ids[place] not in self.selected)
        self.cursor = place + 1

    def pressed(self, place: int, column: int) -> None:
        """Select the work whose box was clicked."""
        if column < len(_BOX[True]):
            self._toggle([self._found.ids[place]], self._found.ids[place] not in self.selected)

    def select_all(self) -> None:
        """Select all works that are shown; where all are, none of them."""
        self._toggle(self._found.ids, not all(work in self.selected for work in self._found.ids))

    def select_none(self) -> None:
        """Select no work any more, shown or not."""
        self._toggle(list(self.selected), False)

    def _toggle(self, works: Iterable[int], on: bool) -> None:
        for work in works:
            if on:
                self.selected[work] = None
            else:
                self.selected.pop(work, None)
        self.redraw()
        self.post_message(self.Selected())

"""The table of works: two or three lines a work, those selected ticked, what the query looked for marked."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from mhlit.render.tables import MARKS, Line, clipped, highlighted, line
from mhlit.text import printable
from mhlit.tui.browsing import Browsing, Found
from mhlit.tui.lines import Lines

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
_LEAST = 10  # cells that tags are worth beginning in
_AHEAD = 50  # rows are read at once


class _Row(NamedTuple):
    """A work as it is shown."""

    line: Line
    marks: str
    """What stands for the reader's marks; empty for a work that is not in their library."""
    tags: str


def _row(values: Sequence[object]) -> _Row:
    """Return the row of what `_SELECT` says of a work."""
    *columns, marked, tags = values
    said = dict(one.split(" ", 1) for one in str(marked or "").split("\n") if one)
    marks = READING.get(said.get("reading", ""), "") + STARRED * ("starred" in said)
    named = sorted(one.removeprefix("tag ") for one in str(tags or "").split("\n") if one)
    return _Row(line(columns), marks, printable(" ".join(f"#{one}" for one in named)))


class WorksTable(Lines):
    """The works that were found."""

    row_height = 2
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

    def draw(self, place: int, width: int) -> list[Text]:
        """Return the title, and below it who, where, when and, where there is room, the key."""
        one, marks, tags = self._row_at(place)
        selected = self._found.ids[place] in self.selected
        title = clipped(highlighted(one.title, self._found.words), width - 2, self.app.console, self.row_height - 1)
        box = Text.assemble((_BOX[selected], self.component("chosen" if selected else "quiet")))
        titles = [(Text("  ") if number else box) + text for number, text in enumerate(title.split("\n"))]
        about = " ".join(filter(None, (", ".join(filter(None, (one.author, one.venue))), one.year)))
        doubt = MARKS.get(one.status, "")
        rest = Text.assemble("  ", (f"{marks} " * bool(marks), self.component("chosen")))
        rest.append(f"{doubt} " * bool(doubt), self.component("doubt"))
        rest.append(about, self.component("quiet"))
        if width - rest.cell_len > _LEAST:
            rest.append(f"  {tags}" * bool(tags), self.component("chosen"))
        if rest.cell_len + cell_len(one.key) + 2 <= width:  # a key that is cut is of no use
            rest.append(f"  {one.key}", self.component("key"))
        rest.truncate(width, overflow="ellipsis")
        return [*titles, rest]

    def on_resize(self, event: events.Resize) -> None:
        """Give titles a second line where there is little room."""
        height = 3 if event.size.width < _NARROW else 2
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

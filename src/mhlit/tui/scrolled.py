"""What scrolls and is drawn line by line, with a bar of its own: for the lists and the card.

Textual's scroll bar is a widget whose lines cost as much to paint as those beside it, and every change of its extent
lays the whole screen out anew; both would be paid at every keystroke.
"""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

_BAR = "▐"
Piece = tuple[str, Style | None]
"""A part of a line and how it looks."""


class Scrolled(ScrollView, can_focus=True):
    """Lines that are drawn when they come into sight, and a bar that says where in them one is."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"scrolled--bar"}

    def __init__(self, id: str) -> None:
        """Begin without lines."""
        super().__init__(id=id)
        self._base: Style | None = None
        self._marks: tuple[Segment, Segment] | None = None
        self._held: float | None = None
        self._room = 0
        self._thumb = (0, 0)

    def line(self, place: int, width: int) -> Sequence[Segment]:
        """Return the line at a place, which fills that width."""
        raise NotImplementedError

    @property
    def base(self) -> Style:
        """Return the style of what has no other."""
        if self._base is None:
            self._base = self.rich_style
        return self._base

    @property
    def line_width(self) -> int:
        """Return the cells that a line has, beside the bar."""
        return max(0, self.scrollable_content_region.width - 1)

    @property
    def line_count(self) -> int:
        """Return the number of lines there are, in sight or not."""
        return self.virtual_size.height

    def set_line_count(self, lines: int) -> None:
        """Take another number of lines, which nothing is laid out by, and paint what is seen anew."""
        self.set_reactive(Scrolled.virtual_size, Size(0, lines))
        self.scroll_y = self.validate_scroll_y(self.scroll_y)
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of what is seen; what holds for all of them is worked out once."""
        self._room, self._thumb = self.line_width, self._extent()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Return a line of what is seen, and its part of the bar."""
        first, last = self._thumb
        bar = self._mark(first <= y < last)
        return Strip([*self.line(y + round(self.scroll_offset.y), self._room), bar], self._room + 1)

    def _mark(self, on: bool) -> Segment:
        """Return the bar, or the ground where it is not."""
        if self._marks is None:
            bar = Segment(_BAR, self.get_component_rich_style("scrolled--bar"))
            self._marks = Segment(" ", self.base), bar
        return self._marks[on]

    def _extent(self) -> tuple[int, int]:
        """Return where the bar begins and ends; there is none where all is in sight."""
        seen, lines = self.scrollable_content_region.height, self.line_count
        if lines <= seen:
            return 0, 0
        size = max(1, seen * seen // lines)
        first = round((seen - size) * self.scroll_offset.y / (lines - seen))
        return first, first + size

    def is_on_bar(self, event: events.MouseEvent) -> bool:
        """Tell whether the mouse is on the bar."""
        at = event.get_content_offset(self)
        return at is not None and at.x >= self.line_width and self.line_count > self.scrollable_content_region.height

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the bar; pressed beside it, bring it there."""
        at = event.get_content_offset(self)
        if at is None or not self.is_on_bar(event):
            return
        first, last = self._extent()
        self._held = at.y - first if first <= at.y < last else (last - first) / 2
        self.capture_mouse()
        self._drag(at.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Let what is seen follow the bar."""
        if self._held is not None:
            self._drag(event.y - self.gutter.top)

    def on_mouse_up(self) -> None:
        """Let go of the bar."""
        if self._held is not None:
            self._held = None
            self.release_mouse()

    def _drag(self, y: float) -> None:
        first, last = self._extent()
        way = self.scrollable_content_region.height - (last - first)
        part = (y - (self._held or 0)) / way if way else 0
        self.scroll_to(y=round(part * self.max_scroll_y), animate=False, force=True)

    def notify_style_update(self) -> None:
        """Draw anew in other colours."""
        self._base = None
        self._marks = None
        super().notify_style_update()


def cut(pieces: Iterable[Piece], width: int) -> list[Piece]:
    """Return pieces of a line, the last ending in … where they are wider than `width` cells."""
    given = [piece for piece in pieces if piece[0]]
    if sum(cell_len(text) for text, _ in given) <= width:
        return given
    left = width - 1
    kept: list[Piece] = []
    for text, style in given:
        cells = cell_len(text)
        if cells > left:
            kept.append((f"{set_cell_size(text, left)}…", style))
            break
        kept.append((text, style))
        left -= cells
    return kept


def filled(pieces: Iterable[Piece], width: int, base: Style) -> list[Segment]:
    """Return a line of pieces that are not wider than `width` cells, on the ground of `base` to its end."""
    segments = [Segment(text, base + style if style else base) for text, style in pieces]
    left = width - sum(segment.cell_length for segment in segments)
    if left > 0:
        segments.append(Segment(" " * left, base))
    return segments

"""A list of any length with a cursor, of which no more is drawn than is seen: for the table and the facets."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive

from mhlit.tui.scrolled import Piece, Scrolled, filled


class Lines(Scrolled):
    """Rows of one height, drawn when they come into sight."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--cursor", "lines--quiet", "lines--heading", "lines--chosen"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "first", show=False),
        Binding("end,G", "last", show=False),
        Binding("space", "choose", show=False),
    ]
    row_height = 1
    cursor = reactive(0, repaint=False)

    def __init__(self, id: str) -> None:
        """Begin without rows."""
        super().__init__(id)
        self._drawn: dict[tuple[int, int, int], list[list[Segment]]] = {}
        self._styles: dict[str, Style] = {}

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, lines: "Lines") -> None:
            super().__init__()
            self.lines = lines

        @property
        def control(self) -> "Lines":
            """Return the list it is of."""
            return self.lines

    def total(self) -> int:
        """Return the number of rows."""
        raise NotImplementedError

    def draw(self, place: int, width: int) -> Sequence[Sequence[Piece]]:
        """Return the lines of a row, none wider than `width` cells."""
        raise NotImplementedError

    def chose(self, place: int) -> None:
        """Take a row as chosen, by its key or a click."""
        raise NotImplementedError

    def pressed(self, place: int, column: int) -> None:
        """Take a click on a row that the cursor has been set on."""
        raise NotImplementedError

    def renew(self, cursor: int = 0) -> None:
        """Draw anew after the rows have changed, with the cursor on one of them."""
        self._drawn.clear()
        self.set_line_count(self.total() * self.row_height)
        self.set_reactive(Lines.cursor, self.validate_cursor(cursor))
        self._see()
        self.post_message(self.Moved(self))

    def line(self, place: int, width: int) -> Sequence[Segment]:
        """Return a line of a row."""
        place, line = divmod(place, self.row_height)
        if place >= self.total():
            return filled((), width, self.base)
        mark = (place == self.cursor) + (place == self.cursor and self.has_focus)
        if (place, mark, width) not in self._drawn:
            self._drawn[place, mark, width] = self._row(place, mark, width)
        return self._drawn[place, mark, width][line]

    def _row(self, place: int, mark: int, width: int) -> list[list[Segment]]:
        """Return the lines of a row; `mark` is 0 without the cursor, 1 with it, 2 where the keys go here too."""
        base = self.base
        if mark:
            base += self.get_component_rich_style("lines--cursor", partial=mark == 1)
        drawn = self.draw(place, width)
        lines = [filled(pieces, width, base) for pieces in drawn]
        return lines + [filled((), width, base)] * (self.row_height - len(lines))

    def component(self, name: str) -> Style:
        """Return the style of a part of a line, without its background."""
        if name not in self._styles:
            styles = self.get_component_styles(f"lines--{name}")
            seen = self.background_colors[1].blend(styles.color, styles.color.a, 1)  # Rich knows no transparency
            self._styles[name] = Style(color=seen.rich_color) + styles.text_style
        return self._styles[name]

    def redraw(self) -> None:
        """Draw what is seen anew; the rows are the same and look different."""
        self._drawn.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        """Draw anew in other colours."""
        self._drawn.clear()
        self._styles.clear()
        super().notify_style_update()

    def watch_cursor(self, before: int, after: int) -> None:
        """Redraw both rows and bring the new one into sight."""
        for place in (before, after):
            self._redraw(place)
        self._see()
        self.post_message(self.Moved(self))

    def validate_cursor(self, place: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(place, self.total() - 1))

    def on_focus(self) -> None:
        """Show the cursor brightly."""
        self._redraw(self.cursor)

    def on_blur(self) -> None:
        """Show the cursor faintly."""
        self._redraw(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """Set the cursor where the mouse was pressed."""
        at = event.get_content_offset(self)
        if at is None or self.is_on_bar(event):
            return
        place = (at.y + round(self.scroll_offset.y)) // self.row_height
        if place < self.total():
            self.cursor = place
            self.pressed(place, at.x)

    def action_move(self, by: int) -> None:
        """Move the cursor by rows."""
        self.cursor += by

    def action_page(self, by: int) -> None:
        """Move the cursor by as many rows as are seen."""
        self.cursor += by * max(1, self.scrollable_content_region.height // self.row_height - 1)

    def action_first(self) -> None:
        """Move the cursor to the first row."""
        self.cursor = 0

    def action_last(self) -> None:
        """Move the cursor to the last row."""
        self.cursor = self.total() - 1

    def action_choose(self) -> None:
        """Choose the row of the cursor."""
        if self.total():
            self.chose(self.cursor)

    def _redraw(self, place: int) -> None:
        top = place * self.row_height - round(self.scroll_offset.y)
        self.refresh(Region(0, top, self.size.width, self.row_height))

    def _see(self) -> None:
        """Bring the cursor into sight, the row above it too, which may be its heading."""
        above = max(0, self.cursor - 1) * self.row_height
        row = Region(0, above, 1, (self.cursor + 1) * self.row_height - above)
        if self.size.height >= row.height:
            self.scroll_to_region(row, animate=False, force=True)

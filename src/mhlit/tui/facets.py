"""The facets: their values with the number of works each would show, to be chosen by key or mouse."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.message import Message

from mhlit.text import printable
from mhlit.tui.lines import Lines
from mhlit.tui.scrolled import Piece, cut

_BEGINNING = 5  # values of a facet are shown until it is unfolded


class Row(NamedTuple):
    """A heading (no value, no count), a value, or what says how many more there are (no value)."""

    facet: str
    value: str = ""
    many: int = -1

    @property
    def is_heading(self) -> bool:
        """Tell whether this is the name of a facet."""
        return not self.value and self.many < 0


Counts = dict[str, list[tuple[str, int]]]


class FacetList(Lines):
    """All facets, one below the other."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space,enter", "choose", "Choose", key_display="space")]

    class Changed(Message):
        """Other values are chosen than before."""

    def __init__(self, id: str, chosen: dict[str, list[str]]) -> None:
        """Show facets; some values may be chosen from the start."""
        super().__init__(id)
        self.chosen = chosen
        """Facet name to the values that are chosen."""
        self._counts: Counts = {}
        self._unfolded: set[str] = set()
        self._rows: list[Row] = []

    def show(self, counts: Counts) -> None:
        """Show other counts; the cursor stays on its row where that is still there."""
        before = self._rows[self.cursor] if self._rows else None
        self._counts = counts
        rows = [row for facet in counts for row in self._of(facet)]
        if rows == self._rows:
            self.redraw()
            return
        self._rows = rows
        places = {row[:2]: place for place, row in enumerate(self._rows)}
        self.renew(places.get(before[:2], self.cursor) if before else 1)

    def _of(self, facet: str) -> list[Row]:
        chosen = self.chosen.get(facet, [])
        values = [Row(facet, value, many) for value, many in self._counts[facet] if many or value in chosen]
        shown = [
            row
            for place, row in enumerate(values)
            if place < _BEGINNING or row.value in chosen or facet in self._unfolded
        ]
        rest = [Row(facet, many=len(values) - len(shown))] if len(values) > len(shown) else []
        return [Row(facet), *shown, *rest] if values else []

    def total(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    def draw(self, place: int, width: int) -> Sequence[Sequence[Piece]]:
        """Return a heading, or a value with its count at the right."""
        row = self._rows[place]
        if row.is_heading:
            return [cut([(row.facet.capitalize(), self.component("heading"))], width)]
        if not row.value:
            return [cut([(f"  … {row.many} more", self.component("quiet"))], width)]
        chosen = row.value in self.chosen.get(row.facet, [])
        many = str(row.many)
        room = max(width - len(many) - 2, 4)
        style = self.component("chosen") if chosen else None
        name = cut([("■ " if chosen else "  ", style), (printable(row.value), style)], room)
        gap = room - sum(cell_len(text) for text, _ in name) + 1
        return [cut([*name, (" " * gap, None), (many, self.component("quiet"))], width)]

    def chose(self, place: int) -> None:
        """Choose a value, or no longer; unfold or fold the facet of any other row."""
        row = self._rows[place]
        if not row.value:
            self._unfolded ^= {row.facet}
            self.show(self._counts)
            return
        values = self.chosen.setdefault(row.facet, [])
        if row.value in values:
            values.remove(row.value)
        else:
            values.append(row.value)
        self.post_message(self.Changed())

    def pressed(self, place: int, column: int) -> None:  # noqa: ARG002  # anywhere on the row
        """Choose the value that was clicked."""
        self.chose(place)

    def clear(self) -> None:
        """Choose no value any more."""
        self.chosen.clear()
        self.post_message(self.Changed())

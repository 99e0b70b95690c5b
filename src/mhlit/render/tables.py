"""Works as a table that one can read and copy from, fitted to the width of the terminal."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mhlit.text import camel_parts, fold, printable

if TYPE_CHECKING:
    from mhlit.search.explain import Explanation

MARKS = {"verified": "", "partial": "~", "listed": "?"}
_TITLE_LINES = 3
_NARROWEST_TITLE, _NARROWEST_CELL = 32, 20
_LONGEST_WORD = 40
_WIDEST = {"author": 18, "venue": 18}
_GAP = 2  # of which one column is the box's own
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Line(NamedTuple):
    """What the table shows of one work."""

    key: str
    title: str
    author: str
    venue: str
    year: str
    status: str


def line(row: Sequence[object]) -> Line:
    """Return the line of a row of the columns key, title, author, venue, year, status."""
    return Line(*("" if value is None else printable(str(value)) for value in row))


def works_table(shown: Sequence[Line], console: Console, matched: Collection[str] = ()) -> Table:
    """Return a table of works; `matched` are folded words to be marked in titles.

    Where the width allows, every part of a work has its own column. On a narrower terminal the title
    has the whole width below its key, first author and venue.
    """
    room = console.width - _fixed_width(shown)
    if room >= _NARROWEST_TITLE:
        return _wide(shown, room, matched, console)
    return _narrow(shown, matched, console)


def _fixed_width(shown: Sequence[Line]) -> int:
    """Return the width of everything but the title: key, author, venue, year, mark and the gaps between."""
    key = max((cell_len(one.key) for one in shown), default=3)
    others = 0
    for name, most in _WIDEST.items():
        others += max(len(name), min(most, max((cell_len(getattr(one, name)) for one in shown), default=0)))
    return key + others + 4 + 1 + 5 * _GAP


def _table() -> Table:
    return Table(box=SIMPLE_HEAD, padding=(0, _GAP - 1, 0, 0), pad_edge=False, header_style="heading", show_edge=False)


def _wide(shown: Sequence[Line], room: int, matched: Collection[str], console: Console) -> Table:
    table = _table()
    table.add_column("Key", style="key", no_wrap=True)
    table.add_column("Title", width=room)
    table.add_column("Author", max_width=_WIDEST["author"])
    table.add_column("Venue", max_width=_WIDEST["venue"])
    table.add_column("Year", no_wrap=True)
    table.add_column("", no_wrap=True, style="doubt")
    for one in shown:
        title = clipped(highlighted(one.title, matched), room, console)
        table.add_row(one.key, title, Text(one.author), Text(one.venue), one.year, MARKS.get(one.status, ""))
    return table


def _narrow(shown: Sequence[Line], matched: Collection[str], console: Console) -> Table:
    table = _table()
    room = max(console.width - 4 - 1 - 2 * _GAP, 12)
    table.add_column("Key, author, venue and title", width=room)
    table.add_column("Year", no_wrap=True)
    table.add_column("", no_wrap=True, style="doubt", width=1)
    for one in shown:
        about = ", ".join(filter(None, (one.author, one.venue)))
        first = Text.assemble((one.key, "key"), "  ", (about, "quiet"))
        if first.cell_len > room:
            first = Text.assemble((one.key, "key"), "\n  ", (about, "quiet"))
        title = clipped(highlighted(one.title, matched), room - 2, console)
        title_lines = (Text.assemble("  ", title_line) for title_line in title.split("\n"))
        table.add_row(Text("\n").join([first, *title_lines]), one.year, MARKS.get(one.status, ""))
    return table


def clipped(title: Text, width: int, console: Console, most: int = _TITLE_LINES) -> Text:
    """Return a title wrapped to at most so many lines, the last ending in … where something is left out."""
    wrapped = title.wrap(console, width)
    for one in wrapped:
        one.rstrip()
    if len(wrapped) <= most:
        return Text("\n").join(wrapped)
    rest = Text(" ").join(wrapped[most - 1 :])
    rest.truncate(width, overflow="ellipsis")
    return Text("\n").join([*wrapped[: most - 1], rest])


def highlighted(text: str, matched: Collection[str]) -> Text:
    """Return `text` with the words marked that are among `matched`, folded or in part (Chat in KokoroChat).

    A word of `matched` with a star marks what begins with it.
    """
    shown = Text(text)
    for start, end in matches(text, matched):
        shown.stylize("match", start, end)
    return shown


def matches(text: str, matched: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield where the words begin and end that `highlighted` marks."""
    begun = tuple(word.removesuffix("*") for word in matched if word.endswith("*"))
    for start, end, folded, parts in _words(text) if matched else ():
        if not parts.isdisjoint(matched) or (begun and folded.startswith(begun)):
            yield start, end


@lru_cache(maxsize=256)  # titles, which stay in sight while a query is typed
def _words(text: str) -> list[tuple[int, int, str, frozenset[str]]]:
    """Return where each word begins and ends, how it is folded, and what of it may be looked for."""
    found = ((*one.span(), one.group(), fold(one.group())) for one in _WORD.finditer(text))
    return [
        (start, end, folded, frozenset((folded, *folded.split(), *camel_parts(word))))
        for start, end, word, folded in found
    ]


def explained_works(
    shown: Sequence[Line], explained: Iterable[Explanation], console: Console, matched: Collection[str]
) -> None:
    """Print each work with why it was found."""
    from rich.padding import Padding

    from mhlit.render.reasons import reason_lines, score_line

    for one, why in zip(shown, explained, strict=True):
        about = ", ".join(filter(None, (one.author, one.venue, one.year)))
        mark = (f"  {MARKS.get(one.status, '')}", "doubt")
        console.print(Text.assemble((one.key, "key"), "  ", (about, "quiet"), mark))
        console.print(Padding(highlighted(one.title, matched), (0, 0, 0, 2)))
        for text in (score_line(why), *reason_lines(why)):
            console.print(Padding(Text(text, style="quiet"), (0, 0, 0, 4)))


def grouped(groups: Iterable[tuple[str, Sequence[Line]]], console: Console) -> None:
    """Print a table for each group under its name."""
    for name, shown in groups:
        console.print(Text(f"\n{name}", style="heading"), Text(f"({len(shown)})", style="quiet"))
        console.print(works_table(shown, console))


def in_columns(rows: Sequence[Sequence[object]]) -> str:
    """Return rows as lines whose cells stand below one another, numbers by their last digit, and none is broken."""
    texts = [[printable(str(cell)) for cell in row] for row in rows]
    places = range(max(map(len, rows), default=0))
    widths = [max(cell_len(row[place]) for row in texts if place < len(row)) for place in places]
    numbers = [all(isinstance(row[place], int) for row in rows if place < len(row)) for place in places]

    def padded(place: int, text: str) -> str:
        gap = " " * (widths[place] - cell_len(text))
        return gap + text if numbers[place] else text + gap

    return "".join("  ".join(padded(*one) for one in enumerate(row)).rstrip() + "\n" for row in texts)


def _is_word(cell: object) -> bool:
    """Tell whether a cell is better not broken: an id or a number, not prose or an address."""
    return " " not in str(cell) and len(str(cell)) <= _LONGEST_WORD


def table_of(header: Sequence[str], rows: Sequence[Sequence[object]], console: Console) -> Table:
    """Return a table of any columns or, where it would squeeze one of them, each row's cells below each other."""
    cells = [["" if value is None else printable(str(value)) for value in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(header, *cells, strict=True)]
    room = console.width - widths[0] - _GAP * len(widths)
    narrow = [width for width in widths[1:] if width < _NARROWEST_CELL]
    if room - sum(narrow) >= _NARROWEST_CELL * (len(widths) - 1 - len(narrow)):
        return plain_table(header, rows)
    grid = Table.grid(padding=(0, _GAP, 0, 0))
    grid.add_column(style="quiet", no_wrap=True)
    grid.add_column(overflow="fold")
    for row in cells:
        for name, cell in zip(header, row, strict=True):
            grid.add_row(name, Text(cell, style="key" if name == header[0] else ""))
        grid.add_row()
    return grid


def plain_table(header: Sequence[str], rows: Iterable[Sequence[object]], wrap: int = -1) -> Table:
    """Return a table of any columns; the first is a key and never cut, the column `wrap` takes the rest."""
    table, rows = _table(), list(rows)
    for place, name in enumerate(header):
        cells = [cell for row in rows for cell in row[place : place + 1]]
        table.add_column(
            name,
            style="key" if place == 0 else "",
            no_wrap=place == 0 or (place < wrap and all(map(_is_word, cells))),
            ratio=1 if place == wrap else None,
            overflow="fold",
            justify="right" if place and all(isinstance(cell, int) for cell in cells) else "left",
        )
    for row in rows:
        table.add_row(*(Text("" if value is None else printable(str(value))) for value in row))
    return table

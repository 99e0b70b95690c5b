"""Counts as bars and heat tables: a row a value, read by its numbers, with or without colour."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from mhlit.store.counting import Statistics, Table
from mhlit.text import printable

_BEGINNING = 12
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_HEIGHTS = "▁▂▃▄▅▆▇█"
_LONGEST_BAR, _SHORTEST_BAR = 32, 6
_GAP = "  "
_SHARE = "  {:4.0%}"
TITLES = {
    "year": "Works by year and section",
    "venue": "Venues",
    "topic": "Topics, and what works on them offer",
    "resource": "What works offer",
    "language": "Languages of the data",
    "status": "How far records are confirmed",
    "version": "Preprints and published works",
    "error": "What the lists have wrong",
}


class _Plot(NamedTuple):
    """A table with what it needs to be drawn; widths are columns of the terminal."""

    table: Table
    works: int
    names: Mapping[str, str]
    """What is said of each value."""
    most: int
    fullest: int
    """The greatest number of a cell."""
    plain: bool
    """Whether the terminal knows ASCII only."""
    label: int
    bar: int
    cells: tuple[int, ...] = ()
    """The width of each column, its gap included; none where the terminal has no room for them."""
    staircase: bool = False
    """Whether the columns' names stand above each other."""


def print_statistics(counted: Statistics, console: Console, labels: Mapping[str, str], whole: bool = False) -> None:
    """Print every table as a plot; where not `whole`, long ones only begin. `labels` are said in place of values."""
    for place, table in enumerate(counted.tables):
        if place:
            console.print()
        title = Text.assemble((TITLES[table.name], "heading"), _GAP, (_remark(counted, table), "quiet"))
        console.print(title, no_wrap=True, overflow="ellipsis")
        if not table.values:
            console.print(Text("none", style="quiet"))
            continue
        shown = table if whole or table.name == "year" else table._replace(values=table.values[:_BEGINNING])
        for line in plot(shown, counted.works, console, labels):
            console.print(line, no_wrap=True, overflow="crop")
        if len(shown.values) < len(table.values):
            left_out = len(table.values) - len(shown.values)
            console.print(Text(f"… and {left_out} more: mhlit stats {table.name}", style="quiet"))


def _remark(counted: Statistics, table: Table) -> str:
    match table.name:
        case "year":
            return f"{counted.works} works" + ("; one may stand in several sections" if table.columns else "")
        case "topic":
            return "works"
        case "error":
            return f"in {counted.wrong} of their {counted.listings} lines"
        case "language":
            return f"works that say one, and their share of {counted.works}"
        case _:
            return f"works, and their share of {counted.works}"


def plot(table: Table, works: int, console: Console, labels: Mapping[str, str]) -> Iterator[Text]:
    """Yield the lines of a plot: names of columns, then for each value its bar, its number, and a cell a column."""
    drawn = _fitted(table, works, labels, console)
    if drawn.cells:
        yield from _headings(drawn)
    previous = ""
    for value in table.values:
        if table.name == "year" and previous and int(value) - int(previous) > 1:
            yield Text((":" if drawn.plain else "⋮").rjust(drawn.label), style="quiet")
        previous = value
        yield _row(drawn, value)
    if table.columns and not drawn.cells:
        yield Text("a wider terminal shows more", style="quiet")


def _fitted(table: Table, works: int, labels: Mapping[str, str], console: Console) -> _Plot:
    """Return the plot that suits the terminal: names of columns side by side, or above each other, or no columns."""
    names = {value: printable(labels.get(value, value)) for value in table.values}
    most = max(table.count(value) for value in table.values)
    fullest = max((table.count(value, by) for value in table.values for by in table.columns), default=0)
    label = min(max(cell_len(name) for name in names.values()), max(console.width - 16, 8))
    drawn = _Plot(table, works, names, most, fullest, console.options.ascii_only, label, bar=0)
    room = console.width - _width(drawn)
    if not table.columns:
        return drawn._replace(bar=_bar(room - len(_SHARE.format(1))))
    level = tuple(len(column) + len(_GAP) for column in table.columns)
    narrow = tuple(len(str(fullest)) + 2 for _ in table.columns)
    for cells, staircase in ((level, False), (narrow, True)):
        left = room - sum(cells) - 1
        if left >= _SHORTEST_BAR:
            return drawn._replace(bar=_bar(left), cells=cells, staircase=staircase)
    return drawn._replace(bar=_bar(room))


def _width(drawn: _Plot) -> int:
    """Return the width of label, bar and number with the gaps between."""
    return drawn.label + drawn.bar + len(str(drawn.most)) + 2 * len(_GAP)


def _bar(room: int) -> int:
    return max(min(room, _LONGEST_BAR), 1)


def _headings(drawn: _Plot) -> Iterator[Text]:
    """Yield the line of the columns' names, or a staircase of them, each name ending above its own column."""
    before = _width(drawn) + 1
    columns = tuple(zip(drawn.table.columns, drawn.cells, strict=True))
    if not drawn.staircase:
        yield Text(" " * before + "".join(name.rjust(width) for name, width in columns), style="label")
        return
    step = "|" if drawn.plain else "│"
    for place in reversed(range(len(columns))):
        end = before + sum(drawn.cells[: place + 1]) - 1
        later = "".join(step.rjust(width) for width in drawn.cells[place + 1 :])
        yield Text.assemble((columns[place][0][-end:].rjust(end), "label"), (later, "quiet"))


def _row(drawn: _Plot, value: str) -> Text:
    label = Text(drawn.names[value])
    label.truncate(drawn.label, overflow="ellipsis", pad=True)
    many = drawn.table.count(value)
    number = str(many).rjust(len(str(drawn.most)))
    line = Text.assemble(label, _GAP, (_blocks(many, drawn.most, drawn.bar, drawn.plain), "bar"), _GAP, number)
    if not drawn.table.columns:
        line.append(_SHARE.format(many / drawn.works), style="quiet")
    line.append(" " if drawn.cells else "")
    for column, width in zip(drawn.table.columns, drawn.cells, strict=False):
        line.append_text(_cell(drawn.table.count(value, column), drawn.fullest, width, drawn.plain))
    return line


def _blocks(many: int, most: int, width: int, plain: bool) -> str:
    """Return a bar of blocks cut to eighths of a column; at least a sliver for what is not 0."""
    eighths = max(round(many / most * width * 8), 1)
    if plain:
        return ("#" * max(eighths // 8, 1)).ljust(width)
    return ("█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()).ljust(width)


def _cell(many: int, fullest: int, width: int, plain: bool) -> Text:
    """Return a number with a block beside it that is as high as the number is great."""
    if not many:
        return Text(("." if plain else "·").rjust(width - 1) + " ", style="quiet")
    height = "" if plain else _HEIGHTS[min(int(many / fullest * len(_HEIGHTS)), len(_HEIGHTS) - 1)]
    return Text.assemble(str(many).rjust(width - 1), (height or " ", "bar"))

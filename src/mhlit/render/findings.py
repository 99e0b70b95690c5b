"""Findings on a terminal: the lines of the report and what mending changes, what matters in colour."""

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from mhlit.check.report import Line
from mhlit.text import printable

_INDENT = 4
_CHANGES = {"---": "heading", "+++": "heading", "@@": "quiet", "-": "wrong", "+": "good"}
_STYLES = {"error": "wrong", "warning": "doubt", "info": "quiet"}


def print_lines(lines: Iterable[Line], console: Console) -> None:
    """Print the lines of a report; a long one is broken between words and goes on indented, an address stays whole."""
    for line in lines:
        drawn = _drawn(line)
        width = console.width if drawn.cell_len <= console.width else console.width - _INDENT
        for place, row in enumerate(drawn.wrap(console, width)):
            row.rstrip()
            console.print(Padding(row, (0, 0, 0, _INDENT)) if place else row)


def print_diff(diff: str, console: Console) -> None:
    """Print a unified difference, what goes and what comes in colour; its lines stay whole for who copies them."""
    for line in diff.split("\n")[:-1]:
        style = next((style for start, style in _CHANGES.items() if line.startswith(start)), "")
        console.print(Text(printable(line), style=style), soft_wrap=True)


def _drawn(line: Line) -> Text:
    if not line.rule:
        return Text(f"    {printable(line.said)}", style="quiet")
    text = Text()
    text.append(f"{printable(line.where)}: ", style="quiet")
    text.append(line.severity, style=_STYLES[line.severity])
    text.append(" ")
    text.append(line.rule, style="key")
    return text.append(f": {printable(line.said)}")

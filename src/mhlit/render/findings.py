"""Findings on a terminal: the lines of the report, what matters in colour."""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from mhlit.check.report import Line
from mhlit.text import printable

_STYLES = {"error": "wrong", "warning": "doubt", "info": "quiet"}


def print_lines(lines: Iterable[Line], console: Console) -> None:
    """Print the lines of a report; a long one goes on in the next row of the screen, whole for who copies it."""
    for line in lines:
        console.print(_drawn(line), soft_wrap=True)


def _drawn(line: Line) -> Text:
    if not line.rule:
        return Text(f"    {printable(line.said)}", style="quiet")
    text = Text()
    text.append(f"{printable(line.where)}: ", style="quiet")
    text.append(line.severity, style=_STYLES[line.severity])
    text.append(" ")
    text.append(line.rule, style="key")
    return text.append(f": {printable(line.said)}")

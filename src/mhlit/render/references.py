"""Styled references on a terminal: italics as italics, a hanging indent, addresses that can be clicked."""

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mhlit.text import printable

_STYLES = {"i": "italic", "b": "bold", "u": "underline", "small-caps": ""}
Run = tuple[str, tuple[str, ...]]
"""A stretch of text and the tags it stands in."""


def show_references(references: Iterable[tuple[str, Iterable[Run]]], screen: Console) -> None:
    """Print references, each given by what stands in its margin and its runs of text."""
    drawn = [(margin, _text(runs)) for margin, runs in references]
    if any(margin for margin, _ in drawn):
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(justify="right", style="quiet", no_wrap=True)
        grid.add_column()
        for margin, text in drawn:
            grid.add_row(printable(margin), text)
        screen.print(grid)
        return
    for place, (_, text) in enumerate(drawn):
        screen.print(Padding(_hanging(text, screen), (1 if place else 0, 0, 0, 0)))


def _text(runs: Iterable[Run]) -> Text:
    text = Text()
    for part, tags in runs:
        text.append(printable(part), " ".join(filter(None, (_STYLES.get(tag, "") for tag in tags))))
    text.highlight_regex(r"https?://\S+[^\s.,;)]", "underline")
    return text


def _hanging(text: Text, screen: Console) -> Text:
    """Return a text wrapped to the screen, every line but the first indented."""
    lines = text.wrap(screen, max(screen.width - 4, 20))
    return Text("\n    ").join(lines)

"""Cards on a terminal."""

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from mhlit.render.card import Card, Line, labels
from mhlit.text import printable


def print_cards(cards: list[Card], console: Console) -> None:
    """Print cards, an empty line between them."""
    width = labels(cards)
    for place, one in enumerate(cards):
        if place:
            console.print()
        console.print(drawn(one, width, console))


def drawn(shown: Card, width: int, console: Console) -> RenderableType:
    """Return a card with labels in a column of a width; `console` knows the styles."""
    fields = Table.grid(padding=(0, 2, 0, 0))
    fields.add_column(style="label", no_wrap=True, width=width)
    fields.add_column(overflow="fold")
    for field in shown.fields:
        fields.add_row(field.label, Text("\n").join(_text(line, console) for line in field.lines))
    heading = Text(shown.title, style="heading")
    return Group(heading, Text(shown.authors), Padding(fields, (1, 0, 0, 0)))


def _text(line: Line, console: Console) -> Text:
    text = Text()
    for piece in line:
        style = console.get_style(piece.style or "none")
        text.append(piece.text, style + Style(link=printable(piece.link)) if piece.link else style)
    return text

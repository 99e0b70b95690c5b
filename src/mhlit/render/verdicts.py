"""What sources say of a record's fields, as a table a work that fits the terminal."""

from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from mhlit.render.console import console

_STYLES = {"agrees": "good", "differs": "wrong", "missing": "doubt", "published": "doubt", "dead": "wrong"}


def draw(works: Iterable[tuple[str, Sequence[Sequence[str]]]]) -> None:
    """Draw for each key its rows: field, verdict, the catalog's value, and who says so or otherwise."""
    screen = console()
    for key, rows in works:
        screen.print(Text(key, style="key"))
        table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, header_style="heading", show_edge=False)
        table.add_column("Field", no_wrap=True)
        table.add_column("Verdict", no_wrap=True)
        table.add_column("The catalog", ratio=1, overflow="fold")
        table.add_column("The sources", ratio=1, overflow="fold")
        for field, verdict, value, who in rows:
            table.add_row(Text(field), Text(verdict, style=_STYLES.get(verdict, "quiet")), Text(value), Text(who))
        screen.print(table)

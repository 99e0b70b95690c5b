"""The Rich console a terminal result is drawn on, and the few styles it uses."""

import sys

from rich.console import Console
from rich.theme import Theme

# Only names of the terminal's own palette, so that they suit dark and light themes alike.
THEME = Theme(
    {
        "key": "cyan",
        "match": "bold magenta",
        "heading": "bold",
        "label": "bold",
        "quiet": "dim",
        "good": "green",
        "doubt": "yellow",
        "wrong": "red",
        "bar": "cyan",
    },
    inherit=True,
)


def console() -> Console:
    """Return a console on standard output."""
    return Console(file=sys.stdout, theme=THEME, highlight=False, emoji=False, markup=False, soft_wrap=False)

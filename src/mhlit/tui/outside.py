"""What the browser asks of whoever started it: to write references, hand them over, and open addresses."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from mhlit.model import Work

ByTerminal = Callable[[str], bool]
"""Asks the reader's terminal to take a text for its clipboard (OSC 52); tells whether it could be asked."""


class Outside(Protocol):
    """The world beyond the screen. Every method may raise MhlitError or OSError, with nothing changed."""

    def references(self, works: Sequence[Work], form: str) -> str:
        """Return references in a format or a style, by its name."""

    def copy(self, text: str, by_terminal: ByTerminal) -> None:
        """Put a text on the clipboard, by the terminal where no program of the system reaches it."""

    def save(self, works: Sequence[Work], form: str, path: Path) -> str:
        """Write references to a file, or add to a .bib what it has not; return what was done."""

    def page(self, work: Work) -> str:
        """Return the address of a work's page; empty where none is known."""

    def visit(self, url: str) -> bool:
        """Open an address; tell whether there is a browser to open it in."""

    def doubts(self, works: Sequence[Work]) -> str:
        """Return what to know of works whose records are not fully verified; empty where all are."""

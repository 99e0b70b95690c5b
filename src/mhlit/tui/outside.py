"""What the browser asks of whoever started it: to write references, open addresses, and change the library."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from mhlit.library.changes import Done
from mhlit.model import Work
from mhlit.store.reading import Store

ByTerminal = Callable[[str], bool]
"""Asks the reader's terminal to take a text for its clipboard (OSC 52); tells whether it could be asked."""


class Picked(NamedTuple):
    """Works to be changed, by their keys."""

    own: Sequence[str] = ()
    """In the reader's library."""
    others: Sequence[str] = ()
    """In the catalog alone; a change adds them to the library."""

    def __len__(self) -> int:
        """Return the number of works."""
        return len(self.own) + len(self.others)


class Told(NamedTuple):
    """What a change has done."""

    text: str
    moved: bool
    """Whether works came into the library or went out of it, so that ids may have changed."""


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

    def mark(self, picked: Picked, mark: str) -> Told:
        """Give works one of `mhlit.library.remarks.MARKS`."""

    def tag(self, picked: Picked, given: Sequence[str], taken: Sequence[str]) -> Told:
        """Give works tags and take others away."""

    def edited(self, key: str, note: str) -> str:
        """Let the reader edit the note on a work where they write; return it as they have left it."""

    def note(self, picked: Picked, old: str, new: str) -> Told:
        """Write the note of one work, in the place of the old one."""

    def next_turn(self, back: bool) -> Done | None:
        """Return the change that comes next to be undone, or else done again; None where there is none."""

    def turn(self, back: bool, change: int) -> Told:
        """Undo a change, or do it again, if it is the one that comes next."""

    def reopened(self) -> Store:
        """Return the works as they are by now."""

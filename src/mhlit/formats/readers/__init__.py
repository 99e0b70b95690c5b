"""Text to entries, one module a format: each offers `read(text) -> Reading` and never raises on what a file holds."""

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from mhlit.model import Entry, Place

# Format to the module that reads it, imported when asked for, and the endings of its files.
READERS = {
    "bibtex": ("mhlit.formats.readers.bibtex", (".bib", ".bibtex", ".biblatex")),
    "ris": ("mhlit.formats.readers.ris", (".ris",)),
    "nbib": ("mhlit.formats.readers.nbib", (".nbib",)),
    "endnote": ("mhlit.formats.readers.endnote", (".enw",)),
    "csl-json": ("mhlit.formats.readers.csl_json", (".json",)),
    "markdown": ("mhlit.formats.readers.awesome", (".md", ".markdown", ".rst")),
    "latex": ("mhlit.formats.readers.thebibliography", (".tex", ".bbl")),
    "text": ("mhlit.formats.readers.references", (".txt", ".text")),
}


class Problem(NamedTuple):
    """Something in a file that is not as its format wants it."""

    message: str
    place: Place
    rule: str = "syntax"
    """What kind of problem: an id of `mhlit check`'s rules."""


class Reading(NamedTuple):
    """What was read from a text, in its order; a damaged entry is there with what could be read of it."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


def reader(format: str) -> Callable[[str], Reading]:
    """Return the function that reads a format of `READERS`."""
    read: Callable[[str], Reading] = import_module(READERS[format][0]).read
    return read


def format_of(name: str) -> str:
    """Return the format of a file by the ending of its name, an empty string where no reader has it."""
    ending = "." + name.lower().rpartition(".")[2]
    return next((format for format, (_, endings) in READERS.items() if ending in endings), "")

"""What a command runs with: the opened store, the settings, and where messages go."""

import os
import sys
from functools import cache
from typing import Any, TextIO

from mhlit.errors import NothingFound, UsageError
from mhlit.store.reading import Store


def say(message: str) -> None:
    """Write a message or a summary to standard error."""
    from mhlit.text import printable

    sys.stderr.write(f"{fitted(printable(message), sys.stderr)}\n")


def fitted(line: str, stream: TextIO) -> str:
    """Return a line for a stream: broken between words where a terminal would break it within one."""
    if not stream.isatty():
        return line
    try:
        width = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):  # a stream that only says that it is a terminal
        return line
    if len(line) <= width or not width:
        return line
    from textwrap import wrap

    indent = " " * (len(line) - len(line.lstrip()) + 2)
    rows = wrap(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join(rows)


def give(result: str) -> None:
    """Write a result to standard output."""
    sys.stdout.write(result)


def on_terminal() -> bool:
    """Tell whether the result goes to a person's terminal."""
    return sys.stdout.isatty()


def open_store(scope: str = "all") -> Store:
    """Open what a scope names: the catalog, the reader's library, or both.

    Raises UsageError for another word, NothingFound for a library that does not exist yet.
    """
    if scope not in ("catalog", "library", "all"):
        raise UsageError(f"there is no scope {scope!r}", "scopes: catalog, library, all")
    from mhlit.catalog.locate import open_catalog
    from mhlit.paths import library_file

    catalog = Store(open_catalog(lambda message: say(f"mhlit: {message}")), "catalog")
    file = library_file()
    if scope == "catalog" or (scope == "all" and not file.exists()):
        return catalog
    if not file.exists():
        raise NothingFound("you have no library yet", "the catalog is searched with --in catalog or --in all")
    from mhlit.library.shelf import open_shelf
    from mhlit.store.shelves import Shelves

    return Shelves(catalog, open_shelf(file, catalog, say), without_catalog=scope == "library")


@cache
def settings() -> dict[str, Any]:
    """Return the reader's settings, read once; without a file the defaults."""
    from mhlit.settings import read_settings

    return read_settings()


def keys_from(arguments: list[str]) -> list[str]:
    """Return the KEY arguments, with ``-`` replaced by the words of standard input.

    Raises NothingFound where there is nothing but an empty standard input.
    """
    if "-" not in arguments:
        return arguments
    typed = sys.stdin.read().split()
    place = arguments.index("-")
    keys = [*arguments[:place], *typed, *(argument for argument in arguments[place + 1 :] if argument != "-")]
    if not keys:
        raise NothingFound("standard input holds no keys")
    return keys

"""Text to entries, one module a format: each offers `read(text) -> Reading` and never raises on what a file holds."""

from typing import NamedTuple

from mhlit.model import Entry, Place


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

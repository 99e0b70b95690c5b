"""Where the cursor stands on a command line that is being typed: which command, which option or argument."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from mhlit.cli.app import COMMANDS, load

# A piece in single quotes, in double quotes, one letter behind a backslash, or bare; a quote may still be open.
_PIECE = re.compile(r"'([^']*)'?|\"((?:\\.|[^\"\\])*)\"?|\\(.)|([^'\"\\]+)", re.DOTALL)


class Place(NamedTuple):
    """The word at the cursor, and what it is for."""

    path: tuple[str, ...]
    """The command, and the command inside it."""
    command: Any
    """The command as typer has built it; None where none is typed yet, or none of that name is there."""
    parameter: Any
    """The option or argument whose value is typed; None where there is none."""
    typed: str
    """The value as far as it is typed, without quotes."""
    raw: str
    """The word at the cursor as it stands there."""
    given: tuple[str, ...]
    """The arguments before the cursor."""
    options: bool
    """Whether an option may stand here."""
    start: str
    """What of the word is no part of the value: ``--section=``."""


def find_place(words: Sequence[str], splits_at_equals: bool = False) -> Place:
    """Return where the cursor stands after `words`, the last of which is the word at the cursor.

    Words are as they are typed, quotes and all; bash splits them at ``=`` (`splits_at_equals`).
    """
    raw = words[-1] if words else ""
    *before, last = [unquoted(word) for word in words] or [""]
    if splits_at_equals:
        before, last = _joined(before, last)
    walk = _Walk()
    for word in before:
        walk.step(word)
    return walk.end(last, raw)


def unquoted(word: str) -> str:
    """Return a word as the shell will read it: without its quotes and backslashes."""
    if not any(c in word for c in "'\"\\"):
        return word
    return "".join(
        single + re.sub(r"\\([\"\\$`])", r"\1", double) + escaped + bare
        for single, double, escaped, bare in _PIECE.findall(word)
    )


def _joined(before: list[str], last: str) -> tuple[list[str], str]:
    """Return words as if there were a space for the ``=`` between an option and its value."""
    kept = [word for place, word in enumerate(before) if word != "=" or not before[place - 1].startswith("--")]
    return kept, "" if last == "=" else last


class _Walk:
    """The words before the cursor, taken one by one."""

    def __init__(self) -> None:
        self.path: tuple[str, ...] = ()
        self.command: Any = None
        self.option: Any = None
        """The option whose value comes next."""
        self.given: list[str] = []
        self.options = True

    def step(self, word: str) -> None:
        """Take a word that is typed whole."""
        if self.option is not None:
            self.option = None
        elif self.options and word == "--":
            self.options = False
        elif self.options and word.startswith("-") and word != "-":
            self.option = self._option(word)
        elif not self.path:
            self.path, self.command = (word,), load(word) if word in COMMANDS else None
        elif word in getattr(self.command, "commands", ()):
            self.path, self.command = (*self.path, word), self.command.commands[word]
        else:
            self.given.append(word)

    def end(self, last: str, raw: str) -> Place:
        """Take the word at the cursor."""
        parameter, typed, start = self.option, last, ""
        name, equals, value = last.partition("=")
        if parameter is None and self.options and equals and name.startswith("--"):
            parameter, typed, start = self._option(name), value, f"{name}="
        options = self.options and parameter is None
        if parameter is None:
            parameter = self._argument()
        return Place(self.path, self.command, parameter, typed, raw, tuple(self.given), options, start)

    def _option(self, name: str) -> Any:
        """Return the option of that name where it takes a value."""
        own = getattr(self.command, "params", ())
        return next((one for one in own if name in one.opts and not getattr(one, "is_flag", False)), None)

    def _argument(self) -> Any:
        """Return the argument that comes next; the last may take any number of words."""
        own = [one for one in getattr(self.command, "params", ()) if one.param_type_name == "argument"]
        if len(self.given) < len(own):
            return own[len(self.given)]
        return own[-1] if own and own[-1].nargs == -1 else None

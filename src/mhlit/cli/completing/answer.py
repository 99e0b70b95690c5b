"""Answer a shell that asks how the word at the cursor could go on.

The shell's script (`scripts/`) runs mhlit with the words typed so far, the last being the one at the
cursor, and `_MHLIT_COMPLETE` in the environment: the shell's name and, behind colons, the columns of
the terminal and what bash will do with the answer. The answer is lines: its kind, then a line a choice.
"""

import sqlite3
import sys
from collections.abc import Iterable, Sequence

from mhlit.cli.app import COMMANDS
from mhlit.cli.completing.choices import Choice, Kind, choices_of
from mhlit.cli.completing.place import Place, find_place
from mhlit.cli.completing.shells import written
from mhlit.errors import MhlitError

VARIABLE = "_MHLIT_COMPLETE"
_HELP = Choice("--help", "Show this message and exit.")
_VERSION = Choice("--version", "Show the version and leave.")


def run(words: Sequence[str], asked: str) -> None:
    """Give out the answer; nothing where anything is amiss, since no one could read a message."""
    try:
        answered = answer(words, asked)
    except (MhlitError, OSError, sqlite3.Error):
        return
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a text stream has it
    sys.stdout.write(answered)


def answer(words: Sequence[str], asked: str) -> str:
    """Return the lines for the shell that `asked` names."""
    shell, columns, purpose = [*asked.split(":"), "", ""][:3]
    place = find_place(words, splits_at_equals=shell == "bash")
    kind, choices = _choices(place)
    if kind is Kind.VALUES and any(not _begins(choice, place.typed) for choice in choices):
        kind = Kind.OTHER
    width = int(columns) if columns.isdecimal() else 80
    return "".join(f"{line}\n" for line in (kind.value, *written(shell, place, choices, width, purpose)))


def _begins(choice: Choice, typed: str) -> bool:
    return choice.value.lower().startswith(typed.lower())


def _choices(place: Place) -> tuple[Kind, list[Choice]]:
    """Return what may stand at the cursor."""
    inside = getattr(place.command, "commands", None)
    found: Iterable[Choice] = ()
    if place.options and place.typed.startswith("-"):
        found = _options(place)
    elif not place.path:
        found = (Choice(name, line) for name, (_, line) in COMMANDS.items())
    elif inside:
        found = (Choice(name, _first_line(one.help)) for name, one in inside.items())
    elif place.parameter is not None:
        return choices_of(place)
    return Kind.VALUES, [choice for choice in found if choice.value.startswith(place.typed)]


def _options(place: Place) -> Iterable[Choice]:
    if not place.path:
        return _HELP, _VERSION
    own = [one for one in getattr(place.command, "params", ()) if one.param_type_name == "option" and not one.hidden]
    names = [Choice(name, _first_line(one.help)) for one in own for name in one.opts if name.startswith("--")]
    return *names, _HELP


def _first_line(text: str | None) -> str:
    return (text or "").strip().split("\n")[0]

"""The choices as each shell wants them: a line a choice, its meaning beside it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from mhlit.cli.completing.choices import Choice
from mhlit.cli.completing.place import Place
from mhlit.text import printable

SHELLS = ("bash", "zsh", "fish")
# What bash will do with the answer (COMP_TYPE): list it, or insert what the choices have in common and list it.
_LISTS, _INSERTS_AND_LISTS = "63", ("33", "64")
_NOT_SAFE = re.compile(r"([^\w@%+=:,./-])")


def written(shell: str, place: Place, choices: Sequence[Choice], width: int, purpose: str) -> Iterable[str]:
    """Return the lines for a shell; `width` is that of the terminal, `purpose` what bash will do with them."""
    if shell == "bash":
        return _for_bash(place, choices, width, purpose)
    if shell == "zsh":
        return _for_zsh(place, choices, width)
    return (f"{place.start}{choice.value}\t{printable(choice.meaning)}" for choice in choices)


def _for_bash(place: Place, choices: Sequence[Choice], width: int, purpose: str) -> Sequence[str]:
    """Return what goes into COMPREPLY: words quoted for bash to insert, or with their meanings for it to list."""
    if len(choices) > 1 and purpose == _LISTS:
        return list(_beside([choice.value for choice in choices], choices, width))
    in_quotes = place.raw.startswith(("'", '"'))
    values = [place.start + (one.value if in_quotes else _NOT_SAFE.sub(r"\\\1", one.value)) for one in choices]
    if len(values) > 1 and purpose in _INSERTS_AND_LISTS:
        return list(_beside(values, choices, width))
    shared = {value[:1] for value in values}
    if (
        len(values) > 1
        and len(shared) == 1
        and not all(value.lower().startswith(place.raw.lower()) for value in values)
    ):
        return [*values, " "]  # a blank choice keeps bash from replacing what is typed by what the others share
    return values


def _for_zsh(place: Place, choices: Sequence[Choice], width: int) -> Iterator[str]:
    """Yield the value, a tab, and the line that is shown for it."""
    shown = _beside([choice.value for choice in choices], choices, width)
    for choice, line in zip(choices, shown, strict=True):
        yield f"{place.start}{choice.value}\t{line}"


def _beside(values: Sequence[str], choices: Sequence[Choice], width: int) -> Iterator[str]:
    """Yield each value with its meaning beside it, no wider than the terminal."""
    widest = max(map(len, values), default=0)
    for value, choice in zip(values, choices, strict=True):
        meaning = printable(choice.meaning)
        line = f"{value:{widest}}  {meaning}" if meaning else value
        yield line if len(line) < width else f"{line[: max(width - 2, 1)]}…"

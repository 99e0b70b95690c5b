"""Mark works of your library: unread, reading, read; star, unstar."""

from collections.abc import Sequence
from typing import Annotated

import typer

from mhlit.cli.options import KeyArguments, one_of
from mhlit.cli.output import count
from mhlit.cli.own import MatchingOption, YesOption, ask_before, behind_dashes, chosen, keep_in_step, library
from mhlit.cli.session import say
from mhlit.errors import UsageError
from mhlit.library.remarks import MARKS, Remarked
from mhlit.library.remarks import mark as mark_items


def arguments(given: Sequence[str]) -> list[str]:
    """Take what follows ``--`` for a query."""
    return behind_dashes(given)


def command(
    mark: Annotated[str, typer.Argument(metavar="MARK", help=f"One of {', '.join(MARKS)}.", show_default=False)],
    keys: KeyArguments = None,
    matching: MatchingOption = "",
    yes: YesOption = False,
) -> None:
    """Mark the works that are named."""
    if mark not in MARKS and keys and keys[-1] in MARKS:
        raise UsageError(f"there is no mark {mark!r}", f"mhlit mark {' '.join((keys[-1], mark, *keys[:-1]))}")
    chosen_mark = one_of("mark", mark, MARKS)
    with library() as opened:
        items = chosen(opened, keys, matching)
        ask_before(items, f"mark {chosen_mark}", yes)
        say(told(chosen_mark, mark_items(opened, items, chosen_mark)))
        keep_in_step(opened)


def told(mark: str, done: Remarked) -> str:
    """Return what to say of works that were marked."""
    as_before = done.works - done.altered
    what = f"{mark}red {count(done.altered)}" if mark in ("star", "unstar") else f"marked {count(done.altered)} {mark}"
    return what + (f"; {as_before} had it so already" if as_before else "")

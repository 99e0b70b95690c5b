"""Take works out of your library; `mhlit undo` brings them back."""

from collections.abc import Sequence

from mhlit.cli.options import KeyArguments
from mhlit.cli.output import count
from mhlit.cli.own import MatchingOption, YesOption, ask_before, behind_dashes, chosen, keep_in_step, library
from mhlit.cli.session import say


def arguments(given: Sequence[str]) -> list[str]:
    """Take what follows ``--`` for a query."""
    return behind_dashes(given)


def command(keys: KeyArguments = None, matching: MatchingOption = "", yes: YesOption = False) -> None:
    """Remove the works that are named."""
    with library() as opened:
        items = chosen(opened, keys, matching)
        ask_before(items, "remove from your library", yes)
        with opened.change("remove") as change:
            for kept in items:
                change.remove(kept)
        say(f"removed {count(len(items))}; mhlit undo brings {'it' if len(items) == 1 else 'them'} back")
        keep_in_step(opened)

"""Mark works of your library: unread, reading, read; star, unstar."""

from collections.abc import Sequence
from typing import Annotated

import typer

from mhlit.cli.options import KeyArguments, one_of
from mhlit.cli.output import count
from mhlit.cli.own import MatchingOption, YesOption, ask_before, behind_dashes, chosen, keep_in_step, library
from mhlit.cli.session import say
from mhlit.model import READING, Item

MARKS = (*READING, "star", "unstar")


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
    chosen_mark = one_of("mark", mark, MARKS)
    with library() as opened:
        items = chosen(opened, keys, matching)
        ask_before(items, f"mark {chosen_mark}", yes)
        with opened.change(f"mark {chosen_mark}") as change:
            for kept in items:
                work = kept.work
                if work.item and (marked := _marked(work.item, chosen_mark)) != work.item:
                    change.replace(kept, work._replace(item=marked))
        many = count(len(items))
        say(f"marked {many} {chosen_mark}" if chosen_mark in READING else f"{chosen_mark}red {many}")
        keep_in_step(opened)


def _marked(item: Item, mark: str) -> Item:
    return item._replace(reading=mark) if mark in READING else item._replace(starred=mark == "star")

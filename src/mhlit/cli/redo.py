"""Do again what `mhlit undo` took back."""

from typing import Annotated

import typer

from mhlit.cli.output import count
from mhlit.cli.own import keep_in_step, library
from mhlit.cli.session import say
from mhlit.errors import NothingFound


def command(times: Annotated[int, typer.Argument(metavar="N", min=1, help="How many changes.")] = 1) -> None:
    """Redo, one change after the other."""
    with library() as opened:
        for done_before in range(times):
            try:
                done = opened.redo()
            except NothingFound:
                if done_before:
                    break
                raise
            say(f"done again: {done.label} ({count(done.works)})")
        keep_in_step(opened)

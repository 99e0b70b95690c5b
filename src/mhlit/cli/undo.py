"""Take back the last change of your library, or the last few; --list shows them."""

from typing import Annotated

import typer

from mhlit.cli.output import count
from mhlit.cli.own import keep_in_step, library
from mhlit.cli.session import give, say
from mhlit.errors import NothingFound


def command(
    times: Annotated[int, typer.Argument(metavar="[N]", min=1, help="How many changes.")] = 1,
    show: Annotated[
        bool, typer.Option("--list", help="List the last changes, the latest first; change nothing.")
    ] = False,
) -> None:
    """Undo, one change after the other."""
    from mhlit.render import plain

    with library() as opened:
        if show:
            for done in opened.history(50):
                state = ("undone",) if done.undone else ()
                give(plain.lines([(done.at[:16].replace("T", " "), done.label, count(done.works), *state)]))
            return
        for done_before in range(times):
            try:
                done = opened.undo()
            except NothingFound:
                if done_before:
                    break
                raise
            say(f"undone: {done.label} ({count(done.works)})")
        keep_in_step(opened)

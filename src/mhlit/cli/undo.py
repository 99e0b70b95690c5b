"""Take back the last change of your library, or the last few; --list shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mhlit.cli.output import count, give_rows
from mhlit.cli.own import keep_in_step, library
from mhlit.cli.session import say
from mhlit.errors import NothingFound

if TYPE_CHECKING:
    from mhlit.library.changes import Done


def command(
    times: Annotated[int, typer.Argument(metavar="N", min=1, help="How many changes.")] = 1,
    show: Annotated[
        bool, typer.Option("--list", help="List the last changes, the latest first; change nothing.")
    ] = False,
) -> None:
    """Undo, one change after the other."""
    with library() as opened:
        if show:
            give_rows(("when", "what", "how many", ""), [_row(done) for done in opened.history(50)])
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


def _row(done: Done) -> tuple[str, ...]:
    """Return what the list says of a change."""
    return (done.at[:16].replace("T", " "), done.label, count(done.works), *(("undone",) if done.undone else ()))

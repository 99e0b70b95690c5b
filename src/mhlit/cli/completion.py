"""Complete commands, values and keys at the press of TAB: set it up for bash, zsh or fish, or take it away."""

import os
from pathlib import PurePath
from typing import Annotated

import typer

from mhlit.cli.completing.shells import SHELLS
from mhlit.cli.options import one_of
from mhlit.cli.session import give, say
from mhlit.errors import NothingFound, UsageError

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=__doc__)
ShellArgument = Annotated[
    str, typer.Argument(metavar="SHELL", help="bash, zsh or fish; else the one SHELL names.", show_default=False)
]


def _chosen(shell: str) -> str:
    """Return the shell that is meant. Raises UsageError where it is none of ours."""
    if shell:
        return one_of("shell", shell, SHELLS)
    own = PurePath(os.environ.get("SHELL", "")).name
    if own in SHELLS:
        return own
    raise UsageError(f"no completion for {own!r}" if own else "which shell?", f"name one: {', '.join(SHELLS)}")


@app.command()
def install(shell: ShellArgument = "") -> None:
    """Set completion up and say what was done."""
    from mhlit.cli.completing.installing import install as set_up

    for line in set_up(_chosen(shell)):
        say(line)


@app.command()
def remove(shell: ShellArgument = "") -> None:
    """Take completion away again."""
    from mhlit.cli.completing.installing import remove as take_away

    chosen, done = _chosen(shell), False
    for line in take_away(chosen):
        say(line)
        done = True
    if not done:
        raise NothingFound(f"completion is not installed for {chosen}")


@app.command()
def show(shell: ShellArgument = "") -> None:
    """Print the script, for setting completion up by hand."""
    from mhlit.cli.completing.installing import script

    give(script(_chosen(shell)))

"""Keep sets of works by name: `mhlit collection add thesis KEY`; keep a .bib in step with one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from mhlit.cli.options import KeyArguments
from mhlit.cli.output import count, give_rows
from mhlit.cli.own import MatchingOption, YesOption, ask_before, behind_dashes, chosen, keep_in_step, library, said
from mhlit.cli.session import say
from mhlit.errors import NothingFound, UsageError

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=__doc__)
NameArgument = Annotated[str, typer.Argument(metavar="COLLECTION", help="Its name.", show_default=False)]


def arguments(given: Sequence[str]) -> list[str]:
    """Take what follows ``--`` for a query."""
    return behind_dashes(given)


@app.command(name="list")
def list_() -> None:
    """List the collections: name, works, and the file that is kept in step."""
    from mhlit.library.collections import all_collections

    with library() as opened:
        rows = all_collections(opened.connection)
    if not rows:
        raise NothingFound("you have no collection", "mhlit collection add thesis KEY")
    give_rows(("collection", "works", "kept in step"), rows)


@app.command()
def add(name: NameArgument, keys: KeyArguments = None, matching: MatchingOption = "", yes: YesOption = False) -> None:
    """Put works into a collection, which is made where there is none."""
    _change(name, keys, matching, yes, add=True)


@app.command()
def remove(
    name: NameArgument, keys: KeyArguments = None, matching: MatchingOption = "", yes: YesOption = False
) -> None:
    """Take works out of a collection; they stay in the library."""
    _change(name, keys, matching, yes, add=False)


def _change(name: str, keys: list[str] | None, matching: str, yes: bool, *, add: bool) -> None:
    from mhlit.library.collections import known_name, made

    with library() as opened:
        wanted = said(name)
        own = known_name(opened.connection, wanted) or (wanted if add else "")
        if not own:
            raise NothingFound(f"there is no collection {wanted!r}", "mhlit collection list")
        items = chosen(opened, keys, matching)
        ask_before(items, f"collection {'add' if add else 'remove'} {own}", yes)
        changed = 0
        with opened.change(f"collection {'add' if add else 'remove'} {own}") as change:
            if add:
                made(change, own)
            for kept in items:
                work = kept.work
                if work.item and (own in work.item.collections) != add:
                    rest = tuple(other for other in work.item.collections if other != own)
                    new = (*rest, own) if add else rest
                    change.replace(kept, work._replace(item=work.item._replace(collections=new)))
                    changed += 1
        say(f"{count(changed)} {'put into' if add else 'taken out of'} {own}")
        keep_in_step(opened)


@app.command()
def rename(
    name: NameArgument, new: Annotated[str, typer.Argument(metavar="NEW", help="Its new name.", show_default=False)]
) -> None:
    """Give a collection another name."""
    from mhlit.library.collections import known_name, renamed

    with library() as opened:
        own, wanted = known_name(opened.connection, said(name)), said(new)
        if not own:
            raise NothingFound(f"there is no collection {name!r}", "mhlit collection list")
        there = known_name(opened.connection, wanted)
        if there and there != own:
            raise UsageError(f"there is a collection {there!r} already", "nothing was changed")
        with opened.change(f"collection rename {own} {wanted}") as change:
            renamed(change, own, wanted)
        say(f"{own} → {wanted}")


@app.command()
def delete(name: NameArgument) -> None:
    """Take a collection away; its works stay in the library, a file that was kept in step stays as it is."""
    from mhlit.library.collections import known_name, renamed

    with library() as opened:
        own = known_name(opened.connection, said(name))
        if not own:
            raise NothingFound(f"there is no collection {name!r}", "mhlit collection list")
        with opened.change(f"collection delete {own}") as change:
            renamed(change, own, None)
        say(f"deleted {own}; mhlit undo brings it back")


@app.command()
def watch(
    name: NameArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The .bib to keep in step.", show_default=False)],
    stop: Annotated[bool, typer.Option("--stop", help="Stop keeping it in step; the file stays.")] = False,
) -> None:
    """Write a collection to a .bib now and after every change of the library."""
    from mhlit.library.collections import known_name
    from mhlit.library.watching import add_watched, remove_watched

    with library() as opened:
        own = known_name(opened.connection, said(name))
        if not own:
            raise NothingFound(f"there is no collection {name!r}", "mhlit collection add NAME KEY makes one")
        with opened.change(f"collection watch {own}{' --stop' if stop else ''} {file.name}") as change:
            (remove_watched if stop else add_watched)(change, own, file)
        if stop:
            say(f"{file} is no longer kept in step with {own}")
            return
        say(f"{file} is kept in step with {own}")

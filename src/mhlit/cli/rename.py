"""Give a work of your library another citation key; the old one stays as an alias."""

from typing import Annotated

import typer

from mhlit.cli.own import keep_in_step, library, one
from mhlit.cli.session import say
from mhlit.errors import UsageError


def command(
    key: Annotated[str, typer.Argument(metavar="KEY", help="A work of your library.", show_default=False)],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new citation key.", show_default=False)],
) -> None:
    """Rename one work's key."""
    from mhlit.library.items import with_key
    from mhlit.library.keys import clean_key

    if clean_key(new) != new or not new:
        raise UsageError(f"no program can read the key {new!r}", f"{clean_key(new) or 'smith-2024-title'} would do")
    with library() as opened:
        kept = one(opened, key)
        there = with_key(opened.connection, new)
        if there and there.id != kept.id:
            raise UsageError(f"{there.key} is another work's key", "nothing was changed")
        others = {one.lower(): one for (one,) in opened.catalog.connection.execute("SELECT key FROM works")}
        work = kept.work
        if new.lower() in others and not (work.item and work.item.catalog == others[new.lower()]):
            raise UsageError(f"{new} is the key of a work of the catalog", "nothing was changed")
        former = dict.fromkeys((*work.aliases, kept.key))
        aliases = tuple(alias for alias in former if alias.lower() != new.lower())
        with opened.change(f"rename {kept.key} to {new}") as change:
            change.replace(kept, work._replace(key=new, aliases=aliases))
        say(f"{kept.key} → {new}")
        keep_in_step(opened)

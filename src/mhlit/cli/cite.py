"""Write references: of the works named, of those that match the filters, or of the whole catalog."""

from typing import Annotated

import typer

from mhlit.cli.options import Given, KeyArguments, ScopeOption, read_filters, takes_filters
from mhlit.cli.output import count
from mhlit.cli.session import give, keys_from, open_store, say, settings
from mhlit.errors import NothingFound


@takes_filters
def command(
    *,
    keys: KeyArguments = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="Format; 'list' names them.", show_default="bibtex")
    ] = "",
    scope: ScopeOption = "all",
    given: Given,
) -> None:
    """Select works and write them in a format."""
    from mhlit.cite import FORMATS, entry_of, writer

    if format == "list":
        give("".join(f"{name}\t{line}\n" for name, (_, line) in FORMATS.items()))
        return
    write = writer(format or settings()["format"])
    from mhlit.keys import find

    wanted = keys_from(keys or [])
    store = open_store(scope)
    filters = read_filters(store, given)
    if wanted:
        allowed = set(store.ids(filters)) if filters else None
        found = dict.fromkeys(find(store, key) for key in wanted)
        ids = [work for work in found if allowed is None or work in allowed]
    else:
        ids = [] if keys else store.ids(filters)
    if not ids:
        raise NothingFound("there is nothing to cite")
    entries = [entry_of(work) for work in store.works(ids)]
    give(write(entries))
    doubtful = [entry.key for entry in entries if entry.annotation]
    if doubtful:
        say(f"mhlit: {count(len(doubtful), 'record')} not fully verified: {', '.join(doubtful)}")

"""Find works by words, "phrases", names, acronyms, identifiers or addresses; the last word may be a beginning."""

from typing import Annotated

import typer

from mhlit.cli.options import Given, JsonOption, KeysOption, ScopeOption, read_filters, takes_filters
from mhlit.cli.output import count, give_works, read_form
from mhlit.cli.session import on_terminal, open_store, say, settings
from mhlit.errors import NothingFound, UsageError


@takes_filters
def command(
    *,
    query: Annotated[
        list[str] | None, typer.Argument(metavar="QUERY", help='Words, or "a phrase" in quotes.', show_default=False)
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1, help="Show at most this many works.")] = None,
    scope: ScopeOption = "all",
    columns: Annotated[str, typer.Option(help="Columns, comma-separated.", show_default=False)] = "",
    header: Annotated[bool, typer.Option("--header", help="In a pipe, begin with the names of the columns.")] = False,
    keys: KeysOption = False,
    as_json: JsonOption = False,
    given: Given,
) -> None:
    """Search, rank and give out what was found."""
    from mhlit.search.engine import search

    if not query:
        raise UsageError("missing QUERY", "mhlit search empathy")
    form = read_form(as_json, keys, header, columns)
    store = open_store(scope)
    words = " ".join(query)
    results = search(store, words, read_filters(store, given))
    ids = [hit.work for hit in results.hits]
    shown = ids[: limit or (settings()["limit"] if on_terminal() and not (keys or as_json) else None)]
    if as_json or shown:
        give_works(store, shown, form, results.words, {"query": words, "found": len(ids)})
    if not shown:
        raise NothingFound(f"nothing found for {words!r}")
    if on_terminal():
        say(f"{count(len(ids))} found" + (f", the best {len(shown)} shown" if len(shown) < len(ids) else ""))

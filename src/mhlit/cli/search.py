"""Find works by words, "phrases", -not, OR, field:value, names, acronyms, identifiers or addresses."""

from typing import Annotated

import typer

from mhlit.cli.options import (
    ColumnsOption,
    Given,
    JsonOption,
    KeysOption,
    ScopeOption,
    one_of,
    query_arguments,
    read_filters,
    takes_filters,
)
from mhlit.cli.output import count, give_works, read_form
from mhlit.cli.session import on_terminal, open_store, say, settings
from mhlit.store.reading import SORTS

arguments = query_arguments


@takes_filters
def command(
    *,
    query: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="QUERY...", help='Words, "a phrase", -not, this OR that, field:value.', show_default=False
        ),
    ] = None,
    like: Annotated[str, typer.Option(metavar="KEY", help="Find works like this one.", show_default=False)] = "",
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", metavar="N", min=1, help="Show at most this many works.")
    ] = None,
    sort: Annotated[
        str, typer.Option(metavar="ORDER", help=f"Sort by: {', '.join(SORTS)}.", show_default="best first")
    ] = "",
    explain: Annotated[bool, typer.Option("--explain", help="Say what matched, where, and the score.")] = False,
    scope: ScopeOption = "all",
    columns: ColumnsOption = "",
    header: Annotated[bool, typer.Option("--header", help="In a pipe, begin with the names of the columns.")] = False,
    keys: KeysOption = False,
    as_json: JsonOption = False,
    given: Given,
) -> None:
    """Search, rank and give out what was found."""
    from mhlit.cli import asked

    form = read_form(as_json, keys, header, columns)
    order = one_of("order", sort, SORTS) if sort else ""
    store = open_store(scope)
    words, results = asked.find(store, query or [], like, read_filters(store, given))
    ids = [hit.work for hit in results.hits]
    ids = store.in_order(ids, order) if order else ids
    shown = ids[: limit or (settings()["limit"] if on_terminal() and not (keys or as_json) else None)]
    if as_json or shown:
        why = asked.explained(store, results, shown) if explain else ()
        extra = {"query": words, "found": len(ids)}
        give_works(store, shown, form, matched=results.words, extra=extra, explained=why)
    if not shown:
        raise asked.nothing(store, words, results)
    asked.say_corrections(results)
    if on_terminal():
        say(f"{count(len(ids))} found" + (f", the best {len(shown)} shown" if len(shown) < len(ids) else ""))

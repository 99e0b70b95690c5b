"""List works by filter; without one, all of them."""

from typing import Annotated

import typer

from mhlit.cli.options import (
    ColumnsOption,
    Given,
    JsonOption,
    KeysOption,
    ScopeOption,
    one_of,
    read_filters,
    takes_filters,
)
from mhlit.cli.output import count, give_groups, give_works, read_form
from mhlit.cli.session import on_terminal, open_store, say, settings
from mhlit.errors import NothingFound
from mhlit.store.filters import Filters
from mhlit.store.reading import SORTS, Store
from mhlit.store.schema import FACETS


@takes_filters
def command(
    *,
    sort: Annotated[str, typer.Option(metavar="ORDER", help=f"Sort by: {', '.join(SORTS)}.", show_default="key")] = "",
    reverse: Annotated[bool, typer.Option("--reverse", "-r", help="Turn the order round.")] = False,
    group_by: Annotated[str, typer.Option(metavar="FACET", help=f"Group by: {', '.join(FACETS)}.")] = "",
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", metavar="N", min=1, help="Show at most this many works.")
    ] = None,
    scope: ScopeOption = "all",
    columns: ColumnsOption = "",
    header: Annotated[bool, typer.Option("--header", help="In a pipe, begin with the names of the columns.")] = False,
    keys: KeysOption = False,
    as_json: JsonOption = False,
    given: Given,
) -> None:
    """Select, sort and give out works."""
    form = read_form(as_json, keys, header, columns)
    order = one_of("order", sort or settings()["sort"], SORTS)
    store = open_store(scope)
    filters = read_filters(store, given)
    selected = store.ids(filters, order)
    ids = (selected[::-1] if reverse else selected)[:limit]
    if not ids:
        if as_json:
            give_works(store, ids, form)
        raise NothingFound("no work matches these filters", _missing_author(store, filters))
    if group_by:
        give_groups(store, _groups(store, one_of("facet", group_by, FACETS), ids), form)
    else:
        give_works(store, ids, form)
    if on_terminal():
        say(count(len(selected)) + (f", the first {len(ids)} shown" if len(ids) < len(selected) else ""))


def _groups(store: Store, facet: str, ids: list[int]) -> list[tuple[str, list[int]]]:
    """Return the values of a facet, in the vocabulary's order or by size, with the works that have each."""
    terms = [term.name for term in store.vocabulary(facet)]
    values = [value for value, _ in store.facet_counts(facet, Filters())]
    ordered = [name for name in terms if name in values] + [value for value in values if value not in terms]
    if facet == "year":
        ordered.sort(reverse=True)
    members = {value: store.with_facet(facet, value) for value in ordered}
    groups = [(value, [work for work in ids if work in members[value]]) for value in ordered]
    if facet == "author":
        from mhlit.cli.author_names import author_names

        names = author_names(store, ids)
        groups = [(names.get(value, value), works) for value, works in groups]
    return [(value, works) for value, works in groups if works]


def _missing_author(store: Store, filters: Filters) -> str:
    """Return a hint where an author typed is nobody's name."""
    from mhlit.text import nearest

    for name in filters.authors:
        if not store.ids(Filters(authors=(name,))):
            known = [value for value, _ in store.facet_counts("author", Filters())]
            near = nearest(name, [*known, *(value.split()[-1] for value in known)])
            return f"no author is called {name!r}" + (f"; did you mean {' or '.join(near)}?" if near else "")
    return ""

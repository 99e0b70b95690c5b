"""Show the values one can filter by, each with the number of works that have it."""

from typing import Annotated

import typer

from mhlit.cli.options import Given, JsonOption, ScopeOption, one_of, read_filters, takes_filters
from mhlit.cli.session import give, on_terminal, open_store
from mhlit.store.filters import Filters
from mhlit.store.reading import Store
from mhlit.store.schema import FACETS

Row = tuple[str, str, int, str]
_BEGINNING = 6


@takes_filters
def command(
    *,
    name: Annotated[str, typer.Argument(metavar="FACET", help=f"One of {', '.join(FACETS)}.", show_default=False)] = "",
    scope: ScopeOption = "all",
    as_json: JsonOption = False,
    given: Given,
) -> None:
    """Count and give out the values of one facet, or of all that have a closed list."""
    from mhlit.render import plain

    chosen = [one_of("facet", name, FACETS)] if name else [facet for facet in FACETS if facet != "author"]
    store = open_store(scope)
    filters = read_filters(store, given)
    rows = [row for facet in chosen for row in _rows(store, facet, filters)]
    if as_json:
        members = [dict(zip(("facet", "value", "count", "definition"), row, strict=True)) for row in rows]
        give(plain.to_json({"facets": members}))
    elif on_terminal():
        _draw(rows, single=bool(name))
    else:
        give(plain.lines(row[1:] if name else row for row in rows))


def _rows(store: Store, facet: str, filters: Filters) -> list[Row]:
    terms = {term.name: term.definition for term in store.vocabulary(facet)}
    counts = store.facet_counts(facet, filters)
    if facet == "author":
        from mhlit.cli.author_names import author_names

        names = author_names(store, store.ids(filters))
        counts = [(names.get(value, value), many) for value, many in counts]
    if facet == "status":
        terms["own"] = "Your own record, which nobody has confirmed."
    return [(facet, value, many, terms.get(value, "")) for value, many in counts]


def _draw(rows: list[Row], single: bool) -> None:
    """Draw a table a facet; where all are shown, each only begins."""
    from mhlit.render.console import console
    from mhlit.render.tables import plain_table

    screen = console()
    for facet in dict.fromkeys(row[0] for row in rows):
        own = [row[1:] for row in rows if row[0] == facet]
        shown = own if single else own[:_BEGINNING]
        meaning = ("meaning",) if any(row[2] for row in own) else ()
        screen.print(plain_table((facet, "works", *meaning), [row[: 2 + len(meaning)] for row in shown], wrap=2))
        if len(shown) < len(own):
            screen.print(f"… and {len(own) - len(shown)} more: mhlit facets {facet}", style="quiet")
        if not single:
            screen.print()

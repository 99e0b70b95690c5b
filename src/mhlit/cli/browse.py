"""Look through the works on a screen: search as you type, narrow down, read, mark, tag, cite, open."""

import os
import sys
from collections.abc import Sequence
from functools import partial
from typing import Annotated

import typer

from mhlit.cli.options import Given, ScopeOption, one_of, query_arguments, read_filters, takes_filters
from mhlit.cli.session import open_store, settings
from mhlit.errors import UsageError

arguments = query_arguments
_FRAMES = "200"  # a second, of which none is drawn where nothing changes: what was found does not wait for the next


@takes_filters
def command(
    *,
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUERY...", help="What to search for at first.", show_default=False),
    ] = None,
    theme: Annotated[str, typer.Option(metavar="NAME", help="auto, dark or light.")] = "auto",
    scope: ScopeOption = "all",
    given: Given,
) -> None:
    """Open the browser."""
    one_of("theme", theme, ("auto", "dark", "light"))
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)) or os.environ.get("TERM") == "dumb":
        raise UsageError("browse needs a terminal; elsewhere use mhlit search, list and show")
    store = open_store(scope)
    filters = read_filters(store, given)
    os.environ.setdefault("TEXTUAL_FPS", _FRAMES)
    from mhlit.cli.hands import Hands
    from mhlit.store.filters import Filters
    from mhlit.tui.app import BrowseApp
    from mhlit.tui.browsing import Browsing

    chosen = {name: list(values) for name, values in filters.facets.items() if values}
    app = BrowseApp(
        Browsing(store, settings()["sort"], Filters(added=filters.added)),
        Hands(partial(open_store, scope)),
        query=_begun(query or (), given),
        chosen=chosen,
        theme=_theme() if theme == "auto" else theme,
    )
    app.run()


def _begun(words: Sequence[str], given: Given) -> str:
    """Return the query to begin with, with the years and authors that were given as filters: no facet lists these."""
    from mhlit.cli.asked import joined

    parts = [joined(words)] if words else []
    for name in ("year", "author"):
        fields = [f'{name}:"{value}"' if " " in value else f"{name}:{value}" for value in given.get(name, ())]
        parts += [fields[0] if len(fields) == 1 else f"({' OR '.join(fields)})"] if fields else []
    return " ".join(parts)


def _theme() -> str:
    """Return dark or light, as the terminal says that its background is (COLORFGBG of rxvt and others)."""
    background = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return "light" if background in ("7", "15") else "dark"

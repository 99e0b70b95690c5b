"""Write the works as a web site that needs no server and no network: one page to search, a small page a work."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from mhlit.cli.options import Given, ScopeOption, read_filters, takes_filters
from mhlit.cli.output import count
from mhlit.cli.session import give, open_store, say
from mhlit.errors import MhlitError, NothingFound
from mhlit.model import Work


@takes_filters
def command(
    *,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="An empty folder, or one that holds such a site.")],
    scope: ScopeOption = "all",
    given: Given,
) -> None:
    """Write the site of the selected works and give out the address of its page."""
    from mhlit.render.web.folder import write_site
    from mhlit.render.web.site import INDEX, pages

    store = open_store(scope)
    ids = store.ids(read_filters(store, given))
    if not ids:
        raise NothingFound("no work matches these filters")
    gone = write_site(folder, pages(store, ids, _references(store.works(ids))))
    give(f"{folder / INDEX}\n")
    say(f"{count(len(ids))} written" + (f", {count(gone, 'page')} taken away" if gone else ""))


def _references(works: Sequence[Work]) -> dict[str, str]:
    """Return each work's reference in APA style, as HTML without links; none where the style's file is not there.

    Each is rendered alone, as it is copied: a year has no letter that only the list would explain.
    """
    from mhlit.cite import entry_of
    from mhlit.cite.csl.markup import as_html
    from mhlit.cite.styles import Style

    try:
        style = Style("apa")
    except MhlitError as error:
        say(f"mhlit: without references: {error.message}")
        return {}
    texts = ((work.key, style.references([entry_of(work)])[0].text) for work in works)
    return {key: re.sub(r"</?a\b[^>]*>", "", as_html(text)) for key, text in texts}

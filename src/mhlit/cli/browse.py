"""Look through the works on a screen: search as you type, narrow down, read, select, cite, open."""

import io
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mhlit.cli.options import Given, ScopeOption, one_of, read_filters, takes_filters
from mhlit.cli.session import open_store, settings
from mhlit.errors import UsageError
from mhlit.model import Entry, Work

if TYPE_CHECKING:
    from mhlit.cli.delivery import Form

_VISIT = "import sys; from mhlit.cli.open import visit; visit(sys.argv[1])"
_PATIENCE = 10  # seconds for a browser to answer


def arguments(given: Sequence[str]) -> list[str]:
    """Let ``-word`` be part of the query."""
    from mhlit.cli.asked import without_options

    return without_options(given)


@takes_filters
def command(
    *,
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="[QUERY]", help="What to search for at first.", show_default=False),
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
    from mhlit.store.filters import Filters
    from mhlit.tui.app import BrowseApp
    from mhlit.tui.browsing import Browsing

    chosen = {name: list(values) for name, values in filters.facets.items() if values}
    app = BrowseApp(
        Browsing(store, settings()["sort"], Filters(added=filters.added)),
        Hands(),
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


class Hands:
    """What the browser does beyond its screen, as the other commands do it."""

    def references(self, works: Sequence[Work], form: str) -> str:
        """Return references in a format or a style, as `cite` gives them in a pipe."""
        from mhlit.cite import FORMATS
        from mhlit.cli.delivery import read_form, written

        named = read_form(form, "", None, None, drawn=False) if form in FORMATS else _styled(form)
        return written(_entries(works), named, in_text=False, keep_order=False)

    def copy(self, text: str, by_terminal: Callable[[str], bool]) -> None:
        """Put a text on the clipboard, as `cite --copy` does."""
        from mhlit.cli.clipboard import copy

        copy(text, by_terminal)

    def save(self, works: Sequence[Work], form: str, path: Path) -> str:
        """Add to a .bib what it has not (`cite --append`), or write a file that loses nothing by it (`cite -o`)."""
        from mhlit.cite import FORMATS
        from mhlit.cli.delivery import add, deliver, read_form
        from mhlit.cli.output import count

        entries = _entries(works)
        if form in ("bibtex", "biblatex") and path.suffix.lower() == ".bib" and path.exists():
            return _said(lambda: add(path, works, entries, read_form(form, "", None, path, drawn=False)))
        written_in = read_form(form, "", path, None, drawn=False) if form in FORMATS else _styled(form)
        many = count(len(works), "reference")
        text = self.references(works, form)
        return _said(lambda: deliver(text, written_in, many, path, force=False, to_clipboard=False))

    def doubts(self, works: Sequence[Work]) -> str:
        """Return what `cite` says of records that are not fully verified."""
        from mhlit.cli.cite import say_doubts

        return _said(lambda: say_doubts(_entries(works), ""))

    def page(self, work: Work) -> str:
        """Return the address that `open` opens."""
        from mhlit.cli.open import page

        return page(work)

    def visit(self, url: str) -> bool:
        """Open an address as `open` does, in a process of its own: browsers write on the screen they come from."""
        from mhlit.cli.open import has_display

        if not has_display():
            return False
        quiet = subprocess.DEVNULL
        try:
            command = [sys.executable, "-c", _VISIT, url]
            finished = subprocess.run(  # noqa: S603  # ourselves
                command, stdin=quiet, stdout=quiet, stderr=quiet, timeout=_PATIENCE, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        return finished.returncode == 0


@cache
def _styled(name: str) -> "Form":
    from mhlit.cli.delivery import read_form

    return read_form("", name, None, None, drawn=False)


def _entries(works: Sequence[Work]) -> list[Entry]:
    from mhlit.cite import entry_of

    return [entry_of(work) for work in works]


def _said(act: Callable[[], object]) -> str:
    """Do something that tells the reader on standard error what it did; return what it told."""
    heard = io.StringIO()
    with redirect_stderr(heard):
        act()
    return "\n".join(line.removeprefix("mhlit: ") for line in heard.getvalue().splitlines())

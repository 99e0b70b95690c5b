"""Open works in the browser; without a display, or in a pipe, give their addresses."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from mhlit.cli.options import KeyArguments, ScopeOption
from mhlit.cli.session import give, keys_from, on_terminal, open_store, say, settings
from mhlit.errors import MhlitError, NothingFound, UsageError
from mhlit.identifiers import url_of
from mhlit.model import Work


def command(
    keys: KeyArguments = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="The PDF.")] = False,
    code: Annotated[bool, typer.Option("--code", help="Code and data.")] = False,
    print_only: Annotated[bool, typer.Option("--print", help="Give the address, open nothing.")] = False,
    scope: ScopeOption = "all",
) -> None:
    """Find each work by its key and open what was asked for."""
    from mhlit.keys import find

    wanted = keys_from(keys or [])
    if not wanted:
        raise UsageError("missing KEY", "mhlit open soulchat")
    if pdf and code:
        raise UsageError("--pdf and --code exclude each other")
    store = open_store(scope)
    ids = list(dict.fromkeys(find(store, key) for key in wanted))
    what = "code" if code else "PDF" if pdf else "address"
    urls: list[str] = []
    for work in store.works(ids):
        found = list(work.code) if code else [_pdf(work)] if pdf else [page(work)]
        found = [url for url in found if url]
        if not found:
            raise NothingFound(f"no {what} is known of {work.key}", f"mhlit show {work.key}")
        urls += found
    if print_only or not on_terminal() or not has_display():
        give("".join(f"{url}\n" for url in urls))
    else:
        for url in urls:
            visit(url)
            say(f"opened {url}")


def page(work: Work) -> str:
    """Return the landing page of the preferred version, else its PDF, else where an identifier resolves."""
    main = work.preferred
    resolved = (url_of(identifier) for identifier in main.identifiers)
    return main.url or main.pdf or next((url for url in resolved if url), "")


def _pdf(work: Work) -> str:
    """Return the reader's own PDF, else the address of one."""
    for file in work.item.files if work.item else ():
        if file.lower().endswith(".pdf"):
            return Path(file).as_uri() if Path(file).is_absolute() else file
    return next((record.pdf for record in (work.record, work.preprint) if record and record.pdf), "")


def has_display() -> bool:
    """Tell whether a browser can be seen."""
    if settings()["browser"] or os.environ.get("BROWSER") or not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def visit(url: str) -> None:
    """Open an address in the browser of the settings, or in the system's. Raises MhlitError where none answers."""
    import shlex
    import subprocess
    import webbrowser

    named = settings()["browser"]
    try:
        if named:
            subprocess.Popen([*shlex.split(named), url], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  # the reader's own setting
        elif not webbrowser.open(url):
            raise OSError("no browser answered")
    except (OSError, ValueError) as error:
        raise MhlitError(f"cannot open {url}: {error}", "mhlit open --print gives the address") from None

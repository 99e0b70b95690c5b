"""What commands that change the library share: open it, choose works by key or query, ask before many change."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from mhlit.cli.output import count
from mhlit.cli.session import keys_from, open_store, say
from mhlit.errors import KeyProblem, NothingFound, UsageError
from mhlit.library.changes import Library
from mhlit.library.file import Say
from mhlit.library.items import Kept, with_key
from mhlit.store.reading import Store
from mhlit.text import printable

YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask before several works are changed.")]
MatchingOption = Annotated[
    str, typer.Option("--matching", metavar="QUERY", help="Works of the library by a query; so is what follows --.")
]
_SHOWN = 8


def behind_dashes(given: Sequence[str]) -> list[str]:
    """Return arguments with what follows ``--`` as the query of --matching."""
    if "--" not in given:
        return list(given)
    from mhlit.cli.asked import joined

    place = list(given).index("--")
    return [*given[:place], "--matching", joined(given[place + 1 :])]


def no_library() -> NothingFound:
    """Return what is raised where there is no library, with the way to one."""
    return NothingFound("you have no library yet", "mhlit add KEY, or mhlit import FILE, makes one")


@contextmanager
def library(must_be_there: bool = True, tell: Say = say, trial: bool = False) -> Iterator[Library]:
    """Open the reader's library to change it; without one raise NothingFound, or create it, of which `tell` is told.

    For a `trial`, of which nothing is to be kept, one is created elsewhere and taken away again.
    """
    from mhlit.paths import library_file

    path = library_file()
    if must_be_there and not path.exists():
        raise no_library()
    with ExitStack() as stack:
        if trial and not path.exists():
            from tempfile import TemporaryDirectory

            path, tell = Path(stack.enter_context(TemporaryDirectory(prefix="mhlit-"))) / path.name, _untold
        opened = Library(path, open_store("catalog"), tell)
        stack.callback(opened.close)
        yield opened


def _untold(message: str) -> None:
    """Leave unsaid what is said where a library is made."""


def chosen(opened: Library, keys: Sequence[str] | None, matching: str) -> list[Kept]:
    """Return the items that keys and a query name, each once, in that order.

    Raises UsageError where neither is given, KeyProblem for a key of no work or of one that is not in the library,
    NothingFound where the query finds none.
    """
    wanted = keys_from(list(keys or []))
    if not wanted and not matching:
        raise UsageError("which works?", "name their keys, or a query after --: -- year:2025 topic:safety")
    store = _store(opened)
    found = {kept.id: kept for kept in (item_of(opened, store, key) for key in wanted)}
    if matching:
        found |= {kept.id: kept for kept in _matching(opened, matching)}
    return list(found.values())


def one(opened: Library, key: str) -> Kept:
    """Return the item that a KEY names. Raises KeyProblem where there is none."""
    return item_of(opened, _store(opened), key)


def _store(opened: Library, without_catalog: bool = False) -> Store:
    from mhlit.store.shelves import Shelves

    catalog, own = Store(opened.catalog.connection, "catalog"), Store(opened.connection, "library")
    return Shelves(catalog, own, without_catalog=without_catalog)


def item_of(opened: Library, store: Store, key: str) -> Kept:
    """Return the item that a KEY names, looked up in both library and catalog so that the right hint can be given."""
    exact = with_key(opened.connection, key)
    if exact:
        return exact
    from mhlit.keys import find

    work = find(store, key)
    kept = _item_at(opened, store, work)
    if kept is None:
        found = store.keys([work])[0]
        raise KeyProblem(f"{found} is in the catalog and not in your library", f"mhlit add {found}")
    return kept


def _item_at(opened: Library, store: Store, work: int) -> Kept | None:
    key = store.keys([work])[0]
    return with_key(opened.connection, key) if work >= store.shelves[-1].base else None


def _matching(opened: Library, query: str) -> list[Kept]:
    from mhlit.search.engine import search

    store = _store(opened, without_catalog=True)
    keys = store.keys([hit.work for hit in search(store, query).hits])
    found = [kept for key in keys if (kept := with_key(opened.connection, key))]
    if not found:
        raise NothingFound(f"no work of your library matches {query!r}")
    return found


def ask_before(items: Sequence[Kept], what: str, yes: bool) -> None:
    """Show which works would be changed and ask, where they are several.

    Raises UsageError without a terminal and without --yes, Abort where the reader says no.
    """
    if len(items) < 2 or yes:
        return
    say(f"{what}: {count(len(items))}")
    for kept in items[:_SHOWN]:
        say(f"  {kept.key}  {kept.work.preferred.title}")
    if len(items) > _SHOWN:
        say(f"  and {len(items) - _SHOWN} more")
    if not sys.stdin.isatty():
        raise UsageError("nothing was changed, since nobody could be asked", "say --yes to change them all")
    typer.confirm("Go on?", abort=True, err=True)


def said(text: str) -> str:
    """Return what the reader typed without what could move a cursor. Raises UsageError where nothing is left."""
    plain = printable(text).strip()
    if not plain:
        raise UsageError(f"not a name: {text!r}")
    return plain


def keep_in_step(opened: Library) -> None:
    """Write the files of watched collections anew; what cannot be written is said, since the change itself is kept."""
    from mhlit.library.watching import write_watched

    for error in write_watched(opened):
        say(f"mhlit: {error.message}")

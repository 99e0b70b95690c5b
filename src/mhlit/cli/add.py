"""Put works into your library: by key from the catalog, by DOI, arXiv id or address from the world, or as BibTeX."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from mhlit.cli.asking import OfflineOption, RefreshOption
from mhlit.cli.session import keys_from, open_store, say
from mhlit.errors import UsageError
from mhlit.model import Item, Work

if TYPE_CHECKING:
    from mhlit.cli.adding import Wanted
    from mhlit.library.reading_files import Sheet

NamedArguments = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="KEY...",
        help="Key of the catalog, DOI, arXiv, Anthology or OpenReview id, PMID, PMCID, ISBN, or a paper's web page;"
        " - reads them from standard input.",
        show_default=False,
    ),
]
TagOption = Annotated[list[str] | None, typer.Option("--tag", metavar="TAG", help="Tag them.", show_default=False)]
CollectionOption = Annotated[
    list[str] | None,
    typer.Option("--collection", metavar="COLLECTION", help="Put them into a collection.", show_default=False),
]


def command(
    *,
    keys: NamedArguments = None,
    bibtex: Annotated[
        bool, typer.Option("--bibtex", help="Read BibTeX from standard input; on a terminal, the clipboard.")
    ] = False,
    search: Annotated[
        str, typer.Option("--search", metavar="WORDS", help="Look for works with these words in the title.")
    ] = "",
    tag: TagOption = None,
    collection: CollectionOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before what was found is added.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be added and change nothing.")] = False,
    offline: OfflineOption = False,
    refresh: RefreshOption = False,
) -> None:
    """Add what is named; what is there already keeps its place and gets the tags."""
    item = new_item(tag, collection)
    if sum(map(bool, (bibtex, search, keys))) > 1:
        raise UsageError("--bibtex, --search and KEY do not go together", "mhlit add --help")
    if bibtex:
        from mhlit.cli.importing import bring

        bring([_given_bibtex()], item, dry_run=dry_run)
        return
    if search:
        from mhlit.cli.candidates import add_one_of

        add_one_of(search, item, yes=yes, dry_run=dry_run, offline=offline, refresh=refresh)
        return
    words = keys_from(keys or [])
    if not words:
        raise UsageError("missing KEY", "mhlit add soulchat --tag to-read, or mhlit add 10.1145/3589334.3648137")
    works, wanted = told_apart(words)
    if wanted:
        from mhlit.cli.adding import add_named

        add_named(works, wanted, item, yes=yes, dry_run=dry_run, offline=offline, refresh=refresh)
    else:
        _add_catalogs(works, item, dry_run)


def _given_bibtex() -> Sheet:
    """Read what is piped in; on a terminal the clipboard."""
    from mhlit.cli.importing import standard_input
    from mhlit.library.reading_files import read_bytes

    if not sys.stdin.isatty():
        return standard_input("bibtex")
    from mhlit.cli.clipboard import pasted

    return read_bytes(pasted(), "clipboard", "bibtex")


def new_item(tags: list[str] | None, collections: list[str] | None) -> Item:
    """Return the item of a work that is added today."""
    from mhlit.cli.own import said

    return Item(
        date.today().isoformat(),
        tags=tuple(dict.fromkeys(map(said, tags or ()))),
        collections=tuple(dict.fromkeys(map(said, collections or ()))),
    )


def told_apart(words: list[str]) -> tuple[list[Work], list[Wanted]]:
    """Return the works of the catalog that are named, and what else is; a word that names nothing is an error."""
    from mhlit.keys import find, find_exactly
    from mhlit.store.lookup import names_something

    catalog = open_store("catalog")
    known: list[int] = []
    others: list[Wanted] = []
    for word in dict.fromkeys(words):
        exact = find_exactly(catalog, word)
        if len(exact) == 1:
            known += exact
        elif not exact and (names_something(word) or _is_a_number(word)):
            from mhlit.cli.adding import wanted_of

            others.append(wanted_of(word))
        else:
            known.append(find(catalog, word))
    return catalog.works(list(dict.fromkeys(known))), others


def _is_a_number(word: str) -> bool:
    """Tell whether a word may be a PMID, or an ISBN of ten digits."""
    return word.rstrip("Xx").isdecimal() and len(word) > 5


def _add_catalogs(works: list[Work], item: Item, dry_run: bool) -> None:
    from mhlit.cli import own
    from mhlit.library.adding import Adder
    from mhlit.library.collections import named

    with own.library(must_be_there=False, trial=dry_run) as opened:
        with opened.change("add", dry_run) as change:
            adder = Adder(change, named(change, item))
            done = [adder.catalogs(work) for work in works]
        tell([one.key for one in done if one.is_new], [one.key for one in done if not one.is_new], dry_run)
        if not dry_run:
            own.keep_in_step(opened)


def tell(added: list[str], there: list[str], dry_run: bool) -> None:
    """Say which works were added and which were in the library already."""
    if added:
        say(f"{'would add' if dry_run else 'added'} {', '.join(added)}")
    if there:
        say(f"{', '.join(there)} {'was' if len(there) == 1 else 'were'} in your library already")

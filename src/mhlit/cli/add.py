"""Put works into your library: of the catalog by their keys, or your own as BibTeX from a pipe or the clipboard."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from mhlit.cli.options import KeyArguments
from mhlit.cli.session import keys_from, open_store, say
from mhlit.errors import UsageError
from mhlit.model import Item, Work

if TYPE_CHECKING:
    from mhlit.library.changes import Library
    from mhlit.library.reading_files import Sheet

TagOption = Annotated[list[str] | None, typer.Option("--tag", metavar="TAG", help="Tag them.", show_default=False)]
CollectionOption = Annotated[
    list[str] | None,
    typer.Option("--collection", metavar="COLLECTION", help="Put them into a collection.", show_default=False),
]


def command(
    keys: KeyArguments = None,
    bibtex: Annotated[
        bool, typer.Option("--bibtex", help="Read BibTeX from standard input; on a terminal, the clipboard.")
    ] = False,
    tag: TagOption = None,
    collection: CollectionOption = None,
) -> None:
    """Add what is named; what is there already keeps its place and gets the tags."""
    from mhlit.cli import own

    item = new_item(tag, collection)
    if bibtex:
        if keys:
            raise UsageError("--bibtex takes no KEY", "mhlit add --bibtex < refs.bib")
        from mhlit.cli.importing import bring

        bring([_given_bibtex()], item)
        return
    wanted = keys_from(keys or [])
    if not wanted:
        raise UsageError("missing KEY", "mhlit add soulchat --tag to-read")
    works = _of_catalog(wanted)
    with own.library(must_be_there=False) as opened:
        added, there = _add(opened, works, item)
        if added:
            say(f"added {', '.join(added)}")
        if there:
            say(f"{', '.join(there)} {'was' if len(there) == 1 else 'were'} in your library already")
        own.keep_in_step(opened)


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


def _of_catalog(wanted: list[str]) -> list[Work]:
    from mhlit.keys import find

    catalog = open_store("catalog")
    return catalog.works(list(dict.fromkeys(find(catalog, key) for key in wanted)))


def _add(opened: Library, works: list[Work], item: Item) -> tuple[list[str], list[str]]:
    """Add works of the catalog; return the keys of those that were new and of those that were not."""
    from mhlit.library.collections import named
    from mhlit.library.items import read
    from mhlit.library.keys import free_key
    from mhlit.library.merging import merged_item

    added, there = [], []
    links: dict[str, int] = {key: work for work, key in opened.connection.execute("SELECT work, catalog FROM links")}
    taken = {key.lower() for (key,) in opened.connection.execute("SELECT key FROM items")}
    with opened.change("add") as change:
        item = named(change, item)
        for work in works:
            kept = next(read(opened.connection, [links.get(work.key, 0)]), None)
            if kept is not None:
                there.append(kept.key)
                before = kept.work
                after = before._replace(item=merged_item(before.item, item))
                if after != before:
                    change.replace(kept, after)
                continue
            key = free_key(work.key, taken)
            aliases = work.aliases if key == work.key else (*work.aliases, work.key)
            change.add(work._replace(key=key, aliases=aliases, item=item._replace(catalog=work.key)))
            added.append(key)
    return added, there

"""Make what is searched and shown of what is kept: of a work the catalog has too, the catalog's fields."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mhlit.library import items
from mhlit.library.shelf import SEEN_WITH, digest, seen_with
from mhlit.likeness.titles import Likeness, likeness
from mhlit.model import NOT_THE_CATALOGS, Term, Work
from mhlit.store.index import identifier_forms, records
from mhlit.store.reading import Store, chunks
from mhlit.store.schema import VOCABULARIES
from mhlit.store.writing import remove_works, write_works
from mhlit.text import squash

_MADE = ("links", "titles")


class CatalogView(NamedTuple):
    """What of the catalog is needed to link a library with it."""

    store: Store
    forms: Mapping[str, int]
    """Each form of an identifier, and the row of its work."""
    keys: Mapping[str, int]
    vocabulary: Mapping[str, tuple[Term, ...]]


def view(catalog: Store) -> CatalogView:
    """Read what is needed of the catalog."""
    return CatalogView(
        catalog,
        dict(catalog.connection.execute("SELECT form, work FROM identifiers WHERE form NOT LIKE 'url:%'")),
        dict(catalog.connection.execute("SELECT key, id FROM works")),
        {facet: tuple(catalog.vocabulary(facet)) for facet in VOCABULARIES},
    )


def refresh(connection: sqlite3.Connection, catalog: Store, everything: bool = False) -> None:
    """Make anew, within the transaction under way, what a new catalog changes: what it has, or had, too.

    With `everything`, and where nothing was made yet, the whole library.
    """
    seen = view(catalog)
    if everything or not seen_with(connection):
        ids = [identity for (identity,) in connection.execute("SELECT id FROM items ORDER BY id")]
    else:
        linked = {work for (work,) in connection.execute("SELECT work FROM links")}
        for part in chunks(list(seen.forms)):
            marks = ", ".join("?" * len(part))
            linked.update(
                w for (w,) in connection.execute(f"SELECT work FROM identifiers WHERE form IN ({marks})", part)
            )
        ids = sorted(linked)
    for some in chunks(ids):
        remake(connection, seen, items.works(connection, some), some)
    connection.execute("INSERT OR REPLACE INTO metadata VALUES (?, ?)", (SEEN_WITH, digest(catalog)))


def remake(
    connection: sqlite3.Connection,
    catalog: CatalogView,
    works: Sequence[tuple[int, Work, str]],
    old: Iterable[int] = (),
) -> None:
    """Make what is shown of `works`, given with their ids and as kept; the rows of `old` ones are taken out before."""
    gone = [(identity,) for identity in old]
    if gone:
        remove_works(connection, (identity for (identity,) in gone))
        for table in _MADE:
            connection.executemany(f"DELETE FROM {table} WHERE work = ?", gone)
    links = {identity: row for identity, work, _ in works if (row := link_of(work, catalog))}
    theirs = dict(zip(links, catalog.store.works(list(links.values())), strict=True)) if links else {}
    shown = [joined(work, theirs[identity]) if identity in theirs else work for identity, work, _ in works]
    documents = ["" if identity in theirs else document for identity, _, document in works]
    write_works(connection, shown, catalog.vocabulary, [identity for identity, _, _ in works], documents)
    connection.executemany("INSERT INTO links VALUES (?, ?)", ((one, other.key) for one, other in theirs.items()))
    titles = ((title, identity) for identity, work, _ in works for title in squashed_titles(work))
    connection.executemany("INSERT OR IGNORE INTO titles VALUES (?, ?)", titles)


def link_of(work: Work, catalog: CatalogView) -> int:
    """Return the row of the catalog's work that a work of the reader's is, 0 where it is none.

    That is the one the item names, or one with the same identifier and a title that is at least like it: a wrong DOI
    makes no link.
    """
    named = work.item.catalog if work.item else ""
    if named:
        return 0 if named == NOT_THE_CATALOGS else catalog.keys.get(named, 0)
    rows = {catalog.forms[form] for form in identifier_forms(work) if form in catalog.forms}
    for row in sorted(rows):
        (other,) = catalog.store.works([row])
        titles = [record.title for record in records(other)]
        own = [record.title for record in records(work) if record.title]
        if not own or any(likeness(one, title) >= Likeness.PART for one in own for title in titles):
            return row
    return 0


def joined(own: Work, catalogs: Work) -> Work:
    """Return a work as it is shown that both have: the catalog's fields under the reader's key, with the item."""
    former = dict.fromkeys((*own.aliases, catalogs.key, *catalogs.aliases))
    item = own.item._replace(catalog=catalogs.key) if own.item else None
    aliases = tuple(alias for alias in former if alias.lower() != own.key.lower())
    return catalogs._replace(key=own.key, aliases=aliases, item=item)


def squashed_titles(work: Work) -> set[str]:
    """Return the titles of a work without case, accents, spaces and signs, cut: what duplicates have in common."""
    return {squash(record.title)[:100] for record in records(work)} - {""}

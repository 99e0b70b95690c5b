"""Named sets of items: their names stand in the items, and here, so that an empty one is not lost."""

import sqlite3

from mhlit.library import items
from mhlit.library.changes import Change
from mhlit.model import Item


def all_collections(connection: sqlite3.Connection) -> list[tuple[str, int, str]]:
    """Return every collection: name, number of works, files that are kept in step, one a line."""
    select = (
        "SELECT name, (SELECT count(*) FROM facets WHERE facets.name = 'collection' AND value = collections.name),"
        " watched FROM collections ORDER BY name"
    )
    return [(name, many, watched.replace("\n", ", ")) for name, many, watched in connection.execute(select)]


def known_name(connection: sqlite3.Connection, name: str) -> str:
    """Return the name of a collection as it was first written, an empty string where there is none."""
    row = connection.execute("SELECT name FROM collections WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


def made(change: Change, name: str) -> str:
    """Make a collection where there is none of that name, and return the name as it was first written."""
    there = known_name(change.connection, name)
    if not there:
        change.set_collection(name, "")
    return there or name


def named(change: Change, item: Item) -> Item:
    """Return an item whose collections are all there, under the names they have."""
    return item._replace(collections=tuple(dict.fromkeys(made(change, name) for name in item.collections)))


def members(connection: sqlite3.Connection, name: str) -> list[items.Kept]:
    """Return the items of a collection, by key."""
    select = "SELECT work FROM facets WHERE name = 'collection' AND value = ?"
    found = items.read(connection, [work for (work,) in connection.execute(select, (name,))])
    return sorted(found, key=lambda kept: kept.key.lower())


def renamed(change: Change, name: str, new: str | None) -> None:
    """Give a collection another name in all its items; None takes it away."""
    (watched,) = change.connection.execute("SELECT watched FROM collections WHERE name = ?", (name,)).fetchone()
    for kept in members(change.connection, name):
        work = kept.work
        if work.item:
            old = work.item.collections
            own = tuple(new if other == name else other for other in old if other != name or new)
            change.replace(kept, work._replace(item=work.item._replace(collections=tuple(map(str, own)))))
    change.set_collection(name, None)
    if new:
        change.set_collection(new, watched)

"""Which works of a library are the same: by identifier, by title, by titles that are alike under one author."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from mhlit.library import items
from mhlit.likeness.titles import Likeness, likeness
from mhlit.match import Match, Shelf, match
from mhlit.model import Entry, Mention, SourceField, Work
from mhlit.names import family_name
from mhlit.store.filters import Filters
from mhlit.store.index import records
from mhlit.store.reading import Store
from mhlit.text import fold


class Pair(NamedTuple):
    """Two items that are one work: the one to keep, which came first, and the other."""

    kept: items.Kept
    other: items.Kept
    reasons: tuple[str, ...]


class Link(NamedTuple):
    """An item that is a work of the catalog though no identifier says so."""

    kept: items.Kept
    catalog: Work
    reasons: tuple[str, ...]


def as_entry(work: Work) -> Entry:
    """Return a work as an entry that can be matched, with the identifiers of all its versions."""
    field = SourceField("identifier", "", 0, 0, 0)
    mentions = tuple(Mention(one, 0) for record in records(work) for one in record.identifiers)
    return Entry(work.key, work.preferred, fields=(field,), mentions=mentions)


def told_apart(one: Work, other: Work) -> bool:
    """Tell whether two DOIs of published versions say that two works with one title are two."""
    if one.record is None or other.record is None:
        return False
    ours, theirs = one.record.identifier("doi"), other.record.identifier("doi")
    return bool(ours and theirs and ours.lower() != theirs.lower())


def kept_apart(one: Work, other: Work) -> bool:
    """Tell whether the reader has said that two works are two, under the keys they have or had."""
    return any(
        work.item and not {key.lower() for key in work.item.apart}.isdisjoint(map(str.lower, (like.key, *like.aliases)))
        for work, like in ((one, other), (other, one))
    )


def pairs(connection: sqlite3.Connection) -> Iterator[Pair]:
    """Yield items that are the same work as an earlier one, each once."""
    gone: set[int] = set()
    for first, second in sorted(_candidates(connection)):
        if first in gone or second in gone:
            continue
        kept, other = items.read(connection, (first, second))
        found = match(as_entry(other.work), [Shelf([kept.work])])
        if found.work is not None and not (told_apart(kept.work, other.work) or kept_apart(kept.work, other.work)):
            gone.add(second)
            yield Pair(kept, other, found.reasons)


def _candidates(connection: sqlite3.Connection) -> set[tuple[int, int]]:
    """Return pairs of ids, the smaller first, that are worth a closer look."""
    found: set[tuple[int, int]] = set()
    for table, column in (("identifiers", "form"), ("titles", "title")):
        select = (
            f"SELECT DISTINCT one.work, other.work FROM {table} one JOIN {table} other"
            f" ON one.{column} = other.{column} AND one.work < other.work WHERE one.{column} NOT LIKE 'url:%'"
        )
        found.update(connection.execute(select))
    found.update(_alike(connection))
    return found


def _alike(connection: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Yield works of one first author with titles that differ in little."""
    by_author: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for kept in items.read_all(connection):
        work = kept.work
        authors = work.preferred.authors
        if authors:
            by_author[fold(family_name(authors[0]))].append((kept.id, work.preferred.title))
    for own in by_author.values():
        for place, (one, title) in enumerate(own):
            for other, another in own[place + 1 :]:
                if _may_be_alike(title, another) and likeness(title, another) >= Likeness.NEAR:
                    yield min(one, other), max(one, other)


def _may_be_alike(one: str, other: str) -> bool:
    """Tell whether a comparison of two titles is worth its time: half of the shorter one's words are in both."""
    ours, theirs = set(one.lower().split()), set(other.lower().split())
    return 2 * len(ours & theirs) >= min(len(ours), len(theirs))


def links(connection: sqlite3.Connection, catalog: Store) -> Iterator[Link]:
    """Yield items that the catalog has and that are not linked with it, nor kept apart by the reader."""
    shelf = Shelf(catalog.works(catalog.ids(Filters())))
    linked = {work for (work,) in connection.execute("SELECT work FROM links")}
    for kept in items.read_all(connection):
        work = kept.work
        if kept.id in linked or (work.item and work.item.catalog):
            continue
        found: Match = match(as_entry(work), [shelf])
        if found.work is not None and found.is_sure and not told_apart(work, found.work):
            yield Link(kept, found.work, found.reasons)

"""What a reader says of works: a mark, tags, a note. Each is one change; a work of the catalog is added by it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from mhlit.library.adding import Adder
from mhlit.library.changes import Library
from mhlit.library.items import Kept, read, with_key
from mhlit.model import READING, Item, Work

Alter = Callable[[Item], Item]
"""What becomes of an item."""
MARKS = (*READING, "star", "unstar")


class Remarked(NamedTuple):
    """What became of works of which something was said."""

    works: int
    altered: int
    """How many of them did not have it so already."""
    added: tuple[str, ...]
    """The keys of those that were not in the library before."""


def mark(library: Library, items: Sequence[Kept], chosen: str, new: Sequence[Work] = ()) -> Remarked:
    """Give items, and `new` works of the catalog, one of MARKS."""

    def marked(item: Item) -> Item:
        return item._replace(reading=chosen) if chosen in READING else item._replace(starred=chosen == "star")

    return _say(library, f"mark {chosen}", items, new, marked)


def tag(
    library: Library, items: Sequence[Kept], given: Sequence[str], taken: Sequence[str], new: Sequence[Work] = ()
) -> Remarked:
    """Give items, and `new` works of the catalog, tags, and take others away, whatever their case.

    A tag that is there in another case stays as it is.
    """
    gone = {one.lower() for one in taken}

    def tagged(item: Item) -> Item:
        left = [own for own in item.tags if own.lower() not in gone]
        there = {own.lower() for own in left}
        return item._replace(tags=(*left, *(one for one in dict.fromkeys(given) if one.lower() not in there)))

    label = " ".join((*(f"+{one}" for one in given), *(f"-{one}" for one in taken)))
    return _say(library, f"tag {label}", items, new, tagged)


def note(library: Library, key: str, items: Sequence[Kept], text: str, new: Sequence[Work] = ()) -> Remarked:
    """Put a text in the place of the note of the one work that `items` or `new` holds."""
    return _say(library, f"note {key}", items, new, lambda item: item._replace(note=text))


def _say(library: Library, label: str, items: Sequence[Kept], new: Sequence[Work], alter: Alter) -> Remarked:
    """Alter items as they are by now, whoever changed them since they were chosen."""
    altered = 0
    with library.change(label) as change:
        adder = Adder(change, Item(date.today().isoformat()))
        added = [adder.catalogs(work) for work in new]
        change.flush()
        fresh = {one.key for one in added if one.is_new}
        named = (with_key(change.connection, one.key) for one in added)
        there = [*read(change.connection, [kept.id for kept in items]), *filter(None, named)]
        for kept in there:
            work = kept.work
            item = alter(work.item) if work.item else None
            if item != work.item:
                change.replace(kept, work._replace(item=item))
            altered += item != work.item or kept.key in fresh
    return Remarked(len(there), altered, tuple(one.key for one in added if one.is_new))

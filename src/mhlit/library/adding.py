"""Put works into a library, the catalog's and others; what is there already keeps its place and gets the tags."""

from typing import NamedTuple

from mhlit.identifiers import SCHEMES
from mhlit.library import items
from mhlit.library.changes import Change
from mhlit.library.holding import Held, held
from mhlit.library.keys import free_key
from mhlit.library.merging import merged_item
from mhlit.library.shown import link_of
from mhlit.model import Item, Work


class Added(NamedTuple):
    """What became of a work."""

    key: str
    """Its key in the library."""
    is_new: bool
    reasons: tuple[str, ...] = ()
    """How it is known that it was there."""
    grown: str = ""
    """The version that it has got: `preprint` or `published version`."""


class Adder:
    """Adds works within one change."""

    def __init__(self, change: Change, item: Item) -> None:
        """Begin with what the library has; `item` is what every work gets."""
        self._change = change
        self._item = item
        self._taken = {key.lower() for (key,) in change.connection.execute("SELECT key FROM items")}

    def catalogs(self, work: Work) -> Added:
        """Add a work of the catalog."""
        self._change.flush()
        select = "SELECT work FROM links WHERE catalog = ?"
        ids = [identity for (identity,) in self._change.connection.execute(select, (work.key,))]
        there = next(items.read(self._change.connection, ids), None)
        if there:
            return self._tagged(there)
        key = free_key(work.key, self._taken)
        aliases = work.aliases if key == work.key else (*work.aliases, work.key)
        self._put(work._replace(key=key, aliases=aliases, item=self._item._replace(catalog=work.key)))
        return Added(key, is_new=True)

    def other(self, work: Work) -> Added:
        """Add a work that was asked for; where the catalog has it, it is the catalog's that is added."""
        row = link_of(work, self._change.catalog)
        if row:
            return self.catalogs(self._change.catalog.store.works([row])[0])
        self._change.flush()
        there = held(self._change.connection, work)
        if there:
            grown = self._grow(there, work)
            kept = items.with_key(self._change.connection, there.kept.key) or there.kept
            return self._tagged(kept)._replace(reasons=there.reasons, grown=grown)
        key = free_key(work.key, self._taken | {name.lower() for name in self._change.catalog.keys})
        self._put(work._replace(key=key, item=self._item))
        return Added(key, is_new=True)

    def tagged(self, key: str) -> Added:
        """Give a work that is in the library, by its key there, what every work gets."""
        self._change.flush()
        there = items.with_key(self._change.connection, key)
        if there is None:
            raise AssertionError(f"{key} was found and is not there")
        return self._tagged(there)

    def _put(self, work: Work) -> None:
        self._taken.add(work.key.lower())
        self._change.add(work)

    def _grow(self, there: Held, work: Work) -> str:
        """Give a work that an identifier names the version that it lacks, and return what that is.

        A work that was read from a file keeps being the version it was read as: its file says so to the letter.
        """
        own, source = there.kept.work, there.kept.source
        if set(there.reasons).isdisjoint(SCHEMES):
            return ""
        if own.record and own.preprint is None and work.preprint:
            grown, name = own._replace(preprint=work.preprint), "preprint"
        elif own.record is None and work.record and not source:
            grown, name = own._replace(record=work.record), "published version"
        else:
            return ""
        self._change.replace(there.kept, grown if source else grown._replace(provenance=work.provenance))
        self._change.flush()
        return name

    def _tagged(self, kept: items.Kept) -> Added:
        before = kept.work
        after = before._replace(item=merged_item(before.item, self._item))
        if after != before:
            self._change.replace(kept, after)
        return Added(kept.key, is_new=False)

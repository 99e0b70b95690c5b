"""Gather what is known of one work: ask for it, follow what is named, look for the version that is missing."""

from collections.abc import Sequence
from typing import NamedTuple

from mhlit.model import Identifier, Version
from mhlit.sources.asking import Asks, Told, about, titled
from mhlit.sources.joining import BOOKS, Joined, forms_of, is_about, is_version, join
from mhlit.sources.registry import INDEXES, PUBLISHERS, SEARCHED
from mhlit.sources.source import Found, Request, Source

_FOLLOWED = frozenset(("doi", "arxiv", "acl", "openreview", "pmid"))
_ROUNDS = 2
"""So far are links from record to record followed."""


class Gathered(NamedTuple):
    """What was found of one work, and what its sources said."""

    work: Joined | None
    told: Told


def gather(client: Asks, asked: Identifier) -> Gathered:
    """Return the work that an identifier names, with its other version where one is found.

    Who publishes or registers is asked first; an index for what these do not know: the work itself, or where a
    preprint has been published.
    """
    hunt = _Hunt(client, asked)
    hunt.ask(asked, PUBLISHERS)
    return hunt.gathered()


def gather_from(client: Asks, page: Found) -> Gathered:
    """Return the work of a record that was read from a page, as `gather` does for its identifiers."""
    own = next((one for one in page.record.identifiers if one.scheme in _FOLLOWED), None)
    hunt = _Hunt(client, own)
    hunt.told = Told((page,))
    return hunt.gathered()


class _Hunt:
    """What has been asked and found so far."""

    def __init__(self, client: Asks, asked: Identifier | None) -> None:
        self.told = Told()
        self._client = client
        self._asked = asked
        self._done: set[tuple[str, Request]] = set()

    def ask(self, identifier: Identifier, sources: Sequence[Source]) -> None:
        """Ask for an identifier whoever has not been asked for it, and keep what is about it."""
        new = []
        for one in sources:
            question = one.about(identifier) if identifier.scheme in one.schemes else None
            if question and (one.name, question) not in self._done and not self._has(identifier, one.name):
                self._done.add((one.name, question))
                new.append(one)
        told = about(self._client, identifier, new)
        fitting = tuple(one for one in told.found if is_about(one, identifier))
        self.told = self.told.joined(told._replace(found=fitting))

    def _has(self, identifier: Identifier, source: str) -> bool:
        """Tell whether a source has given the record of an identifier, such as in the answer to a search."""
        forms = forms_of([identifier])
        return any(one.source == source and forms & forms_of(one.record.identifiers) for one in self.told.found)

    def gathered(self) -> Gathered:
        """Follow what was found, look for what is missing, and return the work."""
        self._follow()
        work = self._joined()
        if self._asked and (work is None or work.record is None):
            self.ask(self._asked, INDEXES)
            self._follow()
        self._search_other_version()
        return Gathered(self._joined(), self.told)

    def _joined(self) -> Joined | None:
        return join(self.told.found, self._asked)

    def _follow(self) -> None:
        """Ask the publishers for every identifier that a record bears or names."""
        for _ in range(_ROUNDS):
            before = len(self.told.found)
            for found in self.told.found:
                for one in (*found.record.identifiers, *found.related):
                    if one.scheme in _FOLLOWED:
                        self.ask(one, PUBLISHERS)
            if len(self.told.found) == before:
                return

    def _search_other_version(self) -> None:
        """Search by title for the version that nobody has named; only what is beyond doubt the same is kept."""
        work = self._joined()
        if work is None or (work.record and work.preprint):
            return
        known = work.preferred
        if known.type in BOOKS or not known.authors:
            return
        missing = Version.PREPRINT if work.record else Version.VERSION_OF_RECORD
        told = titled(self._client, known.title, [one for one in SEARCHED if _may_hold(one, missing)])
        fitting = tuple(one for one in told.found if one.record.version is missing and is_version(one.record, known))
        # That a search failed is no news: the work itself was found.
        self.told = self.told.joined(Told(fitting, told.answered))
        if fitting:
            self._follow()


def _may_hold(source: Source, version: Version) -> bool:
    """Tell whether it is worth asking a source for a version: preprints are at arXiv and, of others, at Crossref."""
    return source.name in ("arxiv", "crossref") if version is Version.PREPRINT else source.name != "arxiv"

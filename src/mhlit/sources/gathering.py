"""Gather what is known of one work: ask for it, follow what is named, look for the version that is missing."""

from collections.abc import Sequence
from typing import NamedTuple

from mhlit.model import Identifier, Version
from mhlit.sources.asking import Asks, Told, about, titled
from mhlit.sources.joining import Joined, forms_of, is_about, join, same_work
from mhlit.sources.source import Found, Request, Source

_FOLLOWED = frozenset(("doi", "arxiv", "acl", "openreview", "pmid"))
_ROUNDS = 2
"""So far are links from record to record followed."""


class Gathered(NamedTuple):
    """What was found of one work, and what its sources said."""

    work: Joined | None
    told: Told


def gather(client: Asks, asked: Identifier, publishers: Sequence[Source], indexes: Sequence[Source]) -> Gathered:
    """Return the work that an identifier names, with its other version where one is found.

    The publishers are asked first; the indexes for what these do not know: the work itself, or its other version.
    """
    hunt = _Hunt(client, asked, publishers)
    hunt.ask(asked, publishers)
    hunt.follow()
    if not hunt.is_whole():
        hunt.ask(asked, indexes)
        hunt.follow()
    hunt.search_other_version((*publishers, *indexes))
    return hunt.gathered()


def gather_from(client: Asks, page: Found, publishers: Sequence[Source], indexes: Sequence[Source]) -> Gathered:
    """Return the work of a record that was read from a page, as `gather` does for its identifiers."""
    own = next((one for one in page.record.identifiers if one.scheme in _FOLLOWED), None)
    hunt = _Hunt(client, own, publishers)
    hunt.told = Told((page,))
    hunt.follow()
    if own and not hunt.is_whole():
        hunt.ask(own, indexes)
        hunt.follow()
    hunt.search_other_version((*publishers, *indexes))
    return hunt.gathered()


class _Hunt:
    """What has been asked and found so far."""

    def __init__(self, client: Asks, asked: Identifier | None, publishers: Sequence[Source]) -> None:
        self.told = Told()
        self._client = client
        self._asked = asked
        self._publishers = publishers
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

    def follow(self) -> None:
        """Ask the publishers for every identifier that a record bears or names."""
        for _ in range(_ROUNDS):
            before = len(self.told.found)
            for found in self.told.found:
                for one in (*found.record.identifiers, *found.related):
                    if one.scheme in _FOLLOWED:
                        self.ask(one, self._publishers)
            if len(self.told.found) == before:
                return

    def is_whole(self) -> bool:
        work = join(self.told.found, self._asked)
        return work is not None and work.record is not None and work.preprint is not None

    def search_other_version(self, sources: Sequence[Source]) -> None:
        """Search by title for the version that nobody has named; only what is beyond doubt the same is kept."""
        work = join(self.told.found, self._asked)
        if work is None or (work.record and work.preprint) or not work.preferred.authors:
            return
        known = work.preferred
        if known.type in ("book", "collection", "proceedings"):
            return
        missing = Version.PREPRINT if work.record else Version.VERSION_OF_RECORD
        told = titled(self._client, known.title, [one for one in sources if _may_hold(one, missing)])
        fitting = tuple(one for one in told.found if one.record.version is missing and same_work(one.record, known))
        # That a search failed is no news: the work itself was found.
        self.told = self.told.joined(Told(fitting, told.answered))
        if fitting:
            self.follow()

    def gathered(self) -> Gathered:
        return Gathered(join(self.told.found, self._asked), self.told)


def _may_hold(source: Source, version: Version) -> bool:
    """Tell whether it is worth asking a source for a version: arXiv has no published ones, and most preprints."""
    return (source.name == "arxiv") is (version is Version.PREPRINT)

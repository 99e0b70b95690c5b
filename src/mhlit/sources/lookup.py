"""Ask about entries that no shelf at hand holds: fulfils the protocol `Informant` that `check` is given.

An entry is asked for by its identifiers, and by its title where these told nothing, or something that the entry
contradicts, or a preprint alone: nobody is asked who can add nothing. An answer is remembered for the run.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from mhlit.compare import cited_version, differences
from mhlit.identifiers import lookup_forms
from mhlit.likeness.people import Sameness, sameness
from mhlit.likeness.titles import Likeness, likeness, plain_words
from mhlit.model import Entry, Identifier, Inquiry, Notice, Record, Testimony, Version
from mhlit.sources import asking
from mhlit.sources.asking import Asks, Failure, Told
from mhlit.sources.joining import forms_of, is_about, same_work
from mhlit.sources.registry import SEARCHED, SOURCES
from mhlit.sources.source import Found, Source
from mhlit.sources.weighing import weigh

_BY_IDENTIFIER = ("crossref", "anthology", "arxiv", "pubmed", "openreview", "dblp")
"""OpenAlex and Semantic Scholar copy from these and confirm nothing: here they are not asked."""
_SCHEMES = ("doi", "arxiv", "acl", "pmid", "pmcid", "openreview", "dblp")
# Fields that may name another publication than the entry's own.
_ASIDE = frozenset("note annote annotation abstract keywords comment related crossref biburl n1 ab".split())
_FEW = 3
"""Of fewer words a title finds everything and nothing."""
_TELLING = 6
"""A title of so many words may mean a work where the entry has neither authors nor year."""
_LONGEST = 300
"""So many characters of a title are searched for."""
_CROWD = 100
"""Longer lists of authors are not compared: every name would be with every other."""
_ENOUGH = 2
"""So often in a row a source fails before it is given up."""
_NAMED = {source.name: source for source in SOURCES}
_SEARCHED = tuple(source.name for source in SEARCHED)
# How publishers mark the title of a work that they took back.
_MARK = re.compile(r"^\W*(?:retracted|withdrawn|removed)(?: article| chapter| paper)?\s*[:\]]\s*", re.IGNORECASE)
# What is published under the title of a paper and is another thing.
_APART = ("thesis", "dataset", "software", "book", "collection", "proceedings")
_THESES = frozenset("thesis phdthesis mastersthesis".split())


class Questions:
    """What is asked in one run, and what was answered."""

    def __init__(self, client: Asks) -> None:
        """Ask through a client, which keeps to the manners of each source."""
        self._client = client
        self._known: dict[Hashable, Inquiry] = {}
        self._in_a_row: Counter[str] = Counter()
        """How often each source has failed since it last answered, by its title."""
        self.failures: dict[str, str] = {}
        """Why each source that failed did so first, by its title."""
        self.answered: set[str] = set()
        """Titles of those that answered at least once."""

    def about(self, entry: Entry) -> Inquiry:
        """Return what is told of works that an entry may mean."""
        mark = (entry.record._replace(url="", pdf=""), entry.omitted, tuple(mention for mention in entry.mentions))
        if mark not in self._known:
            self._known[mark] = self._asked(entry)
        return self._known[mark]

    def _asked(self, entry: Entry) -> Inquiry:
        own = tuple(_identifiers(entry))
        told = self._by_identifiers(own)
        found = _linked([_plain(one) for one in _about(told.found, own)])
        known = weigh(found, entry, own) if found else []
        by_title = Told()
        title = entry.record.title[:_LONGEST]
        if _is_searchable(entry) and not any(_settles(entry, one) for one in known):
            by_title = self._ask(_SEARCHED, lambda sources: asking.titled(self._client, title, sources))
            marked = map(_plain, by_title.found)
            alike = tuple(one for one in marked if _may_be(entry, one) and one not in found)
            if any(_is_like(entry, one) for one in known):  # then only what is of that same work
                alike = tuple(one for one in alike if _belongs(one, found))
                known = weigh((*found, *alike), entry, own)
            else:
                known += [one for one in weigh(alike, entry) if one.work.key not in _keys(known)]
        failed = tuple(f"{one.source} ({one.reason})" for one in (*told.failures, *by_title.failures))
        return Inquiry(tuple(known), told.answered, by_title.answered, tuple(dict.fromkeys(failed)))

    def _by_identifiers(self, own: Sequence[Identifier]) -> Told:
        """Ask for every identifier of an entry, and for the other version that a record names."""
        told = Told()
        for identifier in own:
            told = told.joined(self._by_identifier(identifier))
        done = forms_of((*own, *(one for found in told.found for one in found.record.identifiers)))
        for one in dict.fromkeys(one for found in told.found for one in found.related):
            if one.scheme in _SCHEMES and forms_of([one]).isdisjoint(done):
                done |= forms_of([one])
                told = told.joined(self._by_identifier(one))
        return told

    def _by_identifier(self, identifier: Identifier) -> Told:
        """Ask whoever holds such an identifier; a DOI of which Crossref does not know, DataCite."""

        def about(sources: Sequence[Source]) -> Told:
            return asking.about(self._client, identifier, sources)

        told = self._ask([name for name in _BY_IDENTIFIER if _NAMED[name].about(identifier)], about)
        if identifier.scheme == "doi" and not any(one.source == "crossref" for one in told.found):
            told = told.joined(self._ask(("datacite",), about))
        return told

    def _ask(self, names: Iterable[str], ask: Callable[[Sequence[Source]], Told]) -> Told:
        """Ask sources; one that failed several times in a row is not asked again, and has failed once more."""
        wanted = [_NAMED[name] for name in names]
        out = [one for one in wanted if self._in_a_row[one.title] >= _ENOUGH]
        told = ask([one for one in wanted if one not in out])
        self.answered.update(told.answered)
        for title in told.answered:
            self._in_a_row[title] = 0
        for failure in told.failures:
            self._in_a_row[failure.source] += 1
            self.failures.setdefault(failure.source, failure.reason)
        given_up = tuple(Failure(one.title, self.failures[one.title]) for one in out)
        return told._replace(failures=told.failures + given_up)


def _identifiers(entry: Entry) -> Iterator[Identifier]:
    """Yield the identifiers that are the entry's own, each once: its DOI inside an address is no other."""
    seen: set[str] = set()
    for mention in entry.mentions:
        one = mention.identifier
        if one.scheme in _SCHEMES and entry.fields[mention.field].name.lower() not in _ASIDE:
            forms = lookup_forms(one)
            if seen.isdisjoint(forms):
                yield one
            seen.update(forms)


def _is_searchable(entry: Entry) -> bool:
    """Tell whether a search by title can tell anything: for what these sources hold, with words enough."""
    kind = entry.record.type in ("book", "collection", "online") or entry.type == "pointer"  # prose with a link in it
    return not kind and len(plain_words(entry.record.title[:_LONGEST])) >= _FEW


def _may_be(entry: Entry, found: Found) -> bool:
    """Tell whether a record may be the entry: like it in title and of no other kind."""
    listed = "thesis" if entry.type.lower() in _THESES else entry.record.type
    for kind in _APART:
        if (listed == kind) != (found.record.type == kind):
            return False
    like = likeness(entry.record.title, found.record.title)
    return like >= Likeness.SIMILAR and _is_supported(entry, found.record, like)


def _is_supported(entry: Entry, record: Record, like: Likeness) -> bool:
    """Tell whether more than the title speaks for a record: in all the world, many works bear one title."""
    listed = entry.record
    named = listed.authors[:_CROWD]
    if any(sameness(one, other) is not Sameness.OTHER for one in named for other in record.authors):
        return True
    if listed.issued:
        return record.issued is not None and abs(listed.issued.year - record.issued.year) <= 1
    return not listed.authors and like >= Likeness.WORDED and len(plain_words(listed.title)) >= _TELLING


def _plain(found: Found) -> Found:
    """Return a record without a crowd of authors; a mark in its title that it was retracted becomes a notice."""
    if len(found.record.authors) > _CROWD:
        found = found._replace(record=found.record._replace(authors=()))
    mark = _MARK.match(found.record.title)
    if mark is None:
        return found
    record = found.record._replace(title=found.record.title[mark.end() :].strip(" []"))
    told = found.notices or (Notice("retraction", found.address, _NAMED[found.source].title),)
    return found._replace(record=record, notices=told)


def _is_like(entry: Entry, one: Testimony) -> bool:
    """Tell whether a work that an identifier names bears the entry's title, as far as it has one."""
    records = [record for record in (one.work.record, one.work.preprint) if record]
    return not entry.record.title or any(
        likeness(entry.record.title, record.title) >= Likeness.PART for record in records
    )


def _settles(entry: Entry, one: Testimony) -> bool:
    """Tell whether a work leaves nothing to ask: the entry is like it in all, and cites what is published of it."""
    if not _is_like(entry, one):
        return False
    version = cited_version(entry.record, one.work)
    if version is Version.PREPRINT and one.work.record is None:
        return False
    return not any(differences(entry.record, entry.omitted, one.work, version))


def _belongs(found: Found, others: Sequence[Found]) -> bool:
    forms = forms_of((*found.record.identifiers, *found.related))
    return any(
        forms & forms_of((*other.record.identifiers, *other.related)) or same_work(found.record, other.record)
        for other in others
    )


def _about(found: Sequence[Found], own: Sequence[Identifier]) -> list[Found]:
    """Return what is about one of the identifiers, or about another version that such a record names."""
    direct = [one for one in found if any(is_about(one, identifier) for identifier in own)]
    named = [identifier for one in direct for identifier in one.related]
    return [one for one in found if one in direct or any(is_about(one, identifier) for identifier in named)]


def _linked(found: Sequence[Found]) -> tuple[Found, ...]:
    """Return what the identifiers of one entry name, those of the same people as versions of each other.

    Published under another title, a preprint is often linked by nobody but the entry that names both.
    """
    linked = []
    for one in found:
        same = (other for other in found if other is not one and _shares_authors(one.record, other.record))
        related = (identifier for other in same for identifier in other.record.identifiers)
        linked.append(one._replace(related=tuple(dict.fromkeys((*one.related, *related)))))
    return tuple(linked)


def _shares_authors(one: Record, other: Record) -> bool:
    """Tell whether half of the shorter list of authors is in the other."""
    fewer, more = sorted((one.authors, other.authors), key=len)
    shared = sum(any(sameness(name, author) is not Sameness.OTHER for author in more) for name in fewer)
    return bool(fewer) and shared * 2 >= len(fewer)


def _keys(known: Sequence[Testimony]) -> set[str]:
    return {one.work.key for one in known}

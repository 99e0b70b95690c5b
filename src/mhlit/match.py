"""Which work is an entry? By its identifiers, and by title, authors, year and venue together; the reasons are kept.

A work is never guessed: a title that is only like a work's needs its authors, or its year and venue and name, on its
side, and an identifier that contradicts the title settles nothing but is a conflict of its own.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mhlit.identifiers import lookup_forms
from mhlit.likeness.people import Sameness, sameness
from mhlit.likeness.titles import Likeness, likeness, plain_words
from mhlit.likeness.venues import Agreement, agreement
from mhlit.model import Entry, Lookup, Mention, Name, Record, Version, Work
from mhlit.store.index import identifier_forms, is_name, records
from mhlit.text import squash

# Fields that may name another publication than the entry's own.
_ASIDE = frozenset("note annote annotation abstract keywords comment related crossref biburl n1 ab".split())
_LONG = 6
"""A title of so many words is seldom borne by two works."""
_SHARED = 0.6
"""The least share of the shorter title's words that two titles must have in common to be looked at."""
_VERY_LONG = 8
"""Nor, of so many words, by works of other authors."""
_TELLING_PART = 7
"""A subtitle of so many words may stand for its title."""


class Stray(NamedTuple):
    """An identifier of an entry that belongs to another work than the entry's title."""

    mention: Mention
    work: Work


class Match(NamedTuple):
    """Which work an entry is, and how that is known."""

    work: Work | None = None
    reasons: tuple[str, ...] = ()
    """What speaks for the work: `doi`, `arxiv`, `title`, `authors`, `year`, `venue` …"""
    likeness: Likeness = Likeness.NONE
    versions: tuple[Version, ...] = ()
    """The versions that the entry's identifiers name."""
    strays: tuple[Stray, ...] = ()
    why_not: str = ""
    """Why no work was matched though there was something to go by."""

    @property
    def is_sure(self) -> bool:
        """Tell whether the work is beyond doubt: what a fix may rest on."""
        if self.work is None or self.strays:
            return False
        supported = "authors" in self.reasons and ("year" in self.reasons or "venue" in self.reasons)
        return bool(self.versions and self.likeness >= Likeness.NEAR) or (
            self.likeness >= Likeness.WORDED and supported
        )


class _Support(NamedTuple):
    """What besides the title speaks for a work, or against it."""

    listed: int
    first: bool
    shared: int
    year: bool | None
    """None where the entry says nothing of it."""
    venue: bool | None

    @property
    def authors(self) -> bool:
        return self.first or (self.listed > 1 and self.shared * 2 >= self.listed)

    @property
    def clash(self) -> bool:
        return self.listed > 0 and self.shared == 0


def match(entry: Entry, lookups: Sequence[Lookup]) -> Match:
    """Return the work that an entry is, or why there is none."""
    named = list(_named(entry, lookups))
    title = entry.record.title
    candidates = {id(work): work for _, work in named}
    candidates |= {id(work): work for lookup in lookups for work in lookup.titled(title)} if title else {}
    judged = [(_likeness(title, work), work) for work in candidates.values()]
    by_title = [
        (like, support, work)
        for like, work in judged
        if like and _is_meant(entry, like, work, support := _support(entry, work))
    ]
    if by_title:
        like, support, work = max(by_title, key=lambda found: (found[0], found[1].shared))
        return _found(work, like, support, named)
    return _by_identifier(entry, named, {id(work): like for like, work in judged})


def _named(entry: Entry, lookups: Sequence[Lookup]) -> Iterator[tuple[Mention, Work]]:
    """Yield the works that the identifiers of the entry itself name."""
    for mention in entry.mentions:
        if entry.fields[mention.field].name.lower() not in _ASIDE:
            forms = lookup_forms(mention.identifier)
            yield from ((mention, work) for lookup in lookups for work in lookup.named(forms))


def _by_identifier(entry: Entry, named: Sequence[tuple[Mention, Work]], like: dict[int, Likeness]) -> Match:
    """Return the one work that the identifiers name and the rest of the entry does not contradict."""
    works = list({id(work): work for _, work in named}.values())
    fitting = []
    for work in works:
        support = _support(entry, work)
        if not entry.record.title or like[id(work)] >= Likeness.PART or (support.authors and not support.clash):
            fitting.append((work, support))
    if len(fitting) == 1 and len(works) == 1:
        work, support = fitting[0]
        return _found(work, like[id(work)], support, named)
    strays = tuple(Stray(mention, work) for mention, work in named)
    if len(works) > 1:
        return Match(strays=strays, why_not="its identifiers are those of several works")
    if works:
        return Match(strays=strays, why_not="its identifier is a work's of another title")
    near = max(like.items(), key=lambda item: item[1], default=(0, Likeness.NONE))[1]
    return Match(why_not="a work has a title like it, by other authors or in another year" if near else "")


def _found(work: Work, like: Likeness, support: _Support, named: Sequence[tuple[Mention, Work]]) -> Match:
    own = [mention for mention, owner in named if owner is work]
    schemes = [mention.identifier.scheme for mention in own]
    said = {
        "title": like >= Likeness.PART,
        "authors": support.authors,
        "year": bool(support.year),
        "venue": bool(support.venue),
    }
    reasons = (*dict.fromkeys(schemes), *(name for name, speaks in said.items() if speaks))
    strays = tuple(Stray(mention, owner) for mention, owner in named if owner is not work)
    return Match(work, reasons, like, tuple(_versions(work, own)), strays)


def _versions(work: Work, mentions: Iterable[Mention]) -> Iterator[Version]:
    """Yield the versions of the work that identifiers name, each once."""
    forms = {form for mention in mentions for form in lookup_forms(mention.identifier)}
    for record in records(work):
        if any(form in forms for identifier in record.identifiers for form in lookup_forms(identifier)):
            yield record.version


def _likeness(title: str, work: Work) -> Likeness:
    return max(likeness(title, one) for one in _titles(work))


def _is_meant(entry: Entry, like: Likeness, work: Work, support: _Support) -> bool:
    """Tell whether a title as like as that, with what else the entry says, means the work."""
    against = (support.year is False) + (support.venue is False)
    for_it = (support.year is True) + (support.venue is True)
    words = len(plain_words(entry.record.title))
    if support.authors:
        needed = {
            Likeness.MISSPELT: against < 2,
            Likeness.NEAR: against < 2,
            Likeness.PART: support.year is True,
            Likeness.SIMILAR: for_it == 2 and support.first and support.shared == support.listed > 1,
        }
        # The same authors may publish under one title again, elsewhere and in another year.
        return needed.get(like, against < 2 or not _has_a_doi(entry))
    if support.clash:
        needed = {
            Likeness.MISSPELT: for_it == 2 and words >= _LONG,
            Likeness.NEAR: for_it == 2 and _share_a_name(entry.record.title, work),
            Likeness.PART: for_it == 2 and support.listed == 1 and words >= _TELLING_PART,
            Likeness.SIMILAR: False,
        }
        return needed.get(like, for_it == 2 or (words >= _VERY_LONG and for_it >= against))
    return like >= Likeness.WORDED and (words >= _LONG or for_it > against)


def _has_a_doi(entry: Entry) -> bool:
    return any(mention.identifier.scheme == "doi" for mention in entry.mentions)


def _share_a_name(title: str, work: Work) -> bool:
    """Tell whether both titles bear the same made-up name, such as SoulChat."""
    ours = set(_names_in(title))
    return any(not ours.isdisjoint(_names_in(record.title)) for record in records(work))


def _names_in(title: str) -> Iterator[str]:
    for word in title.split():
        name = squash(word)
        if len(name) > 4 and is_name(word) and not name.startswith(("llm", "gpt")):
            yield name


def _support(entry: Entry, work: Work) -> _Support:
    listed = entry.record.authors
    lists = {authors for record in records(work) for authors in (record.authors, record.former_authors) if authors}
    shared = max((sum(_is_among(name, authors) for name in listed) for authors in lists), default=0)
    first = bool(listed) and any(_is_one(listed[0], authors[0]) for authors in lists)
    return _Support(len(listed), first, shared, _year_fits(entry.record, work), _venue_fits(entry.record, work))


def _is_among(name: Name, authors: Sequence[Name]) -> bool:
    return any(_is_one(name, author) for author in authors)


def _is_one(one: Name, other: Name) -> bool:
    return sameness(one, other) is not Sameness.OTHER


def _year_fits(listed: Record, work: Work) -> bool | None:
    if listed.issued is None:
        return None
    years = [record.issued.year for record in records(work) if record.issued]
    return bool(years) and min(years) <= listed.issued.year <= max(years)


def _venue_fits(listed: Record, work: Work) -> bool | None:
    if listed.version is Version.PREPRINT:
        return work.preprint is not None
    if not listed.container_title:
        return None
    record = work.record
    if record is None:
        return False
    year = record.issued.year if record.issued else 0
    found = agreement(listed.container_title, record.venue, record.container_title, record.collection_title, year)
    if found is Agreement.OTHER:  # EMNLP for Findings of EMNLP is wrong, and still speaks for the work
        return record.venue.removeprefix("Findings of ") in listed.container_title.split()
    return None if found is Agreement.UNKNOWN else True


class Shelf:
    """Works to look up, such as the catalog's: fulfils the protocol `Lookup`."""

    def __init__(self, works: Iterable[Work]) -> None:
        """Index the works by every form of their identifiers and by the words of their titles."""
        self._by_form: dict[str, list[Work]] = defaultdict(list)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._titles: list[tuple[Work, int]] = []
        for work in works:
            for form in identifier_forms(work):
                self._by_form[form].append(work)
            for title in _titles(work):
                words = set(plain_words(title))
                for word in words:
                    self._by_word[word].append(len(self._titles))
                self._titles.append((work, len(words)))

    def named(self, forms: Sequence[str]) -> list[Work]:
        """Return the works that one of these forms names."""
        found = {id(work): work for form in forms for work in self._by_form.get(form, ())}
        return list(found.values())

    def titled(self, title: str) -> list[Work]:
        """Return the works of which a title shares most of its words, or of this title's, with it."""
        words = set(plain_words(title))
        shared = Counter(place for word in words for place in self._by_word.get(word, ()))
        found: dict[int, Work] = {}
        for place, many in shared.items():
            work, size = self._titles[place]
            if many >= _SHARED * min(size, len(words)):
                found[id(work)] = work
        return list(found.values())


def _titles(work: Work) -> list[str]:
    """Return every title a version of the work bears or bore, each once."""
    titles = (title for record in records(work) for title in (record.title, record.former_title) if title)
    return list(dict.fromkeys(titles))

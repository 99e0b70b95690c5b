"""Compare an origin list with the catalog: which of its lines are known, new or gone, and what would be drafted.

Pure: `mhlit.catalog.keeping` reads and writes files. What a line has wrong is told by whoever calls (`Given.wrong`).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from mhlit.catalog.draft import Document, Names, draft, listed_line
from mhlit.catalog.drafts import Drafts
from mhlit.catalog.known import KnownWorks
from mhlit.catalog.source import Catalog, Vocabulary, work_problems
from mhlit.document import decode_work
from mhlit.errors import UsageError
from mhlit.formats.readers.outline import Line, Outline
from mhlit.match import Match
from mhlit.model import Entry, Listing, Term, Work
from mhlit.store.index import identifier_forms
from mhlit.text import fold, nearest, squash, transliterate


class Given(NamedTuple):
    """A line of the list, the work it was matched to, and what is wrong with it."""

    line: Line
    match: Match = Match()
    wrong: tuple[Any, ...] = ()
    placeholders: frozenset[str] = frozenset()
    """Addresses in the line that lead nowhere."""


class Known(NamedTuple):
    """A line whose work the catalog has."""

    given: Given
    key: str
    listing: Listing | None
    """The listing of the catalog that it is; None where the catalog has none for it."""
    added: Document | None = None
    """The listing to add."""


class New(NamedTuple):
    """A line whose work the catalog has not."""

    given: Given
    key: str = ""
    """The citation key of its draft; empty where none can be made."""
    document: Document | None = None
    """The draft; None where a line before it has it, or none can be made."""
    doubt: str = ""
    """Why no draft is made of it."""


class Gone(NamedTuple):
    """A listing of the catalog that is no longer in the list."""

    key: str
    listing: Listing


class Report(NamedTuple):
    """What a list and the catalog have and have not in common."""

    list: str
    known: tuple[Known, ...]
    new: tuple[New, ...]
    gone: tuple[Gone, ...]
    unread: tuple[Given, ...]
    """Lines that look like listings and could not be read."""
    sections: tuple[Term, ...] = ()
    """Headings that the catalog has not yet and the drafts need."""


def which_lists(asked: str, stem: str, title: str, works: Sequence[Work], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the names of the origin lists a file is: as asked, as the file or its first heading says, or its works.

    It is more than one where its works stand in several. Raises UsageError where the catalog has no list of the name.
    """
    names = [term.name for term in vocabulary["list"]]
    by_name = {squash(name): name for name in names}
    if asked:
        if squash(asked) in by_name:
            return (by_name[squash(asked)],)
        meant = nearest(asked, names, 1)
        hint = f"did you mean {meant[0]}?" if meant else "lists.toml names the lists; add it there first"
        raise UsageError(f"the catalog has no list {asked!r}", hint)
    for said in (stem, title):
        if squash(said) in by_name:
            return (by_name[squash(said)],)
    votes = Counter(name for work in works for name in {listing.list for listing in work.listings})
    most = max(votes.values(), default=0)
    return tuple(name for name, many in votes.items() if many * 2 >= most)


def sync(
    outline: Outline, given: Sequence[Given], catalog: Catalog, *, asked: str = "", stem: str = "", today: date
) -> Report:
    """Return what the lines of a list are to the catalog, in the order of the list.

    `asked` and `stem` are what the list is said to be, and what its file is called. Raises UsageError where that is
    not enough to know it.
    """
    known_works = KnownWorks(catalog.works)
    matched = [known_works.work_of(one.line.text, one.line.entry, one.match) for one in given]
    works = [work for work in matched if work]
    names = which_lists(asked, stem, outline.title, works, catalog.vocabulary)
    pairs = [(one, work) for one, work in zip(given, matched, strict=True) if work]
    others = [one for one, work in zip(given, matched, strict=True) if not work]
    paired, gone = _paired(pairs, catalog.works, names)
    if len(names) != 1 and (None in paired or any(one.line.entry for one in others)):
        every = ", ".join(term.name for term in catalog.vocabulary["list"])
        raise UsageError("which origin list this is cannot be told", f"name it with --list: {every}")
    drafter = _Drafter(catalog, names[0] if len(names) == 1 else "", today)
    known = [
        Known(one, work.key, listing, None if listing else drafter.listing(one.line))
        for (one, work), listing in zip(pairs, paired, strict=True)
    ]
    new = [drafter.new(one, known_works) for one in others if one.line.entry]
    unread = tuple(one for one in others if not one.line.entry)
    return Report(" and ".join(names), tuple(known), tuple(new), tuple(gone), unread, tuple(drafter.sections))


def _paired(
    pairs: Sequence[tuple[Given, Work]], works: Sequence[Work], names: Sequence[str]
) -> tuple[list[Listing | None], list[Gone]]:
    """Return for each known line its listing, the one of the same text first, and the listings left over.

    In a file of several lists one line may stand for the listings of all.
    """
    free: dict[str, list[Listing]] = defaultdict(list)
    for work in works:
        free[work.key] += [listing for listing in work.listings if listing.list in names]
    found: list[Listing | None] = [None] * len(pairs)
    for same_text in (True, False):
        for place, (one, work) in enumerate(pairs):
            fitting = [row for row in free[work.key] if not same_text or fold(row.as_listed) == fold(one.line.text)]
            if found[place] is None and fitting:
                found[place] = fitting[0]
                free[work.key].remove(fitting[0])
    there = {work.key for _, work in pairs} if len(names) > 1 else set()
    gone = [Gone(key, listing) for key, rows in free.items() if key not in there for listing in rows]
    return found, sorted(gone, key=lambda one: one.listing.id)


_ID = re.compile(r"([A-Za-z]+)(\d+)")


class _Drafter:
    """Makes listings and drafts one after another, each clear of the others."""

    def __init__(self, catalog: Catalog, name: str, today: date) -> None:
        self.sections: list[Term] = []
        self._list = name
        self._today = today
        self._vocabulary = catalog.vocabulary
        self._venues = {term.name for term in catalog.vocabulary["venue"]}
        self._keys = {key.lower() for work in catalog.works for key in (work.key, *work.aliases)}
        self._forms = {form for work in catalog.works for form in identifier_forms(work)}
        self._drafts = Drafts()
        self._documents: dict[str, Document] = {}
        rows = [listing for work in catalog.works for listing in work.listings]
        own = [found for row in rows if row.list == name and (found := _ID.fullmatch(row.id))]
        taken = {found.group(1) for row in rows if (found := _ID.fullmatch(row.id))}
        self._letter = own[0].group(1) if own else next(one for one in _letters() if one not in taken)
        self._number = max((int(found.group(2)) for found in own), default=0)
        self._width = len(own[0].group(2)) if own else 2

    def listing(self, line: Line) -> Document:
        """Return a listing for a line, with an id of its own."""
        self._number += 1
        return {
            "id": f"{self._letter}{self._number:0{self._width}d}",
            "list": self._list,
            "section": self._section(line.headings),
            "as_listed": listed_line(line.text),
        }

    def _section(self, headings: Sequence[str]) -> str:
        """Return the section that the nearest heading is that is one; else the nearest heading becomes one."""
        own = [term for term in (*self._vocabulary["section"], *self.sections) if term.group == self._list]
        for heading in reversed(headings):
            for is_same in (_is_called, _is_called_nearly):
                for term in own:
                    if is_same(heading, term):
                        return term.name
        heading = headings[-1] if headings else ""
        title = listed_line(heading) or self._list
        slug = "-".join(re.findall(r"[a-z0-9]+", transliterate(fold(title)).lower())) or "section"
        names = {term.name for term in (*self._vocabulary["section"], *self.sections)}
        while slug in names:
            slug = f"{slug}-more"
        definition = f"{' '.join(title.split()).rstrip('.')}."
        self.sections.append(Term(slug, definition, self._list, title))
        return slug

    def new(self, given: Given, works: KnownWorks) -> New:
        """Return the draft of a line whose work the catalog has not, or why there is none."""
        entry = given.line.entry
        if entry is None:
            raise ValueError("a line that was not read has no draft")
        near = works.near(entry)
        if near:
            return New(given, doubt=f"its title is that of {near.key}, and the rest is not")
        again = self._drafts.again(entry)
        if again:
            self._documents[again.key]["listings"].append(self.listing(given.line))
            return New(given, again.key)
        return self._drafted(given, entry)

    def _drafted(self, given: Given, entry: Entry) -> New:
        names = Names(self._keys, self._forms, self._venues, given.placeholders)
        before = len(self.sections)
        key, document = draft(entry, self.listing(given.line), names, self._today)
        vocabulary = {**self._vocabulary, "section": (*self._vocabulary["section"], *self.sections)}
        problems = list(work_problems(key, document, vocabulary))
        if problems:
            self._number -= 1
            del self.sections[before:]
            return New(given, doubt=problems[0])
        work = decode_work(key, document)
        self._drafts.add(work)
        self._documents[key] = document
        self._keys.add(key)
        self._forms |= identifier_forms(work)
        return New(given, key, document)


def _is_called(heading: str, section: Term) -> bool:
    return fold(heading) in (fold(section.title), fold(section.name))


def _is_called_nearly(heading: str, section: Term) -> bool:
    """Tell whether all words of one are words of the other: Datasets for Human-Annotated Datasets."""
    ours, theirs = set(fold(heading).split()), set(fold(section.title).split())
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


def _letters() -> Iterator[str]:
    yield from "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    yield from (f"{one}{other}" for one in _letters() for other in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")

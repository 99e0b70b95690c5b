"""Field by field, how do two records differ? For checking, syncing, verifying and finding duplicates alike."""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from mhlit.likeness.people import Sameness, sameness
from mhlit.likeness.titles import Likeness, likeness
from mhlit.likeness.venues import Agreement, agreement
from mhlit.model import Name, Record, Version, Work
from mhlit.names import inverted
from mhlit.text import fold


class Kind(StrEnum):
    """In what way a field differs from the true one."""

    WRONG = "wrong"
    CASE = "case"
    """Only capitals or punctuation differ."""
    WORDED = "worded"
    """Abbreviations, a plural or the spelling differ."""
    OTHER_VERSION = "other-version"
    """It is as in another version of the work."""
    FORM = "form"
    """The same, written in another form: an abbreviated venue, a name divided otherwise."""
    EDITION = "edition"
    """The right venue in the wrong year, edition or volume."""
    CUT = "cut"
    """Only the beginning is there."""
    FIRST = "first"
    """The first author is another."""
    MISSING = "missing"
    EXTRA = "extra"
    ORDER = "order"
    MISSPELT = "misspelt"
    SWAPPED = "swapped"


class Difference(NamedTuple):
    """One way in which a field is not as it should be."""

    field: str
    kind: Kind
    listed: str
    true: str
    place: int = -1
    """For an author, the position in the list that was compared."""


def cited_version(listed: Record, work: Work, identified: Iterable[Version] = ()) -> Version:
    """Tell which version of a work an entry cites: by what it says, else by its identifiers, else the preferred one."""
    if listed.version is Version.PREPRINT or work.record is None:
        return Version.PREPRINT if work.preprint else Version.VERSION_OF_RECORD
    if listed.container_title or listed.volume or listed.pages:
        return Version.VERSION_OF_RECORD
    return next(iter(identified), Version.VERSION_OF_RECORD)


def version_of(work: Work, version: Version) -> Record:
    """Return the record of a version, or the one there is."""
    found = work.preprint if version is Version.PREPRINT else work.record
    return found or work.preferred


def differences(listed: Record, omitted: int, work: Work, version: Version) -> Iterator[Difference]:
    """Yield every way in which a record, its authors cut before `omitted` (-1: whole), differs from a version's."""
    record = version_of(work, version)
    if listed.authors and record.authors:
        yield from author_differences(listed.authors, omitted, work, version)
    if listed.title and (title := title_difference(listed.title, work, version)):
        yield title
    if listed.issued and (year := year_difference(listed.issued.year, listed, work, version)):
        yield year
    if record.version is Version.VERSION_OF_RECORD:
        if listed.container_title and (venue := venue_difference(listed.container_title, record)):
            yield venue
        yield from number_differences(listed, record)


def title_difference(title: str, work: Work, version: Version) -> Difference | None:
    """Compare a title with those of a work's versions; a preprint may bear the title it was published under."""
    cited = version_of(work, version)
    if _same_text(title, cited.title):
        return None
    if likeness(title, cited.title) is Likeness.SAME:
        return Difference("title", Kind.CASE, title, cited.title)
    later = work.record.title if work.record and cited is work.preprint else ""
    if later and likeness(title, later) is Likeness.SAME:
        return None if _same_text(title, later) else Difference("title", Kind.CASE, title, later)
    earlier = [record.former_title for record in (work.record, work.preprint) if record]
    earlier += [work.preprint.title] if work.preprint else []
    if any(one and likeness(title, one) is Likeness.SAME for one in earlier):
        return Difference("title", Kind.OTHER_VERSION, title, cited.title)
    worded = likeness(title, cited.title) is Likeness.WORDED
    return Difference("title", Kind.WORDED if worded else Kind.WRONG, title, cited.title)


_QUOTES = str.maketrans({"‘": "'", "’": "'", "`": "'", "“": '"', "”": '"', "\u00a0": " "})


def _same_text(one: str, other: str) -> bool:
    """Tell whether two titles are the same but for the kind of quotation marks, spaces and a final stop."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return " ".join(text.translate(_QUOTES).split()).replace(" :", ":").rstrip(" .")


def year_difference(year: int, listed: Record, work: Work, version: Version) -> Difference | None:
    """Compare a year. A preprint may bear that of any revision up to its publication, an article the one before."""
    cited = version_of(work, version)
    if not year or cited.issued is None or year == cited.issued.year:
        return None
    true = str(cited.issued.year)
    if cited is work.preprint:
        last = work.record.issued.year if work.record and work.record.issued else cited.issued.year
        return None if cited.issued.year <= year <= last else Difference("year", Kind.WRONG, str(year), true)
    if work.preprint and work.preprint.issued and year == work.preprint.issued.year:
        return Difference("year", Kind.OTHER_VERSION, str(year), true)
    online_first = cited.type == "article" and year == cited.issued.year - 1 and not (listed.volume or listed.issue)
    return Difference("year", Kind.FORM if online_first else Kind.WRONG, str(year), true)


def venue_difference(text: str, record: Record) -> Difference | None:
    """Compare the name of a journal or of proceedings, in any form, with a record's."""
    year = record.issued.year if record.issued else 0
    found = agreement(text, record.venue, record.container_title, record.collection_title, year)
    if not text or found in (Agreement.SAME, Agreement.UNKNOWN) or text == record.venue:
        return None
    kind = {Agreement.OTHER: Kind.WRONG, Agreement.EDITION: Kind.EDITION, Agreement.FORM: Kind.FORM}[found]
    if kind is Kind.FORM and fold(text) == fold(record.container_title):
        kind = Kind.CASE
    return Difference("venue", kind, text, record.container_title)


_DIGITS = re.compile(r"\d+")
_PAGE = re.compile(r"([a-z]*)0*(\d+)")


def number_differences(listed: Record, record: Record) -> Iterator[Difference]:
    """Compare volume, issue and pages, each where both have it."""
    if listed.volume and record.volume and _digits(listed.volume) != _digits(record.volume):
        yield Difference("volume", Kind.WRONG, listed.volume, record.volume)
    # Some write the number of an article where its issue belongs.
    issue = listed.issue if _page(listed.issue) != _page(record.article_number) else ""
    if issue and record.issue and _digits(issue) != _digits(record.issue):
        yield Difference("issue", Kind.WRONG, issue, record.issue)
    yield from _pages_difference(listed.pages or listed.article_number, record)


def _digits(text: str) -> tuple[int, ...]:
    return tuple(int(digits) for digits in _DIGITS.findall(text)[:2])


def _pages_difference(pages: str, record: Record) -> Iterator[Difference]:
    true = record.pages or record.article_number
    if not pages or not true or not _DIGITS.search(pages):
        return
    ours, theirs = _range(pages), _range(true)
    if ours == theirs or _page(pages) == _page(true):
        return
    cut = len(ours) == 1 and len(theirs) == 2 and ours[0] == theirs[0]
    yield Difference("pages", Kind.CUT if cut else Kind.WRONG, pages, true)


def _range(pages: str) -> tuple[int, ...]:
    """Return the first and last page; ``2579-605`` ends at 2605, and ``12-12`` is one page."""
    numbers = [int(digits) for digits in _DIGITS.findall(pages)[:2]]
    if len(numbers) == 2 and numbers[1] < numbers[0]:
        first, last = (str(number) for number in numbers)
        numbers[1] = int(first[: len(first) - len(last)] + last)
    return tuple(dict.fromkeys(numbers))


def _page(text: str) -> tuple[str, str]:
    found = _PAGE.fullmatch(fold(text))
    return ("", found.group(2)) if found else ("", fold(text))


def author_differences(listed: Sequence[Name], omitted: int, work: Work, version: Version) -> list[Difference]:
    """Compare a list of authors, cut before `omitted` (-1: whole), with that of the cited version.

    A list that is that of another version or of an earlier revision is one difference, not many.
    """
    cited = version_of(work, version)
    if omitted < 0 and _are_those(listed, cited.authors):
        return []
    own = list(_by_pairs(listed, omitted, _known_forms(cited.authors, work)))
    if not any(one.kind in _SERIOUS for one in own):
        return own
    for others in _author_lists(work):
        if others != cited.authors:
            theirs = list(_by_pairs(listed, omitted, _known_forms(others, work)))
            if not any(one.kind in _SERIOUS for one in theirs):
                if cited is work.preprint and work.record and others == work.record.authors:
                    return theirs
                said = _names(listed)
                return [Difference("authors", Kind.OTHER_VERSION, said, _names(cited.authors)), *theirs]
    return own


def _are_those(listed: Sequence[Name], authors: Sequence[Name]) -> bool:
    """Tell whether two lists are of the same people, one by one: so are most, and no pairing is needed."""
    return len(listed) == len(authors) and all(
        sameness(one, other) is Sameness.SAME for one, other in zip(listed, authors, strict=True)
    )


_SERIOUS = frozenset({Kind.WRONG, Kind.FIRST, Kind.MISSING, Kind.EXTRA, Kind.ORDER, Kind.MISSPELT})


def _author_lists(work: Work) -> Iterator[tuple[Name, ...]]:
    """Yield the list of each version, then those of earlier revisions."""
    records = [record for record in (work.record, work.preprint) if record]
    yield from (record.authors for record in records)
    yield from (record.former_authors for record in records if record.former_authors)


def _known_forms(authors: Sequence[Name], work: Work) -> list[list[Name]]:
    """Return for each author every form of the name that a version of the work or a source bears."""
    forms = [[name] for name in authors]
    for others in _author_lists(work):
        paired = pair(others, forms)
        for place, name in enumerate(others):
            author = paired[place][0]
            # The one name that two lists of one length differ in is one person's: Lott and Powers.
            if author < 0 and len(others) == len(authors) and place not in {found for found, _ in paired}:
                author = place
            if author >= 0 and name not in forms[author]:
                forms[author].append(name)
    for name in work.name_forms:
        near = [place for place, known in enumerate(forms) if any(_shares_a_part(name, one) for one in known)]
        if len(near) == 1:
            forms[near[0]].append(name)
    return forms


def _shares_a_part(one: Name, other: Name) -> bool:
    return bool({fold(one.family), fold(one.given)} & {fold(other.family), fold(other.given)} - {""})


def pair(listed: Sequence[Name], forms: Sequence[Sequence[Name]]) -> list[tuple[int, Sameness]]:
    """Return for each listed name the position of its author, -1 where there is none, and how it is the author's.

    `forms` holds, for each author, every form of the name. The nearest forms are paired first, then the nearest places.
    """
    found: dict[int, tuple[int, Sameness]] = {}
    levels = [
        [max((sameness(name, one) for one in known), default=Sameness.OTHER) for known in forms] for name in listed
    ]
    free = set(range(len(forms)))
    for wanted in (Sameness.SAME, Sameness.FORM, Sameness.SWAPPED, Sameness.MISSPELT):
        for place in range(len(listed)):
            if place in found:
                continue
            choices = [author for author in free if levels[place][author] is wanted]
            if choices:
                author = min(choices, key=lambda author: (abs(author - place), author))
                found[place] = (author, wanted)
                free.discard(author)
    return [found.get(place, (-1, Sameness.OTHER)) for place in range(len(listed))]


def _by_pairs(listed: Sequence[Name], omitted: int, forms: Sequence[Sequence[Name]]) -> Iterator[Difference]:
    true = [known[0] for known in forms]
    paired = pair(listed, forms)
    missing = _missing([author for author, _ in paired], omitted, len(true))
    if listed and true and paired[0][0] != 0:
        yield Difference("authors", Kind.FIRST, inverted(listed[0]), inverted(true[0]), 0)
        if paired[0][0] < 0 and 0 in missing:
            missing.remove(0)
    for place, (author, how) in enumerate(paired):
        if author < 0 and place > 0:
            if place in missing:
                missing.remove(place)
                yield Difference("authors", Kind.WRONG, inverted(listed[place]), inverted(true[place]), place)
            else:
                yield Difference("authors", Kind.EXTRA, inverted(listed[place]), "", place)
        elif author >= 0 and how is not Sameness.SAME:
            yield Difference("authors", _KIND_OF[how], inverted(listed[place]), inverted(true[author]), place)
    for author in missing:
        yield Difference("authors", Kind.MISSING, "", inverted(true[author]), author)
    order = [author for author, _ in paired if author >= 0]
    if order[1:] != sorted(order[1:]) or (order and order[0] == 0 and order != sorted(order)):
        yield Difference("authors", Kind.ORDER, _names(listed), _names(true))
    if omitted >= 0 and len(listed) < len(true):
        yield Difference("authors", Kind.CUT, _names(listed), _names(true), omitted)


_KIND_OF = {Sameness.FORM: Kind.FORM, Sameness.SWAPPED: Kind.SWAPPED, Sameness.MISSPELT: Kind.MISSPELT}


def _missing(authors: Sequence[int], omitted: int, size: int) -> list[int]:
    """Return who is not listed, but for those a cut list leaves out: between its last names before and first after."""
    absent = [author for author in range(size) if author not in authors]
    if omitted < 0:
        return absent
    heads = [author for author in authors[:omitted] if author >= 0]
    tails = [author for author in authors[omitted:] if author >= 0]
    last, first = max(heads, default=-1), min(tails, default=size)
    return [author for author in absent if author < last or author > first]


def _names(names: Sequence[Name]) -> str:
    return "; ".join(inverted(name) for name in names)

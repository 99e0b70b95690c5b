"""Make one work of what several sources say: the best record per field, preprint and published version together.

What is joined is beyond doubt: one identifier in both, or one named by the other and like it, or the same title by the
same people. What each source is believed for stands in `TRUST`, and in docs/sources.md.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from mhlit.identifiers import lookup_forms
from mhlit.likeness.people import Sameness, sameness
from mhlit.likeness.titles import Likeness, likeness, plain_words
from mhlit.model import Identifier, Name, Record, Version
from mhlit.sources.source import Found

_ANY = "any"
_INDEXES = ("dblp", "openalex", "semanticscholar")
# Whom to believe for a field of a version, the first first; `any` is for those that have no row of their own.
TRUST: dict[Version, dict[str, tuple[str, ...]]] = {
    Version.VERSION_OF_RECORD: {
        _ANY: ("anthology", "crossref", "openreview", "datacite", "pubmed", "page", *_INDEXES),
        # PubMed and DBLP are curated, others pass on what was deposited.
        "authors": ("anthology", "crossref", "pubmed", "dblp", "openreview", "datacite", "page", *_INDEXES[1:]),
        # PubMed dates the issue; repositories and indexes the day on which they saw the work.
        "issued": ("anthology", "crossref", "pubmed", "page", "dblp", "openreview", "datacite", *_INDEXES[1:]),
        # Who serves the file knows where it is.
        "pdf": ("anthology", "openreview", "page", "crossref", "pubmed", "datacite", *_INDEXES),
    },
    Version.PREPRINT: {_ANY: ("arxiv", "crossref", "openreview", "datacite", "page", "pubmed", *_INDEXES)},
}
_LAST = 99
_TELLING = 5
"""A title of so many words is seldom borne by two works of one first author."""
_MOST = 0.7
"""The least share of the shorter list of authors that two versions have in common."""
_NO_WORK = ("isbn", "issn")
BOOKS = frozenset("book collection proceedings".split())
"""Types of what has an ISBN of its own."""


class Joined(NamedTuple):
    """A work as the sources together tell it."""

    record: Record | None
    preprint: Record | None
    origins: tuple[tuple[str, str, str], ...]
    """Version, field, and the name of the source that it is from."""
    seen: tuple[str, ...]
    """Pages where it can be seen, the preferred version's first."""
    doubts: tuple[str, ...] = ()
    """What was found besides and not joined, and why, in words."""

    @property
    def preferred(self) -> Record:
        """Return the version of record, or the preprint where there is no other."""
        chosen = self.record or self.preprint
        if chosen is None:
            raise ValueError("nothing was joined")
        return chosen

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the names of the sources that something is from, each once."""
        return tuple(dict.fromkeys(name for _, _, name in self.origins))


class _Group(NamedTuple):
    """What several sources say of one version."""

    found: tuple[Found, ...]
    forms: frozenset[str]
    """Every form of an identifier of it."""
    named: frozenset[str]
    """Forms of other versions that are named."""

    @property
    def version(self) -> Version:
        return self.found[0].record.version

    @property
    def best(self) -> Record:
        return _by_trust(self.found, _ANY)[0].record


def forms_of(identifiers: Iterable[Identifier]) -> frozenset[str]:
    """Return the forms of identifiers that name one work; those of a journal or volume name none."""
    return frozenset(form for one in identifiers if one.scheme not in _NO_WORK for form in lookup_forms(one))


def is_about(found: Found, asked: Identifier) -> bool:
    """Tell whether a record is of what was asked for: a source may answer with something else."""
    if asked.scheme == "isbn":
        wanted = lookup_forms(asked)
        return found.record.type in BOOKS and any(lookup_forms(one) == wanted for one in found.record.identifiers)
    return not forms_of([asked]).isdisjoint(forms_of((*found.record.identifiers, *found.related)))


def same_work(one: Record, other: Record) -> bool:
    """Tell, without an identifier, whether two records are of one work: the same title by the same people."""
    if likeness(one.title, other.title) < Likeness.WORDED or not same_people(one.authors, other.authors):
        return False
    return _are_years_near(one, other)


def same_people(ours: Sequence[Name], theirs: Sequence[Name]) -> bool:
    """Tell whether two lists name the same people in one order."""
    if not ours or len(ours) != len(theirs):
        return False
    return all(sameness(one, other) >= Sameness.SWAPPED for one, other in zip(ours, theirs, strict=True))


def is_version(one: Record, other: Record) -> bool:
    """Tell, without an identifier, whether two records are versions of one work.

    Between versions people join, leave and change their names: under one title that tells something, the first author
    and most of the shorter list are enough.
    """
    if same_work(one, other):
        return True
    shorter, longer = sorted((one.authors, other.authors), key=len)
    if not shorter or len(plain_words(one.title)) < _TELLING or 2 * len(shorter) < len(longer):
        return False
    if likeness(one.title, other.title) < Likeness.WORDED or not _are_years_near(one, other):
        return False
    shared = sum(any(sameness(name, author) is not Sameness.OTHER for author in longer) for name in shorter)
    return sameness(shorter[0], longer[0]) is not Sameness.OTHER and shared >= max(2, _MOST * len(shorter))


def _are_years_near(one: Record, other: Record) -> bool:
    return not (one.issued and other.issued) or abs(one.issued.year - other.issued.year) <= 3


def groups(found: Sequence[Found]) -> list[_Group]:
    """Return the versions that records are of, in the order in which each was found first."""
    made: list[list[Found]] = []
    for one in found:
        mine = [group for group in made if any(_is_same_version(one, other) for other in group)]
        rest = [group for group in made if group not in mine]
        made = [*rest, [*(other for group in mine for other in group), one]]
    order = {id(one): place for place, one in enumerate(found)}
    made = sorted((sorted(group, key=lambda one: order[id(one)]) for group in made), key=lambda g: order[id(g[0])])
    return [_grouped(group) for group in made]


def _grouped(group: Sequence[Found]) -> _Group:
    own = forms_of(one for found in group for one in found.record.identifiers)
    named = forms_of(one for found in group for one in found.related)
    return _Group(tuple(group), own, named - own)


def _is_same_version(one: Found, other: Found) -> bool:
    if one.record.version is not other.record.version:
        return False
    ours, theirs = forms_of(one.record.identifiers), forms_of(other.record.identifiers)
    if ours & theirs:
        return True
    if {f.partition(":")[0] for f in ours} & {f.partition(":")[0] for f in theirs}:
        return False  # two identifiers of one scheme: two publications, whatever they are called
    if one.record.server and other.record.server and one.record.server != other.record.server:
        return False  # an identifier of one server is none of the other's
    return same_work(one.record, other.record)


def join(found: Sequence[Found], asked: Identifier | None = None) -> Joined | None:
    """Return the work that was asked for, or that the first record is of; None where nothing was found.

    A further version is joined to it where one of the two names the other and nothing speaks against it, or where both
    bear one title and the same people. Of several published versions, none: that is said in `doubts`.
    """
    made = groups(found)
    wanted = forms_of([asked]) if asked else frozenset()
    main = next((group for group in made if group.forms & wanted), made[0] if made else None)
    if main is None:
        return None
    doubts: list[str] = []
    other = _other_version(main, [group for group in made if group.version is not main.version], doubts)
    chosen = sorted(filter(None, (main, other)), key=lambda group: group.version is Version.PREPRINT)
    records, origins = {}, []
    for group in chosen:
        record, whence = _best(group)
        records[group.version] = record
        origins += [(group.version.value, field, name) for field, name in whence]
    pages = (one.address for group in chosen for one in _by_trust(group.found, _ANY) if one.address)
    published, preprint = records.get(Version.VERSION_OF_RECORD), records.get(Version.PREPRINT)
    return Joined(published, preprint, tuple(origins), tuple(dict.fromkeys(pages)), tuple(doubts))


def _other_version(main: _Group, others: Sequence[_Group], doubts: list[str]) -> _Group | None:
    linked = [one for one in others if main.named & one.forms or one.named & main.forms]
    fitting = [one for one in linked if _is_plausible(main.best, one.best)]
    strange = [one for one in linked if one not in fitting]
    doubts += [f"{_told(one)}: named as another version, with other authors and another title" for one in strange]
    alike = fitting or [one for one in others if one not in linked and is_version(main.best, one.best)]
    if len(alike) > 1:
        named_by_main = [one for one in alike if main.named & one.forms]
        alike = named_by_main if len(named_by_main) == 1 else alike
    if len(alike) > 1 and main.version is Version.VERSION_OF_RECORD:
        # All of these are preprints of it, or revisions of one: that on arXiv is the one that people cite.
        alike = sorted(alike, key=lambda one: one.best.server != "arXiv")[:1]
    if len(alike) > 1:
        doubts += [f"{_told(one)}: one of several that may be another version" for one in alike]
        return None
    return alike[0] if alike else None


def _is_plausible(one: Record, other: Record) -> bool:
    """Tell whether two records that are said to be versions of one work may be: alike in title or in an author."""
    if likeness(one.title, other.title) >= Likeness.SIMILAR or not (one.authors and other.authors):
        return True
    return any(sameness(name, author) is not Sameness.OTHER for name in one.authors for author in other.authors)


def _told(group: _Group) -> str:
    record = group.best
    named = next((f"{one.scheme}:{one.value}" for one in record.identifiers), record.url)
    return f"{named} ({record.title})"


def _by_trust(found: Sequence[Found], field: str) -> list[Found]:
    """Return records, those first whose source is believed most for a field."""
    table = TRUST[found[0].record.version]
    order = {name: place for place, name in enumerate(table.get(field, table[_ANY]))}
    return sorted(found, key=lambda one: order.get(one.source, _LAST))


def _best(group: _Group) -> tuple[Record, list[tuple[str, str]]]:
    """Return the record of a version with each field from the source that is believed most, and which that is."""
    values: dict[str, Any] = {"version": group.version}
    whence: list[tuple[str, str]] = []
    for field in Record._fields:
        if field in ("version", "identifiers"):
            continue
        ranked = [one for one in _by_trust(group.found, field) if getattr(one.record, field)]
        chosen = _CHOOSE.get(field, _first)(ranked)
        if chosen:
            values[field] = getattr(chosen.record, field)
            whence.append((field, chosen.source))
    kept: dict[str, Identifier] = {}
    for one in _by_trust(group.found, "identifiers"):
        for identifier in one.record.identifiers:
            if identifier.scheme not in kept:
                kept[identifier.scheme] = identifier
                whence.append((identifier.scheme, one.source))
    values.setdefault("type", "misc")
    values |= {name: values.get(name, empty) for name, empty in (("title", ""), ("authors", ()))}
    return Record(**values, identifiers=tuple(kept.values())), whence


def _first(ranked: Sequence[Found]) -> Found | None:
    return ranked[0] if ranked else None


def _fullest_names(ranked: Sequence[Found]) -> Found | None:
    """Return the first, or one that names the same people with given names where the first has only initials."""
    first = _first(ranked)
    if first is None or not any(map(_has_initials_alone, first.record.authors)):
        return first
    same = [one for one in ranked if same_people(first.record.authors, one.record.authors)]
    return min(same, key=lambda one: sum(map(_has_initials_alone, one.record.authors)), default=first)


def _has_initials_alone(name: Name) -> bool:
    return bool(name.given) and not any(len(word.strip(".-")) > 1 and not word.isupper() for word in name.given.split())


def _most_exact(ranked: Sequence[Found]) -> Found | None:
    """Return the first, or one that tells the month, or day, of the same year."""
    first = _first(ranked)
    if first is None or first.record.issued is None:
        return first
    year = first.record.issued.year
    return max(
        (one for one in ranked if one.record.issued and one.record.issued.year == year),
        key=lambda one: bool(one.record.issued and one.record.issued.month),
        default=first,
    )


def _most_telling_type(ranked: Sequence[Found]) -> Found | None:
    return next((one for one in ranked if one.record.type != "misc"), _first(ranked))


_CHOOSE: dict[str, Callable[[Sequence[Found]], Found | None]] = {
    "authors": _fullest_names,
    "issued": _most_exact,
    "type": _most_telling_type,
}

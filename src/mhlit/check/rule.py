"""What a rule is, what it is given and what it gives back; the registry of all rules."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, NamedTuple

from mhlit.check.finding import Edit, Severity
from mhlit.compare import Difference, Kind, version_of
from mhlit.formats.readers import Problem
from mhlit.match import Match
from mhlit.model import Entry, Inquiry, Mention, Place, Record, SourceField, Status, Testimony, Version, Work

# The formats whose entries have fields that a person wrote, and not a text that was taken apart.
STRUCTURED = ("bibtex", "ris", "csl-json")


class Scope(StrEnum):
    """What a rule looks at."""

    WORK = "work"
    """A reference whose work the catalog has; the rule compares it with the record."""
    REFERENCE = "reference"
    """Any reference, of any field."""
    BIBLIOGRAPHY = "bibliography"
    """All references of a file together."""
    READING = "reading"
    """What the reader of the format found; no function."""


class Reference(NamedTuple):
    """One reference of a file, the work it is, and the record it is compared with."""

    format: str
    """A key of `formats.readers.READERS`."""
    entry: Entry
    match: Match
    version: Version = Version.VERSION_OF_RECORD
    """The version that the reference cites; of a matched work."""
    differences: tuple[Difference, ...] = ()
    """Every way in which the entry differs from the record of that version."""
    inquiry: Inquiry | None = None
    """What others told of it; None where nobody was asked."""
    own: str = ""
    """The key of a work of the reader's library that it is, where its work is not known; the catalog's key of that."""

    @property
    def work(self) -> Work | None:
        """Return the matched work."""
        return self.match.work

    @property
    def record(self) -> Record:
        """Return the record the entry is compared with. Only references of a matched work have one."""
        if self.match.work is None:
            raise ValueError("a reference whose work is not known has no record")
        return version_of(self.match.work, self.version)

    @property
    def testimony(self) -> Testimony | None:
        """Return how others tell the matched work; None where it is one of the catalog's."""
        told = self.inquiry.testimonies if self.inquiry else ()
        return next((one for one in told if one.work is self.work), None)

    def is_confirmed(self, *fields: str) -> bool:
        """Tell whether the work's record is verified, and these fields of it, by the catalog's names, confirmed."""
        if testimony := self.testimony:
            return all(self._is_agreed(field, testimony) for field in self._told(fields))
        work = self.work
        if work is None or work.provenance.status is not Status.VERIFIED:
            return False
        return not set(fields) & set(work.provenance.unconfirmed)

    def tellers(self, *fields: str) -> tuple[str, ...]:
        """Return who of those that were asked has these fields so, or tells of the work at all."""
        testimony = self.testimony
        if testimony is None:
            return ()
        told = [name for key in self._told(fields) for name in testimony.tellers.get(key, ())]
        return tuple(dict.fromkeys(told)) or testimony.work.provenance.confirmed_by

    def _told(self, fields: Iterable[str]) -> list[tuple[Version, str]]:
        """Return the fields as sources tell them; a venue is that of the published version, whatever is cited."""
        named = ["container_title" if field == "venue" else field for field in fields]
        version = Version.VERSION_OF_RECORD if "container_title" in named else self.record.version
        return [(version, field) for field in dict.fromkeys(named)]

    def _is_agreed(self, key: tuple[Version, str], testimony: Testimony) -> bool:
        """Tell whether two sources agree on a field, or none of them has it."""
        version, field = key
        record = version_of(testimony.work, version)
        return key in testimony.confirmed or not (getattr(record, field, "") or record.identifier(field))

    def differing(self, field: str, *kinds: Kind) -> list[Difference]:
        """Return the differences in a field, of some kinds or of any."""
        return [one for one in self.differences if one.field == field and (not kinds or one.kind in kinds)]

    @property
    def may_be_another(self) -> bool:
        """Tell whether another venue and a DOI of its own agree that this is another publication of the same title."""
        own_doi = any(mention.identifier.scheme == "doi" for mention, _ in self.own_mentions())
        elsewhere = bool(self.differing("venue", Kind.WRONG))
        return elsewhere and own_doi and not self.match.versions and not self.match.strays

    @property
    def is_listing(self) -> bool:
        """Tell whether the reference is a line of an awesome list, which names the first author only."""
        return self.entry.type in ("listing", "pointer")

    @property
    def is_structured(self) -> bool:
        """Tell whether the reference has fields, and not a text that was taken apart."""
        return self.format in STRUCTURED

    def field(self, *names: str) -> SourceField | None:
        """Return the first field of the entry that has one of the names, the likeliest name first."""
        for name in names:
            for field in self.entry.fields:
                if field.name.lower() == name:
                    return field
        return None

    def own_mentions(self) -> Iterable[tuple[Mention, SourceField]]:
        """Yield the identifiers that are the entry's own, and not of a work it speaks of, each with its field."""
        for mention in self.entry.mentions:
            field = self.entry.fields[mention.field]
            if field.name.lower() not in ASIDE:
                yield mention, field


# Fields that may name other publications than the entry's own.
ASIDE = frozenset("note annote annotation abstract keywords comment related crossref biburl n1 ab".split())


class Bibliography(NamedTuple):
    """A file as a whole."""

    format: str
    references: tuple[Reference, ...]
    problems: tuple[Problem, ...] = ()


class Flaw(NamedTuple):
    """What a rule gives: one thing that is wrong with a reference."""

    message: str
    at: Place | SourceField | None = None
    """Where it stands; None is where the entry begins."""
    found: str = ""
    true: str = ""
    severity: Severity | None = None
    """Where it is another than the rule's own."""
    rests_on: tuple[str, ...] = ()
    """The fields of the record, by the catalog's names, that must be confirmed for it to be more than `info`."""
    edits: tuple[Edit, ...] = ()
    safe: bool = False
    """Whether the edits do no harm where the work is beyond doubt and the record verified."""


class Rule(NamedTuple):
    """A rule with what is told about it."""

    id: str
    severity: Severity
    scope: Scope
    what: str
    """What it finds, in one line."""
    why: str
    example: str
    """A line of input that it finds."""
    check: Callable[..., Iterable[Any]] | None = None
    """Takes a `Reference` and gives each `Flaw`; for a bibliography, takes that and gives pairs of the two."""


RULES: dict[str, Rule] = {}
"""Every rule by its id, in the order of the documentation; filled when `mhlit.check.rules` is imported."""

_Function = Callable[..., Iterable[Any]]


def rule(id: str, severity: Severity, scope: Scope, *, why: str, example: str) -> Callable[[_Function], _Function]:
    """Register a function as a rule; the first line of its docstring says what it finds."""

    def register(function: _Function) -> _Function:
        what = (function.__doc__ or "").strip().splitlines()[0]
        RULES[id] = Rule(id, severity, scope, what, why, example, function)
        return function

    return register

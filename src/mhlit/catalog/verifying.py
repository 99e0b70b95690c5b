"""Compare a work's record with what others tell of it, field by field: agrees, differs, or nobody tells.

Pure, and knows nothing of who is asked: it is given claims. A keeper decides what becomes of a difference; nothing is
ever written from here.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from mhlit.compare import (
    Difference,
    Kind,
    author_differences,
    number_differences,
    title_difference,
    venue_difference,
)
from mhlit.dates import format_date
from mhlit.identifiers import lookup_forms
from mhlit.model import Identifier, Record, Version, Work
from mhlit.names import natural


class Claim(NamedTuple):
    """What one source says of one version of a work."""

    source: str
    """As people call it: `Crossref`."""
    record: Record
    address: str = ""
    """Where a person can see it."""


class Verdict(StrEnum):
    """What the sources say of a field."""

    AGREES = "agrees"
    """Every source that tells it has it so."""
    DIFFERS = "differs"
    """A source has it otherwise."""
    UNTOLD = "untold"
    """No source that was asked tells it."""
    MISSING = "missing"
    """The catalog has it not, and a source has."""


class Field(NamedTuple):
    """A field of a version, and what the sources say of it."""

    version: Version
    name: str
    """As in the catalog's TOML."""
    value: str
    """The catalog's; empty where it has none."""
    verdict: Verdict
    agreeing: tuple[str, ...] = ()
    """The sources that have it so."""
    others: tuple[tuple[str, str], ...] = ()
    """Each source that has it otherwise, and how."""


_SCHEMES = ("doi", "arxiv", "acl", "openreview", "dblp", "pmid", "pmcid")
_FIELDS = (
    *("title", "authors", "issued", "container_title"),
    *("volume", "issue", "pages", "article_number", "publisher"),
)
# Differences that are none of the record: a form of a name or venue, what a source cuts short.
_FORMS = frozenset((Kind.FORM, Kind.SWAPPED, Kind.CASE, Kind.CUT))


def verify(work: Work, claims: Sequence[Claim]) -> list[Field]:
    """Return every field of every version with what the claims say of it, in the order of the catalog's files."""
    found: list[Field] = []
    for record in (work.record, work.preprint):
        if record:
            found += _fields(work, record, [one for one in claims if one.record.version is record.version])
    return found


def published(work: Work, claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims that a version of record is out, of a work of which the catalog has none."""
    if work.record:
        return []
    return [one for one in claims if one.record.version is Version.VERSION_OF_RECORD]


def _fields(work: Work, record: Record, claims: Sequence[Claim]) -> Iterator[Field]:
    for name in _FIELDS:
        ours = _shown(record, name)
        told = [(one.source, value, one.record) for one in claims if (value := _shown(one.record, name))]
        if not ours and (not told or name in ("publisher", "issue")):
            continue
        agreeing = tuple(source for source, _, theirs in told if ours and _agrees(work, record, theirs, name))
        others = tuple((source, value) for source, value, _ in told if source not in agreeing)
        yield Field(record.version, name, ours, _verdict(ours, agreeing, others), agreeing, others)
    yield from _identifiers(record, claims)


def _verdict(ours: str, agreeing: Sequence[str], others: Sequence[tuple[str, str]]) -> Verdict:
    if not ours:
        return Verdict.MISSING
    if others:
        return Verdict.DIFFERS
    return Verdict.AGREES if agreeing else Verdict.UNTOLD


def _shown(record: Record, name: str) -> str:
    if name == "authors":
        return ", ".join(map(natural, record.authors))
    if name == "issued":
        return format_date(record.issued) if record.issued else ""
    return str(getattr(record, name))


def _agrees(work: Work, ours: Record, theirs: Record, name: str) -> bool:
    """Tell whether a source's value is the catalog's in another form, or the very one."""
    if _shown(ours, name) == _shown(theirs, name):
        return True
    if name == "issued":
        return _same_date(ours, theirs)
    if name == "publisher":
        one, other = ours.publisher.casefold(), theirs.publisher.casefold()
        return one in other or other in one
    return all(one.kind in _FORMS for one in _differences(work, ours, theirs, name))


def _differences(work: Work, ours: Record, theirs: Record, name: str) -> list[Difference]:
    if name == "authors":
        return list(author_differences(theirs.authors, -1, work, ours.version))
    if name == "title":
        return [one for one in [title_difference(theirs.title, work, ours.version)] if one]
    if name == "container_title":
        return [one for one in [venue_difference(theirs.container_title, ours)] if one]
    field = "pages" if name == "article_number" else name
    return [one for one in number_differences(theirs, ours) if one.field == field]


def _same_date(ours: Record, theirs: Record) -> bool:
    """Tell whether two dates are one as far as both tell it."""
    if ours.issued is None or theirs.issued is None:
        return False
    one, other = format_date(ours.issued), format_date(theirs.issued)
    return one.startswith(other) or other.startswith(one)


def _identifiers(record: Record, claims: Sequence[Claim]) -> Iterator[Field]:
    for scheme in _SCHEMES:
        ours = record.identifier(scheme)
        told = [(one.source, value) for one in claims if (value := one.record.identifier(scheme))]
        if not ours and not told:
            continue
        forms = lookup_forms(Identifier(scheme, ours)) if ours else ()
        agreeing = tuple(
            source for source, value in told if ours and set(forms) & set(lookup_forms(Identifier(scheme, value)))
        )
        others = tuple(one for one in told if one[0] not in agreeing)
        yield Field(record.version, scheme, ours, _verdict(ours, agreeing, others), agreeing, others)

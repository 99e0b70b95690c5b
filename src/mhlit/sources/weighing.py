"""Weigh what several sources say of one work: which value of each field, and who has it so independently of whom.

A field counts as confirmed where two sources have it alike of which neither took it from the other. What that means of
each pair is told in docs/sources.md and docs/decisions/0042-who-confirms-whom.md.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from mhlit.identifiers import lookup_forms, url_of
from mhlit.likeness.titles import Likeness, likeness
from mhlit.likeness.venues import Agreement, agreement
from mhlit.model import Entry, Identifier, Name, Provenance, Record, Status, Testimony, Version, Work
from mhlit.sources.cleaning import venue
from mhlit.sources.joining import Joined, forms_of, groups, join, same_people
from mhlit.sources.registry import TITLES
from mhlit.sources.source import Found
from mhlit.text import squash

_COPYING = frozenset(("openalex", "semanticscholar", "page"))
"""They take their records from the others, or are no source of their own."""
# Prefixes whose DOIs the ACL Anthology registers itself.
_ANTHOLOGY_DOIS = ("10.18653/", "10.3115/")
_OF_A_VERSION = frozenset(("title", "authors", "issued"))
"""What a preprint that nobody knows may have otherwise than what was published."""


def line_of(found: Found) -> str:
    """Return who a record comes from in the end; empty where that is not known, so that it confirms nothing."""
    record = found.record
    if found.source in _COPYING:
        return ""
    if found.source == "crossref" and record.identifier("doi").startswith(_ANTHOLOGY_DOIS):
        return "anthology"
    if record.version is Version.PREPRINT and found.source in ("datacite", "dblp", "pubmed"):
        # DataCite has arXiv's records from arXiv; DBLP's CoRR and PubMed's preprints are taken over by machines.
        return "arxiv" if record.server == "arXiv" else "crossref"
    return found.source


def weigh(found: Sequence[Found], entry: Entry, asked: Sequence[Identifier] = ()) -> list[Testimony]:
    """Return the works that records are of; of those with one of the `asked` identifiers only, where there are any."""
    made = groups(found)
    named = forms_of(asked)
    ours = [group for group in made if group.forms & named] or made
    works: dict[str, Testimony] = {}
    for group in ours:
        first = next(iter(group.found[0].record.identifiers), None)
        joined = join(found, first)
        if joined is not None:
            told = _testimony(joined, found, entry)
            works.setdefault(told.work.key, told)
    return list(works.values())


def _testimony(joined: Joined, found: Sequence[Found], entry: Entry) -> Testimony:
    records = [record for record in (joined.record, joined.preprint) if record]
    by_version = {record.version: _of(record, found) for record in records}
    own = [one for members in by_version.values() for one in members]
    weighed = {record.version: _weighed(record, by_version[record.version], own, entry) for record in records}
    published, preprint = (weighed[one].record if one in weighed else None for one in reversed(Version))
    names = tuple(dict.fromkeys(TITLES.get(one.source, one.source) for one in own))
    provenance = Provenance(Status.PARTIAL, confirmed_by=names, seen=joined.seen)
    work = Work(_key(joined.preferred), published, preprint, provenance, name_forms=_name_forms(own))
    cites_another = entry.record.version is Version.PREPRINT and joined.preprint is None
    return Testimony(
        work,
        {(version, field): names for version, one in weighed.items() for field, names in one.tellers.items()},
        frozenset(
            (version, field)
            for version, one in weighed.items()
            for field in one.confirmed - (_OF_A_VERSION if cites_another else set())
        ),
        tuple(dict.fromkeys(notice for one in own for notice in one.notices)),
    )


def _of(record: Record, found: Sequence[Found]) -> list[Found]:
    """Return what every source says of a version."""
    forms = forms_of(record.identifiers)
    same = [group for group in groups(found) if group.version is record.version and group.forms & forms]
    return [one for group in same for one in group.found]


def _key(record: Record) -> str:
    """Return the identifier that a work is told by."""
    first = next((one for one in record.identifiers if url_of(one)), None)
    if first is None:
        return record.url or record.title
    return first.value if first.scheme == "doi" else f"{first.scheme}:{first.value}"


def _name_forms(found: Sequence[Found]) -> tuple[Name, ...]:
    return tuple(dict.fromkeys(name for one in found for name in one.record.authors))


class _Weighed(NamedTuple):
    record: Record
    tellers: dict[str, tuple[str, ...]]
    confirmed: set[str]


def _weighed(record: Record, found: Sequence[Found], of_all_versions: Sequence[Found], entry: Entry) -> _Weighed:
    """Return a version's record with, of each field, the value that most sources have independently of each other."""
    values: dict[str, Any] = {}
    tellers: dict[str, tuple[str, ...]] = {}
    confirmed: set[str] = set()
    for field, same in _SAME.items():
        chosen = _chosen(field, same, record, found, entry)
        if chosen is None:
            continue
        values[field] = chosen
        # A title and a list of authors that another version bears too are confirmed by it.
        witnesses = of_all_versions if field in ("title", "authors") else found
        agreeing = [one for one in witnesses if same(getattr(one.record, field), chosen)]
        tellers[field] = _titles(agreeing)
        if len(_lines(agreeing)) > 1:
            confirmed.add(field)
    for identifier in record.identifiers:
        forms = set(lookup_forms(identifier))
        agreeing = [one for one in of_all_versions if forms & forms_of((*one.record.identifiers, *one.related))]
        tellers[identifier.scheme] = _titles(agreeing)
        if len(_lines(agreeing)) > 1:
            confirmed.add(identifier.scheme)
    if values.get("container_title", "") != record.container_title:
        values["venue"] = venue(values["container_title"])
    return _Weighed(record._replace(**values), tellers, confirmed)


def _chosen(field: str, same: Callable[[Any, Any], bool], record: Record, found: Sequence[Found], entry: Entry) -> Any:
    """Return the value that most have; of several with as many that of the entry, else the one believed most."""
    trusted = getattr(record, field)
    values = [trusted, *(getattr(one.record, field) for one in found)]
    values = [value for value in values if value]
    if not values:
        return None
    listed = getattr(entry.record, field)

    def weight(value: Any) -> tuple[int, bool]:
        agreeing = [one for one in found if same(getattr(one.record, field), value)]
        return len(_lines(agreeing)), bool(listed) and same(listed, value)

    return max(values, key=weight)


def _titles(found: Sequence[Found]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(TITLES.get(one.source, one.source) for one in found))


def _lines(found: Sequence[Found]) -> set[str]:
    """Return whom the records come from in the end, each once."""
    return {line for one in found if (line := line_of(one))}


def _same_text(one: str, other: str) -> bool:
    return squash(one) == squash(other)


def _same_title(one: str, other: str) -> bool:
    return likeness(one, other) is Likeness.SAME


def _same_year(one: Any, other: Any) -> bool:
    return bool(one and other) and one.year == other.year


def _same_venue(one: str, other: str) -> bool:
    if not one or not other:
        return False
    # A short form is recognised beside the long one only.
    either = max(agreement(one, "", other), agreement(other, "", one))
    return _same_text(one, other) or either >= Agreement.FORM


_SAME: dict[str, Callable[[Any, Any], bool]] = {
    "type": _same_text,
    "title": _same_title,
    "authors": same_people,
    "issued": _same_year,
    "container_title": _same_venue,
    "volume": _same_text,
    "issue": _same_text,
    "pages": _same_text,
    "article_number": _same_text,
}
"""The fields that are weighed, each with what makes two values of it one."""

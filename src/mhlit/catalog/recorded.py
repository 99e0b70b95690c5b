"""Draft a work's TOML from what sources told of it: their fields, where each is from, and nothing else.

A draft is for a keeper to look at: its status is never `verified`.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from mhlit.catalog.consistency import across_works
from mhlit.catalog.draft import citation_key
from mhlit.catalog.fields import KEY, SHAPES
from mhlit.catalog.source import Catalog, work_problems
from mhlit.document import decode_work, encode_work
from mhlit.model import Entry, Work
from mhlit.names import inverted

Document = dict[str, Any]

_PRIMARY = frozenset(("acl-anthology", "publisher", "openreview", "arxiv", "pubmed"))
_TELLING = ("title", "authors", "issued", "container_title")
"""What must have been seen for a record to be confirmed (statuses.toml)."""


class Origins(NamedTuple):
    """How a draft's fields are known."""

    kinds: tuple[str, ...]
    """Words of sources.toml."""
    of: Mapping[str, Collection[str]]
    """For a field, the kinds of those that told it."""
    seen: tuple[str, ...]
    """Pages where the record can be seen."""
    note: str
    """Which source told what."""


class Draft(NamedTuple):
    """A work's document under the key it will have."""

    key: str
    document: Document
    remarks: tuple[str, ...]
    """What was left out, and why."""


def draft_of(work: Work, origins: Origins, catalog: Catalog, today: date) -> Draft:
    """Return the draft of a work; fields that the catalog's rules do not take are left out and told in the remarks."""
    taken = {key.lower() for one in catalog.works for key in (one.key, *one.aliases)}
    own = work.preferred.anthology_key
    key = own if KEY.fullmatch(own) and own not in taken else citation_key(Entry("", work.preferred), taken)
    remarks: list[str] = []
    document = _document(work, catalog, remarks)
    document["provenance"] = _provenance(document, origins, today)
    _leave_out_what_differs(key, document, catalog, remarks)
    problems = work_problems(key, document, catalog.vocabulary)
    missing = [field for field, _, said in (one.partition(": ") for one in problems) if said == "is missing"]
    if missing:
        remarks += [f"{field}: must be there; the status is listed until you add it" for field in missing]
        document["provenance"]["status"] = "listed"
    return Draft(key, document, tuple(remarks))


def _document(work: Work, catalog: Catalog, remarks: list[str]) -> Document:
    whole = encode_work(work)
    document: Document = {
        "title": whole["title"],
        "authors": list(dict.fromkeys(map(inverted, work.preferred.authors))),
    }
    for name in ("record", "preprint"):
        if name in whole:
            document[name] = whole[name]
    for record in (work.record, work.preprint):
        table = document.get("preprint" if record is work.preprint else "record", {})
        for field in ("authors", "editors", "former_authors"):
            if field in table and record:
                table[field] = list(dict.fromkeys(map(inverted, getattr(record, field))))
    anthology = document.get("record", {})
    if anthology.get("anthology_key") and not KEY.fullmatch(anthology["anthology_key"]):
        del anthology["anthology_key"]
    _fit(document, catalog, remarks)
    return document


def _fit(document: Document, catalog: Catalog, remarks: list[str]) -> None:
    """Leave out what no field takes, and words that no vocabulary has."""
    venues, types = ({term.name for term in catalog.vocabulary[facet]} for facet in ("venue", "type"))
    for name in ("record", "preprint"):
        table = document.get(name, {})
        checks = {field.removesuffix("!"): check for field, check in SHAPES[name].items()}
        for field in list(table):
            problems = list(checks[field](table[field])) if field in checks else ["is not kept"]
            if field == "venue" and table[field] and table[field] not in venues:
                problems = [f"{table[field]!r} is not in venues.toml"]
            if field == "type" and table[field] not in types:
                table[field] = "misc"
                continue
            if problems:
                if field in checks:
                    remarks.append(f"{name}.{field}: {problems[0]}; left out")
                del table[field]


def _provenance(document: Document, origins: Origins, today: date) -> Document:
    present = {**document.get("preprint", {}), **document.get("record", {}), **document}
    weak = [
        field
        for field in _TELLING
        if field in present
        and not _PRIMARY & set(origins.of.get(field, ()))
        and len(set(origins.of.get(field, ()))) < 2
    ]
    table: Document = {
        "status": "partial",
        "checked": today,
        "confirmed_by": list(origins.kinds),
        "seen": list(origins.seen),
        "unconfirmed": weak,
        "note": origins.note,
    }
    return {field: value for field, value in table.items() if value}


def _leave_out_what_differs(key: str, document: Document, catalog: Catalog, remarks: list[str]) -> None:
    """Leave out what works of the same volume have otherwise: a keeper must decide for the volume."""
    works = {one.key: one for one in catalog.works}
    for problem in _across(key, document, works):
        field = problem.partition("record.")[2].partition(":")[0]
        if "of the same volume" in problem and field in document.get("record", {}):
            del document["record"][field]
            remarks.append(f"record.{field}: {problem.rpartition(': ')[2]}; left out")


def _across(key: str, document: Document, works: Mapping[str, Work]) -> Sequence[str]:
    drafted = decode_work(key, document)
    # A problem is told of the later work, which the draft is.
    return [problem for problem in across_works({**works, key: drafted}) if problem.startswith(f"{key}: ")]

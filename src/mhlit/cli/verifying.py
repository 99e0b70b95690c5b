"""What `catalog verify` and `catalog check --online` say: a table on a terminal, lines in a pipe, objects in JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from mhlit.catalog.verifying import Claim, Field, Verdict
from mhlit.cli.confirming import Confirmed, LinkState
from mhlit.dates import format_date
from mhlit.model import Record, Version
from mhlit.text import printable

_TABLES = {Version.VERSION_OF_RECORD: "record", Version.PREPRINT: "preprint"}


def _place(field: Field) -> str:
    return f"{_TABLES[field.version]}.{field.name}"


def _who(field: Field) -> str:
    """Return who agrees, and who says what else."""
    others = [f"{source}: {value}" for source, value in field.others]
    return "; ".join(filter(None, (", ".join(field.agreeing), *others)))


def rows(found: Confirmed) -> list[tuple[str, str, str, str, str]]:
    """Return key, field, verdict, the catalog's value and who says so or otherwise, a row a field."""
    key = found.work.key
    told = [(key, _place(one), one.verdict.value, printable(one.value), printable(_who(one))) for one in found.fields]
    told += [(key, "record", "published", "", printable(f"{one.source}: {described(one)}")) for one in found.published]
    return told + link_rows(found)


def finding_rows(found: Confirmed) -> list[tuple[str, str, str, str, str]]:
    """Return the rows that a keeper must look at."""
    quiet = (Verdict.AGREES.value, Verdict.UNTOLD.value)
    return [row for row in rows(found) if row[2] not in quiet]


def link_rows(found: Confirmed) -> list[tuple[str, str, str, str, str]]:
    """Return the rows of links."""
    return [(found.work.key, one.field, one.state, one.address, printable(one.says)) for one in found.links]


def described(claim: Claim) -> str:
    """Return where and when a version was published, and its identifier."""
    record = claim.record
    named = next((f"{one.scheme}:{one.value}" for one in record.identifiers), claim.address)
    year = format_date(record.issued) if record.issued else ""
    return ", ".join(filter(None, (record.container_title, year, named)))


def silence(found: Sequence[Confirmed]) -> Iterator[str]:
    """Yield a line for each source that did not answer, with the first reason."""
    failed = {one.source: one.reason for each in reversed(found) for one in reversed(each.told.failures)}
    for source, reason in failed.items():
        yield f"no answer from {source}: {reason}; what it knows is missing"


def as_json(found: Confirmed) -> dict[str, Any]:
    """Return what was told of a work as plain data."""
    return {
        "key": found.work.key,
        "sources": list(found.sources),
        "fields": [_field(one) for one in found.fields],
        "published": [_published(one) for one in found.published],
        "links": [_link(one) for one in found.links],
        "unanswered": [{"source": one.source, "reason": one.reason} for one in found.told.failures],
    }


def _field(one: Field) -> dict[str, Any]:
    return {
        "version": one.version.value,
        "field": one.name,
        "verdict": one.verdict.value,
        "value": one.value,
        "agreeing": list(one.agreeing),
        "others": [{"source": source, "value": value} for source, value in one.others],
    }


def _published(claim: Claim) -> dict[str, Any]:
    record: Record = claim.record
    return {
        "source": claim.source,
        "container_title": record.container_title,
        "issued": format_date(record.issued) if record.issued else "",
        "identifiers": {one.scheme: one.value for one in record.identifiers},
        "address": claim.address,
    }


def _link(one: LinkState) -> dict[str, str]:
    return {"field": one.field, "address": one.address, "state": one.state, "says": one.says}

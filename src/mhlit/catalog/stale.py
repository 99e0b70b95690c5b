"""Which records of the catalog want another look: preprints, records not confirmed for a year, unconfirmed fields."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from mhlit.dates import format_date
from mhlit.model import Work


class Reason(StrEnum):
    """Why a record wants another look."""

    PREPRINT = "preprint"
    """The catalog knows no published version; one may be out."""
    OLD = "old"
    """It was not confirmed for a year."""
    UNCONFIRMED = "unconfirmed"
    """Fields of it rest on one weak source."""


class Stale(NamedTuple):
    """One reason to look at a work again."""

    key: str
    reason: Reason
    checked: str
    """The day the record was last confirmed, YYYY-MM-DD."""
    issued: str = ""
    """For a preprint, when it came out, as far as that is known."""
    fields: tuple[str, ...] = ()
    """The unconfirmed fields."""


def stale(works: Iterable[Work], today: date) -> list[Stale]:
    """Return what wants another look: the preprints that came out first, then what was confirmed longest ago."""
    found = [one for work in works for one in _of(work, today)]
    order = list(Reason)
    return sorted(found, key=lambda one: (order.index(one.reason), one.issued, one.checked, one.key))


def _of(work: Work, today: date) -> Iterator[Stale]:
    checked = work.provenance.checked
    if work.record is None:
        issued = work.preprint.issued if work.preprint else None
        yield Stale(work.key, Reason.PREPRINT, checked, format_date(issued) if issued else "")
    if not checked or date.fromisoformat(checked) <= _year_before(today):
        yield Stale(work.key, Reason.OLD, checked)
    if work.provenance.unconfirmed:
        yield Stale(work.key, Reason.UNCONFIRMED, checked, fields=work.provenance.unconfirmed)


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)

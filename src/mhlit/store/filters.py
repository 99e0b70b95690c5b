"""Which works are meant: filters by facet, author and year, checked and written as SQL."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from mhlit.text import words

Years = tuple[int | None, int | None]
Days = tuple[str, str]
_YEAR = re.compile(r"\d{4}", re.ASCII)
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)


class Filters(NamedTuple):
    """A selection of works: any value within one filter, and every filter."""

    facets: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """Facet name to values as the store has them."""
    authors: tuple[str, ...] = ()
    """Words of names: an author matches who bears them all."""
    years: tuple[Years, ...] = ()
    """First and last year, both included; None where a side is open."""
    added: tuple[Days, ...] = ()
    """First and last day a work was put into the library, as YYYY-MM-DD, both included."""

    def __bool__(self) -> bool:
        """Tell whether anything is filtered at all."""
        return any(self.facets.values()) or bool(self.authors or self.years or self.added)


def where(filters: Filters) -> tuple[str, list[object]]:
    """Return an SQL condition on the table `works` and its parameters."""
    conditions: list[str] = []
    parameters: list[object] = []
    for name, values in filters.facets.items():
        if values:
            marks = ", ".join("?" * len(values))
            conditions.append(f"works.id IN (SELECT work FROM facets WHERE name = ? AND value IN ({marks}))")
            parameters += [name, *values]
    for parts in (
        [_author(text) for text in filters.authors],
        [_year(years) for years in filters.years],
        [_added(days) for days in filters.added],
    ):
        if parts:
            conditions.append("(" + " OR ".join(condition for condition, _ in parts) + ")")
            parameters += [parameter for _, own in parts for parameter in own]
    return " AND ".join(conditions) or "1", parameters


def _author(text: str) -> tuple[str, list[object]]:
    """Return the condition that one author's name holds every word of `text`."""
    name_words = words(text)
    tests = " AND ".join("' ' || value || ' ' LIKE ?" for _ in name_words) or "0"
    return (
        # Not IN, which would read every author of a large library to narrow down a few works that were found.
        f"EXISTS (SELECT 1 FROM facets WHERE work = works.id AND name = 'author' AND {tests})",
        [f"% {word} %" for word in name_words],
    )


def _year(years: Years) -> tuple[str, list[object]]:
    first, last = years
    return "works.year BETWEEN ? AND ?", [first if first is not None else 0, last if last is not None else 9999]


def _added(days: Days) -> tuple[str, list[object]]:
    condition = "works.id IN (SELECT work FROM facets WHERE name = 'added' AND value BETWEEN ? AND ?)"
    return condition, [*days]


def parse_years(text: str) -> tuple[int | None, int | None]:
    """Read a year or a range of years as first and last, both included: ``2024``, ``2023..2025``, ``2024..``.

    Raises ValueError with a message for the user where the text is none of these.
    """
    first, dots, last = text.partition("..")
    if not all(_YEAR.fullmatch(part) for part in (first, last) if part) or not (first or last):
        raise ValueError(f"not a year or a range of years: {text!r}")
    if not dots:
        return int(first), int(first)
    low, high = (int(part) if part else None for part in (first, last))
    if low is not None and high is not None and low > high:
        raise ValueError(f"the range of years runs backwards: {text!r}")
    return low, high


def parse_days(text: str) -> Days:
    """Read a day, month, year or a range of them as first and last day: ``2026-11``, ``2026-11-02..``, ``..2025``.

    Raises ValueError with a message for the user where the text is none of these.
    """
    first, dots, last = text.partition("..")
    if not all(_DAY.fullmatch(part) for part in (first, last) if part) or not (first or last):
        raise ValueError(f"not a day or a range of days: {text!r}")
    last = last if dots else first
    return first, f"{last}~" if last else "~"  # which sorts behind every digit and hyphen

"""The filters of the page: facets with their values and counts, as groups of check boxes."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mhlit.model import Status, Term
from mhlit.render.card import status_words
from mhlit.render.web.markup import text

# In their order: what each is called, and whether its values are shown at first.
FACETS = {
    "section": ("Section of a list", True),
    "resource": ("What it offers", True),
    "topic": ("Topic", False),
    "language": ("Language of the data", False),
    "year": ("Year", False),
    "venue": ("Venue", False),
    "has": ("To be had", False),
    "status": ("Record", True),
}
Facets = Mapping[str, Sequence[str]]
"""The values that a work has of each facet."""


class Value(NamedTuple):
    """One value of a facet, as it stands on the page."""

    name: str
    works: int
    label: str
    meaning: str


def groups(works: Sequence[Facets], vocabularies: Mapping[str, Sequence[Term]]) -> str:
    """Return a group for each facet that the works have; `vocabularies` gives the terms of those that are closed."""
    return "".join(_group(name, _values(name, works, vocabularies.get(name, ()))) for name in FACETS)


def _group(name: str, values: Sequence[Value]) -> str:
    if not values:
        return ""
    title, is_open = FACETS[name]
    rows = "".join(_row(name, value) for value in values)
    return (
        f"<details{' open' if is_open else ''}><summary>{title}</summary>\n"
        f'<fieldset><legend class="unseen">{title}</legend>\n{rows}</fieldset></details>\n'
    )


def _row(name: str, value: Value) -> str:
    meaning = f' title="{text(value.meaning)}"' if value.meaning else ""
    return (
        f'<label{meaning}><input type="checkbox" name="{name}" value="{text(value.name)}">'
        f' <span>{text(value.label)}</span> <span class="n">{value.works}</span></label>\n'
    )


def _values(name: str, works: Sequence[Facets], terms: Sequence[Term]) -> list[Value]:
    """Return the values that works have: sections and states in their own order, the last year, or the most, first."""
    counts = Counter(value for facets in works for value in facets.get(name, ()))
    known = {term.name: term for term in terms}
    order: Iterable[str] = sorted(counts, key=lambda value: (-counts[value], value))
    if name == "year":
        order = sorted(counts, reverse=True)
    elif name in ("section", "status"):
        order = (value for value in known if value in counts)
    return [Value(value, counts[value], *_said(name, value, known.get(value))) for value in order]


def _said(name: str, value: str, term: Term | None) -> tuple[str, str]:
    """Return what a value is called on the page, and what it means."""
    if term is None:
        return value, ""
    if name == "section":
        return re.sub(r"^\W+", "", term.title) or value, f"{term.group}: {term.definition}"
    if name == "language":
        return term.definition, ""
    if name == "status":
        return status_words(Status(value)), term.definition
    return value, term.definition

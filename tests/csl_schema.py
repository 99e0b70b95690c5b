"""A check of CSL-JSON data, written from the CSL 1.0.2 specification (appendices III and IV) and its JSON schema."""

from collections.abc import Iterator
from typing import Any

TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset "
    "document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation "
    "manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical "
    "personal_communication post post-weblog regulation report review review-book software song speech standard thesis "
    "treaty webpage".split()
)
STRINGS = frozenset(
    "abstract annote archive archive_collection archive_location archive-place authority call-number citation-key "
    "citation-label collection-title container-title container-title-short dimensions division DOI event event-title "
    "event-place genre ISBN ISSN jurisdiction keyword language license medium note original-publisher "
    "original-publisher-place original-title part-title PMCID PMID publisher publisher-place references reviewed-genre "
    "reviewed-title scale source status title title-short URL volume-title year-suffix journalAbbreviation "
    "shortTitle".split()
)
NUMBERS = frozenset(
    "chapter-number citation-number collection-number edition first-reference-note-number issue locator number "
    "number-of-pages number-of-volumes page page-first part-number printing-number section supplement-number version "
    "volume".split()
)
DATES = frozenset("accessed available-date event-date issued original-date submitted".split())
NAMES = frozenset(
    "author chair collection-editor compiler composer container-author contributor curator director editor "
    "editor-translator editorial-director executive-producer guest host illustrator interviewer narrator organizer "
    "original-author performer producer recipient reviewed-author script-writer series-creator translator".split()
)
NAME_PARTS = frozenset("family given dropping-particle non-dropping-particle suffix literal".split())


def problems(items: Any) -> Iterator[str]:
    """Yield what in a parsed CSL-JSON file does not follow the specification."""
    if not isinstance(items, list):
        yield "the file must be an array"
        return
    ids = [item.get("id") for item in items]
    if len(set(ids)) != len(ids):
        yield "ids must be unique"
    for item in items:
        for name, value in item.items():
            yield from (f"{item.get('id')}: {name}: {problem}" for problem in _value(name, value))
        yield from (f"{item.get('id')}: {name} is missing" for name in ("id", "type") if name not in item)


def _value(name: str, value: Any) -> Iterator[str]:
    if name == "id":
        if not isinstance(value, str | int) or not value:
            yield "must be a string or a number"
    elif name == "type":
        if value not in TYPES:
            yield f"{value!r} is no type"
    elif name == "custom":
        if not isinstance(value, dict):
            yield "must be an object"
    elif name in STRINGS or name in NUMBERS:
        if not isinstance(value, str) or not value:
            yield f"must be a string that is not empty, got {value!r}"
    elif name in NAMES:
        yield from _names(value)
    elif name in DATES:
        yield from _date(value)
    else:
        yield "is no variable"


def _names(value: Any) -> Iterator[str]:
    if not isinstance(value, list) or not value:
        yield "must be an array of names"
        return
    for one in value:
        if not set(one) <= NAME_PARTS or not all(isinstance(part, str) and part for part in one.values()):
            yield f"{one!r} is no name"
        if not ("literal" in one) ^ ("family" in one):
            yield f"{one!r} has a family name and a literal, or neither"


def _date(value: Any) -> Iterator[str]:
    parts = value.get("date-parts") if isinstance(value, dict) and set(value) == {"date-parts"} else None
    if not isinstance(parts, list) or not 1 <= len(parts) <= 2:
        yield f"{value!r} is no date"
        return
    for date in parts:
        if not 1 <= len(date) <= 3 or not all(type(part) is int for part in date):
            yield f"{date!r} must be one to three whole numbers"

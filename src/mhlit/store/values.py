"""What a person typed for a filter, made into the values that the store has."""

from collections.abc import Mapping, Sequence

from mhlit.errors import UsageError
from mhlit.store.filters import Days, Filters, parse_days, parse_years
from mhlit.store.reading import Store
from mhlit.text import fold, nearest

_CLOSED = {"reading": ("unread", "reading", "read"), "starred": ("yes",)}
"""What a reader can say of a work, whether or not any has been given it."""


def read_filters(store: Store, given: Mapping[str, Sequence[str]]) -> Filters:
    """Return the filters given by name and typed values. Raises UsageError for a value that does not exist."""
    facets = {
        name: tuple(dict.fromkeys(choose(store, name, text) for text in values))
        for name, values in given.items()
        if values and name not in ("year", "author", "added")
    }
    try:
        years = tuple(parse_years(text) for text in given.get("year", ()))
    except ValueError as error:
        raise UsageError(str(error), "write 2024, 2023..2025, 2024.. or ..2020") from None
    return Filters(facets, tuple(given.get("author", ())), years, _days(given.get("added", ())))


def _days(texts: Sequence[str]) -> tuple[Days, ...]:
    try:
        return tuple(map(parse_days, texts))
    except ValueError as error:
        raise UsageError(str(error), "write 2026-11-22, 2026-11, 2025..2026-06 or 2026-11..") from None


def choose(store: Store, facet: str, text: str) -> str:
    """Return the value of a facet that `text` names, by its name or its definition, folded.

    Raises UsageError, with the nearest values or all of them, where there is none.
    """
    terms = {term.name: term.definition for term in store.vocabulary(facet)}
    terms |= dict.fromkeys(_CLOSED.get(facet, ()), "")
    for value, _ in store.facet_counts(facet, Filters()):
        terms.setdefault(value, "")
    wanted = fold(text)
    for name, definition in terms.items():
        if wanted and wanted in (fold(name), fold(definition)):
            return name
    meant = nearest(text, terms) if wanted else []
    hint = f"did you mean {' or '.join(meant)}?" if meant else f"mhlit facets {facet} lists the values"
    if not terms:
        hint = f"nothing has a {facet} yet"
    elif not meant and len(terms) <= 10:
        hint = f"{facet} is one of {', '.join(terms)}"
    raise UsageError(f"there is no {facet} {text!r}", hint)

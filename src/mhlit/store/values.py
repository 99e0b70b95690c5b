"""What a person typed for a filter, made into the values that the store has."""

from collections.abc import Mapping, Sequence

from mhlit.errors import UsageError
from mhlit.store.filters import Filters, parse_years
from mhlit.store.reading import Store
from mhlit.text import fold, nearest


def read_filters(store: Store, given: Mapping[str, Sequence[str]]) -> Filters:
    """Return the filters given by name and typed values. Raises UsageError for a value that does not exist."""
    facets = {
        name: tuple(dict.fromkeys(choose(store, name, text) for text in values))
        for name, values in given.items()
        if values and name not in ("year", "author")
    }
    try:
        years = tuple(parse_years(text) for text in given.get("year", ()))
    except ValueError as error:
        raise UsageError(str(error), "write 2024, 2023..2025, 2024.. or ..2020") from None
    return Filters(facets, tuple(given.get("author", ())), years)


def choose(store: Store, facet: str, text: str) -> str:
    """Return the value of a facet that `text` names, by its name or its definition, folded.

    Raises UsageError, with the nearest values or all of them, where there is none.
    """
    terms = {term.name: term.definition for term in store.vocabulary(facet)}
    for value, _ in store.facet_counts(facet, Filters()):
        terms.setdefault(value, "")
    wanted = fold(text)
    for name, definition in terms.items():
        if wanted and wanted in (fold(name), fold(definition)):
            return name
    meant = nearest(text, terms) if wanted else []
    hint = f"did you mean {' or '.join(meant)}?" if meant else f"mhlit facets {facet} lists the values"
    if not meant and len(terms) <= 10:
        hint = f"{facet} is one of {', '.join(terms)}"
    raise UsageError(f"there is no {facet} {text!r}", hint)

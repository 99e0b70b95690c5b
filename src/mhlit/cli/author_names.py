"""Authors as they write themselves, in place of the folded names by which they are found."""

from collections.abc import Iterable

from mhlit.names import folded_name, natural, parse_name
from mhlit.store.reading import Store


def author_names(store: Store, works: Iterable[int]) -> dict[str, str]:
    """Return the names of the authors of works in natural order, by their folded form: ``yann le cun``."""
    names: dict[str, str] = {}
    for (authors,) in store.rows([*works], ("authors",)):
        for text in str(authors or "").split("; "):
            try:
                name = parse_name(text)
            except ValueError:  # a group whose name has commas; it stays folded
                continue
            names.setdefault(folded_name(name), natural(name))
    return names

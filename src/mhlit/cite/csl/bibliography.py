"""The items that are cited together, in the form citeproc-py wants: their order, their numbers, their ambiguities."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from citeproc import DATES, NAMES, VARIABLES
from citeproc.source import CitationItem, Date, Name, Reference
from citeproc.string import String

from mhlit.cite.csl.typography import hide, marked

Item = Mapping[str, Any]
"""A CSL-JSON item."""

_VERBATIM = frozenset(("DOI", "URL", "PMID", "PMCID", "ISBN", "ISSN", "page", "volume", "issue", "number"))
_NAMES, _DATES, _KNOWN = (frozenset(name.replace("_", "-") for name in names) for names in (NAMES, DATES, VARIABLES))


class Variables(Reference):
    """The variables of one item. Upstream's constructor warns of every variable that is newer than CSL 1.0.1."""

    def __init__(self, key: str, item: Item) -> None:
        """Take what CSL 1.0.1 knows of an item."""
        fields = {name.replace("-", "_"): _value(name, value) for name, value in item.items() if name in _KNOWN}
        dict.__init__(self, fields, key=key, type=item["type"])


def _value(name: str, value: Any) -> Any:
    if name in _NAMES:
        return [Name(**{part: hide(text.replace("'", "’")) for part, text in one.items()}) for one in value]
    if name in _DATES:
        return Date(**dict(zip(("year", "month", "day"), value["date-parts"][0], strict=False)))
    return String(hide(value) if name in _VERBATIM else marked(value))


class Cite(CitationItem):
    """One item where it is cited. Its key is of our own, e0001 …: upstream folds the case of ids."""

    def __init__(self, place: int, variables: Variables, bibliography: "Bibliography") -> None:
        """Cite the item at a place among those given."""
        super().__init__(variables["key"])
        self.place = place
        self.variables = variables
        self.cited_in = bibliography

    @property
    def reference(self) -> Variables:
        """Return the item's variables."""
        found: Variables = self["variables"]
        return found

    @property
    def authors(self) -> Sequence[Name]:
        """Return the item's authors."""
        found: Sequence[Name] = self.reference.get("author", ())
        return found

    @property
    def bibliography(self) -> "Bibliography":
        """Return the bibliography the item stands in."""
        found: Bibliography = self["cited_in"]
        return found


class Bibliography:
    """Items that are cited together. Its attributes are those that citeproc-py asks for."""

    def __init__(self, root: Any, items: Sequence[Item]) -> None:
        """Put the items into the order of a style, and tell apart those whose citations would be the same."""
        self.formatter = root.formatter
        self.given = [Cite(place, Variables(f"e{place:04d}", item), self) for place, item in enumerate(items)]
        self._order(self.given)
        layout = (root.bibliography if root.bibliography is not None else root.citation).layout
        self._order(layout.sort_bibliography(self.given))

    def _order(self, cites: Iterable[Cite]) -> None:
        self.items = list(cites)
        self.keys = [cite.key for cite in self.items]

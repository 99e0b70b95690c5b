"""Tell apart works whose citations would read the same: given names, more names, a title, a letter after the year.

Source: CSL 1.0.2, "Disambiguation"; the methods in the order in which pandoc and citeproc-js try them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from citeproc.string import String

from mhlit.cite.csl.bibliography import Bibliography, Cite
from mhlit.cite.csl.rules import initials
from mhlit.cite.csl.state import INITIALS, WHOLE, State

Groups = list[list[Cite]]


def disambiguate(root: Any, bibliography: Bibliography) -> None:
    """Set in the style's state, and in the variables of the cites, what tells the cites apart."""
    if len(bibliography.items) < 2:
        return
    citation, state = root.citation, root.state_of_rendering
    rule = citation.get("givenname-disambiguation-rule", "by-cite")
    by_given_name = citation.get("disambiguate-add-givenname") == "true"
    if by_given_name and rule != "by-cite":
        _name_persons(state, bibliography.items, rule)
    groups = _alike(root, bibliography.items)
    if by_given_name and rule == "by-cite":
        groups = [rest for group in groups for rest in _add_given_names(root, group)]
    if citation.get("disambiguate-add-names") == "true":
        groups = [rest for group in groups for rest in _add_names(root, group, 0)]
    if root.asks_for_more:
        groups = [rest for group in groups for rest in _say_more(root, group)]
    if citation.get("disambiguate-add-year-suffix") == "true":
        _add_letters(root, groups)


def _alike(root: Any, cites: Iterable[Cite]) -> Groups:
    """Return the groups of cites that render the same."""
    groups = defaultdict(list)
    layout = root.citation.layout
    for cite in cites:
        groups[layout.citation(cite)].append(cite)
    return [group for group in groups.values() if len(group) > 1]


def _name_persons(state: State, cites: Iterable[Cite], rule: str) -> None:
    """Give those who share a family name their initials, or where these are the same too their given name."""
    bearers = defaultdict(set)
    primary = rule.startswith("primary-name")
    for cite in cites:
        for name in cite.authors[: 1 if primary else None]:
            bearers[name.get("family", "")].add(name.get("given", ""))
    for family, given in bearers.items():
        for one in given:
            rivals = [_initials(other) for other in given if other != one]
            if one and rivals:
                clear = rule.endswith("with-initials") or _initials(one) not in rivals
                state.given_names["", (family, one)] = INITIALS if clear else WHOLE
    state.only_primary = primary


def _initials(given: str) -> str:
    return initials(given, ".", True)


def _add_given_names(root: Any, group: list[Cite]) -> Groups:
    """Show initials, or else given names, of the authors that split a group; return the groups that they do not."""
    given_names = root.state_of_rendering.given_names
    for place in range(min(len(cite.authors) for cite in group)):
        persons = {cite.key: _person(cite, place) for cite in group}
        if len(set(persons.values())) == 1:
            continue
        before = {person: given_names.get(person, 0) for person in persons.items()}
        for form in (INITIALS, WHOLE):
            given_names.update(dict.fromkeys(before, form))
            parts = _alike(root, group)
            if not parts or len(parts[0]) < len(group):
                return [rest for part in parts for rest in _add_given_names(root, part)]
        given_names.update(before)
    return [group]


def _person(cite: Cite, place: int) -> tuple[str, str]:
    name = cite.authors[place]
    return name.get("family", ""), name.get("given", "")


def _add_names(root: Any, group: list[Cite], shown: int) -> Groups:
    """Show as many more names as split the group; return the groups that no number of names splits."""
    least_names = root.state_of_rendering.least_names
    most = max(len(cite.authors) for cite in group)
    for least in range(shown + 1, most + 1):
        least_names.update((cite.key, least) for cite in group)
        parts = _alike(root, group)
        if not parts or len(parts[0]) < len(group):
            return [rest for part in parts for rest in _add_names(root, part, least)]
    least_names.update((cite.key, shown) for cite in group)
    return [group]


def _say_more(root: Any, group: list[Cite]) -> Groups:
    """Let the style say what it says of ambiguous works (often a title); return the groups that stay the same."""
    root.state_of_rendering.ambiguous.update(cite.key for cite in group)
    return _alike(root, group)


def _add_letters(root: Any, groups: Groups) -> None:
    for group in groups:
        for letter, cite in zip(_letters(), group, strict=False):
            cite.reference["year_suffix"] = String(letter)
            issued = cite.reference.get("issued")
            if issued and not root.has_year_suffix:
                issued["suffix"] = letter


def _letters() -> Iterator[str]:
    """Yield a, b … z, aa, ab and so on."""
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    yield from alphabet
    for first in _letters():
        yield from (first + letter for letter in alphabet)

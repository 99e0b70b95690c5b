"""The elements that print names, and the keys that references are sorted by, corrected."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from citeproc import model
from citeproc.source import VariableError

from mhlit.cite.csl import rules, typography
from mhlit.cite.csl.completion import TAG
from mhlit.cite.csl.element import Element
from mhlit.cite.csl.state import WHOLE, State
from mhlit.text import unaccented

_MARKUP = re.compile(r"<[^>]+>")


class Name(Element, model.Name):
    """The names of one role."""

    def process(self, item: Any, variable: str, context: Any = None, sort_options: Any = None, **options: Any) -> Any:
        """Return the names, with what tells their works apart. Upstream does nothing to disambiguate."""
        least = self.state().least_names.get(item.key, 0)
        if variable == "author" and sort_options is None and least > self.get_option("et-al-use-first", context):
            enough = least >= len(item.reference.get(variable, ()))
            sort_options = {"et-al-use-first": least, **({"et-al-min": 0} if enough else {})}
        with self._given_names(item, variable, context):
            text = super().process(item, variable, context, sort_options, **options)
        return self._unless_repeated(text)

    def _unless_repeated(self, text: Any) -> Any:
        """Return names, or the style's subsequent-author-substitute where the reference before begins with the same."""
        state = self.state()
        if state.first_names is not None or isinstance(text, int):
            return text
        state.first_names = str(text)
        if state.first_names != state.names_before:
            return text
        return self.own_style().bibliography.get("subsequent-author-substitute", text)

    @contextmanager
    def _given_names(self, item: Any, variable: str, context: Any) -> Iterator[None]:
        """Let short names bear, for a while, the given names that tell their bearers apart."""
        state = self.state()
        names = item.reference.get(variable)
        if not state.given_names or not names or self.get_option("form", context) != "short":
            yield
            return
        mark = self.get_option("initialize-with", context)
        few = 1 if state.only_primary else len(names)
        borne = [self._with_given_name(state, item, name, mark) for name in names[:few]]
        item.reference[variable] = [*borne, *names[few:]]
        try:
            yield
        finally:
            item.reference[variable] = names

    def _with_given_name(self, state: State, item: Any, name: Any, mark: str | None) -> Any:
        family, given = name.get("family", ""), name.get("given", "")
        form = state.given_names.get(("", (family, given))) or state.given_names.get((item.key, (family, given)))
        if not form or not given:
            return name
        shown = given if form == WHOLE or mark is None else rules.initials(given, mark, True)
        parts = (shown, name.get("non-dropping-particle", ""), family)
        return type(name)(family=" ".join(part.strip() for part in parts if part))

    def initialize(self, given: str, mark: str, context: Any) -> str:
        """Return initials. Upstream abbreviates where the style says not to, and stumbles over "Jen-tse"."""
        element = self if context is None else context
        while element.tag not in (f"{TAG}citation", f"{TAG}bibliography"):
            element = element.getparent()
        initialize = self.get("initialize") or element.get("initialize") or self.get_root().get("initialize")
        if initialize == "false":
            return rules.respace_initials(given, mark)
        return rules.initials(given, mark, self.get_option("initialize-with-hyphen", context))


class NamePart(Element, model.Name_Part):
    """The given or the family part of a name."""


class Names(Element, model.Names):
    """The names of one or more roles, with their labels."""

    def process(self, item: Any, names_context: Any = None, context: Any = None, **options: Any) -> Any:
        """Return the names, unless they stood in for others.

        Upstream prints a role twice that has stood in for a missing one, and gives a substitute the form of the names
        it stands in for only where no condition is between them.
        """
        state = self.state()
        roles = self.get("variable").split()
        state.called += 1
        if state.suppressed.intersection(roles):
            return None
        if names_context is None and self.find("cs:name", self.nsmap) is None:
            names_context = next(self.iterancestors(f"{TAG}names"), None)
        text = super().process(item, names_context, context, **options)
        return state.called_with(text, *roles) if any(role in item.reference for role in roles) else text


class Substitute(Element, model.Substitute):
    """What stands in for names that are missing."""

    def render(self, item: Any, context: Any = None, **options: Any) -> Any:
        """Return the first that has a text, and keep the variables it has used from being printed again."""
        state = self.state()
        for child in self:
            before = len(state.rendered)
            try:
                text = child.render(item, context=context, **options)
            except VariableError:
                continue
            if text:
                state.suppressed |= frozenset(state.rendered[before:])
                return text
        return None


class Key(Element, model.Key):
    """A key to sort by."""

    def sort_keys(self, items: Any, context: Any) -> list[Any]:
        """Return a key an item. Upstream compares code points, so that É comes after Z, and markup with the text."""
        keys = []
        for item in items:
            self.state().begin()
            (key,) = super().sort_keys([item], context)
            keys.append(unaccented(_MARKUP.sub("", str(key)).translate(typography.SHOW)) if key else None)
        return keys


ELEMENTS = {
    "name": Name,
    "name-part": NamePart,
    "names": Names,
    "substitute": Substitute,
    "key": Key,
}

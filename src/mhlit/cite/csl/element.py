"""What every corrected element does: look things up once, keep the state of its style, mend case and page ranges."""

from collections.abc import Callable
from typing import Any

from citeproc.string import String

from mhlit.cite.csl import rules
from mhlit.cite.csl.completion import TAG
from mhlit.cite.csl.state import State


class Element:
    """Mixed in before a class of citeproc-py's; each method says what is wrong or slow there."""

    def own_style(self: Any) -> Any:
        """Return the root of the style, from an element of the style or of one of its locales."""
        root = self.get_root()
        return root if root.tag == f"{TAG}style" else root.style

    def state(self) -> State:
        """Return the state of the style."""
        state: State = self.own_style().state_of_rendering
        return state

    def once(self, key: object, make: Callable[[], Any]) -> Any:
        """Return what `make` makes, made once for a style. Upstream searches the tree by XPath every time."""
        memory = self.own_style().memory
        if key not in memory:
            memory[key] = make()
        return memory[key]

    def get_macro(self, name: str) -> Any:
        """Return a macro."""
        return self.own_style().macros[name]

    def get_term(self, name: str, *rest: Any, **options: Any) -> Any:
        """Return a term of the style's locales."""
        make = super().get_term  # type: ignore[misc]  # the element this is mixed into has it
        return self.once(("term", name, rest, tuple(options.items())), lambda: make(name, *rest, **options))

    def get_layout(self: Any) -> Any:
        """Return the layout this element stands in, found by walking up."""
        element = self
        while element.tag != f"{TAG}layout":
            element = element.getparent()
        return element

    def case(self: Any, text: Any, language: str | None = "en") -> Any:
        """Return text in the element's text-case.

        Upstream skips title case where no language is told ("(eds.)" in APA), does not know the parts of a
        compound, and gives a capital to words that have one inside ("ArXiv") or begin with a digit ("5Th").
        """
        case = self.get("text-case")
        if case == "title" and (language or "en") == "en":
            return String(rules.title_case(str(text)))
        if case == "capitalize-first":
            return String(rules.capitalize_first(str(text)))
        return super().case(text, language or "en")  # type: ignore[misc]  # the element this is mixed into has it

    def _format_last_page(self: Any, first: str, last: str) -> str:
        """Return the last page of a range. Upstream takes a wrong branch for chicago-16 (2579–2605 for 2579–605)."""
        return rules.last_page(first, last, self.get_root().get_option("page-range-format"))

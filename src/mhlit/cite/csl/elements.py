"""The elements of a CSL style as citeproc-py renders them, corrected: one class an element, one method a correction.

citeproc-py 0.11 turns each XML element into an object of the class of its name. Here those that it gets wrong are
derived and given to a parser of our own, so that nothing of citeproc-py itself is changed.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from citeproc import model
from citeproc.source import VariableError
from citeproc.string import join
from lxml import etree

from mhlit.cite.csl import content, people
from mhlit.cite.csl.completion import NAMESPACE
from mhlit.cite.csl.element import Element
from mhlit.cite.csl.state import State


class Style(Element, model.Style):
    """The root of a style. lxml makes it, so that `prepare` stands for a constructor."""

    def prepare(self, locales: Iterable[Any], formatter: Any) -> None:
        """Set the locales to search, the formatter, and what is looked up often."""
        self.memory: dict[Any, Any] = {}
        self.forget()
        self.language = self.get("default-locale", "en")[:2]
        self.formatter = formatter
        self.macros = {macro.get("name"): macro for macro in self.findall("cs:macro", self.nsmap)}
        self.has_year_suffix = bool(self.xpath_search(".//cs:text[@variable='year-suffix']"))
        self.asks_for_more = bool(self.xpath_search(".//*[@disambiguate='true']"))
        self.bibliography = self.find("cs:bibliography", self.nsmap)
        self.citation = self.find("cs:citation", self.nsmap)
        self.citation.cites = []  # every citation is the first of its work
        self.locales = list(locales)
        for locale in self.locales:
            locale.style = self

    def own_style(self) -> Any:
        """Return the style itself."""
        return self

    def forget(self) -> None:
        """Forget the items that were rendered."""
        self.state_of_rendering = State()


class Layout(Element, model.Layout):
    """The layout of a citation or of a reference."""

    repressed: ClassVar[dict[str, Any]] = {}
    """Upstream's list of what is not to be repeated, which stays empty: `State.suppressed` is ours."""

    def reference(self, item: Any) -> tuple[str, str]:
        """Return a reference in two parts: what stands in the margin (a number) and the rest.

        Upstream runs them together ("33.Khraishi"); CSL's second-field-align puts the first field in a margin.
        """
        state = self.state()
        state.begin(after=state.first_names)
        if self.getparent().get("second-field-align") is None:
            return "", self._whole(item)
        texts = [_rendered(child, item) for child in self]
        rest = join([text for text in texts[1:] if text is not None])
        return str(texts[0] or ""), str(self.format(self.wrap(rest)))

    def citation(self, item: Any) -> str:
        """Return the in-text citation of one item."""
        self.state().begin()
        return self._whole(item)

    def _whole(self, item: Any) -> str:
        return str(self.format(self.wrap(self.render_children(item))) or "")


def _rendered(child: Any, item: Any) -> Any:
    try:
        return child.render(item)
    except VariableError:
        return None


def lookup() -> Any:
    """Return lxml's lookup of a class by the name of an element: a corrected one, or upstream's with what all share."""
    corrected: dict[str, Any] = {"style": Style, "layout": Layout, **content.ELEMENTS, **people.ELEMENTS}
    table = etree.ElementNamespaceClassLookup()
    namespace = table.get_namespace(NAMESPACE)
    namespace[None] = model.CitationStylesElement
    for upstream in model.CitationStylesElement.__subclasses__():
        name = upstream.__name__.replace("_", "-").lower()
        plain = upstream if name == "locale" else type(upstream.__name__, (Element, upstream), {})
        namespace[name] = corrected.get(name, plain)
    return table

"""Load a CSL style, and render items with it: references in the style's order, in-text citations."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from citeproc import LANGUAGE_NAMES, LOCALES_PATH, PRIMARY_DIALECTS
from citeproc.formatter import html
from lxml import etree

from mhlit.cite.csl import typography
from mhlit.cite.csl.bibliography import Bibliography, Item
from mhlit.cite.csl.check import check
from mhlit.cite.csl.completion import TAG, complete
from mhlit.cite.csl.disambiguation import disambiguate
from mhlit.cite.csl.elements import lookup


class Formatter:
    """citeproc-py's HTML formatter, but that texts of the style and of locales are hidden as those of items are."""

    preformat = staticmethod(typography.hide)
    Italic, Oblique, Bold, Light = html.Italic, html.Oblique, html.Bold, html.Light
    Underline, Superscript, Subscript, SmallCaps = html.Underline, html.Superscript, html.Subscript, html.SmallCaps


class Rendered(NamedTuple):
    """One reference: the place of its item among those given, what stands in the margin, and its text."""

    place: int
    margin: str
    text: str


class Engine:
    """A style, ready to render."""

    def __init__(self, source: Any) -> None:
        """Read a style from a path or a binary file. Raises lxml's XMLSyntaxError, BrokenStyle."""
        parser = _parser()
        self.root = etree.parse(source, parser).getroot()
        check(self.root)
        complete(self.root)
        self.root.prepare(_locales(self.root, parser), Formatter)
        self._inside = self.root.get_locale_option("punctuation-in-quote") == "true"
        outer, inner = (
            (self._term(f"open-{inner}quote"), self._term(f"close-{inner}quote")) for inner in ("", "inner-")
        )
        self._quotes = (outer, inner)

    def _term(self, name: str) -> str:
        return str(self.root.get_single_term(name=name))

    def references(self, items: Sequence[Item]) -> list[Rendered]:
        """Return the references of items in the style's order."""
        bibliography = self._bibliography(items)
        layout = self.root.bibliography.layout
        found = []
        for cite in bibliography.items:
            margin, text = layout.reference(cite)
            found.append(Rendered(cite["place"], self._finished(margin), self._finished(text)))
        return found

    def citations(self, items: Sequence[Item]) -> list[str]:
        """Return the in-text citation of each item, in the order of the items."""
        bibliography = self._bibliography(items)
        layout = self.root.citation.layout
        return [self._finished(layout.citation(cite)) for cite in bibliography.given]

    def _bibliography(self, items: Sequence[Item]) -> Bibliography:
        self.root.forget()
        bibliography = Bibliography(self.root, items)
        disambiguate(self.root, bibliography)
        return bibliography

    def _finished(self, text: str) -> str:
        return typography.quoted(typography.tidy(text, self._inside), *self._quotes).strip()


def _parser() -> Any:
    """Return an XML parser that makes corrected elements, and neither expands entities nor asks the network."""
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, no_network=True, resolve_entities=False)
    parser.set_element_class_lookup(lookup())
    return parser


_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def _locales(root: Any, parser: Any) -> Iterator[Any]:
    """Yield the locales to search: the style's own, then files, each from the dialect to the language to US English."""
    dialect = root.get("default-locale", "en-US")
    language = dialect.partition("-")[0]
    own = {locale.get(_LANG): locale for locale in root.findall(f"{TAG}locale")}
    for lang in dict.fromkeys((dialect, language, None)):
        if lang in own:
            yield own[lang]
    for lang in dict.fromkeys((dialect, PRIMARY_DIALECTS.get(language, "en-US"), "en-US")):
        if lang in LANGUAGE_NAMES:
            yield etree.parse(f"{LOCALES_PATH}/locales-{lang}.xml", parser).getroot()

"""Read the XML of strangers: no entity is expanded, no document type fetched, nothing nested without end.

Source: XML 1.0, §2.8 and §4.2. What defusedxml does for ElementTree is these few lines over the standard library's
expat; a document type that only names its DTD, as PubMed's do, is passed over.
"""

from html.entities import html5
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from mhlit.sources.source import Unreadable

_DEEPEST = 200


def parse(body: bytes) -> Element:
    """Return the root of a document; names are `{namespace}name`.

    Raises Unreadable where it is not well-formed, declares an entity, has a DTD inside, or is nested too deeply.
    """
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    depth = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise Unreadable("its XML is nested too deeply")
        builder.start(_named(name), {_named(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_named(name))

    def skipped(name: str, is_parameter: bool) -> None:
        """Take an entity that only a DTD declares, which is not read, as HTML has it: nothing is lost."""
        builder.data("" if is_parameter else html5.get(f"{name};", ""))

    parser.buffer_text = True
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _no_dtd_inside
    parser.SkippedEntityHandler = skipped
    parser.EntityDeclHandler = _no_entity
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, ValueError, LookupError) as error:  # the others: of an encoding nobody knows
        raise Unreadable(f"its XML is broken: {error}") from None
    return builder.close()


def _named(name: str) -> str:
    return "{" + name if "}" in name else name


def _no_dtd_inside(_name: str, _system: str | None, _public: str | None, has_internal_subset: int) -> None:
    if has_internal_subset:
        raise Unreadable("its XML declares a document type of its own, which is refused")


def _no_entity(*_: Any) -> None:
    raise Unreadable("its XML declares entities, which is refused")


def text_of(element: Element | None) -> str:
    """Return the text of an element and of all that it holds, without markup, one space between words."""
    return "" if element is None else " ".join("".join(element.itertext()).split())

"""Read XML that comes from outside: no entity is declared or fetched, no tree is deeper than it needs to be.

Sources: W3C, *Extensible Markup Language 1.0*, 5th edition, §4; OWASP, *XML External Entity Prevention*.
"""

from html.entities import html5
from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from mhlit.sources.source import Unreadable

_DEEPEST = 100
"""No format that is read here nests a tenth of it."""


def parse_xml(body: bytes) -> Element:
    """Return the root of a document; names of a namespace are `{address}name`, as in ElementTree.

    A DOCTYPE that only names its DTD, as PubMed's, is passed over and nothing is fetched. Raises `Unreadable` where a
    document declares anything of its own, nests too deeply, or is not well-formed.
    """
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _doctype
    parser.EntityDeclHandler = _entity
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise Unreadable(f"XML nested more than {_DEEPEST} deep")
        builder.start(_name(name), {_name(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_name(name))

    def skipped(name: str, is_parameter: bool) -> None:
        """Take an entity that only the DTD declares, which is not read, as HTML has it."""
        builder.data("" if is_parameter else html5.get(f"{name};", ""))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.SkippedEntityHandler = skipped
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        raise Unreadable(f"no well-formed XML: {error}") from None
    except (LookupError, ValueError) as error:  # an encoding that is not known, or not supported
        raise Unreadable(f"XML in an encoding that is not read: {error}") from None
    return builder.close()


def _name(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def _doctype(_name: str, _system: str | None, _public: str | None, has_internal_subset: bool) -> None:
    if has_internal_subset:
        _refuse()


def _entity(*_: object) -> None:
    _refuse()


def _refuse() -> NoReturn:
    raise Unreadable("XML that declares entities of its own")


def text_of(element: Element | None) -> str:
    """Return the text of an element and of all that it holds, without markup, one space between words."""
    return "" if element is None else " ".join("".join(element.itertext()).split())

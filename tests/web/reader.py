"""Read a page as a browser's parser would: elements with their attributes and text."""

from html.parser import HTMLParser
from typing import NamedTuple

_VOID = {"meta", "link", "input", "br", "img"}


class Element(NamedTuple):
    """One element: its tag, attributes, the text inside, and the tags it stands in."""

    tag: str
    attributes: dict[str, str]
    text: str
    within: tuple[str, ...]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Element] = []
        self.open: list[tuple[str, dict[str, str], list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in _VOID:
            self.found.append(Element(tag, attributes, "", tuple(name for name, _, _ in self.open)))
        else:
            self.open.append((tag, attributes, []))

    def handle_endtag(self, tag: str) -> None:
        opened, attributes, pieces = self.open.pop()
        assert opened == tag, f"<{opened}> is closed by </{tag}>"
        self.found.append(Element(tag, attributes, "".join(pieces), tuple(name for name, _, _ in self.open)))

    def handle_data(self, data: str) -> None:
        for _, _, pieces in self.open:
            pieces.append(data)


def read(page: str) -> list[Element]:
    """Return the elements of a page, inner ones first. Fails where a tag is not closed where it should be."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader.found


def all_of(elements: list[Element], tag: str, of_class: str = "") -> list[Element]:
    """Return the elements of a tag and, where one is named, a class."""
    return [
        one
        for one in elements
        if one.tag == tag and (not of_class or of_class in one.attributes.get("class", "").split())
    ]

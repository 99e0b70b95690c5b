"""A rendered reference as plain text, Markdown, HTML, or runs of text with their styles."""

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple

from mhlit.cite.csl.typography import SHOW
from mhlit.formats.writers import html, markdown

_TAG = re.compile(r"(<[^>]+>)")
_ADDRESS = re.compile(r"https?://[^\s<>“”]+[^\s<>“”.,;:)\]]")
_HTML = {"small-caps": ('<span style="font-variant: small-caps">', "</span>"), "l": ("", "")}
_MARKDOWN = {"i": ("*", "*"), "b": ("**", "**"), "sup": ("<sup>", "</sup>"), "sub": ("<sub>", "</sub>")}


class Run(NamedTuple):
    """A stretch of plain text, and the tags it stands in: `i`, `b`, `u`, `sup`, `sub`, `small-caps`."""

    text: str
    tags: tuple[str, ...]


def runs(text: str) -> Iterator[Run]:
    """Yield the stretches of a rendered reference."""
    tags: list[str] = []
    for part in _TAG.split(text):
        if part.startswith("</"):
            if tags:
                tags.pop()
        elif part.startswith("<"):
            tags.append("small-caps" if "small-caps" in part else part.strip("<>").split(" ")[0])
        elif part:
            yield Run(part.translate(SHOW), tuple(tags))


def as_text(text: str) -> str:
    """Return a reference as plain text."""
    return "".join(run.text for run in runs(text))


def as_markdown(text: str) -> str:
    """Return a reference in Markdown, its addresses as links."""
    pieces = []
    for run in runs(text):
        opening = "".join(_MARKDOWN.get(tag, ("", ""))[0] for tag in run.tags)
        closing = "".join(_MARKDOWN.get(tag, ("", ""))[1] for tag in reversed(run.tags))
        # A marker beside a space would not be read as one.
        start, body, end = re.fullmatch(r"(\s*)(.*?)(\s*)", run.text, re.DOTALL).groups()  # type: ignore[union-attr]  # it matches any text
        inner = _linked(body, markdown.escape, lambda url: f"<{url}>")
        pieces.append(f"{start}{opening}{inner}{closing}{end}" if body else run.text)
    return "".join(pieces)


def as_html(text: str) -> str:
    """Return a reference in HTML, its addresses as links."""
    pieces = []
    for run in runs(text):
        opening = "".join(_HTML.get(tag, (f"<{tag}>", ""))[0] for tag in run.tags)
        closing = "".join(_HTML.get(tag, ("", f"</{tag}>"))[1] for tag in reversed(run.tags))
        inner = _linked(run.text, lambda part: escape(part, quote=False), lambda url: html.link(escape(url), url))
        pieces.append(f"{opening}{inner}{closing}")
    return "".join(pieces)


def _linked(text: str, escaped: Callable[[str], str], link: Callable[[str], str]) -> str:
    """Return text with its addresses linked and all else escaped."""
    pieces = []
    end = 0
    for found in _ADDRESS.finditer(text):
        pieces += [escaped(text[end : found.start()]), link(found.group())]
        end = found.end()
    return "".join((*pieces, escaped(text[end:])))

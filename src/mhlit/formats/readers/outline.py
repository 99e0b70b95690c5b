"""Read an awesome list whole: every line of it under its headings, read or not, so that none is lost.

What `mhlit.formats.readers.awesome` reads as references are lines here too; besides, an item may go on in the items
below it, a heading may be the title of an entry whose text tells the rest (``### Title`` and ``Cite: …``), and fields
may be labelled (``Authors: …``). What looks like a listing and cannot be read is a line without an entry.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mhlit.formats.readers.awesome import HIDDEN
from mhlit.formats.readers.blocks import Block, Blocks
from mhlit.formats.readers.marked import from_markdown
from mhlit.formats.readers.pieces import title_of
from mhlit.formats.readers.references import entry_of, is_whole
from mhlit.formats.readers.section import Heading, Read, Section
from mhlit.formats.readers.source import Lines
from mhlit.formats.readers.tables import rows
from mhlit.model import Entry


class Line(NamedTuple):
    """One listing of a list, or what looks like one."""

    headings: tuple[str, ...]
    """The headings it stands under, as printed, the outermost first; those that are entries themselves do not count."""
    text: str
    """The line as listed, on one line, without the bullet."""
    number: int
    """The line of the file it begins at, from 1."""
    entry: Entry | None
    """None where it could not be read."""

    @property
    def heading(self) -> str:
        """Return the nearest heading, an empty string where there is none."""
        return self.headings[-1] if self.headings else ""


class Outline(NamedTuple):
    """A list as it was read."""

    title: str
    """The first heading; empty where there is none."""
    lines: tuple[Line, ...]


_HEADING = re.compile(
    r"^ {0,3}(?P<signs>#{1,6})[ \t]+(?P<text>[^\n]*?)[ \t]*#*[ \t]*$"
    r"|^(?P<under>[^\s>|#*+-][^\n|]*)\n(?P<line>=+|-{3,})[ \t]*$"
    r"|^[ \t]*+<h(?P<html>[1-6])[^>]*>(?P<inside>.{0,300}?)</h(?P=html)>"
    r"|^[ \t]*+(?:<details>)?[ \t]*+<summary>(?P<summary>.{0,300}?)</summary>",
    re.MULTILINE | re.DOTALL,
)
# HTML that begins or ends an item or a paragraph.
_TAG = re.compile(
    r"<(?P<item>li)(?:\s[^<>\n]*)?>|<(?P<break>p|ul|ol|div|center|br\s*/?>[ \t]*<br\s*/?)(?:\s[^<>\n]*)?>"
    r"|</(?:p|li|ul|ol|div|center)>"
)
_DEFINITION = re.compile(r"^ {0,3}\[[^\[\]\n]+\]:[ \t]+\S[^\n]*", re.MULTILINE)
_SHORTEST = 40
"""No reference has fewer characters."""
_QUOTE = re.compile(r"^(?P<signs>(?:[ \t]{0,3}>)+)(?P<rest>[^\n]*)", re.MULTILINE)


def read_outline(text: str) -> Outline:
    """Read a list; `text` is repaired where it was garbled (`awesome.repair`)."""
    shown = HIDDEN.sub(_hidden, text)
    shown = _QUOTE.sub(_unquoted, shown)
    shown = _TAG.sub(_apart, shown)
    shown = _DEFINITION.sub(lambda found: " " * len(found.group()), shown)
    lines = Lines(text)
    headings = list(_headings(shown))
    tables = list(rows(shown, lines, untitled=True))
    reader = Blocks(shown, lines)
    found: list[Line] = []
    above: list[Heading] = []
    first = 0
    for place, heading in enumerate([Heading(0, 0, 0, ""), *headings]):
        end = headings[place].start if place < len(headings) else len(text)
        section = Section(shown, text, heading, end, lines)
        last = first
        while last < len(tables) and tables[last][0][0] < end:
            last += 1
        blocks = reader.all(heading.end, end, [one for one in tables[first:last] if one[0][0] >= heading.end])
        first = last
        if heading.text and (own := _as_entry(section, blocks)):
            around = _texts(one for one in above if one.level < heading.level)
            found += [Line(around, *line) for line in own]
            continue
        above = [*(one for one in above if one.level < heading.level), heading]
        found += [Line(_texts(above), *line) for line in section.listed(blocks)]
    title = next((heading.text for heading in headings), "")
    return Outline(title, tuple(found))


def _as_entry(section: Section, blocks: Sequence[Block]) -> list[Read]:
    """Return the listing that a heading is, and those that follow what tells of it; none where it is a section's."""
    if own := section.as_entry(blocks):
        return [own]
    many = section.told_first(blocks)
    own = section.until(blocks[many - 1].end).as_entry(blocks[:many]) if many else None
    return [own, *section.listed(blocks[many:])] if own else []


def _hidden(found: re.Match[str]) -> str:
    """Return code and comments as blanks of the same length; but a reference that is set as code stays."""
    fence, *code, end = found.group().split("\n") if found[1] and "\n" in found.group() else ("", "")
    inside = "\n".join(code).strip()
    if inside and inside[0] not in "@{<" and _holds_references(inside):
        return "\n".join([" " * len(fence), *code, " " * len(end)])
    return re.sub(r"[^\n]", " ", found.group())


def _holds_references(code: str) -> bool:
    if entry_of(from_markdown(code), Lines(code)):
        return True
    rows = [line for line in code.split("\n") if line.strip()]
    return all(len(line) > _SHORTEST and entry_of(from_markdown(line), Lines(line)) for line in rows)


def _unquoted(found: re.Match[str]) -> str:
    """Return a quoted line without its signs, of the same length; a whole reference is an item."""
    signs = " " * (len(found["signs"]) - 1) + ("-" if is_whole(found["rest"].strip()) else " ")
    return signs + found["rest"]


def _apart(found: re.Match[str]) -> str:
    """Return a tag as what it does in Markdown, of the same length: it begins an item, or a line of its own."""
    sign = "\n- " if found["item"] else "\n\n" if found["break"] else ""
    return sign.ljust(len(found.group()))


def _texts(headings: Iterable[Heading]) -> tuple[str, ...]:
    return tuple(heading.text for heading in headings if heading.text)


def _headings(text: str) -> Iterator[Heading]:
    for found in _HEADING.finditer(text):
        if found["signs"]:
            level, part = len(found["signs"]), "text"
        elif found["under"]:
            level, part = (1 if found["line"][0] == "=" else 2), "under"
        else:
            level, part = int(found["html"] or 6), "inside" if found["inside"] else "summary"
        marked = from_markdown(found[part] or "")
        labels = " ".join(link.label for link in marked.links)
        shown = " ".join(marked.text.split()) or labels
        if found["under"] and (marked.links or len(shown.split()) > 12):  # a paragraph above a line across the page
            continue
        yield Heading(found.start(), found.end(), level, shown, found.start(part), title_of(marked) or labels)

"""The listings of one section of an awesome list: what stands between two headings, item by item.

An item may go on in the items below it; a heading may itself be the title of the one entry that its text tells of.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mhlit.formats.readers.addresses import leads_to_a_paper, links
from mhlit.formats.readers.blocks import Block, with_links, without_bullet
from mhlit.formats.readers.labelled import is_cite_label, is_labelled, labelled_entry
from mhlit.formats.readers.marked import from_markdown
from mhlit.formats.readers.pieces import under_title
from mhlit.formats.readers.source import Lines
from mhlit.identifiers import recognise
from mhlit.likeness.titles import Likeness, likeness
from mhlit.model import Entry
from mhlit.text import squash


class Heading(NamedTuple):
    """A heading and where it stands; the text before the first heading has an empty one."""

    start: int
    end: int
    level: int
    text: str
    """Without markup."""
    inside: int = 0
    """Where its text begins."""
    title: str = ""
    """What would be the title if the heading is one: without a number before it, or a venue behind it."""


_CONTENTS = re.compile(
    r"(?:table of )?contents?|toc|contribut\w*|licen[cs]e|acknowledge?ments?|citation|cite|star history"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FENCED = re.compile(r"^[ \t]*(```|~~~)[^\n]*\n(?P<code>.*?)^[ \t]*\1", re.MULTILINE | re.DOTALL)
_FEWEST_WORDS = 3
_TAGS_AROUND = re.compile(
    r"^(?:\s*</?(?:li|p|ul|ol|div|center)(?:\s[^<>]*)?>)+|(?:</?(?:li|p|ul|ol|div|center|br)\s*/?>\s*)+$"
)
_LONGEST_ENTRY = 400
"""No entry below its title has so many words."""

Read = tuple[str, int, Entry | None]
"""A line as listed, the number of its line in the file, and its entry where it could be read."""


class Section:
    """What stands between two headings."""

    def __init__(self, shown: str, text: str, heading: Heading, end: int, lines: Lines) -> None:
        self._shown = shown
        self._text = text
        self._heading = heading
        self._end = end
        self._lines = lines

    def as_entry(self, blocks: Sequence[Block]) -> Read | None:
        """Return what the section tells where its heading is the title, or the name, of one listing."""
        title = self._heading.title
        if not title or _CONTENTS.fullmatch(title.lower().strip(" :")):
            return None
        start, end = self._heading.end, self._end
        body = self._shown[start:end]
        coded = self._bibtex(start, end)
        cited = [block for block in blocks if is_cite_label(self._shown, self._heading.end, block.start)]
        read = [block.entry for block in blocks if block.entry]
        entry = next((block.entry for block in cited if block.entry), None)
        if entry is None and coded and len(read) <= 1:
            entry = coded
        if entry is None and len(read) == 1 and _is_named(title, read[0].record.title):
            entry = read[0]
        if entry is None and not read:
            entry = labelled_entry(body, start, (title, self._heading.start), self._lines) or self._titled(title)
        elif len([one for one in read if one is not entry and not _is_named(title, one.record.title)]) > 1:
            return None
        if entry is None:
            return None
        own = next((block for block in blocks if block.entry is entry), None)
        text = self._one_line(own.start, own.end) if own else self._one_line(self._heading.start, end)
        number = self._lines.place(self._heading.start, self._heading.start).line
        head = self._shown[self._heading.start : end]
        return text, number, with_links(entry, head, self._heading.start, self._lines)

    def until(self, end: int) -> "Section":
        """Return its beginning."""
        return Section(self._shown, self._text, self._heading, end, self._lines)

    def told_first(self, blocks: Sequence[Block]) -> int:
        """Return how many of the first paragraphs are labelled fields that name the authors of what the heading is."""
        many = 0
        while many < len(blocks) and is_labelled(self._shown[blocks[many].start : blocks[many].end]):
            many += 1
        start = self._heading.end
        body = self._shown[start : blocks[many - 1].end] if many else ""
        entry = labelled_entry(body, start, (self._heading.title, self._heading.start), self._lines)
        return many if entry and entry.record.authors else 0

    def _titled(self, title: str) -> Entry | None:
        """Return the entry of a heading that is a title by all that follows it."""
        start = self._heading.end
        marked = from_markdown(self._shown[start : self._end], start)
        heading = from_markdown(self._shown[self._heading.inside : start], self._heading.inside)
        if len(title.split()) > _FEWEST_WORDS and leads_to_a_paper(self._shown[self._heading.start : start]):
            return under_title(heading, marked, self._lines, linked=True)
        papers = [link for link in links(self._shown[start : self._end]) if recognise(link)]
        if len(title.split()) <= _FEWEST_WORDS or len(papers) > 2 or len(marked.text.split()) > _LONGEST_ENTRY:
            return None
        entry = under_title(heading, marked, self._lines)
        bare = len(marked.text.split()) < _FEWEST_WORDS and bool(papers)  # nothing but the link to the paper
        return entry if entry and (entry.record.authors or bare) else None

    def _bibtex(self, start: int, end: int) -> Entry | None:
        """Return the one entry of BibTeX that stands in the section as code."""
        from mhlit.formats.readers.bibtex import read

        found = [
            (code, entry) for code in _FENCED.finditer(self._text, start, end) for entry in read(code["code"]).entries
        ]
        if len(found) != 1:
            return None
        code, entry = found[0]
        by = code.start("code")
        fields = (
            field._replace(name_start=field.name_start + by, start=field.start + by, end=field.end + by)
            for field in entry.fields
        )
        return entry._replace(fields=tuple(fields), place=self._lines.place(start, end))

    def listed(self, blocks: Sequence[Block]) -> Iterator[Read]:
        """Yield the listings of the section, and what looks like one."""
        among = any(block.entry for block in blocks)
        for block in blocks:
            if block.entry or self._looks_like_one(block, among):
                number = self._lines.place(block.start, block.start).line
                yield self._one_line(block.start, block.end), number, block.entry

    def _looks_like_one(self, block: Block, among: bool) -> bool:
        text = self._shown[block.start : block.end]
        found = links(text)
        if leads_to_a_paper(text):
            return True
        marked = from_markdown(text)
        if len(marked.text.split()) < _FEWEST_WORDS:
            return False
        dated = _YEAR.search(marked.text) is not None
        first = any(not marked.text[:start].strip("-*+• ") for start, _ in marked.bold)
        return (block.is_item and among and bool(found or first or dated)) or (bool(found) and dated)

    def _one_line(self, start: int, end: int) -> str:
        text = self._text[start:end]
        if text.lstrip().startswith("|"):
            return " ".join(text.split())
        return " ".join(_TAGS_AROUND.sub("", without_bullet(text).lstrip("#> ")).split())


def _is_named(heading: str, title: str) -> bool:
    """Tell whether a heading is a title, or the name a title begins with."""
    name = squash(re.sub(r"^[\W\d]+", "", heading)) or squash(heading)
    return likeness(heading, title) >= Likeness.PART or (len(name) > 3 and squash(title).startswith(name))

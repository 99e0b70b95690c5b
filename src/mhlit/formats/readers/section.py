"""The listings of one section of an awesome list: what stands between two headings, item by item.

An item may go on in the items below it; a heading may itself be the title of the one entry that its text tells of.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mhlit.formats.readers.awesome import items_and_paragraphs
from mhlit.formats.readers.labelled import is_cite_label, is_labelled, labelled_entry, without_label
from mhlit.formats.readers.marked import Span, from_markdown
from mhlit.formats.readers.pieces import is_sound, is_told_well, piecewise, under_title
from mhlit.formats.readers.records import mentions
from mhlit.formats.readers.references import entry_of, link_field
from mhlit.formats.readers.source import Lines
from mhlit.formats.readers.tables import CELL
from mhlit.identifiers import recognise
from mhlit.likeness.titles import Likeness, likeness
from mhlit.model import Entry, SourceField, Version
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


class _Block(NamedTuple):
    """Stretches of a section that belong together: an item with the items below it, a paragraph, a row."""

    start: int
    end: int
    entry: Entry | None
    is_item: bool


_BULLET = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_CONTENTS = re.compile(
    r"(?:table of )?contents?|toc|contribut\w*|licen[cs]e|acknowledge?ments?|citation|cite|star history"
)
_LINE = re.compile(r"[^\n]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FENCED = re.compile(r"^[ \t]*(```|~~~)[^\n]*\n(?P<code>.*?)^[ \t]*\1", re.MULTILINE | re.DOTALL)
_NO_PAPER = re.compile(
    r"https?://(?:www\.)?(?:img\.shields\.io|shields\.io|awesome\.re|visitor-badge|badge|star-history|api\.star-history"
    r"|creativecommons\.org|opensource\.org|choosealicense|makeapullrequest|github\.com/[^/\s]+/[^/\s]+/(?:issues|pulls?|graphs|blob))",
    re.IGNORECASE,
)
# Where papers are published, also where the rest of the address is no identifier.
_PAPERS = re.compile(
    r"https?://(?:[\w-]+\.)*(?:aclanthology\.org|aclweb\.org|arxiv\.org|openreview\.net|doi\.org|dl\.acm\.org|nature\.com"
    r"|aaai\.org|ijcai\.org|neurips\.cc|nips\.cc|mlr\.press|pnas\.org|science\.org|springer\.com|sciencedirect\.com|wiley\.com"
    r"|ieee\.org|jmir\.org|frontiersin\.org|plos\.org|mdpi\.com|tandfonline\.com|sagepub\.com|thelancet\.com"
    r"|bmj\.com|biomedcentral\.com|ncbi\.nlm\.nih\.gov|(?:bio|med)rxiv\.org|ssrn\.com|isca-speech\.org)/\S",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3
_TAGS_AROUND = re.compile(
    r"^(?:\s*</?(?:li|p|ul|ol|div|center)(?:\s[^<>]*)?>)+|(?:</?(?:li|p|ul|ol|div|center|br)\s*/?>\s*)+$"
)
_DEEPEST = 6
"""Items are read as one with those below them to this depth."""
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

    def blocks(self, tables: Sequence[tuple[Span, list[Entry]]]) -> list[_Block]:
        """Return the items, paragraphs and rows of the section in their order."""
        found: list[_Block] = []
        start = self._heading.end
        for (begin, stop), entries in tables:
            found += self._between(start, begin)
            found += self._table(begin, stop, entries)
            start = stop
        return [*found, *self._between(start, self._end)]

    def _table(self, begin: int, stop: int, entries: Sequence[Entry]) -> Iterator[_Block]:
        """Yield every row of a table but the heading and the line below it."""
        by_line = {entry.place.line: entry for entry in entries if entry.place}
        for found in list(_LINE.finditer(self._shown, begin, min(stop, self._end)))[2:]:
            cells = (cell.span() for cell in CELL.finditer(self._shown, *found.span()))
            read = [self._cell(*cell) for cell in cells]
            whole = next((entry for entry in read if entry and entry.record.authors), None)
            titled = by_line.get(self._lines.place(*found.span()).line)
            linked = next((entry for entry in read if entry and _is_linked(entry)), None)
            if titled and titled.record.authors:
                whole = titled
            yield _Block(found.start(), found.end(), whole or titled or linked, is_item=True)

    def _cell(self, start: int, end: int) -> Entry | None:
        marked = from_markdown(self._shown[start:end], start)
        entry = entry_of(marked, self._lines)
        return entry if entry and is_told_well(entry) else piecewise(marked, self._lines)

    def _between(self, start: int, end: int) -> Iterator[_Block]:
        found = items_and_paragraphs(self._shown, start, end)
        spans = [span for paragraph in found for span in self._lines_apart(*paragraph)]
        place = 0
        while place < len(spans):
            below = self._below(spans, place)
            if below == place + 1:
                yield self._block(*spans[place])
            else:
                yield from self._family(spans[place:below])
            place = below

    def _lines_apart(self, start: int, end: int) -> list[Span]:
        """Return a paragraph cut before each of its lines that is a reference, where more than one is."""
        lines = [found.span() for found in _LINE.finditer(self._shown, start, end)]
        if len(lines) < 2 or _BULLET.match(self._shown, start, end):
            return [(start, end)]
        own = [line[0] for line in lines if entry_of(from_markdown(self._shown[slice(*line)]), self._lines)]
        if len(own) < 2:
            return [(start, end)]
        starts = [start, *(one for one in own if one > lines[0][0])]
        return list(zip(starts, [*starts[1:], end], strict=True))

    def _below(self, spans: Sequence[Span], place: int) -> int:
        """Return the place after the items that are indented below an item."""
        indent = self._indent(spans[place])
        after = place + 1
        if indent < 0 and not self._is_title(spans[place]):
            return after
        while after < len(spans) and self._indent(spans[after]) > indent:
            after += 1
        told = sum(is_labelled(self._shown[slice(*span)]) for span in spans[place + 1 : after])
        return after if indent >= 0 or told * 2 > after - place - 1 else place + 1

    def _is_title(self, span: Span) -> bool:
        """Tell whether a paragraph is nothing but what is bold or a link."""
        marked = from_markdown(self._shown[slice(*span)])
        stretches = (*marked.bold, *marked.linked)
        return any(len(marked.text.strip(" .:\n")) - (end - start) < _FEWEST_WORDS for start, end in stretches)

    def _indent(self, span: Span) -> int:
        """Return how far an item is indented, -1 for what is no item."""
        bullet = _BULLET.match(self._shown, *span)
        if bullet is None:
            return -1
        start = self._shown[span[0] : bullet.end()].expandtabs(4)
        return len(start) - len(start.lstrip())

    def _family(self, spans: Sequence[Span], depth: int = 0) -> Iterator[_Block]:
        """Yield an item with those below it: one listing where these tell of it, else each is one."""
        blocks = [self._block(*span) for span in spans]
        head, *below = blocks
        own = [block for block in below if block.entry and (_is_whole(block.entry) or _is_linked(block.entry))]
        same = head.entry and all(
            block.entry and likeness(block.entry.record.title, head.entry.record.title) for block in own
        )
        if own and not same and not (len(own) == 1 and self._names(head, own[0])):
            if head.entry or _links(self._shown[head.start : head.end]):
                yield head
            place = 1
            while place < len(spans):
                after = self._below(spans, place) if depth < _DEEPEST else place + 1
                inner = spans[place:after]
                yield from self._family(inner, depth + 1) if len(inner) > 1 else [blocks[place]]
                place = after
            return
        yield _Block(spans[0][0], spans[-1][1], self._joined(spans, blocks, own), is_item=True)

    def _joined(self, spans: Sequence[Span], blocks: Sequence[_Block], own: Sequence[_Block]) -> Entry | None:
        whole = self._shown[spans[0][0] : spans[-1][1]]
        marked = from_markdown(whole, spans[0][0])
        entry = labelled_entry(whole, spans[0][0], self._title_of(spans[0]), self._lines)
        entry = entry or blocks[0].entry or (own[0].entry if own else None)
        return _with_links(entry or piecewise(marked, self._lines), whole, spans[0][0], self._lines)

    def _title_of(self, span: Span) -> tuple[str, int]:
        bullet = _BULLET.match(self._shown, *span)
        start = bullet.end() if bullet else span[0]
        marked = from_markdown(self._shown[start : span[1]], start)
        title = next((marked.text[slice(*bold)] for bold in (*marked.bold, *marked.linked)), marked.text)
        return " ".join(title.split()), start

    def _names(self, head: _Block, own: _Block) -> bool:
        name = squash(from_markdown(_without_bullet(self._shown[head.start : head.end])).text)
        return bool(own.entry and name and squash(own.entry.record.title).startswith(name))

    def _block(self, start: int, end: int) -> _Block:
        start, labelled = without_label(self._shown, start, end)
        is_item = _BULLET.match(self._shown, start, end) is not None or labelled
        text = self._shown[start:end]
        marked = from_markdown(text, start)
        entry = entry_of(marked, self._lines)
        entry = entry if entry and is_sound(entry) else None
        if entry is None or (entry.type == "listing" and not is_told_well(entry)):
            pieces = None if is_labelled(text) else piecewise(marked, self._lines)
            entry = pieces if pieces and (is_item or _is_told_of(pieces)) else entry
        return _Block(start, end, entry, is_item)

    def as_entry(self, blocks: Sequence[_Block]) -> Read | None:
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
        return text, number, _with_links(entry, head, self._heading.start, self._lines)

    def _titled(self, title: str) -> Entry | None:
        """Return the entry of a heading that is a title by all that follows it."""
        start = self._heading.end
        marked = from_markdown(self._shown[start : self._end], start)
        heading = from_markdown(self._shown[self._heading.inside : start], self._heading.inside)
        if len(title.split()) > _FEWEST_WORDS and _leads_to_a_paper(self._shown[self._heading.start : start]):
            return under_title(heading, marked, self._lines, linked=True)
        links = [link for link in _links(self._shown[start : self._end]) if recognise(link)]
        if len(title.split()) <= _FEWEST_WORDS or len(links) > 2 or len(marked.text.split()) > _LONGEST_ENTRY:
            return None
        entry = under_title(heading, marked, self._lines)
        bare = len(marked.text.split()) < _FEWEST_WORDS and bool(links)  # nothing but the link to the paper
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

    def listed(self, blocks: Sequence[_Block]) -> Iterator[Read]:
        """Yield the listings of the section, and what looks like one."""
        among = any(block.entry for block in blocks)
        for block in blocks:
            if block.entry or self._looks_like_one(block, among):
                number = self._lines.place(block.start, block.start).line
                yield self._one_line(block.start, block.end), number, block.entry

    def _looks_like_one(self, block: _Block, among: bool) -> bool:
        text = self._shown[block.start : block.end]
        links = _links(text)
        if _leads_to_a_paper(text):
            return True
        marked = from_markdown(text)
        if len(marked.text.split()) < _FEWEST_WORDS:
            return False
        dated = _YEAR.search(marked.text) is not None
        first = any(not marked.text[:start].strip("-*+• ") for start, _ in marked.bold)
        return (block.is_item and among and bool(links or first or dated)) or (bool(links) and dated)

    def _one_line(self, start: int, end: int) -> str:
        text = self._text[start:end]
        if text.lstrip().startswith("|"):
            return " ".join(text.split())
        return " ".join(_TAGS_AROUND.sub("", _without_bullet(text).lstrip("#> ")).split())


def _without_bullet(text: str) -> str:
    text = text.lstrip()
    bullet = _BULLET.match(text)
    return text[bullet.end() :] if bullet else text


def _links(text: str) -> list[str]:
    found = (link.address for link in from_markdown(text).links)
    return [link for link in found if link.startswith("http") and not _NO_PAPER.match(link)]


def _leads_to_a_paper(text: str) -> bool:
    return any(recognise(link) or _PAPERS.match(link) for link in _links(text))


def _is_whole(entry: Entry) -> bool:
    return bool(entry.record.title and (entry.record.authors or entry.record.issued))


def _is_linked(entry: Entry) -> bool:
    """Tell whether an entry is a title that leads to a paper."""
    paper = any(field.name in ("url", "pdf") and _PAPERS.match(field.value) for field in entry.fields)
    return bool(paper or entry.mentions) and len(entry.record.title.split()) > _FEWEST_WORDS


def _is_told_of(entry: Entry) -> bool:
    """Tell whether a paragraph is a listing, and no prose: it names people and a date, and leads somewhere."""
    return is_told_well(entry) and any(field.name in ("url", "pdf", "doi") for field in entry.fields)


def _is_named(heading: str, title: str) -> bool:
    """Tell whether a heading is a title, or the name a title begins with."""
    name = squash(re.sub(r"^[\W\d]+", "", heading)) or squash(heading)
    return likeness(heading, title) >= Likeness.PART or (len(name) > 3 and squash(title).startswith(name))


def _with_links(entry: Entry | None, text: str, start: int, lines: Lines) -> Entry | None:
    """Return an entry with the links that stand around it, which tell what it is."""
    if entry is None:
        return None
    known = {field.value for field in entry.fields}
    links = [link for link in from_markdown(text, start).links if link.address not in known]
    added = [link_field(link.label, link.address, link.start, link.end) for link in links]
    fields = (*entry.fields, *added)
    found = mentions(fields, eprint_is_arxiv=True)
    record = entry.record._replace(url=entry.record.url or _first_address(added))
    place = lines.place(start, start + len(text))
    every = tuple(dict.fromkeys((*entry.mentions, *found)))
    base = entry._replace(record=record, fields=fields, mentions=every, place=place)
    for mention in found:
        identifier = mention.identifier
        stands_there = identifier.scheme != "doi" or identifier.value in fields[mention.field].value
        if identifier.scheme == "arxiv" and record.version is not Version.PREPRINT:
            base = base._replace(eprint=base.eprint or identifier)
        elif stands_there and not base.record.identifier(identifier.scheme):
            identifiers = (*base.record.identifiers, identifier)
            base = base._replace(record=base.record._replace(identifiers=identifiers))
    return base


def _first_address(fields: Iterable[SourceField]) -> str:
    return next((field.value for field in fields if field.name in ("url", "pdf")), "")

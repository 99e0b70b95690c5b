"""The items, paragraphs and rows of a stretch of a list: each with what stands below it, where that tells of it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mhlit.formats.readers.addresses import is_paper, links
from mhlit.formats.readers.awesome import items_and_paragraphs
from mhlit.formats.readers.labelled import is_labelled, labelled_entry, without_label
from mhlit.formats.readers.marked import Span, from_markdown
from mhlit.formats.readers.pieces import is_sound, is_told_well, piecewise
from mhlit.formats.readers.records import mentions
from mhlit.formats.readers.references import entry_of, link_field
from mhlit.formats.readers.source import Lines
from mhlit.formats.readers.tables import CELL
from mhlit.likeness.titles import likeness
from mhlit.model import Entry, SourceField, Version
from mhlit.text import squash


class Block(NamedTuple):
    """Stretches of a section that belong together: an item with the items below it, a paragraph, a row."""

    start: int
    end: int
    entry: Entry | None
    is_item: bool


class _Part(NamedTuple):
    """An item or a paragraph by itself."""

    block: Block
    begin: int
    """Where it begins with its label."""
    indent: int
    """How far an item is indented; -1 for what is no item."""
    is_title: bool
    """Whether it is a paragraph of nothing but what is bold or a link."""
    is_told: bool
    """Whether it begins with the label of what is told of a work."""


_BULLET = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_LINE = re.compile(r"[^\n]+")
_FEWEST_WORDS = 3
_DEEPEST = 6
"""Items are read as one with those below them to this depth."""


class Blocks:
    """Reads stretches of a list."""

    def __init__(self, shown: str, lines: Lines) -> None:
        """Take the list as it is read, and its lines."""
        self._shown = shown
        self._lines = lines

    def all(self, start: int, end: int, tables: Iterable[tuple[Span, list[Entry]]]) -> list[Block]:
        """Return the items, paragraphs and rows of a stretch in their order."""
        found: list[Block] = []
        for (begin, stop), entries in tables:
            found += self._between(start, begin)
            found += self._rows(begin, min(stop, end), entries)
            start = stop
        return [*found, *self._between(start, end)]

    def _rows(self, begin: int, stop: int, entries: Sequence[Entry]) -> Iterator[Block]:
        """Yield every row of a table but the heading and the line below it."""
        by_line = {entry.place.line: entry for entry in entries if entry.place}
        for found in list(_LINE.finditer(self._shown, begin, stop))[2:]:
            titled = by_line.get(self._lines.place(*found.span()).line)
            cell = self._of_cells(*found.span())
            by_column = titled and (
                titled.record.authors or (titled.record.issued and not (cell and is_told_well(cell)))
            )
            yield Block(found.start(), found.end(), titled if by_column else cell or titled, is_item=True)

    def _of_cells(self, start: int, end: int) -> Entry | None:
        """Return the entry of the cell that tells of a work."""
        read = [self._cell(*cell.span()) for cell in CELL.finditer(self._shown, start, end)]
        found = [entry for entry in read if entry]
        whole = (entry for entry in found if entry.record.authors)
        return next(whole, None) or next((entry for entry in found if _is_linked(entry)), None)

    def _cell(self, start: int, end: int) -> Entry | None:
        marked = from_markdown(self._shown[start:end], start)
        entry = entry_of(marked, self._lines)
        return entry if entry and is_told_well(entry) else piecewise(marked, self._lines)

    def _between(self, start: int, end: int) -> Iterator[Block]:
        found = items_and_paragraphs(self._shown, start, end)
        parts = [self._part(*span) for paragraph in found for span in self._lines_apart(*paragraph)]
        place = 0
        while place < len(parts):
            below = _below(parts, place)
            yield from self._family(parts[place:below]) if below > place + 1 else [parts[place].block]
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

    def _part(self, begin: int, end: int) -> _Part:
        start, labelled = without_label(self._shown, begin, end)
        bullet = _BULLET.match(self._shown, begin, end)
        text = self._shown[start:end]
        marked = from_markdown(text, start)
        told = is_labelled(text)
        entry = entry_of(marked, self._lines)
        entry = entry if entry and is_sound(entry) else None
        is_item = bullet is not None or labelled
        if entry is None or (entry.type == "listing" and not is_told_well(entry)):
            pieces = None if told else piecewise(marked, self._lines)
            entry = pieces if pieces and (is_item or _is_told_of(pieces)) else entry
        before = self._shown[begin : bullet.end()].expandtabs(4) if bullet else ""
        indent = len(before) - len(before.lstrip()) if bullet else -1
        bare = len(marked.text.strip(" .:\n"))
        is_title = not bullet and any(bare - (b - a) < _FEWEST_WORDS for a, b in (*marked.bold, *marked.linked))
        return _Part(Block(start, end, entry, is_item), begin, indent, is_title, told)

    def _family(self, parts: Sequence[_Part], depth: int = 0) -> Iterator[Block]:
        """Yield an item with those below it: one listing where these tell of it, else each is one."""
        head, *below = (part.block for part in parts)
        own = [block for block in below if block.entry and (_is_whole(block.entry) or _is_linked(block.entry))]
        same = head.entry and all(
            block.entry and likeness(block.entry.record.title, head.entry.record.title) for block in own
        )
        if own and not same and not (len(own) == 1 and self._names(head, own[0])):
            if head.entry or links(self._shown[head.start : head.end]):
                yield head
            place = 1
            while place < len(parts):
                after = _below(parts, place) if depth < _DEEPEST else place + 1
                inner = parts[place:after]
                yield from self._family(inner, depth + 1) if len(inner) > 1 else [inner[0].block]
                place = after
            return
        yield Block(parts[0].begin, parts[-1].block.end, self._joined(parts, own), is_item=True)

    def _joined(self, parts: Sequence[_Part], own: Sequence[Block]) -> Entry | None:
        start, end = parts[0].begin, parts[-1].block.end
        whole = self._shown[start:end]
        entry = labelled_entry(whole, start, self._title_of(start, parts[0].block.end), self._lines)
        entry = entry or parts[0].block.entry or (own[0].entry if own else None)
        return with_links(entry or piecewise(from_markdown(whole, start), self._lines), whole, start, self._lines)

    def _title_of(self, begin: int, end: int) -> tuple[str, int]:
        bullet = _BULLET.match(self._shown, begin, end)
        start = bullet.end() if bullet else begin
        marked = from_markdown(self._shown[start:end], start)
        title = next((marked.text[slice(*bold)] for bold in (*marked.bold, *marked.linked)), marked.text)
        return " ".join(title.split()), start

    def _names(self, head: Block, own: Block) -> bool:
        name = squash(from_markdown(without_bullet(self._shown[head.start : head.end])).text)
        return bool(own.entry and name and squash(own.entry.record.title).startswith(name))


def _below(parts: Sequence[_Part], place: int) -> int:
    """Return the place after the items that are indented below an item, or that tell of a title before them."""
    head = parts[place]
    after = place + 1
    if head.indent < 0 and not head.is_title:
        return after
    while after < len(parts) and parts[after].indent > head.indent:
        after += 1
    told = sum(part.is_told for part in parts[place + 1 : after])
    return after if head.indent >= 0 or told * 2 > after - place - 1 else place + 1


def without_bullet(text: str) -> str:
    """Return an item without its bullet or number, and without the box of a task."""
    text = text.lstrip()
    bullet = _BULLET.match(text)
    return text[bullet.end() :] if bullet else text


def _is_whole(entry: Entry) -> bool:
    return bool(entry.record.title and (entry.record.authors or entry.record.issued))


def _is_linked(entry: Entry) -> bool:
    """Tell whether an entry is a title that leads to a paper."""
    paper = any(field.name in ("url", "pdf") and is_paper(field.value) for field in entry.fields)
    return bool(paper or entry.mentions) and len(entry.record.title.split()) > _FEWEST_WORDS


def _is_told_of(entry: Entry) -> bool:
    """Tell whether a paragraph is a listing, and no prose: it names people and a date, and leads somewhere."""
    return is_told_well(entry) and any(field.name in ("url", "pdf", "doi") for field in entry.fields)


def with_links(entry: Entry | None, text: str, start: int, lines: Lines) -> Entry | None:
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

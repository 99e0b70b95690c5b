"""Read Markdown lists of papers: items, paragraphs and table rows; text garbled by a wrong encoding is repaired.

The only place that knows ftfy, which is imported where a text looks garbled.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from mhlit.formats.readers import Problem, Reading
from mhlit.formats.readers.marked import Span
from mhlit.formats.readers.references import block_entry, blocks, reading
from mhlit.formats.readers.source import Lines
from mhlit.formats.readers.tables import rows
from mhlit.model import Entry

# Code and comments hold no references; they are blanked, so that everything else keeps its place.
HIDDEN = re.compile(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1[^\n]*|\Z)|<!--.*?(?:-->|\Z)", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"[^\n]*\n|[^\n]+$")
_ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+")
# A quotation below a title tells where it is from.
_QUOTED = re.compile(
    r"^[ \t]*(?:>[ \t]*)*(?:[*_]{0,2}(?:source|cite(?: as)?|citation|reference)[*_]{0,2}:[*_]{0,2}[ \t]+)?",
    re.MULTILINE | re.IGNORECASE,
)
_APART = re.compile(r"[ \t]*(?:#|\||>|[-=*_]{3,}[ \t]*$|$)")


def read(text: str) -> Reading:
    """Read every reference of a Markdown file."""
    lines = Lines(text)
    repaired, origins = repair(text)
    shown = HIDDEN.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), repaired)
    shown = _QUOTED.sub(lambda found: " " * len(found.group()), shown)
    entries = list(_entries(shown, Lines(shown)))
    if not origins:
        return reading(entries, text, lines)
    jumps = (place for place, (origin, next_one) in enumerate(pairwise(origins)) if next_one != origin + 1)
    place = next(jumps, 0)
    said = "text is garbled: UTF-8 was read in another encoding; it is read here as it was meant"
    garbled = Problem(said, lines.place(origins[place], origins[place + 1]), "mojibake")
    return reading([_moved(entry, origins, lines) for entry in entries], text, lines, [garbled])


def _entries(text: str, lines: Lines) -> Iterator[Entry]:
    """Yield the entries of tables, then of everything between them, in the order of the file."""
    found: list[Entry] = []
    end = 0
    for (start, stop), entries in rows(text, lines):
        found += _outside_tables(text, end, start, lines)
        found += entries
        end = stop
    yield from (*found, *_outside_tables(text, end, len(text), lines))


def _outside_tables(text: str, start: int, end: int, lines: Lines) -> Iterator[Entry]:
    for begin, stop in items_and_paragraphs(text, start, end):
        entry = block_entry(text, (begin, stop), lines)
        if entry:
            yield entry


def items_and_paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield list items, each with the lines that go on with it, and what `blocks` finds between headings and items."""
    block: list[Span] = []
    for line in (*(found.span() for found in _LINE.finditer(text, start, end)), (end, end)):
        apart = _APART.match(text, line[0], line[1]) is not None
        item = _ITEM.match(text, *line) is not None
        if block and (apart or item):
            yield from _cut(text, block)
            block = []
        if not apart:
            block.append(line)


def _cut(text: str, block: Sequence[Span]) -> Iterator[Span]:
    start, end = block[0][0], block[-1][1]
    if _ITEM.match(text, start, end):
        yield start, end
    else:
        yield from blocks(text, start, end)


def _moved(entry: Entry, origins: Sequence[int], lines: Lines) -> Entry:
    """Return an entry of repaired text with the places it has in the file."""
    fields = tuple(
        field._replace(name_start=origins[field.name_start], start=origins[field.start], end=origins[field.end])
        for field in entry.fields
    )
    place = entry.place
    return entry._replace(fields=fields, place=lines.place(origins[place.start], origins[place.end]) if place else None)


# The letters that the first and the later bytes of UTF-8 become in the codes it is mistaken for.
_FIRST, _LATER = bytes(range(0xC2, 0xF5)), bytes(range(0x80, 0xC0))
_GARBLED = re.compile(
    "|".join(
        f"[{re.escape(_FIRST.decode(code, 'ignore'))}][{re.escape(_LATER.decode(code, 'ignore'))}]"
        for code in ("latin-1", "cp1252", "mac_roman", "cp437")
    )
)


def repair(text: str) -> tuple[str, list[int]]:
    """Return the text with garbled lines repaired, and for each of its characters where it stood; none if all stand."""
    if text.isascii() or not _GARBLED.search(text):
        return text, []
    import ftfy

    lines = [found.group() for found in _LINE.finditer(text)]
    fixed = [ftfy.fix_encoding(line) if _GARBLED.search(line) else line for line in lines]
    if fixed == lines:
        return text, []
    # In a file that is garbled, short lines are too, of which alone nobody could tell.
    fixed = [
        _decoded(one) if one == line and _GARBLED.search(line) else one for line, one in zip(lines, fixed, strict=True)
    ]
    origins: list[int] = []
    start = 0
    for line, one in zip(lines, fixed, strict=True):
        origins += _aligned(line, one, start)
        start += len(line)
    return "".join(fixed), [*origins, len(text)]


def _decoded(line: str) -> str:
    """Return a line as it was before UTF-8 was read in another code; the line itself where it was in none."""
    for code in ("mac_roman", "cp1252", "latin-1", "cp437"):
        try:
            return line.encode(code).decode("utf-8")
        except UnicodeError:
            continue
    return line


def _aligned(line: str, fixed: str, start: int) -> Iterator[int]:
    """Yield where each character of a repaired line stood: one that differs stood as so many as it has bytes."""
    place = 0
    for character in fixed:
        yield start + min(place, len(line) - 1)
        same = line[place : place + 1] == character
        place += 1 if same else max(1, len(character.encode("utf-8", "replace")))

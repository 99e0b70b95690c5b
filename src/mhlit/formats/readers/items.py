"""Take apart items whose title nothing marks: ``(ACL 2024) Title. [[paper]](…)``, ``Title, Qi et al., ACL 2025. …``.

Read from the end: the links, then venue and year, then authors; what is left is the title. A piece that cannot be told
stays with the title, which is compared by the words it shares.
"""

import re
from bisect import bisect_left
from typing import NamedTuple

from mhlit.formats.readers.marked import Marked, Span
from mhlit.formats.readers.records import server_of
from mhlit.formats.readers.styles import Parts, is_byline, trimmed
from mhlit.identifiers import recognise
from mhlit.likeness.venues import read_venue

_BULLET = re.compile(r"\s*(?:(?:[-*+•–—]|\d{1,3}[.)]|\[[ xX]\]|[^\w\s\"“'‘(\[【]+)\s+)*")
_TAG = re.compile(
    r"[\[(【]\s*(?P<inside>[^\[\]()]{2,40}?)\s*[\])】][\s:.,]*|(?P<bare>[A-Za-z]+(?:\s[A-Z][A-Za-z]+){0,3}\s?[’'](?:20)?\d\d)\s+"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHORT_YEAR = re.compile(r"[A-Za-z]\s?[’']?\d\d$")
_DATE = re.compile(r"(?:[A-Z][a-z]{2,8}\.?\s+)?(?:19|20)\d\d(?:[-/.]\d{1,2}){0,2}")
# A journal that no list of venues has: words with capitals, and the year.
_NAMED_AND_DATED = re.compile(r"[A-Z][\w&-]*(?:\s(?:[A-Z][\w&-]*|of|and|the|in|for|on)){0,4},?\s\(?(?:19|20)\d\d")
_BREAK = re.compile(r"[,.;|(\[—–:\n]|\s-+\s")
# What parts authors from a title before them beyond doubt, unlike a comma.
_STRONG = re.compile(r"\s+[—–-]+\s+|\s*\|\s*|[.?!][\"”]?\s+|[\"”],?\s+|\n\s*|\s+\(")
_ET_AL = re.compile(r",\s+(?P<first>[^,]{2,40}?\s+et\.?\s+al)\b\.?$")
_NAMES_APART = re.compile(r",\s+(?:and\s+|&\s+)?|\s+and\s+|\s+&\s+")
_FULL_NAME = re.compile(r"[^\W\d_a-z][\w’'.-]*(?:\s(?:[^\W\d_a-z][\w’'.-]*|d[aei]|de[lnr]|v[ao]n|la|le|bin)){1,3}")
_PAPER = re.compile(
    r"(?:the\s+)?(?:paper|pdf|link|arxiv|doi|url|source|publication|article|acl|html|abs(?:tract)?)(?:\s+link)?",
    re.IGNORECASE,
)
_SPELT_OUT = ("Proceedings", "Findings", "Transactions", "Advances", "Journal", "International", "In Proceedings")
_FEWEST_WORDS, _MOST_WORDS = 3, 45
_LONGEST_VENUE = 5
_SIGNS = " .,;:—–-|()[]\n\t"


class _Tail(NamedTuple):
    """The end of an item: from where on it is no title, and where venue and year stand."""

    start: int
    imprint: Span = (0, 0)
    year: Span = (0, 0)


def take_item_apart(marked: Marked) -> Parts | None:
    """Return where title, authors and imprint stand; None where nothing tells that the text is of a paper."""
    bullet = _BULLET.match(marked.text)
    start = bullet.end() if bullet else 0
    tag, year, start = _tag(marked, start)
    end = _end(marked, start)
    tail = _tail(marked.text, start, end)
    authors = _authors(marked.text, start, tail.start, dated=tail.start < end) if tail.start > start else (0, 0)
    title = _title(marked.text, start, authors[0] if authors[1] else tail.start)
    if not _FEWEST_WORDS <= len(marked.text[slice(*title)].split()) <= _MOST_WORDS:
        return None
    if is_byline(marked.text[slice(*title)]) and not (authors[1] or tag[1]):  # a list of names, or a heading
        return None
    told = bool(tag[1] or authors[1] or any(c.isalpha() for c in marked.text[slice(*tail.imprint)]))
    if not marked.links or not (told or _leads_to_a_paper(marked)):
        return None
    if "et al" in marked.text[slice(*tag)]:
        authors, tag = _trimmed(marked.text, tag[0], year[0] or tag[1]), (0, 0)
    imprint = tag if any(c.isalpha() for c in marked.text[slice(*tag)]) else tail.imprint
    return Parts("listing" if told else "pointer", title, authors, year if year[1] else tail.year, imprint)


def _trimmed(text: str, start: int, end: int) -> Span:
    return trimmed(text, start, end, _SIGNS)


def _tag(marked: Marked, start: int) -> tuple[Span, Span, int]:
    """Return where a tag with a venue or year stands at the start, where its year, and where the text goes on."""
    found = _TAG.match(marked.text, start)
    if found is None:
        return (0, 0), (0, 0), start
    span = found.span("inside" if found["inside"] else "bare")
    year = _YEAR.search(marked.text, *span)
    if not year and not _SHORT_YEAR.search(marked.text[slice(*span)]) and not _is_venue(marked.text[slice(*span)]):
        return (0, 0), (0, 0), start
    return span, year.span() if year else (0, 0), found.end()


def _end(marked: Marked, start: int) -> int:
    """Return where the links begin that follow the title; where they stand before it, the end of its line."""
    places = [bisect_left(marked.origins, link.start) for link in marked.links]
    first = next((place for place in sorted(places) if len(marked.text[start:place].split()) >= _FEWEST_WORDS), None)
    if first is not None:
        return first
    line = marked.text.find("\n", len(marked.text) - len(marked.text[start:].lstrip()))
    return line if line >= 0 else len(marked.text)


def _tail(text: str, start: int, end: int) -> _Tail:
    """Cut off the pieces at the end that are a venue, a date or both."""
    tail = _Tail(end)
    while True:
        begin, stop = _trimmed(text, start, tail.start)
        piece = next((span for span in _last_pieces(text, begin, stop) if _is_imprint(text, span)), None)
        if piece is None:
            return tail
        year = tail.year if tail.year[1] else next((one.span() for one in _YEAR.finditer(text, *piece)), (0, 0))
        tail = _Tail(piece[0], (piece[0], tail.imprint[1] or piece[1]), year)


def _last_pieces(text: str, start: int, end: int) -> list[Span]:
    """Return what stands behind each of the last breaks, the shortest first."""
    breaks = [found.end() for found in _BREAK.finditer(text, start, end)][-3:]
    return [_trimmed(text, begin, end) for begin in reversed(breaks)]


def _is_imprint(text: str, span: Span) -> bool:
    piece = text[slice(*span)]
    if _DATE.fullmatch(piece) or _is_venue(piece):
        return True
    return bool(_NAMED_AND_DATED.fullmatch(piece)) and text[: span[0]].rstrip()[-1:] in (",", ".", "(", "|")


def _is_venue(piece: str) -> bool:
    words = piece.split()
    if not words or "et al" in piece or (len(words) > _LONGEST_VENUE and not piece.startswith(_SPELT_OUT)):
        return False
    return bool(read_venue(piece).series or server_of((piece,)))


def _authors(text: str, start: int, end: int, *, dated: bool) -> Span:
    """Return the authors that end there, behind a sign that parts them from the title, else behind a comma."""
    start, end = _trimmed(text, start, end)
    for sign in reversed(list(_STRONG.finditer(text, start, end))):
        piece = _trimmed(text, sign.end(), end)
        if not is_byline(text[slice(*piece)]):
            break
        initial = re.search(r"\b[A-Z]$", text[max(start, sign.start() - 2) : sign.start()])
        if not initial and _is_people(text[slice(*piece)], dated=dated):
            return piece
    if first := _ET_AL.search(text, start, end):
        return first.span("first") if is_byline(first["first"]) else (0, 0)
    return _names_behind_commas(text, start, end)


def _is_people(piece: str, *, dated: bool) -> bool:
    """Tell whether a piece is "et al.", or full names, one only where venue or year follow."""
    if re.search(r"\bet\.?\s+al\b", piece):
        return True
    names = [name for name in _NAMES_APART.split(piece) if name.strip(" .")]
    full = [name for name in names if _FULL_NAME.fullmatch(name.strip(" ."))]
    return len(full) * 2 > len(names) and (len(names) > 1 or dated)


def _names_behind_commas(text: str, start: int, end: int) -> Span:
    """Return two or more full names at the end."""
    begin, before, many = end, end, 0
    for sign in reversed(list(_NAMES_APART.finditer(text, start, end))):
        if not _FULL_NAME.fullmatch(text[sign.end() : before].strip(" .")):
            break
        begin, before, many = sign.end(), sign.start(), many + 1
    return _trimmed(text, begin, end) if many > 1 and text[before : before + 1] == "," else (0, 0)


def _title(text: str, start: int, end: int) -> Span:
    return trimmed(text, start, end, ' .,;:—–-|\n\t"“”([')


def _leads_to_a_paper(marked: Marked) -> bool:
    return any(_PAPER.fullmatch(link.label) or recognise(link.address) for link in marked.links)

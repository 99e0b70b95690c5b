"""Read an item of a list in no set order: a title that is marked as one, and around it authors, venue, year and links.

Only what can be told is read: a piece that may be a name or a tag is left out rather than taken for an author.
"""

import re
from collections.abc import Iterator

from mhlit.formats.readers.marked import Marked, Span
from mhlit.formats.readers.records import server_of
from mhlit.formats.readers.references import entry_of_fields, link_field
from mhlit.formats.readers.source import Lines
from mhlit.formats.readers.styles import is_byline
from mhlit.likeness.venues import read_venue
from mhlit.model import Entry, SourceField

_LABEL = re.compile(r"\s*(?:[-*+•]\s+|\d{1,3}[.)]\s+)?(?:\[[ xX]\]\s+)?")
_QUOTED = tuple(
    re.compile(rf"{opening}(?P<title>[^\n{closing[1:]}]{{12,}}?)[.,]?{closing[0]}(?=[,.;]?(?:[\s(]|$))")
    for opening, closing in (('"', '"'), ("“", "””“"))
)
_BREAK = re.compile(
    r"\s+[—–|·•/-]+\s+|\s*[|;•()\[\]{}—–\n]+\s*|(?<=[^\W\d_]{3})\.\s+|(?<=[\d\]])[.,]\s+|(?<=\bal)\.(?=\s)|\s+@\s*"
)
_DATE = re.compile(r"(?:[A-Z][a-z]{2,8}\.?\s+)?(?P<year>(?:19|20)\d\d)(?:[-/.]\d{1,2}){0,2}(?:\s+[A-Z][a-z]{2,8})?")
_ACRONYM = re.compile(
    r"[A-Z][A-Za-z&-]*[A-Z][A-Za-z&-]*(?:\s+Findings|\s+Workshops?|\s+Demos?)?\s*['’]?(?:(?:19|20)\d\d|\d\d)"
)
_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?![\d.])")
_OTHERS = re.compile(r"\bet\.? al\b\.?")
_FEWEST_WORDS = 3
_LONGEST_VENUE = 16
_LONGEST = 6000
"""No item has so many characters."""


def piecewise(marked: Marked, lines: Lines) -> Entry | None:
    """Return the entry of an item; None where no title can be told, or nothing but a title."""
    if len(marked.text) > _LONGEST:
        return None
    label = _LABEL.match(marked.text)
    start = label.end() if label else 0
    title = _title(marked, start)
    if title is None:
        return None
    return _entry(marked, title, [(start, title[0]), (title[1], len(marked.text))], lines)


def under_title(title: str, place: int, marked: Marked, lines: Lines) -> Entry | None:
    """Return the entry of a text that goes on behind its title; None where it tells nothing of it."""
    field = SourceField("title", title.rstrip(" ."), place, place, place + len(title))
    return _made([field], marked, [(0, len(marked.text))], lines)


def is_told_well(entry: Entry) -> bool:
    """Tell whether an entry has authors and a year, and none of its parts is plainly another one."""
    record = entry.record
    if not record.authors or not record.issued:
        return False
    names = [name.literal or f"{name.given} {name.family}".strip() for name in record.authors]
    return not any(read_venue(name).series or _YEAR.search(name) for name in names) and "et al" not in (
        record.container_title
    )


def _title(marked: Marked, start: int) -> Span | None:
    quoted = [found.span("title") for pattern in _QUOTED for found in pattern.finditer(marked.text, start)]
    slanted = [span for span in marked.slanted if len(marked.text[slice(*span)].split()) > _FEWEST_WORDS]
    quoted = [span for span in quoted if not any(start <= span[0] and span[1] <= end for start, end in slanted)]
    for span in (*sorted(marked.bold), *sorted(marked.linked), *quoted, *slanted):
        text = marked.text[slice(*span)]
        if len(text.split()) >= _FEWEST_WORDS and not _is_authors(text) and not _is_venue(text):
            return span
    chunks = [
        span for span in _chunks(marked.text, start, len(marked.text)) if _can_be_title(marked.text[slice(*span)])
    ]
    return max(chunks, key=lambda span: len(marked.text[slice(*span)].split()), default=None)


def _can_be_title(text: str) -> bool:
    return len(text.split()) > _FEWEST_WORDS and not _is_authors(text) and not _is_venue(text)


def _entry(marked: Marked, title: Span, rest: list[Span], lines: Lines) -> Entry | None:
    while title[1] > title[0] and marked.text[title[1] - 1] in " .,:;\n":
        title = (title[0], title[1] - 1)
    return _made([_field(marked, "title", title)], marked, rest, lines)


def _made(fields: list[SourceField], marked: Marked, rest: list[Span], lines: Lines) -> Entry | None:
    told: dict[str, SourceField] = {}
    for span in (chunk for piece in rest for chunk in _chunks(marked.text, *piece)):
        for name, part in _told(marked.text, span):
            told.setdefault(name, _field(marked, name, part))
    links = [link_field(link.label, link.address, link.start, link.end) for link in marked.links]
    if not told and not links:
        return None
    if "year" not in told and "journal" in told and (year := _YEAR.search(told["journal"].value)):
        told["year"] = told["journal"]._replace(name="year", value=year.group())
    style = "reference" if "author" in told and re.search(r",\s*[A-Z]\.", told["author"].value) else "listing"
    place = lines.place(*marked.origin(0, len(marked.text)))
    return entry_of_fields("", style, [*fields, *told.values(), *links], place)


def _chunks(text: str, start: int, end: int) -> Iterator[Span]:
    position = start
    for found in (*_BREAK.finditer(text, start, end), None):
        stop = found.start() if found else end
        span = _trimmed(text, position, stop)
        if span[1] > span[0]:
            yield span
        position = found.end() if found else end


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " ,.:;*_\n\t":
        start += 1
    while end > start and text[end - 1] in " ,:;*_\n\t":
        end -= 1
    return start, end


def _told(text: str, span: Span) -> Iterator[tuple[str, Span]]:
    """Yield what a piece tells, cut at the commas before its venue and year."""
    if _DATE.fullmatch(text[slice(*span)]):
        yield "year", _YEAR.search(text, *span).span()  # type: ignore[union-attr]  # a date has a year
        return
    cut = span[1]
    for comma in reversed([found.start() for found in re.finditer(",", text[slice(*span)])]):
        part = _trimmed(text, span[0] + comma + 1, cut)
        if date := _DATE.fullmatch(text[slice(*part)]):
            yield "year", (part[0] + date.start("year"), part[0] + date.end("year"))
        elif _is_venue(text[slice(*part)]):
            yield "journal", part
        else:
            break
        cut = span[0] + comma
    rest = _trimmed(text, span[0], cut)
    if _is_venue(text[slice(*rest)]):
        yield "journal", rest
    elif _is_authors(text[slice(*rest)]):
        yield "author", rest


def _is_venue(text: str) -> bool:
    if not text or len(text.split()) > _LONGEST_VENUE or "et al" in text:
        return False
    venue = read_venue(_YEAR.sub("", text).strip(" ,"))
    short = len(text.split()) < 6 or text.startswith(("Proceedings", "Findings", "Transactions", "Advances"))
    return bool(_ACRONYM.fullmatch(text) or (short and (venue.series or server_of((text,)))))


def _is_authors(text: str) -> bool:
    """Tell whether a text is authors: names, and a sign that they are some."""
    several = re.search(r"\bet\.? al\b|,|&|\band\b", text) is not None
    return several and is_byline(_OTHERS.sub("", text)) and not _is_venue(text) and _YEAR.search(text) is None


def _field(marked: Marked, name: str, span: Span) -> SourceField:
    start, end = marked.origin(*span)
    return SourceField(name, " ".join(marked.text[slice(*span)].split()), start, start, end)

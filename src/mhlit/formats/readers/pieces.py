"""Read an item of a list in no set order: a title that is marked as one, and around it authors, venue, year and links.

Only what can be told is read: a piece that may be a name or a tag is left out rather than taken for an author.
"""

import re
from collections.abc import Iterator

from mhlit.formats.readers.imprint import read_imprint
from mhlit.formats.readers.leading import is_publication, leading_names
from mhlit.formats.readers.marked import Marked, Span
from mhlit.formats.readers.records import server_of
from mhlit.formats.readers.references import entry_of_fields, link_field
from mhlit.formats.readers.source import Lines
from mhlit.formats.readers.styles import trimmed
from mhlit.likeness.venues import read_venue
from mhlit.model import Entry, SourceField

_LABEL = re.compile(r"\s*(?:[-*+•]\s+|\d{1,3}[.)]\s+)?(?:\[[ xX]\]\s+)?")
_QUOTED = tuple(
    re.compile(rf"{opening}(?P<title>[^\n{closing[1:]}]{{12,}}?)[.,]?{closing[0]}(?=[,.;]?(?:[\s(]|$))")
    for opening, closing in (('"', '"'), ("“", "””“"))
)
_BREAK = re.compile(
    r"\s+[—–|·•/-]+\s+|\s*[|;•()\[\]{}—\n]+\s*|(?<!\bvs)(?<!\bDr)(?<!\bNo)(?<=[^\W\d_]{2})\.\s+|(?<=[\d\]])[.,]\s+"
    r"|(?<=[?!\"”])\.\s+|\s+@\s*"
)
_BY = re.compile(r"(?:by|authors?:|from)\s+", re.IGNORECASE)
# What an imprint begins with, and no title.
_IMPRINT = re.compile(
    r"(?:(?:In\s+)?(?:Proceedings|Proc\.|Findings of|Advances in|Transactions of)|Association for"
    r"|CoRR\b|Volume\s\d|Vol\.|arXiv(?:\s+preprint)?\b|pp\.|https?:|(?:The\s+)?(?:\w+\s+){0,4}(?:Conference|Symposium)\s+(?:on|of)\b)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s*(?:\W*\d{1,3}[.)]\s+|#\d+\s+)?[^\w\"“'‘(\[]*")
_TAG = re.compile(r"\s*[\[(](?P<inside>[^\[\]()]{2,40})[\])]\s*")
_TAG_LAST = re.compile(r"\s*[\[(](?P<inside>(?:[^\[\]()]++|\([^()]*+\))++)[\])][\s.]*$")
_ENDS = re.compile(r"[()\[\n]|\s[—–-]\s|(?<=[\w)])\.\s+(?=[A-Z][a-z]+\s[a-z])")
_INITIAL = re.compile(r"\b[^\W\d_a-z]\.")
_NUMBERS = re.compile(r"[\s,(:]+\d[\d\s(),:.–-]*$")
_DATE = re.compile(r"(?:[A-Z][a-z]{2,8}\.?\s+)?(?P<year>(?:19|20)\d\d)(?:[-/.]\d{1,2}){0,2}(?:\s+[A-Z][a-z]{2,8})?")
_ACRONYM = re.compile(
    r"[A-Z][A-Za-z&-]*[A-Z][A-Za-z&-]*(?:\s+Findings|\s+Workshops?|\s+Demos?)?\s*['’]?(?:(?:19|20)\d\d|\d\d)"
)
_YEAR = re.compile(r"(?<!\d)(?<!\d\.)(?:19|20)\d\d(?!\d|\.\d)")
_OTHERS = re.compile(r"\bet\.? al\b\.?")
_FEWEST_WORDS = 3
_LONGEST_VENUE = 16
_LONG_TITLE = 6
"""A venue of so many words says that it is one."""
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


def under_title(heading: Marked, below: Marked, lines: Lines, *, linked: bool = False) -> Entry | None:
    """Return the entry of a text that goes on below its title; None where it tells nothing of it.

    With `linked` the title itself leads to the work, and need not be told of.
    """
    return _made(titled_fields(heading), below, [(0, len(below.text))], lines, linked=linked)


def title_of(marked: Marked) -> str:
    """Return the title that a heading is, or has: without a number before it, or a venue before or behind it."""
    return " ".join(marked.text[slice(*_title_in(marked)[0])].split())


def titled_fields(marked: Marked) -> list[SourceField]:
    """Return what a text tells that begins with a title, such as a cell of a table: the title, then the rest."""
    title, rest = _title_in(marked)
    told = {"title": _field(marked, "title", title)} if title[1] > title[0] else {}
    for piece in rest:
        for name, part in _told_around(marked, piece):
            if part[1] > part[0]:
                told.setdefault(name, _field(marked, name, part))
    return list(told.values())


def _title_in(marked: Marked) -> tuple[Span, list[Span]]:
    """Return where the title stands in a text that is one, and the stretches around it that tell of it."""
    text = marked.text
    stretches = sorted(
        span for span in (*marked.bold, *marked.linked) if len(text[slice(*span)].split()) >= _FEWEST_WORDS
    )
    if stretches:
        start, end = stretches[0]
    else:
        label = _NUMBER.match(text)
        start = label.end() if label else 0
        tag = _TAG.match(text, start)
        start = tag.end() if tag and _tells_a_venue(marked, tag.span("inside")) else start
        line = text.find("\n", start + len(text[start:]) - len(text[start:].lstrip()))
        end = line if line >= 0 else len(text)
        while (tag := _TAG_LAST.search(text, start, end)) and _tells_a_venue(marked, tag.span("inside")):
            end = tag.start()
    title = trimmed(text, start, end, " \n\t:,")
    return title, [(0, title[0]), (title[1], len(text))]


def _tells_a_venue(marked: Marked, span: Span) -> bool:
    return any(True for _ in _told_around(marked, span))


def is_told_well(entry: Entry) -> bool:
    """Tell whether an entry has authors and a year, and none of its parts is plainly another one."""
    return bool(entry.record.authors and entry.record.issued) and is_sound(entry)


def is_sound(entry: Entry) -> bool:
    """Tell whether no part of an entry is plainly another one."""
    record = entry.record
    names = [name.literal or f"{name.given} {name.family}".strip() for name in record.authors]
    return (
        can_be_title(record.title)
        and not any(is_publication(name) or read_venue(name).series or _YEAR.search(name) for name in names)
        and "et al" not in record.container_title
    )


def can_be_title(text: str) -> bool:
    """Tell whether a text may be a title: no imprint, no venue, no list of names."""
    return not (_IMPRINT.match(text) or _is_venue(text) or _is_authors(text))


def _title(marked: Marked, start: int) -> Span | None:
    quoted = [found.span("title") for pattern in _QUOTED for found in pattern.finditer(marked.text, start)]
    slanted = [span for span in marked.slanted if len(marked.text[slice(*span)].split()) > _FEWEST_WORDS]
    quoted = [span for span in quoted if not any(start <= span[0] and span[1] <= end for start, end in slanted)]
    for span in (*sorted(marked.bold), *sorted(marked.linked), *quoted, *slanted):
        text = marked.text[slice(*span)]
        if len(text.split()) < _FEWEST_WORDS or _IMPRINT.match(text) or _is_venue(text) or _is_surely_authors(text):
            continue
        if span not in slanted or not _is_authors(text):
            return span
    return _longest_piece(marked, start)


def _longest_piece(marked: Marked, start: int) -> Span | None:
    """Return the piece of most words that can be a title and is not names, without the venue and date behind it."""
    text = marked.text
    best: Span | None = None
    most = _FEWEST_WORDS
    place = start
    for begin, stop in _chunks(marked, start, len(text)):
        if names := leading_names(text, begin, len(text)) if begin >= place else None:
            place = names[1]
        piece = _trimmed(text, max(begin, place), max(stop, place))
        piece = (piece[0], _before_names(text, (piece[0], _before_venue(text, piece))))
        words = len(text[slice(*piece)].split())
        if words > most and can_be_title(text[slice(*piece)]):
            best, most = piece, words
    return best


def _before_names(text: str, span: Span) -> int:
    """Return where names begin behind a question or an exclamation that a title ends with."""
    for found in re.finditer(r"[?!]\s+", text[slice(*span)]):
        if leading_names(text, span[0] + found.end(), len(text)):
            return span[0] + found.start() + 1
    return span[1]


def _entry(marked: Marked, title: Span, rest: list[Span], lines: Lines) -> Entry | None:
    while title[1] > title[0] and marked.text[title[1] - 1] in " .,:;\n":
        title = (title[0], title[1] - 1)
    return _made([_field(marked, "title", title)], marked, rest, lines)


def _made(
    fields: list[SourceField], marked: Marked, rest: list[Span], lines: Lines, *, linked: bool = False
) -> Entry | None:
    told: dict[str, SourceField] = {}
    for piece in rest:
        for name, part in _told_around(marked, piece):
            if part[1] > part[0]:
                told.setdefault(name, _field(marked, name, part))
    links = [link_field(link.label, link.address, link.start, link.end) for link in marked.links]
    if not told and not links and not linked:
        return None
    if "year" not in told and "journal" in told and (year := _YEAR.search(told["journal"].value)):
        told["year"] = told["journal"]._replace(name="year", value=year.group())
    place = lines.place(*marked.origin(0, len(marked.text)))
    return entry_of_fields("", "listing", [*fields, *told.values(), *links], place)


def _told_around(marked: Marked, rest: Span) -> Iterator[tuple[str, Span]]:
    """Yield what a stretch before or behind the title tells: its names, then its venue with numbers, its date."""
    text = marked.text
    place = rest[0]
    dated = _YEAR.search(text, *rest) is not None
    for begin, stop in _chunks(marked, *rest):
        by = _BY.match(text, begin, stop)
        first = by.end() if by else begin
        names = leading_names(text, first, rest[1], alone=by is not None or dated) if begin >= place else None
        if names and not _is_venue(text[slice(*names)]):
            yield "author", names
            place = names[1]
        piece = _trimmed(text, max(begin, place), max(stop, place))
        if _is_prose(text[slice(*piece)]):  # what a keeper says of the work, and not of the publication
            return
        if piece[1] > piece[0]:
            yield from _told(marked, piece, rest[1])


def _is_prose(text: str) -> bool:
    words = [word for word in text.split() if word[0].isalpha()]
    return len(words) > _FEWEST_WORDS * 2 and sum(map(str.islower, words)) * 2 > len(words) and not _is_venue(text)


def _chunks(marked: Marked, start: int, end: int) -> Iterator[Span]:
    """Yield the pieces between the signs that part them, and between what is marked and what is not."""
    text = marked.text
    position = start
    for stop, after in sorted((*_breaks(marked, start, end), (end, end))):
        if stop < position:
            continue
        span = _trimmed(text, position, stop)
        if span[1] > span[0]:
            yield span
        position = after


def _breaks(marked: Marked, start: int, end: int) -> Iterator[Span]:
    yield from (found.span() for found in _BREAK.finditer(marked.text, start, end))
    for begin, stop in (*marked.bold, *marked.slanted, *marked.linked, *marked.coded):
        if not _OTHERS.fullmatch(marked.text[begin:stop].strip(" .,")):
            yield from ((place, place) for place in (begin, stop) if start < place < end)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in ' ,.:;*_\n\t-–—|·•/"”':
        start += 1
    while end > start and text[end - 1] in " ,:;*_\n\t":
        end -= 1
    return start, end


def _told(marked: Marked, span: Span, end: int) -> Iterator[tuple[str, Span]]:
    """Yield the venue and date of a piece, cut at its commas, with the numbers that follow the venue."""
    text = marked.text
    if date := _DATE.fullmatch(text, *span):
        yield "year", date.span("year")
        return
    cut = _before_venue(text, span)
    rest = _trimmed(text, span[0], cut)
    for part in (rest, *(_trimmed(text, *piece) for piece in _by_commas(text, cut, span[1]))):
        if date := _DATE.fullmatch(text, *part):
            yield "year", date.span("year")
        elif _is_venue(text[slice(*part)]):
            yield from _venue(marked, part, end)


def _venue(marked: Marked, part: Span, end: int) -> Iterator[tuple[str, Span]]:
    text = marked.text
    stop = _sentence_end(text, part[0], end)
    imprint = read_imprint(marked, (part[0], stop), (0, 0))
    whole = imprint.container if imprint.container[0] == part[0] and imprint.container[1] >= part[1] else part
    if numbers := _NUMBERS.search(text[slice(*whole)]):
        whole = (whole[0], whole[0] + numbers.start())
    yield "journal", whole
    yield from (("volume", imprint.volume), ("number", imprint.issue), ("pages", imprint.pages))
    inside = (imprint.volume, imprint.issue, imprint.pages)
    years = (year.span() for year in _YEAR.finditer(text, part[0], stop))
    yield from (("year", year) for year in years if not any(start <= year[0] < end for start, end in inside))


def _sentence_end(text: str, start: int, end: int) -> int:
    """Return where the sentence, the line or the bracket ends."""
    depth = 0
    for found in _ENDS.finditer(text, start, end):
        depth += (found.group() == "(") - (found.group() == ")")
        if depth < 0 or found.group() not in "()":
            return found.start()
    return end


def _before_venue(text: str, span: Span) -> int:
    """Return where the venue and date begin behind the commas at the end of a piece."""
    cut = span[1]
    for comma in reversed([found.start() for found in re.finditer(",", text[slice(*span)])]):
        part = _trimmed(text, span[0] + comma + 1, cut)
        if not _DATE.fullmatch(text, *part) and not _is_venue(text[slice(*part)]):
            break
        cut = span[0] + comma
    return cut


def _by_commas(text: str, start: int, end: int) -> Iterator[Span]:
    place = start
    for comma in re.finditer(",", text[start:end]):
        yield place, start + comma.start()
        place = start + comma.end()
    yield place, end


def _is_venue(text: str) -> bool:
    text = _NUMBERS.sub("", text)
    if not text or len(text.split()) > _LONGEST_VENUE or "et al" in text:
        return False
    venue = read_venue(_YEAR.sub("", text).strip(" ,"))
    short = len(text.split()) < _LONG_TITLE or _IMPRINT.match(text)
    return bool(_ACRONYM.fullmatch(text) or (short and (venue.series or server_of((text,)))))


def _is_authors(text: str) -> bool:
    """Tell whether a text is authors, and nothing else."""
    bare = text.strip(" .,;:")
    names = leading_names(bare, 0, len(bare))
    return names is not None and names[1] >= len(bare.rstrip("."))


def _is_surely_authors(text: str) -> bool:
    """Tell whether a text is authors by more than its capitals, which the words of a title may have too."""
    return _is_authors(text) and (_INITIAL.search(text) is not None or text.count(",") > 1 or "et al" in text)


def _field(marked: Marked, name: str, span: Span) -> SourceField:
    start, end = marked.origin(*span)
    return SourceField(name, " ".join(marked.text[slice(*span)].split()), start, start, end)

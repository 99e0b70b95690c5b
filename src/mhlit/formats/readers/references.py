"""Read references in running text, one a line or a paragraph, in any of the usual styles."""

import re
from collections.abc import Iterable, Iterator, Sequence

from mhlit.formats.readers import Problem, Reading
from mhlit.formats.readers.bylines import read_byline
from mhlit.formats.readers.imprint import Imprint, read_imprint
from mhlit.formats.readers.marked import Marked, Span, from_markdown
from mhlit.formats.readers.records import date_of, make_entry, mentions, pages_of
from mhlit.formats.readers.source import Lines
from mhlit.formats.readers.styles import Parts, take_apart
from mhlit.likeness.venues import read_venue
from mhlit.model import Entry, Place, Record, SourceField, Version

_LABELLED = re.compile(r"[ \t]*(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)]|[-*+•])[ \t]+\S")
_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|$))+")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
# What a link is labelled that leads to something else than the publication.
_RELATED = re.compile(
    r"preprint|code|github|git|data|datasets?|models?|hugging ?face|hf|project|website|web ?page|demo|slides|video|blog"
    r"|poster|talk|bib(?:tex)?|stars?|tweet|twitter|supp.*|appendix",
    re.IGNORECASE,
)
_LONGEST = 6000
"""No reference has so many characters; longer paragraphs are prose."""


def read(text: str) -> Reading:
    """Read every paragraph, item or line that is a reference; other text is passed over."""
    lines = Lines(text)
    found = (entry_of(from_markdown(text[start:end], start), lines) for start, end in blocks(text))
    return reading([entry for entry in found if entry], text, lines)


def reading(entries: Sequence[Entry], text: str, lines: Lines, problems: Iterable[Problem] = ()) -> Reading:
    """Return what was read of a text, and say so where it was nothing."""
    nothing = (
        [] if entries or not text.strip() else [Problem("no reference was found", lines.place(0, 0), "no-references")]
    )
    return Reading(tuple(entries), (*problems, *nothing))


def blocks(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield where references may stand: paragraphs, cut at labels, or at every line where each line is a whole one."""
    for paragraph in _PARAGRAPH.finditer(text, start, len(text) if end is None else end):
        lines = [found.span() for found in _LINE.finditer(text, *paragraph.span())]
        starts = [begin for begin, _ in lines if _LABELLED.match(text, begin)]
        if not starts and len(lines) > 1 and all(is_whole(text[begin:stop]) for begin, stop in lines):
            starts = [begin for begin, _ in lines]
        if not starts or starts[0] > lines[0][0]:
            starts.insert(0, lines[0][0])
        yield from zip(starts, [*starts[1:], lines[-1][1]], strict=True)


def is_whole(line: str) -> bool:
    """Tell whether a line has everything a reference has, so that it is not one wrapped over lines."""
    if line[:1].isspace() or len(line) > _LONGEST:
        return False
    marked = from_markdown(line)
    parts = take_apart(marked)
    return bool(parts and parts.authors[1] and read_imprint(marked, parts.imprint, parts.year).year[1])


def entry_of(marked: Marked, lines: Lines, key: str = "") -> Entry | None:
    """Return the entry of one reference; None where the text is none. One with a key is always one."""
    parts = take_apart(marked) if len(marked.text) < _LONGEST else None
    imprint = read_imprint(marked, parts.imprint, parts.year) if parts else Imprint()
    if not key and not (parts and _is_reference(marked, parts, imprint)):
        return None
    return _entry(marked, parts or Parts("reference", (0, 0)), imprint, lines, key)


def _is_reference(marked: Marked, parts: Parts, imprint: Imprint) -> bool:
    """Tell whether there is enough of a reference for the text not to be prose."""
    dated = imprint.year[1] > 0 or imprint.doi[1] > 0
    if parts.style == "listing":
        return bool(marked.links) or dated
    return parts.authors[1] > parts.authors[0] and (dated or bool(marked.links) or imprint.container[1] > 0)


def _entry(marked: Marked, parts: Parts, imprint: Imprint, lines: Lines, key: str) -> Entry:
    fields = [_field(marked, name, span) for name, span in _spans(parts, imprint).items() if span[1] > span[0]]
    fields += [link_field(link.label, link.address, link.start, link.end) for link in marked.links]
    fields.append(_field(marked, "text", (0, len(marked.text))))
    place = lines.place(*marked.origin(0, len(marked.text)))
    return entry_of_fields(key, parts.style, fields, place)


def _spans(parts: Parts, imprint: Imprint) -> dict[str, Span]:
    """Return where each field stands, by the names that BibTeX has for them."""
    return {
        "author": parts.authors,
        "title": parts.title,
        "journal": imprint.container,
        "volume": imprint.volume,
        "number": imprint.issue,
        "pages": imprint.pages,
        "year": imprint.year,
        "doi": imprint.doi,
    }


def entry_of_fields(key: str, style: str, fields: Sequence[SourceField], place: Place) -> Entry:
    """Return the entry of a reference whose fields have the names of BibTeX's and hold plain text."""
    values = {field.name: field.value for field in reversed(fields)}
    authors, omitted = read_byline(values.get("author", ""), given_first=style == "listing")
    pages, article_number = pages_of(values.get("pages", ""))
    container = values.get("journal", "")
    record = Record(
        version=Version.VERSION_OF_RECORD,
        type="article" if "volume" in values else "inproceedings" if read_venue(container).series else "misc",
        title=values.get("title", ""),
        authors=authors,
        issued=date_of("", values.get("year", "")),
        container_title=container,
        volume=values.get("volume", ""),
        issue=values.get("number", ""),
        pages=pages,
        article_number=article_number,
        url=values.get("url", values.get("pdf", "")),
    )
    found = mentions(fields, eprint_is_arxiv=True)
    return make_entry(key, style, record, fields=tuple(fields), place=place, found=found, omitted=omitted)


def _field(marked: Marked, name: str, span: Span) -> SourceField:
    start, end = marked.origin(*span)
    return SourceField(name, " ".join(marked.text[slice(*span)].split()), start, start, end)


def link_field(label: str, address: str, start: int, end: int) -> SourceField:
    """Return the field of a link: `pdf` where it is labelled so, `related` for code and the like, else `url`."""
    name = "pdf" if label.lower() == "pdf" else "related" if _RELATED.fullmatch(label) else "url"
    return SourceField(name, address, start, start, end)

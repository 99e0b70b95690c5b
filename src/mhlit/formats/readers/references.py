"""Read references in running text, one a line or a paragraph, in any of the usual styles."""

import re
from collections.abc import Iterable, Iterator, Sequence

from mhlit.formats.readers import Problem, Reading
from mhlit.formats.readers.bylines import read_byline
from mhlit.formats.readers.imprint import Imprint, read_imprint
from mhlit.formats.readers.items import take_item_apart
from mhlit.formats.readers.marked import Marked, Span, from_markdown
from mhlit.formats.readers.records import date_of, make_entry, mentions, pages_of, server_of
from mhlit.formats.readers.source import Lines
from mhlit.formats.readers.styles import Parts, take_apart
from mhlit.likeness.titles import plain_words
from mhlit.likeness.venues import read_venue
from mhlit.model import Entry, Place, Record, SourceField, Version

_LABELLED = re.compile(r"[ \t]*(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)]|[-*+•])[ \t]+\S")
_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|$))+")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
# What a link is labelled that leads to something else than the publication.
_RELATED = re.compile(
    r"preprint|code|github|git|data|datasets?|models?|hugging ?face|hf|project|website|web ?page|demo|slides|video|blog"
    r"|poster|talk|bib(?:tex)?|(?:github )?(?:repo )?stars?|tweet|twitter|supp.*|appendix",
    re.IGNORECASE,
)
_PREPRINT = re.compile(r"preprint(?:\s+at)?\.?", re.IGNORECASE)
# "Hua, Y., Na, H."
_TURNED_ROUND = re.compile(r"[^,.]{2,40},\s*(?:[^\W\d_a-z]\.[\s‐-]?){1,4}\s*(?:[,&…]|\.\.|and\b|et\b|$)")
_LONGEST = 6000
"""No reference has so many characters; longer paragraphs are prose."""
_LONGEST_MARKED = 30_000
"""Nor so many with the markup."""
_WIDEST_PAGE = 132


def read(text: str) -> Reading:
    """Read every paragraph, item or line that is a reference; other text is passed over."""
    lines = Lines(text)
    found = (block_entry(text, span, lines) for span in blocks(text))
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
        alone = not starts and len(lines) > 1 and not any(text[begin].isspace() for begin, _ in lines)
        if alone and (_is_unwrapped(lines) or all(is_whole(text[slice(*line)]) for line in lines)):
            starts = [begin for begin, _ in lines]
        if not starts or starts[0] > lines[0][0]:
            starts.insert(0, lines[0][0])
        yield from zip(starts, [*starts[1:], lines[-1][1]], strict=True)


def _is_unwrapped(lines: Sequence[Span]) -> bool:
    """Tell whether most lines are longer than lines are that were broken to fit a page."""
    return sorted(end - start for start, end in lines)[(len(lines) - 1) // 2] > _WIDEST_PAGE


def is_whole(line: str) -> bool:
    """Tell whether a line has everything a reference has, so that it is not one wrapped over lines."""
    if len(line) > _LONGEST:
        return False
    marked = from_markdown(line)
    parts = take_apart(marked)
    return bool(parts and parts.authors[1] and read_imprint(marked, parts.imprint, parts.year).year[1])


def block_entry(text: str, span: Span, lines: Lines) -> Entry | None:
    """Return the entry of a paragraph or item; None where it is none, or longer than any with its markup."""
    start, end = span
    if end - start >= _LONGEST_MARKED:
        return None
    return entry_of(from_markdown(text[start:end], start), lines, plain_titles=True)


def entry_of(marked: Marked, lines: Lines, key: str = "", *, plain_titles: bool = False) -> Entry | None:
    """Return the entry of one reference; None where the text is none. One with a key is always one.

    With `plain_titles`, an item whose title nothing marks is one too, where its end vouches for it.
    """
    parts = _parts(marked) if len(marked.text) < _LONGEST else None
    imprint = read_imprint(marked, parts.imprint, parts.year) if parts else Imprint()
    if not key and not (parts and _is_reference(marked, parts, imprint)):
        parts = take_item_apart(marked) if plain_titles and len(marked.text) < _LONGEST else None
        if parts is None:
            return None
        imprint = read_imprint(marked, parts.imprint, parts.year)
    return _entry(marked, parts or Parts("reference", (0, 0)), imprint, lines, key)


def _parts(marked: Marked) -> Parts | None:
    """Return where the parts stand: of the reference that is quoted below its title, where there is one."""
    parts = take_apart(marked)
    line = marked.text.find("\n", parts.title[1]) if parts and parts.style == "listing" else -1
    if parts is None or line < 0:
        return parts
    cited = take_apart(marked, line)
    own, quoted = (plain_words(marked.text[slice(*one.title)]) if one else () for one in (parts, cited))
    return cited if cited and cited.style == "reference" and own == quoted else parts


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
    byline = values.get("author", "")
    authors, omitted = read_byline(byline, given_first=style != "reference" and not _TURNED_ROUND.match(byline))
    pages, article_number = pages_of(values.get("pages", ""))
    container, server = values.get("journal", ""), ""
    if _PREPRINT.fullmatch(container):  # "Preprint at https://doi.org/10.48550/arXiv…"
        container, server = "", server_of(field.value for field in fields if field.name == "url") or container
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
        server=server,
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

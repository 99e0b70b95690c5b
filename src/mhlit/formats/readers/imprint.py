"""Read what follows the title of a reference: journal or proceedings, volume, issue, pages, year, identifiers."""

import re
from typing import NamedTuple

from mhlit.formats.readers.marked import Marked, Span
from mhlit.formats.readers.styles import is_byline, longest_byline

_PAGES = r"[A-Za-z]?\d+(?:\s*[-–—]{1,2}\s*[A-Za-z]?\d+)?"
_NUMBERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 8(1), 230   8(1):230   39(13), 14327-14335   2, no. 7 (2024): 745   8.1 (2025): 230
        rf"(?<![\d.])(?!(?:19|20)\d\d\b)(?P<volume>\d{{1,4}})\s*\((?P<issue>(?![^()]*(?:19|20)\d\d\))[^()]{{1,12}})\)\s*[,:]\s*(?:Article\s+)?(?P<pages>{_PAGES})",
        rf"(?<![\d.])(?P<volume>\d{{1,4}})(?:(?:,\s*no\.\s*|\.)(?P<issue>\d{{1,4}}))?\s*\([^()\d]{{0,12}}(?P<year>(?:19|20)\d\d)\):\s*(?P<pages>{_PAGES})",
        # 2024;3(1):48   2024 Oct 27;3(1):48   2025;8:580
        rf"(?P<year>(?:19|20)\d\d)[^;:()]{{0,12}};\s*(?P<volume>\d{{1,4}})(?:\((?P<issue>[^()]{{1,12}})\))?(?::\s*(?P<pages>{_PAGES}))?",
        # 8, 580 (2025)
        rf"(?<![\d.(])(?P<volume>\d{{1,4}}),\s*(?P<pages>{_PAGES})\s*\((?P<year>(?:19|20)\d\d)\)",
        # 37, 97053-97087
        r"(?<![\d.])(?!(?:19|20)\d\d\b)(?P<volume>\d{1,4}),\s*(?P<pages>[A-Za-z]?\d++\s*[-–—]\s*[A-Za-z]?\d++)",
        # 2016, 4: 463-476   8, 332.
        rf"(?P<year>(?:19|20)\d\d),\s*(?P<volume>\d{{1,4}}):\s*(?P<pages>{_PAGES})",
        r"(?<![\d.])(?!(?:19|20)\d\d\b)(?P<volume>\d{1,4}),\s*(?!(?:19|20)\d\d\b)(?P<pages>[A-Za-z]?\d++)(?=\.?\s*(?:$|https?:|doi:|\[))",
        rf"(?<![\d.])(?!(?:19|20)\d\d\b)(?P<volume>\d{{1,4}}):\s*(?P<pages>{_PAGES})",
        # 5367-5378 (2025)
        r"(?<![\d.])(?P<pages>[A-Za-z]?\d++\s*[-–—]\s*[A-Za-z]?\d++)\s*\((?P<year>(?:19|20)\d\d)\)",
        # 2025: 8412-8452   (2024): 745-746
        rf"(?P<year>(?:19|20)\d\d)\)?:\s*(?P<pages>{_PAGES})",
        r"(?<![\d.])(?!(?:19|20)\d\d\b)(?P<volume>\d{1,4})\s*\((?P<issue>(?!(?:19|20)\d\d\))\d[^()]{0,11})\)",
    )
)
_LONE = {
    "volume": re.compile(r"\bvol(?:ume|\.)?\s*(\d{1,4})\b(?!:)", re.IGNORECASE),
    "issue": re.compile(r"\b(?:no|issue|iss)\.?\s*(\d{1,4})\b", re.IGNORECASE),
    "pages": re.compile(rf"\b(?:pp?\.|pages?|art(?:icle|\.)(?:\s*(?:no\.|number))?|p\.)\s*({_PAGES})", re.IGNORECASE),
}
_YEAR = re.compile(r"(?<![\d./-])(?:19|20)\d\d(?![\d/-])(?!\.\d)")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>{}|\\^`]+[^\s\"<>{}|\\^`.,;)\]]")
_LEADING = re.compile(r"[\s.,;:/]*(?:in\b[:,]?\s*|\[?preprint\]?\.\s+(?=\w))?", re.IGNORECASE)
# The editors before the title of a volume: "A. Rogers & N. Okazaki (Eds.), ", "Rogers A, Okazaki N, editors. ".
_EDITORS = re.compile(r"\s*(?:\(eds?\.?\)|,\s*(?:editors?|eds?\.?)(?=[.,]))[.,]?\s+", re.IGNORECASE)
_EDITORS_FIRST = re.compile(r"(?:editors?|eds?\.)\s*(?=[A-Z])", re.IGNORECASE)
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_CONTAINER_END = re.compile(
    rf",\s*(?=\d|vol|no\b|pp?\.|pages?\b|art|ser\b|[A-Z][a-z]+,\s|(?:{_MONTH})\w*\b)|\s*\((?=pp?\.|vol\.|(?:19|20)\d\d\)|eds?\b)"
    r"|(?<!\bvolume)\s+(?=\d+\s*[(,:;])|\s+\d+\.\d+\s*\(|;|(?<!\b[A-Z])\.(?:\s|$)|\s*https?:|\s*doi:|\s*\[|$",
    re.IGNORECASE,
)


class Imprint(NamedTuple):
    """Where the parts of an imprint stand in the text; empty spans where it has none."""

    container: Span = (0, 0)
    volume: Span = (0, 0)
    issue: Span = (0, 0)
    pages: Span = (0, 0)
    year: Span = (0, 0)
    doi: Span = (0, 0)


def read_imprint(marked: Marked, span: Span, year: Span) -> Imprint:
    """Return the parts of an imprint; `year` is where the year stands already, if it does."""
    text, (start, end) = marked.text, span
    found: dict[str, Span] = {"year": year}
    container = _container(marked, start, end)
    after = container[1] if container[1] > container[0] else start
    for pattern in _NUMBERS:
        numbers = pattern.search(text, after, end)
        if numbers:
            for name, value in numbers.groupdict().items():
                if value and found.get(name, (0, 0)) == (0, 0):
                    found[name] = numbers.span(name)
            break
    for name, lone in _LONE.items():
        if name not in found and (number := lone.search(text, after, end)):
            found[name] = number.span(1)
    if found["year"] == (0, 0):
        years = [one.span() for one in _YEAR.finditer(text, start, end) if not _inside(one.start(), found)]
        found["year"] = years[-1] if years else (0, 0)
    doi = _DOI.search(text, start, end)
    return Imprint(container, doi=doi.span() if doi else (0, 0), **found)


def _inside(place: int, found: dict[str, Span]) -> bool:
    return any(start <= place < end for name, (start, end) in found.items() if name != "year")


def _container(marked: Marked, start: int, end: int) -> Span:
    """Return the journal or proceedings: what is slanted, else what stands before the first number."""
    text = marked.text
    for begin, stop in sorted(marked.slanted):
        words = text[begin:stop]
        if start <= begin < end and sum(c.isalpha() for c in words) > 1 and "et al" not in words:
            return _stripped(text, begin, stop)
    begin = _after_editors(text, start, end)
    found = _CONTAINER_END.search(text, begin, end)
    stop = found.start() if found else end
    if not any(c.isalpha() for c in text[begin:stop]):
        return (0, 0)
    return _stripped(text, begin, stop)


def _after_editors(text: str, start: int, end: int) -> int:
    """Return where the title of a volume begins, behind "In" and the editors' names."""
    leading = _LEADING.match(text, start, end)
    begin = leading.end() if leading else start
    if first := _EDITORS_FIRST.match(text, begin, end):
        byline = longest_byline(text, first.end(), end)
        return byline[1] + 1 if byline else begin
    editors = _EDITORS.search(text, begin, end)
    if editors and is_byline(text[begin : editors.start()]):
        return editors.end()
    if text[start:begin].rstrip().endswith("/") or "//" in text[max(0, start - 3) : begin]:  # GB/T 7714
        byline = longest_byline(text, begin, end)
        if byline and ("," in text[slice(*byline)] or text[slice(*byline)].isupper()):
            return byline[1] + 1
    return begin


def _stripped(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1] in " ,.;:\n":
        end -= 1
    while start < end and text[start] in " ,.;:\n":
        start += 1
    return start, end

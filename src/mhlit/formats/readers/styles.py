"""Take a reference apart into authors, title and imprint, whatever its style.

Styles: APA 7, MLA 9, Chicago 17, IEEE, Vancouver (NLM), GB/T 7714-2015, Harvard, Nature, ACL, BibTeX's own, and the
form of awesome lists, ``**Title** — Authors, Venue Year``. What fits none is left alone.
"""

import re
from typing import NamedTuple

from mhlit.formats.readers.marked import Marked, Span


class Parts(NamedTuple):
    """Where the parts of a reference stand in its text."""

    style: str
    title: Span
    authors: Span = (0, 0)
    year: Span = (0, 0)
    imprint: Span = (0, 0)
    """What follows the title, or in a list the authors: journal, volume, pages …"""


_LABEL = re.compile(r"\s*(?:[-*+•–—]\s+|\[\d{1,3}\]\s*|\(\d{1,3}\)\s*|\d{1,3}[.)]\s+|[^\w\s\"“'‘(\[]+\s+)*")
_TAG = re.compile(r"[\[(]([^\])]{2,40})[\])]\s*")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DATED = re.compile(
    r"\s*,?\s*\((?P<year>(?:19|20)\d\d|n\.\s?d\.|in press|forthcoming)[a-z]?(?:[,/;]?\s*[^()]{0,30})?\)\s*[.:,]?\s+"
)
_YEAR_ALONE = re.compile(r"[.,]\s+(?P<year>(?:19|20)\d\d)[a-z]?(?:,\s[A-Z][a-z]{2,8})?\.\s+")
_YEAR_LAST = re.compile(r"[.,]?\s*\(?((?:19|20)\d\d)[a-z]?\)?[.,:]?\s*$")
_DATE_LAST = re.compile(r",\s*(?:[A-Z][a-z]{2,8}\.?\s+)?((?:19|20)\d\d)[a-z]?[.\s]*$")
_KIND = re.compile(r"\s?\[(?:J|C|M|D|R|S|P|N|A|Z|G|EB|DS|CP|DB|PP)(?:/(?:OL|CD|DK|MT))?\]")
_QUOTED = re.compile(
    r"[\"“](?P<title>.{8,}?)(?:[.,?!][\"”]|[\"”](?=[.,;]|\s*$|\s+(?:[A-Z(*]|\d|in\b|arXiv|npj|medRxiv)))", re.DOTALL
)
_STOP = re.compile(r"[.?!][\"”’)]*(?:\s+|$)")
_SHORTENED = re.compile(r"(?:\b(?:vs|et al|e\.g|i\.e|cf|St|Dr|Prof|No|Vol|Fig|approx)|\b[A-Z]|\b[A-Z]\.[A-Z])\.$")
# How an imprint begins, where the title before it ends in no full stop.
_IMPRINT = re.compile(
    r"In[:,]?\s|in:?\s+(?=[A-Z])|https?:|doi:|[A-Z][^.?!]{2,60}(?:,\s\d|\.\s(?:19|20)\d\d\b)"
    r"|(?:(?i:(?:bio|med|psy)?a?rxiv|npj)|CoRR|SSRN|Proc|Proceedings|Advances in|Findings of|Transactions|Trans|IEEE"
    r"|ACM|Journal|J|Nature|Nat|Science|Scientific|Sci|Frontiers|International|JMIR|PNAS|PLOS|Preprint|Technical)\b"
)
_REMARK = re.compile(r"\s*(?:\((?:preprint|arxiv|version|no\.)[^()]*\)|\[[^\[\]]{3,30}\])[.\s]*$", re.IGNORECASE)
_IN_VOLUME = re.compile(r"[.?!][\"”]?\s+[Ii]n[:,]?\s+(?=[A-Z(]|eds?\b|(?:ar|bio|med)Xiv|npj)")
# What parts authors from the title before them in a list, and the sign that they are authors.
_LISTED_AUTHORS = re.compile(r"[\s\"”.,]*[—–|-]+\s*[^\n]*?(?:\bal\b|,)[^\n]*(?:19|20)\d\d")
_PARTICLES = frozenset("and et al de da di del della van von der den du la le dos bin al el of for the".split())
_LONGEST_NAME = 5


def take_apart(marked: Marked, start: int = 0) -> Parts | None:
    """Return where authors, title and imprint stand; None where the text from `start` on is in no known style."""
    label = _LABEL.match(marked.text, start)
    start = label.end() if label else start
    for style in (_as_list_item, _by_blocks, _by_kind, _by_quotes, _by_year, _by_byline):
        found = style(marked, start)
        if found and found.title[1] > found.title[0]:
            return _without_remarks(marked.text, found)
    return None


def _without_remarks(text: str, parts: Parts) -> Parts:
    """Leave out of the title what styles put behind it: ``[Internet]``, ``(Preprint arXiv:2502.11095)``."""
    start, end = parts.title
    while remark := _REMARK.search(text, start, end):
        end = remark.start()
    if end == parts.title[1] or end == start:
        return parts
    imprint = (end, parts.imprint[1]) if parts.style == "reference" else parts.imprint
    return parts._replace(title=trimmed(text, start, end), imprint=imprint)


def is_byline(text: str) -> bool:
    """Tell whether a text can be a list of authors: names of few words with capitals, and nothing else."""
    pieces = [piece for piece in re.split(r"[,;&]|\band\b", text) if piece.strip(" .…")]
    if not pieces or "?" in text or ":" in text:
        return False
    for piece in pieces:
        words = piece.replace(".", ". ").split()
        if len([word for word in words if len(word.strip(".")) > 1]) > _LONGEST_NAME:
            return False
        if any(not _is_name_word(word) for word in words):
            return False
    return True


def _is_name_word(word: str) -> bool:
    bare = word.strip(".()*†‡§’'\"")
    return not bare or not bare[0].islower() or bare in _PARTICLES or bare.isdigit()


def trimmed(text: str, start: int, end: int, signs: str = " .,;:—–-|\n\t") -> Span:
    """Return a stretch without the signs around it."""
    while start < end and text[start] in signs:
        start += 1
    while end > start and text[end - 1] in signs:
        end -= 1
    return start, end


def _as_list_item(marked: Marked, start: int) -> Parts | None:
    """``**Title** — Authors, Venue Year``: the title is bold, or the label of a link, and comes first."""
    text = marked.text
    tag = _TAG.match(text, start)
    after_tag = tag.end() if tag else start
    title = next(
        (
            span
            for span in sorted((*marked.bold, *marked.linked))
            if span[0] in (start, after_tag, start + 1, after_tag + 1) and not _TAG.fullmatch(text, *span)
        ),
        None,
    )
    if title is None or len(text[slice(*title)].split()) < 3:
        return None
    body = (title[1], len(text))
    if is_byline(text[slice(*title)]) and not _LISTED_AUTHORS.match(text, *body):  # bold authors, and no title
        return None
    if tag and _YEAR.search(tag.group(1)):
        return Parts("listing", trimmed(text, *title), trimmed(text, *body), (0, 0), tag.span(1))
    year = next(iter(reversed(list(_YEAR.finditer(text, *body)))), None)
    if year is None:
        return Parts("listing", trimmed(text, *title), (0, 0), (0, 0), trimmed(text, *body))
    before = max(text.rfind(sign, body[0], year.start()) for sign in ",.(—–|[:\n")
    after = min((place for sign in ",.)|]\n" if (place := text.find(sign, year.end())) >= 0), default=len(text))
    imprint = trimmed(text, max(before, body[0]), after, " .,;:—–-|([\n\t")
    authors = trimmed(text, body[0], max(before, body[0]), " ,;:—–-|([\n\t")
    slanted = (span for span in sorted(marked.slanted) if title[1] <= span[0] < year.start())
    venue = next((span for span in slanted if not _is_et_al(text, span)), None)
    people = trimmed(text, body[0], venue[0], " .,;:—–-|([\n\t") if venue else (0, 0)
    if venue and people[1] > people[0] and is_byline(text[slice(*people)]):  # the venue is in italics, behind them
        authors, imprint = people, (venue[0], year.end())
    named = authors if is_byline(text[slice(*authors)]) else (0, 0)
    return Parts("listing", trimmed(text, *title, " .,;:—–-|\n\t"), named, year.span(), imprint)


def _is_et_al(text: str, span: Span) -> bool:
    return text[slice(*span)].strip(" ,.").casefold() in ("et al", "al", "et")


def _by_blocks(marked: Marked, start: int) -> Parts | None:
    r"""BibTeX's styles part authors, title and the rest by ``\newblock``."""
    if not marked.breaks:
        return None
    first, second = (*marked.breaks[:2], len(marked.text))[:2]
    authors, year = _without_year(marked.text, *trimmed(marked.text, start, first))
    title = trimmed(marked.text, first, second)
    dated = _DATE_LAST.search(marked.text, *title)
    if dated and not year[1]:  # a title without journal has the date behind it
        title, year = trimmed(marked.text, first, dated.start()), dated.span(1)
    return Parts("reference", title, authors, year, (second, len(marked.text)))


def _without_year(text: str, start: int, end: int) -> tuple[Span, Span]:
    """Return a head of authors without the year at its end, and the year."""
    found = _YEAR_LAST.search(text, start, end)
    if found is None:
        return trimmed(text, start, end, " ,;:\n"), (0, 0)
    return trimmed(text, start, found.start(), " ,;:(\n"), found.span(1)


def _by_kind(marked: Marked, start: int) -> Parts | None:
    """GB/T 7714 names the kind of a publication behind its title: ``Title[J]``."""
    text = marked.text
    kind = _KIND.search(text, start)
    if kind is None:
        return None
    authors = longest_byline(text, start, kind.start())
    if authors is None:
        return None
    title = trimmed(text, authors[1], kind.start(), " .:\n")
    return Parts("reference", title, authors, (0, 0), trimmed(text, kind.end(), len(text), " ./:"))


def _by_quotes(marked: Marked, start: int) -> Parts | None:
    """MLA, Chicago and IEEE put the title in quotation marks, behind the authors."""
    text = marked.text
    found = _QUOTED.search(text, start)
    if found is None:
        return None
    head = text[start : found.start()].rstrip()
    if len(found["title"].split()) < 3 or (head and head[-1] not in ".,):;"):
        return None
    authors, year = _without_year(text, start, start + len(head))
    if not is_byline(text[slice(*authors)]):
        return None
    ends_inside = text[found.end() - 1] in '"”' and text[found.end() - 2] in "?!"
    title = (found.start("title"), found.end("title") + ends_inside)
    return Parts("reference", trimmed(text, *title, " .,\n"), authors, year, (found.end(), len(text)))


def _by_year(marked: Marked, start: int) -> Parts | None:
    """APA, Harvard and ACL put the year behind the authors, then the title."""
    text = marked.text
    for pattern in (_DATED, _YEAR_ALONE):
        found = pattern.search(text, start)
        if found and is_byline(text[start : found.start()]):
            end = _title_end(marked, found.end())
            year = found.span("year") if found["year"][:1].isdigit() else (0, 0)
            authors = trimmed(text, start, found.start(), " ,;:\n")
            title = trimmed(text, found.end(), end, " .,;\n")
            return Parts("reference", title, authors, year, (end, len(text)))
    return None


def _by_byline(marked: Marked, start: int) -> Parts | None:
    """Vancouver, Nature and others go on with the title behind the authors; the year comes later or not at all."""
    authors = longest_byline(marked.text, start, len(marked.text))
    if authors is None or not any(sign in marked.text[slice(*authors)] for sign in (",", " al", " and ")):
        return None
    begin = trimmed(marked.text, authors[1], len(marked.text))[0]
    end = _title_end(marked, begin)
    title = trimmed(marked.text, begin, end, " .,;\n")
    if len(marked.text[slice(*title)].split()) < 3:
        return None
    return Parts("reference", title, authors, (0, 0), (end, len(marked.text)))


def longest_byline(text: str, start: int, end: int) -> Span | None:
    """Return the longest beginning that ends at a stop and can be a list of authors."""
    best = None
    for found in re.finditer(r"\.\s+|\bal\b\s+(?=[A-Z])|(?<=等)[.。]\s*", text[start:end]):
        candidate = text[start : start + found.start() + 1]
        if not is_byline(candidate):
            break
        best = trimmed(text, start, start + len(candidate), " ,;:\n")
    return best


def _title_end(marked: Marked, start: int) -> int:
    """Return where a title that begins at `start` ends: before what is slanted, or at the stop before the imprint."""
    text = marked.text
    volume = _IN_VOLUME.search(text, start)
    for begin, end in sorted(marked.slanted):
        if begin <= start < end and end - start > 8:
            return end
        if begin > start + 3 and any(c.isalpha() for c in text[begin:end]):
            return min(begin, volume.start() + 1) if volume else begin
    last = volume.start() + 1 if volume else len(text)
    for found in _STOP.finditer(text, start, last):
        rest = text[found.end() :]
        shortened = _SHORTENED.search(text, max(start, found.start() - 8), found.start() + 1)
        ends = not shortened and (not rest or not rest[0].islower()) if text[found.start()] == "." else False
        if ends or (not shortened and _IMPRINT.match(rest)):
            return found.start() + 1
    return last

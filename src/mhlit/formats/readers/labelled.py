"""Read listings whose fields are labelled, as in ``Authors: …``, and the label of a reference: ``Cite: …``."""

import re

from mhlit.formats.readers.marked import Span, from_markdown
from mhlit.formats.readers.references import entry_of_fields, link_field
from mhlit.formats.readers.source import Lines
from mhlit.model import Entry, SourceField

_CITE = r"(?:how to )?cit(?:e(?:d as| as| us| this(?: \w+)?)?|ation)s?|ref(?:erence)?s?|apa|bibliography"
_BULLET = r"[ \t]*(?:>[ \t]*)*(?:(?:[-*+•]|\d{1,3}[.)])[ \t]+)?"
_CITED = re.compile(
    rf"{_BULLET}[*_`\"]*(?:{_CITE})(?:[*_`\"]*[ \t]*[:：—–-]+[*_]*|[*_]{{1,3}}|[ \t]*\n)[ \t]*", re.IGNORECASE
)
_CITED_ALONE = re.compile(rf"[*_#> \t-]*(?:{_CITE})[*_: \t]*", re.IGNORECASE)
_NAMES = {
    "title": r"(?:paper[ \t]+)?titles?|paper[ \t]+name",
    "author": r"authors?|by|written[ \t]+by",
    "journal": r"venues?|conference|journal|published(?:[ \t]+(?:in|at))?|publication|source|proceedings|where",
    "year": r"years?|date|published[ \t]+on|time|when",
    "doi": r"doi",
}
_LABELLED = re.compile(
    rf"^{_BULLET}[*_`]*(?P<label>(?:{'|'.join(_NAMES.values())}))[*_`]*[ \t]*[:：][*_`]*[ \t]*(?P<value>[^\n]*\S)",
    re.MULTILINE | re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# What else is labelled below a title, and is no title itself.
_OTHERS = (
    r"pdf|paper|link|url|code|data(?:sets?)?|project(?:[ \t]+page)?|website|abstract|summary|tl;?dr|description"
    r"|keywords?|tags?|topics?|notes?|arxiv|id|task|language|size|license|github|repo(?:sitory)?|demo|slides|video|bibtex"
    r"|citations?|cite"
)
_TELLING = "|".join((*(pattern for name, pattern in _NAMES.items() if name != "title"), _OTHERS))
_ANY_LABEL = re.compile(rf"{_BULLET}[*_`]*(?:{_TELLING})[*_`]*[ \t]*[:：]", re.IGNORECASE)


def without_label(text: str, start: int, end: int) -> tuple[int, bool]:
    """Return where a reference begins behind a label such as ``Cite:``, and whether there is one."""
    label = _CITED.match(text, start, end)
    return (label.end(), True) if label and label.end() < end else (start, False)


def is_labelled(text: str) -> bool:
    """Tell whether a text begins with the label of something that is told of a work, other than its title."""
    return _ANY_LABEL.match(text) is not None


def is_cite_label(text: str, floor: int, start: int) -> bool:
    """Tell whether a label such as ``Cite:`` stands before `start`, on its line or the last one with text."""
    line = text.rfind("\n", floor, start) + 1 or floor
    before = text[max(line, floor) : start]
    if not before.strip(" \t>-*+•"):
        above = text[floor : max(line, floor)].rstrip()
        before = above[above.rfind("\n") + 1 :]
    return bool(_CITED_ALONE.fullmatch(before.strip(" :—–")))


def labelled_entry(text: str, start: int, title: tuple[str, int], lines: Lines) -> Entry | None:
    """Return the entry of labelled fields; `title` is what is its title, and where, if no field is labelled so.

    None where nothing but a title is told.
    """
    fields: dict[str, SourceField] = {}
    for found in _LABELLED.finditer(text):
        label = found["label"].lower()
        name = next(name for name, pattern in _NAMES.items() if re.fullmatch(pattern, label))
        marked = from_markdown(found["value"], start + found.start("value"))
        value = " ".join(marked.text.split()) or " ".join(link.label for link in marked.links)
        if value:
            fields.setdefault(name, _field(name, value, (start + found.start("value"), start + found.end("value"))))
    if not fields.keys() & {"author", "journal", "year"}:
        return None
    fields.setdefault("title", _field("title", title[0], (title[1], title[1] + len(title[0]))))
    if "year" not in fields and "journal" in fields and (year := _YEAR.search(fields["journal"].value)):
        fields["year"] = fields["journal"]._replace(name="year", value=year.group())
    marked = from_markdown(text, start)
    links = [link_field(link.label, link.address, link.start, link.end) for link in marked.links]
    style = (
        "reference" if re.search(r",\s*[A-Z]\.", fields["author"].value if "author" in fields else "") else "listing"
    )
    return entry_of_fields("", style, [*fields.values(), *links], lines.place(start, start + len(text)))


def _field(name: str, value: str, span: Span) -> SourceField:
    return SourceField(name, value, span[0], *span)

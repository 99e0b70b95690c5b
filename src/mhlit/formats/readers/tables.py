"""Read the rows of Markdown tables whose heading names a title: one reference a row."""

import re
from collections.abc import Iterator

from mhlit.formats.readers.marked import Span, from_markdown
from mhlit.formats.readers.pieces import titled_fields
from mhlit.formats.readers.references import entry_of_fields, link_field
from mhlit.formats.readers.source import Lines
from mhlit.model import Entry, SourceField

_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_RULE = re.compile(r"[ \t]*+\|?[ \t]*+:?-{2,}[-:| \t]*+\n")
CELL = re.compile(r"(?:\\\||[^|\n])+")
# What a column holds, by its heading.
_COLUMNS = (
    ("title", re.compile(r"title|paper|publication|work|article", re.IGNORECASE)),
    ("author", re.compile(r"authors?", re.IGNORECASE)),
    ("journal", re.compile(r"venue|conference|journal|published|source|conf", re.IGNORECASE)),
    ("year", re.compile(r"year|date", re.IGNORECASE)),
    ("doi", re.compile(r"doi", re.IGNORECASE)),
)
# Beside a column of titles, where the work was published.
_PUBLICATION = re.compile(r"publication", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def rows(text: str, lines: Lines, *, untitled: bool = False) -> Iterator[tuple[Span, list[Entry]]]:
    """Yield the place of each table with a column of titles, and the entries of its rows.

    With `untitled` other tables too, without entries.
    """
    for top, body in _tables(text):
        head = [found.group().strip(" *_") for found in CELL.finditer(text, *top)]
        columns = {place: name for place, heading in enumerate(head) if (name := _column(heading))}
        titles = [place for place, name in columns.items() if name == "title"]
        columns |= {place: "journal" for place in titles if len(titles) > 1 and _PUBLICATION.fullmatch(head[place])}
        if titles:
            every = re.compile(r"[^\n]+").finditer(text, *body)
            entries = [_entry(text, row.span(), columns, lines) for row in every]
            yield (top[0], body[1]), [entry for entry in entries if entry]
        elif untitled:
            yield (top[0], body[1]), []


def _tables(text: str) -> Iterator[tuple[Span, Span]]:
    """Yield where the heading and the rows of each table stand: lines with a bar, a rule between them."""
    every = [found.span() for found in _LINE.finditer(text)]
    place = 0
    while place + 2 < len(every):
        if "|" not in text[slice(*every[place])] or not _RULE.match(text, *every[place + 1]):
            place += 1
            continue
        after = place + 2
        while after < len(every) and "|" in text[slice(*every[after])]:
            after += 1
        if after > place + 2:
            yield every[place], (every[place + 2][0], every[after - 1][1])
        place = max(after, place + 1)


def _column(heading: str) -> str:
    return next((name for name, pattern in _COLUMNS if pattern.search(heading)), "")


def _entry(text: str, row: Span, columns: dict[int, str], lines: Lines) -> Entry | None:
    start = row[0] + (len(text[slice(*row)]) - len(text[slice(*row)].lstrip(" \t|")))
    fields: list[SourceField] = []
    for place, cell in enumerate(CELL.finditer(text, start, row[1])):
        marked = from_markdown(cell.group(), cell.start())
        name = columns.get(place, "")
        if name == "title":
            fields += titled_fields(marked)
        elif name and (value := " ".join(marked.text.split())):
            begin = len(marked.text) - len(marked.text.lstrip())
            origin = marked.origin(begin, len(marked.text.rstrip()))
            fields.append(SourceField(name, value, origin[0], *origin))
        fields += [link_field(link.label, link.address, link.start, link.end) for link in marked.links]
    if not any(field.name == "title" and " " in field.value for field in fields):
        return None
    venue = next((field for field in fields if field.name == "journal"), None)
    if venue and not any(field.name == "year" for field in fields) and (year := _YEAR.search(venue.value)):
        at = text.find(year.group(), venue.start, venue.end)
        fields.append(SourceField("year", year.group(), at, at, at + len(year.group())))
    return entry_of_fields("", "listing", fields, lines.place(*row))

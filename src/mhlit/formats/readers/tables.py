"""Read the rows of Markdown tables whose heading names a title: one reference a row."""

import re
from collections.abc import Iterator

from mhlit.formats.readers.marked import Span, from_markdown
from mhlit.formats.readers.pieces import titled_fields
from mhlit.formats.readers.references import entry_of_fields, link_field
from mhlit.formats.readers.source import Lines
from mhlit.model import Entry, SourceField

_TABLE = re.compile(
    r"^[ \t]*\|?(?P<head>[^\n]*\|[^\n]*)\n[ \t]*\|?[ \t]*:?-{2,}[-:| \t]*\n"
    r"(?P<body>(?:[ \t]*\|?[^\n]*\|[^\n]*(?:\n|\Z))+)",
    re.MULTILINE,
)
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
    for table in _TABLE.finditer(text):
        head = [found.group().strip(" *_") for found in CELL.finditer(table["head"])]
        columns = {place: name for place, heading in enumerate(head) if (name := _column(heading))}
        titles = [place for place, name in columns.items() if name == "title"]
        columns |= {place: "journal" for place in titles if len(titles) > 1 and _PUBLICATION.fullmatch(head[place])}
        if titles:
            body = re.compile(r"[^\n]+").finditer(text, *table.span("body"))
            entries = [_entry(text, row.span(), columns, lines) for row in body]
            yield table.span(), [entry for entry in entries if entry]
        elif untitled:
            yield table.span(), []


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

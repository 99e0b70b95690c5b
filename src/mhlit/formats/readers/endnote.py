"""Read EndNote's tagged import format (.enw, Refer): a line a field, ``%A Doe, Jane``; an empty line ends a record.

Source: the EndNote manual, "EndNote Import"; Bibliographic formats, refer(1).
"""

import re
from collections.abc import Iterator

from mhlit.formats.readers import Problem, Reading
from mhlit.formats.readers.records import date_of, make_entry, mentions, pages_of
from mhlit.formats.readers.ris import person
from mhlit.formats.readers.source import Lines, lines_of
from mhlit.model import Entry, PartialDate, Record, SourceField, Version
from mhlit.text import without_tags

_LINE = re.compile(r"%([0-9A-Z@!#$&(>?\[\]*<^|~+=\\])(?: (.*)|$)")
_TYPES = {
    "journal article": "article",
    "electronic article": "article",
    "magazine article": "article",
    "newspaper article": "article",
    "conference proceedings": "inproceedings",
    "conference paper": "inproceedings",
    "book section": "incollection",
    "electronic book section": "incollection",
    "book": "book",
    "edited book": "book",
    "electronic book": "book",
    "thesis": "thesis",
    "report": "report",
    "dataset": "dataset",
    "computer program": "software",
    "web page": "online",
    "unpublished work": "unpublished",
}
# EndNote's tags under the names that identifiers and addresses are looked for by.
_NAMES = {"R": "doi", "U": "url", ">": "pdf", "2": "pmcid", "M": "an"}


def read(text: str) -> Reading:
    """Read every record of an EndNote import file; a line without a tag continues the one before it."""
    lines = Lines(text)
    problems: list[Problem] = []
    entries = tuple(_entry(fields, lines) for fields in _records(text, lines, problems))
    if not entries and text.strip():
        problems.append(Problem("no record was found: this does not look like EndNote's format", lines.place(0, 0)))
    return Reading(entries, tuple(problems))


def _records(text: str, lines: Lines, problems: list[Problem]) -> Iterator[tuple[SourceField, ...]]:
    fields: list[SourceField] = []
    for start, whole in lines_of(text):
        line, end = whole.rstrip(), start + len(whole)
        tagged = _LINE.fullmatch(line)
        if tagged and tagged.group(1) == "0" and fields:
            yield tuple(fields)
            fields = []
        if tagged:
            value = (tagged.group(2) or "").strip()
            fields.append(SourceField(tagged.group(1), value, start, min(start + 3, end), end))
        elif line and fields:
            last = fields[-1]
            fields[-1] = last._replace(value=f"{last.value} {line.strip()}".strip(), end=end)
        elif line:
            problems.append(Problem("not a line of a record, which begins with %0", lines.place(start, end)))
    if fields:
        yield tuple(fields)


def _entry(fields: tuple[SourceField, ...], lines: Lines) -> Entry:
    values: dict[str, str] = {}
    for field in fields:
        if field.value:
            values.setdefault(field.name, field.value)
    kind = _TYPES.get(values.get("0", "").lower(), "misc")
    pages, article_number = pages_of(values.get("P", ""))
    people = [field.value for field in fields if field.name == "A" and field.value]
    named = [name for name in people if name.lower().strip(" .") not in ("et al", "others")]
    record = Record(
        version=Version.VERSION_OF_RECORD,
        type=kind,
        title=without_tags(values.get("T", "")),
        authors=tuple(person(name) for name in named),
        issued=_date(values.get("D", ""), values.get("8", "")),
        container_title=values.get("J", "") or values.get("B", ""),
        collection_title=values.get("S", ""),
        volume=values.get("V", ""),
        issue=values.get("N", ""),
        pages=pages,
        article_number=article_number,
        publisher=values.get("I", ""),
        publisher_place=values.get("C", ""),
        editors=tuple(person(field.value) for field in fields if field.name == "E" and field.value),
        url=values.get("U", ""),
        pdf=values.get(">", ""),
    )
    renamed = [field._replace(name=_name(field)) for field in fields]
    return make_entry(
        values.get("F", ""),
        values.get("0", ""),
        record,
        fields=fields,
        place=lines.place(fields[0].name_start, fields[-1].end),
        found=mentions(renamed, eprint_is_arxiv=True),
        omitted=len(named) if len(named) < len(people) else -1,
    )


def _name(field: SourceField) -> str:
    """Return the name of what a field holds; a serial number is an ISSN where it has eight digits."""
    if field.name == "@":
        return "issn" if len(field.value.replace("-", "").split(" ")[0]) == 8 else "isbn"
    return _NAMES.get(field.name, field.name)


def _date(year: str, day: str) -> PartialDate | None:
    """Return the date of a year and, as EndNote has it, ``04/30``, ``April 30`` or the whole date again."""
    numbers = [part.zfill(2) for part in day.split("/") if part.isdigit() and len(part) <= 2]
    if numbers:
        return date_of("-".join((year, *numbers[:2])), year)
    return date_of("", year or day, day)

"""Read NBIB, what PubMed exports: a tag of four characters, a hyphen, a value that may go on, indented, below.

Source: NLM, MEDLINE/PubMed Data Element (Field) Descriptions. An empty line ends a record.
"""

import re
from collections.abc import Iterator

from mhlit.formats.readers import Problem, Reading
from mhlit.formats.readers.people import read_name
from mhlit.formats.readers.records import date_of, make_entry, pages_of
from mhlit.formats.readers.source import Lines, lines_of
from mhlit.identifiers import make_identifier
from mhlit.model import Entry, Mention, Name, Record, SourceField, Version

_LINE = re.compile(r"([A-Z]{2,4}) {0,2}- ?(.*)")
_MORE = re.compile(r"(?: {2,}|\t)(\S.*)")
_TAGGED = re.compile(r"(.*?)\s*\[(doi|pii)\]", re.IGNORECASE)
_TYPES = (("preprint", "misc"), ("book chapter", "incollection"), ("book", "book"), ("dataset", "dataset"))


def read(text: str) -> Reading:
    """Read every record of an NBIB file."""
    lines = Lines(text)
    problems: list[Problem] = []
    entries = tuple(_entry(fields, lines) for fields in _records(text, lines, problems))
    if not entries and text.strip():
        problems.append(Problem("no record was found: this does not look like NBIB", lines.place(0, 0)))
    return Reading(entries, tuple(problems))


def _records(text: str, lines: Lines, problems: list[Problem]) -> Iterator[tuple[SourceField, ...]]:
    fields: list[SourceField] = []
    for start, line in lines_of(text):
        end = start + len(line)
        found, more = _LINE.fullmatch(line.rstrip()), _MORE.fullmatch(line.rstrip())
        if found and found.group(1) == "PMID" and fields:
            yield tuple(fields)
            fields = []
        if found:
            fields.append(SourceField(found.group(1), found.group(2).strip(), start, start + found.start(2), end))
        elif more and fields:
            last = fields[-1]
            fields[-1] = last._replace(value=f"{last.value} {more.group(1)}".strip(), end=end)
        elif line.strip():
            problems.append(Problem("not a line of a record", lines.place(start, end)))
        elif fields:
            yield tuple(fields)
            fields = []
    if fields:
        yield tuple(fields)


def _entry(fields: tuple[SourceField, ...], lines: Lines) -> Entry:
    values: dict[str, str] = {}
    for field in fields:
        if field.value:
            values.setdefault(field.name, field.value)
    kinds = [field.value.lower() for field in fields if field.name == "PT"]
    kind = next((type for name, type in _TYPES if any(name in one for one in kinds)), "article")
    pages, article_number = pages_of(values.get("PG", ""))
    mentions = tuple(_mentions(fields))
    record = Record(
        version=Version.VERSION_OF_RECORD,
        type=kind,
        title=(values.get("TI", "") or values.get("BTI", "")).rstrip("."),
        authors=tuple(_authors(fields)),
        issued=date_of("", values.get("DP", ""), values.get("DP", "")[4:], values.get("DP", "")[8:]),
        container_title=values.get("JT", "") or values.get("TA", ""),
        volume=values.get("VI", ""),
        issue=values.get("IP", ""),
        pages=pages,
        article_number=article_number,
        publisher=values.get("PB", ""),
        publisher_place=values.get("CI", "") if kind == "book" else "",
        editors=tuple(read_name(field.value) for field in fields if field.name in ("FED", "ED") and field.value),
    )
    place = lines.place(fields[0].name_start, fields[-1].end)
    return make_entry("", "NBIB", record, fields=fields, place=place, found=mentions)


def _authors(fields: tuple[SourceField, ...]) -> Iterator[Name]:
    """Yield the authors in their order: whole names, short ones where there is no whole one, and groups."""
    whole = any(field.name == "FAU" for field in fields)
    for field in fields:
        if field.name == "CN" and field.value:
            yield Name(literal=field.value)
        elif field.name == "FAU" and field.value:
            yield read_name(field.value)
        elif field.name == "AU" and field.value and not whole:
            family, _, initials = field.value.rpartition(" ")
            yield Name(family=family, given=initials) if family else Name(literal=field.value)


def _mentions(fields: tuple[SourceField, ...]) -> Iterator[Mention]:
    """Yield identifiers: PubMed's own, and those that AID and LID say the kind of."""
    schemes = {"PMID": "pmid", "PMC": "pmcid", "IS": "issn"}
    for place, field in enumerate(fields):
        tagged = _TAGGED.fullmatch(field.value) if field.name in ("AID", "LID") else None
        scheme = schemes.get(field.name, "doi" if tagged and tagged.group(2).lower() == "doi" else "")
        value = tagged.group(1) if tagged else field.value.split(" ")[0]
        if scheme:
            try:
                yield Mention(make_identifier(scheme, value), place)
            except ValueError:
                continue

"""Read RIS: a tag of two characters, two spaces, a hyphen, a value; a record from `TY` to `ER`.

Source: Research Information Systems' format specification (2011), and what Zotero, EndNote, Mendeley and publishers
write. Lines of our own, because rispy gives no places and drops a record without `ER` silently.
"""

import re
from collections.abc import Iterator

from mhlit.formats.readers import Problem, Reading
from mhlit.formats.readers.people import read_name
from mhlit.formats.readers.records import date_of, make_entry, mentions, pages_of
from mhlit.formats.readers.source import Lines, lines_of
from mhlit.model import Entry, Name, PartialDate, Record, SourceField, Version
from mhlit.text import without_tags

_LINE = re.compile(r"([A-Z][A-Z0-9])(?:  ?- ?|  -$)(.*)")
# Reference type to BibLaTeX's; what is not here is `misc`.
_TYPES = {
    "JOUR": "article",
    "MGZN": "article",
    "NEWS": "article",
    "EJOUR": "article",
    "JFULL": "article",
    "ABST": "article",
    "INPR": "article",
    "CONF": "inproceedings",
    "CPAPER": "inproceedings",
    "CHAP": "incollection",
    "ECHAP": "incollection",
    "BOOK": "book",
    "EBOOK": "book",
    "EDBOOK": "book",
    "THES": "thesis",
    "RPRT": "report",
    "UNPB": "unpublished",
    "DATA": "dataset",
    "COMP": "software",
    "ELEC": "online",
    "WEB": "online",
}
# What is kept, by the tags it may stand under, the likeliest first.
_TITLE = ("TI", "T1", "CT", "BT")
_CONTAINER = ("JO", "JF", "T2", "BT", "JA", "J2", "J1", "C3")


def read(text: str) -> Reading:
    """Read every record of a RIS file; a line without a tag continues the one before it."""
    lines = Lines(text)
    problems: list[Problem] = []
    entries = tuple(_entry(fields, end, lines) for fields, end in _records(text, lines, problems))
    if not entries and text.strip():
        problems.append(Problem("no record was found: this does not look like RIS", lines.place(0, 0)))
    return Reading(entries, tuple(problems))


def _records(text: str, lines: Lines, problems: list[Problem]) -> Iterator[tuple[tuple[SourceField, ...], int]]:
    """Yield the fields of each record and the offset after it."""
    fields: list[SourceField] = []
    for start, line in lines_of(text):
        found = _LINE.fullmatch(line.rstrip())
        end = start + len(line)
        if found is None:
            if not line.strip():
                continue
            if fields:
                last = fields[-1]
                fields[-1] = last._replace(value=f"{last.value} {line.strip()}".strip(), end=end)
            else:
                problems.append(Problem("not a line of a record, which begins with TY", lines.place(start, end)))
            continue
        tag, value = found.group(1), found.group(2).strip()
        if tag == "TY" and fields:
            problems.append(Problem("the record before this one has no ER", lines.place(start, end)))
            yield tuple(fields), fields[-1].end
            fields = []
        if tag == "ER":
            if fields:
                yield tuple(fields), end
            fields = []
            continue
        if not fields and tag != "TY":
            problems.append(Problem("a record begins with TY", lines.place(start, end)))
        fields.append(SourceField(tag, value, start, start + found.start(2), end))
    if fields:
        problems.append(Problem("the last record has no ER", lines.place(fields[-1].name_start, fields[-1].end)))
        yield tuple(fields), fields[-1].end


def _entry(fields: tuple[SourceField, ...], end: int, lines: Lines) -> Entry:
    values: dict[str, str] = {}
    for field in fields:
        if field.value:
            values.setdefault(field.name, field.value)
    kind = _TYPES.get(values.get("TY", "").upper(), "misc")
    title_tags = _TITLE if kind != "book" else ("TI", "T1", "BT")
    pages, article_number = pages_of("-".join(values[tag] for tag in ("SP", "EP") if tag in values))
    if pages and pages == values.get("C7", ""):  # an article number stands in both, for programs that know one
        pages = ""
    container, series = _first(values, *_CONTAINER), values.get("T3", "")
    if not container and kind in ("article", "inproceedings", "incollection"):
        container, series = series, ""
    names = [field.value for field in fields if field.name in ("AU", "A1") and field.value]
    people = [name for name in names if name.lower().strip(" .") not in ("et al", "others")]
    record = Record(
        version=Version.VERSION_OF_RECORD,
        type=kind,
        title=without_tags(_first(values, *title_tags)),
        authors=tuple(person(name) for name in people),
        issued=_date(values),
        container_title=container,
        collection_title=series,
        volume=values.get("VL", ""),
        issue=values.get("IS", ""),
        pages=pages,
        article_number=values.get("C7", "") or article_number,
        publisher=values.get("PB", ""),
        publisher_place=_first(values, "CY", "PP"),
        editors=tuple(person(field.value) for field in fields if field.name in ("ED", "A2") and field.value),
        url=_first(values, "UR", "LK"),
        pdf=values.get("L1", ""),
    )
    named = [
        field._replace(name=_SERIAL.get(_digits(field.value), "SN")) if field.name == "SN" else field
        for field in fields
    ]
    return make_entry(
        values.get("ID", ""),
        values.get("TY", ""),
        record,
        fields=fields,
        place=lines.place(fields[0].name_start, end),
        found=mentions(named, eprint_is_arxiv=True),
        omitted=len(people) if len(people) < len(names) else -1,
        # Elsewhere N2 is the abstract; ours says what it is.
        annotation=values.get("N2", "") if values.get("N2", "").startswith("mhlit:") else "",
    )


# A serial number is an ISSN or an ISBN by the number of its digits.
_SERIAL = {8: "issn", 10: "isbn", 13: "isbn"}


def _digits(value: str) -> int:
    return len(re.sub(r"[^\dXx]", "", re.split(r"[;(]", value, maxsplit=1)[0]))


def _first(values: dict[str, str], *tags: str) -> str:
    return next((values[tag] for tag in tags if tag in values), "")


def person(text: str) -> Name:
    """Read a name; RIS puts the suffix last (``Strong, Sam, Jr.``), and a comma at the end of a group's name."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 3 and parts[2]:
        return read_name(f"{parts[0]}, {parts[2]}, {parts[1]}")
    if len(parts) == 2 and not parts[1]:
        return Name(literal=parts[0])
    return read_name(", ".join(parts))


def _date(values: dict[str, str]) -> PartialDate | None:
    """Return the fullest date; RIS writes ``2025/04/30/`` with empty parts, others write it as they like."""
    for tag in ("DA", "Y1", "PY"):
        value = values.get(tag, "")
        parts = [part.zfill(2) for part in re.split(r"[/-]", value) if part.isdigit()]
        date = date_of("-".join(parts[:3]), value, value)
        if date:
            return date
    return None

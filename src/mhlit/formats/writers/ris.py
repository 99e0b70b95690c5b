"""Write RIS: a tag, two spaces, a hyphen, a value; UTF-8, lines that end in CR LF.

Source: Research Information Systems' format specification (2011); types and tags are those that pandoc, bibutils,
Zotero and EndNote read alike.
"""

from collections.abc import Iterable, Iterator

from mhlit.formats.writers.tagged import address, eprint, person
from mhlit.model import Entry, PartialDate, Version
from mhlit.text import printable

_TYPES = {
    "article": "JOUR",
    "book": "BOOK",
    "bookinbook": "CHAP",
    "collection": "BOOK",
    "conference": "CONF",
    "dataset": "DATA",
    "inbook": "CHAP",
    "incollection": "CHAP",
    "inproceedings": "CONF",
    "mastersthesis": "THES",
    "mvbook": "BOOK",
    "online": "ELEC",
    "phdthesis": "THES",
    "proceedings": "BOOK",
    "reference": "BOOK",
    "report": "RPRT",
    "software": "COMP",
    "techreport": "RPRT",
    "thesis": "THES",
    "unpublished": "UNPB",
}


def write(entries: Iterable[Entry]) -> str:
    """Return the entries as a RIS file."""
    return "".join(_record(entry) for entry in entries)


def _record(entry: Entry) -> str:
    lines = [f"{tag}  - {value}\r\n" for tag, text in _tags(entry) if (value := printable(text).strip())]
    return "".join((*lines, "ER  - \r\n\r\n"))


def _tags(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the tags with their values; those without a value are left out."""
    record = entry.record
    preprint = record.version is Version.PREPRINT
    yield "TY", "UNPB" if preprint else _TYPES.get(record.type, "GEN")
    yield "ID", entry.key
    yield "M3", "preprint" if preprint else ""
    yield "TI", record.title
    yield from (("AU", person(name)) for name in record.authors)
    yield from (("ED", person(name)) for name in record.editors)
    if record.issued:
        yield "PY", f"{record.issued.year:04d}"
        yield "DA", _date(record.issued)
    yield "T2", record.container_title
    yield "T3", record.collection_title
    yield "VL", record.volume
    yield "IS", record.issue
    first, _, last = record.pages.partition("-")
    yield "SP", first or record.article_number
    yield "EP", last
    yield "C7", record.article_number
    yield "PB", record.publisher or record.server
    yield "CY", record.publisher_place
    yield "SN", record.identifier("isbn")
    yield "SN", record.identifier("issn")
    yield "DO", record.identifier("doi")
    yield "AN", eprint(entry)
    yield "UR", address(entry)
    yield "L1", record.pdf if record.url else ""
    yield "N2", entry.annotation


def _date(date: PartialDate) -> str:
    """Return ``2025/04/30`` with the parts that are known."""
    return "/".join(f"{part:0{size}d}" for part, size in zip(date, (4, 2, 2), strict=True) if part)

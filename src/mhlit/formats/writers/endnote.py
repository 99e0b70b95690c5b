"""Write EndNote's tagged import format (.enw): a percent sign, a letter, a value.

Source: the tags of EndNote's Import filter (Clarivate, "EndNote Import"), which go back to Refer.
"""

from collections.abc import Iterable, Iterator

from mhlit.formats.writers.tagged import address, eprint, person
from mhlit.model import Entry, Version
from mhlit.text import printable

_TYPES = {
    "article": "Journal Article",
    "book": "Book",
    "bookinbook": "Book Section",
    "collection": "Edited Book",
    "conference": "Conference Proceedings",
    "dataset": "Dataset",
    "inbook": "Book Section",
    "incollection": "Book Section",
    "inproceedings": "Conference Proceedings",
    "mastersthesis": "Thesis",
    "mvbook": "Book",
    "online": "Web Page",
    "phdthesis": "Thesis",
    "report": "Report",
    "software": "Computer Program",
    "techreport": "Report",
    "thesis": "Thesis",
    "unpublished": "Unpublished Work",
}


def write(entries: Iterable[Entry]) -> str:
    """Return the entries, each followed by an empty line."""
    return "\n".join(_record(entry) for entry in entries)


def _record(entry: Entry) -> str:
    return "".join(f"%{tag} {value}\n" for tag, text in _tags(entry) if (value := printable(text).strip()))


def _tags(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the tags with their values; those without a value are left out."""
    record = entry.record
    preprint = record.version is Version.PREPRINT
    yield "0", "Unpublished Work" if preprint else _TYPES.get(record.type, "Generic")
    yield "T", record.title
    yield from (("A", person(name)) for name in record.authors)
    yield from (("E", person(name)) for name in record.editors)
    yield "J" if record.type == "article" else "B", record.container_title
    yield "S", record.collection_title
    if record.issued:
        yield "D", f"{record.issued.year:04d}"
        yield "8", "/".join(f"{part:02d}" for part in record.issued[1:] if part)
    yield "V", record.volume
    yield "N", record.issue
    yield "P", record.pages or record.article_number
    yield "I", record.publisher or record.server
    yield "C", record.publisher_place
    yield "9", "preprint" if preprint else ""
    yield "@", record.identifier("isbn") or record.identifier("issn")
    yield "R", record.identifier("doi")
    yield "M", eprint(entry)
    yield "U", address(entry)
    yield "F", entry.key
    yield "<", entry.annotation

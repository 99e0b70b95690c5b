r"""Write BibLaTeX: UTF-8, the fields that the data model has for each type, identifiers to the letter.

Source: the biblatex manual, §2.1 and §2.2, and its default data model, which `biber --validate-datamodel` enforces.
Greek letters and signs of mathematics are written as commands: pdfLaTeX stops at a bare ψ.
"""

from collections.abc import Iterable, Iterator

from mhlit.dates import format_date
from mhlit.formats.latex import encode_unicode as encode
from mhlit.formats.writers.tex import Field, entry, others, people, protect, verbatim
from mhlit.identifiers import url_of
from mhlit.model import Entry, Identifier, Version

_TYPES = {
    "conference": "inproceedings",
    "electronic": "online",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "techreport": "report",
    "www": "online",
}
_KINDS = {"mastersthesis": "mathesis", "phdthesis": "phdthesis", "report": "techreport", "techreport": "techreport"}
_BOOK = "editor publisher location series volume number pages eid isbn"
# Which of the fields that not every type has stand in a type, as the data model says.
_FIELDS = {
    "article": "journaltitle editor series volume number pages eid issn",
    "book": _BOOK,
    "collection": _BOOK,
    "dataset": "editor publisher location series number",
    "inbook": f"booktitle {_BOOK}",
    "incollection": f"booktitle {_BOOK}",
    "inproceedings": f"booktitle {_BOOK}",
    "inreference": f"booktitle {_BOOK}",
    "manual": "editor publisher location series number pages eid isbn",
    "misc": "editor organization location",
    "mvbook": "editor publisher location series volume number isbn",
    "online": "editor organization",
    "proceedings": _BOOK,
    "reference": _BOOK,
    "report": "institution location number pages eid type",
    "software": "editor organization location",
    "thesis": "institution location pages eid type",
    "unpublished": "location",
}


def write(entries: Iterable[Entry]) -> str:
    """Return the entries as a BibLaTeX file."""
    return "\n".join(entry(_type(one), one.key, _fields(one)) for one in entries)


def _type(entry: Entry) -> str:
    """Return the type; a preprint that can be reached is `online`."""
    record = entry.record
    if record.version is Version.PREPRINT and record.type == "misc":
        reachable = record.url or record.pdf or record.identifier("arxiv") or record.identifier("doi")
        return "online" if reachable else "misc"
    return _TYPES.get(record.type, record.type)


def _fields(entry: Entry) -> Iterator[Field]:
    """Yield the fields with their braced values, in the order they are written."""
    record, kind = entry.record, _type(entry)
    allowed = _FIELDS.get(kind, _FIELDS["misc"]).split()
    yield "title", f"{{{protect(record.title, encode)}}}"
    yield "author", people(record.authors, encode)
    if record.issued:
        yield "date", f"{{{format_date(record.issued)}}}"
    some = dict(_some(entry, kind))
    yield from ((name, some[name]) for name in some if name in allowed)
    yield from _identifiers(entry, allowed)
    yield from others(entry)
    yield "annotation", _text(entry.annotation)


def _some(entry: Entry, kind: str) -> Iterator[Field]:
    """Yield the fields that only some types have."""
    record = entry.record
    on_arxiv = record.version is Version.PREPRINT and record.identifier("arxiv")
    yield "journaltitle", _text(record.container_title)
    yield "booktitle", _text(record.container_title)
    yield "editor", people(record.editors, encode)
    yield "organization", _text("" if on_arxiv else record.server or record.publisher)
    yield "publisher", _text(record.publisher)
    if kind in ("report", "thesis"):
        yield "type", f"{{{_KINDS.get(record.type, 'Thesis')}}}"
    yield "institution", _text(record.publisher)
    yield "location", _text(record.publisher_place)
    yield "series", _text(record.collection_title)
    yield "volume", _text(record.volume)
    yield "number", _text(record.issue)
    yield "pages", f"{{{encode(record.pages).replace('-', '--')}}}"
    yield "eid", _text(record.article_number)


def _identifiers(entry: Entry, allowed: list[str]) -> Iterator[Field]:
    """Yield identifiers and addresses to the letter: nothing in them is escaped."""
    record = entry.record
    yield "doi", verbatim(record.identifier("doi"))
    for scheme in ("isbn", "issn"):
        value = record.identifier(scheme)
        # Debian's biber knows no publisher of the prefix 979-8, which the ACL has, and warns of each.
        if scheme in allowed and not value.replace("-", "").startswith("9798"):
            yield scheme, verbatim(value)
    eprint = entry.eprint or Identifier("arxiv", record.identifier("arxiv"))
    yield "url", verbatim(record.url or record.pdf or (url_of(eprint) if eprint.value else ""))
    if eprint.value:
        yield "eprint", verbatim(eprint.value)
        yield "eprinttype", "{arxiv}"
        yield "eprintclass", verbatim(entry.eprint_class or record.arxiv_class)


def _text(text: str) -> str:
    return f"{{{encode(text)}}}"

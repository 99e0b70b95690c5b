"""Write BibTeX: pure ASCII, whole names, protected names in titles, identifiers to the letter.

Source: Patashnik, *BibTeXing* (1988); arXiv's hypertex note for `eprint`, `archivePrefix` and `primaryClass`.
"""

from collections.abc import Iterable, Iterator

from mhlit.formats.latex import encode, encode_character
from mhlit.formats.writers.tex import Field, entry, others, people, protect, verbatim
from mhlit.identifiers import url_of
from mhlit.model import Entry, Identifier, Version

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# BibLaTeX's types that BibTeX does not know, and what comes nearest.
_TYPES = {
    "bookinbook": "incollection",
    "collection": "book",
    "dataset": "misc",
    "inbook": "incollection",
    "inreference": "incollection",
    "mvbook": "book",
    "online": "misc",
    "patent": "misc",
    "reference": "book",
    "report": "techreport",
    "software": "misc",
    "thesis": "phdthesis",
}
_PUBLISHER = {"techreport": "institution", "phdthesis": "school", "mastersthesis": "school", "manual": "organization"}


def write(entries: Iterable[Entry]) -> str:
    """Return the entries as a BibTeX file."""
    return "\n".join(entry(_type(one), one.key, _fields(one)) for one in entries)


def _type(entry: Entry) -> str:
    return _TYPES.get(entry.record.type, entry.record.type)


def _fields(entry: Entry) -> Iterator[Field]:
    """Yield the fields with their values, braced or as a macro, in the order they are written."""
    record, kind = entry.record, _type(entry)
    preprint = record.version is Version.PREPRINT
    yield "title", f"{{{protect(record.title, encode)}}}"
    yield "author", people(record.authors, encode)
    yield "journal" if kind == "article" else "booktitle", _text(record.container_title)
    if preprint and not record.identifier("arxiv"):
        yield "howpublished", _text(record.server)
    if record.issued:
        yield "year", f"{{{record.issued.year:04d}}}"
        if record.issued.month:
            yield "month", _MONTHS[record.issued.month - 1]
    yield "editor", people(record.editors, encode)
    yield _PUBLISHER.get(kind, "publisher"), _text(record.publisher)
    yield "address", _text(record.publisher_place)
    yield "series", _text(record.collection_title)
    yield "volume", _text(record.volume)
    yield "number", _text(record.issue)
    yield "pages", f"{{{encode(record.pages).replace('-', '--') or encode(record.article_number)}}}"
    yield from _identifiers(entry, kind)
    yield from ((name, _in_ascii(value)) for name, value in others(entry))
    yield "annote", _text(entry.annotation)


def _identifiers(entry: Entry, kind: str) -> Iterator[Field]:
    """Yield identifiers and addresses to the letter: nothing in them is escaped."""
    record = entry.record
    for scheme in ("doi", "isbn", "issn"):
        if scheme != "isbn" or kind != "techreport":
            yield scheme, verbatim(record.identifier(scheme))
    eprint = entry.eprint or Identifier("arxiv", record.identifier("arxiv"))
    yield "url", verbatim(record.url or record.pdf or (url_of(eprint) if eprint.value else ""))
    if eprint.value:
        yield "eprint", verbatim(eprint.value)
        yield "archivePrefix", "{arXiv}"
        yield "primaryClass", verbatim(entry.eprint_class or record.arxiv_class)


def _in_ascii(latex: str) -> str:
    """Return LaTeX with commands for the letters beyond ASCII that have one."""
    return "".join(sign if sign.isascii() else encode_character(sign) for sign in latex)


def _text(text: str) -> str:
    return f"{{{encode(text)}}}"

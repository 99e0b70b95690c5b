"""The fields of a BibTeX or BibLaTeX entry understood: an entry with its record.

Sources: Patashnik, *BibTeXing* (1988); the biblatex manual, §2.2 and its legacy aliases; arXiv's note on `eprint`.
"""

import re

from mhlit.formats.latex_reading import decode
from mhlit.formats.readers.people import read_names
from mhlit.formats.readers.records import date_of, make_entry, mentions, pages_of, server_of, verbatim
from mhlit.formats.readers.separators import with_and
from mhlit.model import Entry, Name, Place, Record, SourceField, Version

# Where each type keeps the title of what it stands in, the likeliest field first.
_CONTAINERS = {
    "article": ("journal", "journaltitle", "booktitle"),
    "inproceedings": ("booktitle", "eventtitle", "journal", "journaltitle"),
    "incollection": ("booktitle", "journal"),
}
_ANY_CONTAINER = ("journal", "journaltitle", "booktitle")
# BibLaTeX resolves these; so does everyone who reads them.
_ALIASES = {"conference": "inproceedings", "electronic": "online", "www": "online"}
_ADDRESS = re.compile(r"https?://[^\s{}<>\"|\\^`]+")


def entry_of(type: str, key: str, fields: tuple[SourceField, ...], place: Place) -> Entry:
    """Return the entry of scanned fields; what is not understood stays in its `fields`."""
    values: dict[str, str] = {}
    for field in fields:
        values.setdefault(field.name.lower(), field.value)
    kind = _ALIASES.get(type, type)
    prefix = values.get("archiveprefix", values.get("eprinttype", "arxiv")).strip("{} ").lower()
    authors, omitted = _people(values.get("author", ""))
    editors, _ = _people(values.get("editor", ""))
    pages, article_number = pages_of(_first(values, "pages"))
    record = Record(
        version=Version.VERSION_OF_RECORD,
        type=kind,
        title=_title(values),
        authors=authors,
        issued=date_of(values.get("date", ""), _first(values, "year"), _first(values, "month")),
        container_title=_container(kind, values),
        collection_title=_first(values, "series"),
        volume=_first(values, "volume"),
        issue=_first(values, "number", "issue") if kind == "article" else _first(values, "number"),
        pages=pages,
        article_number=_first(values, "eid") or article_number,
        publisher=_first(values, "publisher", "institution", "school", "organization"),
        publisher_place=_first(values, "address", "location"),
        editors=editors,
        server=_server(kind, values),
        url=_address(values),
        pdf=verbatim(values["pdf"]) if "pdf" in values else "",
    )
    return make_entry(
        key,
        type,
        record,
        fields=fields,
        place=place,
        found=mentions(fields, prefix == "arxiv"),
        omitted=omitted,
        eprint_class=verbatim(values.get("primaryclass", values.get("eprintclass", ""))),
        annotation=_first(values, "annote", "annotation"),
    )


def _people(value: str) -> tuple[tuple[Name, ...], int]:
    return read_names(with_and(value) or value) if value else ((), -1)


def _first(values: dict[str, str], *names: str) -> str:
    """Return the text of the first of some fields that has a value, an empty string where none has."""
    for name in names:
        if value := values.get(name):
            return decode(value)
    return ""


def _title(values: dict[str, str]) -> str:
    title, subtitle = _first(values, "title"), _first(values, "subtitle")
    return f"{title}: {subtitle}" if title and subtitle else title or subtitle


def _container(kind: str, values: dict[str, str]) -> str:
    return _first(values, *_CONTAINERS.get(kind, _ANY_CONTAINER))


def _server(kind: str, values: dict[str, str]) -> str:
    """Return the preprint server that is named where people name it, besides the container and publisher."""
    names = ["howpublished", "archiveprefix", "eprinttype", "institution"]
    if kind in ("misc", "online", "unpublished", "techreport", "report"):
        names += ["number", "note", "type", "organization", "eprint"]
    return server_of([values[name] for name in names if name in values])


def _address(values: dict[str, str]) -> str:
    for name in ("url", "ee", "link", "howpublished"):
        if name in values and (found := _ADDRESS.search(verbatim(values[name]))):
            return found.group()
    return ""

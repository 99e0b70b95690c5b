"""Write CSL-JSON 1.0.2: the item list that pandoc, Zotero and citeproc read.

Source: the CSL 1.0.2 specification and its JSON schema (docs.citationstyles.org).
"""

import json
from collections.abc import Iterable
from typing import Any

from mhlit.identifiers import url_of
from mhlit.model import Entry, Name, PartialDate, Record, Version

_TYPES = {
    "article": "article-journal",
    "book": "book",
    "bookinbook": "chapter",
    "booklet": "pamphlet",
    "collection": "book",
    "conference": "paper-conference",
    "dataset": "dataset",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "inreference": "entry-encyclopedia",
    "manual": "book",
    "mastersthesis": "thesis",
    "misc": "document",
    "mvbook": "book",
    "online": "webpage",
    "patent": "patent",
    "periodical": "periodical",
    "phdthesis": "thesis",
    "proceedings": "book",
    "reference": "book",
    "report": "report",
    "software": "software",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "manuscript",
}


def write(entries: Iterable[Entry]) -> str:
    """Return the entries as a JSON array, one field a line, in Unicode."""
    return json.dumps([item(entry) for entry in entries], ensure_ascii=False, indent=2) + "\n"


def item(entry: Entry) -> dict[str, Any]:
    """Return one CSL item; fields that are empty are left out."""
    record = entry.record
    preprint = record.version is Version.PREPRINT
    fields: dict[str, Any] = {
        "id": entry.key,
        "type": "article" if preprint else _TYPES.get(record.type, "document"),
        "title": record.title,
        "author": [_name(name) for name in record.authors],
        "issued": _date(record.issued),
        "container-title": record.container_title,
        "collection-title": record.collection_title,
        "volume": record.volume,
        "issue": record.issue,
        # Styles differ in where they look for an article number, so it stands in both.
        "page": record.pages or record.article_number,
        "number": record.article_number,
        "editor": [_name(name) for name in record.editors],
        "publisher": record.publisher,
        "publisher-place": record.publisher_place,
        **(_preprint(record) if preprint else {}),
        **_identifiers(record),
        "custom": _custom(entry),
    }
    return {name: value for name, value in fields.items() if value}


def _preprint(record: Record) -> dict[str, str]:
    arxiv = record.identifier("arxiv")
    return {"genre": "preprint", "publisher": record.server, "number": f"arXiv:{arxiv}" if arxiv else ""}


def _identifiers(record: Record) -> dict[str, str]:
    own = next((url_of(identifier) for identifier in record.identifiers if identifier.scheme == "arxiv"), "")
    arxiv = record.identifier("arxiv") if record.version is Version.PREPRINT else ""
    return {
        # arXiv gives every preprint a DOI by this rule (info.arxiv.org/help/doi.html), and styles print it.
        "DOI": record.identifier("doi") or (f"10.48550/arXiv.{arxiv}" if arxiv else ""),
        "URL": record.url or record.pdf or own,
        "ISBN": record.identifier("isbn"),
        "ISSN": record.identifier("issn"),
        "PMID": record.identifier("pmid"),
        "PMCID": record.identifier("pmcid"),
    }


def _custom(entry: Entry) -> dict[str, str]:
    """Return what CSL has no variable for: the arXiv id of a published work, and a status that is not verified."""
    arxiv = entry.eprint.value if entry.eprint else ""
    return {name: value for name, value in (("arxiv", arxiv), ("annotation", entry.annotation)) if value}


def _date(date: PartialDate | None) -> dict[str, list[list[int]]]:
    if date is None:
        return {}
    return {"date-parts": [[part for part in (date.year, date.month, date.day) if part]]}


def _name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    fields = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {field: value for field, value in fields.items() if value}

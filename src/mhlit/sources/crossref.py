"""Crossref: what publishers say of their journals, proceedings, books and preprints.

Source: the Crossref REST API (api.crossref.org, *Metadata API JSON Format*); relations between versions from the
Crossref schema (`is-preprint-of`, `has-preprint`).
"""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from mhlit.identifiers import lookup_forms
from mhlit.model import Identifier, Name, Notice, PartialDate, Record, Version
from mhlit.sources.cleaning import (
    clean,
    date_of_parts,
    entries,
    first,
    identifier,
    identifiers,
    named,
    pages,
    person,
    venue,
)
from mhlit.sources.source import Answer, Found, Request, Source, Unreadable

_TYPES = {
    "journal-article": "article",
    "proceedings-article": "inproceedings",
    "book-chapter": "incollection",
    "book-section": "incollection",
    "reference-entry": "incollection",
    "book": "book",
    "monograph": "book",
    "edited-book": "collection",
    "reference-book": "collection",
    "proceedings": "proceedings",
    "dissertation": "thesis",
    "report": "report",
    "dataset": "dataset",
}
# What is registered beside a work and is none: a review of it, a figure in it.
_NO_WORKS = frozenset("peer-review component journal journal-issue journal-volume book-series book-set grant".split())
_OTHER_REGISTRARS = ("10.48550/", "10.5281/", "10.6084/")
_DATES = ("published-print", "published-online", "posted", "published", "issued")
_VERSIONS = ("is-preprint-of", "has-preprint")
_ROWS = "8"
_NOTICES = {
    "retraction": "retraction",
    "partial_retraction": "retraction",
    "removal": "retraction",
    "withdrawal": "retraction",
    "correction": "correction",
    "corrigendum": "correction",
    "erratum": "correction",
    "expression_of_concern": "concern",
}


def _about(asked: Identifier) -> Request | None:
    if asked.scheme == "isbn":
        digits = asked.value.replace("-", "").replace(" ", "")
        return Request("/works", (("filter", f"isbn:{digits}"), ("rows", "40")))
    if asked.scheme != "doi" or asked.value.lower().startswith(_OTHER_REGISTRARS):
        return None
    return Request(f"/works/{quote(asked.value, safe='')}")


def _titled(title: str) -> Request:
    return Request("/works", (("query.bibliographic", title), ("rows", _ROWS)))


def _read(body: bytes) -> Answer:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"its JSON is broken: {error}") from None
    message = answer.get("message") if isinstance(answer, dict) else None
    if not isinstance(message, dict):
        raise Unreadable("its answer has no message")
    items = entries(message["items"]) if "items" in message else [message]
    return Answer(tuple(found for item in items if (found := _found(item))))


def _found(item: dict[str, Any]) -> Found | None:
    doi = identifier("doi", item.get("DOI"))
    title = _title(item)
    kind = clean(item.get("type"))
    if doi is None or not title or kind in _NO_WORKS:
        return None
    record = _preprint(item, title) if kind == "posted-content" else _published(item, title)
    record = record._replace(identifiers=(doi, *record.identifiers), url=f"https://doi.org/{doi.value}")
    related = tuple(one for one in _related(item) if lookup_forms(one) != lookup_forms(doi))
    return Found("crossref", record, record.url, related, tuple(_notices(item)))


def _notices(item: dict[str, Any]) -> Iterator[Notice]:
    """Yield what publishers, or Retraction Watch, say was published about the work (`updated-by`)."""
    for one in entries(item.get("updated-by")):
        kind, doi = _NOTICES.get(str(one.get("type"))), identifier("doi", one.get("DOI"))
        if kind and doi:
            yield Notice(kind, f"https://doi.org/{doi.value}", "Crossref")


def _title(item: dict[str, Any]) -> str:
    title, subtitle = first(item.get("title")), first(item.get("subtitle"))
    if not subtitle or subtitle.lower() in title.lower():
        return title
    return f"{title.rstrip(' :')}: {subtitle}" if title else subtitle


def _published(item: dict[str, Any], title: str) -> Record:
    kind = _TYPES.get(clean(item.get("type")), "misc")
    listed = item.get("container-title")
    titles = [plain for one in (listed if isinstance(listed, list) else [listed]) if (plain := clean(one))]
    # Of a chapter of a book in a series, the first is the book's and the second the series'.
    container, collection = (titles[0] if titles else ""), ""
    if kind in ("inproceedings", "incollection") and len(titles) > 1:
        collection, container = sorted(titles[:2], key=_like_a_volume)
    elif kind in ("book", "collection", "proceedings"):
        container, collection = "", container
    numbers = pages(item.get("page"), item.get("article-number"))
    return Record(
        version=Version.VERSION_OF_RECORD,
        type=kind,
        title=title,
        authors=_people(item.get("author")),
        issued=_date(item),
        venue=venue(container, collection),
        container_title=container,
        collection_title=collection,
        volume=clean(item.get("volume")),
        issue=clean(item.get("issue")),
        pages=numbers[0],
        article_number=numbers[1],
        publisher=clean(item.get("publisher")),
        publisher_place=clean(item.get("publisher-location")),
        editors=_people(item.get("editor")),
        identifiers=_serials(item, kind),
    )


def _like_a_volume(title: str) -> tuple[bool, int]:
    """Sort the title of a series before that of one volume, which tells a year, or is the longer."""
    return any(c.isdigit() for c in title) or "proceedings" in title.lower(), len(title)


def _serials(item: dict[str, Any], kind: str) -> tuple[Identifier, ...]:
    """Return the first ISSN of a journal's article, or the first ISBN of a book or of proceedings."""
    scheme = "issn" if kind == "article" else "isbn"
    values = item.get(scheme.upper())
    found = (identifier(scheme, one) for one in (values if isinstance(values, list) else ()))
    return identifiers(*found)[:1]


def _preprint(item: dict[str, Any], title: str) -> Record:
    institution = next((clean(one.get("name")) for one in entries(item.get("institution"))), "")
    server = institution or first(item.get("group-title")) or clean(item.get("publisher"))
    return Record(
        version=Version.PREPRINT,
        type="misc",
        title=title,
        authors=_people(item.get("author")),
        issued=_date(item, ("posted", *_DATES)),
        server=_SERVERS.get(server.lower(), server),
    )


_SERVERS = {
    "springer science and business media llc": "Research Square",
    "research square platform llc": "Research Square",
    "center for open science": "OSF Preprints",
    "cold spring harbor laboratory": "bioRxiv",
    "openrxiv": "bioRxiv",
    "elsevier bv": "SSRN",
    "mdpi ag": "Preprints.org",
}


def _people(value: object) -> tuple[Name, ...]:
    return named(
        Name(literal=clean(one["name"]))
        if one.get("name")
        else person(one.get("family"), one.get("given"), one.get("suffix"))
        for one in entries(value)
    )


def _date(item: dict[str, Any], names: tuple[str, ...] = _DATES) -> PartialDate | None:
    for name in names:
        value = item.get(name)
        parts = value.get("date-parts") if isinstance(value, dict) else None
        if isinstance(parts, list) and parts and (found := date_of_parts(parts[0])):
            return found
    return None


def _related(item: dict[str, Any]) -> Iterator[Identifier]:
    relation = item.get("relation")
    for name in _VERSIONS:
        for one in entries(relation.get(name)) if isinstance(relation, dict) else ():
            scheme = {"doi": "doi", "arxiv": "arxiv"}.get(str(one.get("id-type")).lower())
            if scheme and (found := identifier(scheme, one.get("id"))):
                yield found


SOURCE = Source(
    name="crossref",
    title="Crossref",
    base="https://api.crossref.org",
    interval=1,
    schemes=("doi", "isbn"),
    about=_about,
    titled=_titled,
    read=_read,
)

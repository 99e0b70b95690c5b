"""DBLP: computer science, its names curated by hand; tells homonyms apart.

Sources: dblp, *How to use the dblp search API?* (dblp.org/faq/13501473) and *What do I find in dblp.xml?*
(dblp.org/faq/16154937); M. Ley, *DBLP XML Requests* (2009), for one record by its key.
"""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element

from mhlit.formats.readers.records import pages_of, server_of
from mhlit.identifiers import recognise
from mhlit.model import Identifier, Name, Record, Version
from mhlit.sources.cleaning import identifiers
from mhlit.sources.cleaning import venue as short_venue
from mhlit.sources.guarded_xml import parse, text_of
from mhlit.sources.source import Answer, Found, Request, Source, Unreadable
from mhlit.sources.values import (
    MOST,
    identifier,
    iso_date,
    items,
    member,
    object_of,
    spoken_name,
    text,
    title_of,
    words_of,
)

# BibLaTeX's types by what the search calls them, and by the elements of a record.
_TYPES = {
    "Journal Articles": "article",
    "Conference and Workshop Papers": "inproceedings",
    "Informal and Other Publications": "article",
    "Parts in Books or Collections": "incollection",
    "Books and Theses": "book",
    "Data and Artifacts": "dataset",
    "article": "article",
    "inproceedings": "inproceedings",
    "incollection": "incollection",
    "book": "book",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "data": "dataset",
}
_WORDS = 10
"""All words of a query must stand in a record: more of them find less, and one that is misspelt nothing."""
_TRACK = re.compile(r"\s*\(\d+\)$")
_ARXIV_VOLUME = re.compile(r"abs/(\d{4}\.\d{4,5}|[a-z-]+/\d{7})")


class _Told(dict[str, list[str]]):
    """The fields of a record, each as often as it stands there."""

    def first(self, *names: str) -> str:
        return next((value for name in names for value in self.get(name, ()) if value), "")


def about(identifier: Identifier) -> Request | None:
    """Ask for the record of a key."""
    if identifier.scheme != "dblp":
        return None
    return Request(f"/rec/{quote(identifier.value, safe='/')}.xml", accept="application/xml")


def titled(title: str) -> Request:
    """Ask for publications in whose record these words stand."""
    return Request("/search/publ/api", (("q", words_of(title, _WORDS)), ("format", "json"), ("h", "5"), ("c", "0")))


def read(body: bytes) -> Answer:
    """Read the hits of a search, or one record."""
    if body.lstrip()[:1] == b"<":
        records = parse(body)
        if records.tag != "dblp":
            raise Unreadable(f"no record of DBLP but <{records.tag[:40]}>")
        told = ((child.tag, _of_element(child)) for child in records)
    else:
        response = object_of(body)
        hits = member(response, "result", "hits")
        if not isinstance(hits, dict):
            raise Unreadable("no hits")
        told = ((text(member(hit, "info", "type")), _of_hit(member(hit, "info"))) for hit in items(hits.get("hit")))
    return Answer(tuple(found for kind, fields in told if (found := _found(kind, fields))))


def _of_element(element: Element) -> _Told:
    fields = _Told(key=[element.get("key", "")], publtype=[element.get("publtype", "")])
    for child in element:
        fields.setdefault(str(child.tag), []).append(text_of(child))
    return fields


def _of_hit(info: Any) -> _Told:
    """Return the fields of a hit; of what stands once, the search gives no list, and an author is an object."""
    fields = _Told()
    for name, value in info.items() if isinstance(info, dict) else ():
        values = member(value, "author") if name == "authors" else value
        said = [text(member(one, "text") if isinstance(one, dict) else one) for one in items(values)[:MOST]]
        fields["author" if name == "authors" else str(name)] = said
    return fields


def _found(kind: str, told: _Told) -> Found | None:
    title = title_of(told.first("title"))
    key = identifier("dblp", told.first("key"))
    if kind not in _TYPES or not title or key is None:  # pages of people, prefaces of editors
        return None
    venue = _TRACK.sub("", text(told.first("journal", "booktitle", "venue")))
    links = [recognise(text(link)) for link in told.get("ee", ())[:20]]
    arxiv = _ARXIV_VOLUME.fullmatch(told.first("volume"))
    server = server_of((venue,))
    # The search writes a DOI in capitals, the link beside it as its registrar does.
    doi = next((one for one in links if one and one.scheme == "doi"), None) or identifier("doi", told.first("doi"))
    pages, number = pages_of(text(told.first("pages")))
    record = Record(
        version=Version.PREPRINT if server else Version.VERSION_OF_RECORD,
        type="misc" if server else _TYPES[kind],
        title=title,
        authors=_people(told.get("author", ())),
        issued=iso_date(told.first("year")),
        venue="" if server else short_venue(venue),
        container_title="" if server else venue,
        volume="" if server else text(told.first("volume")),
        issue=text(told.first("number")),
        pages=pages,
        article_number=number,
        publisher=text(told.first("publisher", "school")),
        editors=_people(told.get("editor", ())),
        server=server,
        identifiers=identifiers(
            doi, identifier("arxiv", arxiv.group(1)) if arxiv else None, *(one for one in links if one), key
        ),
    )
    return Found("dblp", record, f"https://dblp.org/rec/{key.value}")


def _people(names: Iterable[str]) -> tuple[Name, ...]:
    """Return names without the number that tells people of one name apart, which BibTeX files from DBLP have too."""
    return tuple(name for one in list(names)[:MOST] if (name := spoken_name(one)))


SOURCE = Source(
    "dblp",
    "DBLP",
    "https://dblp.org",
    2.0,
    ("dblp",),
    about,
    titled,
    read,
)

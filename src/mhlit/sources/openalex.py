"""OpenAlex: an index made from Crossref, PubMed, DataCite and repositories; tells retractions.

Source: OpenAlex, *Get a single work*, *Work object*, *Authentication & Pricing* (developers.openalex.org).
"""

from typing import Any
from urllib.parse import quote

from mhlit.formats.readers.records import server_of
from mhlit.identifiers import recognise
from mhlit.model import Identifier, Name, Notice, Record, Version
from mhlit.sources.cleaning import identifiers
from mhlit.sources.cleaning import venue as short_venue
from mhlit.sources.source import Answer, Found, Request, Source
from mhlit.sources.values import (
    MOST,
    identifier,
    iso_date,
    items,
    member,
    one_or_several,
    page_range,
    spoken_name,
    text,
    title_of,
    words_of,
)

_FIELDS = (
    "id,doi,title,publication_year,publication_date,type,ids,authorships,is_authors_truncated,biblio,"
    "primary_location,locations,is_retracted,is_paratext"
)
_TYPES = {
    "article": "article",
    "review": "article",
    "letter": "article",
    "editorial": "article",
    "book-chapter": "incollection",
    "book": "book",
    "dissertation": "thesis",
    "dataset": "dataset",
    "report": "report",
}


def about(identifier: Identifier) -> Request | None:
    """Ask for a DOI, for that which arXiv gives each of its papers, or for a number of PubMed."""
    scheme, value = identifier
    if scheme == "arxiv":
        scheme, value = "doi", f"10.48550/arxiv.{value}"
    if scheme not in ("doi", "pmid", "pmcid"):
        return None
    return Request(f"/works/{scheme}:{quote(value, safe='/')}", (("select", _FIELDS),))


def titled(title: str) -> Request:
    """Ask for works whose title has these words."""
    return Request("/works", (("filter", f"title.search:{words_of(title)}"), ("per-page", "5"), ("select", _FIELDS)))


def read(body: bytes) -> Answer:
    """Read one work or a list of works."""
    return Answer(tuple(found for work in one_or_several(body, "id", "results") if (found := _found(work))))


def _found(work: Any) -> Found | None:
    title = title_of(member(work, "title"))
    if not title or member(work, "is_paratext") is True:
        return None
    place = member(work, "primary_location", "source")
    container = text(member(place, "display_name"))
    kind = text(member(work, "type"))
    server = server_of((container,))
    is_preprint = kind == "preprint" or bool(server)
    doi = identifier("doi", member(work, "doi"))
    pages, number = page_range(member(work, "biblio", "first_page"), member(work, "biblio", "last_page"))
    in_proceedings = member(place, "type") == "conference"
    record = Record(
        version=Version.PREPRINT if is_preprint else Version.VERSION_OF_RECORD,
        type="misc" if is_preprint else "inproceedings" if in_proceedings else _TYPES.get(kind, "misc"),
        title=title,
        authors=_authors(work),
        issued=iso_date(member(work, "publication_date")) or iso_date(member(work, "publication_year")),
        venue="" if is_preprint else short_venue(container),
        container_title="" if is_preprint else container,
        volume="" if is_preprint else text(member(work, "biblio", "volume")),
        issue="" if is_preprint else text(member(work, "biblio", "issue")),
        pages="" if is_preprint else pages,
        article_number="" if is_preprint else number,
        publisher="" if is_preprint else text(member(place, "host_organization_name")),
        server=(server or container) if is_preprint else "",
        identifiers=identifiers(doi, _pubmed(work, "pmid"), _pubmed(work, "pmcid")),
    )
    own = text(member(work, "id"))
    address = own if own.startswith("https://openalex.org/") else "https://openalex.org/"
    notices = (Notice("retraction", address, "OpenAlex"),) if member(work, "is_retracted") is True else ()
    return Found("openalex", record, address, _elsewhere(work, record), notices)


def _pubmed(work: Any, scheme: str) -> Identifier | None:
    said = text(member(work, "ids", scheme)).rstrip("/").rpartition("/")[2]
    return identifier(scheme, f"PMC{said}" if scheme == "pmcid" and said.isdigit() else said)


def _authors(work: Any) -> tuple[Name, ...]:
    """Return the authors by the names that the paper bears; none where the list is cut."""
    if member(work, "is_authors_truncated") is True:
        return ()
    found = (
        spoken_name(member(one, "raw_author_name")) or spoken_name(member(one, "author", "display_name"))
        for one in items(member(work, "authorships"))[:MOST]
    )
    return tuple(name for name in found if name)


def _elsewhere(work: Any, record: Record) -> tuple[Identifier, ...]:
    """Return the identifiers of the places where other versions of the work stand."""
    said = [recognise(text(member(one, "landing_page_url"))) for one in items(member(work, "locations"))[:50]]
    own = set(record.identifiers)
    return tuple(one for one in identifiers(*said) if one not in own and one.scheme in ("doi", "arxiv", "acl"))


SOURCE = Source(
    "openalex",
    "OpenAlex",
    "https://api.openalex.org",
    0.2,
    ("doi", "arxiv", "pmid", "pmcid"),
    about,
    titled,
    read,
)

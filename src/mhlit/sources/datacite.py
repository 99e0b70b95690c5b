"""DataCite: the DOIs of arXiv, Zenodo, OSF and other repositories.

Sources: DataCite, *REST API Guide* (support.datacite.org/docs/api, JSON:API); *DataCite Metadata Schema 4.6*
(datacite-metadata-schema.readthedocs.io) for what each property means.
"""

from typing import Any
from urllib.parse import quote

from mhlit.formats.readers.records import server_of
from mhlit.identifiers import lookup_forms
from mhlit.model import Identifier, Name, PartialDate, Record, Version
from mhlit.sources.cleaning import identifiers
from mhlit.sources.cleaning import venue as short_venue
from mhlit.sources.source import Answer, Found, Request, Source, Unreadable
from mhlit.sources.values import (
    MOST,
    divided_name,
    group_name,
    identifier,
    iso_date,
    items,
    joined_title,
    member,
    object_of,
    page_range,
    spoken_name,
    text,
    title_of,
    words_of,
)

_ACCEPT = "application/vnd.api+json"
# BibLaTeX's types by DataCite's resourceTypeGeneral; what else there is, is cited as misc.
_TYPES = {
    "JournalArticle": "article",
    "ConferencePaper": "inproceedings",
    "BookChapter": "incollection",
    "Book": "book",
    "Dissertation": "thesis",
    "Dataset": "dataset",
    "Software": "software",
    "Report": "report",
}
# How DataCite names another version of the same work: schema 4.6, relationType.
_SAME_WORK = frozenset(
    "IsVersionOf HasVersion IsNewVersionOf IsPreviousVersionOf IsIdenticalTo IsVariantFormOf IsOriginalFormOf"
    " IsPublishedIn".split()
)


def about(identifier: Identifier) -> Request | None:
    """Ask for a DOI, or for that which arXiv gives each of its papers."""
    if identifier.scheme == "arxiv":
        return Request(f"/dois/10.48550/arxiv.{quote(identifier.value, safe='/')}", accept=_ACCEPT)
    if identifier.scheme == "doi":
        return Request(f"/dois/{quote(identifier.value, safe='/')}", accept=_ACCEPT)
    return None


def titled(title: str) -> Request:
    """Ask for works whose title has these words side by side."""
    query = f'titles.title:"{words_of(title)}"'
    return Request("/dois", (("query", query), ("page[size]", "5"), ("disable-facets", "true")), _ACCEPT)


def read(body: bytes) -> Answer:
    """Read one DOI or a list of DOIs."""
    response = object_of(body)
    if "data" not in response:
        if "errors" in response:
            return Answer()
        raise Unreadable("neither data nor errors")
    found = [_found(member(one, "attributes")) for one in items(response["data"])]
    return Answer(tuple(one for one in found if one))


def _found(attributes: Any) -> Found | None:
    doi = identifier("doi", member(attributes, "doi"))
    title = _title(member(attributes, "titles"))
    if doi is None or not title:
        return None
    container = member(attributes, "container")
    publisher = _publisher(attributes)
    kind = text(member(attributes, "types", "resourceTypeGeneral"))
    server = server_of((publisher, text(member(container, "title"))))
    is_preprint = kind == "Preprint" or (bool(server) and kind in ("Text", "Other", ""))
    pages, number = page_range(member(container, "firstPage"), member(container, "lastPage"))
    container_title = title_of(member(container, "title"))
    record = Record(
        version=Version.PREPRINT if is_preprint else Version.VERSION_OF_RECORD,
        type="misc" if is_preprint else _TYPES.get(kind, "misc"),
        title=title,
        authors=_people(member(attributes, "creators")),
        issued=_date(attributes),
        venue="" if is_preprint else short_venue(container_title),
        container_title="" if is_preprint else container_title,
        volume=text(member(container, "volume")),
        issue=text(member(container, "issue")),
        pages=pages,
        article_number=number,
        publisher="" if is_preprint else publisher,
        editors=_people(
            [one for one in items(member(attributes, "contributors")) if member(one, "contributorType") == "Editor"]
        ),
        server=(server or publisher) if is_preprint else "",
        identifiers=identifiers(doi, _arxiv_in(doi)),
        url=text(member(attributes, "url")),
    )
    return Found("datacite", record, f"https://doi.org/{doi.value}", _related(attributes))


def _arxiv_in(doi: Identifier) -> Identifier | None:
    inner = (form.partition(":") for form in lookup_forms(doi))
    return next((identifier(scheme, value) for scheme, _, value in inner if scheme == "arxiv"), None)


def _title(titles: Any) -> str:
    """Return the main title with its subtitle; translated and alternative ones are others."""
    said = [(text(member(one, "titleType")), title_of(member(one, "title"))) for one in items(titles)]
    main = next((title for kind, title in said if title and not kind), "")
    return joined_title(main, next((title for kind, title in said if kind == "Subtitle"), ""))


def _publisher(attributes: Any) -> str:
    publisher = member(attributes, "publisher")
    return text(member(publisher, "name") if isinstance(publisher, dict) else publisher)


def _people(creators: Any) -> tuple[Name, ...]:
    return tuple(name for one in items(creators)[:MOST] if (name := _name(one)))


def _name(creator: Any) -> Name | None:
    whole = member(creator, "name")
    if member(creator, "nameType") == "Organizational":
        return group_name(whole)
    if member(creator, "familyName") and member(creator, "givenName"):
        return divided_name(member(creator, "familyName"), member(creator, "givenName"))
    if member(creator, "nameType") == "Personal" or "," in text(whole):
        return spoken_name(whole)
    return group_name(whole)  # a name of unknown kind and not inverted: most are groups


def _date(attributes: Any) -> PartialDate | None:
    """Return when it was issued, else first offered, else the year of publication."""
    dates = {text(member(one, "dateType")): member(one, "date") for one in items(member(attributes, "dates"))}
    year = iso_date(member(attributes, "publicationYear"))
    for kind in ("Issued", "Available", "Submitted"):
        date = iso_date(dates.get(kind))
        if date and (year is None or date.year == year.year):
            return date
    return year


def _related(attributes: Any) -> tuple[Identifier, ...]:
    found = []
    for one in items(member(attributes, "relatedIdentifiers")):
        scheme = {"DOI": "doi", "arXiv": "arxiv", "PMID": "pmid"}.get(text(member(one, "relatedIdentifierType")))
        if scheme and text(member(one, "relationType")) in _SAME_WORK:
            found.append(identifier(scheme, member(one, "relatedIdentifier")))
    return identifiers(*found)


SOURCE = Source(
    "datacite",
    "DataCite",
    "https://api.datacite.org",
    0.2,
    ("doi", "arxiv"),
    about,
    titled,
    read,
)

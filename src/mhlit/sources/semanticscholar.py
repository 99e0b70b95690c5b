"""Semantic Scholar: an index made from publishers, arXiv, PubMed and DBLP; knows which identifiers are one work.

Source: Semantic Scholar, *Academic Graph API* (api.semanticscholar.org/api-docs/graph), paper details and title match.
"""

from typing import Any
from urllib.parse import quote

from mhlit.formats.readers.records import pages_of, server_of
from mhlit.model import Identifier, Record, Version
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
    spoken_name,
    text,
    title_of,
    words_of,
)

_FIELDS = "title,authors,year,publicationDate,venue,journal,publicationVenue,publicationTypes,externalIds,url"
_PREFIXES = {"doi": "DOI", "arxiv": "ARXIV", "acl": "ACL", "pmid": "PMID", "pmcid": "PMCID"}
_EXTERNAL = {"DOI": "doi", "ArXiv": "arxiv", "ACL": "acl", "PubMed": "pmid", "PubMedCentral": "pmcid", "DBLP": "dblp"}
_PREPRINTS = frozenset({"arxiv", "dblp"})


def about(identifier: Identifier) -> Request | None:
    """Ask for one paper."""
    prefix = _PREFIXES.get(identifier.scheme)
    if prefix is None:
        return None
    value = identifier.value.removeprefix("PMC") if prefix == "PMCID" else identifier.value
    return Request(f"/graph/v1/paper/{prefix}:{quote(value, safe='/')}", (("fields", _FIELDS),))


def titled(title: str) -> Request:
    """Ask for the one paper whose title is nearest."""
    return Request("/graph/v1/paper/search/match", (("query", words_of(title)), ("fields", _FIELDS)))


def read(body: bytes) -> Answer:
    """Read one paper or a list of papers."""
    return Answer(tuple(found for paper in one_or_several(body, "paperId", "data") if (found := _found(paper))))


def _found(paper: Any) -> Found | None:
    title = title_of(member(paper, "title"))
    if not title:
        return None
    external = member(paper, "externalIds")
    every = identifiers(*(_external(scheme, member(external, name)) for name, scheme in _EXTERNAL.items()))
    kinds = {text(kind) for kind in items(member(paper, "publicationTypes"))}
    journal = text(member(paper, "journal", "name"))
    container = text(member(paper, "publicationVenue", "name")) or text(member(paper, "venue")) or journal
    server = server_of((container,))
    is_preprint = bool(server) or (not container and any(one.scheme == "arxiv" for one in every))
    own = tuple(one for one in every if _is_own(one, is_preprint))
    # Beside the venue of a published version, `journal` may still be that of the preprint.
    printed = None if is_preprint or server_of((journal,)) else member(paper, "journal")
    pages, number = pages_of(text(member(printed, "pages")).replace(" ", ""))
    record = Record(
        version=Version.PREPRINT if is_preprint else Version.VERSION_OF_RECORD,
        type="misc" if is_preprint else _type(kinds),
        title=title,
        authors=tuple(
            name for one in items(member(paper, "authors"))[:MOST] if (name := spoken_name(member(one, "name")))
        ),
        issued=iso_date(member(paper, "publicationDate")) or iso_date(member(paper, "year")),
        venue="" if is_preprint else short_venue(container),
        container_title="" if is_preprint else container,
        volume=text(member(printed, "volume")),
        pages=pages,
        article_number=number,
        server=(server or "arXiv") if is_preprint else "",
        identifiers=own,
    )
    sha = text(member(paper, "paperId"))
    address = f"https://www.semanticscholar.org/paper/{quote(sha, safe='')}"
    return Found("semanticscholar", record, address, tuple(one for one in every if one not in own))


def _type(kinds: set[str]) -> str:
    if "Conference" in kinds:
        return "inproceedings"
    return "article" if "JournalArticle" in kinds else "misc"


def _external(scheme: str, value: Any) -> Identifier | None:
    said = text(value)
    return identifier(scheme, f"PMC{said}" if scheme == "pmcid" and said.isdigit() else said)


def _is_own(one: Identifier, is_preprint: bool) -> bool:
    """Tell whether an identifier is that of the version told: it gives those of all versions together."""
    if one.scheme == "dblp":
        return one.value.startswith("journals/corr/") == is_preprint
    preprint = one.scheme == "arxiv" or (one.scheme == "doi" and one.value.lower().startswith("10.48550/"))
    return preprint == is_preprint


SOURCE = Source(
    "semanticscholar",
    "Semantic Scholar",
    "https://api.semanticscholar.org",
    3.0,
    tuple(_PREFIXES),
    about,
    titled,
    read,
)

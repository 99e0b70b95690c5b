"""A work for machines: COinS and JSON-LD for reference managers, `citation_*` tags for Google Scholar.

Only what the record says, and that it is not fully verified where it is not. Sources: ANSI/NISO Z39.88-2004
(OpenURL) and its COinS note; schema.org (ScholarlyArticle); Google Scholar's inclusion guidelines. Where
OpenURL leaves a choice, the form is one from which Zotero makes the right type of item.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_plus

from mhlit.cite import remark
from mhlit.dates import format_date
from mhlit.identifiers import url_of
from mhlit.model import Identifier, Name, Record, Version, Work
from mhlit.names import inverted, natural
from mhlit.render.web.markup import text
from mhlit.text import printable

SCHEMA_ORG = "https://schema.org"
_JOURNAL = "info:ofi/fmt:kev:mtx:journal"
_BOOK = "info:ofi/fmt:kev:mtx:book"
_DUBLIN_CORE = "info:ofi/fmt:kev:mtx:dc"


def coins(work: Work) -> str:
    """Return the COinS span of a work."""
    pairs = [("ctx_ver", "Z39.88-2004"), *_context(work.preferred), ("rft_dat", remark(work))]
    # No character reference begins with "&rft", so the ampersands may stand as they are (HTML, section 13.1.4).
    joined = "&".join(f"{name}={quote_plus(printable(value), safe='/:,')}" for name, value in pairs if value)
    return f'<span class="Z3988" title="{joined}"></span>'


def _context(record: Record) -> Iterator[tuple[str, str]]:
    if record.version is Version.PREPRINT:
        yield from (("rft_val_fmt", _DUBLIN_CORE), ("rft.type", "preprint"), ("rft.title", record.title))
        yield "rft.publisher", record.server
    elif record.type == "article":
        yield from (("rft_val_fmt", _JOURNAL), ("rft.genre", "article"), ("rft.atitle", record.title))
        yield "rft.jtitle", record.container_title
    else:
        yield from (("rft_val_fmt", _BOOK), ("rft.genre", "proceeding"), ("rft.atitle", record.title))
        yield from (("rft.btitle", record.container_title), ("rft.publisher", record.publisher))
        yield from (("rft.place", record.publisher_place), ("rft.series", record.collection_title))
    for name in record.authors:
        yield ("rft.aucorp", name.literal) if name.literal else ("rft.au", inverted(name))
    yield "rft.date", format_date(record.issued) if record.issued else ""
    yield from (("rft.volume", record.volume), ("rft.issue", record.issue))
    yield "rft.pages", record.pages or record.article_number
    yield from (("rft.issn", record.identifier("issn")), ("rft.isbn", record.identifier("isbn")))
    doi = record.identifier("doi")
    yield "rft_id", f"info:doi/{doi}" if doi else record.url or record.pdf


def json_ld(work: Work) -> dict[str, Any]:
    """Return a work as a schema.org ScholarlyArticle; fields that are empty are left out."""
    record = work.preferred
    doi = record.identifier("doi")
    fields = {
        "@type": "ScholarlyArticle",
        "@id": f"#{work.key}",
        "name": record.title,
        "author": [_agent(name) for name in record.authors],
        "datePublished": format_date(record.issued) if record.issued else "",
        "isPartOf": _container(record),
        "pagination": record.pages,
        "url": record.url,
        "sameAs": url_of(Identifier("doi", doi)) if doi else "",
        "comment": _filled({"@type": "Comment", "text": remark(work)}) if remark(work) else None,
    }
    return _filled(fields)


def whole_json_ld(work: Work) -> dict[str, Any]:
    """Return the same with what a work's own page has room for."""
    record = work.preferred
    more = {
        "publisher": _named("Organization", record.publisher or record.server),
        "description": work.summary,
        "keywords": list(work.topics),
    }
    return {"@context": SCHEMA_ORG, **json_ld(work), **_filled(more)}


def _agent(name: Name) -> dict[str, Any]:
    return _named("Organization", name.literal) if name.literal else _named("Person", natural(name))


def _named(kind: str, name: str) -> dict[str, Any]:
    return {"@type": kind, "name": name} if name else {}


def _container(record: Record) -> dict[str, Any]:
    """Return the journal with its volume and issue, or the proceedings."""
    if not record.container_title:
        return {}
    if record.type != "article":
        return _filled(_named("Book", record.container_title) | {"isbn": record.identifier("isbn")})
    inner = _filled(_named("Periodical", record.container_title) | {"issn": record.identifier("issn")})
    if record.volume:
        inner = {"@type": "PublicationVolume", "volumeNumber": record.volume, "isPartOf": inner}
    if record.issue:
        inner = {"@type": "PublicationIssue", "issueNumber": record.issue, "isPartOf": inner}
    return inner


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


def citation_tags(work: Work) -> str:
    """Return the meta elements of a work's page; `record-status` says what is not fully verified."""
    return "".join(
        f'<meta name="{name}" content="{text(value)}">\n' for name, value in _tags(work, work.preferred) if value
    )


def _tags(work: Work, record: Record) -> Iterator[tuple[str, str]]:
    yield "citation_title", record.title
    for name in record.authors:
        yield "citation_author", inverted(name)
    yield "citation_publication_date", format_date(record.issued).replace("-", "/") if record.issued else ""
    if record.version is Version.PREPRINT:
        yield "citation_publisher", record.server
    else:
        kind = "journal" if record.type == "article" else "conference"
        yield f"citation_{kind}_title", record.container_title
        yield "citation_publisher", record.publisher
    yield from (("citation_volume", record.volume), ("citation_issue", record.issue))
    first, _, last = record.pages.partition("-")
    yield from (("citation_firstpage", first or record.article_number), ("citation_lastpage", last))
    for scheme in ("doi", "isbn", "issn", "pmid"):
        yield f"citation_{scheme}", record.identifier(scheme)
    arxiv = work.preprint.identifier("arxiv") if work.preprint else ""
    yield "citation_arxiv_id", arxiv
    yield "citation_abstract_html_url", record.url
    yield "citation_pdf_url", record.pdf
    yield "description", work.summary
    yield "record-status", remark(work)

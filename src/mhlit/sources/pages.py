"""A paper's web page: the `citation_*` tags that publishers put there for indexes.

Source: Google Scholar's inclusion guidelines for webmasters (Highwire Press tags); Dublin Core is not read, since it
tells neither journal nor pages.
"""

from html.parser import HTMLParser

from mhlit.formats.readers.source import decode
from mhlit.identifiers import recognise
from mhlit.model import Identifier, Record, Version
from mhlit.sources.cleaning import clean, date_of_text, identifier, identifiers, named, pages, spoken, venue
from mhlit.sources.source import Found, Unreadable

SOURCE_NAME = "page"
_DATES = ("citation_publication_date", "citation_date", "citation_cover_date", "citation_online_date", "citation_year")
_MOST = 5000
"""So many tags of a page are looked at."""


class _Tags(HTMLParser):
    """Collects the tags, by name, in their order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, list[str]] = {}
        self._seen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta" or self._seen >= _MOST:
            return
        self._seen += 1
        values = dict(attrs)
        name = (values.get("name") or values.get("property") or "").lower()
        content = clean(values.get("content") or "")
        if name.startswith("citation_") and content:
            self.found.setdefault(name, []).append(content)


def read_page(body: bytes, address: str) -> Found:
    """Return the record that a page tells. Raises Unreadable where it tells none."""
    tags = _Tags()
    try:
        tags.feed(decode(body).text)
        tags.close()
    except (ValueError, AssertionError) as error:  # what HTMLParser raises on some broken declarations
        raise Unreadable(f"the page cannot be read: {error}") from None
    told = {name: values[0] for name, values in tags.found.items()}
    if "citation_title" not in told:
        raise Unreadable("the page has no citation_title: it does not say what paper it is of")
    record = _record(told, tags.found.get("citation_author", []), address)
    own = identifier("doi", told.get("citation_doi"))
    arxiv = identifier("arxiv", told.get("citation_arxiv_id"))
    if arxiv and not record.container_title:
        record = record._replace(version=Version.PREPRINT, type="misc", server="arXiv")
    related = identifiers(arxiv) if record.version is Version.VERSION_OF_RECORD else ()
    kept = identifiers(own, None if related else arxiv, *_others(told, address))
    return Found(SOURCE_NAME, record._replace(identifiers=kept), address, related)


def _record(told: dict[str, str], authors: list[str], address: str) -> Record:
    proceedings = told.get("citation_conference_title") or told.get("citation_inbook_title") or ""
    container = told.get("citation_journal_title") or proceedings
    last = told.get("citation_lastpage")
    first = told.get("citation_firstpage", "")
    numbers = pages(f"{first}-{last}" if first and last and first != last else first)
    people = [one for listed in authors for one in listed.split(";")]
    return Record(
        version=Version.VERSION_OF_RECORD,
        type="article" if told.get("citation_journal_title") else "inproceedings" if proceedings else "misc",
        title=told["citation_title"],
        authors=named(map(spoken, people)),
        issued=next((date for name in _DATES if (date := date_of_text(told.get(name, "")))), None),
        venue=venue(container),
        container_title=container,
        volume=told.get("citation_volume", ""),
        issue=told.get("citation_issue", ""),
        pages=numbers[0],
        article_number=numbers[1],
        publisher=told.get("citation_publisher", ""),
        url=address,
        pdf=_web(told.get("citation_pdf_url", "")),
    )


def _others(told: dict[str, str], address: str) -> tuple[Identifier | None, ...]:
    named_by_address = recognise(address)
    return (
        named_by_address if named_by_address and named_by_address.scheme not in ("isbn", "issn") else None,
        identifier("pmid", told.get("citation_pmid")),
        identifier("isbn", told.get("citation_isbn")),
        identifier("issn", told.get("citation_issn")),
    )


def _web(address: str) -> str:
    return address if address.startswith(("http://", "https://")) else ""

"""arXiv: its preprints, by identifier or title.

Source: the arXiv API User's Manual (info.arxiv.org/help/api/user-manual), Atom 1.0 (RFC 4287).
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from mhlit.identifiers import lookup_forms
from mhlit.likeness.titles import plain_words
from mhlit.model import Identifier, Record, Version
from mhlit.sources.cleaning import clean, clean_latex, date_of_text, identifier, named, spoken
from mhlit.sources.guarded_xml import parse
from mhlit.sources.source import Answer, Found, Request, Source, Unreadable

_ATOM = "{http://www.w3.org/2005/Atom}"
_OWN = "{http://arxiv.org/schemas/atom}"
_ID = re.compile(r"arxiv\.org/abs/(.+?)(?:v\d+)?$")
_MOST_WORDS = 12
"""So many words of a title are enough to find it."""


def _about(asked: Identifier) -> Request | None:
    value = next((form.partition(":")[2] for form in lookup_forms(asked) if form.startswith("arxiv:")), "")
    if not value:
        return None
    return _request(id_list=asked.value if asked.scheme == "arxiv" else value, max_results="1")


def _titled(title: str) -> Request:
    words = [word for word in re.findall(r"\w+", clean(title)) if len(word) > 2] or list(plain_words(title))
    query = " AND ".join(f"ti:{word}" for word in words[:_MOST_WORDS])
    return _request(search_query=query, max_results="5")


def _request(**query: str) -> Request:
    return Request("/api/query", tuple(query.items()), "application/atom+xml")


def _read(body: bytes) -> Answer:
    feed = parse(body)
    if feed.tag != f"{_ATOM}feed":
        raise Unreadable("its answer is no Atom feed")
    return Answer(tuple(found for entry in feed.iter(f"{_ATOM}entry") if (found := _found(entry))))


def _found(entry: Element) -> Found | None:
    """Return the preprint of an entry; None where it tells of an error, or of an id that does not exist."""
    address = _text(entry, f"{_ATOM}id")
    known = _ID.search(address)
    own = identifier("arxiv", known.group(1)) if known else None
    title = clean_latex(_text(entry, f"{_ATOM}title"))
    if own is None or not title:
        return None
    primary = entry.find(f"{_OWN}primary_category")
    record = Record(
        version=Version.PREPRINT,
        type="misc",
        title=title,
        authors=named(spoken(_text(one, f"{_ATOM}name")) for one in entry.iter(f"{_ATOM}author")),
        issued=date_of_text(_text(entry, f"{_ATOM}published")),
        server="arXiv",
        arxiv_class=clean(primary.get("term")) if primary is not None else "",
        identifiers=(own,),
        url=f"https://arxiv.org/abs/{own.value}",
        pdf=f"https://arxiv.org/pdf/{own.value}",
    )
    return Found("arxiv", record, record.url, tuple(_related(entry, own)))


def _related(entry: Element, own: Identifier) -> Iterator[Identifier]:
    """Yield the DOIs that the authors have given for the published version."""
    for element in entry.iter(f"{_OWN}doi"):
        for value in (element.text or "").split():
            found = identifier("doi", value)
            if found and own.value.lower() not in found.value.lower():
                yield found


def _text(element: Element, name: str) -> str:
    return clean(element.findtext(name) or "")


SOURCE = Source(
    name="arxiv",
    title="arXiv",
    base="https://export.arxiv.org",
    interval=3,
    schemes=("arxiv", "doi"),
    about=_about,
    titled=_titled,
    read=_read,
)

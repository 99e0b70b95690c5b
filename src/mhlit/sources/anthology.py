"""The ACL Anthology: the BibTeX of a paper by its Anthology id.

Source: aclanthology.org/info/ids; every paper's page has its citation beside it as `<id>.bib`.
"""

from urllib.parse import quote

from mhlit.formats.readers.bibtex import read as read_bibtex
from mhlit.formats.readers.source import decode
from mhlit.identifiers import lookup_forms
from mhlit.model import Identifier
from mhlit.sources.cleaning import venue
from mhlit.sources.source import Answer, Found, Request, Source, Unreadable


def _about(asked: Identifier) -> Request | None:
    if asked.scheme == "acl":
        return Request(f"/{quote(asked.value)}.bib", accept="text/plain")
    inner = next((form.partition(":")[2] for form in lookup_forms(asked) if form.startswith("acl:")), "")
    value = inner.upper() if inner[:1].isalpha() else inner
    return Request(f"/{quote(value)}.bib", accept="text/plain") if value else None


def _read(body: bytes) -> Answer:
    try:
        reading = read_bibtex(decode(body).text)
    except ValueError as error:
        raise Unreadable(f"its answer {error}") from None
    if not reading.entries or reading.problems:
        raise Unreadable("its answer is no whole BibTeX entry")
    entry = reading.entries[0]
    record = entry.record
    if not record.title or record.identifier("acl") == "":
        return Answer()
    record = record._replace(
        anthology_key=entry.key,
        venue=venue(record.container_title, record.collection_title),
        pdf=f"https://aclanthology.org/{record.identifier('acl')}.pdf",
    )
    return Answer((Found("anthology", record, record.url),))


SOURCE = Source(
    name="anthology",
    title="ACL Anthology",
    base="https://aclanthology.org",
    interval=1,
    schemes=("acl", "doi"),
    about=_about,
    titled=None,
    read=_read,
)

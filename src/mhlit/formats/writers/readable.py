"""What the formats for readers have in common: an entry as authors, title, where it appeared, and links."""

from typing import NamedTuple

from mhlit.identifiers import url_of
from mhlit.model import Entry, Identifier, Record, Version
from mhlit.names import natural
from mhlit.text import printable


class Readable(NamedTuple):
    """An entry in the pieces that are set differently; each is plain text on one line."""

    authors: str
    title: str
    container: str
    details: str
    """What follows the container: volume and issue, pages, year."""
    links: tuple[tuple[str, str], ...]
    """Label and address."""


def readable(entry: Entry) -> Readable:
    """Return an entry in pieces."""
    record = entry.record
    return Readable(
        authors=printable(_people(record)),
        title=printable(record.title),
        container=printable(record.container_title or record.server),
        details=printable(", ".join(part for part in _details(record) if part)),
        links=tuple((printable(label), printable(url)) for label, url in _links(entry)),
    )


def sentence(text: str) -> str:
    """Return text with a full stop, unless it ends in a mark of its own."""
    return text if not text or text.endswith((".", "?", "!", "?”", "!”", ".)")) else f"{text}."


def _people(record: Record) -> str:
    """Return the authors, or where there are none the editors, marked as such."""
    if record.authors or not record.editors:
        return _joined([natural(name) for name in record.authors])
    return f"{_joined([natural(name) for name in record.editors])} ({'ed' if len(record.editors) == 1 else 'eds'}.)"


def _joined(names: list[str]) -> str:
    return " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])}, and {names[-1]}"


def _details(record: Record) -> list[str]:
    issue = f"({record.issue})" if record.volume else f"no. {record.issue}"
    volume = record.volume + (issue if record.issue else "")
    pages = record.pages.replace("-", "–") or record.article_number
    place = ": ".join(part for part in (record.publisher_place, record.publisher) if part)
    numbers = f"{volume}:{pages}" if volume and pages else volume or pages
    return [record.collection_title, numbers, place, f"{record.issued.year:04d}" if record.issued else ""]


def _links(entry: Entry) -> list[tuple[str, str]]:
    """Return the DOI or the page, the PDF, and the preprint."""
    record = entry.record
    links: list[tuple[str, str]] = []
    doi = record.identifier("doi")
    if doi:
        links.append((f"doi:{doi}", url_of(Identifier("doi", doi))))
    elif record.url:
        links.append(("page", record.url))
    if record.pdf:
        links.append(("PDF", record.pdf))
    arxiv = entry.eprint.value if entry.eprint else record.identifier("arxiv")
    if arxiv:
        label = "arXiv" if record.version is Version.PREPRINT else "preprint arXiv"
        links.append((f"{label}:{arxiv}", url_of(Identifier("arxiv", arxiv))))
    return links

"""One work as a card: both versions, links, topics, where it is listed, how it is known, what the lists have wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mhlit.dates import format_date
from mhlit.identifiers import url_of
from mhlit.model import Identifier, Item, Listing, Record, Status, Work
from mhlit.names import natural
from mhlit.text import printable

_MONTHS = "January February March April May June July August September October November December".split()
_STATUS = {
    Status.VERIFIED: ("verified", "good"),
    Status.PARTIAL: ("partly verified", "doubt"),
    Status.LISTED: ("as listed, not verified", "doubt"),
    Status.OWN: ("your own record", "quiet"),
}
_IDENTIFIER_NAMES = {"acl": "ACL Anthology", "openreview": "OpenReview", "dblp": "DBLP", "arxiv": "arXiv"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with a style of the theme and, where it leads somewhere, an address."""

    text: str
    style: str = ""
    link: str = ""


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled part of the card, one or more lines."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A work as it is shown: a title, its authors, then fields."""

    title: str
    authors: str
    fields: tuple[Field, ...]


def card(work: Work, near: Sequence[tuple[str, str]] = (), own: Sequence[tuple[str, str, str]] = ()) -> Card:
    """Lay out a work; `near` are keys and titles of works like it.

    `own` is in what the reader's own record differs: field, what it says, what is shown.
    """
    main = work.preferred
    fields = [field for field in _fields(work, near, own) if field.lines]
    return Card(printable(main.title), printable(", ".join(natural(name) for name in main.authors)), tuple(fields))


def status_words(status: Status) -> str:
    """Return what is said of a status: ``partly verified``."""
    return _STATUS[status][0]


def _fields(work: Work, near: Sequence[tuple[str, str]], own: Sequence[tuple[str, str, str]]) -> Iterator[Field]:
    yield Field("Key", ((Piece(printable(work.key), "key"), *_status(work)),))
    if work.item:
        yield from _item_fields(work.item)
    yield Field("Yours says", tuple(_difference(*difference) for difference in own))
    if work.record:
        yield Field("Published", tuple(_record_lines(work.record)))
    if work.preprint:
        yield Field("Preprint", tuple(_preprint_lines(work.preprint, work)))
    yield Field("Links", tuple(_links(work)))
    yield Field("Summary", _one(work.summary))
    yield Field("Topics", _one(", ".join(work.topics)))
    yield Field("Offers", _one(", ".join(work.resources)))
    yield Field("Data", _one("; ".join(filter(None, (_languages(work), ", ".join(work.data_origin))))))
    for listing in work.listings:
        yield Field("Listed in", tuple(_listing_lines(listing)))
    yield Field("Known from", tuple(_provenance_lines(work)))
    yield Field("Also", _one(", ".join(work.aliases)))
    yield Field("Near", tuple(_near_lines(near)))
    if work.provenance.status is Status.OWN:
        yield Field("Mistake?", _one(f"mhlit edit {work.key}"))
    else:
        key = work.item.catalog if work.item else work.key
        yield Field(
            "Mistake?", _one(f"correct catalog/works/{key}.toml in mhlit's repository; catalog/README.md says how")
        )


def _item_fields(item: Item) -> Iterator[Field]:
    """Lay out what the reader says of a work in their library."""
    state = (f"added {item.added}", item.reading, "starred" if item.starred else "")
    yield Field("Library", _one(", ".join(filter(None, state))))
    yield Field("Tags", _one(", ".join(item.tags)))
    yield Field("Collected", _one(", ".join(item.collections)))
    yield Field("Note", tuple((Piece(printable(line)),) for line in item.note.splitlines()))
    yield Field("Files", tuple((Piece(printable(file)),) for file in item.files))


def _difference(field: str, own: str, shown: str) -> Line:
    name = field.replace("_", " ")
    return Piece(f"{name}: ", "wrong"), Piece(printable(own)), Piece(" → ", "quiet"), Piece(printable(shown), "good")


def _near_lines(near: Sequence[tuple[str, str]]) -> Iterator[Line]:
    for key, title in near:
        yield (Piece(printable(key), "key"), Piece("  "), Piece(printable(title)))


def _languages(work: Work) -> str:
    many = "s" if len(work.languages) > 1 else ""
    return f"language{many} {', '.join(work.languages)}" if work.languages else ""


def _one(text: str) -> tuple[Line, ...]:
    return ((Piece(printable(text)),),) if text else ()


def _status(work: Work) -> Iterator[Piece]:
    said, style = _STATUS[work.provenance.status]
    day = f" {work.provenance.checked}" if work.provenance.checked else ""
    yield Piece("  ")
    yield Piece(f"{said}{day}", style)


def _record_lines(record: Record) -> Iterator[Line]:
    volume = record.volume + (f"({record.issue})" if record.issue else "")
    parts = (
        record.container_title,
        volume and f"{'volume ' if record.type != 'article' else ''}{volume}",
        record.pages and f"pages {record.pages.replace('-', '–')}",
        record.article_number and f"article {record.article_number}",
        record.track and f"track {record.track}",
        record.collection_title,
        record.publisher,
        record.publisher_place,
        _date(record),
    )
    yield (Piece(printable(", ".join(part for part in parts if part))),)
    if record.editors:
        yield (Piece(printable("edited by " + ", ".join(natural(name) for name in record.editors)), "quiet"),)
    yield from _identifier_lines(record)


def _preprint_lines(preprint: Record, work: Work) -> Iterator[Line]:
    yield (Piece(printable(", ".join(part for part in (preprint.server, _date(preprint)) if part))),)
    if preprint.title != work.preferred.title:
        yield (Piece("titled ", "quiet"), Piece(printable(preprint.title)))
    if preprint.former_title:
        yield (Piece("at first titled ", "quiet"), Piece(printable(preprint.former_title)))
    if preprint.authors != work.preferred.authors:
        yield (Piece("by ", "quiet"), Piece(printable(", ".join(natural(name) for name in preprint.authors))))
    if preprint.former_authors:
        yield (
            Piece("at first by ", "quiet"),
            Piece(printable(", ".join(natural(name) for name in preprint.former_authors))),
        )
    yield from _identifier_lines(preprint)


def _date(record: Record) -> str:
    if record.issued is None:
        return ""
    if record.issued.month and not record.issued.day:
        return f"{_MONTHS[record.issued.month - 1]} {record.issued.year}"
    return format_date(record.issued)


def _identifier_lines(record: Record) -> Iterator[Line]:
    pieces: list[Piece] = []
    for identifier in record.identifiers:
        name = _IDENTIFIER_NAMES.get(identifier.scheme, identifier.scheme.upper())
        pieces += [Piece(", " if pieces else ""), Piece(f"{name} ", "quiet")]
        pieces.append(Piece(_shown(identifier), link=url_of(identifier)))
    if pieces:
        yield tuple(pieces)


def _shown(identifier: Identifier) -> str:
    return printable(identifier.value)


def _links(work: Work) -> Iterator[Line]:
    records = [record for record in (work.record, work.preprint) if record]
    named = [("page", record.url) for record in records] + [("PDF", record.pdf) for record in records]
    named += [("code", url) for url in work.code]
    for name, url in dict.fromkeys(named):
        if url:
            yield (Piece(f"{name:5}", "quiet"), Piece(printable(url), link=url))


def _listing_lines(listing: Listing) -> Iterator[Line]:
    yield (Piece(f"{listing.list}, {listing.section}, listing {listing.id}"),)
    for error in listing.errors:
        yield (
            Piece(f"{error.field}: ", "wrong"),
            Piece(printable(error.listed)),
            Piece(" → ", "quiet"),
            Piece(printable(error.correct), "good"),
        )


def _provenance_lines(work: Work) -> Iterator[Line]:
    provenance = work.provenance
    if provenance.confirmed_by:
        yield (Piece(", ".join(provenance.confirmed_by)),)
    for url in provenance.seen:
        yield (Piece(printable(url), link=url),)
    if provenance.unconfirmed:
        yield (Piece("not confirmed: ", "doubt"), Piece(", ".join(provenance.unconfirmed)))
    if provenance.note:
        yield (Piece(printable(provenance.note), "quiet"),)


def plain(work: Work, near: Sequence[tuple[str, str]] = (), own: Sequence[tuple[str, str, str]] = ()) -> str:
    """Return the card as lines for a pipe: a label, a tab, the text; nothing wrapped or cut."""
    shown = card(work, near, own)
    out = [f"Title\t{shown.title}", f"Authors\t{shown.authors}"]
    for field in shown.fields:
        out += [f"{field.label}\t{''.join(piece.text for piece in line)}" for line in field.lines]
    return "\n".join(out) + "\n"


def labels(cards: Sequence[Card]) -> int:
    """Return the width of the widest label."""
    return max((len(field.label) for one in cards for field in one.fields), default=0)

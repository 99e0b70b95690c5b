"""A work as plain data with the names the catalog's TOML has: written by people, stored, given out as JSON.

A document is what ``tomllib`` or ``json`` read: dicts, lists, strings. The decoder trusts it
(``mhlit.catalog.source`` has checked what people wrote); the encoder leaves out what is empty, so
that decoding and encoding again give the same document.
"""

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any

from mhlit.dates import format_date, parse_date
from mhlit.identifiers import SCHEMES
from mhlit.model import Identifier, Item, Listing, ListingError, Name, Provenance, Record, Status, Version, Work
from mhlit.names import inverted, is_invertible, parse_name

Document = dict[str, Any]

# Fields of a record that are plain strings in the document, in the order they are written.
RECORD_STRINGS = (
    "venue",
    "container_title",
    "collection_title",
    "volume",
    "issue",
    "pages",
    "article_number",
    "publisher",
    "publisher_place",
    "track",
    "server",
    "arxiv_class",
    "anthology_key",
    "url",
    "pdf",
    "former_title",
)
_STRINGS_OF = attrgetter(*RECORD_STRINGS)


def decode_work(key: str, document: Mapping[str, Any]) -> Work:
    """Build the work that `document` describes."""
    title, authors = document.get("title", ""), _names(document.get("authors", ()))
    provenance = document["provenance"]
    return Work(
        key=key,
        record=_decode_record(document.get("record"), Version.VERSION_OF_RECORD, title, authors),
        preprint=_decode_record(document.get("preprint"), Version.PREPRINT, title, authors),
        provenance=Provenance(
            status=Status(provenance["status"]),
            checked=str(provenance.get("checked", "")),
            confirmed_by=tuple(provenance.get("confirmed_by", ())),
            seen=tuple(provenance.get("seen", ())),
            unconfirmed=tuple(provenance.get("unconfirmed", ())),
            note=provenance.get("note", ""),
        ),
        summary=document.get("summary", ""),
        topics=tuple(document.get("topics", ())),
        resources=tuple(document.get("resources", ())),
        languages=tuple(document.get("languages", ())),
        data_origin=tuple(document.get("data_origin", ())),
        aliases=tuple(document.get("aliases", ())),
        code=tuple(document.get("links", {}).get("code", ())),
        listings=tuple(_decode_listing(listing) for listing in document.get("listings", ())),
        name_forms=_names(document.get("name_forms", ())),
        item=_decode_item(document["item"]) if "item" in document else None,
    )


def _decode_record(
    table: Mapping[str, Any] | None, version: Version, title: str, authors: tuple[Name, ...]
) -> Record | None:
    """Build one version's record; title and authors are the work's where the table has none of its own."""
    if table is None:
        return None
    default_type = "misc" if version is Version.PREPRINT else ""
    return Record(
        version=version,
        type=table.get("type", default_type),
        title=table.get("title", title),
        authors=_names(table["authors"]) if "authors" in table else authors,
        issued=parse_date(table["issued"]) if "issued" in table else None,
        editors=_names(table.get("editors", ())),
        former_authors=_names(table.get("former_authors", ())),
        identifiers=tuple(Identifier(scheme, table[scheme]) for scheme in SCHEMES if scheme in table),
        **{name: table[name] for name in RECORD_STRINGS if name in table},
    )


def _decode_listing(table: Mapping[str, Any]) -> Listing:
    errors = tuple(ListingError(row["field"], row["listed"], row["correct"]) for row in table.get("errors", ()))
    return Listing(table["id"], table["list"], table["section"], table["as_listed"], errors)


def _decode_item(table: Mapping[str, Any]) -> Item:
    lists = {name: tuple(table.get(name, ())) for name in ("tags", "collections", "files", "apart")}
    return Item(**{**table, **lists})


def _names(written: Iterable[str | Mapping[str, str]]) -> tuple[Name, ...]:
    return tuple(parse_name(name) if isinstance(name, str) else Name(**name) for name in written)


def encode_work(work: Work) -> Document:
    """Return the document of a work, without its key (which is the file's name)."""
    main = work.preferred
    document: Document = {
        "title": main.title,
        "authors": _inverted(main.authors),
        "name_forms": _inverted(work.name_forms),
        "summary": work.summary,
        "topics": list(work.topics),
        "resources": list(work.resources),
        "languages": list(work.languages),
        "data_origin": list(work.data_origin),
        "aliases": list(work.aliases),
        "record": _encode_record(work.record, main),
        "preprint": _encode_record(work.preprint, main),
        "links": _filled({"code": list(work.code)}),
        "listings": [_encode_listing(listing) for listing in work.listings],
        "provenance": _encode_provenance(work.provenance),
        "item": _encode_item(work.item),
    }
    return _filled(document)


def _encode_record(record: Record | None, main: Record) -> Document:
    """Return a version's table; title and authors only where they differ from the work's."""
    if record is None:
        return {}
    preprint = record.version is Version.PREPRINT
    table: Document = {"type": "" if preprint and record.type == "misc" else record.type}
    if record.title != main.title:
        table["title"] = record.title
    if record.authors != main.authors:
        table["authors"] = _inverted(record.authors)
    table["issued"] = format_date(record.issued) if record.issued else ""
    table |= zip(RECORD_STRINGS, _STRINGS_OF(record), strict=True)
    table["editors"] = _inverted(record.editors)
    table["former_authors"] = _inverted(record.former_authors)
    table |= {identifier.scheme: identifier.value for identifier in record.identifiers}
    return _filled(table)


def _encode_listing(listing: Listing) -> Document:
    errors = [{"field": row.field, "listed": row.listed, "correct": row.correct} for row in listing.errors]
    return _filled(
        {
            "id": listing.id,
            "list": listing.list,
            "section": listing.section,
            "as_listed": listing.as_listed,
            "errors": errors,
        }
    )


def _encode_provenance(provenance: Provenance) -> Document:
    return _filled(
        {
            "status": provenance.status.value,
            "checked": provenance.checked,
            "confirmed_by": list(provenance.confirmed_by),
            "seen": list(provenance.seen),
            "unconfirmed": list(provenance.unconfirmed),
            "note": provenance.note,
        }
    )


def _encode_item(item: Item | None) -> Document:
    if item is None:
        return {}
    table = {name: list(value) if isinstance(value, tuple) else value for name, value in item._asdict().items()}
    return {name: value for name, value in _filled(table).items() if value is not False}


def _inverted(names: Iterable[Name]) -> list[str | dict[str, str]]:
    """Return names as they are written; one that the inverted form cannot hold, in its parts."""
    return [inverted(name) if is_invertible(name) else _filled(name._asdict()) for name in names]


def _filled(table: Document) -> Document:
    """Return the table without its empty values."""
    return {name: value for name, value in table.items() if value or value is False}

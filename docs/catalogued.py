"""What the docs tell of the catalog, from its files and from what validates them: fields, vocabularies, counts."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from described import Member, members, schemas

from mhlit.catalog.fields import SHAPES
from mhlit.catalog.source import _CLOSED, VOCABULARY_FILES, Catalog, read_catalog
from mhlit.document import encode_work
from mhlit.model import Term

ROOT = Path(__file__).parent.parent
CATALOG: Catalog = read_catalog(ROOT / "catalog")
DOCUMENTS = [encode_work(work) for work in CATALOG.works]
HEADINGS = {
    "": "At the top of the file",
    "record": "`[record]`, the version of record",
    "preprint": "`[preprint]`",
    "links": "`[links]`",
    "listings": "`[[listings]]`, the lines of the origin lists",
    "listings.errors": "`errors`, in a listing",
    "provenance": "`[provenance]`",
}
Row = tuple[str, ...]


def field_tables() -> Iterator[tuple[str, list[Row]]]:
    """Yield the heading of each table of a work's file with its fields: name, type, what it is, and in how many."""
    told = {one.path.replace("[]", ""): one for one in members(schemas()["work"])}
    words = {(table, field): f"`{VOCABULARY_FILES[facet]}.toml`" for facet, table, field in _CLOSED}
    for table, fields in SHAPES.items():
        rows = []
        for marked in fields:
            field = marked.removesuffix("!")
            one = told[f"{table}.{field}".lstrip(".")]
            many = sum(field in row for row in _tables(table))
            name = f"**`{field}`**" if marked.endswith("!") else f"`{field}`"
            says = one.says.replace("; `own` is a work of the reader's library alone", "")
            rows.append((name, _kind(one, words.get((table, field), "")), says, str(many)))
        yield HEADINGS[table], rows


def _kind(one: Member, words: str) -> str:
    kind = one.type.replace(", `own`", "")
    if words:
        return f"words of {words}" if kind.startswith("list") else f"a word of {words}"
    return {"provenance.checked": "TOML date", "listings[].errors": "list of tables"}.get(one.path, kind)


def _tables(table: str) -> Iterator[dict[str, Any]]:
    """Yield every table of a kind in the catalog."""
    for document in DOCUMENTS:
        if not table:
            yield document
        elif table == "listings":
            yield from document["listings"]
        elif table == "listings.errors":
            yield from (row for listing in document["listings"] for row in listing.get("errors", ()))
        elif table in document:
            yield document[table]


def counts() -> list[Row]:
    """Return how much of what there is."""
    works, listings = CATALOG.works, list(_tables("listings"))
    rows = {
        "works": len(works),
        "published, with a preprint besides": sum(bool(work.record and work.preprint) for work in works),
        "published, without one": sum(bool(work.record and not work.preprint) for work in works),
        "preprints without a published version": sum(not work.record for work in works),
        "with code, data or models": sum(bool(work.code) for work in works),
        "lines of the origin lists": len(listings),
        "lines that have something wrong": sum(bool(listing.get("errors")) for listing in listings),
        "wrong fields recorded": len(list(_tables("listings.errors"))),
    }
    return [(what, str(many)) for what, many in rows.items()]


def statuses() -> list[Row]:
    """Return the states of a record, what they mean, and how many works have them."""
    return _terms("status", Counter(work.provenance.status.value for work in CATALOG.works))


def unconfirmed() -> list[Row]:
    """Return the fields that rest on one weak source, by the work's status."""
    rows = [(one.key, one.provenance.status.value, ", ".join(one.provenance.unconfirmed)) for one in CATALOG.works]
    return [(f"`{key}`", status, fields) for key, status, fields in rows if fields]


def sources() -> list[Row]:
    """Return the kinds of source with how many works each confirms."""
    return _terms("source", Counter(name for work in CATALOG.works for name in work.provenance.confirmed_by))


def listing_errors() -> list[Row]:
    """Return the fields that a line can have wrong with how many do."""
    return _terms("listing_field", Counter(row["field"] for row in _tables("listings.errors")))


def lists() -> list[Row]:
    """Return the origin lists with their lines, and those that have something wrong."""
    listings = list(_tables("listings"))
    wrong = Counter(one["list"] for one in listings if one.get("errors"))
    return [(*row, str(wrong[row[0].strip("`")])) for row in _terms("list", Counter(one["list"] for one in listings))]


def vocabularies() -> list[Row]:
    """Return each closed vocabulary: its file, how many words, and the first line of the file, which says what for."""
    rows = []
    for name, stem in VOCABULARY_FILES.items():
        path = ROOT / "catalog" / f"{stem}.toml"
        about = path.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")
        rows.append((f"[`{stem}.toml`](../catalog/{stem}.toml)", str(len(CATALOG.vocabulary[name])), about))
    return rows


def _terms(vocabulary: str, many: Counter[str]) -> list[Row]:
    terms: tuple[Term, ...] = CATALOG.vocabulary[vocabulary]
    return [(f"`{term.name}`", term.definition, str(many[term.name])) for term in terms]

"""What the two table formats have in common: the columns, and the values of an entry in them."""

from mhlit.dates import format_date
from mhlit.identifiers import SCHEMES
from mhlit.model import Entry
from mhlit.names import inverted
from mhlit.text import printable

COLUMNS = (
    "key", "version", "type", "title", "authors", "issued", "year", "venue", "container_title", "collection_title",
    "volume", "issue", "pages", "article_number", "publisher", "publisher_place", "editors", "track", "server",
    *SCHEMES, "url", "pdf", "annotation",
)  # fmt: skip
# What a spreadsheet takes as the beginning of a formula (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@")


def row(entry: Entry) -> list[str]:
    """Return the values of an entry, one a column; several persons are joined by a semicolon."""
    record = entry.record
    values = {
        "key": entry.key,
        "version": record.version.value,
        "authors": "; ".join(inverted(name) for name in record.authors),
        "editors": "; ".join(inverted(name) for name in record.editors),
        "issued": format_date(record.issued) if record.issued else "",
        "year": f"{record.issued.year:04d}" if record.issued else "",
        "annotation": entry.annotation,
        **{identifier.scheme: identifier.value for identifier in reversed(record.identifiers)},
    }
    if entry.eprint:
        values[entry.eprint.scheme] = entry.eprint.value
    return [
        _cell(values.get(name, "") if name in values or name in SCHEMES else getattr(record, name)) for name in COLUMNS
    ]


def _cell(text: str) -> str:
    """Return a value on one line; one that a spreadsheet would run as a formula begins with an apostrophe."""
    text = printable(text).strip()
    return f"'{text}" if text.startswith(_FORMULA) else text

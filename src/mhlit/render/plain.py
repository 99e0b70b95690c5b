"""Results for programs: tab- or comma-separated lines and JSON. Knows no Rich, so that pipes stay fast."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mhlit.text import printable

if TYPE_CHECKING:
    from mhlit.document import Document

SCHEMA = 1


def lines(rows: Iterable[Sequence[object]], header: Sequence[str] = ()) -> str:
    """Return rows as tab-separated lines; an empty cell for None, no tab or line break inside a cell."""
    all_rows: list[Sequence[object]] = [header] if header else []
    all_rows += rows
    return "".join("\t".join(_cell(value) for value in row) + "\n" for row in all_rows)


def _cell(value: object) -> str:
    return "" if value is None else printable(str(value))


def comma_separated(rows: Iterable[Sequence[object]], header: Sequence[str]) -> str:
    """Return rows for a spreadsheet (RFC 4180); a cell it would run as a formula begins with an apostrophe."""
    import csv
    import io

    text = io.StringIO()
    sheet = csv.writer(text, lineterminator="\n")
    sheet.writerow(header)
    for row in rows:
        sheet.writerow([_harmless(value) if isinstance(value, str) else value for value in row])
    return text.getvalue()


def _harmless(text: str) -> str:
    cell = _cell(text)
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell


def works_json(documents: Iterable[tuple[str, Document]], extra: Mapping[str, Any] | None = None) -> str:
    """Return works as the versioned JSON object; `extra` members stand beside ``works``."""
    return to_json({**(extra or {}), "works": [work_object(key, document) for key, document in documents]})


def work_object(key: str, document: Document) -> Document:
    """Return a work's document with its key, and the year and short venue of the version that is cited."""
    record: Mapping[str, Any] = document.get("record") or document.get("preprint") or {}
    issued = str(record.get("issued", ""))
    return {
        "key": key,
        "year": int(issued[:4]) if issued else None,
        "venue": record.get("venue") or record.get("server") or record.get("container_title", ""),
        **document,
    }


def to_json(members: Mapping[str, Any]) -> str:
    """Return a versioned JSON object, in Unicode, with a final newline."""
    import json

    return json.dumps({"schema": SCHEMA, **members}, ensure_ascii=False, indent=2) + "\n"

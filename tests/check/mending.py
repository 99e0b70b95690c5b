"""Findings with fixes, made by hand: what a test of mending needs and no rule has to be asked for."""

from collections.abc import Mapping, Sequence
from typing import Any

from mhlit.check.finding import AddField, Edit, Finding, Fix, RemoveField, RenameKey, SetField, SetType, Severity
from mhlit.check.mend import Mended, mend
from mhlit.formats.readers.bibtex import read
from mhlit.formats.readers.source import Source, decode
from mhlit.model import Entry


def finding(*edits: Edit, severity: Severity = Severity.ERROR, safe: bool = True, rule: str = "made-up") -> Finding:
    return Finding(rule, severity, "refs.bib", 1, 1, edits[0].entry.key, "", "made up", fix=Fix(safe, edits))


def entry_of(text: str, key: str = "") -> Entry:
    return next(entry for entry in read(text).entries if not key or entry.key == key)


def edits_of(entry: Entry, wanted: Mapping[str, Any]) -> list[Edit]:
    """Return the edits that a table of `edits.toml` names."""
    edits: list[Edit] = [SetType(entry, wanted["type"])] if "type" in wanted else []
    edits += [RenameKey(entry, wanted["rename"])] if "rename" in wanted else []
    edits += [SetField(entry, field, value) for field, value in wanted.get("set", {}).items()]
    edits += [RemoveField(entry, field) for field in wanted.get("remove", [])]
    edits += [AddField(entry, field, value, after) for field, value, after in wanted.get("add", [])]
    return edits


def mended(text: str | bytes, *wanted: Mapping[str, Any]) -> Mended:
    """Mend a text with one fix for each table; without a key it is the first entry's."""
    source = decode(text) if isinstance(text, bytes) else Source(text, "utf-8")
    fixes = [finding(*edits_of(entry_of(source.text, one.get("key", "")), one)) for one in wanted]
    return mend(source, fixes)


def fields(text: str, key: str = "") -> dict[str, str]:
    return {field.name: field.value for field in entry_of(text, key).fields}


def left(result: Mended) -> Sequence[str]:
    return [one.why for one in result.left]

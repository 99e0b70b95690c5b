"""What a file already holds, so that writing over it loses nothing unsaid: its entries, by key or else by line."""

import json
import re
from collections.abc import Callable
from typing import NamedTuple

Entries = dict[str, str]
"""The text of each entry by its key, in lower case; a line that belongs to none is its own key."""

_BIB_ENTRY = re.compile(
    r"@[ \t]*(?!(?:comment|string|preamble)\b)[A-Za-z]+\s*[{(]\s*([^\s,{}()\"]+)\s*,", re.IGNORECASE
)
_BRACE = re.compile(r"[{}]")


class Change(NamedTuple):
    """What writing a new text over an old one does: the entries that go, and those that get another text."""

    lost: tuple[str, ...]
    replaced: tuple[str, ...]


def change(old: str, new: str, format: str) -> Change:
    """Return what becomes of the entries of an old file when it is overwritten by a text in a format."""
    read = _READERS.get(format, _by_line)
    before, after = read(old), read(new)
    lost = tuple(key for key in before if key not in after)
    replaced = tuple(key for key in before if key in after and before[key] != after[key])
    return Change(lost, replaced)


def _by_line(text: str) -> Entries:
    return {line.strip().lower(): "" for line in text.splitlines() if line.strip()}


def _bib(text: str) -> Entries:
    entries: Entries = {}
    outside = []
    end = 0
    for found in _BIB_ENTRY.finditer(text):
        if found.start() < end:  # an at sign in a field
            continue
        outside.append(text[end : found.start()])
        end = _entry_end(text, found.end()) or len(text)
        entries[found.group(1).lower()] = " ".join(text[found.start() : end].split())
    return entries | _by_line("\n".join((*outside, text[end:])))


def is_closed(text: str) -> bool:
    """Tell whether the last entry of a .bib is closed, so that what follows it does not become part of it."""
    last = None
    for last in _BIB_ENTRY.finditer(text):  # noqa: B007  # the last one is wanted
        pass
    return last is None or "(" in last.group() or _entry_end(text, last.end()) > 0


def _entry_end(text: str, at: int) -> int:
    """Return the place after the brace that closes an entry; 0 where none does."""
    depth = 1
    for found in _BRACE.finditer(text, at):
        depth += 1 if found.group() == "{" else -1
        if depth == 0:
            return found.end()
    return 0


def _csl_json(text: str) -> Entries:
    try:
        items = json.loads(text)
    except (ValueError, RecursionError):
        items = None
    if not isinstance(items, list) or not all(isinstance(item, dict) and "id" in item for item in items):
        return _by_line(text)
    return {str(item["id"]).lower(): json.dumps(item, sort_keys=True) for item in items}


def _cut(before: str, key: str) -> Callable[[str], Entries]:
    """Return a reader of records that begin `before` a pattern, and whose `key` is a pattern's first group."""
    begin, named = re.compile(before, re.MULTILINE), re.compile(key, re.MULTILINE)

    def read(text: str) -> Entries:
        entries: Entries = {}
        for record in begin.split(text.replace("\r\n", "\n")):
            found = named.search(record)
            if found:
                entries[found.group(1).strip().lower()] = " ".join(record.split())
            else:
                entries |= _by_line(record)
        return entries

    return read


_READERS: dict[str, Callable[[str], Entries]] = {
    "bibtex": _bib,
    "biblatex": _bib,
    "csl-json": _csl_json,
    "ris": _cut(r"^(?=TY  - )", r"^ID  - (.*)$"),
    "endnote": _cut(r"^(?=%0 )", r"^%F (.*)$"),
    "hayagriva": _cut(r"^(?=\S[^\n]*:[ \t]*$)", r"\A\"?([^\"\n]+?)\"?:[ \t]*$"),
    "csv": _cut(r"^(?=.)", r"\A\"?([^\",\n]+)\"?,"),
    "tsv": _cut(r"^(?=.)", r"\A([^\t\n]+)\t"),
}

"""Write Hayagriva's YAML, the bibliography format of Typst.

Source: *The Hayagriva YAML File Format* (typst/hayagriva). What a text holds is written as JSON strings, which YAML 1.2
reads; words whose capitals must stay are in braces, which is Hayagriva's way to say so.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from mhlit.dates import format_date
from mhlit.formats.writers.tex import capitals
from mhlit.identifiers import url_of
from mhlit.model import Entry, Identifier, Name, Record, Version
from mhlit.text import printable

# BibLaTeX's type to Hayagriva's, and to that of what the work stands in.
_TYPES = {
    "article": ("article", "periodical"),
    "book": ("book", ""),
    "bookinbook": ("chapter", "book"),
    "collection": ("anthology", ""),
    "conference": ("article", "proceedings"),
    "dataset": ("repository", ""),
    "inbook": ("chapter", "book"),
    "incollection": ("anthos", "anthology"),
    "inproceedings": ("article", "proceedings"),
    "inreference": ("entry", "reference"),
    "manual": ("reference", ""),
    "mastersthesis": ("thesis", ""),
    "mvbook": ("book", ""),
    "online": ("web", ""),
    "patent": ("patent", ""),
    "periodical": ("periodical", ""),
    "phdthesis": ("thesis", ""),
    "proceedings": ("proceedings", ""),
    "reference": ("reference", ""),
    "report": ("report", ""),
    "software": ("repository", ""),
    "techreport": ("report", ""),
    "thesis": ("thesis", ""),
    "unpublished": ("manuscript", ""),
}
_CONTROL = re.compile(r"[\\{}$]")
_PLAIN_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def write(entries: Iterable[Entry]) -> str:
    """Return the entries as a YAML mapping; a remark that no style prints is a comment."""
    return "\n".join(_entry(entry) for entry in entries)


def _entry(entry: Entry) -> str:
    remark = f"# {printable(entry.annotation)}\n" if entry.annotation else ""
    key = entry.key if _PLAIN_KEY.fullmatch(entry.key) else _scalar(entry.key)
    return f"{remark}{key}:\n{''.join(_lines(_tree(entry), 1))}"


def _tree(entry: Entry) -> dict[str, Any]:
    """Return the fields of an entry, and in `parent` those of what it stands in."""
    record = entry.record
    preprint = record.version is Version.PREPRINT
    kind, parent = ("article", "repository") if preprint else _TYPES.get(record.type, ("misc", "misc"))
    inside = bool(record.container_title or preprint) and parent != ""
    eprint = entry.eprint or Identifier("arxiv", record.identifier("arxiv"))
    made = {
        "title": _title(record.container_title or record.server),
        "editor": [_person(name) for name in record.editors],
        "publisher": _publisher(record),
        "volume": record.volume,
        "issue": record.issue,
        "serial-number": {scheme: record.identifier(scheme) for scheme in ("isbn", "issn")},
        "parent": {"type": "anthology", "title": _title(record.collection_title)} if record.collection_title else {},
    }
    return {
        "type": kind,
        "title": _title(record.title),
        "author": [_person(name) for name in record.authors],
        "date": format_date(record.issued) if record.issued else "",
        "genre": "preprint" if preprint else "",
        "page-range": record.pages or record.article_number,
        "serial-number": {
            "doi": record.identifier("doi"),
            "arxiv": eprint.value,
            "pmid": record.identifier("pmid"),
            "pmcid": record.identifier("pmcid"),
            "serial": record.article_number or (f"arXiv:{eprint.value}" if preprint and eprint.value else ""),
            **({} if inside else made.pop("serial-number")),
        },
        "url": record.url or record.pdf or (url_of(eprint) if eprint.value else ""),
        **({"parent": {"type": parent, **made}} if inside else {name: made[name] for name in made if name != "title"}),
    }


def _publisher(record: Record) -> Any:
    if not record.publisher_place:
        return _text(record.publisher)
    return {"name": _text(record.publisher), "location": _text(record.publisher_place)}


def _text(text: str) -> str:
    """Return a text in which nothing is markup."""
    return text if text.isalnum() else _CONTROL.sub(r"\\\g<0>", text)


@cache  # many works stand in the same proceedings
def _title(text: str) -> str:
    """Return a text whose words that keep their capitals are in braces."""
    return "".join(f"{{{_text(word)}}}" if keep else _text(word) for word, keep in capitals(text))


def _person(name: Name) -> dict[str, str]:
    """Return a name in its parts, so that no comma and no particle is guessed at."""
    return {
        "name": name.literal or name.family,
        "given-name": name.given,
        "prefix": name.particle,
        "suffix": name.suffix,
    }


def _lines(tree: Mapping[str, Any], depth: int) -> Iterator[str]:
    """Yield the lines of a mapping; what is empty is left out."""
    indent = "  " * depth
    for name, value in tree.items():
        if isinstance(value, dict):
            inner = "".join(_lines(value, depth + 1))
            if inner:
                yield f"{indent}{name}:\n{inner}"
        elif isinstance(value, list):
            if value:
                yield f"{indent}{name}:\n"
            for one in value:
                parts = ", ".join(f"{part}: {_scalar(text)}" for part, text in one.items() if text)
                yield f"{indent}  - {{ {parts} }}\n"
        elif value:
            yield f"{indent}{name}: {value if name == 'type' else _scalar(value)}\n"


def _scalar(text: str) -> str:
    return json.dumps(printable(text), ensure_ascii=False)

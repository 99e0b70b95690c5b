"""Draft a work's TOML from the line of a list: its fields as listed, nothing else; and its citation key.

What the line does not tell is left out; a work whose status is `listed` may be without it.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from mhlit.catalog.fields import address, name, pages, quoted, text
from mhlit.dates import format_date
from mhlit.identifiers import lookup_forms
from mhlit.likeness.venues import read_venue
from mhlit.model import Entry, Identifier, Record, Version
from mhlit.names import family_name, inverted
from mhlit.text import printable, transliterate

Document = dict[str, Any]

_STOP_WORDS = frozenset(
    "a about across after all also among an and any are as at be been being between but by can could did do does"
    " for from had has have how i if in into is it its may might more my no nor not of off on onto or our out over per"
    " should so than that the their them then there these they this those through to under up upon us was"
    " we were what when where which while who whom whose why will with within without would you your".split()
)
_NOBODY = "anon"
_NO_YEAR = "0000"
_YEARS = (
    re.compile(r"(?:arxiv[.:/\w]*?|abs/|pdf/)(?P<short>\d\d)(?:0[1-9]|1[0-2])\.\d{4,5}", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)"),
)
# The end of the sentence that the authors are, behind a name in full.
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{2})(?<!\bJr)(?<!\bSr)\.(?=,|$)")
# Where code, data and models are kept; slides, films and the like are none.
_CODE = re.compile(
    r"https?://(?:www\.)?(?:[\w-]+\.)?(?:github|gitlab|bitbucket|codeberg|huggingface|zenodo|osf|kaggle|figshare|modelscope)\.",
    re.IGNORECASE,
)
_CUT_SHORT = "The list cuts the authors short."


class Names(NamedTuple):
    """What a draft must keep clear of, or may use."""

    keys: Collection[str]
    """Citation keys and aliases that are taken, in lower case."""
    forms: Collection[str]
    """Identifiers that are other works' (`identifiers.lookup_forms`)."""
    venues: Collection[str]
    """The catalog's venues."""
    placeholders: Collection[str] = ()
    """Addresses in the line that lead nowhere."""


def draft(entry: Entry, listing: Document, taken: Names, today: date) -> tuple[str, Document]:
    """Return the citation key and the document of a work that is known by one line of a list."""
    record = entry.record
    authors = [_FULL_STOP.sub("", _clean(inverted(one))) for one in record.authors]
    authors = [one for one in authors if not list(name(one))]
    document: Document = {"title": _clean(record.title), "authors": authors}
    if record.version is Version.PREPRINT:
        document["preprint"] = _preprint(entry, taken)
    else:
        document["record"] = _record(entry, taken)
        if entry.eprint and _is_free(entry.eprint, taken):
            document["preprint"] = {"server": "arXiv", "arxiv": entry.eprint.value}
    related = [field.value for field in entry.fields if field.name == "related" and _is_address(field.value, taken)]
    code = [one for one in related if _CODE.match(one)]
    document["links"] = {"code": list(dict.fromkeys(code))} if code else {}
    document["listings"] = [listing]
    document["provenance"] = {
        "status": "listed",
        "checked": today,
        "confirmed_by": ["listing"],
        "unconfirmed": list(_told(document)),
        "note": _CUT_SHORT if entry.omitted >= 0 else "",
    }
    document["provenance"] = _filled(document["provenance"])
    return citation_key(entry, taken.keys), _filled(document)


def _clean(value: str) -> str:
    return unicodedata.normalize("NFC", " ".join(printable(value).split()))


def _record(entry: Entry, taken: Names) -> Document:
    record = entry.record
    container = _clean(record.container_title)
    venue = read_venue(container)
    short = venue.series if venue.series in taken.venues and not venue.workshop else ""
    table: Document = {
        "type": record.type if record.type in ("article", "inproceedings") else "misc",
        "issued": format_date(record.issued) if record.issued else "",
        "venue": container if container in taken.venues else short,
        "container_title": container,
        **{field: _clean(getattr(record, field)) for field in ("volume", "issue", "pages", "article_number")},
        **_identifiers(record, taken, but="arxiv"),
        **_addresses(entry, taken),
    }
    if list(pages(table["pages"])):
        table["pages"] = ""
    return _filled({field: value for field, value in table.items() if not value or not list(text(value))})


def _preprint(entry: Entry, taken: Names) -> Document:
    record = entry.record
    issued = format_date(record.issued) if record.issued else ""
    return _filled(
        {"server": record.server, "issued": issued, **_identifiers(record, taken), **_addresses(entry, taken)}
    )


def _identifiers(record: Record, taken: Names, but: str = "") -> Document:
    return {
        one.scheme: one.value
        for one in record.identifiers
        if one.scheme not in ("isbn", "issn", but) and _is_free(one, taken)
    }


def _is_free(identifier: Identifier, taken: Names) -> bool:
    return not any(form in taken.forms for form in lookup_forms(identifier))


def _addresses(entry: Entry, taken: Names) -> Document:
    """Return the first link, and the first that is labelled as a PDF."""
    found: Document = {}
    for field in entry.fields:
        if field.name in ("url", "pdf") and _is_address(field.value, taken):
            found.setdefault(field.name, field.value)
    return found


def _is_address(value: str, taken: Names) -> bool:
    return value not in taken.placeholders and not list(address(value))


def _told(document: Document) -> Iterator[str]:
    """Yield the names of the fields that rest on the line alone."""
    tables = [document.get("record", {}), document.get("preprint", {})]
    names = [field for field in ("title", "authors") if document.get(field)]
    names += [field for table in tables for field in table if field not in ("type", "server")]
    yield from dict.fromkeys(names)


def _filled(table: Document) -> Document:
    return {field: value for field, value in table.items() if value not in ("", [], {})}


def citation_key(entry: Entry, taken: Collection[str]) -> str:
    """Return a key by the ACL Anthology's scheme that is not taken: surnames, year, the first telling word.

    A line that names nobody gives `anon`; one that tells no year gives that of its links, or 0000.
    """
    people = [_ascii(family_name(one)) for one in entry.record.authors]
    several = entry.omitted >= 0 or len(people) > 2
    who = "-".join([people[0], "etal"] if several and people else people) or _NOBODY
    who = who.strip("-") if who.strip("-")[:1].isalpha() else f"{_NOBODY}-{who}".strip("-")
    year = f"{entry.record.issued.year:04d}" if entry.record.issued else _year_of_links(entry)
    return next(key for word in _words(entry.record.title) if (key := f"{who}-{year}-{word}") not in taken)


def _ascii(word: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", re.sub(r"['’ʼ`]", "", transliterate(word)).lower()))


def _words(title: str) -> Iterable[str]:
    """Yield the words that may end a key, the best first, and without end."""
    every = [word for word in _ascii(title).split("-") if word] or ["untitled"]
    telling = [word for word in every if word not in _STOP_WORDS and len(word) > 1] or every
    yield from telling
    yield from (f"{telling[0]}{number}" for number in range(2, 10**6))


def _year_of_links(entry: Entry) -> str:
    for field in entry.fields:
        if field.name in ("url", "pdf", "doi"):
            for pattern in _YEARS:
                if found := pattern.search(field.value):
                    parts = found.groupdict()
                    return parts.get("year") or f"20{parts['short']}"
    return _NO_YEAR


def listed_line(value: str) -> str:
    """Return the text of a line as a listing may hold it: one line, composed, without control characters."""
    cleaned = _clean(value)
    return cleaned if not list(quoted(cleaned)) else ""

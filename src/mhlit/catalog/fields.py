"""What each field of a work's TOML may hold: one small check for a kind of value.

A check takes a value and yields what is wrong with it, each as words that follow the field's name:
``must be a quoted string, got 2502.1095``. It never raises.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from mhlit.dates import parse_date
from mhlit.identifiers import SCHEMES, make_identifier
from mhlit.model import Status
from mhlit.names import parse_name

Check = Callable[[Any], Iterator[str]]

KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*-\d{4}-[a-z0-9]+", re.ASCII)
_ALIAS = re.compile(r"[A-Za-z0-9][A-Za-z0-9_:.+/-]*", re.ASCII)
_PAGES = re.compile(r"[A-Za-z]?\d+(?:-[A-Za-z]?\d+)?", re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s/$.?#][^\s\"<>\\^`{|}]*")
_LATEX = re.compile(r"\\[a-zA-Z]+|\\['`^\"~=.]\{?[a-zA-Z]|\{[A-Za-z]+\}|\$[^$]+\$")
# Of people whose given names are not known, two may look alike: "Huang, Y."
_INITIALS = re.compile(r"[^,\s]+(?:, (?:[^\W\d_]\.[ -]?)+)?")
_SUMMARY_WORDS = 30


def text(value: Any) -> Iterator[str]:
    """Check a string for people: not empty, NFC, one line, no control characters, no LaTeX."""
    yield from quoted(value)
    if isinstance(value, str) and (found := _LATEX.search(value)):
        yield f"must be plain text, not LaTeX: {found.group(0)!r}"


def quoted(value: Any) -> Iterator[str]:
    """Check any string: not empty, NFC, one line, no control characters."""
    if not isinstance(value, str):
        yield f"must be a quoted string, got {_shown(value)}"
    elif not value.strip():
        yield "must not be empty"
    elif value != value.strip():
        yield f"must not begin or end with a space: {value!r}"
    elif value != unicodedata.normalize("NFC", value):
        yield f"must be in Unicode's composed form (NFC): {value!r}"
    elif any(unicodedata.category(c) in ("Cc", "Cs") for c in value):
        yield f"must not hold line breaks or control characters: {value!r}"


def summary(value: Any) -> Iterator[str]:
    """Check a one-sentence summary."""
    yield from text(value)
    if isinstance(value, str) and len(value.split()) > _SUMMARY_WORDS:
        yield f"must have at most {_SUMMARY_WORDS} words, has {len(value.split())}"


def list_of(check: Check, at_least: int = 1, may_repeat: re.Pattern[str] | None = None) -> Check:
    """Return a check for a list whose items each pass `check` and do not repeat, but for what `may_repeat`."""

    def check_list(value: Any) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"must be a list, got {_shown(value)}"
            return
        if len(value) < at_least:
            yield f"must have at least {at_least} item{'s' if at_least > 1 else ''}"
        for place, item in enumerate(value, 1):
            yield from (f"item {place}: {problem}" for problem in check(item))
        repeated = {str(item) for item in value if value.count(item) > 1}
        repeated = {item for item in repeated if not (may_repeat and may_repeat.fullmatch(item))}
        yield from (f"holds {item!r} more than once" for item in sorted(repeated))

    return check_list


def name(value: Any) -> Iterator[str]:
    """Check an author or editor: ``Family, Given`` or the name of a group."""
    yield from text(value)
    if isinstance(value, str):
        try:
            parse_name(value)
        except ValueError as error:
            yield str(error)


def partial_date(value: Any) -> Iterator[str]:
    """Check a date of publication of which only the year may be known."""
    if not isinstance(value, str):
        yield f'must be a quoted date such as "2025" or "2025-04", got {_shown(value)}'
        return
    try:
        parse_date(value)
    except ValueError as error:
        yield str(error)


def day(value: Any) -> Iterator[str]:
    """Check a full date that is not quoted (TOML's own date)."""
    if type(value) is not date:
        yield f"must be a date such as 2026-11-21, without quotes, got {_shown(value)}"


def address(value: Any) -> Iterator[str]:
    """Check the address of a web page."""
    yield from quoted(value)
    if isinstance(value, str) and not _ADDRESS.fullmatch(value):
        yield f"must be an http or https address, got {value!r}"


def pages(value: Any) -> Iterator[str]:
    """Check a page or a range of pages with one hyphen."""
    yield from quoted(value)
    if isinstance(value, str) and not _PAGES.fullmatch(value):
        yield f'must be a page or a range such as "12-34", got {value!r}'


def alias(value: Any) -> Iterator[str]:
    """Check another citation key the work is known by."""
    yield from quoted(value)
    if isinstance(value, str) and not _ALIAS.fullmatch(value):
        yield f"must be a citation key of letters, digits and _ : . + / -, got {value!r}"


def identifier(scheme: str) -> Check:
    """Return a check for the value of an identifier, in the form it is usually written."""

    def check_identifier(value: Any) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"must be a quoted string, got {_shown(value)}"
            return
        try:
            usual = make_identifier(scheme, value).value
        except ValueError as error:
            yield str(error)
        else:
            if usual != value:
                yield f"must be written {usual!r}, got {value!r}"

    return check_identifier


def table(value: Any) -> Iterator[str]:
    """Check an inline table; what is in it has a shape of its own."""
    if not isinstance(value, dict):
        yield f"must be a table in braces, got {_shown(value)}"


def status(value: Any) -> Iterator[str]:
    """Check how far a record is confirmed."""
    statuses = [status for status in Status if status is not Status.OWN]
    if value not in statuses:
        yield f"must be one of {', '.join(statuses)}, got {_shown(value)}"


def _shown(value: Any) -> str:
    return "a table" if isinstance(value, Mapping) else repr(value) if not isinstance(value, list) else "a list"


_IDENTIFIERS: dict[str, Check] = {scheme: identifier(scheme) for scheme in SCHEMES}
_WHERE: dict[str, Check] = {"url": address, "pdf": address}

# Table to field to check, in the order they are written; `!` marks what must be there.
SHAPES: dict[str, dict[str, Check]] = {
    "": {
        "title!": text,
        "authors!": list_of(name, may_repeat=_INITIALS),
        "name_forms": list_of(name),
        "summary": summary,
        "topics": list_of(text),
        "resources": list_of(text),
        "languages": list_of(text),
        "data_origin": list_of(text),
        "aliases": list_of(alias),
    },
    "record": {
        "type!": text,
        "issued!": partial_date,
        "venue!": text,
        "container_title!": text,
        "collection_title": text,
        "volume": text,
        "issue": text,
        "pages": pages,
        "article_number": text,
        "publisher": text,
        "publisher_place": text,
        "editors": list_of(name),
        "track": text,
        **{scheme: check for scheme, check in _IDENTIFIERS.items() if scheme != "arxiv"},
        "anthology_key": alias,
        **_WHERE,
    },
    "preprint": {
        "server!": text,
        "issued!": partial_date,
        "title": text,
        "former_title": text,
        "authors": list_of(name),
        "former_authors": list_of(name),
        "arxiv": _IDENTIFIERS["arxiv"],
        "arxiv_class": text,
        **_IDENTIFIERS,
        **_WHERE,
    },
    "links": {"code": list_of(address)},
    "listings": {
        "id!": text,
        "list!": text,
        "section!": text,
        "as_listed!": quoted,
        "errors": list_of(table),
    },
    "listings.errors": {"field!": text, "listed!": quoted, "correct!": quoted},
    "provenance": {
        "status!": status,
        "checked!": day,
        "confirmed_by!": list_of(text),
        "seen": list_of(address),
        "unconfirmed": list_of(text),
        "note": quoted,
    },
}

"""Take values out of responses whatever stands there: members, clean text, names, dates, identifiers.

Nothing here fails on a value of another type than is documented: it is then as if it were absent.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from mhlit.formats.readers.records import date_of
from mhlit.model import Identifier, Name, PartialDate
from mhlit.sources import cleaning
from mhlit.sources.cleaning import clean, date_of_text, person, spoken
from mhlit.sources.source import Unreadable
from mhlit.text import printable

MOST = 5000
"""So many authors are read of a record; the largest collaborations have fewer."""
_LONGEST = 5000
"""So many characters of a title or name are read."""
_WORD = re.compile(r"\w+")
_INITIALS = re.compile(r"[^\W\d_]{1,3}")
_NOBODY = frozenset(("anonymous", "anonymous authors", "unknown"))
_START = datetime(1970, 1, 1, tzinfo=UTC)


def json_of(body: bytes) -> Any:
    """Return the value that a body of JSON holds. Raises `Unreadable` where it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"no JSON: {error}") from None


def object_of(body: bytes) -> dict[str, Any]:
    """Return the object that a body of JSON holds. Raises `Unreadable` where it is none."""
    value = json_of(body)
    if not isinstance(value, dict):
        raise Unreadable(f"a JSON object was expected, not {type(value).__name__}")
    return value


def one_or_several(body: bytes, one: str, several: str) -> list[Any]:
    """Return the records of a response that is one, known by its member `one`, or has them in its member `several`.

    An error that the source tells is no record. Raises `Unreadable` where it is none of these.
    """
    response = object_of(body)
    if several in response:
        return items(response[several])
    if one in response:
        return [response]
    if "error" in response:
        return []
    raise Unreadable(f"neither {one!r} nor {several!r} is told")


def member(value: Any, *names: str) -> Any:
    """Return the member of a member … of an object; None where there is none."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def items(value: Any) -> list[Any]:
    """Return the items of a list; of a single value, which some services give where a list has one item, that."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def text(value: Any) -> str:
    """Return a string or number as one line of clean text, without markup; empty for what is neither."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    if isinstance(value, int) and value.bit_length() > 64:  # no number of a page or volume
        return ""
    return clean(str(value)[:_LONGEST])


def title_of(value: Any) -> str:
    """Return a title as clean text without a full stop at its end."""
    said = text(value)
    return said[:-1].rstrip() if said.endswith(".") and not said.endswith("..") else said


def joined_title(title: str, subtitle: str) -> str:
    """Return a title with its subtitle, unless it holds that already."""
    if not subtitle or subtitle.lower() in title.lower():
        return title
    return f"{title}{'' if title.endswith((':', '?', '!')) else ':'} {subtitle}" if title else subtitle


def spoken_name(value: Any) -> Name | None:
    """Return the name of a person as it is spoken or inverted; None where there is none, or nobody is named."""
    said = text(value).strip(" ,;")
    name = spoken(said) if said.lower() not in _NOBODY else Name()
    return name if any(name) else None


def divided_name(family: Any, given: Any, suffix: Any = "") -> Name | None:
    """Return a name of which the parts are told; initials written together (`FM`) are divided."""
    first = text(given).strip(" ,")
    if _INITIALS.fullmatch(first) and first.isupper():
        first = " ".join(f"{letter}." for letter in first)
    name = person(text(family), first, text(suffix))
    return name if any(name) else None


def group_name(value: Any) -> Name | None:
    """Return the name of a group; None where there is none."""
    said = text(value).strip(" ,;.")
    return Name(literal=said) if said else None


def iso_date(value: Any) -> PartialDate | None:
    """Return the date that begins a text, in ISO 8601; None where none does."""
    return _possible(date_of_text(text(value)))


def divided_date(year: Any, month: Any = "", day: Any = "") -> PartialDate | None:
    """Return the date of a year, a month by number or English name, and a day; None without a year."""
    return _possible(date_of("", text(year), text(month), text(day)))


def stamp_date(value: Any) -> PartialDate | None:
    """Return the day of a time stamp in milliseconds since 1970, in UTC; None where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        day = _START + timedelta(milliseconds=value)
    except (OverflowError, ValueError):
        return None
    return _possible(PartialDate(day.year, day.month, day.day))


def _possible(date: PartialDate | None) -> PartialDate | None:
    return date if date and 1500 <= date.year <= 2100 else None


def identifier(scheme: str, value: Any) -> Identifier | None:
    """Return an identifier of a scheme; None where the value is none of that scheme."""
    said = text(value)
    if scheme == "doi":
        said = re.sub(r"(?i)^doi:\s*", "", said)
    if scheme == "arxiv":
        said = re.sub(r"(?i)^(?:https?://arxiv\.org/abs/|arxiv:\s*)|v\d+$", "", said)
    return cleaning.identifier(scheme, said)


def page_range(first: Any, last: Any) -> tuple[str, str]:
    """Return pages, and the number of an article that stands where its first page should; an end is written out."""
    begin, end = text(first).strip(" ."), text(last).strip(" .")
    if not begin or begin in ("-", "n/a"):
        return "", ""
    if begin.isdigit() and end.isdigit() and len(end) < len(begin):
        end = begin[: len(begin) - len(end)] + end
    if end and end != begin:
        return f"{begin}-{end}", ""
    return ("", begin) if re.match(r"[eE]\d|\d{5,}|[A-Z]{2}", begin) else (begin, "")


def words_of(title: str, most: int = 30) -> str:
    """Return the words of a title for a query: without signs, which are commands in the query languages."""
    return " ".join(_WORD.findall(printable(title))[:most])

"""Bring what sources write into the form our model has: titles without markup, names in parts, dates, pages."""

import re
import unicodedata
from collections.abc import Iterable
from html import unescape
from typing import Any

from mhlit.dates import parse_date
from mhlit.formats.latex_reading import decode
from mhlit.formats.readers.people import read_name
from mhlit.formats.readers.records import pages_of
from mhlit.identifiers import make_identifier
from mhlit.likeness.venues import read_venue
from mhlit.model import Identifier, Name, PartialDate
from mhlit.text import printable, without_tags

# MathML in titles, as Crossref and PubMed pass it on: the text inside stays.
_MATHML = re.compile(r"</?(?:mml:)?(?:math|m[a-z]{1,12}|semantics|annotation)(?:\s[^<>]*)?/?>")
_LATEX = re.compile(r"\\[A-Za-z'\"`^~=.]|\$[^$]+\$|[_^]\{")
_SHOUTED = re.compile(r"[^\W\d_]{3,}")


def clean(text: object) -> str:
    """Return a text of a source in one line without HTML, JATS, MathML and entities; "" for what is no text."""
    if not isinstance(text, str):
        return ""
    if "<" in text:
        text = _MATHML.sub("", text)
    for _ in range(2):  # some are escaped twice
        text = without_tags(text)
    return unicodedata.normalize("NFC", " ".join(printable(unescape(text)).split()))


def clean_latex(text: object) -> str:
    r"""Return a text as `clean` does, with LaTeX as Unicode where there is any: arXiv's titles and names."""
    plain = clean(text)
    if not _LATEX.search(plain):
        return plain
    return clean(decode(re.sub(r"(?<!\\)%", r"\\%", plain)))


def first(values: object) -> str:
    """Return the first text of a list that has one, or the text itself, cleaned; "" where there is none."""
    listed = values if isinstance(values, list) else [values]
    return next((plain for value in listed if (plain := clean(value))), "")


def person(family: object, given: object = "", suffix: object = "") -> Name:
    """Return the name of a person whose parts are known; one that is shouted (ZHANG, Wei) is not."""
    last, forenames = clean(family).strip(" ,"), clean(given).strip(" ,")
    if not (last and forenames):
        return Name(literal=last or forenames)
    if last.isupper() and (not forenames.isupper() or _SHOUTED.search(forenames)):
        last = _calmed(last)
    if forenames.isupper() and _SHOUTED.search(forenames):
        forenames = _calmed(forenames)
    words = last.split()
    count = 0
    while count < len(words) - 1 and words[count].islower():
        count += 1
    return Name(" ".join(words[count:]), forenames, " ".join(words[:count]), clean(suffix).strip(" ,"))


def spoken(name: object) -> Name:
    """Return a name in the order it is spoken, or inverted with a comma, in its parts."""
    return read_name(clean_latex(name).strip(" ,;"))


def _calmed(text: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda word: word.group().capitalize(), text)


def named(names: Iterable[Name]) -> tuple[Name, ...]:
    """Return the names that are any, each once."""
    return tuple(dict.fromkeys(name for name in names if any(name)))


def date_of_parts(parts: object) -> PartialDate | None:
    """Return the date of a year, month and day in a list; None without a year. What is no day is left out."""
    numbers = [int(part) for part in parts[:3] if str(part).isdecimal()] if isinstance(parts, list) else []
    return _date(numbers)


def date_of_text(text: object) -> PartialDate | None:
    """Return the date that a text begins with: `2024`, `2024-05`, `2024-05-13T…`, `2024/05/13`; else None."""
    found = re.match(r"\s*(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?", str(text))
    return _date([int(part) for part in found.groups() if part]) if found else None


def _date(numbers: list[int]) -> PartialDate | None:
    for size in range(len(numbers), 0, -1):
        year, *rest = numbers[:size]
        try:
            return parse_date("-".join([f"{year:04d}", *(f"{part:02d}" for part in rest)]))
        except ValueError:
            continue
    return None


def pages(text: object, article_number: object = "") -> tuple[str, str]:
    """Return pages and article number; one number that stands for both is the article's."""
    found, number = pages_of(clean(text))
    number = clean(article_number) or number
    return ("" if found == number else found), number


def identifier(scheme: str, value: object) -> Identifier | None:
    """Return an identifier in its usual form; None where the value is not one of the scheme."""
    text = clean(value)
    for start in ("https://doi.org/", "http://doi.org/", "http://dx.doi.org/", "https://dx.doi.org/"):
        text = text.removeprefix(start)
    try:
        return make_identifier(scheme, text)
    except ValueError:
        return None


def identifiers(*found: Identifier | None) -> tuple[Identifier, ...]:
    """Return the identifiers that there are, each once; capitals do not count."""
    kept: dict[tuple[str, str], Identifier] = {}
    for one in found:
        if one:
            kept.setdefault((one.scheme, one.value.lower()), one)
    return tuple(kept.values())


def venue(container_title: str, collection_title: str = "") -> str:
    """Return the short name of a journal or conference, as the catalog and its filters have it; "" for a workshop."""
    for text in (container_title, collection_title):
        read = read_venue(text)
        if read.series and not read.workshop and read.series not in ("arXiv", "Findings"):
            return read.series
    return ""


def entries(value: object) -> list[dict[str, Any]]:
    """Return the objects of a list of JSON objects; none where it is something else."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []

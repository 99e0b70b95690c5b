"""Citation keys of the reader's works: kept as they are where that can be, made where there is none."""

import re
from collections.abc import Container

from mhlit.model import Record
from mhlit.names import family_name
from mhlit.text import fold, printable, transliterate

# Neither BibTeX nor biber can read a key with one of these (docs/library.md).
_FORBIDDEN = re.compile(r"[\s,{}()\"#%'=\\~]+")
_LITTLE = frozenset(
    "a an the of on in for to and with from by at is are can do does how what why der die das le la".split()
)
_LONGEST = 120


def clean_key(text: str) -> str:
    """Return a key without what no program can read in one: spaces, braces, quotes, control characters."""
    if text.isalnum() and text.isascii() and len(text) <= _LONGEST:
        return text
    return _FORBIDDEN.sub("-", printable(text).strip()).strip("-")[:_LONGEST]


def made_key(record: Record) -> str:
    """Make a key for a record that has none: ``surname[-surname|-etal]-year-titleword``, in ASCII."""
    families = [_plain(family_name(name)) for name in record.authors[:2]]
    more = ["etal"] if len(record.authors) > 2 else families[1:]
    year = [f"{record.issued.year:04d}"] if record.issued else []
    title = [word for word in fold(transliterate(record.title[:400])).split() if word not in _LITTLE][:1]
    parts = [part for part in (*families[:1], *more, *year, *title) if part]
    key = "-".join(parts)[:_LONGEST]
    return key if key[:1].isalpha() else f"work-{key}".rstrip("-")


def free_key(key: str, taken: Container[str]) -> str:
    """Return `key`, or with the first number behind it that is free, where it is among `taken`, in lower case."""
    number, free = 1, key
    while free.lower() in taken:
        number += 1
        free = f"{key}-{number}"
    return free


def _plain(text: str) -> str:
    return fold(transliterate(text[:200])).replace(" ", "")

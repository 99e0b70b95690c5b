r"""Put `and` between the names of a BibTeX field that has semicolons or commas there.

BibTeX knows no other word between names (Patashnik, *BibTeXing*, 1988, §4): it takes the whole list for one name, and
tells that a name has at most two commas. Word processors and language models write such lists all the time.
"""

import re

from mhlit.formats.readers.bylines import read_byline
from mhlit.formats.readers.people import split_names
from mhlit.names import inverted

# Not the end of an HTML entity, nor LaTeX's spaces `\;` and `\,`, whose lists are left alone.
_SEMICOLON = re.compile(r"(?<!&amp)(?<!\\);\s")
_BRACED = re.compile(r"\{[^{}]*[,;][^{}]*\}")
_SERIAL = re.compile(r",\s+and\s", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:jr|sr|i{2,3}|iv)\.?", re.IGNORECASE)


def with_and(value: str) -> str:
    """Return the value with `and` between its names; empty where that is so already, or cannot be told."""
    if not _may_be_other(value) or "\\," in value or _BRACED.search(value):
        return ""
    pieces = [piece.strip(" \t\r\n,;") for piece in split_names(value)]
    if any(_SEMICOLON.search(piece) for piece in pieces):
        return " and ".join(name for piece in pieces for part in _SEMICOLON.split(piece) if (name := part.strip(" ;")))
    if not any(map(_is_several, pieces)) and not (_SERIAL.search(value) and _is_spoken(pieces)):
        return ""
    names, omitted = read_byline(value)
    shown = [inverted(name) for name in names]
    return " and ".join([*shown, "others"] if omitted >= 0 else shown) if len(names) > 1 else ""


def _may_be_other(value: str) -> bool:
    """Tell of most lists at a glance that they are as they should be: a comma a name, and `and` between."""
    return ";" in value or ", and" in value or value.count(",") > value.count(" and ") + 1


def _is_several(piece: str) -> bool:
    """Tell whether commas part several names: more than a name can have, or two between whole names."""
    parts = [part.strip() for part in piece.split(",")]
    if len(parts) > 3:
        return True
    return len(parts) == 3 and all(" " in part for part in parts) and not any(map(_SUFFIX.fullmatch, parts))


def _is_spoken(pieces: list[str]) -> bool:
    """Tell whether the last name and each part of the others is a whole one: ``Ann Lee, Jan Roe`` and ``Ada Poe``."""
    parts = [part.strip() for piece in pieces for part in piece.split(",")]
    return "," not in pieces[-1] and len(parts) > len(pieces) and all(" " in part for part in parts)

"""Where a value of BibTeX ends: in one step what most files are full of, by counting braces what is left."""

import re

from mhlit.model import SourceField

# Up to three levels of braces in one step; deeper ones are counted.
_FLAT = r"[^{}]++"
BRACED = re.compile(rf"\{{(?:{_FLAT}|\{{(?:{_FLAT}|\{{[^{{}}]*+\}})*+\}})*+\}}")
"""Matches most values in braces, and none that is not closed."""
_QUOTED = re.compile(rf"\"(?:[^\"{{}}]++|\{{(?:{_FLAT}|\{{[^{{}}]*+\}})*+\}})*+\"")
# The field most files are full of: a name, a braced or bare value, and a comma or the end after it.
_PLAIN_FIELD = re.compile(
    rf"\s*+(,?)\s*+([^\s\"#%'(),={{}}@\\]++)[ \t\r\n]*+=[ \t\r\n]*+({BRACED.pattern}|\d++)(?=\s*+[,}}])"
)
_BRACE = re.compile(r"[{}]")
_QUOTE = re.compile(r"[{}\"]")
_SPACES = re.compile(r"\s+")


def read_plain(text: str, position: int, limit: int, comma: bool, fields: list[SourceField]) -> tuple[int, bool]:
    """Add to `fields` those from `position` on that are read in one step each.

    `comma` tells whether a field may begin there without one. Returns where another way must go on, and the same of it.
    """
    while plain := _PLAIN_FIELD.match(text, position, limit):
        before, name, value = plain.groups()
        if not (before or comma):
            break
        if value[0] == "{":
            value = squeezed(value[1:-1])
        fields.append(SourceField(name, value, plain.start(2), plain.start(3), plain.end()))
        position, comma = plain.end(), False
    return position, comma


def squeezed(value: str) -> str:
    """Return a value with single spaces, as BibTeX reads it."""
    if "\n" in value or "  " in value or "\t" in value or "\r" in value or value[:1] == " " or value[-1:] == " ":
        return _SPACES.sub(" ", value).strip()
    return value


def closing(text: str, position: int, limit: int) -> int:
    """Return the offset after a braced or quoted piece, -1 where it does not close before `limit`."""
    braced = text[position] == "{"
    found = (BRACED if braced else _QUOTED).match(text, position, limit)
    if found:
        return found.end()
    depth = 0
    for sign in (_BRACE if braced else _QUOTE).finditer(text, position + (not braced), limit):
        if sign.group() == '"':
            if depth == 0:
                return sign.end()
            continue
        depth += 1 if sign.group() == "{" else -1
        if braced and depth == 0:
            return sign.end()
        if depth < 0:
            return -1
    return -1


def matching_braces(text: str) -> dict[int, int]:
    """Return the offset of the closing brace for that of every opening one, in one pass."""
    closers: dict[int, int] = {}
    stack: list[int] = []
    for sign in _BRACE.finditer(text):
        if sign.group() == "{":
            stack.append(sign.start())
        elif stack:
            closers[stack.pop()] = sign.start()
    return closers

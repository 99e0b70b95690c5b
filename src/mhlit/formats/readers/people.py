r"""Read the names of a BibTeX `author` field as BibTeX does: `and` between them, three forms of each.

Source: Patashnik, *BibTeXing* (1988), §4; Markey, *Tame the BeaST* (2009), §11. pybtex's `Person`, which splits as
BibTeX does on thousands of names, reads those that braces group (``{van der} Berg``); the common forms need no help.
"""

import re
from functools import lru_cache

from mhlit.formats.latex_reading import decode
from mhlit.model import Name

_AND = re.compile(r"\s+and(?=\s)", re.IGNORECASE)
_AND_OR_BRACE = re.compile(r"[{}]|\s+and(?=\s)", re.IGNORECASE)
_OTHERS = re.compile(r"(?:and\s+)?(?:others|et\s*\.?\s*al\.?|\.\.\.|…)", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:jr|sr|i{2,3}|iv)\.?", re.IGNORECASE)
# The form most names have: one word, a comma, words; nothing to decode.
_PLAIN = re.compile(r"([^\s,{}\\$~]+), ([^\s,{}\\$~\d]+(?: [^\s,{}\\$~\d]+)*)")
# The number that tells people of one name apart in DBLP: "Wei Zhang 0001".
_HOMONYM = re.compile(r"(?<=\w) 0\d{3}$")


def read_names(value: str) -> tuple[tuple[Name, ...], int]:
    """Return the names of a field, and before which of them names are left out ("and others"); -1 where none are."""
    names: list[Name] = []
    omitted = -1
    for part in split_names(value):
        text = part.strip(" \t\r\n,;")
        if not text:
            continue
        if _OTHERS.fullmatch(text.strip("{}")):
            omitted = len(names) if omitted < 0 else omitted
        else:
            name = read_name(text)
            names.append(name if any(name) else Name(literal=text))
    return tuple(names), omitted


def split_names(value: str) -> list[str]:
    """Return the pieces between the words "and" that no braces group."""
    parts = _AND.split(value)
    if all(part.count("{") == part.count("}") for part in parts):  # so that no braces group an "and"
        return parts
    parts = []
    depth = start = 0
    for found in _AND_OR_BRACE.finditer(value):
        sign = found.group()
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif depth <= 0:
            parts.append(value[start : found.start()])
            start = found.end()
    return [*parts, value[start:]]


@lru_cache(maxsize=1 << 13)  # people write more than one paper
def read_name(text: str) -> Name:
    """Return one name of any of BibTeX's forms; a name wholly in braces is a group."""
    if plain := _PLAIN.fullmatch(text):
        return Name(*plain.groups())
    if text.startswith("{") and _is_one_group(text):
        return Name(literal=decode(text))
    if "\\" in text or "{" in text or "$" in text or "~" in text:
        text = decode(text, keep_braces=True).strip()
        if plain := _PLAIN.fullmatch(text):
            return Name(*plain.groups())
        if "{" in text or "}" in text:
            return _by_pybtex(text)
    parts = [_HOMONYM.sub("", " ".join(part.split())) for part in text.split(",")]
    if len(parts) == 1:
        return _natural(parts[0])
    if len(parts) > 3:  # BibTeX has no such form; nothing is thrown away
        parts = [parts[0], "", " ".join(part for part in parts[1:] if part)]
    return _inverted(parts[0], parts[1] if len(parts) == 3 else "", parts[-1])


def _is_one_group(text: str) -> bool:
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            inner = text[1:-1].strip()
            return place == len(text) - 1 and not (inner.startswith("\\") and len(decode(text)) == 1)
    return False


def _inverted(family: str, suffix: str, given: str) -> Name:
    if not given and not suffix:
        return Name(literal=family)
    if not family:
        return Name(literal=given)
    words = family.split(" ")
    count = 0
    while count < len(words) - 1 and words[count].islower():
        count += 1
    return Name(" ".join(words[count:]), given, " ".join(words[:count]), suffix)


def _natural(text: str) -> Name:
    """Read ``First von Last``: the particle is from the first word in lower case to the last of them."""
    words = text.split(" ")
    if len(words) == 1:
        return Name(literal=text)
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    lower = [place for place, word in enumerate(words[:-1]) if word.islower()]
    if not lower:
        return Name(words[-1], " ".join(words[:-1]), "", suffix)
    first, last = lower[0], lower[-1]
    return Name(" ".join(words[last + 1 :]), " ".join(words[:first]), " ".join(words[first : last + 1]), suffix)


def _by_pybtex(text: str) -> Name:
    from pybtex import errors
    from pybtex.database import Person
    from pybtex.exceptions import PybtexError

    try:
        with errors.capture():
            person = Person(text)
    except (PybtexError, IndexError, ValueError):  # unbalanced braces
        return Name(literal=decode(text).strip(" ,"))
    parts = (person.last_names, person.first_names + person.middle_names, person.prelast_names, person.lineage_names)
    family, given, particle, suffix = (decode(" ".join(part)).strip() for part in parts)
    if not family or not (given or particle or suffix):
        return Name(literal=family or given)
    return Name(family, given, particle, suffix)

"""Read the authors at the head of a reference in any style: APA, MLA, Chicago, IEEE, Vancouver, GB/T 7714, ACL."""

import re

from mhlit.formats.readers.people import read_name
from mhlit.model import Name

_OTHERS = re.compile(r"(?:\bet\.?\s*al\b\.?|\b(?:and\s+)?(?:\d+ )?others\b|等)\.?", re.IGNORECASE)
_GAP = re.compile(r"\.\s?\.\s?\.|…|⋯")
_JOIN = re.compile(r"\s*(?:[,;，、；]\s*(?:&|and\b)|[,;，、；]|&|\sand\s)\s*", re.IGNORECASE)
_ROLE = re.compile(r"\s*\((?:eds?|editors?)\.?\)", re.IGNORECASE)
_INITIALS = re.compile(r"(?:\w\.?[ ‐-]){0,3}\w\.?|(?:\w\.){1,3}\w\.?|\w{2,3}")
_STOP = re.compile(r"(?<=[^\W\d_]{3})\.$")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_SUFFIX = re.compile(r"(?:Jr|Sr|I{2,3}|IV)\.?")
# Hua Y   Coda-Forno J   De Choudhury M   LEE S   Kjell ONE
_FAMILY_FIRST = re.compile(r"(.*\w{2}[’'\w-]*) ([^\W\d_a-z]{1,3}|[^\W\d_a-z](?: [^\W\d_a-z]){1,2})\.?")


def read_byline(text: str, *, given_first: bool = False) -> tuple[tuple[Name, ...], int]:
    """Return the authors, and before which of them names are left out ("et al.", "…"); -1 where none are.

    With `given_first` no name is turned round, so that "Suhas BN" is Suhas by given name.
    """
    text = _ROLE.sub("", " ".join(text.split()))
    names: list[Name] = []
    omitted = -1
    for count, part in enumerate(_GAP.split(text)):
        if count and omitted < 0:
            omitted = len(names)
        whole = _OTHERS.sub(",", part)
        pieces = [_STOP.sub("", piece.strip(" :;,")) for piece in _JOIN.split(whole)]
        pieces = [piece for piece in pieces if any(c.isalpha() for c in piece)]
        names += [read_name(piece) for piece in pieces] if given_first or _CHINESE.search(whole) else _names(pieces)
        if whole != part and omitted < 0:
            omitted = len(names)
    return tuple(names), omitted


def _names(pieces: list[str]) -> list[Name]:
    if len(pieces) > 1 and _is_initials(pieces[1]) and "." not in pieces[0]:
        return _pairs(pieces)
    if pieces and all(_FAMILY_FIRST.fullmatch(piece) for piece in pieces):
        return [_family_first(piece) for piece in pieces]
    if len(pieces) > 1 and _is_turned_round(pieces):
        if all(" " not in piece for piece in pieces) and len(pieces) % 2 == 0:
            return [Name(family, given) for family, given in zip(pieces[::2], pieces[1::2], strict=True)]
        # Only the first name is turned round: "Siddals, Steven, James Torous, and Astrid Coxon".
        return [read_name(f"{pieces[0]}, {pieces[1]}"), *(read_name(piece) for piece in pieces[2:])]
    return [read_name(piece) for piece in pieces]


def _is_initials(piece: str) -> bool:
    """Tell whether a piece is initials: ``Y.``, ``J. T.``, ``S.P.``, ``J.-t.``, ``KR``."""
    if not _INITIALS.fullmatch(piece):
        return False
    letters = zip(" " + piece, piece, strict=False)
    return all(letter.isupper() or before in "-‐" for before, letter in letters if letter.isalpha())


def _pairs(pieces: list[str]) -> list[Name]:
    """Read ``Hua, Y., Na, H.``; a piece without initials after it is a group."""
    names: list[Name] = []
    place = 0
    while place < len(pieces):
        if names and _SUFFIX.fullmatch(pieces[place]):
            names[-1] = names[-1]._replace(suffix=pieces[place])
            place += 1
        elif place + 1 < len(pieces) and _is_initials(pieces[place + 1]):
            names.append(read_name(f"{pieces[place]}, {pieces[place + 1]}"))
            place += 2
        else:
            names.append(read_name(pieces[place]))
            place += 1
    return names


def _family_first(piece: str) -> Name:
    family, _, _ = piece.rstrip(".").rpartition(" ")
    while family and _is_initials(family.rpartition(" ")[2]) and " " in family:
        family, _, _ = family.rpartition(" ")
    return read_name(f"{family}, {piece[len(family) :].strip(' .')}")


def _is_turned_round(pieces: list[str]) -> bool:
    """Tell whether the first name alone, or each, has its family name before a comma."""
    if " " in pieces[0] and " " in pieces[1]:
        return False
    return " " not in pieces[0] or len(pieces) == 2 or all(" " in piece for piece in pieces[2:])

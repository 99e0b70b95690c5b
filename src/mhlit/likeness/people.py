"""Are two names of one person? Initials, accents, particles, hyphens and dropped middle names do not count."""

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from mhlit.model import Name
from mhlit.text import fold

_WORD = re.compile(r"[^\W\d_]+")
# How names are written where the letter is missing: Müller as Mueller.
_SPELT_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa"}
)
_SUFFIXES = frozenset("jr sr ii iii iv phd md dr prof".split())
_PARTICLES = frozenset("af al bin da de del della den der di dos du el ibn la le ten ter van von zu zur".split())


class Sameness(IntEnum):
    """What two names have to do with each other; a greater one is nearer."""

    OTHER = 0
    """Two people."""
    MISSPELT = 1
    """One person, some letters of the name wrong."""
    SWAPPED = 2
    """One person, given and family name exchanged."""
    FORM = 3
    """One person, the name divided otherwise into given and family name."""
    SAME = 4
    """One person, by the same name or a shorter or plainer form of it."""


class Parts(NamedTuple):
    """A name as it is compared: folded words without suffix."""

    family: tuple[str, ...]
    given: tuple[str, ...]
    whole_family: str
    """The family name as one word."""
    whole_given: str
    spelt_out: str
    """The family name as one word, umlauts as two letters."""
    bare_family: str
    """The family name as one word without its particles."""
    words: frozenset[str]


@lru_cache(maxsize=16384)
def parts_of(name: Name) -> Parts:
    """Return the words of a name as they are compared."""
    text = name.literal or f"{name.particle} {name.family}"
    family = _words(text)
    given = tuple(part for word in _WORD.findall(unicodedata.normalize("NFC", name.given)) for part in _initials(word))
    count = 0
    while count < len(family) - 1 and family[count] in _PARTICLES:
        count += 1
    return Parts(
        family,
        given,
        "".join(family),
        "".join(given),
        "".join(family) if text.isascii() else "".join(_words(text.translate(_SPELT_OUT))),
        "".join(family[count:]),
        frozenset((*family, *given)),
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in fold(text).split() if word not in _SUFFIXES)


def _initials(word: str) -> tuple[str, ...]:
    """Return initials written together as letters (EJ), any other word folded."""
    if 1 < len(word) <= 3 and word.isupper():
        return tuple(fold(word))
    folded = fold(word)
    return (folded,) if folded and folded not in _SUFFIXES else ()


def sameness(one: Name, other: Name) -> Sameness:
    """Tell whether two names are one person's."""
    if one == other:
        return Sameness.SAME
    ours, theirs = parts_of(one), parts_of(other)
    if ours.whole_family[:1] != theirs.whole_family[:1] and ours.words.isdisjoint(theirs.words):
        return Sameness.OTHER
    if _families_fit(ours, theirs) and _given_fit(ours.given, theirs.given):
        return Sameness.SAME
    if _is_swapped(ours, theirs) or _is_swapped(theirs, ours):
        return Sameness.SWAPPED
    same_words = ours.words == theirs.words
    if same_words or _is_divided_otherwise(ours, theirs) or _is_divided_otherwise(theirs, ours):
        return Sameness.FORM
    return Sameness.MISSPELT if _is_misspelt(ours, theirs) else Sameness.OTHER


def _families_fit(ours: Parts, theirs: Parts) -> bool:
    if ours.whole_family in (theirs.whole_family, theirs.spelt_out) or ours.spelt_out == theirs.whole_family:
        return True
    return ours.bare_family == theirs.bare_family != ""


def _given_fit(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Tell whether one has the other's given names in their order: in full, as initials, written together, or fewer."""
    if not ours or not theirs or "".join(ours) == "".join(theirs):
        return True
    shorter, longer = sorted((ours, theirs), key=len)
    place = 0
    matched_first = whole = False
    for word in shorter:
        while place < len(longer) and not (steps := _fits(word, longer, place)):
            place += 1
        if place == len(longer):
            return False
        matched_first |= place == 0
        whole |= len(word) > 1 and word == longer[place]
        place += steps
    return matched_first or whole


def _fits(word: str, others: tuple[str, ...], place: int) -> int:
    """Return how many words of `others` from `place` on are what `word` stands for: Jieun for Ji Eun is two."""
    other = others[place]
    if word == other or (min(len(word), len(other)) == 1 and word[0] == other[0]):
        return 1
    if word == "".join(others[place : place + 2]):
        return 2
    short, long = sorted((word, other), key=len)
    return 1 if len(short) >= 3 and len(long) - len(short) >= 3 and long.startswith(short) else 0


def _is_swapped(ours: Parts, theirs: Parts) -> bool:
    """Tell whether our family name is their given name in full, and our given names fit their family name."""
    return (
        len(ours.whole_family) > 1
        and ours.whole_family == theirs.whole_given
        and bool(ours.given)
        and _given_fit(ours.given, theirs.family)
    )


def _is_divided_otherwise(ours: Parts, theirs: Parts) -> bool:
    """Tell whether our family name is an end of their longer one, the rest left out or among our given names."""
    size = len(ours.family)
    if not 0 < size < len(theirs.family):
        return False
    if ours.family == theirs.family[-size:]:
        rest = theirs.family[:-size]
    elif ours.family == theirs.family[:size]:
        rest = theirs.family[size:]
    else:
        return False
    given = list(ours.given)
    for word in rest:
        found = next((one for one in reversed(given) if one == word or (len(one) == 1 and one == word[0])), None)
        if found is not None and len(given) > 1:
            given.remove(found)
    return _given_fit(tuple(given), theirs.given) or _given_fit(ours.given, theirs.given)


def _is_misspelt(ours: Parts, theirs: Parts) -> bool:
    one, other = ours.whole_family, theirs.whole_family
    if abs(len(one) - len(other)) > 2:
        return False
    from rapidfuzz.distance import OSA

    given, others_given = ours.whole_given, theirs.whole_given
    wrong = OSA.distance(one, other, score_cutoff=2)
    if wrong == 0:
        longest = max(len(given), len(others_given))
        return min(len(given), len(others_given)) > 3 and OSA.distance(given, others_given) <= longest // 4
    if wrong > 2:
        return False
    if len(given) > 3 and given == others_given:
        return True
    shortest = min(len(one), len(other))
    allowed = 0 if shortest < 5 else 1 if shortest < 8 else 2
    return wrong <= allowed and bool(given) and _given_fit(ours.given, theirs.given)

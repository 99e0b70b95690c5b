"""Where do the names end that a stretch of text begins with? ``Hua, Y., & Torous, J., npj Digital Medicine``."""

import re

from mhlit.formats.readers.marked import Span

_UPPER = r"[^\W\d_a-z]"
_PARTICLE = r"(?:d[aeiou]|de[lnr]|d[eo]s|v[ao]n|la|le|bin|al|el|ten|ter|den)"
_WORD = rf"{_UPPER}[\w’'‐-]*"
_TURNED_ROUND = re.compile(
    rf"(?:{_PARTICLE}\s)*{_WORD}(?:\s(?:{_PARTICLE}\s)*{_WORD}){{0,2}},\s(?:{_UPPER}\.(?:[\s‐-]?(?={_UPPER}\.))?){{1,5}}"
    r"(?:,\s(?:Jr|Sr|I{2,3})\b\.?)?"
)
_IN_FULL = re.compile(
    rf"{_UPPER}(?:\.|[\w’'‐-]*)(?:\s(?:{_UPPER}\.|{_PARTICLE}\b|{_WORD})){{1,3}}[*†‡§¹²³\d]*(?=\s*(?:[,;.&(\[|<*·•—–\n)]|$|\s(?:and|et|-)\s))"
)
_OTHERS = re.compile(r"\s*,?\s*(?:(?:and|&)\s+)?(?:[*_]*\bet\.?\s*al\b\.?[*_]*|(?:\d+\s+)?(?:others|more)\b|等)")
_BETWEEN = re.compile(r"(?:\s*(?:[,;&·…]|\.\s?\.\s?\.|\band\b))+\s*")
# Words of journals, conferences and publishers, which are nobody's names.
_PUBLICATION = frozenset(
    "academy advances annual arxiv association biorxiv bmc clinical code communications computing conference data"
    " dataset datasets digital elsevier engineering findings frontiers health human ieee acm intelligence international"
    " jmir journal journals lancet language large letters linguistics medicine medrxiv mental model models national"
    " nature neural npj openreview paper plos preprint press proc proceedings psyarxiv psychiatry psychology reports"
    " research review reviews science sciences scientific social society springer survey symposium systems technology"
    " transactions university vol volume web workshop".split()
)


def leading_names(text: str, start: int, end: int, *, alone: bool = False) -> Span | None:
    """Return the names that stand at `start`; None where there is none, or one alone that nothing tells to be a name.

    With `alone` one name in full is enough.
    """
    place = stop = start
    many = 0
    turned = others = False
    while place < end:
        name = _TURNED_ROUND.match(text, place, end) if turned or not many else None
        turned = turned or name is not None
        if name is None and not turned:
            name = _IN_FULL.match(text, place, end)
        if name is None or is_publication(name.group()):
            break
        stop, many = name.end(), many + 1
        if found := _OTHERS.match(text, stop, end):
            stop, others = found.end(), True
        between = _BETWEEN.match(text, stop, end)
        if between is None:
            break
        place = between.end()
    enough = turned or others or many > 1 or (alone and many == 1)
    return (start, stop) if many and enough else None


def is_publication(text: str) -> bool:
    """Tell whether a text has a word that journals, conferences and publishers have and nobody's name has."""
    return any(word.strip(".,:()").lower() in _PUBLICATION or word.isdigit() for word in text.split())

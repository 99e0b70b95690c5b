"""Rules of CSL 1.0.2 that citeproc-py lacks or gets wrong, on plain text: case, initials, page ranges.

Source: the CSL specification (docs.citationstyles.org), "Title Case Conversion", "Name Options", "Page Ranges"; where
it leaves room, what pandoc and citeproc-js do.
"""

import re

from mhlit.cite.csl.typography import CLOSE

_STOP_WORDS = frozenset(
    "a an and as at but by down for from in into nor of on onto or over so the till to up van via von vs with "
    "yet".split()
)
_INITIAL = re.compile(r"\b([^\W\d_])\.\s*|\b([^\W\d_])(?=\s|$)")


def title_case(text: str) -> str:
    """Return text in title case: words in lower case get a capital, stop words only first, last or after a stop.

    Words that have a capital or a full stop inside stay as they are, single letters unless they begin (k-means, α).
    """
    tokens = re.split(r"(\s+)", text)
    words = [place for place, token in enumerate(tokens) if token.strip()]
    before = ":"
    for place in words:
        word = tokens[place]
        begins = before.rstrip(f"{CLOSE}”’")[-1:] in tuple(":.?!")
        tokens[place] = _title_word(word, begins, place == words[-1])
        before = word
    return "".join(tokens)


def _title_word(word: str, begins: bool, ends: bool) -> str:
    """Return one word of a title; the parts of a compound count each, as words that neither begin nor end it."""
    parts = re.split(r"([-–—/])", word)
    for place, part in enumerate(parts):
        core = re.sub(r"^\W+|\W+$", "", part)
        if not core[:1].isalpha() or core != core.lower() or "." in core:
            continue
        first = begins and place == 0
        if (len(core) == 1 and not first) or (core in _STOP_WORDS and not first and not (ends and place == 0)):
            continue
        start = part.index(core)
        parts[place] = part[:start] + core[0].upper() + part[start + 1 :]
    return "".join(parts)


def capitalize_first(text: str) -> str:
    """Return text with a capital first letter; a first word that has capitals or begins with a digit stays."""
    first = re.match(r"\W*(\S+)", text)
    if not first or first.group(1) != first.group(1).lower():
        return text
    start = first.start(1)
    return text[:start] + text[start].upper() + text[start + 1 :]


def respace_initials(given: str, mark: str) -> str:
    """Return a given name that is not abbreviated, its own initials written with the style's mark."""
    return _INITIAL.sub(lambda found: f"{found.group(1) or found.group(2)}{mark}", given).strip()


def initials(given: str, mark: str, hyphen: bool) -> str:
    """Return a given name as initials, each followed by `mark`; words in lower case, which are particles, stay.

    The part after a hyphen counts where it begins with a capital: Jean-Paul is J.-P., Jen-tse is J.
    """
    pieces = []
    for word in re.sub(r"(?<=\.)(?=[^-\s])", " ", given).split():
        if re.fullmatch(r"[^\W\d_]{2,}\.", word):  # abbreviated already: Chr., Wm.
            pieces.append(word[:-1] + mark)
            continue
        capitals = [part[0] for part in word.split("-") if part and part[0].isupper()]
        if not capitals:
            pieces.append(f" {word} ")
        elif hyphen:
            pieces.append((f"{mark.rstrip()}-" if mark else "").join(capitals) + mark)
        else:
            pieces.append(mark.join(capitals) + mark)
    return " ".join("".join(pieces).split())


def last_page(first: str, last: str, form: str | None) -> str:
    """Return the last page of a range as a style abbreviates it (`page-range-format`); unchanged where it has none."""
    begin, end = re.fullmatch(r"(\D*)(\d+)", first), re.fullmatch(r"(\D*)(\d+)", last)
    if not form or not begin or not end or (end.group(1) not in ("", begin.group(1))):
        return last
    prefix, low = begin.groups()
    high = low[: max(len(low) - len(end.group(2)), 0)] + end.group(2)
    if form == "expanded" or len(low) != len(high) or int(high) <= int(low):
        return prefix + high
    common = next(place for place, (a, b) in enumerate(zip(low, high, strict=True)) if a != b)
    two = high[min(common, max(len(high) - 2, 0)) :]
    if form == "minimal":
        return high[common:]
    if form == "minimal-two":
        return two
    return _chicago(int(low), high, common, two, form)


def _chicago(low: int, high: str, common: int, two: str, form: str) -> str:
    """Return the last page by the Chicago Manual of Style, 15th or 16th edition."""
    if low < 100 or low % 100 == 0:
        return high
    if low % 100 < 10:
        return high[common:]
    if form != "chicago-16" and len(high) == 4 and len(high) - common >= 3:
        return high
    return two

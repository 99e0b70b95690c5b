"""Fold text for comparison: case, accents, Greek letters, punctuation; strip what must not reach a screen."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

# Letters that have no canonical decomposition in Unicode, and what readers type for them.
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "ħ": "h",
        "ŋ": "ng",
    }
)
_GREEK_LETTERS = "αβγδεζηθικλμνξοπρσςτυφχψω"
_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma "
    "tau upsilon phi chi psi omega"
)
GREEK = dict(zip(_GREEK_LETTERS, _GREEK_NAMES.split(), strict=True))
"""Each lower-case Greek letter's name; the final sigma is sigma too."""
_APOSTROPHES = "'’‘ʼ`´"
_LATEX_SIGNS = str.maketrans("", "", "{}$")
# Cc: control characters; Cf: format characters (bidi, zero width); Cs: lone surrogates.
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})
# The markup that Crossref, PubMed and CSL allow in titles; "a < b" is none. Compiled when something is read.
_TAG = r"(?i)</?(?:i|b|em|strong|sub|sup|scp|sc|span|tt|u|p|jats:\w+)(?:\s[^<>]*)?/?>"
_ENTITY = r"&(?:amp|lt|gt|quot|apos|nbsp|ndash|mdash|#\d{2,6}|#x[0-9a-fA-F]{2,6});"
_WORD_BREAK = re.compile(r"[\W_]+")
_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")  # the accents of nearly every text, all combining
# The same for ASCII, many times as fast: letters in lower case, digits, and a space for all else.
_ASCII_WORDS = bytes(ord(chr(c).lower()) if chr(c).isalnum() and c < 128 else 32 for c in range(256))
_ASCII_APOSTROPHES = b"'`"
# Digits with one letter (5k), plural acronyms (LLMs), LLaMA, acronyms before a name, words, acronyms.
_CAMEL = r"\d+[A-Za-z]?(?![a-z])|\d+|[A-Z]{2,}s(?![a-z])|[A-Z]{2,}[a-z][A-Z]+|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+"


def unaccented(text: str) -> str:
    """Return `text` without accents and apostrophes, its case and punctuation as they were."""
    decomposed = _MARKS.sub("", unicodedata.normalize("NFKD", _without_apostrophes(text)))
    if decomposed.isascii():
        return decomposed
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _without_apostrophes(text: str) -> str:
    for sign in _APOSTROPHES:  # many times as fast as `translate`, which looks at every letter
        text = text.replace(sign, "")
    return text


def fold(text: str) -> str:
    """Return the words of `text` in lower case without accents, Greek spelt out, one space between them.

    Needs no library, so that it may run on every query; :func:`transliterate` does the rest when indexing.
    """
    if not text.isascii():
        text = unaccented(text).lower()
    if not text.isascii():
        text = text.translate(_LETTERS)
    if text.isascii():
        return " ".join(text.encode().translate(_ASCII_WORDS, _ASCII_APOSTROPHES).decode().split())
    text = "".join(GREEK.get(c, c) for c in text)
    return _WORD_BREAK.sub(" ", _without_apostrophes(text.lower())).strip()


def without_latex(text: str) -> str:
    r"""Return `text` with LaTeX for letters as :func:`fold` would leave it: ``M{\"u}ller``, ``\psi``, ``{\o}``."""
    if "\\" not in text:
        return text
    text = re.sub(r"\\(?:[^A-Za-z\s]|[uvHcdbrkt](?![A-Za-z]))\s*", "", text)  # accents
    return re.sub(r"\\([A-Za-z]+)", r"\1", text).translate(_LATEX_SIGNS)  # letters by name: ss, o, psi


def words(text: str) -> list[str]:
    """Return the folded words of `text` in their order."""
    return fold(text).split()


def squash(text: str) -> str:
    """Return `text` folded and without any space: ``MDD-5k`` and ``mdd 5k`` are one."""
    return fold(text).replace(" ", "")


def transliterate(text: str) -> str:
    """Return `text` in ASCII (陈 as Chen, Ł as L), for citation keys and the search index.

    Imports anyascii; not to be called while a query runs.
    """
    if text.isascii():
        return text
    from anyascii import anyascii

    return anyascii(unicodedata.normalize("NFC", text))


def camel_parts(word: str) -> list[str]:
    """Split an ASCII name at its capitals and digits: ``KokoroChat`` is kokoro chat, ``MDD5k`` is mdd 5k."""
    return [part.lower() for part in re.findall(_CAMEL, word)]


def printable(text: str) -> str:
    """Return `text` with line breaks and tabs as spaces and without control, format and bidi characters.

    What comes from a file may hold terminal escapes; nothing reaches a screen or a table but through here.
    """
    if text.isprintable():
        return text
    kept = (" " if c in "\t\n\r\v\f" else c for c in text)
    return "".join(c for c in kept if unicodedata.category(c) not in _HIDDEN_CATEGORIES)


def without_tags(text: str) -> str:
    """Return `text` without the HTML that titles from Crossref and PubMed hold: ``<i>`` and ``&amp;``."""
    if "<" in text:
        text = re.sub(_TAG, "", text)
    if "&" in text:
        from html import unescape

        text = re.sub(_ENTITY, lambda found: unescape(found.group()), text)
    return text


def joined(names: Sequence[str]) -> str:
    """Return names as they are told: `a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def nearest(text: str, choices: Iterable[str], limit: int = 3) -> list[str]:
    """Return the choices most like `text`, best first, for "did you mean"; none where none is near."""
    from difflib import get_close_matches

    folded = {fold(choice): choice for choice in choices}
    wanted = fold(text)
    starting = [key for key in folded if wanted and key.startswith(wanted)]
    close = get_close_matches(wanted, folded, n=limit, cutoff=0.6)
    return [folded[key] for key in dict.fromkeys((*starting, *close))][:limit]

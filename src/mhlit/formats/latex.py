r"""Write Unicode text as ASCII that every LaTeX and BibTeX reads.

An accented letter becomes a BibTeX "special character", braces around a command (``{\'e}``), so that
sorting, abbreviating and changing case treat it as one letter (Patashnik, *BibTeXing*, 1988, §4).
Letters that LaTeX has no command for, such as Chinese ones, stay as they are.
"""

import unicodedata

from mhlit.text import GREEK

SPECIALS = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "<": r"{\textless}",
    ">": r"{\textgreater}",
    "|": r"{\textbar}",
    "“": r"{\textquotedblleft}",
    "”": r"{\textquotedblright}",
    "„": r"{\quotedblbase}",
    "‘": r"{\textquoteleft}",
    "’": r"{\textquoteright}",
    "‚": r"{\quotesinglbase}",
    "«": r"{\guillemotleft}",
    "»": r"{\guillemotright}",
    "–": r"{\textendash}",
    "—": r"{\textemdash}",
    "‐": "-",
    "‑": "-",
    "…": r"{\ldots}",
    "\u00a0": "~",
    "¡": r"{\textexclamdown}",
    "¿": r"{\textquestiondown}",
    "§": r"{\S}",
    "¶": r"{\P}",
    "©": r"{\textcopyright}",
    "®": r"{\textregistered}",
    "™": r"{\texttrademark}",
    "£": r"{\pounds}",
    "€": r"{\texteuro}",
    "°": r"{\textdegree}",
    "·": r"{\textperiodcentered}",
    "•": r"{\textbullet}",
    "†": r"{\dag}",
    "‡": r"{\ddag}",
    "ª": r"{\textordfeminine}",
    "º": r"{\textordmasculine}",
    "ß": r"{\ss}",
    "ẞ": r"{\SS}",
    "æ": r"{\ae}",
    "Æ": r"{\AE}",
    "œ": r"{\oe}",
    "Œ": r"{\OE}",
    "ø": r"{\o}",
    "Ø": r"{\O}",
    "ł": r"{\l}",
    "Ł": r"{\L}",
    "đ": r"{\dj}",
    "Đ": r"{\DJ}",
    "ð": r"{\dh}",
    "Ð": r"{\DH}",
    "þ": r"{\th}",
    "Þ": r"{\TH}",
    "ŋ": r"{\ng}",
    "Ŋ": r"{\NG}",
    "ı": r"{\i}",
    "ȷ": r"{\j}",
}
MATH = {
    "×": r"\times",
    "÷": r"\div",
    "±": r"\pm",
    "≤": r"\leq",
    "≥": r"\geq",
    "≠": r"\neq",
    "≈": r"\approx",
    "∞": r"\infty",
    "→": r"\rightarrow",
    "←": r"\leftarrow",
    "↔": r"\leftrightarrow",
    "−": "-",
    "∼": r"\sim",
    "√": r"\surd",
    "∑": r"\sum",
    "∈": r"\in",
    "µ": r"\mu",
    "²": "^2",
    "³": "^3",
    "¹": "^1",
}
# Greek capitals that look like Latin ones have no command of their own.
_LATIN_CAPITALS = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEZHIKMNOPTX", strict=True))
# Combining marks: those whose command is a sign take the letter bare, the others in braces.
SIGNS = {
    "\u0300": "`",
    "\u0301": "'",
    "\u0302": "^",
    "\u0303": "~",
    "\u0304": "=",
    "\u0307": ".",
    "\u0308": '"',
}
LETTERS = {
    "\u0306": "u",
    "\u030a": "r",
    "\u030b": "H",
    "\u030c": "v",
    "\u0323": "d",
    "\u0326": "textcommabelow",
    "\u0327": "c",
    "\u0328": "k",
    "\u0331": "b",
}
_DOTLESS_BELOW = "\u0303\u0304\u0306\u030a\u030b\u030c"


def _greek() -> dict[str, str]:
    table = {}
    for letter, name in GREEK.items():
        table[letter] = "o" if name == "omicron" else rf"\var{name}" if letter == "ς" else rf"\{name}"
        capital = letter.upper()
        if capital not in table:
            table[capital] = _LATIN_CAPITALS.get(capital, rf"\{name.capitalize()}")
    return table


MATH |= _greek()
_SPECIALS = str.maketrans(SPECIALS)


def encode(text: str) -> str:
    """Return `text` in ASCII LaTeX, but for characters that have no command; those stay in Unicode (NFC)."""
    if text.isascii():
        return text.translate(_SPECIALS)
    return "".join(encode_character(character) for character in _clusters(text))


def encode_unicode(text: str) -> str:
    """Return `text` as LaTeX that reads UTF-8: letters and quotes stay, signs that mean something to it are escaped.

    Greek letters and signs of mathematics become commands, which every LaTeX knows.
    """
    if text.isascii():
        return text.translate(_SPECIALS)
    return "".join(
        encode_character(c) if c in MATH or (c.isascii() and c in SPECIALS) or c == "\u00a0" else c
        for c in unicodedata.normalize("NFC", text)
    )


def encode_character(character: str) -> str:
    """Return one letter with its marks in LaTeX."""
    if character in SPECIALS:
        return SPECIALS[character]
    if character in MATH:
        return f"{{${MATH[character]}$}}"
    decomposed = unicodedata.normalize("NFD", character)
    base, marks = decomposed[0], list(decomposed[1:])
    if not marks:
        return character
    return _accented(base, marks) or unicodedata.normalize("NFC", character)


def _accented(base: str, marks: list[str]) -> str:
    r"""Return ``{\'e}``, ``{\c{C}}`` or, for two marks, ``{\~{\^e}}``; empty where a mark has no command."""
    plain = SPECIALS.get(base, base)
    if not plain.isascii() or base in MATH:
        return ""
    # LaTeX itself takes the dot away under the usual four; a mark below the letter leaves it.
    if base in "ij" and marks[0] in _DOTLESS_BELOW:
        plain = rf"{{\{base}}}"
    for mark in marks:
        if mark in SIGNS:
            plain = rf"{{\{SIGNS[mark]}{plain}}}"
        elif mark in LETTERS:
            argument = plain[1:-1] if plain.startswith("{") else plain
            plain = rf"{{\{LETTERS[mark]}{{{argument}}}}}"
        else:
            return ""
    return plain


def _clusters(text: str) -> list[str]:
    """Cut text into letters with their combining marks."""
    clusters: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        if clusters and unicodedata.combining(character):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters

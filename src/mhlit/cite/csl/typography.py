"""Quotation marks, punctuation where two pieces meet, and the markup of a rendered reference.

While a reference is put together it is HTML in which only tags hold ``<``: what the text itself has of HTML's
characters, and its quotation marks, stand as private characters. So nothing in a title can become markup, a change
of case cannot spoil an entity, and quotes know how deeply they are nested when all is assembled.
"""

import re

OPEN, CLOSE = "\ue000", "\ue001"
_AMPERSAND, _LESS, _GREATER = "\ue002", "\ue003", "\ue004"
_HIDE = str.maketrans({"&": _AMPERSAND, "<": _LESS, ">": _GREATER, **dict.fromkeys("\ue000\ue001\ue002\ue003\ue004")})
SHOW = str.maketrans({_AMPERSAND: "&", _LESS: "<", _GREATER: ">", OPEN: "", CLOSE: ""})
"""What turns hidden characters back into those of plain text."""
_TAGS = r"((?:</[^>]+>)*)"

# Straight quotes are read as the typographic ones they stand for; `’` inside or after a word is an apostrophe.
_STRAIGHT = (
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"'(?=\d\d)"), "’"),
    (re.compile(r'(^|[\s(\[—–-])"'), r"\1“"),
    (re.compile(r'"'), "”"),
    (re.compile(r"(^|[\s(\[—–“-])'"), r"\1‘"),
    (re.compile(r"'"), "’"),
)
_DOUBLE = re.compile("“([^“”]*)”")
_SINGLE = re.compile(r"(?<!\w)‘([^‘’]*(?:’\w[^‘’]*)*)’(?!\w)")


def hide(text: str) -> str:
    """Return text whose characters that mean something in HTML are private ones."""
    return text.translate(_HIDE)


def marked(text: str) -> str:
    """Return a field's text hidden, with its pairs of quotation marks as OPEN and CLOSE and apostrophes curled."""
    if "'" in text or '"' in text:
        for pattern, curly in _STRAIGHT:
            text = pattern.sub(curly, text)
    text = hide(text)
    if "“" in text or "‘" in text:
        text = _SINGLE.sub(rf"{OPEN}\1{CLOSE}", _DOUBLE.sub(rf"{OPEN}\1{CLOSE}", text))
    return text


# Where two pieces of a reference meet: a question or exclamation mark needs no full stop or comma beside it, and
# two full stops are one, whatever closing quotes and tags stand between them.
_SEAMS = (
    (re.compile(rf"([?!]{CLOSE}*){_TAGS}\.(?=[\s<{CLOSE}]|$)"), r"\1\2"),
    (re.compile(rf"\.({CLOSE}*){_TAGS}\.(?=[\s<{CLOSE}]|$)"), r".\1\2"),
    (re.compile(r" {2,}"), " "),
)
# American punctuation: a comma or full stop goes inside the closing quotes that precede it.
_INSIDE = (
    (re.compile(rf"([?!,.])({CLOSE}+){_TAGS}[,.]"), r"\1\2\3"),
    (re.compile(rf"({CLOSE}+){_TAGS}([,.])"), r"\3\1\2"),
)


def tidy(text: str, punctuation_in_quote: bool) -> str:
    """Return a reference with its seams mended."""
    if punctuation_in_quote:
        for pattern, replacement in _INSIDE:
            text = pattern.sub(replacement, text)
    for pattern, replacement in _SEAMS:
        text = pattern.sub(replacement, text)
    return text


def quoted(text: str, outer: tuple[str, str], inner: tuple[str, str]) -> str:
    """Return text with a locale's own quotation marks, outer and inner in turn, for OPEN and CLOSE."""
    if OPEN not in text and CLOSE not in text:
        return text
    depth = 0
    pieces = []
    for character in text:
        if character == OPEN:
            pieces.append((inner if depth % 2 else outer)[0])
            depth += 1
        elif character == CLOSE:
            depth = max(depth - 1, 0)
            pieces.append((inner if depth % 2 else outer)[1])
        else:
            pieces.append(character)
    return "".join(pieces)

r"""Read LaTeX as Unicode text: accents, letters and signs by tables, pylatexenc for what is left.

The common commands are most of what bibliographies hold, and a table is many times as fast as a parser.
"""

import re
import unicodedata
from functools import cache
from typing import Any

from mhlit.formats.latex import LETTERS, MATH, SIGNS, SPECIALS
from mhlit.text import without_tags

# Noncharacters of Unicode stand for what must outlive the removal of braces, dollars and comments.
_KEPT = dict(zip("{}%$~-\\&", map(chr, range(0xFDD0, 0xFDD8)), strict=True))
_RESTORED = {ord(sign): plain for plain, sign in _KEPT.items()}
_OUTSIDE = dict.fromkeys(_RESTORED)
_MARKUP = re.compile(r"[\\{}$~<`]|--|''|&[a-z#]")

_ACCENTS = {name: mark for mark, name in (*SIGNS.items(), *LETTERS.items())} | {"textcommaabove": "\u0313"}
_SIGN = "".join(re.escape(name) for name in SIGNS.values())
_LETTER = "".join(name for name in LETTERS.values() if len(name) == 1)
_BASE = r"[^\W\d_][\u0300-\u036f]*"
# An accent and its letter: \'e  \'{e}  \'\i  \'{\i}  \'{{\i}}  \c{c}  \c c  \v{\i}.
_ACCENT = re.compile(
    rf"\\(?:([{_SIGN}])|([{_LETTER}])(?![a-zA-Z])|(textcomma(?:below|above))(?![a-zA-Z]))[ \t\n]*"
    rf"(?:\{{\{{\\([ij])\}}\}}|\{{\\([ij])[ \t\n]*\}}|\\([ij])(?![a-zA-Z])|\{{[ \t\n]*({_BASE})[ \t\n]*\}}|({_BASE}))"
)
# The same as BibTeX's styles and most programs write it, in one piece and mostly nothing else: {\"u}.
_SPECIAL_CHARACTER = re.compile(rf"\{{\\([{_SIGN}])([A-Za-z])\}}")
_LONE = re.compile(r"\{([^\\{}$~%][\u0300-\u036f]*)\}")
_COMMAND = re.compile(r"\\([a-zA-Z]+)(?![a-zA-Z])(?:[ \t\n]+|\{\})?")
_ESCAPE = re.compile(r"\\([^a-zA-Z0-9])(?:\{\})?")
_ESCAPED = {"\\": " "} | dict.fromkeys("-/@!*()[]", "") | dict.fromkeys(" ,;:\n\t", " ")
# Commands that say only how their argument looks, and switches that have none.
_LOOKS = re.compile(
    r"\\(?:emph|text(?:it|bf|tt|sc|rm|sf|sl|up|md|normal|superscript|subscript)?|[mh]box|math(?:rm|it|bf|sf|tt|cal|bb)"
    r"|ensuremath|underline|uppercase|lowercase|MakeUppercase|url|path|nolinkurl|enquote|boldsymbol|bm|relax|protect"
    r"|it|bf|em|sc|tt|rm|sl|sf|itshape|bfseries|upshape|newblock|href[ \t\n]*\{[^{}]*+\})(?![a-zA-Z])[ \t\n]*"
)
_LIGATURES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("!`", "¡"), ("?`", "¿"), ("`", "‘"))
_POWER = re.compile(r"\^\{?([123])\}?(?=\$)")
_POWERS = {"1": "¹", "2": "²", "3": "³"}


def _commands() -> dict[str, str]:
    """Return the text of every command without an argument, by its name."""
    found = {command.strip("{}\\"): character for character, command in SPECIALS.items() if command[:2] == "{\\"}
    found |= {command[1:]: character for character, command in MATH.items() if command[0] == "\\"}
    found |= {"aa": "å", "AA": "Å", "dots": "…", "textellipsis": "…", "copyright": "©", "slash": "/", "sim": "~"}
    found |= {"textquotesingle": "'", "textquotedbl": '"', "textasciigrave": "`", "textmu": "µ", "textpm": "±"}
    found |= {"TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX", "cdot": "·", "bullet": "•", "prime": "′"}
    found |= {"textunderscore": "_", "textdollar": _KEPT["$"], "textasciitilde": _KEPT["~"], "sim": _KEPT["~"]}
    found |= {"textbraceleft": _KEPT["{"], "textbraceright": _KEPT["}"], "lbrace": _KEPT["{"], "rbrace": _KEPT["}"]}
    return found | {"textbackslash": _KEPT["\\"], "backslash": _KEPT["\\"], "textpercent": _KEPT["%"]}


_COMMANDS = _commands()


def decode(text: str, *, keep_braces: bool = False) -> str:
    r"""Return LaTeX as Unicode (NFC), without markup: ``{\'E}mile`` is Émile, ``{LLM}s \& $\psi$`` is LLMs & ψ.

    With `keep_braces` the braces that group words stay, for who must tell ``{Barnes and Noble}`` from two names.
    """
    if not _MARKUP.search(text):
        return text
    if "\\" in text:
        text = text if text.isascii() else text.translate(_OUTSIDE)
        text = _SPECIAL_CHARACTER.sub(_composed, text)
        if not _MARKUP.search(text):
            return text
        text = _without_commands(text, keep_braces)
    if "$" in text:
        text = _POWER.sub(lambda found: _POWERS[found.group(1)], text).replace("$", "")
    for ligature, character in _LIGATURES:
        if ligature in text:
            text = text.replace(ligature, character)
    if not keep_braces:
        text = text.replace("{", "").replace("}", "")
    text = text.replace("~", " ")
    text = without_tags(text.translate(_RESTORED))
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _without_commands(text: str, keep_braces: bool) -> str:
    text = _LOOKS.sub("", text)
    for _ in range(3):  # an accented letter may bear another accent
        read = _COMMAND.sub(_named, _LONE.sub(r"\1", _ACCENT.sub(_accented, text)))
        if read == text:
            break
        text = read
    text = _ESCAPE.sub(_escaped, text)
    return _by_pylatexenc(text, keep_braces) if "\\" in text else text


def _composed(found: re.Match[str]) -> str:
    return _letter(*found.groups())


@cache  # there are not so many
def _letter(accent: str, base: str) -> str:
    return unicodedata.normalize("NFC", base + _ACCENTS[accent])


def _accented(found: re.Match[str]) -> str:
    accent, base = (group for group in found.groups() if group)
    return unicodedata.normalize("NFC", base + _ACCENTS[accent])


def _named(found: re.Match[str]) -> str:
    return _COMMANDS.get(found.group(1), found.group())


def _escaped(found: re.Match[str]) -> str:
    sign = found.group(1)
    return _KEPT.get(sign, sign) if sign in "{}%$~&" else _ESCAPED.get(sign, sign)


@cache
def _parser(keep_braces: bool) -> Any:
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(math_mode="text", keep_braced_groups=keep_braces, keep_braced_groups_minlen=0)


def _by_pylatexenc(text: str, keep_braces: bool) -> str:
    """Return text whose other commands pylatexenc has read; as it is where even that cannot."""
    # Its own sign for a comment is a letter here: in a bibliography "%" is only that.
    plain = text.replace("%", _KEPT["%"]).replace("~", " ")
    try:
        return str(_parser(keep_braces).latex_to_text(plain))
    except Exception:  # whatever a parser of others makes of hostile text, the text itself is not lost
        return text

r"""The keys that LaTeX cites: in a source, in an ``.aux`` file (BibTeX, biblatex), in biblatex's ``.bcf``.

Sources: natbib's and biblatex's manuals for the commands and their arguments; LaTeX's ``\citation`` and biblatex's
``\abx@aux@cite`` lines; the control file that biblatex writes for biber.
"""

import html
import re
from typing import NamedTuple

from mhlit.formats.cited import Include, Key

# Entries that only steer a style, and stand in its own file.
_CONTROL = re.compile(r"biblatex-control|.*BSTcontrol|REVTEX\d*-?\d*Control|(?:aps|aip|achemso)\S*[Cc]ontrol\S*")

_LISTED = re.compile(r"[^\s,][^,]*")
_AUX = re.compile(
    r"^\\(?:citation|abx@aux@(?:cite|nocite)(?:\{\d+\})?|abx@aux@segm\{\d+\}\{\d+\})\{([^{}]*)\}|^\\@input\{([^{}]*)\}",
    re.MULTILINE,
)
_BCF = re.compile(r"<bcf:citekey\b([^<>]{0,9999})>([^<>]{0,9999})</bcf:citekey>")
_MEMBERS = re.compile(r'\bmembers="([^"]*)"')

# A command that cites: natbib's, biblatex's, apacite's, jurabib's; what only looks like one is left out below.
_CITE = r"[A-Za-z]*[cC]ite[A-Za-z]*"
_NOT_CITING = re.compile(
    r"(?:re)?new\w*|provide\w*|Declare\w*|Define\w*|bibcite\w*|setcite\w*|citestyle|citetext|citeindex\w*|"
    r"citesetup|citereset\w*|citenumfont|citeform|citeleft|citeright|citemid|citepunct|citedash|citeauthoryear|"
    r"citename(?:font|style)|blx\w*|nocitelist|AtEveryCite\w*|AtNextCite\w*|ifcite\w*|iffirstcite\w*|theciteN?\w*|"
    r"citetracker\w*|citecounter\w*|mkbib\w*|precite\w*|postcite\w*"
)
_MULTIPLE = re.compile(
    r"(?:paren|foot|smart|text|super|auto|full|footfull|[pfstaPFSTA]?vol)?cites|footcitetexts|"
    r"(?:Paren|Foot|Smart|Text|Auto|Vol)?[cC]ites"
)
_VOLUME = re.compile(r"[pfstaPFSTA]?(?:volcite|Volcite)s?|ftvolcite|fvolcitetext")
_TOKEN = re.compile(
    rf"\\(?:begin\s*\{{(?P<begin>[A-Za-z]+\*?)\}}|(?P<verb>verb|lstinline|mintinline|Verb)\*?(?![A-Za-z])"
    rf"|(?P<include>input|include|subfile|@input)(?![A-Za-z])|end\s*\{{document\}}(?P<end>)"
    rf"|(?P<alias>defcitealias)(?![A-Za-z])|(?P<cite>{_CITE})(?![A-Za-z@])|(?P<other>[A-Za-z@]+|.))|(?P<comment>%)",
    re.DOTALL,
)
_VERBATIM = frozenset(
    "verbatim verbatim* Verbatim Verbatim* BVerbatim LVerbatim lstlisting minted comment filecontents filecontents* "
    "alltt verbatimtab listing tcblisting VerbatimOut luacode luacode* pycode asy".split()
)


def read_aux(text: str) -> list[str]:
    """Read an ``.aux`` file of LaTeX with BibTeX or biblatex."""
    keys: list[str] = []
    for found in _AUX.finditer(text):
        keys += [Include(found.group(2))] if found.group(2) else _split(found.group(1), found.start(1))
    return keys


def read_bcf(text: str) -> list[str]:
    """Read the control file that biblatex writes for biber."""
    keys: list[str] = []
    for found in _BCF.finditer(text):
        members = _MEMBERS.search(found.group(1))
        keys += _split(html.unescape(members.group(1) if members else found.group(2)))
    return keys


def _split(text: str, start: int = 0) -> list[str]:
    """Return the keys of a list that begins at `start`; what holds a macro or a parameter is none."""
    keys = (Key.at(" ".join(found.group().split()), start + found.start()) for found in _LISTED.finditer(text))
    return [key for key in keys if not re.search(r"[\\#{}]", key) and not _CONTROL.fullmatch(key)]


def read_tex(text: str) -> list[str]:
    """Read a LaTeX source: citations outside comments and verbatim text, up to the end of the document."""
    keys: list[str] = []
    source = _Source(text, _closings(text))
    at = 0
    while found := _TOKEN.search(text, at):
        at = found.end()
        kind = found.lastgroup
        if kind == "comment":
            at = source.line_end(at)
        elif kind == "begin" and found.group("begin") in _VERBATIM:
            end = text.find(f"\\end{{{found.group('begin')}}}", at)
            at = len(text) if end < 0 else end
        elif kind == "verb":
            at = source.after_verb(at)
        elif kind == "end":
            break
        elif kind == "include":
            name, at = source.file_name(at)
            keys += [Include(name)] if name else []
        elif kind == "alias":  # \defcitealias{key}{text} cites nothing
            _, at = source.group(at)
        elif kind == "cite" and not _NOT_CITING.fullmatch(found.group("cite")):
            cited, at = source.citation(at, found.group("cite"))
            keys += cited
    return keys


_BRACKETS = re.compile(r"\\.|(?<!\\)%[^\n]*|[{}\[\]]|\n[ \t]*\n", re.DOTALL)
_SPACE = re.compile(r"(?:[ \t]|%[^\n]*\n[ \t]*|\n(?![ \t]*\n))*")
_BARE_NAME = re.compile(r"[^\s\\{}%]+")
_ROUND_OR_ANGLE = re.compile(r"\([^(){}\n]{0,300}\)|<[^<>{}\n]{0,300}>")


def _closings(text: str) -> dict[int, int]:
    """Return for each brace and square bracket that is closed where it is; an empty line ends what is open."""
    closings: dict[int, int] = {}
    opened: list[int] = []
    for found in _BRACKETS.finditer(text):
        sign = found.group()
        if sign in "{[":
            opened.append(found.start())
        elif sign == "}":
            while opened and text[opened[-1]] == "[":  # a bracket that is only a sign
                opened.pop()
            if opened:
                closings[opened.pop()] = found.start()
        elif sign == "]":
            if opened and text[opened[-1]] == "[":
                closings[opened.pop()] = found.start()
        elif sign.startswith("\n"):
            opened.clear()
    return closings


class _Source(NamedTuple):
    """A text, and where each of its braces and brackets is closed."""

    text: str
    closings: dict[int, int]

    def line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def skip_space(self, at: int) -> int:
        """Return the next place that is neither space nor comment; an empty line ends a command's arguments."""
        space = _SPACE.match(self.text, at)
        return space.end() if space else at

    def skip_options(self, at: int) -> int:
        """Return the place after arguments in square brackets, or in angle brackets as apacite has them."""
        while True:
            at = self.skip_space(at)
            sign = self.text[at : at + 1]
            other = _ROUND_OR_ANGLE.match(self.text, at)
            if sign == "[" and at in self.closings:
                at = self.closings[at] + 1
            elif other:
                at = other.end()
            else:
                return at

    def group(self, at: int) -> tuple[str, int]:
        """Return what the braces that open at a place hold, and the place after them; empty where there are none."""
        at = self.skip_space(at)
        if self.text[at : at + 1] != "{" or at not in self.closings:
            return "", at
        return self.text[at + 1 : self.closings[at]], self.closings[at] + 1

    def after_verb(self, at: int) -> int:
        r"""Return the place after ``|…|``, whatever the sign, or after ``[options]{…}`` as listings allows."""
        at = self.skip_options(at) if self.text[at : at + 1] == "[" else at
        if self.text[at : at + 1] == "{":
            _, at = self.group(at)
            return self.group(at)[1] if self.text[at : at + 1] == "{" else at
        end = self.text.find(self.text[at : at + 1], at + 1, self.line_end(at)) if at < len(self.text) else -1
        return at if end < 0 else end + 1

    def file_name(self, at: int) -> tuple[str, int]:
        r"""Return the name after ``\input``, in braces or bare; empty where a macro makes it."""
        at = self.skip_space(at)
        if self.text[at : at + 1] == "{":
            name, at = self.group(at)
            return (name.strip().strip('"') if not re.search(r"[\\#{}]", name) else ""), at
        bare = _BARE_NAME.match(self.text, at)
        return (bare.group().strip('"'), bare.end()) if bare else ("", at)

    def citation(self, at: int, command: str) -> tuple[list[str], int]:
        r"""Return the keys of a citation command and the place after it: ``*``, then options, then keys in braces."""
        keys: list[str] = []
        at += self.text[at : at + 1] == "*"
        while True:
            start = self.skip_options(at)
            if _VOLUME.fullmatch(command):  # the volume comes first: \volcite[pre]{2}[12]{key}
                _, start = self.group(start)
                start = self.skip_options(start)
            listed, end = self.group(start)
            if end == start:
                return keys, at
            at = end
            plain = re.sub(r"(?<!\\)%.*", lambda comment: " " * len(comment.group()), listed)
            keys += _split(plain, end - 1 - len(listed))
            if not _MULTIPLE.fullmatch(command):
                return keys, at

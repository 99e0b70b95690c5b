r"""Text with its markup taken off: what it says, where each letter stood, what was slanted, bold or linked.

A reference in Markdown or LaTeX is read for its words, and told about by the places they have in the file.
"""

import re
from html import unescape
from typing import NamedTuple

from mhlit.formats.latex_reading import decode

Span = tuple[int, int]


class Link(NamedTuple):
    """An address, what it is labelled, and the place of the address in the file."""

    label: str
    address: str
    start: int
    end: int


class Marked(NamedTuple):
    """A stretch of text without its markup."""

    text: str
    origins: tuple[int, ...]
    """For each character of `text` its offset in the file, and one more for the end."""
    slanted: tuple[Span, ...] = ()
    bold: tuple[Span, ...] = ()
    linked: tuple[Span, ...] = ()
    """The stretches of `text` that are labels of links."""
    coded: tuple[Span, ...] = ()
    """The stretches of `text` that are set as code."""
    links: tuple[Link, ...] = ()
    breaks: tuple[int, ...] = ()
    r"""Where LaTeX's ``\newblock`` parts the text."""

    def origin(self, start: int, end: int) -> Span:
        """Return the offsets in the file of the characters from `start` to before `end`."""
        if start >= end:
            return self.origins[start], self.origins[start]
        return min(self.origins[start], self.origins[-1]), min(self.origins[end - 1] + 1, self.origins[-1])


class _Builder:
    """Collects characters with their origins, and what markup says about stretches of them."""

    def __init__(self) -> None:
        self.characters: list[str] = []
        self.origins: list[int] = []
        self.spans: dict[str, list[Span]] = {"slanted": [], "bold": [], "linked": [], "coded": []}
        self.links: list[Link] = []
        self.breaks: list[int] = []

    def copy(self, text: str, start: int, end: int, base: int) -> None:
        """Add characters as they stand in `text`, which begins in the file at `base`."""
        self.characters += text[start:end]
        self.origins += range(base + start, base + end)

    def put(self, text: str, origin: int) -> None:
        """Add characters that stand for a piece of markup."""
        self.characters += text
        self.origins += [origin] * len(text)

    def mark(self, kind: str, start: int) -> None:
        """Say that all from `start` on is slanted, bold or linked."""
        if kind in self.spans and len(self.characters) > start:
            self.spans[kind].append((start, len(self.characters)))

    def build(self, end: int) -> Marked:
        return Marked(
            "".join(self.characters),
            (*self.origins, end),
            slanted=tuple(self.spans["slanted"]),
            bold=tuple(self.spans["bold"]),
            linked=tuple(self.spans["linked"]),
            coded=tuple(self.spans["coded"]),
            links=tuple(self.links),
            breaks=tuple(self.breaks),
        )


_ADDRESS = r"[^()\s]*(?:\([^()\s]*\)[^()\s]*)*"
_MARKDOWN = re.compile(
    rf"\[\s*!\[(?P<alt>[^\[\]]*)\]\({_ADDRESS}[^()]*\)\s*\]\(\s*(?P<badge>{_ADDRESS})\s*\)"
    rf"|(?P<image>!\[[^\]]*\]\({_ADDRESS}[^)]*\))"
    rf"|\[{{1,2}}(?P<label>[^\[\]]*)\]{{1,2}}\(\s*(?P<address>{_ADDRESS})(?:\s+\"[^\"]*\")?\s*\)\]?"
    r"|<a\s[^<>]*?href=[\"']?(?P<href>[^\"'\s<>]+)[^<>]*>(?P<anchor>[^<>]*)</a>"
    r"|<(?P<bare>https?://[^\s<>]+)>|(?P<url>https?://[^\s<>\"\])}*]+)"
    r"|(?P<tag></?[a-zA-Z][^<>]*>|<!--.*?-->)|(?P<entity>&#?\w{2,8};)"
    r"|(?P<hard>\\(?=\n|\Z))|\\(?P<escaped>[\\`*_{}\[\]()#+.!&<>~|-])"
    r"|(?P<stars>\*{1,3}+(?=\S)|(?<=\S)\*{1,3}+)|(?P<lines>(?<![^\W_])_{1,2}+(?=\S)|(?<=\S)_{1,2}+(?![^\W_]))|(?P<code>`+)",
    re.DOTALL,
)
# What an address is called that stands behind a colon: "Code: https://…".
_LABEL = re.compile(r"(?:^|[\n\W])(?P<label>[A-Za-z]+(?: [A-Za-z]+)?)[*_`]*[ \t]*[:：][*_`]*[ \t]*\Z")
_LONGEST_LABEL = 40
_KINDS = {1: ["slanted"], 2: ["bold"], 3: ["slanted", "bold"]}
_TITLE_WORDS = 3
"""A link's label of so many words is a part of the text, a title; a shorter one names what is linked."""


def from_markdown(text: str, base: int = 0) -> Marked:
    """Take off Markdown and HTML; `text` begins in the file at `base`."""
    builder = _Builder()
    opened: dict[str, int] = {}
    position = 0
    for found in _MARKDOWN.finditer(text):
        builder.copy(text, position, found.start(), base)
        position = found.end()
        if signs := found["stars"] or found["lines"] or found["code"]:
            for kind in ["coded"] if found["code"] else _KINDS[len(signs)]:
                if kind in opened:
                    builder.mark(kind, opened.pop(kind))
                else:
                    opened[kind] = len(builder.characters)
        elif found["escaped"]:
            builder.copy(text, found.start("escaped"), found.end("escaped"), base)
        elif found["entity"]:
            builder.put(unescape(found["entity"]), base + found.start())
        elif found["hard"]:
            continue
        elif found["tag"] and found["tag"][:3].lower() == "<br":
            builder.put("\n", base + found.start())
        else:
            _markdown_link(builder, found, base)
    builder.copy(text, position, len(text), base)
    return builder.build(base + len(text))


def _markdown_link(builder: _Builder, found: re.Match[str], base: int) -> None:
    """Keep the address of a link, and its label where it is a title; nothing of an image, a tag or a code mark."""
    name = next((name for name in ("address", "badge", "href", "bare", "url") if found[name] is not None), "")
    if not name:
        return
    label = found["label"] or found["anchor"] or found["alt"] or ""
    if name in ("bare", "url"):
        said = _LABEL.search(found.string, max(0, found.start() - _LONGEST_LABEL), found.start())
        label = said["label"] if said else ""
    start, end = found.span(name)
    address = found[name].rstrip(".,;") if name == "url" else found[name]
    builder.links.append(Link(label.strip("*_ "), address, base + start, base + start + len(address)))
    if len(label.split()) >= _TITLE_WORDS and not found["alt"]:
        inside = "label" if found["label"] else "anchor"
        before = len(builder.characters)
        bare = label.strip("*_ ")
        offset = found.start(inside) + label.index(bare)
        builder.copy(found.string, offset, offset + len(bare), base)
        builder.mark("linked", before)
    else:
        builder.put(" ", base + end)


_STYLES = {
    **dict.fromkeys(("em", "emph", "it", "itshape", "textit", "sl", "textsl", "bibemph", "mkbibemph"), "slanted"),
    **dict.fromkeys(("bf", "bfseries", "textbf", "strong"), "bold"),
}
_LATEX = re.compile(
    r"(?<!\\)%[^\n]*\n?|\\penalty-?\d+[ \t]?|\\hskip[^\\\n]*\\relax"
    r"|\\(?:(?P<href>href)|url|path|nolinkurl|doi)[ \t\n]*\{(?P<url>[^{}]*)\}(?(href)[ \t\n]*\{)"
    r"|(?P<silent>\\(?:vspace|label|bibnamedelim\w*|cite[pt]?|natexlab|bibitem)[ \t\n]*\{)"
    r"|(?P<block>\\new(?:block|unitpunct)(?![a-zA-Z]))"
    r"|(?P<sign>\\(?:['`^\"~=.]|[uvHtcdbkr](?![a-zA-Z]))[ \t]*(?:\{[^{}]*\}|\{\\[ij]\}|\\[ij](?![a-zA-Z])|[^\W\d_])"
    r"|---?|``|''|~|\$[^$\n]*\$|\\[^a-zA-Z]"
    r"|\\(?!(?:em|it|itshape|sl|bf|bfseries)(?![a-zA-Z]))[a-zA-Z]+\*?(?:\{\}|(?![a-zA-Z*\s]*\{))[ \t]*)"
    r"|(?P<open>\\bib(?:info|field)[ \t\n]*\{[^{}]*\}[ \t\n]*\{|\\(?P<style>[a-zA-Z]+)\*?[ \t\n]*\{|\{)"
    r"|\\(?P<switch>em|it|itshape|sl|bf|bfseries)(?![a-zA-Z])[ \t\n]*"
    r"|(?P<close>\})"
)


def from_latex(text: str, base: int = 0) -> Marked:
    """Take off LaTeX; `text` begins in the file at `base`."""
    builder = _Builder()
    groups: list[tuple[str, int]] = []
    position = 0
    while found := _LATEX.search(text, position):
        builder.copy(text, position, found.start(), base)
        position = found.end()
        origin = base + found.start()
        if found["silent"]:
            position = _after_group(text, position)
        elif found["url"] is not None:
            _latex_link(builder, found, base)
            if found["href"]:
                groups.append(("linked", len(builder.characters)))
        elif found["block"]:
            builder.put(" ", origin)
            builder.breaks.append(len(builder.characters))
        elif found["sign"]:
            builder.put(decode(found["sign"]), origin)
        elif found["switch"] and groups:
            groups[-1] = (_STYLES[found["switch"]], len(builder.characters))
        elif found["open"]:
            groups.append((_STYLES.get(found["style"] or "", ""), len(builder.characters)))
        elif found["close"] and groups:
            builder.mark(*groups.pop())
    builder.copy(text, position, len(text), base)
    return builder.build(base + len(text))


def _after_group(text: str, position: int) -> int:
    end = text.find("}", position)
    return end + 1 if end >= 0 else len(text)


def _latex_link(builder: _Builder, found: re.Match[str], base: int) -> None:
    start, end = found.span("url")
    address = found["url"].replace("\\", "").strip()
    if address.startswith("10."):
        address = f"https://doi.org/{address}"
    builder.links.append(Link("", address, base + start, base + end))

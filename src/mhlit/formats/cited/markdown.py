"""The keys that Markdown cites as pandoc reads it: ``[@key]``, ``@key``, ``-@key``, ``@{key}``; R Markdown and Quarto.

Source: the pandoc manual, "Citation syntax"; Quarto's prefixes of cross-references.
"""

import re

from mhlit.formats.cited import Include

# A citation: not after a letter, a digit or a backslash (an e-mail address, an escaped sign), then a key in braces, or
# one that begins with a letter, a digit or an underscore and has single signs inside.
_CITATION = re.compile(
    r"(?<![\w\\@])@(?:\{([^{}\s]+)\}|(\*|(?:\w|(?<=@)\*)(?:\w|[:.#$%&\-+?<>~/](?=\w))*))",
)
# What is no text: code in a line, math, comments, addresses. The first that begins wins.
_CODE = re.compile(
    r"(?P<code>(?<!\\)(?P<marks>`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)(?P=marks)(?!`))"
    r"|(?<![\\$])\$\$[^$]+\$\$|(?<![\\$])\$(?=[^\s$])[^$\n]*(?<=[^\s\\])\$(?!\d)"
    r"|<!--.*?(?:-->|\Z)"
    r"|\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)"
    r"|<[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*>"
    r"|^\[[^\]@^][^\]]*\]:[ \t]*\S+",
    re.DOTALL | re.MULTILINE,
)
_FENCE = re.compile(r"[ \t>]*(`{3,}(?=[^`]*$)|~{3,})")
_CLOSING_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*")
_LIST_ITEM = re.compile(r"[ ]*(?:[-+*]|\(?(?:\d+|[a-zA-Z#]|[ivxIVX]+)[.)])(?=\s)|[ ]{0,3}\[\^[^\]]+\]:|[ ]{0,3}[:~][ ]")
_INDENTED = re.compile(r"(?: {4}| {0,3}\t)")
# Quarto's cross-references, which look like citations.
_CROSS_REFERENCE = re.compile(
    r"(?:fig|tbl|lst|sec|eq|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|nte|tip|wrn|imp|cau|vid|supp|dia|apx)-.*"
)
_INCLUDE = re.compile(
    r"\{\{<\s*include\s+(\S+)\s*>\}\}|^```\{r[^}\n]*\bchild\s*=\s*[\"']([^\"'\n]+)[\"']", re.MULTILINE
)


def read(text: str) -> list[str]:
    """Read Markdown, or R Markdown with its child documents."""
    keys: list[str] = []
    at = 0
    for found in _INCLUDE.finditer(text):
        keys += [*_keys(text[at : found.start()]), Include(found.group(1) or found.group(2))]
        at = found.start() if found.group(2) else found.end()
    return keys + _keys(text[at:])


def read_quarto(text: str) -> list[str]:
    """Read Quarto: Markdown in which ``@fig-…`` is a cross-reference and ``{{< include file >}}`` includes."""
    return [key for key in read(text) if isinstance(key, Include) or not _CROSS_REFERENCE.fullmatch(key)]


def _keys(text: str) -> list[str]:
    # What is taken out leaves a point: spaces could look like the indentation of code.
    plain = _without_indented_code(_CODE.sub(".", _without_fenced_code(text.replace("\r\n", "\n"))))
    return [found.group(1) or found.group(2) for found in _CITATION.finditer(plain)]


def _without_fenced_code(text: str) -> str:
    """Return text without the blocks between fences of backticks or tildes; a fence that is not closed is none."""
    lines = text.split("\n")
    closing = [found.group(1) if (found := _CLOSING_FENCE.fullmatch(line)) else "" for line in lines]
    longest = {"`": [0], "~": [0]}  # of the closing fences from each line on, counted from the end
    for fence in reversed(closing):
        for sign, sizes in longest.items():
            sizes.append(max(sizes[-1], len(fence) if fence[:1] == sign else 0))
    kept: list[str] = []
    fence = ""
    for place, line in enumerate(lines):
        if fence:
            if closing[place].startswith(fence):
                fence = ""
            continue
        found = _FENCE.match(line)
        if found and longest[found.group(1)[0]][len(lines) - place - 1] >= len(found.group(1)):
            fence = found.group(1)
        else:
            kept.append(line)
    return "\n".join(kept)


def _without_indented_code(text: str) -> str:
    """Return text without the lines that are code because they are indented; in a list these go on with it."""
    kept: list[str] = []
    in_list = in_code = False
    after_blank = True
    for line in text.split("\n"):
        indented = _INDENTED.match(line) is not None
        if not line.strip():
            after_blank = True
        elif _LIST_ITEM.match(line) and not (indented and not in_list):
            in_list, in_code = True, False
        elif indented and not in_list and (after_blank or in_code):
            in_code, after_blank = True, False
            continue
        else:
            in_list = in_list and (indented or not after_blank or line.startswith("  "))
            in_code = False
        after_blank = not line.strip()
        kept.append(line)
    return "\n".join(kept)

"""The keys that Org cites: ``[cite:@key]`` with any style, and org-ref's ``cite:key`` and ``[[cite:&key]]``.

Source: the Org manual, "Citations"; org-ref's manual, versions 2 and 3.
"""

import re

from mhlit.formats.cited import Include

_BLOCK = re.compile(
    r"^[ \t]*#\+begin_(?P<kind>src|example|comment|export)\b.*?(?:^[ \t]*#\+end_(?P=kind)\b[^\n]*$|\Z)",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_COMMENT = re.compile(r"^[ \t]*(?:#(?!\+)|:(?=\s))[^\n]*$|^# [^\n]*$", re.MULTILINE)
_VERBATIM = re.compile(r"(?<![\w])([=~])(?=\S)[^\n]{0,500}?(?<=\S)\1(?!\w)")
_CITATION = re.compile(r"(?<!\[)\[cite(?:/[^\s:\[\]]+)?:([^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]")
_KEY = re.compile(r"@([\w\-.:?!`'/*@+|(){}<>&^$#%~]+)")
_COMMAND = r"(?:no|full|foot|text|paren|auto|super)?[cC]ite[a-zA-Z]*\*?:"
_ORG_REF = re.compile(rf"\[\[{_COMMAND}([^\[\]]+)\]|(?<![\w\[/]){_COMMAND}(?!@)([^\s\[\]]+)")
_ORG_REF_KEY = re.compile(r"&([\w\-.:/+]*[\w/+])")
_INCLUDE = re.compile(r"^[ \t]*#\+include:[ \t]+\"?([^\s\":]+)\"?[ \t]*$", re.MULTILINE | re.IGNORECASE)


def read(text: str) -> list[str]:
    """Read an Org document."""
    plain = _VERBATIM.sub(" ", _COMMENT.sub("", _BLOCK.sub("", text.replace("\r\n", "\n"))))
    cited: list[tuple[int, str]] = [(found.start(), Include(found.group(1))) for found in _INCLUDE.finditer(plain)]
    for found in _CITATION.finditer(plain):
        cited += [(found.start(), key.group(1)) for key in _KEY.finditer(found.group(1))]
    for found in _ORG_REF.finditer(_CITATION.sub(lambda whole: " " * len(whole.group()), plain)):
        listed = found.group(1) or found.group(2)
        keys = _ORG_REF_KEY.findall(listed) or [key.strip() for key in listed.rstrip(".;:)").split(",")]
        cited += [(found.start(), key) for key in keys if re.fullmatch(r"[\w\-.:/+]+", key)]
    return [key for _, key in sorted(cited, key=lambda one: one[0])]

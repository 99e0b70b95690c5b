"""The keys that Typst cites: ``@key``, ``#cite(<key>)``, ``#cite(label("key"))``.

Source: Typst's reference, "Reference", "Cite" and "Label". A label that the document itself defines is a
cross-reference, not a citation.
"""

import re

from mhlit.formats.cited import Include

_LABEL = r"[\w\-:.]*[\w\-]"
_NO_TEXT = re.compile(
    r"//[^\n]*|/\*.*?(?:\*/|\Z)|(?P<ticks>`{3,}).*?(?:(?P=ticks)|\Z)|`[^`]*`|\\.|https?://[^\s()\[\]]+", re.DOTALL
)
_REFERENCE = re.compile(rf"@({_LABEL})")
_CITE = re.compile(rf"\bcite\s*\(\s*(?:<({_LABEL})>|label\s*\(\s*\"([^\"\n]+)\"\s*\))")
_DEFINED = re.compile(rf"<({_LABEL})>")
_INCLUDE = re.compile(r"#?\binclude\s+\"([^\"\n]+\.typ)\"")
_STRING = re.compile(r'(?<=[(,:=+\s])"(?:[^"\\\n]|\\.)*"')


def read(text: str) -> list[str]:
    """Read a Typst document."""
    plain = _NO_TEXT.sub(_spaces, text)
    cited: list[tuple[int, str]] = [(found.start(), Include(found.group(1))) for found in _INCLUDE.finditer(plain)]
    cited += [(found.start(), found.group(1) or found.group(2)) for found in _CITE.finditer(plain)]
    defined = set(_DEFINED.findall(_CITE.sub("", plain)))
    cited += [(found.start(), found.group(1)) for found in _REFERENCE.finditer(_STRING.sub(_spaces, plain))]
    return [key for _, key in sorted(cited) if key not in defined]


def _spaces(found: re.Match[str]) -> str:
    """Return spaces for what is no text, so that every place stays where it was."""
    return " " * len(found.group())

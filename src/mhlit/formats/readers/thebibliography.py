r"""Read the bibliography of a LaTeX document: `thebibliography` in a .tex or .bbl, and the .bbl that biber writes.

Sources: the LaTeX companion, §16 (``\bibitem``); biblatex's own ``.bbl`` format, version 3 (``\entry … \endentry``).
"""

import re
from collections.abc import Iterator

from mhlit.formats.latex_reading import decode
from mhlit.formats.readers import Reading
from mhlit.formats.readers.bibtex_fields import entry_of as biblatex_entry
from mhlit.formats.readers.marked import from_latex
from mhlit.formats.readers.references import entry_of, reading
from mhlit.formats.readers.source import Lines
from mhlit.model import Entry, SourceField

_ITEM = re.compile(
    r"\\bibitem[ \t]*(?:\[(?:[^\[\]{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\])?[ \t\r\n%]*\{(?P<key>[^{}]*)\}"
)
_END = re.compile(r"\\end\s*\{thebibliography\}")
_ENTRY = re.compile(r"\\entry\{(?P<key>[^{}]*)\}\{(?P<type>[^{}]*)\}")
_FIELD = re.compile(
    r"\\(?:field|list)\{(?P<name>[^{}]*)\}(?:\{\d+\})?\{(?P<value>(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
)
_VERBATIM = re.compile(r"\\verb\{(?P<name>[^{}]*)\}\s*\\verb (?P<value>[^\n]*)\n")
_NAMES = re.compile(
    r"\\name\{(?P<name>author|editor)\}\{\d+\}\{[^{}]*\}\{%?\n(?P<value>.*?)\n\s*\}\s*\n(?=\s*\\)", re.DOTALL
)
_PART = re.compile(
    r"(?<![a-z])(?P<part>family|given|prefix|suffix)=\{(?P<value>(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
)
_PERSON = re.compile(r"\{\{[^{}]*hash=")


def read(text: str) -> Reading:
    r"""Read every ``\bibitem``, or every ``\entry`` of biber's."""
    lines = Lines(text)
    entries = list(_items(text, lines))
    return reading(entries or list(_biber_entries(text, lines)), text, lines)


def _items(text: str, lines: Lines) -> Iterator[Entry]:
    items = list(_ITEM.finditer(text))
    for place, item in enumerate(items):
        end = items[place + 1].start() if place + 1 < len(items) else len(text)
        closing = _END.search(text, item.end(), end)
        marked = from_latex(text[item.end() : closing.start() if closing else end], item.end())
        entry = entry_of(marked, lines, item["key"].strip())
        if entry:
            yield entry._replace(place=lines.place(item.start(), end))


def _biber_entries(text: str, lines: Lines) -> Iterator[Entry]:
    entries = list(_ENTRY.finditer(text))
    for place, entry in enumerate(entries):
        end = entries[place + 1].start() if place + 1 < len(entries) else len(text)
        fields = sorted(_biber_fields(text, entry.end(), end), key=lambda field: field.start)
        yield biblatex_entry(entry["type"], entry["key"], tuple(fields), lines.place(entry.start(), end))


def _biber_fields(text: str, start: int, end: int) -> Iterator[SourceField]:
    for pattern in (_FIELD, _VERBATIM):
        for found in pattern.finditer(text, start, end):
            value = re.sub(r"\\bibrangedash\s*", "--", found["value"])
            yield SourceField(found["name"], value, found.start(), *found.span("value"))
    for found in _NAMES.finditer(text, start, end):
        people = [dict(_PART.findall(person)) for person in _PERSON.split(found["value"])[1:]]
        names = (", ".join(filter(None, (_family(one), one.get("suffix"), one.get("given")))) for one in people)
        value = " and ".join(decode(name.replace(r"\bibnamedelima", " "), keep_braces=True) for name in names)
        yield SourceField(found["name"], value, found.start(), *found.span("value"))


def _family(person: dict[str, str]) -> str:
    return " ".join(filter(None, (person.get("prefix"), person.get("family"))))

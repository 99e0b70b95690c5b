r"""Which keys does a LaTeX document cite, and where? What is cited and in no bibliography; what is there and not cited.

Sources: natbib's and biblatex's manuals for the names of commands; all of them have `cite` in their name.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from mhlit.check.checking import Checked, Choice
from mhlit.check.files import read_source
from mhlit.check.finding import Finding, Severity
from mhlit.check.rule import RULES
from mhlit.errors import MhlitError
from mhlit.formats.readers.source import Lines, Source

_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_VERBATIM = re.compile(r"\\begin\{(verbatim\*?|lstlisting|comment|minted)\}.*?(?:\\end\{\1\}|\Z)", re.DOTALL)
_GROUP = r"(?:\s*(?:\[[^\[\]]*\]|\([^()]*\)))*\s*\{[^{}]*\}"
_CITE = re.compile(
    r"\\(?!(?:set|bib)?cite(?:style|name|reset)|(?:Declare|New|Renew)\w*Cite|bibcite)"
    rf"(?:[A-Za-z]*[cC]ites\*?(?P<many>(?:{_GROUP})+)"
    rf"|(?:[A-Za-z]*[cC]ite[A-Za-z]*|citation|abx@aux@cite(?:\{{\d+\}})?)\*?(?P<one>{_GROUP}))"
)
_KEYS = re.compile(r"\{([^{}]*)\}")
_KEY = re.compile(r"[^\s,]+")
_INCLUDE = re.compile(r"\\(?:input|include|subfile)\s*\{([^{}]+)\}")
_DEEPEST = 20
_INHERITING = ("crossref", "xref", "xdata", "related", "entryset")


class Citation(NamedTuple):
    """A key, and where a document cites it."""

    key: str
    path: str
    line: int
    column: int


def citations(name: str, depth: int = 0, seen: frozenset[Path] = frozenset()) -> Iterator[Citation]:
    r"""Yield what a document and the files it includes cite, in their order; ``*`` is ``\nocite{*}``.

    Raises MhlitError where the document cannot be read; an included file that cannot be read is passed over.
    """
    text = _shown(read_source(name).text)
    lines = Lines(text)
    for command in _CITE.finditer(text):
        for group in _KEYS.finditer(text, *command.span("many" if command["many"] else "one")):
            for key in _KEY.finditer(text, *group.span(1)):
                place = lines.place(*key.span())
                yield Citation(key.group(), name, place.line, place.column)
    folder = Path(name).parent
    for included in _INCLUDE.finditer(text):
        target = folder / included.group(1).strip()
        target = target if target.suffix else target.with_suffix(".tex")
        if depth < _DEEPEST and target.suffix == ".tex" and target.is_file() and target.resolve() not in seen:
            try:
                yield from citations(str(target), depth + 1, seen | {Path(name).resolve(), target.resolve()})
            except MhlitError:
                continue


def _shown(text: str) -> str:
    """Return the text with comments and verbatim blanked, so that everything else keeps its place."""
    for hidden in (_VERBATIM, _COMMENT):
        text = hidden.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)
    return text


def compared(
    found: Sequence[Citation], checked: Sequence[Checked], choice: Choice, known: Collection[str]
) -> tuple[list[Checked], list[Checked]]:
    """Return the documents with the keys that no bibliography has, and the bibliographies with what is not cited.

    `known` are the keys of the catalog, which a message names as a way out.
    """
    keys = {reference.entry.key for one in checked for reference, _ in one.references}
    documents = [
        Checked(path, "latex", Source("", "utf-8"), (), tuple(_unknown(found, path, keys, known)))
        for path in dict.fromkeys(one.path for one in found)
        if _is_told("unknown-key", choice)
    ]
    cited = {one.key for one in found} | _inherited(checked)
    if "*" in cited or not _is_told("unused-entry", choice):
        return documents, list(checked)
    return documents, [_with_unused(one, {key.lower() for key in cited}) for one in checked]


def _is_told(rule: str, choice: Choice) -> bool:
    return rule in choice.rules and choice.shows(RULES[rule].severity)


def _inherited(checked: Sequence[Checked]) -> set[str]:
    """Return the keys that other entries have their fields from."""
    fields = (field for one in checked for reference, _ in one.references for field in reference.entry.fields)
    return {key.strip() for field in fields if field.name.lower() in _INHERITING for key in field.value.split(",")}


def _unknown(found: Sequence[Citation], path: str, keys: set[str], known: Collection[str]) -> Iterator[Finding]:
    folded = {key.lower(): key for key in keys}
    told: set[str] = set()
    for one in found:
        if one.path != path or one.key in keys or one.key in told or one.key == "*":
            continue
        told.add(one.key)
        written = folded.get(one.key.lower(), "")
        said = f"{one.key} is in no bibliography"
        if written:
            said = f"{one.key} is written {written} in the bibliography; biber tells them apart"
        elif one.key in known:
            said += f"; mhlit cite {one.key} writes it"
        severity = Severity.WARNING if written else Severity.ERROR
        yield Finding("unknown-key", severity, path, one.line, one.column, one.key, "", said, one.key, written)


def _with_unused(checked: Checked, cited: Collection[str]) -> Checked:
    if checked.format != "bibtex":
        return checked
    references = []
    for reference, findings in checked.references:
        key, place = reference.entry.key, reference.entry.place
        if key and key.lower() not in cited and place:
            said = f"{key} is not cited"
            unused = Finding(
                "unused-entry", Severity.INFO, checked.path, place.line, place.column, key, "", said, found=key
            )
            findings = (*findings, unused)  # noqa: PLW2901  # the findings of this reference, and one more
        references.append((reference, findings))
    return checked._replace(references=tuple(references))

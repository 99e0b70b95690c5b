"""Compare what documents cite with bibliographies: what is cited and in none of them; what is there and not cited."""

from collections.abc import Collection, Iterator, Sequence

from mhlit.check.checking import Checked, Choice
from mhlit.check.finding import Finding, Severity
from mhlit.check.rule import RULES
from mhlit.formats.cited import Citation
from mhlit.formats.readers.source import Source

_INHERITING = ("crossref", "xref", "xdata", "related", "entryset")


def compared(
    found: Sequence[Citation],
    checked: Sequence[Checked],
    choice: Choice,
    known: Collection[str],
    own: Collection[str] = (),
) -> tuple[list[Checked], list[Checked]]:
    """Return the documents with the keys that no bibliography has, and the bibliographies with what is not cited.

    `known` are the keys of the catalog and `own` those of the reader's library, which a message names as a way out.
    """
    keys = {reference.entry.key for one in checked for reference, _ in one.references}
    documents = [
        Checked(path, "latex", Source("", "utf-8"), (), tuple(_unknown(found, path, keys, known, own)))
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


def _unknown(
    found: Sequence[Citation], path: str, keys: set[str], known: Collection[str], own: Collection[str]
) -> Iterator[Finding]:
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
        elif one.key in own:
            said += f"; it is in your library: mhlit cite {one.key} writes it"
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

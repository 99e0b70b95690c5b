"""What only others can tell: that a work was retracted, and that nobody knows of it."""

from collections.abc import Iterator

from mhlit.check.finding import Severity
from mhlit.check.rule import Flaw, Reference, Scope, rule
from mhlit.likeness.titles import plain_words
from mhlit.model import Inquiry, Version
from mhlit.text import joined

_TOLD = {
    "retraction": ("it was retracted", None),
    "concern": ("its journal has published a concern about it", Severity.WARNING),
}
# What the sources that are asked hold as good as whole; of books, theses, reports and pages they have some.
_HELD = frozenset({"article", "inproceedings", "incollection"})
_LONG = 4
"""A title of fewer words may be a part of one."""


@rule(
    "retracted",
    Severity.ERROR,
    Scope.WORK,
    why="A retracted work is no evidence any more; who cites it should know it, and say so.",
    example="@article{doe2021, … doi = {10.1000/retracted}} (With `--online`, of a work that PubMed has as retracted.)",
)
def retracted(reference: Reference) -> Iterator[Flaw]:
    """The work was retracted, or its journal doubts it; asked of Crossref and PubMed with `--online`."""
    told = {one.kind: one for one in reversed(reference.testimony.notices)} if reference.testimony else {}
    for kind, (said, severity) in _TOLD.items():
        if kind in told:
            one = told[kind]
            yield Flaw(f"{said}, as {one.source} tells: {one.address}", None, "", one.address, severity)
            return


@rule(
    "not-found-anywhere",
    Severity.WARNING,
    Scope.REFERENCE,
    why="It may be misquoted, too new, or of a kind these sources do not hold; language models invent references too. "
    "Look for it before you cite it.",
    example="@article{doe2024, title = {A Title Nobody Has}, …} (With `--online`.)",
)
def not_found_anywhere(reference: Reference) -> Iterator[Flaw]:
    """With `--online`: none of the sources that were asked knows a work like it."""
    inquiry, entry = reference.inquiry, reference.entry
    if inquiry is None or reference.work or reference.match.strays or not _is_held(reference):
        return
    if not (inquiry.by_identifier or inquiry.by_title):
        return
    said = f"asked {asked_in_words(inquiry)}: nothing like it"
    if reference.match.why_not:
        said = f"asked {asked_in_words(inquiry)}: {reference.match.why_not}"
    if inquiry.failed:
        said += f"; no answer from {joined(inquiry.failed)}"
    is_telling = bool(inquiry.by_title) and not inquiry.failed and _is_latin(entry.record.title)
    yield Flaw(said, reference.field("title"), entry.record.title, severity=None if is_telling else Severity.INFO)


def _is_latin(text: str) -> bool:
    """Tell whether a text is in the script that the sources hold nearly all titles in."""
    return all(c < "\u0250" for c in text if c.isalpha())


def _is_held(reference: Reference) -> bool:
    """Tell whether the sources hold such works, so that it means something that they do not know this one."""
    record = reference.entry.record
    if reference.entry.type == "pointer":  # prose may lead to anything
        return False
    held = record.type in _HELD or record.version is Version.PREPRINT or any(reference.own_mentions())
    return held and len(plain_words(record.title)) >= _LONG


def asked_in_words(inquiry: Inquiry) -> str:
    """Return who was asked by what: `Crossref by identifier, and Crossref, DBLP and arXiv by title`."""
    ways = ((inquiry.by_identifier, "by identifier"), (inquiry.by_title, "by title"))
    return ", and ".join(f"{joined(names)} {way}" for names, way in ways if names)

"""References in a format: which version of a work is cited, and who writes it."""

from collections.abc import Callable, Iterable
from importlib import import_module

from mhlit.errors import UsageError
from mhlit.model import Entry, Identifier, Status, Work
from mhlit.text import nearest

# Format to the module that writes it, imported when asked for, and what it is for.
FORMATS = {
    "bibtex": ("mhlit.formats.writers.bibtex", "BibTeX, in ASCII, for LaTeX with any .bst style"),
    "csl-json": ("mhlit.formats.writers.csl_json", "CSL-JSON 1.0.2, for pandoc, Zotero and citeproc"),
}


def writer(name: str) -> Callable[[Iterable[Entry]], str]:
    """Return the function that writes a format. Raises UsageError where there is no such format."""
    if name not in FORMATS:
        meant = nearest(name, FORMATS, 1)
        hint = f"did you mean {meant[0]}?" if meant else f"formats: {', '.join(FORMATS)}"
        raise UsageError(f"there is no format {name!r}", hint)
    write: Callable[[Iterable[Entry]], str] = import_module(FORMATS[name][0]).write
    return write


def entry_of(work: Work) -> Entry:
    """Return the entry of a work: its version of record, the arXiv id of its preprint kept beside it."""
    record = work.preferred
    arxiv = work.preprint.identifier("arxiv") if work.preprint and work.record else ""
    return Entry(
        key=work.key,
        record=record,
        eprint=Identifier("arxiv", arxiv) if arxiv else None,
        eprint_class=work.preprint.arxiv_class if work.preprint and arxiv else "",
        annotation=remark(work),
    )


def remark(work: Work) -> str:
    """Return what to know about a record that is not fully verified; empty where it is."""
    provenance = work.provenance
    if provenance.status is Status.VERIFIED:
        return ""
    said = {Status.PARTIAL: "partly verified", Status.LISTED: "as listed, not verified"}[provenance.status]
    unconfirmed = f"; unconfirmed: {', '.join(provenance.unconfirmed)}" if provenance.unconfirmed else ""
    return f"mhlit: record {said}{unconfirmed}"

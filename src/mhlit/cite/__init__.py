"""References in a format: which version of a work is cited, and who writes it."""

from collections.abc import Callable, Iterable
from importlib import import_module

from mhlit.errors import UsageError
from mhlit.model import Entry, Identifier, Status, Version, Work
from mhlit.text import nearest

# Format to the module that writes it, imported when asked for, and what it is for.
FORMATS = {
    "bibtex": ("mhlit.formats.writers.bibtex", "BibTeX, in ASCII, for LaTeX with any .bst style"),
    "biblatex": ("mhlit.formats.writers.biblatex", "BibLaTeX, in UTF-8, for LaTeX with biblatex and biber"),
    "csl-json": ("mhlit.formats.writers.csl_json", "CSL-JSON 1.0.2, for pandoc, Zotero and citeproc"),
    "ris": ("mhlit.formats.writers.ris", "RIS, for EndNote, Zotero, Mendeley and databases"),
    "hayagriva": ("mhlit.formats.writers.hayagriva", "Hayagriva's YAML, for Typst"),
    "endnote": ("mhlit.formats.writers.endnote", "EndNote's tagged import format (.enw)"),
    "markdown": ("mhlit.formats.writers.markdown", "a list of references with links, in Markdown"),
    "html": ("mhlit.formats.writers.html", "a page of references with links"),
    "text": ("mhlit.formats.writers.text", "references in plain text, one a line"),
    "csv": ("mhlit.formats.writers.csv", "a table with every field, for spreadsheets"),
    "tsv": ("mhlit.formats.writers.tsv", "a table with every field, separated by tabs"),
}
# What the ending of a file says about the format it is to have.
SUFFIXES = {
    ".bib": "bibtex",
    ".csv": "csv",
    ".enw": "endnote",
    ".htm": "html",
    ".html": "html",
    ".json": "csl-json",
    ".md": "markdown",
    ".ris": "ris",
    ".tsv": "tsv",
    ".txt": "text",
    ".yaml": "hayagriva",
    ".yml": "hayagriva",
}
PREFERENCES = ("published", "preprint")


def writer(name: str) -> Callable[[Iterable[Entry]], str]:
    """Return the function that writes a format. Raises UsageError where there is no such format."""
    if name not in FORMATS:
        meant = nearest(name, FORMATS, 1)
        hint = f"did you mean {meant[0]}?" if meant else f"formats: {', '.join(FORMATS)}"
        raise UsageError(f"there is no format {name!r}", hint)
    write: Callable[[Iterable[Entry]], str] = import_module(FORMATS[name][0]).write
    return write


def entry_of(work: Work, prefer: str = "published") -> Entry:
    """Return the entry of a work: the version that is preferred, or the only one there is.

    The arXiv id of the preprint is kept beside a published record.
    """
    record = work.preprint if prefer == "preprint" and work.preprint else work.preferred
    published = record.version is Version.VERSION_OF_RECORD
    arxiv = work.preprint.identifier("arxiv") if work.preprint and published else ""
    return Entry(
        key=work.key,
        record=record,
        eprint=Identifier("arxiv", arxiv) if arxiv else None,
        eprint_class=work.preprint.arxiv_class if work.preprint and arxiv else "",
        annotation=remark(work),
    )


def with_short_venue(entry: Entry) -> Entry:
    """Return an entry that names its journal or proceedings by the short name people know, such as ACL."""
    record = entry.record
    if not record.container_title or not record.venue:
        return entry
    return entry._replace(record=record._replace(container_title=record.venue))


def remark(work: Work) -> str:
    """Return what to know about a record that is not fully verified; empty where it is."""
    provenance = work.provenance
    if provenance.status in (Status.VERIFIED, Status.OWN):
        return ""
    said = {Status.PARTIAL: "partly verified", Status.LISTED: "as listed, not verified"}[provenance.status]
    unconfirmed = f"; unconfirmed: {', '.join(provenance.unconfirmed)}" if provenance.unconfirmed else ""
    return f"mhlit: record {said}{unconfirmed}"

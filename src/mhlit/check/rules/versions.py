"""Preprints that have been published since."""

from collections.abc import Iterator

from mhlit.check.finding import Severity
from mhlit.check.rule import Flaw, Reference, Scope, rule
from mhlit.check.rules.authors import names_shown
from mhlit.check.upgrade import RESTS_ON, upgrade
from mhlit.likeness.titles import Likeness, likeness
from mhlit.model import Record, Version


@rule(
    "published-version-exists",
    Severity.WARNING,
    Scope.WORK,
    why="The published version was reviewed, and it is the one that is indexed and counted. The arXiv id is kept.",
    example="journal = {arXiv preprint arXiv:2311.00273}, year = {2023}",
)
def published_version_exists(reference: Reference) -> Iterator[Flaw]:
    """A preprint is cited of a work that has been published since."""
    work = reference.work
    if reference.version is not Version.PREPRINT or work is None or work.record is None or work.preprint is None:
        return
    record = work.record
    said = f"published since, in {record.container_title}" + (f" ({record.issued.year})" if record.issued else "")
    if record.authors != work.preprint.authors:
        said += f"; by {names_shown(record.authors)}"
    if likeness(record.title, work.preprint.title) is not Likeness.SAME:
        said += f"; as {record.title!r}"
    where = record.url or record.pdf or _doi_address(record)
    at = reference.field(
        "journal", "journaltitle", "booktitle", "container-title", "jo", "t2", "howpublished", "eprint"
    )
    listed = reference.entry.record.server or "preprint"
    found = upgrade(reference.entry, work) if reference.format == "bibtex" else None
    edits, safe = (found.edits, found.same_authors) if found else ((), False)
    yield Flaw(said, at, listed, where, rests_on=RESTS_ON, edits=edits, safe=safe)


def _doi_address(record: Record) -> str:
    doi = record.identifier("doi")
    return f"https://doi.org/{doi}" if doi else ""

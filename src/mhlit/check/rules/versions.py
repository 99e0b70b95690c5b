"""Preprints that have been published since."""

from collections.abc import Iterator

from mhlit.check.finding import AddField, Edit, RemoveField, SetField, SetType, Severity
from mhlit.check.rule import Flaw, Reference, Scope, rule
from mhlit.check.rules.authors import names_shown
from mhlit.check.rules.imprint import CONTAINER_OF, year_edits
from mhlit.check.values import exported
from mhlit.formats.readers.records import server_of, verbatim
from mhlit.identifiers import recognise
from mhlit.likeness.titles import Likeness, likeness
from mhlit.model import Record, Version, Work

# Fields in which people name the preprint's server; they go when they name nothing else.
_ABOUT_THE_SERVER = (
    "journal", "journaltitle", "booktitle", "howpublished", "note", "publisher", "institution", "organization", "type",
    "eprinttype", "number", "volume", "pages", "eid", "pubstate", "version",
)  # fmt: skip


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
    safe = record.authors == work.preprint.authors
    listed = reference.entry.record.server or "preprint"
    edits = _upgrade(reference, work, record)
    yield Flaw(said, at, listed, where, rests_on=("venue", "container_title", "issued"), edits=edits, safe=safe)


def _doi_address(record: Record) -> str:
    doi = record.identifier("doi")
    return f"https://doi.org/{doi}" if doi else ""


def _upgrade(reference: Reference, work: Work, record: Record) -> tuple[Edit, ...]:
    """Return the edits that make the entry one of the published version, its arXiv id kept."""
    container = CONTAINER_OF.get(record.type)
    if reference.format != "bibtex" or container is None or not record.container_title:
        return ()
    entry = reference.entry
    if container == "journal" and (reference.field("journaltitle") or reference.field("date")):
        container = "journaltitle"
    preprint = work.preprint or record
    values = exported(record, preprint.identifier("arxiv"), preprint.arxiv_class)
    wanted = {container: values[CONTAINER_OF[record.type]]}
    if likeness(entry.record.title, record.title) is not Likeness.SAME:
        wanted["title"] = values["title"]
    if record.authors != preprint.authors:
        wanted["author"] = values["author"]
    wanted |= {name: values[name] for name in ("volume", "number", "pages", "doi") if name in values}
    wanted |= _addresses(reference, values)
    set_type: list[Edit] = [SetType(entry, record.type)] if entry.type != record.type else []
    date = [edit for edit in year_edits(reference, record) if not _has_it(reference, edit)]
    return (*set_type, *_set_or_add(reference, wanted), *date, *_removals(reference, wanted))


def _has_it(reference: Reference, edit: Edit) -> bool:
    """Tell whether an edit would leave a field as it is."""
    if not isinstance(edit, SetField):
        return False
    field = reference.field(edit.field)
    return field is not None and field.value == edit.value


def _addresses(reference: Reference, values: dict[str, str]) -> dict[str, str]:
    """Return the address where the old one is the server's, and the arXiv id where it stood only in what goes."""
    wanted: dict[str, str] = {}
    address = reference.field("url")
    if address and "url" in values and _is_of_a_server(address.value):
        wanted["url"] = values["url"]
    if "eprint" in values and reference.field("eprint", "arxivid", "arxiv") is None:
        wanted |= {"eprint": values["eprint"], "archiveprefix": "arXiv"}
    return wanted


def _is_of_a_server(address: str) -> bool:
    identifier = recognise(verbatim(address))
    return server_of((address,)) != "" or (identifier is not None and identifier.scheme == "arxiv")


def _set_or_add(reference: Reference, wanted: dict[str, str]) -> Iterator[Edit]:
    entry, last = reference.entry, ""
    for name, value in wanted.items():
        field = reference.field(name)
        if field is None:
            shown = "archivePrefix" if name == "archiveprefix" else name
            yield AddField(entry, shown, value, after=last)
        elif field.value != value:
            yield SetField(entry, name, value)
        last = name


def _removals(reference: Reference, wanted: dict[str, str]) -> Iterator[Edit]:
    """Yield the fields that speak of the preprint's server and have no new value."""
    for name in _ABOUT_THE_SERVER:
        field = reference.field(name)
        if field is None or name in wanted or name == "eprinttype":
            continue
        if server_of((field.value,)) or name in ("volume", "number", "pages", "eid", "pubstate", "version"):
            yield RemoveField(reference.entry, name)

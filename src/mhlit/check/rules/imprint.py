"""Where and when it appeared: year, venue, volume, issue and pages."""

from collections.abc import Iterator

from mhlit.check.finding import AddField, Edit, SetField, Severity
from mhlit.check.rule import Flaw, Reference, Scope, rule
from mhlit.check.values import exported
from mhlit.compare import Difference, Kind
from mhlit.likeness.venues import read_venue
from mhlit.model import Record, Version
from mhlit.text import joined

# The fields, in the names of BibTeX, BibLaTeX, CSL and RIS, that hold each part of an imprint.
_YEAR = ("year", "date", "issued", "py", "y1", "da")
_VENUE = ("booktitle", "journal", "journaltitle", "container-title", "jo", "jf", "t2", "bt", "ja", "j2")
_VOLUME = ("volume", "vl")
_ISSUE = ("number", "issue", "is")
_PAGES = ("pages", "page", "eid", "sp")
CONTAINER_OF = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle"}
"""The field in which BibTeX keeps the venue of each type."""


@rule(
    "wrong-year",
    Severity.ERROR,
    Scope.WORK,
    why="The year is half of what is printed in the text. The preprint's year in a citation of the published version "
    "is a warning; the year in which an article went online before its volume is info.",
    example="booktitle = {The Twelfth International Conference on Learning Representations}, year = {2023},",
)
def wrong_year(reference: Reference) -> Iterator[Flaw]:
    """The year is another than the version's."""
    said = {
        Kind.WRONG: (None, "the year is {true}, not {listed}"),
        Kind.OTHER_VERSION: (Severity.WARNING, "{listed} is the year of the preprint; it was published in {true}"),
        Kind.FORM: (Severity.INFO, "it went online in {listed}; its volume is that of {true}"),
    }
    for one in reference.differing("year"):
        severity, text = said[one.kind]
        field = reference.field(*_YEAR)
        edits = year_edits(reference, reference.record) if one.kind is not Kind.FORM else ()
        message = text.format(listed=one.listed, true=one.true)
        yield Flaw(message, field, one.listed, one.true, severity, ("issued",), edits, safe=True)


def year_edits(reference: Reference, record: Record) -> tuple[Edit, ...]:
    """Return the edits that bring the date of a .bib entry to that of a record, in the fields the entry uses."""
    if reference.format != "bibtex" or record.issued is None:
        return ()
    entry, issued = reference.entry, record.issued
    edits: list[Edit] = []
    month = reference.field("month")
    if reference.field("date"):
        parts = [f"{issued.year:04d}", *([f"{issued.month:02d}"] if issued.month else [])]
        edits.append(SetField(entry, "date", "-".join(parts)))
    if reference.field("year"):
        edits.append(SetField(entry, "year", f"{issued.year:04d}"))
    if not edits:
        edits.append(AddField(entry, "year", f"{issued.year:04d}"))
    if month and issued.month:
        name = str(issued.month) if month.value.isdigit() else _MONTHS[issued.month - 1]
        edits.append(SetField(entry, "month", name))
    return tuple(edits)


_MONTHS = "January February March April May June July August September October November December".split()


@rule(
    "wrong-venue",
    Severity.ERROR,
    Scope.WORK,
    why="EMNLP and Findings of EMNLP, the main conference and its workshops are different publications.",
    example="— Yaqing Wang *et al.*, EMNLP 2023. (It is in Findings of EMNLP 2023.)",
)
def wrong_venue(reference: Reference) -> Iterator[Flaw]:
    """The journal or the proceedings are others, or those of another year or volume."""
    field = reference.field(*_VENUE)
    for one in reference.differing("venue", Kind.WRONG, Kind.EDITION):
        message = f"it was published in {one.true}, not in {one.listed}"
        edits, rests_on = _venue_edits(reference), ("venue", "container_title")
        # The right proceedings of the wrong year are plain to mend; another venue may be that of another publication.
        sure = one.kind is Kind.EDITION or Version.VERSION_OF_RECORD in reference.match.versions
        yield Flaw(message, field, one.listed, one.true, _venue_severity(reference, one), rests_on, edits, safe=sure)
    if _claims_a_publication(reference):
        listed = reference.entry.record.container_title
        server = reference.record.server or "a preprint server"
        names = reference.tellers() or ("the catalog",)
        know = "know" if len(names) > 1 else "knows"
        message = f"{joined(names)} {know} it as a preprint on {server} only, not in {listed}"
        yield Flaw(message, field, listed, server, Severity.INFO, ("venue",))


def _venue_severity(reference: Reference, one: Difference) -> Severity | None:
    """Return how grave another venue is: a workshop may have had a first version of the work, a journal a later one."""
    first_version = read_venue(one.listed).workshop and not read_venue(one.true).workshop
    return Severity.WARNING if first_version or reference.may_be_another else None


def _claims_a_publication(reference: Reference) -> bool:
    """Tell whether a venue is named for a preprint; it may have been published since the catalog was checked."""
    listed = reference.entry.record
    return (
        reference.record.version is Version.PREPRINT
        and listed.version is Version.VERSION_OF_RECORD
        and bool(listed.container_title)
    )


def _venue_edits(reference: Reference) -> tuple[Edit, ...]:
    record = reference.record
    name = CONTAINER_OF.get(record.type, "")
    if reference.format != "bibtex" or not record.container_title:
        return ()
    if name == "journal" and reference.field("journaltitle"):
        name = "journaltitle"
    field = reference.field(name)
    value = exported(record).get(CONTAINER_OF.get(record.type, ""), "")
    return (SetField(reference.entry, name, value),) if field and value else ()


@rule(
    "venue-form",
    Severity.INFO,
    Scope.WORK,
    why="A name written in full suits every style; an abbreviation or other capitals stay as they are in all.",
    example="journal = {npj mental health research},",
)
def venue_form(reference: Reference) -> Iterator[Flaw]:
    """The venue is the right one, abbreviated, in other words or other capitals."""
    if reference.is_listing:  # where a short name is what is wanted
        return
    for one in reference.differing("venue", Kind.FORM, Kind.CASE):
        message = f"in full, the venue is {one.true}"
        field, rests_on = reference.field(*_VENUE), ("venue", "container_title")
        yield Flaw(message, field, one.listed, one.true, None, rests_on, _venue_edits(reference))


@rule(
    "wrong-volume",
    Severity.ERROR,
    Scope.WORK,
    why="Who has only the printed reference finds an article by its volume.",
    example="journal = {npj Digital Medicine}, volume = {7}, (It is 8.)",
)
def wrong_volume(reference: Reference) -> Iterator[Flaw]:
    """The volume is another than the record's."""
    return _number(reference, "volume", _VOLUME)


@rule(
    "wrong-issue",
    Severity.ERROR,
    Scope.WORK,
    why="Journals that number pages anew in each issue cannot be searched without it.",
    example="volume = {39}, number = {12}, (It is number 13.)",
)
def wrong_issue(reference: Reference) -> Iterator[Flaw]:
    """The issue is another than the record's."""
    return _number(reference, "issue", _ISSUE)


@rule(
    "wrong-pages",
    Severity.ERROR,
    Scope.WORK,
    why="Pages are how a paper is found in a volume, and how indexes tell papers apart. The first page alone is info.",
    example="pages = {1--13}, (The article has the number 24102.)",
)
def wrong_pages(reference: Reference) -> Iterator[Flaw]:
    """The pages or the number of the article are others than the record's."""
    return _number(reference, "pages", _PAGES)


def _number(reference: Reference, name: str, fields: tuple[str, ...]) -> Iterator[Flaw]:
    record = reference.record
    rests_on = ("pages", "article_number") if name == "pages" else (name,)
    what = "article number" if name == "pages" and not record.pages else name
    for one in reference.differing(name):
        field = reference.field(*fields)
        edits: tuple[Edit, ...] = ()
        if field and reference.format == "bibtex" and field.name.lower() != "eid":
            value = exported(reference.record).get("number" if name == "issue" else name, "")
            edits = (SetField(reference.entry, field.name.lower(), value),) if value else ()
        yield Flaw(_told(one, what), field, one.listed, one.true, _severity(one), rests_on, edits, safe=True)


def _told(one: Difference, what: str) -> str:
    if one.kind is Kind.CUT:
        return f"only the first page is named of {one.true}"
    return f"the {what} {'are' if what == 'pages' else 'is'} {one.true}, not {one.listed}"


def _severity(one: Difference) -> Severity | None:
    return Severity.INFO if one.kind is Kind.CUT else None

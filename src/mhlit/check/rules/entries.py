"""Is an entry whole? The fields its type needs."""

from collections.abc import Iterator

from mhlit.check.finding import Severity
from mhlit.check.rule import Flaw, Reference, Scope, rule
from mhlit.model import Version

_DATE = ("year", "date")
_JOURNAL = ("journal", "journaltitle")
_BOOK = ("booktitle", "maintitle", "eventtitle")
_SCHOOL = ("school", "institution")
# What each type needs, any one of each group (BibTeXing, 1988, §3.1, with the names that BibLaTeX has for them).
_NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "article": (("author",), ("title",), _JOURNAL, _DATE),
    "inproceedings": (("author",), ("title",), _BOOK, _DATE),
    "conference": (("author",), ("title",), _BOOK, _DATE),
    "incollection": (("author",), ("title",), _BOOK, _DATE),
    "inbook": (("author", "editor"), ("title", "chapter"), _DATE),
    "book": (("author", "editor"), ("title",), _DATE),
    "phdthesis": (("author",), ("title",), _SCHOOL, _DATE),
    "mastersthesis": (("author",), ("title",), _SCHOOL, _DATE),
    "thesis": (("author",), ("title",), _SCHOOL, _DATE),
    "techreport": (("author",), ("title",), ("institution",), _DATE),
    "unpublished": (("author",), ("title",)),
    "proceedings": (("title",), _DATE),
    "misc": (("title", "howpublished", "note", "url"),),
    "online": (("title",), ("url", "eprint", "doi", "howpublished")),
}
# Through these an entry has the fields of another.
_INHERITING = frozenset("crossref xdata xref entryset related".split())
# In RIS and CSL-JSON, by what the record has.
_PUBLISHED_TYPES = frozenset({"article", "inproceedings", "incollection"})


@rule(
    "missing-field",
    Severity.WARNING,
    Scope.REFERENCE,
    why="BibTeX prints a hole where a field is missing that the type needs, and a reader cannot tell what is meant.",
    example="@article{yang2024, title = {…}, author = {…}, year = {2024}} (The journal is missing.)",
)
def missing_field(reference: Reference) -> Iterator[Flaw]:
    """A field is missing that the type of the entry needs; in a text, the year or the venue of a known work."""
    missing = list(_missing(reference))
    if missing:
        kind = f"@{reference.entry.type} needs" if reference.format == "bibtex" else "there is no"
        yield Flaw(f"{kind} {', '.join(missing)}", None, "", ", ".join(missing))


def _missing(reference: Reference) -> Iterator[str]:
    entry = reference.entry
    if reference.format == "bibtex":
        present = {field.name.lower() for field in entry.fields if field.value.strip("{} ")}
        if present & _INHERITING:
            return
        for group in _NEEDED.get(entry.type, ()):
            if not present.intersection(group):
                yield " or ".join(dict.fromkeys(group[:2])) if group is not _BOOK else group[0]
        return
    record = entry.record
    if not reference.is_structured and (reference.work is None or reference.is_listing):
        return
    if not record.title:
        yield "title"
    if record.issued is None:
        yield "year"
    if reference.is_structured and not record.authors and record.type in _PUBLISHED_TYPES:
        yield "author"
    if not record.container_title and record.version is Version.VERSION_OF_RECORD and _has_a_venue(reference):
        yield "venue"


def _has_a_venue(reference: Reference) -> bool:
    """Tell whether a venue belongs there: the type says so, or the work that is known has one."""
    if reference.is_structured:
        return reference.entry.record.type in _PUBLISHED_TYPES
    return bool(reference.work and reference.work.record and reference.work.record.container_title)

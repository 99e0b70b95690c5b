"""Who wrote it: authors that are others, missing, misspelt, or cut short."""

from collections.abc import Iterator, Sequence

from mhlit.check.finding import Edit, SetField, Severity
from mhlit.check.rule import Flaw, Reference, Scope, rule
from mhlit.check.values import exported
from mhlit.compare import Difference, Kind
from mhlit.formats.readers.separators import with_and
from mhlit.likeness.people import Sameness, sameness
from mhlit.model import Name, Version
from mhlit.names import natural, parse_name

_FIELDS = ("author", "au", "a1")
_WRONG = (Kind.WRONG, Kind.MISSING, Kind.EXTRA, Kind.ORDER, Kind.MISSPELT, Kind.SWAPPED)
_FEW = 3
"""So many differences are told one by one; of more the whole list is told."""


@rule(
    "wrong-first-author",
    Severity.ERROR,
    Scope.WORK,
    why="A work is cited, filed and searched by its first author. Language models invent them.",
    example="* **PsyQA: A Chinese Dataset for …** — Junhui Li *et al.*, ACL-IJCNLP 2021 Findings.",
)
def wrong_first_author(reference: Reference) -> Iterator[Flaw]:
    """The first author is another person than the record's."""
    for one in reference.differing("authors", Kind.FIRST):
        listed, true = _spoken(one.listed), _spoken(one.true)
        first = reference.entry.record.authors[0]
        later = any(sameness(first, author) >= Sameness.SWAPPED for author in reference.record.authors)
        what = "who is a later author" if later else "who is no author of it"
        flaw = _flaw(reference, f"the first author is {true}, not {listed}, {what}", listed, true)
        yield flaw._replace(severity=_order_severity(reference)) if later else flaw


@rule(
    "wrong-authors",
    Severity.ERROR,
    Scope.WORK,
    why="A missing, added or misspelt author is credit taken or given wrongly. Initials, accents, and any form of a "
    "name that a version of the work bears are no errors.",
    example="author = {Chen, Yirong and Xing, Xiaofen and Nobody, Ann},",
)
def wrong_authors(reference: Reference) -> Iterator[Flaw]:
    """Authors are missing, extra, out of order, misspelt, or those of another version."""
    true = names_shown(reference.record.authors)
    listed = names_shown(reference.entry.record.authors)
    if reference.differing("authors", Kind.OTHER_VERSION):
        flaw = _flaw(reference, f"the authors are those of another version; of this one they are {true}", listed, true)
        yield flaw._replace(severity=Severity.WARNING if reference.version is Version.PREPRINT else None)
        return
    wrong = [one for one in reference.differing("authors", *_WRONG) if _is_told(reference, one)]
    single = [one for one in wrong if one.kind is not Kind.ORDER]
    reordered = len(single) < len(wrong)
    if len(single) > _FEW or (reordered and any(one.kind is not Kind.MISSPELT for one in single)):
        yield _flaw(reference, f"the authors are {true}", listed, true)
        return
    if reordered:
        flaw = _flaw(reference, f"the order of the authors is {true}", listed, true)
        yield flaw._replace(severity=_order_severity(reference))
    for one in single:
        yield _flaw(reference, _told(one), _spoken(one.listed), _spoken(one.true))


def _order_severity(reference: Reference) -> Severity | None:
    """Return how grave another order of authors is: for a preprint that was not seen itself it may be its own."""
    work = reference.work
    seen = work is not None and not {"arxiv", "preprint-server"}.isdisjoint(work.provenance.confirmed_by)
    unseen = reference.version is Version.PREPRINT and work is not None and work.record is not None and not seen
    return Severity.INFO if unseen else None


def _is_told(reference: Reference, one: Difference) -> bool:
    """Tell whether the format shows the difference: a text seldom says which name is the family's."""
    return one.kind is not Kind.SWAPPED or reference.is_structured


def _told(one: Difference) -> str:
    listed, true = _spoken(one.listed), _spoken(one.true)
    match one.kind:
        case Kind.MISSING:
            return f"author {one.place + 1}, {true}, is missing"
        case Kind.EXTRA:
            return f"{listed} is no author of it"
        case Kind.MISSPELT:
            return f"{listed} is spelt {true}"
        case Kind.SWAPPED:
            return f"given and family name are exchanged in {one.listed!r}: it is {one.true!r}"
        case _:
            return f"author {one.place + 1} is {true}, not {listed}"


@rule(
    "name-form",
    Severity.INFO,
    Scope.WORK,
    why="Where a family name of two words is cut in two, the work is filed under the wrong letter.",
    example="author = {Lissak, Shir and … and Klomek, Anat Brunstein and …},",
)
def name_form(reference: Reference) -> Iterator[Flaw]:
    """A name is divided into given and family name otherwise than in the record."""
    if reference.is_listing:  # which writes names as they are spoken
        return
    for one in reference.differing("authors", Kind.FORM):
        message = f"{one.listed!r} is {one.true!r}, the family name before the comma"
        yield _flaw(reference, message, one.listed, one.true, safe=False)


@rule(
    "truncated-authors",
    Severity.WARNING,
    Scope.WORK,
    why="How many authors are printed is the style's affair; a file that leaves them out leaves it no choice.",
    example="author = {Ben-Zion, Ziv and Witte, Kristin and others},",
)
def truncated_authors(reference: Reference) -> Iterator[Flaw]:
    """The list of authors is cut short with "and others", "et al." or an ellipsis."""
    if reference.is_listing:  # whose shape is the first author and "et al."
        return
    for one in reference.differing("authors", Kind.CUT):
        whole = reference.record.authors
        many = len(whole) - len(reference.entry.record.authors)
        are = "is" if many == 1 else "are"
        flaw = _flaw(reference, f"{many} of the {len(whole)} authors {are} left out", one.listed, "", safe=False)
        yield flaw._replace(true=names_shown(whole, 99), severity=None if reference.is_structured else Severity.INFO)


@rule(
    "author-separator",
    Severity.ERROR,
    Scope.REFERENCE,
    why="BibTeX knows no other word between names than `and`: it takes such a list for one name of many commas.",
    example="author = {Chen, Yirong; Xing, Xiaofen; Lin, Jingkai},",
)
def author_separator(reference: Reference) -> Iterator[Flaw]:
    """Names in a BibTeX field have semicolons or commas between them instead of "and"."""
    if reference.format != "bibtex":
        return
    for name in ("author", "editor"):
        field = reference.field(name)
        mended = with_and(field.value) if field else ""
        if field and mended:
            sign = "semicolons" if ";" in field.value else "commas"
            message = f"the names have {sign} between them, not 'and'"
            edits = (SetField(reference.entry, name, mended),)
            yield Flaw(message, field, field.value, mended, edits=edits, safe=sign == "semicolons")


def _flaw(reference: Reference, message: str, found: str, true: str, safe: bool = True) -> Flaw:
    field = reference.field(*_FIELDS)
    edits: tuple[Edit, ...] = ()
    if field is not None and reference.format == "bibtex":
        edits = (SetField(reference.entry, field.name.lower(), exported(reference.record)["author"]),)
    return Flaw(message, field, found, true, rests_on=("authors",), edits=edits, safe=safe)


def _spoken(inverted: str) -> str:
    """Return a name in the order it is spoken."""
    try:
        return natural(parse_name(inverted))
    except ValueError:
        return inverted


def names_shown(names: Sequence[Name], most: int = 12) -> str:
    """Return names as they are told, the middle of a long list left out."""
    shown = [natural(name) for name in names]
    if len(shown) > most:
        shown = [*shown[: most - 2], f"… ({len(shown) - most + 1} more)", shown[-1]]
    return ", ".join(shown)

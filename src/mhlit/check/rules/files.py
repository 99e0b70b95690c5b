"""The file as a whole: works and keys that stand in it twice, and what its reader stumbled over."""

from collections import defaultdict
from collections.abc import Hashable, Iterator

from mhlit.check.finding import Severity
from mhlit.check.rule import RULES, Bibliography, Flaw, Reference, Rule, Scope, rule
from mhlit.likeness.titles import Likeness, likeness
from mhlit.text import fold, squash

# Of these types several entries may share a DOI or a title: parts, volumes, versions.
_SHARING = frozenset("book collection proceedings inbook incollection software dataset online set xdata".split())
_LONG = 20
"""A title of so many letters is seldom borne by two works of one author and year."""


@rule(
    "duplicate-work",
    Severity.WARNING,
    Scope.BIBLIOGRAPHY,
    why="A work under two keys stands twice in the list of references, with two numbers.",
    example="@misc{chen2023, … eprint = {2311.00273}} and @inproceedings{soulchat, title = {SoulChat: …}}",
)
def duplicate_work(bibliography: Bibliography) -> Iterator[tuple[Reference, Flaw]]:
    """A work stands in the file twice, under two keys."""
    first: dict[Hashable, Reference] = {}
    for reference in bibliography.references:
        marks = list(_marks(reference, bibliography))
        twin = next((first[mark] for mark in marks if mark in first and _is_twin(reference, first[mark])), None)
        if twin is not None:
            told = ", as your library tells" if reference.own or twin.own else ""
            said = f"the same work as {_where(twin)}{told}"
            yield reference, Flaw(said, None, reference.entry.key, twin.entry.key)
        for mark in marks:
            first.setdefault(mark, reference)


def _marks(reference: Reference, bibliography: Bibliography) -> Iterator[Hashable]:
    """Yield what two references of one work share."""
    if key := _known_as(reference):
        yield key
    if reference.work is not None:
        return
    if bibliography.format not in ("bibtex", "ris", "csl-json") or reference.entry.record.type in _SHARING:
        return
    for mention, field in reference.own_mentions():
        if mention.identifier.scheme == "doi" and field.name.lower() in ("doi", "do"):
            yield "doi", mention.identifier.value.lower()
    record = reference.entry.record
    if record.authors and record.issued and len(squash(record.title)) >= _LONG:
        yield "title", squash(record.title), fold(record.authors[0].family or record.authors[0].literal)


def _is_twin(one: Reference, other: Reference) -> bool:
    """Tell whether two references that share a mark are of one work, and under two keys."""
    ours, theirs = one.entry, other.entry
    if one.format != "ris" and ours.key and ours.key == theirs.key:  # that is a finding of another rule
        return False
    if one.work is not None and other.work is not None:
        return True
    if ours.record.type in _SHARING or theirs.record.type in _SHARING:
        return False
    if _known_as(one) and _known_as(one) == _known_as(other):
        return True
    same_year = ours.record.issued is None or theirs.record.issued is None
    same_year = same_year or ours.record.issued.year == theirs.record.issued.year  # type: ignore[union-attr]
    same_venue = squash(ours.record.container_title) == squash(theirs.record.container_title)
    return same_year and same_venue and likeness(ours.record.title, theirs.record.title) >= Likeness.WORDED


def _known_as(reference: Reference) -> str:
    """Return the key of the work it is, the catalog's or one of the reader's library; an empty string of none."""
    return reference.work.key if reference.work else reference.own


def _where(reference: Reference) -> str:
    line = f"line {reference.entry.place.line}" if reference.entry.place else "another"
    return f"{reference.entry.key} ({line})" if reference.entry.key else f"the one in {line}"


@rule(
    "duplicate-key",
    Severity.ERROR,
    Scope.BIBLIOGRAPHY,
    why="BibTeX stops at a key that stands twice, in whatever capitals, and leaves the second entry out.",
    example="@misc{Chen2023, …} and @misc{chen2023, …}",
)
def duplicate_key(bibliography: Bibliography) -> Iterator[tuple[Reference, Flaw]]:
    """Two entries have one key; BibTeX does not tell capitals from small letters."""
    first: dict[str, Reference] = defaultdict()
    for reference in bibliography.references:
        key = reference.entry.key
        if not key or bibliography.format not in ("bibtex", "csl-json"):
            continue
        folded = key.lower() if bibliography.format == "bibtex" else key
        twin = first.setdefault(folded, reference)
        if twin is not reference:
            place = twin.entry.place
            said = f"the key {key} stands already in line {place.line}" if place else f"the key {key} stands twice"
            if twin.entry.key != key:
                said += f", as {twin.entry.key}"
            yield reference, Flaw(said, None, key, "")


def _of_the_reader(id: str, severity: Severity, what: str, why: str, example: str) -> None:
    RULES[id] = Rule(id, severity, Scope.READING, what, why, example)


_of_the_reader(
    "syntax",
    Severity.ERROR,
    "The file breaks the rules of its format: an unclosed brace, a missing comma, a record without its end.",
    "BibTeX skips what it cannot read, or stops. Every such place is told, and the rest of the file is still checked.",
    "title = {SoulChat: Improving LLMs' Empathy, year = {2023}",
)
_of_the_reader(
    "duplicate-field",
    Severity.WARNING,
    "A field stands twice in one entry.",
    "BibTeX takes the first and says so in its log; biber takes the last.",
    "year = {2023}, year = {2024},",
)
_of_the_reader(
    "undefined-string",
    Severity.INFO,
    "A macro is used that the file does not define.",
    "BibTeX leaves the field empty, unless another file or the style defines the macro.",
    "month = june,",
)
_of_the_reader(
    "comment-in-entry",
    Severity.WARNING,
    "A comment sign stands inside an entry.",
    "BibTeX knows no comments there and skips the rest of the entry; biber goes on.",
    "% year = {2022},",
)
_of_the_reader(
    "commented-entry",
    Severity.INFO,
    "An entry is commented out with a percent sign.",
    "BibTeX reads it in spite of the sign; biber, and people, do not. @comment hides it from all.",
    "% @misc{old, title = {…}}",
)
_of_the_reader(
    "encoding",
    Severity.INFO,
    "The file is not in UTF-8.",
    "Programs guess the encoding, and accents come out wrong where they guess another.",
    "author = {Mitrovi\\xc4\\x87, Sandra}, in Latin-2",
)
_of_the_reader(
    "mojibake",
    Severity.WARNING,
    "Text is garbled: UTF-8 was read in another encoding and saved again.",
    "Dashes, quotation marks and accents show as two or three signs of nonsense. It is read here as it was meant.",
    "Tracking Life‚Äôs Ups and Downs ‚Äî Minghao Lv *et al.*",
)
_of_the_reader(
    "no-references",
    Severity.INFO,
    "No reference was found in the file.",
    "It may be of another format than its name says.",
    "A text without any reference.",
)
_of_the_reader(
    "unknown-key",
    Severity.ERROR,
    "A document cites a key that no bibliography has (with `--tex`); a warning where only capitals differ.",
    "It is printed as a question mark, or as the key itself.",
    r"\citep{chen2023soulchat}",
)
_of_the_reader(
    "unused-entry",
    Severity.INFO,
    "An entry is cited in none of the documents (with `--tex`).",
    "What is not cited is not printed; it may be a reference that was forgotten.",
    "@misc{never-cited, title = {…}}",
)

"""Check a text: read it, match its references to works, ask the rules, place what they find."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from mhlit.check import rules
from mhlit.check.finding import Finding, Fix, Severity
from mhlit.check.ignoring import Ignored, ignored_in
from mhlit.check.rule import RULES, Bibliography, Flaw, Reference, Rule, Scope
from mhlit.compare import cited_version, differences
from mhlit.formats.readers import Problem, Reading, reader
from mhlit.formats.readers.source import Lines, Source
from mhlit.identifiers import url_of
from mhlit.match import Shelf, match
from mhlit.model import Entry, Informant, Lookup, Place, SourceField, Status, Work
from mhlit.text import joined

assert rules  # noqa: S101  # imported for what it registers

Progress = Callable[[int, int], None]
"""Told how many of how many references are done."""
_EVERY = 100


class Choice(NamedTuple):
    """Which rules are asked, and what is told."""

    rules: frozenset[str]
    severity: Severity = Severity.INFO
    """The least severity that is told."""

    def shows(self, severity: Severity) -> bool:
        """Tell whether a finding of that severity is told."""
        order = (Severity.ERROR, Severity.WARNING, Severity.INFO)
        return order.index(severity) <= order.index(self.severity)


EVERYTHING = Choice(frozenset(RULES))


class Checked(NamedTuple):
    """A text that was checked."""

    path: str
    format: str
    source: Source
    references: tuple[tuple[Reference, tuple[Finding, ...]], ...]
    """Every reference in the order of the text, with what was found in it."""
    others: tuple[Finding, ...]
    """What was found in no reference, such as an error of syntax."""

    @property
    def findings(self) -> list[Finding]:
        """Return all findings in the order of the text."""
        every = [*self.others, *(finding for _, found in self.references for finding in found)]
        return sorted(every, key=_place)


def _place(finding: Finding) -> tuple[int, int]:
    return finding.line, finding.column


def check_text(
    path: str,
    format: str,
    source: Source,
    lookups: Sequence[Lookup],
    *,
    choice: Choice = EVERYTHING,
    progress: Progress | None = None,
    informant: Informant | None = None,
    own: Lookup | None = None,
) -> Checked:
    """Check the text of a file; `path` is what it is called in findings, `lookups` hold the catalog's works.

    An `informant` is asked about the references that these do not know; `own` holds the works of the reader's library,
    which tell no more than that two references are of one work.
    """
    reading = reader(format)(source.text)
    return check_reading(
        path, format, source, reading, lookups, choice=choice, progress=progress, informant=informant, own=own
    )


def check_reading(
    path: str,
    format: str,
    source: Source,
    reading: Reading,
    lookups: Sequence[Lookup],
    *,
    choice: Choice = EVERYTHING,
    progress: Progress | None = None,
    informant: Informant | None = None,
    own: Lookup | None = None,
) -> Checked:
    """Check what was read of a text."""
    text = source.text
    references = tuple(_referenced(reading.entries, format, lookups, progress, informant))
    if own:
        references = tuple(_known_to_the_reader(reference, own) for reference in references)
    bibliography = Bibliography(format, references, _problems(reading.problems, source, text))
    place = _Placer(path, text, choice, ignored_in(text, [one.entry for one in references]))
    found: list[list[Finding]] = [[] for _ in references]
    for position, reference in enumerate(references):
        found[position] += place.in_reference(reference, _asked(reference, choice))
    positions = {id(reference): position for position, reference in enumerate(references)}
    for rule in _of(choice, Scope.BIBLIOGRAPHY):
        for reference, flaw in rule.check(bibliography) if rule.check else ():
            found[positions[id(reference)]] += place.in_reference(reference, [(rule, flaw)])
    return Checked(
        path,
        format,
        source,
        tuple((one, tuple(sorted(findings, key=_place))) for one, findings in zip(references, found, strict=True)),
        tuple(place.in_file(bibliography.problems)),
    )


def _of(choice: Choice, scope: Scope) -> list[Rule]:
    return [rule for rule in RULES.values() if rule.scope is scope and rule.id in choice.rules]


def _problems(problems: Iterable[Problem], source: Source, text: str) -> tuple[Problem, ...]:
    if not source.problem:
        return tuple(problems)
    place = Lines(text).place(source.offset, source.offset)
    return (Problem(source.problem, place, "encoding"), *problems)


def _referenced(
    entries: Sequence[Entry],
    format: str,
    lookups: Sequence[Lookup],
    progress: Progress | None,
    informant: Informant | None,
) -> Iterator[Reference]:
    for position, entry in enumerate(entries):
        if progress and (informant or position % _EVERY == 0):
            progress(position, len(entries))
        yield reference_of(entry, format, lookups, informant)
    if progress:
        progress(len(entries), len(entries))


def _known_to_the_reader(reference: Reference, own: Lookup) -> Reference:
    """Return a reference whose work is not known with the work of the reader's that it is."""
    held = match(reference.entry, [own]).work if reference.work is None else None
    return reference._replace(own=held.key) if held else reference


def reference_of(entry: Entry, format: str, lookups: Sequence[Lookup], informant: Informant | None = None) -> Reference:
    """Match an entry, and compare it with the record of the version it cites."""
    found = match(entry, lookups)
    inquiry = None
    if informant and found.work is None and not found.strays:
        inquiry = informant.about(entry)
        told = match(entry, [Shelf(one.work for one in inquiry.testimonies)])
        found = told if told.work or told.strays or told.why_not else found
    if found.work is None:
        return Reference(format, entry, found, inquiry=inquiry)
    version = cited_version(entry.record, found.work, found.versions)
    differing = tuple(differences(entry.record, entry.omitted, found.work, version))
    return Reference(format, entry, found, version, differing, inquiry)


def _asked(reference: Reference, choice: Choice) -> Iterator[tuple[Rule, Flaw]]:
    scopes = (Scope.WORK, Scope.REFERENCE) if reference.work else (Scope.REFERENCE,)
    for scope in scopes:
        for rule in _of(choice, scope):
            if rule.check:
                yield from ((rule, flaw) for flaw in rule.check(reference))


class _Placer:
    """Makes findings of flaws: says where they stand, how grave they are, what they rest on."""

    def __init__(self, path: str, text: str, choice: Choice, ignored: Ignored) -> None:
        self._path = path
        self._text = text
        self._choice = choice
        self._ignored = ignored
        self._lines: Lines | None = None

    def in_reference(self, reference: Reference, flaws: Iterable[tuple[Rule, Flaw]]) -> Iterator[Finding]:
        """Yield the findings of a reference that are told."""
        for rule, flaw in flaws:
            if self._ignored.in_entry(reference.entry, rule.id):
                continue
            finding = self._finding(reference, rule, flaw)
            if self._choice.shows(finding.severity):
                yield finding

    def in_file(self, problems: Iterable[Problem]) -> Iterator[Finding]:
        """Yield the findings of the reader that are told."""
        for problem in problems:
            rule = RULES[problem.rule]
            told = rule.id in self._choice.rules and self._choice.shows(rule.severity)
            if told and not self._ignored.at(problem.place.start, rule.id):
                line, column = problem.place.line, problem.place.column
                yield Finding(rule.id, rule.severity, self._path, line, column, "", "", problem.message)

    def _finding(self, reference: Reference, rule: Rule, flaw: Flaw) -> Finding:
        severity = flaw.severity or rule.severity
        doubted = bool(flaw.rests_on) and not reference.is_confirmed(*flaw.rests_on)
        rests_on_work = rule.scope is Scope.WORK or bool(flaw.rests_on)
        if doubted:
            severity = Severity.INFO
        place = self._place(reference.entry, flaw.at)
        fix = None
        if flaw.edits and not doubted and reference.format == "bibtex":
            # What sources tell is mended only where a person looks at it after: docs/decisions/0042.
            sure = not rests_on_work or (reference.match.is_sure and reference.testimony is None)
            fix = Fix(flaw.safe and sure and severity is not Severity.INFO, flaw.edits)
        return Finding(
            rule.id,
            severity,
            self._path,
            place.line,
            place.column,
            reference.entry.key,
            reference.work.key if reference.work else "",
            flaw.message,
            flaw.found,
            flaw.true,
            _how_known(reference, flaw.rests_on) if rests_on_work else _who_told_stray(reference, rule),
            fix,
        )

    def _place(self, entry: Entry, at: Place | SourceField | None) -> Place:
        if isinstance(at, Place):
            return at
        if at is None:
            return entry.place or Place(1, 1, 0, 0)
        if self._lines is None:
            self._lines = Lines(self._text)
        return self._lines.place(at.name_start, at.end)


def _how_known(reference: Reference, fields: Sequence[str]) -> str:
    if reference.testimony:
        return _said(reference.tellers(*fields), reference.testimony.work)
    return how_known(reference.work) if reference.work else ""


def _who_told_stray(reference: Reference, rule: Rule) -> str:
    """Return who told whose an identifier is, where that is another work than the entry's."""
    if rule.id != "identifier-conflict" or not reference.inquiry:
        return ""
    strays = {id(stray.work) for stray in reference.match.strays}
    told = [one for one in reference.inquiry.testimonies if id(one.work) in strays]
    return _said(told[0].work.provenance.confirmed_by, told[0].work) if told else ""


def _said(names: Sequence[str], work: Work) -> str:
    who = f"{names[0]} alone has" if len(names) == 1 else f"{joined(names)} have"
    address = address_of(work)
    return f"{who} it so, {address}" if address else f"{who} it so"


def how_known(work: Work) -> str:
    """Return how far a record is verified, by what and when, and where it can be seen, in one line."""
    provenance = work.provenance
    match provenance.status:
        case Status.VERIFIED:
            said = f"verified {provenance.checked} ({', '.join(provenance.confirmed_by)})"
        case Status.PARTIAL:
            said = f"partly verified, in doubt: {', '.join(provenance.unconfirmed)}"
        case _:
            said = "as listed, not verified"
    address = address_of(work)
    return f"{said}, {address}" if address else said


def address_of(work: Work) -> str:
    """Return the address of a work: of the published version where there is one."""
    record = work.preferred
    named = (url_of(identifier) for identifier in record.identifiers)
    return record.url or next((address for address in named if address), record.pdf)

"""Mend a bibliography: of the fixes of its findings, make those that agree with one another and touch nothing else."""

from collections.abc import Callable, Iterable, Sequence
from difflib import unified_diff
from typing import NamedTuple

from mhlit.check.edits import Context, Refused, edited
from mhlit.check.finding import AddField, Edit, Finding, RemoveField, RenameKey, SetField, SetType, Severity
from mhlit.check.manner import writes_ascii
from mhlit.formats.latex_reading import decode
from mhlit.formats.readers.bibtex import read
from mhlit.formats.readers.source import Source
from mhlit.model import Entry
from mhlit.text import fold, printable

_ROUNDS = 5
"""So often is a file checked again for fixes that others stood in the way of."""
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_IN_DOUBT = "another fix of equal weight would have this otherwise"
_IN_THE_WAY = "a fix that matters more changes the same"


class Left(NamedTuple):
    """A finding whose fix was not made, and why."""

    finding: Finding
    why: str


class Mended(NamedTuple):
    """A text after mending."""

    text: str
    made: tuple[Finding, ...] = ()
    left: tuple[Left, ...] = ()


def settle(source: Source, check: Callable[[str], Iterable[Finding]], *, unsafe: bool = False) -> Mended:
    """Mend, check again and mend what is left, until nothing changes any more.

    `check` returns the findings of a text. A text that was there before is not gone back to.
    """
    seen = {source.text}
    made: list[Finding] = []
    now = Mended(source.text)
    for _ in range(_ROUNDS):
        mended = mend(source._replace(text=now.text), tuple(check(now.text)), unsafe=unsafe)
        if mended.text in seen:
            return Mended(now.text, tuple(made), mended.left)
        seen.add(mended.text)
        made += mended.made
        now = mended
    return Mended(now.text, tuple(made), now.left)


def mend(source: Source, findings: Sequence[Finding], *, unsafe: bool = False) -> Mended:
    """Make the safe fixes of the findings of one .bib file, with `unsafe` all of them.

    A fix is made whole or not at all. Of fixes that contradict each other the one that matters more is made: what
    corrects before what is about form, errors before warnings; of equal ones neither. Raises nothing on hostile text.
    """
    chosen, left = _choose(findings, unsafe)
    if not chosen:
        return Mended(source.text, (), tuple(left))
    entries = read(source.text).entries
    context = Context(source.text, entries, source.encoding, writes_ascii(source.text, entries))
    starts = {entry.place.start: entry for entry in entries if entry.place}
    pieces, position, made = [], 0, []
    for start, fixes in sorted(_by_entry(chosen).items()):
        entry = starts.get(start)
        if entry is None or entry.place is None:
            left += [Left(finding, "the entry is not where it was read") for finding in fixes]
            continue
        new, done, undone = _mended_entry(entry, fixes, context)
        left += undone
        made += done
        pieces += [source.text[position:start], new]
        position = entry.place.end
    text = "".join([*pieces, source.text[position:]])
    order = {id(finding): place for place, finding in enumerate(findings)}
    return Mended(text, tuple(sorted(made, key=lambda finding: order[id(finding)])), tuple(left))


def _mended_entry(entry: Entry, fixes: Sequence[Finding], context: Context) -> tuple[str, list[Finding], list[Left]]:
    """Return the text of an entry with the fixes made that can be: all together, else as many as go one by one."""
    place = entry.place
    text = context.text[place.start : place.end] if place else ""
    try:
        return edited(entry, _joined(fixes), context), list(fixes), []
    except Refused as refusal:
        if len(fixes) == 1:
            return text, [], [Left(fixes[0], str(refusal))]
    done: list[Finding] = []
    undone: list[Left] = []
    for finding in fixes:
        try:
            text = edited(entry, _joined([*done, finding]), context)
            done.append(finding)
        except Refused as refusal:
            undone.append(Left(finding, str(refusal)))
    return text, done, undone


def _by_entry(findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    grouped: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.fix and (place := finding.fix.edits[0].entry.place):
            grouped.setdefault(place.start, []).append(finding)
    return grouped


def _joined(findings: Iterable[Finding]) -> list[Edit]:
    """Return the edits of findings of one entry, each once."""
    found = {_target(edit): edit for finding in findings if finding.fix for edit in finding.fix.edits}
    return list(found.values())


def _choose(findings: Iterable[Finding], unsafe: bool) -> tuple[list[Finding], list[Left]]:
    """Return the findings whose fixes are to be made, and those left because fixes contradict them."""
    wanted = [one for one in findings if one.fix and one.fix.edits and (one.fix.safe or unsafe)]
    left = [Left(one, "it would change several entries") for one in wanted if not _is_of_one_entry(one)]
    wanted = sorted((one for one in wanted if _is_of_one_entry(one)), key=_weight)
    taken: dict[tuple[int, str, str], tuple[str | None, Finding]] = {}
    chosen: list[Finding] = []
    doubted: set[int] = set()
    for finding in wanted:
        targets = {(_start(edit), *_target(edit)): _outcome(edit) for edit in finding.fix.edits} if finding.fix else {}
        rivals = [taken[one][1] for one, outcome in targets.items() if one in taken and taken[one][0] != outcome]
        # Rivals about form alone are of one mind on what is true: the first is made, the next when it still applies.
        equal = [one for one in rivals if _weight(one) == _weight(finding) and not _is_form(finding)]
        doubted |= {id(one) for one in equal}
        if rivals:
            left.append(Left(finding, _IN_DOUBT if equal else _IN_THE_WAY))
            continue
        chosen.append(finding)
        taken |= {one: (outcome, finding) for one, outcome in targets.items() if one not in taken}
    left += [Left(one, _IN_DOUBT) for one in chosen if id(one) in doubted]
    return [one for one in chosen if id(one) not in doubted], left


def _is_of_one_entry(finding: Finding) -> bool:
    return finding.fix is not None and len({_start(edit) for edit in finding.fix.edits}) == 1


def _start(edit: Edit) -> int:
    return edit.entry.place.start if edit.entry.place else -1


def _weight(finding: Finding) -> tuple[bool, int]:
    return _is_form(finding), _WEIGHT[finding.severity]


def _is_form(finding: Finding) -> bool:
    """Tell whether a fix changes only how things are written: what it sets reads as before."""
    return finding.fix is not None and all(_keeps_words(edit) for edit in finding.fix.edits)


def _keeps_words(edit: Edit) -> bool:
    if not isinstance(edit, SetField):
        return False
    old = next((field.value for field in edit.entry.fields if field.name.lower() == edit.field.lower()), "")
    return fold(decode(old)) == fold(decode(edit.value))


def _target(edit: Edit) -> tuple[str, str]:
    """Return what an edit changes."""
    match edit:
        case SetType():
            return ("type", "")
        case RenameKey():
            return ("key", "")
        case SetField() | AddField() | RemoveField():
            return ("field", edit.field.lower())


def _outcome(edit: Edit) -> str | None:
    """Return what an edit makes of what it changes; None where it takes it away."""
    match edit:
        case SetType():
            return edit.type
        case RenameKey():
            return edit.key
        case SetField() | AddField():
            return edit.value
        case RemoveField():
            return None


def diff(path: str, before: str, after: str) -> str:
    """Return the change of a file as a unified diff, which `patch -p0` applies; empty where there is none.

    Lines are as in the file, with control characters if it has them: who shows them on a screen makes them printable.
    """
    name = printable(path)
    lines = unified_diff(_lines(before), _lines(after), name, name)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    """Cut a text at line feeds alone, as `patch` does."""
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])

"""Findings as text, JSON, GitHub's workflow commands and SARIF; knows no screen.

Sources: GitHub, *Workflow commands for GitHub Actions*; OASIS, *Static Analysis Results Interchange Format 2.1.0*.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple
from urllib.parse import quote

from mhlit.check.checking import Checked
from mhlit.check.files import LIBRARY
from mhlit.check.finding import Finding, Severity
from mhlit.check.rule import RULES, Reference
from mhlit.model import Inquiry
from mhlit.text import printable

SCHEMA = 1
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


class Line(NamedTuple):
    """A line of the report: of a finding, or of how the record before it is known."""

    where: str
    severity: str
    rule: str
    said: str

    @property
    def text(self) -> str:
        """Return the line as it is written to a pipe."""
        if not self.rule:
            return printable(f"    {self.said}")
        return printable(f"{self.where}: {self.severity} {self.rule}: {self.said}")


def text(checked: Sequence[Checked]) -> str:
    """Return a line a finding, and after the findings of a work a line that says how its record is known."""
    return "".join(f"{line.text}\n" for line in lines(checked))


def lines(checked: Iterable[Checked]) -> Iterator[Line]:
    """Yield the lines of the report, the findings of a reference together, in the order of the file."""
    for one in checked:
        groups = [[finding] for finding in one.others] + [list(found) for _, found in one.references]
        for group in sorted(filter(None, groups), key=lambda group: _place(group[0])):
            for finding in group:
                yield Line(_where(finding), finding.severity.value, finding.rule, finding.message)
            for known in dict.fromkeys(f"{one.work}: {one.how_known}" for one in group if one.how_known):
                yield Line("", "", "", known.removeprefix(": "))


def _where(finding: Finding) -> str:
    """Return where a finding stands: in the reader's library, that of the work."""
    if finding.path == LIBRARY and finding.key:
        return f"{LIBRARY}:{finding.key}"
    return f"{finding.path}:{finding.line}:{finding.column}"


def _place(finding: Finding) -> tuple[int, int]:
    return finding.line, finding.column


def as_json(checked: Sequence[Checked]) -> str:
    """Return every reference that was read with the work it is and its findings, and the findings of no reference."""
    members = {
        "schema": SCHEMA,
        "summary": summary(checked),
        "references": [_reference(one, reference, found) for one in checked for reference, found in one.references],
        "findings": [_finding(finding) for one in checked for finding in one.others],
    }
    return json.dumps(members, ensure_ascii=False, indent=2) + "\n"


def summary(checked: Sequence[Checked]) -> dict[str, int]:
    """Count files, references, matched works, and findings by severity and by whether they can be mended."""
    references = [reference for one in checked for reference, _ in one.references]
    findings = [finding for one in checked for finding in one.findings]
    return {
        "files": len(checked),
        "references": len(references),
        "matched": sum(reference.work is not None and reference.testimony is None for reference in references),
        "told": sum(reference.testimony is not None for reference in references),
        **{f"{level}s": sum(one.severity == level for one in findings) for level in ("error", "warning")},
        "info": sum(one.severity is Severity.INFO for one in findings),
        "fixable": sum(one.fix is not None and one.fix.safe for one in findings),
        "fixable_unsafely": sum(one.fix is not None and not one.fix.safe for one in findings),
    }


def _reference(checked: Checked, reference: Reference, findings: Iterable[Finding]) -> dict[str, Any]:
    entry, match = reference.entry, reference.match
    return {
        "path": checked.path,
        "line": entry.place.line if entry.place else 1,
        "column": entry.place.column if entry.place else 1,
        "key": entry.key or None,
        "title": entry.record.title or None,
        "work": match.work.key if match.work else None,
        "version": reference.version.value if match.work else None,
        "asked": asked(reference.inquiry) if reference.inquiry else [],
        "unanswered": list(reference.inquiry.failed) if reference.inquiry else [],
        "why": list(match.reasons) if match.work else ([match.why_not] if match.why_not else []),
        "findings": [_finding(finding) for finding in findings],
    }


def asked(inquiry: Inquiry) -> list[str]:
    """Return who was asked and answered, each once."""
    return list(dict.fromkeys((*inquiry.by_identifier, *inquiry.by_title)))


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "key": finding.key or None,
        "work": finding.work or None,
        "message": finding.message,
        "found": finding.found or None,
        "true": finding.true or None,
        "how_known": finding.how_known or None,
        "fix": None if finding.fix is None else "safe" if finding.fix.safe else "unsafe",
    }


def github(checked: Sequence[Checked]) -> str:
    """Return a workflow command a finding, which GitHub shows beside the line."""
    return "".join(f"{_command(finding)}\n" for one in checked for finding in one.findings)


def _command(finding: Finding) -> str:
    members = {"file": finding.path, "line": finding.line, "col": finding.column, "title": f"mhlit {finding.rule}"}
    said = ",".join(f"{name}={_property(str(value))}" for name, value in members.items())
    return f"::{_COMMANDS[finding.severity]} {said}::{_data(printable(finding.message))}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def sarif(checked: Sequence[Checked]) -> str:
    """Return a SARIF 2.1.0 log, for code scanning and editors."""
    from mhlit import __version__

    findings = [finding for one in checked for finding in one.findings]
    ids = list(dict.fromkeys(finding.rule for finding in findings))
    driver = {"name": "mhlit", "version": __version__, "rules": [_descriptor(id) for id in ids]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, ids.index(finding.rule)) for finding in findings],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _descriptor(id: str) -> dict[str, Any]:
    rule = RULES[id]
    return {
        "id": id,
        "shortDescription": {"text": rule.what},
        "fullDescription": {"text": rule.why},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(finding: Finding, index: int) -> dict[str, Any]:
    location = {
        "artifactLocation": {"uri": quote(PurePath(finding.path).as_posix())},
        "region": {"startLine": finding.line, "startColumn": finding.column},
    }
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": printable(finding.message)},
        "locations": [{"physicalLocation": location}],
    }


FORMATS = {"text": text, "json": as_json, "github": github, "sarif": sarif}

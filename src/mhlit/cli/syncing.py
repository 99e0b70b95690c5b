"""What `catalog sync` does with its list: read it, match and check every line, tell what is known, new and gone."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from mhlit.catalog.source import Catalog
from mhlit.catalog.sync import Given, Known, New, Report, sync
from mhlit.check.checking import check_reading
from mhlit.check.files import STDIN, read_source
from mhlit.check.finding import Severity
from mhlit.errors import MhlitError
from mhlit.formats.readers import Reading
from mhlit.formats.readers.awesome import repair
from mhlit.formats.readers.outline import read_outline
from mhlit.match import Shelf
from mhlit.text import printable

_OK = 200
_GITHUB = re.compile(
    r"https://github\.com/(?P<owner>[\w.-]+)/(?P<name>[\w.-]+?)(?:\.git)?/?(?:(?:blob|raw)/(?P<rest>[^?#]+))?(?:[?#].*)?"
)
_LINE_END = re.compile(r"\r\n?")


def synced(name: str, data: bytes | None, catalog: Catalog, asked: str, today: date) -> Report:
    """Return what a list, a file or `data` from standard input or an address, and the catalog have in common.

    Raises MhlitError for a file that cannot be read.
    """
    shown = "<stdin>" if name == STDIN else name
    source = read_source(shown, data)
    source = source._replace(text=_LINE_END.sub("\n", repair(source.text)[0]))
    outline = read_outline(source.text)
    if not outline.lines:
        raise MhlitError(f"{shown}: no listing was found in it", "sync reads Markdown lists of papers")
    entries = tuple(line.entry for line in outline.lines if line.entry)
    shelf = Shelf(catalog.works)
    checked = iter(check_reading(shown, "markdown", source, Reading(entries, ()), [shelf]).references)
    given = []
    for line in outline.lines:
        if line.entry is None:
            given.append(Given(line))
            continue
        reference, findings = next(checked)
        wrong = tuple(one for one in findings if one.severity is not Severity.INFO)
        placeholders = frozenset(one.found for one in findings if one.rule == "placeholder-url")
        given.append(Given(line, reference.match, wrong, placeholders))
    stem = shown.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    return sync(outline, given, catalog, asked=asked, stem=stem, today=today)


def fetched(address: str, offline: bool, refresh: bool) -> bytes:
    """Return the text of a list on the web: of a repository on GitHub, that of its README.

    Raises MhlitError where it cannot be had, or is no text.
    """
    from mhlit.cli.asking import asking
    from mhlit.sources.source import Unreadable

    with asking(offline, refresh) as client:
        try:
            response = client.text(raw_address(address))
        except Unreadable as error:
            raise MhlitError(f"{address}: {error}", "name the address of the Markdown itself") from None
        except MhlitError as error:
            raise MhlitError(f"{address}: {error.message}") from None
    if response.status != _OK:
        raise MhlitError(f"{address}: there is nothing ({response.status})")
    return response.body


def raw_address(address: str) -> str:
    """Return where the text itself is of a list on GitHub; any other address as it is."""
    found = _GITHUB.fullmatch(address)
    if found is None:
        return address
    rest = found["rest"] or "HEAD/README.md"
    return f"https://raw.githubusercontent.com/{found['owner']}/{found['name']}/{rest}"


def report_lines(shown: str, report: Report) -> Iterator[str]:
    """Yield what was found, a line each: known lines with what they have wrong, new ones, unread ones, and gone."""
    told: list[tuple[int, list[str]]] = []
    for known in report.known:
        number = known.given.line.number
        unlisted = "" if known.listing else ", not among its listings"
        wrong = [f"{shown}:{number}: wrong {known.key}: {finding.message}" for finding in known.given.wrong]
        told.append((number, [f"{shown}:{number}: known {known.key}{unlisted}", *wrong]))
    told += [(new.given.line.number, [_new_line(shown, new)]) for new in report.new]
    told += [(one.line.number, [f"{shown}:{one.line.number}: unread: {one.line.text}"]) for one in report.unread]
    for _, lines in sorted(told, key=lambda one: one[0]):
        yield from map(printable, lines)
    for gone in report.gone:
        yield printable(f"{shown}: gone {gone.key}: {gone.listing.id}, {gone.listing.as_listed}")


def _new_line(shown: str, new: New) -> str:
    title = new.given.line.entry.record.title if new.given.line.entry else new.given.line.text
    said = f"new {new.key}: {title}" if new.key else f"new, not drafted: {title}: {new.doubt}"
    return f"{shown}:{new.given.line.number}: {said}"


def summary(report: Report) -> str:
    """Return the counts in one line."""
    wrong = sum(bool(one.given.wrong) for one in report.known)
    added = sum(one.listing is None for one in report.known)
    parts = [f"{len(report.known)} known, {len(report.new)} new, {len(report.gone)} gone"]
    parts += [f"{wrong} listed wrongly"] if wrong else []
    parts += [f"{added} not among the listings"] if added else []
    parts += [f"{len(report.unread)} unread"] if report.unread else []
    return f"{report.list}: {'; '.join(parts)}"


def as_json(report: Report) -> dict[str, Any]:
    """Return the report as plain data."""
    return {
        "list": report.list,
        "known": [_known(one) for one in report.known],
        "new": [_new(one) for one in report.new],
        "gone": [
            {"key": one.key, "id": one.listing.id, "section": one.listing.section, "as_listed": one.listing.as_listed}
            for one in report.gone
        ],
        "unread": [_line(one) for one in report.unread],
        "sections": [{"name": term.name, "title": term.title} for term in report.sections],
    }


def _line(given: Given) -> dict[str, Any]:
    return {"line": given.line.number, "headings": list(given.line.headings), "text": given.line.text}


def _known(one: Known) -> dict[str, Any]:
    wrong = [
        {
            "rule": found.rule,
            "severity": found.severity,
            "message": found.message,
            "found": found.found,
            "true": found.true,
        }
        for found in one.given.wrong
    ]
    told = {"key": one.key, **_line(one.given), "wrong": wrong}
    return {**told, "id": one.listing.id} if one.listing else {**told, "added": one.added}


def _new(one: New) -> dict[str, Any]:
    document = _plain(one.document) if one.document else None
    return {"key": one.key, **_line(one.given), "draft": document, "doubt": one.doubt}


def _plain(value: Any) -> Any:
    """Return a document with its date as text."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def has_findings(report: Report, *, written: bool) -> bool:
    """Tell whether there is anything left for a keeper to do."""
    undone = any(not one.key for one in report.new) or bool(report.gone or report.unread)
    wrong = any(one.given.wrong for one in report.known)
    return undone or wrong or (not written and bool(report.new or any(not one.listing for one in report.known)))

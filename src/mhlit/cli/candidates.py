"""Look for works by the words of a title, and add what the reader chooses of them."""

import re
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import typer

from mhlit.cli.adding import add_named
from mhlit.cli.asking import asking
from mhlit.cli.session import give, say
from mhlit.errors import MhlitError, NothingFound, UsageError
from mhlit.identifiers import url_of
from mhlit.model import Item, Record
from mhlit.names import short_authors
from mhlit.sources.asking import titled
from mhlit.sources.joining import groups, same_work
from mhlit.sources.registry import SEARCHED
from mhlit.sources.source import Found
from mhlit.store.index import venue_of
from mhlit.text import printable, words

_MOST = 12
_SCHEMES = ("doi", "acl", "arxiv", "pmid", "openreview", "dblp")
"""What a candidate is asked for by, the best first."""
_PREFIXED = ("pmid", "dblp")
_ENOUGH = 0.5
"""The least share of the words sought that a title must have."""


class Candidate(NamedTuple):
    """A work that may be meant."""

    named: str
    """Its identifier, as `add` takes it."""
    record: Record


def add_one_of(title: str, item: Item, *, yes: bool, dry_run: bool, offline: bool, refresh: bool) -> None:
    """Show what the words find, let the reader choose on a terminal, and add that.

    Raises NothingFound where they find nothing; UsageError, after giving it out, where nobody can be asked.
    """
    from mhlit.cli.add import told_apart

    if not words(title):
        raise UsageError("--search wants words of a title")
    with asking(offline, refresh) as client:
        told = titled(client, printable(title), SEARCHED)
    if not told.answered:
        raise MhlitError(f"nobody could be asked: {told.failures[0].reason}")
    for failure in told.failures:
        say(f"without {failure.source}: {failure.reason}")
    found = candidates(told.found, title)
    if not found:
        raise NothingFound(f"no title with these words is known to {', '.join(told.answered)}")
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        give("".join("\t".join(_cells(one)) + "\n" for one in found))
        raise UsageError("nothing was added, since nobody could be asked", f"mhlit add {found[0].named}")
    works, wanted = told_apart([one.named for one in _chosen(found)])
    add_named(works, wanted, item, yes=yes, dry_run=dry_run, offline=offline, refresh=refresh)


def candidates(found: Sequence[Found], title: str) -> list[Candidate]:
    """Return the works that may be meant, the likest first; of two versions the published one."""
    sought = set(words(title))
    kept: list[Candidate] = []
    ranked = sorted((group.best for group in groups(found)), key=lambda one: (-_share(sought, one), one.server != ""))
    for record in ranked:
        named = _named(record)
        if named and _share(sought, record) >= _ENOUGH and not any(same_work(one.record, record) for one in kept):
            kept.append(Candidate(named, record))
    return kept[:_MOST]


def _share(sought: set[str], record: Record) -> float:
    return round(len(sought & set(words(record.title))) / len(sought), 2)


def _named(record: Record) -> str:
    for scheme in _SCHEMES:
        value = record.identifier(scheme)
        if value:
            own = next(one for one in record.identifiers if one.scheme == scheme)
            return url_of(own) if scheme == "openreview" else f"{scheme}:{value}" if scheme in _PREFIXED else value
    return ""


def _cells(one: Candidate) -> Iterator[str]:
    record = one.record
    year = str(record.issued.year) if record.issued else ""
    yield from map(printable, (one.named, record.title, short_authors(record.authors), venue_of(record), year))


def _chosen(found: Sequence[Candidate]) -> list[Candidate]:
    """Let the reader choose by numbers. Raises Abort where none is wanted."""
    for number, one in enumerate(found, 1):
        named, title, *rest = _cells(one)
        say(f"{number:2}  {title}")
        say(f"    {', '.join(filter(None, (*rest, named)))}")
    while True:
        answer = typer.prompt("Add which? Numbers, or return for none", default="", show_default=False, err=True)
        numbers = [int(one) for one in re.findall(r"\d{1,3}", answer)]
        if not answer.strip():
            raise typer.Abort
        if numbers and all(1 <= one <= len(found) for one in numbers):
            return [found[one - 1] for one in dict.fromkeys(numbers)]
        say(f"a number from 1 to {len(found)}, or several")

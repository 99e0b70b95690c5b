"""Add works by identifier or address: what the catalog and the library do not know is asked of the world."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import typer

from mhlit.cli.asking import asking
from mhlit.cli.output import count
from mhlit.cli.session import say
from mhlit.errors import MhlitError, UsageError
from mhlit.identifiers import lookup_forms, lookup_url, make_identifier, recognise
from mhlit.library.adding import Added, Adder
from mhlit.library.entries import cleaned
from mhlit.library.keys import clean_key, made_key
from mhlit.model import Identifier, Item, Record, Work
from mhlit.names import short_authors
from mhlit.sources import pages
from mhlit.sources.asking import Failure, Told
from mhlit.sources.gathering import Gathered, gather, gather_from
from mhlit.sources.provenance import provenance, title_of
from mhlit.sources.source import Unreadable
from mhlit.store.index import venue_of

if TYPE_CHECKING:
    from mhlit.sources.client import Client
    from mhlit.sources.joining import Joined

_ADDRESS = ("http://", "https://")
_NOT_ASKED_FOR = ("issn", "hal")


class Wanted(NamedTuple):
    """What a reader names: an identifier, or the address of a page."""

    text: str
    identifier: Identifier | None

    @property
    def forms(self) -> tuple[str, ...]:
        """Return what it is looked up by."""
        named = lookup_forms(self.identifier) if self.identifier else ()
        return (*named, lookup_url(self.text)) if self.text.startswith(_ADDRESS) else named


class Fetched(NamedTuple):
    """What became of asking for one."""

    wanted: Wanted
    work: Work | None = None
    doubts: tuple[str, ...] = ()
    unheard: tuple[Failure, ...] = ()
    """Sources that could not be asked."""
    answered: tuple[str, ...] = ()
    """Sources that were asked, whether they knew it or not."""


def wanted_of(text: str) -> Wanted:
    """Return what a word asks the world for. Raises UsageError where it is neither an identifier nor an address."""
    found = recognise(text)
    for scheme, sizes in (("pmid", range(6, 10)), ("isbn", (10, 13))):
        if found is None and text.rstrip("Xx").isdecimal() and len(text) in sizes:
            try:
                found = make_identifier(scheme, text)
            except ValueError as error:
                raise UsageError(f"{text}: {error}") from None
    if found and found.scheme not in _NOT_ASKED_FOR:
        return Wanted(text, found)
    if text.startswith(_ADDRESS):
        return Wanted(text, None)
    raise UsageError(f"{text!r} names no paper that could be asked for", "a DOI, an arXiv id, a PMID, an address …")


def fetch(client: Client, wanted: Wanted, item: Item) -> Fetched:
    """Ask for one work: for its identifier, and where nobody knows that, for the page that is named."""
    told = Told()
    if wanted.identifier:
        gathered = gather(client, wanted.identifier)
        if gathered.work or not wanted.text.startswith(_ADDRESS):
            return _fetched(wanted, gathered, item)
        told = gathered.told
    try:
        page = client.page(wanted.text)
        if page.status != 200:
            return Fetched(wanted, unheard=told.failures, answered=(*told.answered, "its own server"))
        found = pages.read_page(page.body, wanted.text)
    except (MhlitError, Unreadable) as error:
        failure = Failure("the page", str(error), getattr(error, "absent", False))
        return Fetched(wanted, unheard=(*told.failures, failure), answered=told.answered)
    return _fetched(wanted, gather_from(client, found), item)


def _fetched(wanted: Wanted, gathered: Gathered, item: Item) -> Fetched:
    told = gathered.told
    work = work_of(gathered.work, item) if gathered.work else None
    doubts = gathered.work.doubts if gathered.work else ()
    return Fetched(wanted, work, doubts, told.failures, told.answered)


def work_of(joined: Joined, item: Item) -> Work:
    """Return a work of the reader's own, under the Anthology's key where it has one, else one of the same scheme."""
    record = cleaned(joined.record) if joined.record else None
    preprint = cleaned(joined.preprint) if joined.preprint else None
    main = record or preprint
    if main is None:
        raise AssertionError("what was joined has a version")
    key = clean_key(main.anthology_key) or made_key(main)
    return Work(key, record, preprint, provenance(joined, date.today()), item=item)


def described(work: Work) -> str:
    """Return a work in one line: people, title, where and when, the other version, and who told of it."""
    main = work.preferred
    where = " ".join(filter(None, (venue_of(main), str(main.issued.year) if main.issued else "")))
    also = f"preprint {_named(work.preprint)}" if work.record and work.preprint else ""
    told = f"from {', '.join(map(title_of, work.provenance.confirmed_by))}"
    inside = "; ".join(filter(None, (where, also, told)))
    return f"{short_authors(main.authors)}: {main.title} ({inside})".removeprefix(": ")


def _named(record: Record) -> str:
    return next((f"{one.scheme}:{one.value}" for one in record.identifiers), record.server)


def add_named(
    works: Sequence[Work],
    wanted: Sequence[Wanted],
    item: Item,
    *,
    yes: bool,
    dry_run: bool,
    offline: bool,
    refresh: bool,
) -> None:
    """Add works of the catalog, and what is asked of the world; what is in the library already is not asked for."""
    there, missing = _in_library(wanted)
    with asking(offline, refresh) as client:
        fetched, stop = _fetch_all(client, missing, item)
    new = [one for one in fetched if one.work]
    code = report(fetched, len(missing) - len(fetched))
    if new and not yes and not dry_run and sys.stdin.isatty() and sys.stderr.isatty():
        _ask(new)
    if works or there or new:
        _store(works, there, new, item, dry_run)
    if stop is _INTERRUPTED or code:
        raise typer.Exit(130 if stop is _INTERRUPTED else code)


def _in_library(wanted: Sequence[Wanted]) -> tuple[list[str], list[Wanted]]:
    """Return the keys of what the library has already, and what it has not, each once."""
    from mhlit.cli import own
    from mhlit.library.holding import with_form
    from mhlit.paths import library_file

    missing = list({one.forms: one for one in reversed(wanted)}.values())[::-1]
    if not library_file().exists():
        return [], missing
    there: list[str] = []
    left: list[Wanted] = []
    with own.library() as opened:
        for one in missing:
            kept = with_form(opened.connection, one.forms)
            if kept:
                there.append(kept.key)
            else:
                left.append(one)
    return list(dict.fromkeys(there)), left


_INTERRUPTED, _ALONE = "interrupted", "alone"


def _fetch_all(client: Client, wanted: Sequence[Wanted], item: Item) -> tuple[list[Fetched], str]:
    """Ask for one after the other; return what became of them, and why not all were asked for, if so."""
    from mhlit.render.progress import progress_bar

    fetched: list[Fetched] = []
    with progress_bar("asking", least=2) as step:
        for place, one in enumerate(wanted):
            if step:
                step(place, len(wanted))
            try:
                fetched.append(fetch(client, one, item))
            except KeyboardInterrupt:
                return fetched, _INTERRUPTED
            if _is_alone(fetched[-1]) and not client.offline:
                return fetched, _ALONE
    return fetched, ""


def _is_alone(found: Fetched) -> bool:
    """Tell whether nobody at all could be reached, as without a network."""
    return bool(found.unheard) and not found.answered and all(one.absent for one in found.unheard)


def _ask(new: Sequence[Fetched]) -> None:
    """Show what was found and ask whether to add it. Raises Abort where the reader says no."""
    works = [one.work for one in new if one.work]
    if len(works) == 1:
        for line in card_of(works[0]):
            say(line)
    else:
        for work in works:
            say(f"  {described(work)}")
    typer.confirm("Add it?" if len(works) == 1 else f"Add these {len(works)}?", default=True, abort=True, err=True)


def card_of(work: Work) -> Iterator[str]:
    """Yield the lines of a work's card, but for what is of no account before it is added."""
    from mhlit.render.card import plain

    shown = ""
    for line in plain(work).splitlines():
        label, _, text = line.partition("\t")
        if label not in ("Key", "Library", "Mistake?"):
            yield f"{label if label != shown else '':11}{text}"
            shown = label


def _store(works: Sequence[Work], there: list[str], new: Sequence[Fetched], item: Item, dry_run: bool) -> None:
    """Put everything into the library within one change, and say what became of it."""
    from mhlit.cli import own
    from mhlit.cli.add import tell
    from mhlit.library.collections import named
    from mhlit.paths import library_file

    if dry_run and not library_file().exists():  # one is not made for nothing
        tell([work.key for work in works], [], dry_run)
        for one in new:
            _tell(one, Added(one.work.key if one.work else "", is_new=True), dry_run)
        return
    with own.library(must_be_there=False) as opened:
        with opened.change("add", dry_run) as change:
            adder = Adder(change, named(change, item))
            done = [adder.catalogs(work) for work in works]
            for key in there:
                adder.tagged(key)
            for one in new:
                if one.work:
                    became = adder.other(one.work)
                    _tell(one, became, dry_run)
        tell([one.key for one in done if one.is_new], [*(one.key for one in done if not one.is_new), *there], dry_run)
        if not dry_run:
            own.keep_in_step(opened)


def _tell(one: Fetched, became: Added, dry_run: bool) -> None:
    if one.work is None:
        return
    if became.is_new:
        say(f"{'would add' if dry_run else 'added'} {became.key}: {described(one.work)}")
    else:
        why = f" ({', '.join(became.reasons)})" if became.reasons else ""
        new = f"; its {became.grown} is new" if became.grown else ""
        say(f"{became.key} was in your library already{why}{new}")
    for doubt in one.doubts:
        say(f"  left out {doubt}")
    for failure in one.unheard:
        say(f"  without {failure.source}: {failure.reason}")


def report(fetched: Sequence[Fetched], left: int) -> int:
    """Say what could not be had, a line each, and return the exit code."""
    alone = [one.wanted.text for one in fetched if one.work is None and _is_alone(one)]
    code = 0
    for one in fetched:
        if one.work is not None or one.wanted.text in alone:
            continue
        heard = [f"not known to {', '.join(one.answered)}"] if one.answered else []
        unheard = [f"{failure.source}: {failure.reason}" for failure in one.unheard]
        nobody = [] if heard or unheard else ["no source holds such identifiers"]
        say(f"mhlit: {one.wanted.text}: {'; '.join((*heard, *unheard, *nobody))}")
        code = 3 if unheard or code == 3 else 4
    if alone:
        reason = next(one.unheard[0].reason for one in fetched if one.wanted.text in alone)
        say(f"mhlit: {alone[0] if len(alone) == 1 else count(len(alone), 'work')}: nobody could be asked: {reason}")
        code = 3
    if left:
        say(f"{left} {'is' if left == 1 else 'are'} left; the same command goes on from here")
        code = 3
    return code

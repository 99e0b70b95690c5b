"""Keep a catalog true to the world: `catalog verify`, `catalog new` and what `catalog check --online` does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from mhlit.cli.asking import OfflineOption, RefreshOption, asking
from mhlit.cli.catalog_folder import FolderOption, TodayOption, day_of, source_folder
from mhlit.cli.session import give, on_terminal, say

if TYPE_CHECKING:
    from mhlit.catalog.source import Catalog
    from mhlit.cli.confirming import Confirmed
    from mhlit.model import Work
    from mhlit.sources.client import Client

_STOPPED, _ALONE = 130, 3


def verify(
    *,
    keys: Annotated[list[str], typer.Argument(metavar="KEY...", help="Keys, aliases or identifiers of works.")],
    catalog: FolderOption = None,
    links: Annotated[bool, typer.Option("--links", help="Try every link of the works too.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Give a JSON object, for programs.")] = False,
    offline: OfflineOption = False,
    refresh: RefreshOption = False,
) -> None:
    """Compare records field by field with what the sources tell.

    Nothing is written. Exit 1 where a source differs, 3 where nobody could be asked.
    """
    from mhlit.catalog.source import read_catalog
    from mhlit.cli.confirming import confirmed, linked
    from mhlit.cli.output import count
    from mhlit.cli.verifying import rows

    found = read_catalog(source_folder(catalog))
    works = _named(found, keys)

    def ask(client: Client, work: Work) -> Confirmed:
        told = confirmed(client, work)
        return told._replace(links=tuple(linked(client, work))) if links else told

    with asking(offline, refresh) as client:
        done, code = all_asked(client, works, ask)
    _give(done, json=json, lines=[row for one in done for row in rows(one)], drawn=True)
    different = sum(bool(one.findings or one.published) for one in done)
    asked = len({name for one in done for name in one.sources})
    say(f"{count(len(done), 'work')}, {different} that a source has otherwise; told by {count(asked, 'source')}")
    finish(done, len(works), code)


def _give(done: Sequence[Confirmed], *, json: bool, lines: Sequence[tuple[str, ...]], drawn: bool = False) -> None:
    from mhlit.cli.verifying import as_json, rows
    from mhlit.render import plain

    if json:
        give(plain.to_json({"works": [as_json(one) for one in done]}))
    elif drawn and on_terminal():
        from mhlit.render.verdicts import draw

        draw((one.work.key, [row[1:] for row in rows(one)]) for one in done)
    else:
        give(plain.lines(lines))


def _named(catalog: Catalog, texts: Sequence[str]) -> list[Work]:
    """Return the works of a catalog folder that keys mean, each once. Raises KeyProblem where one means none."""
    import sqlite3

    from mhlit.catalog.compile import compile_into
    from mhlit.keys import find
    from mhlit.store.reading import Store
    from mhlit.store.schema import Connection

    connection = sqlite3.connect(":memory:", factory=Connection)
    compile_into(catalog, connection)
    store = Store(connection, "catalog")
    by_key = {work.key: work for work in catalog.works}
    return [by_key[key] for key in dict.fromkeys(store.keys([find(store, text)])[0] for text in texts)]


def all_asked(
    client: Client, works: Sequence[Work], ask: Callable[[Client, Work], Confirmed]
) -> tuple[list[Confirmed], int]:
    """Ask for one work after the other; return what was told, and the exit code where not all were asked for."""
    from mhlit.render.progress import progress_bar

    done: list[Confirmed] = []
    with progress_bar("asking", least=2) as step:
        for place, work in enumerate(works):
            if step:
                step(place, len(works))
            try:
                done.append(ask(client, work))
            except KeyboardInterrupt:
                return done, _STOPPED
            if done[-1].is_alone and not client.offline:
                return done, _ALONE
    return done, 0


def finish(done: Sequence[Confirmed], wanted: int, code: int) -> None:
    """Say who did not answer and what is left, and leave with the exit code that this and the findings ask for."""
    from mhlit.cli.verifying import silence

    failures = [failure for one in done for failure in one.told.failures]
    if failures and not any(one.told.answered for one in done):
        say(f"mhlit: nobody could be asked: {failures[0].reason}")
        code = code or _ALONE
    else:
        for line in silence(done):
            say(line)
    if len(done) < wanted:
        say(f"{wanted - len(done)} left; answers are kept, so that the same command goes on from here")
    if code:
        raise typer.Exit(code)
    if any(one.wants_a_look for one in done):
        raise typer.Exit(1)
    if failures:
        raise typer.Exit(_ALONE)


def check_online(works: Sequence[Work], *, json: bool, offline: bool, refresh: bool) -> None:
    """Verify every work and try its links; give what a keeper must look at."""
    from mhlit.cli.confirming import confirmed, linked
    from mhlit.cli.output import count
    from mhlit.cli.verifying import finding_rows

    def ask(client: Client, work: Work) -> Confirmed:
        told = confirmed(client, work)
        return told if told.is_alone else told._replace(links=tuple(linked(client, work)))

    with asking(offline, refresh) as client:
        done, code = all_asked(client, works, ask)
    _give(done, json=json, lines=[row for one in done for row in finding_rows(one)])
    fields, links = sum(len(one.findings) for one in done), sum(len(one.links) for one in done)
    told = [f"{count(fields, 'field')} to look at", f"{sum(bool(one.published) for one in done)} published since"]
    say(f"{count(len(done), 'work')} asked for: {', '.join(told)}, {count(links, 'link')} to look at")
    finish(done, len(works), code)


def published_since(
    works: Sequence[Work], *, offline: bool, refresh: bool
) -> tuple[dict[str, tuple[str, ...]], Callable[[], None]]:
    """Ask for the published version of preprints; return what was told by key, and what says how asking ended."""
    from mhlit.cli.confirming import looked_for
    from mhlit.cli.verifying import described

    with asking(offline, refresh) as client:
        done, code = all_asked(client, works, looked_for)
    told = {one.work.key: tuple(f"{claim.source}: {described(claim)}" for claim in one.published) for one in done}
    return told, lambda: finish(done, len(works), code)


def new(
    *,
    identifier: Annotated[str, typer.Argument(metavar="ID", help="A DOI, an arXiv or Anthology id, an address …")],
    catalog: FolderOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the draft, and write nothing.")] = False,
    offline: OfflineOption = False,
    refresh: RefreshOption = False,
    today: TodayOption = None,
) -> None:
    """Draft a work's file from what the sources tell of an identifier."""
    from mhlit.catalog.keeping import write_new
    from mhlit.catalog.source import read_catalog
    from mhlit.cli.drafting import asked_for

    folder = source_folder(catalog)
    found = read_catalog(folder)
    with asking(offline, refresh) as client:
        drafted = asked_for(client, identifier, found, day_of(today))
    for line in drafted.remarks:
        say(line)
    if dry_run:
        give(drafted.text)
        return
    say(f"wrote {write_new(drafted.key, drafted.document, found, folder)}")

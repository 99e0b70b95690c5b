"""Keep a catalog in step with its lists: `catalog sync`, `catalog render` and `catalog stale`."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mhlit.cli.asking import OfflineOption, RefreshOption
from mhlit.cli.catalog_folder import FolderOption, TodayOption, day_of, source_folder
from mhlit.cli.session import fitted, give, say
from mhlit.text import printable

if TYPE_CHECKING:
    from mhlit.catalog.stale import Stale


def sync(
    *,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A Markdown list of papers, its address, or -.")],
    catalog: FolderOption = None,
    origin: Annotated[
        str,
        typer.Option(
            "--list", metavar="NAME", help="Which origin list it is, where that cannot be told.", show_default=False
        ),
    ] = "",
    write: Annotated[
        bool, typer.Option("--write", help="Draft new works, and add listings to known ones; no other file is touched.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Give a JSON object, for programs.")] = False,
    offline: OfflineOption = False,
    refresh: RefreshOption = False,
    today: TodayOption = None,
) -> None:
    """Compare a list with the catalog: known, listed wrongly, new, gone.

    Exit 1 where there is something to do.
    """
    from mhlit.catalog.keeping import write_report
    from mhlit.catalog.source import read_catalog
    from mhlit.cli.syncing import as_json, fetched, has_findings, report_lines, summary, synced
    from mhlit.render.plain import to_json

    folder = source_folder(catalog)
    found = read_catalog(folder)
    data = sys.stdin.buffer.read() if file == "-" else fetched(file, offline, refresh) if "://" in file else None
    report = synced(file, data, found, origin, day_of(today))
    written = write_report(report, found, folder) if write else []
    if json:
        give(to_json(as_json(report)))
    else:
        shown = "<stdin>" if file == "-" else file
        give("".join(f"{fitted(line, sys.stdout)}\n" for line in report_lines(shown, report)))
    for path in written:
        say(f"wrote {path}")
    say(summary(report))
    if has_findings(report, written=write):
        raise typer.Exit(1)


def render(
    *,
    catalog: FolderOption = None,
    origin: Annotated[
        str, typer.Option("--list", metavar="NAME", help="Only the sections of this list.", show_default=False)
    ] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write.", show_default=False)
    ] = None,
) -> None:
    """Write the catalog back as a Markdown list, section by section.

    With the true authors, venues and links.
    """
    from mhlit.catalog.source import read_catalog
    from mhlit.cli.options import one_of
    from mhlit.files import write_whole
    from mhlit.formats.writers.awesome import write

    found = read_catalog(source_folder(catalog))
    names = [term.name for term in found.vocabulary["list"]]
    name = one_of("list", origin, names) if origin else ""
    sections = [term for term in found.vocabulary["section"] if not name or term.group == name]
    text = write(found.works, sections, name or " and ".join(names))
    if output is None:
        give(text)
        return
    write_whole(output, text.encode("utf-8"))
    say(f"wrote {output}")


def stale(
    *,
    catalog: FolderOption = None,
    json: Annotated[bool, typer.Option("--json", help="Give a JSON object, for programs.")] = False,
    today: TodayOption = None,
    online: Annotated[
        bool, typer.Option("--online", help="Ask which of the preprints have been published since.")
    ] = False,
    offline: OfflineOption = False,
    refresh: RefreshOption = False,
) -> None:
    """List what wants another look: preprints, old or doubtful records.

    Exit 1 where there is something.
    """
    from mhlit.catalog.source import read_catalog
    from mhlit.catalog.stale import Reason
    from mhlit.catalog.stale import stale as stale_of
    from mhlit.cli.output import count, give_rows
    from mhlit.render.plain import to_json

    works = read_catalog(source_folder(catalog)).works
    found = stale_of(works, day_of(today))
    told: dict[str, tuple[str, ...]] = {}
    if online:
        from mhlit.cli.keeping_online import published_since

        wanted = {one.key for one in found if one.reason is Reason.PREPRINT}
        told, finish = published_since([work for work in works if work.key in wanted], offline=offline, refresh=refresh)
    if json:
        give(to_json({"stale": [_stale_object(one, told) for one in found]}))
    else:
        give_rows(("why", "work", "what"), [(one.reason, one.key, _why(one, told)) for one in found])
    many = {reason: sum(one.reason is reason for one in found) for reason in Reason}
    preprints, old = count(many[Reason.PREPRINT], "preprint"), many[Reason.OLD]
    say(f"{preprints}, {old} not confirmed for a year, {many[Reason.UNCONFIRMED]} with unconfirmed fields")
    if online:
        say(f"{sum(map(bool, told.values()))} of the preprints published since")
        finish()
    if found:
        raise typer.Exit(1)


def _why(one: Stale, told: Mapping[str, Sequence[str]]) -> str:
    if one.reason == "preprint":
        if told.get(one.key):
            return printable(f"published since; {'; '.join(told[one.key])}")
        return f"out since {one.issued or 'an unknown day'}; no published version known on {one.checked}"
    return ", ".join(one.fields) or f"last confirmed {one.checked}"


def _stale_object(one: Stale, told_of: Mapping[str, Sequence[str]]) -> dict[str, object]:
    later = list(told_of.get(one.key, ())) if one.reason == "preprint" else []
    told = {"issued": one.issued, "fields": list(one.fields), "published": later}
    return {
        "key": one.key,
        "reason": one.reason.value,
        "checked": one.checked,
        **{name: value for name, value in told.items() if value},
    }

"""Check and build a catalog folder, and keep it in step with the lists: the tools of its keepers."""

import os
from pathlib import Path
from typing import Annotated

import typer

from mhlit.cli.asking import OfflineOption, RefreshOption
from mhlit.cli.catalog_folder import FolderOption, source_folder
from mhlit.cli.keeping import render, stale, sync
from mhlit.cli.keeping_online import check_online, new, verify
from mhlit.cli.session import give, say
from mhlit.errors import InvalidCatalog, MhlitError, UsageError

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=__doc__)


@app.command()
def check(
    *,
    catalog: FolderOption = None,
    online: Annotated[
        bool, typer.Option("--online", help="Verify every work with the sources too, and try every link.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="With --online: give a JSON object, for programs.")] = False,
    offline: OfflineOption = False,
    refresh: RefreshOption = False,
) -> None:
    """Look for every problem in the files of a catalog folder.

    Exit 1 where there is one.
    """
    from mhlit.catalog.source import read_catalog

    if json and not online:
        raise UsageError("--json gives what the sources told", "add --online")

    try:
        found = read_catalog(source_folder(catalog))
    except InvalidCatalog as error:
        give("".join(f"{problem}\n" for problem in error.problems))
        many = len(error.problems)
        say(f"{many} problem{'s' if many != 1 else ''}")
        raise typer.Exit(1) from None
    say(f"{len(found.works)} works, no problem")
    if online:
        check_online(found.works, json=json, offline=offline, refresh=refresh)


@app.command()
def build(
    catalog: FolderOption = None,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write.")] = Path(
        "catalog.sqlite"
    ),
) -> None:
    """Compile a catalog folder into the SQLite file that mhlit reads.

    The same sources give the same bytes.
    """
    from mhlit.catalog.compile import compile_file
    from mhlit.catalog.source import read_catalog

    found = read_catalog(source_folder(catalog))
    if os.path.isdir(output):  # noqa: PTH112  # also true of a link to a folder
        raise MhlitError(f"{output} is a folder", "name a file with --output")
    try:
        compile_file(found, output)
    except OSError as error:
        raise MhlitError(f"cannot write {output}: {error.strerror or error}") from None
    say(f"{len(found.works)} works in {output}")


for _command in (new, verify, sync, render, stale):
    app.command()(_command)

"""Look after your library's file: where it is, whether it is sound, what can be saved of a damaged one."""

from pathlib import Path
from typing import Annotated

import typer

from mhlit.cli.output import count, give_columns
from mhlit.cli.session import give, open_store, say

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=__doc__)


@app.command()
def info() -> None:
    """Say where the library is, what is in it, and where its backups are."""
    from mhlit.cli.own import no_library
    from mhlit.library.backups import backups, folder_of
    from mhlit.paths import library_file

    path = library_file()
    if not path.exists():
        raise no_library()
    store = open_store("library")
    rows = [
        ("file", path),
        ("works", len(store)),
        ("size", f"{path.stat().st_size / 1e6:.1f} MB"),
        ("backups", f"{len(backups(path))} in {folder_of(path)}"),
    ]
    give_columns(rows)


@app.command()
def repair() -> None:
    """Look the library over and, where it is damaged, save what can be read; the damaged file is kept."""
    from mhlit.library.repairing import repair as mend
    from mhlit.paths import library_file

    done = mend(library_file(), open_store("catalog"))
    if done.sound:
        say("your library is sound; nothing was changed")
        return
    lost = f", {count(done.lost)} lost" if done.lost else ""
    say(f"{count(done.works)} saved{lost}; the damaged file is {done.kept}")


@app.command()
def export(
    target: Annotated[
        Path,
        typer.Argument(
            metavar="DIR|FILE", help="A folder, a .bib, or - for BibTeX on standard output.", show_default=False
        ),
    ],
) -> None:
    """Write the library as plain text: a folder with one file a work, or one .bib with every field as it was."""
    from mhlit.cli.own import library
    from mhlit.files import write_whole
    from mhlit.library.bibliographies import bibliography
    from mhlit.library.folders import write_folder
    from mhlit.library.items import read_all

    with library() as opened:
        if str(target) != "-" and target.suffix.lower() != ".bib":
            say(f"{count(write_folder(opened.connection, target))} in {target}")
            return
        remnants = [text for (text,) in opened.connection.execute("SELECT text FROM remnants ORDER BY id")]
        items = list(read_all(opened.connection))
        text = bibliography(items, dict.fromkeys(remnants))
        if str(target) == "-":
            give(text)
            return
        write_whole(target, text.encode())
        say(f"{count(len(items))} in {target}")


@app.command(name="import")
def import_(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="What export has written.", show_default=False)],
    exact: Annotated[bool, typer.Option("--exact", help="Take out works that the folder has not.")] = False,
) -> None:
    """Bring a folder that export has written back: new works come in, changed ones are changed."""
    from mhlit.cli.own import keep_in_step, library
    from mhlit.library.folders import take_folder

    with library(must_be_there=False) as opened:
        with opened.change(f"library import {folder.name}") as change:
            taken = take_folder(change, folder, exact)
        say(f"{taken.added} added, {taken.changed} changed, {taken.removed} removed, {taken.same} as they were")
        keep_in_step(opened)

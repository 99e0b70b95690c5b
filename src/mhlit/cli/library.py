"""Look after your library's file: where it is, whether it is sound, what can be saved of a damaged one."""

import typer

from mhlit.cli.output import count
from mhlit.cli.session import give, open_store, say
from mhlit.errors import NothingFound

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=__doc__)


@app.command()
def info() -> None:
    """Say where the library is, what is in it, and where its backups are."""
    from mhlit.library.backups import backups, folder_of
    from mhlit.paths import library_file
    from mhlit.render import plain

    path = library_file()
    if not path.exists():
        raise NothingFound("you have no library yet", "mhlit add KEY, or mhlit import FILE, makes one")
    store = open_store("library")
    rows = [
        ("file", path),
        ("works", len(store)),
        ("size", f"{path.stat().st_size / 1e6:.1f} MB"),
        ("backups", f"{len(backups(path))} in {folder_of(path)}"),
    ]
    give(plain.lines(rows))


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

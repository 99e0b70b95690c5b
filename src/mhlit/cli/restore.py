"""Put a backup in the place of your library; what was there before is kept beside it."""

from pathlib import Path
from typing import Annotated

import typer

from mhlit.cli.session import say


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What mhlit backup wrote.", show_default=False)],
) -> None:
    """Restore one backup."""
    from mhlit.library.backups import restore
    from mhlit.paths import library_file

    kept = restore(library_file(), file)
    say(f"your library is that of {file}" + (f"; the one before is {kept}" if kept else ""))

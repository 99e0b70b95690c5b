"""Copy your library, while others use it or not; without a FILE, beside the library."""

from pathlib import Path
from typing import Annotated

import typer

from mhlit.cli.session import give, say


def command(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Where to; what is there is replaced.", show_default=False)
    ] = None,
) -> None:
    """Write the copy and give out where it is."""
    from mhlit.cli.own import no_library
    from mhlit.library.backups import back_up, back_up_before
    from mhlit.library.file import open_to_read, reached
    from mhlit.paths import library_file

    library = library_file()
    if not library.exists():
        raise no_library()
    with reached(library):
        open_to_read(library, say).close()
        if file is None:
            file = back_up_before(library, "backup")
        else:
            back_up(library, file)
    give(f"{file}\n")

"""Attach a file, such as a PDF, to a work of your library; `mhlit open --pdf KEY` opens it."""

from pathlib import Path
from typing import Annotated

import typer

from mhlit.cli.own import keep_in_step, library, one
from mhlit.cli.session import give, say
from mhlit.errors import MhlitError, NothingFound


def command(
    key: Annotated[str, typer.Argument(metavar="KEY", help="A work of your library.", show_default=False)],
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="The file; without one they are listed.", show_default=False)
    ] = None,
    copy: Annotated[bool, typer.Option("--copy", help="Keep a copy beside the library.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take it off; the file itself stays.")] = False,
) -> None:
    """Attach one file, take one off, or list them."""
    from mhlit.library.attachments import copied

    with library() as opened:
        kept = one(opened, key)
        work = kept.work
        files = work.item.files if work.item else ()
        if file is None:
            if not files:
                raise NothingFound(f"nothing is attached to {kept.key}", f"mhlit attach {kept.key} paper.pdf")
            give("".join(f"{name}\n" for name in files))
            return
        if remove:
            left = tuple(name for name in files if name not in (str(file), str(file.resolve())))
            if left == files:
                raise NothingFound(f"{file} is not attached to {kept.key}")
        else:
            if not file.is_file():
                raise MhlitError(f"there is no file {file}")
            target = copied(file, opened.path, kept.key) if copy else file.resolve()
            left = tuple(dict.fromkeys((*files, str(target))))
        if work.item and left != files:
            with opened.change(f"attach {kept.key}") as change:
                change.replace(kept, work._replace(item=work.item._replace(files=left)))
        say(f"{'took off' if remove else 'attached'} {file}")
        keep_in_step(opened)

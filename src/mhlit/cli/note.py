"""Write a note on a work of your library, in Markdown, in your editor; it is searched like everything else."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from mhlit.cli.editor import plain_name
from mhlit.cli.own import keep_in_step, library, one
from mhlit.cli.session import give, say
from mhlit.errors import MhlitError, NothingFound, UsageError
from mhlit.library import remarks
from mhlit.library.changes import Library
from mhlit.library.items import Kept, with_key

AS_IT_WAS = "the note is as it was"


def command(
    key: Annotated[str, typer.Argument(metavar="KEY", help="A work of your library.", show_default=False)],
    words: Annotated[
        list[str] | None, typer.Argument(metavar="TEXT...", help="The note; so is --text.", show_default=False)
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", "-t", "-m", metavar="TEXT", help="The note; - reads it from standard input.")
    ] = None,
    add: Annotated[bool, typer.Option("--add", help="Put the text behind the note that is there.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Print the note and change nothing.")] = False,
) -> None:
    """Write, lengthen or show one note."""
    if words and (show or text is not None):
        raise UsageError(f"the note is said twice: {' '.join(words)!r}" if text else "--show takes no TEXT")
    with library() as opened:
        kept = one(opened, key)
        if words:
            text = _said(opened, words)
        old = note_of(kept)
        if show:
            if not old:
                raise NothingFound(f"there is no note on {kept.key}", f"mhlit note {kept.key}")
            give(f"{old}\n")
            return
        new = cleaned(_new_text(text, old, kept.key))
        if add and old and new:
            new = f"{old}\n\n{new}"
        if new == old:
            say(AS_IT_WAS)
            return
        with kept_if_refused(new, kept.key):
            remarks.note(opened, kept.key, [kept], new)
        say(told(kept.key, old, new, "mhlit undo"))
        keep_in_step(opened)


def note_of(kept: Kept) -> str:
    """Return the note on an item, empty where there is none."""
    item = kept.work.item
    return item.note if item else ""


@contextmanager
def kept_if_refused(text: str, key: str) -> Iterator[None]:
    """Put a note that was written into a file where the library refuses it, so that nobody writes it twice."""
    try:
        yield
    except MhlitError as error:
        file = Path(tempfile.mkdtemp(prefix="mhlit-")) / f"{plain_name(f'note-{key}')}.md"
        file.write_text(f"{text}\n", encoding="utf-8")
        error.hint = f"what you wrote is in {file}"
        raise


def _said(opened: Library, words: Sequence[str]) -> str:
    """Return the note that words make. Raises UsageError where they are but keys: one work has a note of its own."""
    if all(with_key(opened.connection, word) for word in words):
        raise UsageError("a note is on one work", "the words after KEY are the note; --text TEXT where it is but a key")
    return " ".join(words)


def told(key: str, old: str, new: str, undo: str) -> str:
    """Return what to say of a note that was written; `undo` is what takes it back."""
    if not new:
        return f"the note on {key} is gone; {undo} brings it back"
    if old and not new.startswith(old):
        return f"noted on {key}, in place of what was there; {undo} brings that back"
    return f"noted on {key}"


def _new_text(text: str | None, old: str, key: str) -> str:
    if text == "-":
        return sys.stdin.read()
    if text is not None:
        return text
    return written(old, key)


def written(old: str, key: str) -> str:
    """Let the reader edit the note on a work in their editor, and return it as they have left it."""
    from mhlit.cli.editor import edited

    return edited(old, f"note-{key}", ".md")


def cleaned(text: str) -> str:
    """Return Markdown without control and bidi characters; its lines stay."""
    from mhlit.text import printable

    lines = (printable(line.replace("\t", "    ")).rstrip() for line in text.splitlines())
    return "\n".join(lines).strip()

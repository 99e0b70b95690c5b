"""Write a note on a work of your library, in Markdown, in your editor; it is searched like everything else."""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from mhlit.cli.own import keep_in_step, library, one
from mhlit.cli.session import give, say
from mhlit.errors import NothingFound, UsageError
from mhlit.library.changes import Library
from mhlit.library.items import with_key


def command(
    key: Annotated[str, typer.Argument(metavar="KEY", help="A work of your library.", show_default=False)],
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[TEXT]", help="The note, as --text.", show_default=False)
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", "-t", "-m", help="The note; - reads it from standard input.")
    ] = None,
    add: Annotated[bool, typer.Option("--add", help="Put the text behind the note that is there.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Give out the note and change nothing.")] = False,
) -> None:
    """Write, lengthen or show one note."""
    if words and (show or text is not None):
        raise UsageError(f"the note is said twice: {' '.join(words)!r}" if text else "--show takes no TEXT")
    with library() as opened:
        kept = one(opened, key)
        if words:
            text = _said(opened, words)
        work = kept.work
        if work.item is None:
            raise AssertionError("every work of a library has an item")
        old = work.item.note
        if show:
            if not old:
                raise NothingFound(f"there is no note on {kept.key}", f"mhlit note {kept.key}")
            give(f"{old}\n")
            return
        new = _cleaned(_new_text(text, old, kept.key))
        if add and old and new:
            new = f"{old}\n\n{new}"
        if new == old:
            say("the note is as it was")
            return
        with opened.change(f"note {kept.key}") as change:
            change.replace(kept, work._replace(item=work.item._replace(note=new)))
        say(_done(kept.key, old, new))
        keep_in_step(opened)


def _said(opened: Library, words: Sequence[str]) -> str:
    """Return the note that words make. Raises UsageError where they are but keys: one work has a note of its own."""
    if all(with_key(opened.connection, word) for word in words):
        raise UsageError("a note is on one work", "the words after KEY are the note; --text TEXT where it is but a key")
    return " ".join(words)


def _done(key: str, old: str, new: str) -> str:
    if not new:
        return f"the note on {key} is gone; mhlit undo brings it back"
    if old and not new.startswith(old):
        return f"noted on {key}, in place of what was there; mhlit undo brings that back"
    return f"noted on {key}"


def _new_text(text: str | None, old: str, key: str) -> str:
    if text == "-":
        return sys.stdin.read()
    if text is not None:
        return text
    from mhlit.cli.editor import edited

    return edited(old, f"note-{key}", ".md")


def _cleaned(text: str) -> str:
    """Return Markdown without control and bidi characters; its lines stay."""
    from mhlit.text import printable

    lines = (printable(line.replace("\t", "    ")).rstrip() for line in text.splitlines())
    return "\n".join(lines).strip()

"""Write entries in a format or a style, and hand them over: to standard output, a file, or the clipboard."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mhlit.cite import SUFFIXES, writer
from mhlit.cli.output import count
from mhlit.cli.session import give, on_terminal, say, settings
from mhlit.errors import MhlitError, UsageError
from mhlit.model import Entry, Work

# The formats in which styled references are written, and in which a .bib file is.
_STYLED = ("text", "markdown", "html")
BIBLIOGRAPHIES = ("bibtex", "biblatex")


class Form:
    """What entries are to be written in: a format, or a loaded style whose references are written in the format.

    A plain class, because a named tuple costs a start-up a third of a millisecond.
    """

    def __init__(self, format: str, style: Any = None, drawn: bool = False) -> None:
        """Take a format; `drawn` where none was asked for, so that a terminal may show references as it can."""
        self.format = format
        self.style = style
        self.drawn = drawn


def read_form(format: str, style: str, output: Path | None, append: Path | None, *, drawn: bool) -> Form:
    """Return the form asked for: by name, else by the ending of the file, else by the settings.

    Raises UsageError for an unknown format or style, or one that cannot be written so.
    """
    format = format.lower()
    by_ending = SUFFIXES.get(output.suffix.lower(), "") if output else ""
    if style:
        from mhlit.cite.styles import Style

        if format and format not in _STYLED:
            raise UsageError(f"a style is not written as {format}", f"--format is one of {', '.join(_STYLED)}")
        named = format or (by_ending if by_ending in _STYLED else "text")
        return Form(named, Style(style), drawn=drawn and not format)
    named = format or by_ending or settings()["format"]
    if append and named not in BIBLIOGRAPHIES:
        if format:
            raise UsageError(f"--append adds to a .bib, not to {format}", "--format is bibtex or biblatex")
        named = "bibtex"
    writer(named)
    return Form(named)


def written(entries: Sequence[Entry], form: Form, in_text: bool, keep_order: bool) -> str:
    """Return entries as text; empty where they have been drawn on the terminal."""
    if not form.style:
        return writer(form.format)(entries)
    references = _styled(entries, form, in_text, keep_order)
    if form.drawn and on_terminal():
        _draw(references)
        return ""
    from mhlit.cite.styles import compose

    return compose(references, form.format)


def deliver(text: str, form: Form, many: str, output: Path | None, *, force: bool, to_clipboard: bool) -> None:
    """Hand a text over. Raises MhlitError, with nothing changed, where that cannot be done."""
    if output and str(output) != "-":
        _save(output, text, form.format, force)
        say(f"{many} in {output}" + ("" if output.suffix.lower() in SUFFIXES else f", as {form.format}"))
    if to_clipboard:
        from mhlit.cli.clipboard import copy

        copy(text.rstrip("\n"))
        say(f"{many} copied")
    elif output is None or str(output) == "-":
        # A format's own line ends are not to be doubled where the system's are the same.
        give(text.replace("\r\n", "\n") if os.linesep == "\r\n" else text)


def add(path: Path, works: Sequence[Work], entries: Sequence[Entry], form: Form) -> bool:
    """Add to a .bib the entries that it has not, and say what was added and what was there; tell whether all are now.

    Raises MhlitError, with nothing changed, where that cannot be done.
    """
    from mhlit.cite.appending import addition
    from mhlit.files import write_whole

    try:
        old = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise MhlitError(f"cannot read {path}: {error.strerror or error}") from None
    try:
        made = addition(old, works, entries, writer(form.format))
    except MhlitError as error:
        raise MhlitError(f"{path}: {error.message}", error.hint) from None
    if made.added:
        write_whole(path, made.data)
    there = f", {len(made.present)} there already" if made.present else ""
    say(f"{count(len(made.added), 'entry', 'entries')} added to {path}{there}")
    for key, other in made.present:
        if key.lower() != other.lower():
            say(f"mhlit: {key} is there as {other}")
    for key in made.taken:
        say(f"mhlit: {key} was not added: {path} has another work of that key")
    return not made.taken


def _styled(entries: Sequence[Entry], form: Form, in_text: bool, keep_order: bool) -> list[Any]:
    """Return references in the order of the style, or in that of the entries where the reader has asked for one."""
    if in_text:
        return list(form.style.citations(entries))
    references = list(form.style.references(entries))
    if keep_order:
        places = {entry.key: place for place, entry in enumerate(entries)}
        references.sort(key=lambda reference: places[reference.key])
    return references


def _draw(references: Sequence[Any]) -> None:
    from mhlit.cite.csl.markup import as_text, runs
    from mhlit.render.console import console
    from mhlit.render.references import show_references

    show_references(((as_text(one.margin), runs(one.text)) for one in references), console())


def _save(path: Path, text: str, format: str, force: bool) -> None:
    """Write a text to a file, whole or not at all, unless it holds what the text lacks; say what is replaced."""
    from mhlit.files import write_whole

    if path.is_file() and not force:
        _mind(path, text, format)
    write_whole(path, text.encode())


def _mind(path: Path, text: str, format: str) -> None:
    from mhlit.cite.present import change

    try:
        old = path.read_bytes().decode("utf-8", errors="replace")
    except OSError as error:
        raise MhlitError(f"cannot read {path}: {error.strerror or error}") from None
    lost, replaced = change(old, text, format)
    if lost:
        shown = ", ".join(lost[:5]) + (f" and {len(lost) - 5} more" if len(lost) > 5 else "")
        append = f"--append {path} adds to it, " if format in BIBLIOGRAPHIES else ""
        raise MhlitError(f"{path} holds what would be lost: {shown}", f"{append}--force overwrites it")
    if replaced:
        say(f"mhlit: {path}: {count(len(replaced), 'entry', 'entries')} replaced by another text")

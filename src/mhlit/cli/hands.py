"""What the browser does beyond its screen: cite, copy, save, open, and change the library, as the commands do."""

import io
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mhlit.cli.output import count
from mhlit.cli.own import library
from mhlit.cli.session import open_store
from mhlit.library.changes import Done, Library
from mhlit.library.items import Kept, with_key
from mhlit.library.remarks import Remarked
from mhlit.model import Entry, Work
from mhlit.paths import library_file
from mhlit.store.reading import Store
from mhlit.tui.outside import Picked, Told

if TYPE_CHECKING:
    from mhlit.cli.delivery import Form

_VISIT = "import sys; from mhlit.cli.open import visit; visit(sys.argv[1])"
_PATIENCE = 10  # seconds for a browser to answer
_NAMED = 3  # keys in a message; of more the number


class Hands:
    """What the browser does beyond its screen, as the other commands do it."""

    def __init__(self, reopen: Callable[[], Store] = open_store) -> None:
        """Act for a browser of the works that `reopen` opens."""
        self._reopen = reopen

    def reopened(self) -> Store:
        """Return the works as they are by now."""
        return self._reopen()

    def mark(self, picked: Picked, mark: str) -> Told:
        """Mark works, as `mark` does."""
        from mhlit.cli.mark import told
        from mhlit.library.remarks import mark as mark_items

        with _opened(picked) as (opened, items, new, heard):
            done = mark_items(opened, items, mark, new)
        return _told(told(mark, done), done, heard)

    def tag(self, picked: Picked, given: Sequence[str], taken: Sequence[str]) -> Told:
        """Give works tags and take others away, as `tag` does."""
        from mhlit.cli.own import said
        from mhlit.cli.tag import told
        from mhlit.library.remarks import tag as tag_items

        with _opened(picked) as (opened, items, new, heard):
            done = tag_items(opened, items, [*map(said, given)], [*map(said, taken)], new)
        return _told(told(done), done, heard)

    def edited(self, key: str, note: str) -> str:
        """Let the reader edit a note in their editor, as `note` does, on a screen that is left to it."""
        from mhlit.cli.note import cleaned, written

        return cleaned(written(note, key))

    def note(self, picked: Picked, old: str, new: str) -> Told:
        """Write the note of one work, as `note` does."""
        from mhlit.cli.note import kept_if_refused, told
        from mhlit.library.remarks import note as note_items

        (key,) = (*picked.own, *picked.others)
        with kept_if_refused(new, key), _opened(picked) as (opened, items, works, heard):
            done = note_items(opened, key, items, new, works)
        what = told(key, old, new, "u")
        return _told(what, done, heard, "" if "u brings" in what else "; u undoes it")

    def next_turn(self, back: bool) -> Done | None:
        """Return the change that comes next to be undone, or done again; None where there is none."""
        if not library_file().exists():
            return None
        with library() as opened:
            return opened.next_undo() if back else opened.next_redo()

    def turn(self, back: bool, change: int) -> Told:
        """Undo the change of this number, or do it again, as `undo` and `redo` do."""
        heard: list[str] = []
        with library(tell=heard.append) as opened:
            done = opened.undo(change) if back else opened.redo(change)
            heard += _out_of_step(opened)
        what = f"{'undone' if back else 'done again'}: {done.label} ({count(done.works)})"
        return Told("\n".join([f"{what}; {'U does it again' if back else 'u undoes it'}", *heard]), True)

    def references(self, works: Sequence[Work], form: str) -> str:
        """Return references in a format or a style, as `cite` gives them in a pipe."""
        from mhlit.cite import FORMATS
        from mhlit.cli.delivery import read_form, written

        named = read_form(form, "", None, None, drawn=False) if form in FORMATS else _styled(form)
        return written(_entries(works), named, in_text=False, keep_order=False)

    def copy(self, text: str, by_terminal: Callable[[str], bool]) -> None:
        """Put a text on the clipboard, as `cite --copy` does."""
        from mhlit.cli.clipboard import copy

        copy(text, by_terminal)

    def save(self, works: Sequence[Work], form: str, path: Path) -> str:
        """Add to a .bib what it has not (`cite --append`), or write a file that loses nothing by it (`cite -o`)."""
        from mhlit.cite import FORMATS
        from mhlit.cli.delivery import add, deliver, read_form
        from mhlit.cli.output import count

        entries = _entries(works)
        if form in ("bibtex", "biblatex") and path.suffix.lower() == ".bib" and path.exists():
            return _said(lambda: add(path, works, entries, read_form(form, "", None, path, drawn=False)))
        written_in = read_form(form, "", path, None, drawn=False) if form in FORMATS else _styled(form)
        many = count(len(works), "reference")
        text = self.references(works, form)
        return _said(lambda: deliver(text, written_in, many, path, force=False, to_clipboard=False))

    def doubts(self, works: Sequence[Work]) -> str:
        """Return what `cite` says of records that are not fully verified."""
        from mhlit.cli.cite import say_doubts

        return _said(lambda: say_doubts(_entries(works), ""))

    def page(self, work: Work) -> str:
        """Return the address that `open` opens."""
        from mhlit.cli.open import page

        return page(work)

    def visit(self, url: str) -> bool:
        """Open an address as `open` does, in a process of its own: browsers write on the screen they come from."""
        from mhlit.cli.open import has_display

        if not has_display():
            return False
        quiet = subprocess.DEVNULL
        try:
            command = [sys.executable, "-c", _VISIT, url]
            finished = subprocess.run(  # noqa: S603  # ourselves
                command, stdin=quiet, stdout=quiet, stderr=quiet, timeout=_PATIENCE, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        return finished.returncode == 0


@contextmanager
def _opened(picked: Picked) -> Iterator[tuple[Library, list[Kept], list[Work], list[str]]]:
    """Open the library, made where there is none, with its items and the catalog's works that were picked.

    Gives besides what is to be told of it.
    """
    heard: list[str] = []
    with library(must_be_there=False, tell=heard.append) as opened:
        items = [kept for key in picked.own if (kept := with_key(opened.connection, key))]
        catalog = opened.catalog
        new = catalog.works([work for key in picked.others for work in catalog.lookup("works", "key", [key])])
        yield opened, items, new, heard
        heard += _out_of_step(opened)


def _told(what: str, done: Remarked, heard: Sequence[str], undo: str = "; u undoes it") -> Told:
    """Return what to tell of a change, and of the works that came into the library by it."""
    if not done.altered:
        what, undo = ("it was so already" if done.works else "it is no longer in your library"), ""
    many = count(len(done.added)) if len(done.added) > _NAMED else ", ".join(done.added)
    lines = [f"{what}{undo}", *([f"added {many} to your library"] if done.added else []), *heard]
    return Told("\n".join(lines), bool(done.added) or done.works != done.altered)


def _out_of_step(opened: Library) -> list[str]:
    """Write the files of watched collections anew; return what is to be said of those that cannot be."""
    from mhlit.library.watching import write_watched

    return [error.message for error in write_watched(opened)]


@cache
def _styled(name: str) -> "Form":
    from mhlit.cli.delivery import read_form

    return read_form("", name, None, None, drawn=False)


def _entries(works: Sequence[Work]) -> list[Entry]:
    from mhlit.cite import entry_of

    return [entry_of(work) for work in works]


def _said(act: Callable[[], object]) -> str:
    """Do something that tells the reader on standard error what it did; return what it told."""
    heard = io.StringIO()
    with redirect_stderr(heard):
        act()
    return "\n".join(line.removeprefix("mhlit: ") for line in heard.getvalue().splitlines())

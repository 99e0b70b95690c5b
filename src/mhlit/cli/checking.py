"""What `check` does with its files: read each, check it, mend it, keep what could not be read; and what it says."""

import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from mhlit.check.checking import Checked, Choice, Progress, check_text
from mhlit.check.citations import compared
from mhlit.check.files import LIBRARY, STDIN, expand, format_of_text, read_source
from mhlit.check.finding import Finding
from mhlit.check.mend import diff, settle
from mhlit.check.report import lines, summary
from mhlit.check.rule import RULES
from mhlit.cli.output import count, give_rows
from mhlit.cli.session import give, on_terminal, open_store
from mhlit.errors import MhlitError
from mhlit.files import write_whole
from mhlit.formats.cited import Citation, citations
from mhlit.formats.readers.source import Source
from mhlit.library.bibliographies import bibliography
from mhlit.library.holding import Holdings
from mhlit.library.items import read_all
from mhlit.match import Shelf
from mhlit.model import Informant
from mhlit.render.progress import progress_bar
from mhlit.store.filters import Filters
from mhlit.store.reading import Store

_NAMELESS = "<stdin>"


class Mending(NamedTuple):
    """Whether files are mended, and how."""

    write: bool = False
    """Write what was mended; else only the difference is told."""
    unsafe: bool = False
    """Make the fixes too that may do harm."""


class Run(NamedTuple):
    """What one call checked and mended."""

    checked: list[Checked]
    """Every file as it is now: after mending, if it was written."""
    unreadable: list[str]
    """One message for each file that could not be read or written."""
    diffs: list[str]
    """What mending would change, a file each."""
    made: list[Finding]
    """The findings that were mended."""
    left: list[str]
    """A line for each fix that could not be made."""
    given: list[bytes]
    """Standard input after mending, in its own encoding."""
    is_online: bool = False
    """Whether others were asked about what the catalog does not hold."""


class Checker:
    """Checks files one by one against the works of a store, and mends them where that is asked for."""

    def __init__(
        self,
        store: Store,
        choice: Choice,
        stdin_name: str = "",
        mending: Mending | None = None,
        informant: Informant | None = None,
        *,
        own: sqlite3.Connection | None = None,
    ) -> None:
        self._own = Holdings(own) if own else None
        self._informant = informant
        self._shelf = Shelf(store.works(store.ids(Filters())))
        self._choice = choice
        self._stdin_name = stdin_name or _NAMELESS
        self._mending = mending
        self.run = Run([], [], [], [], [], [], informant is not None)

    def check(self, names: Sequence[str]) -> Run:
        """Check every file that the names mean; one that cannot be read or written keeps none of the others back."""
        for name in _expanded(names, self.run.unreadable):
            try:
                self._file(name)
            except MhlitError as error:
                self.run.unreadable.append(error.message)
        return self.run

    def check_library(self, connection: sqlite3.Connection) -> Run:
        """Check the works of the reader's library as the .bib that an export of it would be."""
        source = Source(bibliography(read_all(connection)), "utf-8")
        with progress_bar("your library", *((1,) if self._informant else ())) as progress:
            self.run.checked.append(self._checked(LIBRARY, "bibtex", source, progress))
        return self.run

    def _file(self, name: str) -> None:
        shown = self._stdin_name if name == STDIN else name
        source = read_source(shown, _standard_input() if name == STDIN else None)
        format = format_of_text(shown, source.text)
        with progress_bar(shown, *((1,) if self._informant else ())) as progress:
            checked = self._checked(shown, format, source, progress)
        if self._mending and format == "bibtex":
            checked = self._mended(name, checked, self._mending)
        elif self._mending:
            self.run.left.append(f"{shown}: only .bib files are mended")
            if self._mending.write and name == STDIN:
                self.run.given.append(source.encode(source.text))
        self.run.checked.append(checked)

    def _mended(self, name: str, checked: Checked, mending: Mending) -> Checked:
        """Return the file as it is after mending; it is written, or its difference kept, as the mending says."""
        source = checked.source

        def findings(text: str) -> list[Finding]:
            return self._again(checked, text).findings

        mended = settle(source, findings, unsafe=mending.unsafe)
        for finding, why in mended.left:
            self.run.left.append(f"{checked.path}:{finding.line}: {finding.rule} cannot be mended: {why}")
        if not mending.write:
            self.run.diffs.append(diff(checked.path, source.text, mended.text))
            return checked
        if name == STDIN:
            self.run.given.append(source.encode(mended.text))
        elif mended.text != source.text:
            try:
                _write(Path(name), source, mended.text)
            except MhlitError as error:
                self.run.unreadable.append(error.message)
                return checked
        self.run.made.extend(mended.made)
        return self._again(checked, mended.text)

    def _again(self, checked: Checked, text: str) -> Checked:
        return self._checked(checked.path, checked.format, checked.source._replace(text=text))

    def _checked(self, path: str, format: str, source: Source, progress: Progress | None = None) -> Checked:
        return check_text(
            path,
            format,
            source,
            [self._shelf],
            choice=self._choice,
            progress=progress,
            informant=self._informant,
            own=self._own,
        )


def _write(path: Path, source: Source, text: str) -> None:
    """Write a mended file. Raises MhlitError where that fails, or where the file is no longer what was checked."""
    try:
        now = path.read_bytes()
    except OSError as error:
        raise MhlitError(f"cannot read {path}: {error.strerror or error}") from None
    if now != source.encode(source.text):
        raise MhlitError(f"{path} was changed while it was checked; nothing was written")
    write_whole(path, source.encode(text))


def _expanded(names: Iterable[str], unreadable: list[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        try:
            found = [one for one in expand([name]) if one not in seen]
        except MhlitError as error:
            unreadable.append(error.message)
            continue
        seen.update(found)
        yield from found


def _standard_input() -> bytes:
    binary = getattr(sys.stdin, "buffer", None)
    return binary.read() if binary else sys.stdin.read().encode("utf-8")


def with_documents(run: Run, names: Sequence[str], choice: Choice, store: Store) -> Run:
    """Compare the keys of the bibliographies with those that documents cite; nothing is said of what cannot be read."""
    found: list[Citation] = []
    for name in names:
        try:
            found += citations(Path(name))[0]
        except MhlitError as error:
            run.unreadable.append(error.message)
            return run
    known = store.keys(store.ids(Filters()))
    documents, bibliographies = compared(found, run.checked, choice, known, _own_keys())
    return run._replace(checked=[*documents, *bibliographies])


def _own_keys() -> frozenset[str]:
    """Return the keys of the reader's library, former ones too; a file that cannot be opened is for other commands."""
    connection = own_library()
    if connection is None:
        return frozenset()
    return frozenset(key for (key,) in connection.execute("SELECT key FROM works UNION SELECT alias FROM aliases"))


def own_library() -> sqlite3.Connection | None:
    """Open the reader's library to read it; None where there is none, or where it cannot be opened."""
    from mhlit.paths import library_file

    if not library_file().exists():
        return None
    try:
        return open_store("library").shelves[-1].connection
    except MhlitError:
        return None


def give_diff(diff: str) -> None:
    """Give out a difference as it is for `patch`, and in colour on a terminal."""
    if not on_terminal():
        give(diff)
        return
    from mhlit.render.console import console
    from mhlit.render.findings import print_diff

    print_diff(diff, console())


def print_report(checked: Sequence[Checked]) -> None:
    """Print the findings on a terminal."""
    from mhlit.render.console import console
    from mhlit.render.findings import print_lines

    print_lines(lines(checked), console())


def give_rules() -> None:
    """Name the rules: id, severity and what each finds."""
    give_rows(("rule", "severity", "finds"), [(rule.id, rule.severity, rule.what) for rule in RULES.values()])


def summary_line(run: Run) -> str:
    """Return what was read, matched, mended and found, in one line."""
    many = summary(run.checked)
    if not run.checked:
        return "nothing was checked"
    where = "your library" if run.checked[0].path == LIBRARY else count(many["files"], "file")
    read = f"{count(many['references'], 'reference')} in {where}"
    found = [count(many["errors"], "error"), count(many["warnings"], "warning"), f"{many['info']} info"]
    mended = f"{count(len(run.made), 'finding')} mended; " if run.made else ""
    told = f", {many['told']} that others know" if run.is_online else ""
    said = f"{read}, {many['matched']} of works in the catalog{told}: {mended}{', '.join(found)}"
    return said + (f"; --fix mends {many['fixable']}" if many["fixable"] else "")

"""What `check` does with its files: read each, check it, keep what could not be read; and what it says of it all."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mhlit.check.checking import Checked, Choice, check_text
from mhlit.check.files import STDIN, expand, format_of_text, read_source
from mhlit.check.report import summary
from mhlit.check.rule import RULES
from mhlit.cli.output import count
from mhlit.errors import MhlitError
from mhlit.match import Shelf
from mhlit.render.progress import progress_bar
from mhlit.store.filters import Filters
from mhlit.store.reading import Store

_NAMELESS = "<stdin>"


class Run(NamedTuple):
    """What one call checked."""

    checked: list[Checked]
    unreadable: list[str]
    """One message for each file that could not be read."""


def check(names: Sequence[str], store: Store, choice: Choice, stdin_name: str) -> Run:
    """Check the files that names mean against the works of a store; a file that cannot be read keeps none back."""
    shelf = Shelf(store.works(store.ids(Filters())))
    run = Run([], [])
    for name in _expanded(names, run.unreadable):
        shown = (stdin_name or _NAMELESS) if name == STDIN else name
        try:
            source = read_source(shown, _standard_input() if name == STDIN else None)
        except MhlitError as error:
            run.unreadable.append(error.message)
            continue
        with progress_bar(shown) as progress:
            format = format_of_text(shown, source.text)
            run.checked.append(check_text(shown, format, source, [shelf], choice=choice, progress=progress))
    return run


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


def rule_lines() -> str:
    """Return a line a rule: id, severity and what it finds, tab-separated."""
    return "".join(f"{rule.id}\t{rule.severity}\t{rule.what}\n" for rule in RULES.values())


def summary_line(checked: Sequence[Checked]) -> str:
    """Return what was read, matched and found, in one line."""
    many = summary(checked)
    read = f"{count(many['references'], 'reference')} in {count(many['files'], 'file')}"
    found = [count(many["errors"], "error"), count(many["warnings"], "warning"), f"{many['info']} info"]
    said = f"{read}, {many['matched']} of works in the catalog: {', '.join(found)}"
    return said + (f"; --fix mends {many['fixable']}" if many["fixable"] else "")

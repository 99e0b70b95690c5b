"""Bring the references of files into your library: BibTeX, BibLaTeX, RIS, NBIB, EndNote, CSL-JSON; all or nothing."""

import gc
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from mhlit.cli.add import CollectionOption, TagOption, new_item
from mhlit.cli.options import JsonOption, one_of
from mhlit.cli.session import fitted, give, say
from mhlit.errors import UsageError
from mhlit.library.importing import POLICIES, Clash, Importer, Outcome
from mhlit.library.reading_files import FORMATS, STANDARD_INPUT, Sheet, read_bytes, read_file
from mhlit.model import Item
from mhlit.text import printable

_LARGE = 500_000  # characters of a file that takes long enough for a line of progress
_OBJECTS = 100_000  # are made before Python looks which of them are garbage
_DEFAULT_POLICY = "ask on a terminal, else skip"
_ANSWERS = {"s": "skip", "m": "merge", "k": "keep-both"}


def command(
    *,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Files to read; - is standard input.", show_default=False)
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen and change nothing.")] = False,
    policy: Annotated[
        str,
        typer.Option(
            metavar="POLICY", help=f"With what is there already: {', '.join(POLICIES)}.", show_default=_DEFAULT_POLICY
        ),
    ] = "",
    format: Annotated[
        str,
        typer.Option(
            "--format", "-f", metavar="NAME", help=f"Format, where the name does not tell: {', '.join(FORMATS)}."
        ),
    ] = "",
    tag: TagOption = None,
    collection: CollectionOption = None,
    keywords: Annotated[
        bool, typer.Option("--keywords", help="Make tags of keywords, collections of JabRef's groups.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Import files within one change."""
    chosen = one_of("policy", policy, POLICIES) if policy else ""
    named = one_of("format", format, FORMATS) if format else ""
    sheets = [standard_input(named) if str(file) == "-" else read_file(file, named) for file in files]
    bring(sheets, new_item(tag, collection), chosen, keywords=keywords, dry_run=dry_run, as_json=as_json)


def standard_input(format: str) -> Sheet:
    """Read standard input as a file of a format. Raises UsageError where nobody has put anything there."""
    if sys.stdin.isatty():
        say("reading from standard input; end with Ctrl-D")
    buffer = getattr(sys.stdin, "buffer", None)
    return read_bytes(buffer.read() if buffer else sys.stdin.read().encode(), STANDARD_INPUT, format)


def bring(
    sheets: Sequence[Sheet],
    item: Item,
    policy: str = "",
    *,
    keywords: bool = False,
    dry_run: bool = False,
    as_json: bool = False,
) -> None:
    """Put the entries of files into the library and report what became of each."""
    from mhlit.cli import own

    asking = sys.stdin.isatty() and sys.stderr.isatty()
    if policy == "ask" and not asking:
        raise UsageError("--policy ask needs a terminal", "say skip, merge or keep-both")
    decide = _Decision(policy or ("ask" if asking else "skip"))
    outcomes: list[Outcome] = []
    with _seldom_collected(), own.library(must_be_there=False, trial=dry_run) as opened:
        label = f"import {', '.join(Path(sheet.name).name for sheet in sheets)}"
        with opened.change(printable(label)[:200], dry_run) as change:
            from mhlit.library.collections import named

            importer = Importer(change, named(change, item), decide, labels=keywords)
            for sheet in sheets:
                outcomes += importer.bring(sheet, _progress(len(sheet.text), sheet.name))
        if sys.stderr.isatty():
            sys.stderr.write("\r\033[K")
        _report(outcomes, as_json)
        say(_summary(outcomes, dry_run))
        if not dry_run:
            own.keep_in_step(opened)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Let Python look for cycles of garbage less often: a file of many entries makes objects, and hardly a cycle."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Decision:
    """What to do with what is there already: as a policy says, or as the reader does."""

    def __init__(self, policy: str) -> None:
        self._policy = policy

    def __call__(self, clash: Clash) -> str:
        if self._policy != "ask":
            return self._policy
        if clash.says_nothing_new:
            return "skip"
        line = clash.entry.place.line if clash.entry.place else 1
        say(f"line {line}: {clash.entry.key}: {clash.entry.record.title}")
        say(f"  is in your library: {clash.there.key}: {clash.there.preferred.title} ({', '.join(clash.reasons)})")
        answer = ""
        while answer[:1].lower() not in _ANSWERS:
            answer = typer.prompt("  [s]kip, [m]erge, [k]eep both; capital for all that follow", err=True, default="s")
        verdict = _ANSWERS[answer[:1].lower()]
        if answer[:1].isupper():
            self._policy = verdict
        return verdict


def _progress(total: int, name: str):  # type: ignore[no-untyped-def]
    """Return what draws a line of progress on a terminal."""
    if not sys.stderr.isatty() or total < _LARGE:
        return lambda _: None
    drawn = -1

    def tell(done: int) -> None:
        nonlocal drawn
        part = 100 * done // total
        if part != drawn:
            drawn = part
            sys.stderr.write(f"\r{printable(name)}: {part} %")
            sys.stderr.flush()

    return tell


def _report(outcomes: Sequence[Outcome], as_json: bool) -> None:
    from mhlit.render import plain

    if as_json:
        members = [
            {
                **{name: value for name, value in one._asdict().items() if value and name != "disagreements"},
                **({"disagreements": [said._asdict() for said in one.disagreements]} if one.disagreements else {}),
            }
            for one in outcomes
        ]
        give(plain.to_json({"entries": members}))
        return
    for one in outcomes:
        if one.status == "added" and not one.message and not one.former:
            continue
        where = f"{one.file}:{one.line}: " if one.line else f"{one.file}: "
        key = f"{one.former} → {one.key}" if one.former else one.key
        parts = [
            one.status if one.status != "note" else "",
            key,
            f"({one.message})" if one.message and key else one.message,
        ]
        give(fitted(f"{printable(where)}{printable(' '.join(part for part in parts if part))}", sys.stdout) + "\n")
        for said in one.disagreements:
            give(printable(f"    {said.field}: kept {said.kept!r}, not {said.other!r}")[:400] + "\n")


def _summary(outcomes: Sequence[Outcome], dry_run: bool) -> str:
    counts = Counter(one.status for one in outcomes)
    parts = [f"{counts[status]:,} {status}" for status in ("added", "merged", "skipped", "refused") if counts[status]]
    said = ", ".join(parts) or "nothing was in it"
    if dry_run:
        return f"{said}; a dry run: nothing was written"
    done = counts["added"] or counts["merged"]
    return f"{said}; mhlit undo takes it back" if done else said

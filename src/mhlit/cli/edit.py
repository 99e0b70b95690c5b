"""Edit a work of your library as BibTeX, or with --toml everything about it, in your editor."""

from datetime import date
from typing import Annotated

import typer

from mhlit.cli.own import keep_in_step, library, one
from mhlit.cli.session import say
from mhlit.errors import MhlitError, UsageError
from mhlit.library.changes import Library
from mhlit.library.items import Kept, with_key
from mhlit.model import NOT_THE_CATALOGS, Work

_LOST = "nothing was changed"


def command(
    key: Annotated[str, typer.Argument(metavar="KEY", help="A work of your library.", show_default=False)],
    toml: Annotated[bool, typer.Option("--toml", help="Edit everything, in TOML.")] = False,
) -> None:
    """Let one work be edited; where the text is not right, say why and open it again."""
    from mhlit.cli.editor import edited
    from mhlit.library.bibliographies import entry_text
    from mhlit.library.plain import to_toml

    with library() as opened:
        kept = one(opened, key)
        first = to_toml(kept.work, kept.source) if toml else entry_text(kept)
        sign, ending = ("#", ".toml") if toml else ("%", ".bib")
        text, complaint = first, ""
        while True:
            before = f"{sign} mhlit: {complaint}\n" if complaint else ""
            new = edited(before + text, kept.key, ending)
            if new == before + text and complaint:
                raise MhlitError(f"{complaint}; {_LOST}")
            new = "".join(line for line in new.splitlines(True) if not line.startswith(f"{sign} mhlit:"))
            if new == first or not new.strip():
                say(_LOST)
                return
            try:
                work, source = (_from_toml if toml else _from_bibtex)(new, kept)
                _check_key(work, kept, opened)
                break
            except UsageError as error:
                text, complaint = new, error.message
        with opened.change(f"edit {kept.key}") as change:
            change.replace(kept, work, source)
        say(f"changed {work.key}" + (f" ({kept.key} is an alias of it)" if work.key != kept.key else ""))
        if work.item and work.item.catalog not in ("", NOT_THE_CATALOGS):
            say(f"the catalog's fields are shown of it; with --toml, catalog = {NOT_THE_CATALOGS!r} shows yours")
        keep_in_step(opened)


def _from_bibtex(text: str, kept: Kept) -> tuple[Work, str]:
    """Return the work of one entry, with all that no entry holds as it was. Raises UsageError where it is not right."""
    from mhlit.formats.readers.bibtex import read
    from mhlit.library import sources
    from mhlit.library.entries import work_of

    reading = read(text)
    for problem in reading.problems:
        raise UsageError(f"line {problem.place.line}: {problem.message}")
    if len(reading.entries) != 1:
        raise UsageError(f"one entry is wanted, there are {len(reading.entries)}")
    (entry,) = reading.entries
    record = entry.record
    if not (record.title or record.authors or record.identifiers):
        raise UsageError("no title, author or identifier")
    old = kept.work
    if old.item is None:
        raise AssertionError("every work of a library has an item")
    new = work_of(entry, entry.key, old.item)
    # What the entry does not show: the other version, links, what the catalog said.
    kept_preprint = new.preprint or (old.preprint if new.record and old.record else None)
    former = dict.fromkeys((*old.aliases, *([old.key] if old.key != new.key else [])))
    work = new._replace(preprint=kept_preprint, code=old.code, aliases=tuple(former))
    return work, sources.written(sources.of_entry(entry, "bibtex", text))


def _from_toml(text: str, kept: Kept) -> tuple[Work, str]:
    from mhlit.library.bibliographies import edited_source
    from mhlit.library.plain import from_toml, with_item

    work, source = from_toml(text)
    if work.key != kept.key and kept.key not in work.aliases:
        work = work._replace(aliases=(*work.aliases, kept.key))
    work = with_item(work, date.today().isoformat())
    same = work._replace(item=None, key="", aliases=()) == kept.work._replace(item=None, key="", aliases=())
    return work, source if same or source != kept.source else edited_source(work, kept.source)


def _check_key(work: Work, kept: Kept, opened: Library) -> None:
    from mhlit.library.keys import clean_key

    if clean_key(work.key) != work.key or not work.key:
        raise UsageError(f"no program can read the key {work.key!r}")
    there = with_key(opened.connection, work.key)
    if there and there.id != kept.id:
        raise UsageError(f"{there.key} is another work's key")

"""Write references in a format or a citation style: of works named, selected, or cited by a document."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from mhlit.cite import FORMATS, PREFERENCES, entry_of, with_short_venue
from mhlit.cli.choosing import choose
from mhlit.cli.delivery import BIBLIOGRAPHIES, add, deliver, read_form, written
from mhlit.cli.options import Given, KeyArguments, ScopeOption, one_of, read_filters, takes_filters
from mhlit.cli.output import count, give_rows
from mhlit.cli.session import open_store, say
from mhlit.errors import UsageError
from mhlit.model import Entry, Status, Version
from mhlit.store.reading import SORTS

_DOCUMENTS = "Exactly the works a document cites: .aux, .bcf, .tex, .md, .qmd, .Rmd, .typ, .org; may be repeated."


@takes_filters
def command(
    *,
    keys: KeyArguments = None,
    format: Annotated[
        str, typer.Option("--format", "-f", metavar="NAME", help="Format; 'list' names them.", show_default="bibtex")
    ] = "",
    style: Annotated[
        str,
        typer.Option(
            "--style",
            "-s",
            metavar="NAME",
            help="Citation style, or a .csl file; 'list' names them.",
            show_default=False,
        ),
    ] = "",
    in_text: Annotated[bool, typer.Option("--in-text", help="The style's in-text citations, one a line.")] = False,
    documents: Annotated[
        list[Path] | None, typer.Option("--from", metavar="FILE", help=_DOCUMENTS, show_default=False)
    ] = None,
    prefer: Annotated[
        str, typer.Option("--prefer", metavar="VERSION", help="published or preprint.", show_default="published")
    ] = "",
    key_format: Annotated[
        str, typer.Option("--key-format", metavar="FORM", help="anthology, google, or a template: {auth}{year}{title}.")
    ] = "anthology",
    sort: Annotated[
        str, typer.Option("--sort", metavar="ORDER", help="key, author, year or listed.", show_default="as named")
    ] = "",
    short_venues: Annotated[bool, typer.Option("--short-venues", help="Short names of venues: ACL.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.", show_default=False)
    ] = None,
    append: Annotated[
        Path | None,
        typer.Option("--append", metavar="FILE", help="Add to a .bib what is not in it yet.", show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that holds other entries.")] = False,
    copy: Annotated[bool, typer.Option("--copy", help="Put it on the clipboard.")] = False,
    scope: ScopeOption = "all",
    given: Given,
) -> None:
    """Select works and write them in a format or a style."""
    if "list" in (format, style):
        _list(format)
        return
    if in_text and not style:
        raise UsageError("--in-text needs a style", "mhlit cite soulchat --style apa --in-text")
    _refuse_together("--append", append, {"--output": output, "--style": style, "--copy": copy})
    renamed_keys = {"--key-format": key_format != "anthology"}
    _refuse_together("--from", documents, renamed_keys, "a document needs the keys it cites")
    one_of("version", prefer or "published", PREFERENCES)
    one_of("order", sort or "key", SORTS)
    form = read_form(format, style, output, append, drawn=not (output or copy))
    store = open_store(scope)
    chosen, complete = choose(store, keys, documents or (), read_filters(store, given), sort)
    works = store.works([work for work, _ in chosen])
    entries = [entry_of(work, prefer) for work in works]
    if form.format in BIBLIOGRAPHIES and any(work.provenance.status is Status.OWN for work in works):
        from mhlit.library.bibliographies import with_printed_fields

        entries = with_printed_fields(store.shelves[-1].connection, works, entries)
    entries = [entry._replace(key=key or entry.key) for entry, (_, key) in zip(entries, chosen, strict=True)]
    if short_venues:
        entries = [with_short_venue(entry) for entry in entries]
    if key_format != "anthology":
        from mhlit.citation_keys import renamed

        entries = renamed(entries, key_format)
    if append:
        complete = add(append, works, entries, form) and complete
    else:
        text = written(entries, form, in_text, keep_order=bool(sort))
        deliver(text, form, count(len(entries), "reference"), output, force=force, to_clipboard=copy)
    say_doubts(entries, prefer)
    if not complete:
        raise typer.Exit(1)


def _list(format: str) -> None:
    """Name the formats or, where not they are asked for, the styles, each with what it is."""
    named: Mapping[str, tuple[str, str]] = FORMATS
    if format != "list":
        from mhlit.cite.styles import STYLES

        named = STYLES
    give_rows(
        ("style" if format != "list" else "format", "what it is"), [(name, line) for name, (_, line) in named.items()]
    )


def _refuse_together(option: str, given: object, others: Mapping[str, object], hint: str = "") -> None:
    """Raise UsageError where an option is given beside one that cannot be meant with it."""
    other = next((name for name, value in others.items() if value), "")
    if given and other:
        raise UsageError(f"{option} and {other} exclude each other", hint)


def say_doubts(entries: Sequence[Entry], prefer: str) -> None:
    """Say which records are not fully verified, and which works have not the version that was asked for."""
    wanted = Version.PREPRINT if prefer == "preprint" else Version.VERSION_OF_RECORD
    other = [entry.key for entry in entries if entry.record.version is not wanted]
    if prefer and other:
        had = "published version" if prefer == "preprint" else "preprint"
        say(
            f"mhlit: no {'preprint' if prefer == 'preprint' else 'published version'} is known of"
            f" {', '.join(other)}; the {had} is cited"
        )
    doubtful = [entry.key for entry in entries if entry.annotation]
    if doubtful:
        say(f"mhlit: {count(len(doubtful), 'record')} not fully verified: {', '.join(doubtful)}")

"""Options shared by commands: filters, scope, JSON, keys; and what the reader typed made into filters."""

import inspect
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Annotated, Any

import typer

from mhlit.errors import UsageError
from mhlit.store.reading import COLUMNS
from mhlit.store.values import read_filters as read_filters  # noqa: PLC0414  # commands take it from here
from mhlit.text import nearest

JsonOption = Annotated[bool, typer.Option("--json", help="Give a JSON object, for programs.")]
KeysOption = Annotated[bool, typer.Option("--keys", help="Give citation keys only, one a line.")]
ColumnsOption = Annotated[
    str,
    typer.Option(
        "--columns", metavar="NAMES", help=f"Columns, comma-separated: {', '.join(COLUMNS)}.", show_default=False
    ),
]
ScopeOption = Annotated[str, typer.Option("--in", metavar="SCOPE", help="Look in: catalog, library or all.")]
KeyArguments = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="KEY...",
        help="Citation key, alias, DOI, arXiv or Anthology id, address or name; - reads keys from standard input.",
        show_default=False,
    ),
]

_PANEL = "Filters (each may be repeated)"
_FILTERS = {
    "section": "Section of an origin list: theory, technology, clinical, datasets, models.",
    "list": "Origin list: `mhlit facets list` names them.",
    "venue": "Venue by its short name: ACL, 'Findings of ACL', 'npj Digital Medicine'.",
    "year": "Year or years: 2024, 2023..2025, 2024.. (of the version of record).",
    "author": "Author, by any words of the name.",
    "topic": "Topic: `mhlit facets topic` names them.",
    "resource": "What the work offers: dataset, benchmark, model, survey …",
    "language": "Language of the data: ja or Japanese.",
    "status": "How far the record is confirmed: verified, partial, listed.",
    "has": "What can be had: pdf, code, doi, preprint, published.",
    "tag": "Your own tag.",
    "reading": "How far you have read it: unread, reading, read.",
    "starred": "Starred by you.",
    "collection": "Your collection.",
    "added": "Added to your library: 2026-11-22, 2026-11, 2026-11.. …",
}
_METAVARS = {"year": "YEARS", "author": "NAME", "language": "LANG", "reading": "HOW", "added": "DAYS"}
_FLAG = "starred"


def takes_filters(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the filter options; it receives them as one argument, `given`: name to typed values."""
    own = [parameter for parameter in inspect.signature(command).parameters.values() if parameter.name != "given"]
    added = [_parameter(name, line) for name, line in _FILTERS.items()]

    @wraps(command)
    def with_filters(**arguments: Any) -> None:
        starred = ("yes",) if arguments.pop(f"by_{_FLAG}") else ()
        given = {name: tuple(arguments.pop(f"by_{name}", None) or ()) for name in _FILTERS} | {_FLAG: starred}
        command(**arguments, given=given)

    parameters = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in (*own, *added)]
    with_filters.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # read by typer
    with_filters.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return with_filters


def _parameter(name: str, line: str) -> inspect.Parameter:
    option = typer.Option(
        f"--{name}",
        metavar=None if name == _FLAG else _METAVARS.get(name, name.upper()),
        help=line,
        rich_help_panel=_PANEL,
        show_default=False,
    )
    annotation = Annotated[bool, option] if name == _FLAG else Annotated[list[str] | None, option]
    return inspect.Parameter(
        f"by_{name}", inspect.Parameter.KEYWORD_ONLY, default=False if name == _FLAG else None, annotation=annotation
    )


Given = dict[str, tuple[str, ...]]


def one_of(what: str, text: str, choices: Any) -> str:
    """Return the one of `choices` that `text` is, whatever its case.

    Raises UsageError with the nearest or all of them where it is none.
    """
    for choice in choices:
        if choice.lower() == text.lower():
            return str(choice)
    meant = nearest(text, choices, 1)
    hint = f"did you mean {meant[0]}?" if meant else f"{what} is one of {', '.join(choices)}"
    raise UsageError(f"there is no {what} {text!r}", hint)


def query_arguments(given: Sequence[str]) -> list[str]:
    """Return the arguments of a search with each ``-word`` marked, by a space before it, as part of the query.

    Options of one letter and those with two hyphens stay what they are.
    """
    return [f" {argument}" if _excludes(argument) else argument for argument in given]


def _excludes(argument: str) -> bool:
    """Tell whether an argument is a word, phrase or group to leave out, and not an option such as ``-n5``."""
    sign, rest = argument[:1], argument[1:]
    limit = rest[:1] == "n" and rest[1:].isdigit()
    return sign == "-" and not limit and ((rest[:2].isalnum() and len(rest) > 1) or rest[:1] in ("(", '"', "“"))

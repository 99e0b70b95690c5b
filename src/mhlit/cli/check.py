"""Check bibliographies: what is wrong in them, what is true, and how that is known.

Reads .bib, .ris, .json (CSL-JSON), .md, .txt, .tex and .bbl files.
A folder means every .bib below it, - means standard input, --in library your own works.
Exit 1 where there is an error or a warning. --fix mends .bib files.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mhlit.cli.asking import OfflineOption, RefreshOption
from mhlit.cli.options import one_of
from mhlit.cli.session import give, on_terminal, open_store, say
from mhlit.errors import MhlitError, UsageError

if TYPE_CHECKING:
    import sqlite3

    from mhlit.cli.checking import Run
    from mhlit.cli.inquiring import Asked

_DOCUMENTS = "A document that cites the bibliographies: .tex, .aux, .bcf, .md, .qmd, .Rmd, .typ or .org."
_Names = Annotated[
    list[str] | None, typer.Argument(metavar="FILE...", help="Files, folders, patterns, or -.", show_default=False)
]
_Rules = Annotated[list[str] | None, typer.Option(metavar="RULE", help="Only these rules.", show_default=False)]
_NoRules = Annotated[list[str] | None, typer.Option(metavar="RULE", help="Not these rules.", show_default=False)]


def command(
    *,
    files: _Names = None,
    format: Annotated[
        str, typer.Option("--format", "-f", metavar="NAME", help="Give text, json, github or sarif.")
    ] = "text",
    json: Annotated[bool, typer.Option("--json", help="Short for --format json.")] = False,
    select: _Rules = None,
    ignore: _NoRules = None,
    severity: Annotated[
        str, typer.Option(metavar="LEVEL", help="The least to tell: error, warning or info.", show_default="info")
    ] = "",
    fix: Annotated[bool, typer.Option("--fix", help="Mend .bib files, where that does no harm.")] = False,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="With --fix or --diff: mend also what you should look at after.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change, and write nothing.")] = False,
    tex: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", help=_DOCUMENTS, show_default=False),
    ] = None,
    stdin_filename: Annotated[
        str, typer.Option(metavar="FILE", help="What standard input is called; its ending says its format.")
    ] = "",
    online: Annotated[
        bool,
        typer.Option("--online", help="Ask Crossref, DBLP, arXiv and others about what the catalog does not hold."),
    ] = False,
    offline: OfflineOption = False,
    refresh: RefreshOption = False,
    scope: Annotated[
        str,
        typer.Option("--in", metavar="SCOPE", help="library: check your own works; catalog: leave your library out."),
    ] = "all",
    rules: Annotated[bool, typer.Option("--rules", help="List the rules and leave.")] = False,
) -> None:
    """Read every file, match every reference, tell what is wrong, and mend it where that is asked for."""
    from mhlit.check.configuration import choose, project_settings
    from mhlit.check.report import FORMATS
    from mhlit.cli.checking import Checker, Mending, give_diff, give_rules, print_report, with_documents
    from mhlit.cli.inquiring import inquiring

    if rules:
        give_rules()
        return
    in_library = one_of("scope", scope, ("catalog", "library", "all")) == "library"
    if not files and not in_library:
        raise UsageError(
            "name a file to check", "- is standard input, a folder every .bib below it, --in library yours"
        )
    if in_library and (files or fix or diff):
        raise UsageError("--in library checks your own works, and no file", "mhlit edit KEY mends one of them")
    for problem, given, needed in (
        ("--unsafe-fixes says how to mend, and needs --fix or --diff", unsafe_fixes, fix or diff),
        ("--offline says how to ask, and needs --online", offline, online),
        ("--refresh says how to ask, and needs --online", refresh, online),
    ):
        if given and not needed:
            raise UsageError(problem)
    wanted = "json" if json else one_of("format", format, FORMATS)
    choice = choose(select or (), ignore or (), severity, project_settings(Path.cwd()))
    mending = Mending(fix and not diff, unsafe_fixes) if fix or diff else None
    store = open_store("catalog")
    with inquiring(online, offline, refresh) as asked:
        own = open_store("library").shelves[-1].connection if in_library else None
        checker = Checker(store, choice, stdin_filename, mending, asked, own=own or _own(scope))
        run = checker.check_library(own) if own else checker.check(files or ())
    if tex:
        run = with_documents(run, tex, choice, store)
    if diff:
        give_diff("".join(run.diffs))
    elif run.given:
        sys.stdout.buffer.write(b"".join(run.given))
        sys.stderr.write(FORMATS[wanted](run.checked))
    elif wanted == "text" and on_terminal():
        print_report(run.checked)
    else:
        give(FORMATS[wanted](run.checked))
    _conclude(run, asked)


def _own(scope: str) -> "sqlite3.Connection | None":
    """Return the library, which may know that two references are of one work; None where it is not asked."""
    from mhlit.cli.checking import own_library

    return own_library() if scope == "all" else None


def _conclude(run: "Run", asked: "Asked | None") -> None:
    """Say what was left and counted, and leave as that asks for."""
    from mhlit.cli.checking import summary_line

    if asked and (nobody := asked.nobody()):
        run.unreadable.append(nobody)
    silent = asked.silent() if asked else ()
    for line in (*run.left, *silent, summary_line(run), *(f"mhlit: {problem}" for problem in run.unreadable)):
        say(line)
    if asked and asked.is_stopped:
        raise typer.Exit(130)
    if run.unreadable or any(finding.severity != "info" for one in run.checked for finding in one.findings):
        raise typer.Exit(MhlitError.exit_code if run.unreadable else 1)

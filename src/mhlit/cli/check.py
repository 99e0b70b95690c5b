"""Check bibliographies: what is wrong in them, what is true, and how that is known.

Reads .bib, .ris, .json (CSL-JSON), .md, .txt, .tex and .bbl files; folders mean every .bib below them, - means standard
input. Exit 1 where there is an error or a warning.
"""

from pathlib import Path
from typing import Annotated

import typer

from mhlit.cli.options import one_of
from mhlit.cli.session import give, open_store, say
from mhlit.errors import MhlitError, UsageError

_Names = Annotated[
    list[str] | None, typer.Argument(metavar="FILE...", help="Files, folders, patterns, or -.", show_default=False)
]
_Rules = Annotated[
    list[str] | None, typer.Option(metavar="RULE", help="Rules, by comma or repeated.", show_default=False)
]


def command(
    *,
    files: _Names = None,
    format: Annotated[str, typer.Option("--format", "-f", help="Give text, json, github or sarif.")] = "text",
    json: Annotated[bool, typer.Option("--json", help="Short for --format json.")] = False,
    select: _Rules = None,
    ignore: _Rules = None,
    severity: Annotated[
        str, typer.Option(metavar="LEVEL", help="The least to tell: error, warning or info.", show_default="info")
    ] = "",
    stdin_filename: Annotated[
        str, typer.Option(metavar="NAME", help="What standard input is called, and what its format is told by.")
    ] = "",
    rules: Annotated[bool, typer.Option("--rules", help="List the rules and leave.")] = False,
) -> None:
    """Read every file, match every reference, and tell what is wrong."""
    from mhlit.check.configuration import choose, project_settings
    from mhlit.check.report import FORMATS
    from mhlit.cli import checking

    if rules:
        give(checking.rule_lines())
        return
    if not files:
        raise UsageError("name a file to check", "- reads standard input; a folder means every .bib below it")
    wanted = "json" if json else one_of("format", format, FORMATS)
    choice = choose(select or (), ignore or (), severity, project_settings(Path.cwd()))
    run = checking.check(files, open_store("catalog"), choice, stdin_filename)
    give(FORMATS[wanted](run.checked))
    say(checking.summary_line(run.checked))
    for problem in run.unreadable:
        say(f"mhlit: {problem}")
    if run.unreadable:
        raise typer.Exit(MhlitError.exit_code)
    if any(finding.severity != "info" for one in run.checked for finding in one.findings):
        raise typer.Exit(1)

"""The Typer app: commands that are imported when they run, and the one place where errors become messages."""

import os
import sqlite3
import sys
from collections.abc import Callable, Sequence
from copy import copy
from importlib import import_module
from typing import Annotated, Any

import typer
import typer.core

from mhlit.errors import MhlitError

# Command to the module that holds it, and its line in the help. A module offers `command`, or an `app`
# of its own where it has commands inside.
COMMANDS = {
    "search": ("mhlit.cli.search", "Find works by words, names, acronyms, identifiers or addresses."),
    "list": ("mhlit.cli.list", "List works by section, venue, year and other filters."),
    "show": ("mhlit.cli.show", "Show works: record, versions, links, topics, where listed, how verified."),
    "cite": ("mhlit.cli.cite", "Write references in a format (BibTeX, RIS …) or a citation style (APA, IEEE …)."),
    "check": ("mhlit.cli.check", "Check bibliographies: what is wrong in them, and what is true."),
    "facets": ("mhlit.cli.facets", "Show the values one can filter by, with counts."),
    "browse": ("mhlit.cli.browse", "Look through the works on a screen: search as you type, read, select, cite."),
    "stats": ("mhlit.cli.stats", "Count works by year, venue, topic and more, as bars and heat tables."),
    "site": ("mhlit.cli.site", "Write a web site of the works that needs no server: search, facets, cards."),
    "open": ("mhlit.cli.open", "Open a work's page, PDF or code in the browser."),
    "add": ("mhlit.cli.add", "Put works into your library."),
    "import": ("mhlit.cli.importing", "Bring references of other programs into your library."),
    "tag": ("mhlit.cli.tag", "Tag works of your library, or list the tags."),
    "mark": ("mhlit.cli.mark", "Mark works of your library: unread, reading, read, star."),
    "collection": ("mhlit.cli.collection", "Keep works in named collections, and a .bib in step with one."),
    "rename-key": ("mhlit.cli.rename", "Give a work of your library another citation key."),
    "remove": ("mhlit.cli.remove", "Take works out of your library."),
    "note": ("mhlit.cli.note", "Write a note on a work of your library."),
    "edit": ("mhlit.cli.edit", "Edit a work of your library as BibTeX or TOML."),
    "dedupe": ("mhlit.cli.dedupe", "Find works that are twice in your library, and merge them."),
    "attach": ("mhlit.cli.attach", "Attach a PDF to a work of your library."),
    "undo": ("mhlit.cli.undo", "Take back changes of your library, or list them."),
    "redo": ("mhlit.cli.redo", "Do again what undo took back."),
    "backup": ("mhlit.cli.backup", "Copy your library."),
    "restore": ("mhlit.cli.restore", "Put a backup in the place of your library."),
    "library": ("mhlit.cli.library", "Look after your library's file."),
    "info": ("mhlit.cli.info", "Show version, catalog date, counts and where things are kept."),
    "config": ("mhlit.cli.config", "Show or change settings."),
    "completion": ("mhlit.cli.completion", "Set up completion with TAB in bash, zsh or fish."),
    "catalog": ("mhlit.cli.catalog", "Check, build, sync and render a catalog: the tools of its keepers."),
}
INTERRUPTED = 130

_Group = typer.core.TyperGroup
# Typer keeps its own copy of click; this is the base class of its usage errors.
_TyperUsageError: type[Any] = typer.BadParameter.__mro__[1]


class LazyGroup(_Group):
    """A group whose commands are stubs with a name and a help line until one is run."""

    def __init__(self, **options: Any) -> None:
        """Fill the group with stubs."""
        super().__init__(**options)
        for name, (_, line) in COMMANDS.items():
            self.commands[name] = typer.core.TyperCommand(name=name, help=line, short_help=line)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command as Typer does ("did you mean" and all), then import the real one."""
        name, stub, rest = super().resolve_command(ctx, args)
        if name not in COMMANDS or stub is None:
            return name, stub, rest
        return name, load(name), _prepared(name, rest)


def load(name: str) -> Any:
    """Import a command and build it."""
    module = import_module(COMMANDS[name][0])
    app: typer.Typer | None = getattr(module, "app", None)
    if app is None:
        app = typer.Typer(add_completion=False)
        app.command(name=name, help=module.__doc__)(module.command)
    app.rich_markup_mode = _markup()
    built = typer.main.get_command(app)
    built.name = name
    inner = getattr(built, "commands", {}).values()
    for one in inner:
        one.short_help = (one.help or "").partition("\n\n")[0].replace("\n", " ")  # else it is cut
    if app.rich_markup_mode:
        for one in (built, *inner):
            _hide_types(one)
    return built


def _hide_types(command: Any) -> None:
    """Leave out of a command's help on a terminal what Python takes an argument for, as it does in a pipe: <str>."""
    for parameter in command.params:
        if isinstance(parameter, typer.core.TyperArgument):
            kind: Any = copy(parameter.type)  # many share one
            kind.get_metavar = lambda **_: ""
            parameter.type = kind


def _prepared(name: str, arguments: list[str]) -> list[str]:
    """Return the arguments as a command wants them before they are parsed, where it has a say in it."""
    prepare: Callable[[Sequence[str]], list[str]] | None = getattr(sys.modules[COMMANDS[name][0]], "arguments", None)
    return prepare(arguments) if prepare else arguments


def _markup() -> Any:
    """Return how help is drawn: by Rich on a terminal, plainly elsewhere."""
    return "rich" if sys.stdout.isatty() and os.environ.get("TERM") != "dumb" else None


def _root(
    version: Annotated[bool, typer.Option("--version", "-V", help="Show the version and leave.")] = False,
    library: Annotated[
        str, typer.Option(metavar="FILE", help="Your library's file; else the one MHLIT_LIBRARY names.")
    ] = "",
) -> None:
    """Find, trust and cite research on language models and mental health."""
    if version:
        from mhlit import __version__

        sys.stdout.write(f"mhlit {__version__}\n")
        raise typer.Exit
    if library:
        os.environ["MHLIT_LIBRARY"] = library


def build() -> Any:
    """Build the whole command."""
    app = typer.Typer(
        cls=LazyGroup,
        name="mhlit",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=_markup(),
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=False)(_root)
    return typer.main.get_command(app)


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code; every error is printed here and nowhere else."""
    _prepare_streams()
    try:
        code = build().main(args=list(arguments), prog_name="mhlit", standalone_mode=False)
        sys.stdout.flush()
    except (MhlitError, OSError, sqlite3.DatabaseError, typer.Abort, _TyperUsageError) as error:
        return _explain(error)
    return code if isinstance(code, int) else 0


def _explain(error: Any) -> int:
    """Say what went wrong, where there is anything to say, and return the exit code."""
    match error:
        case MhlitError():
            code = _report(error.message, error.hint, error.exit_code)
        case BrokenPipeError():  # the reader of a pipe has gone, as `head` does
            _drop_output()
            code = 0
        case OSError():
            _drop_output()
            where = error.filename or "the result cannot be written"
            code = _report(f"{where}: {error.strerror or error}", "", 3)
        case sqlite3.DatabaseError():
            from mhlit.library.file import library_at_fault

            own = library_at_fault(error)
            hint = "reinstall mhlit, or clear its cache (mhlit info names it)"
            code = _report(own.message if own else f"the catalog cannot be read: {error}", own.hint if own else hint, 3)
        case typer.Abort():
            code = INTERRUPTED
        case _:
            code = _usage(error)
    return code


def _prepare_streams() -> None:
    """Give out UTF-8 whatever the locale, never fail on a character a terminal does not know, do without a stream."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, "r+", encoding="utf-8"))  # noqa: SIM115, PTH123  # lives as long as we do
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=stream.encoding if stream.isatty() else "utf-8", errors="replace")


def _drop_output() -> None:
    """Forget what could not be written, so that leaving does not try again."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  # kept open for the flush at exit


def _usage(error: Any) -> int:
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stderr.write(f"{error.format_message()}\n")
        return 2
    path = error.ctx.command_path if error.ctx else "mhlit"
    message = error.format_message().replace("\n", " ")
    hint = f"{path} --help"
    if path == "mhlit" and message.startswith("No such command"):
        hint += " names them; mhlit search WORDS finds works"
    return _report(message[:1].lower() + message[1:].rstrip("."), hint, 2)


def _report(message: str, hint: str, code: int) -> int:
    from mhlit.cli.session import say

    for line in (f"mhlit: {message}" + (f"\nhint: {hint}" if hint else "")).split("\n"):
        say(line)
    return code

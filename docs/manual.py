"""Man pages, in the `man` macros of groff and mandoc (man(7)), made from the program."""

import re
from collections.abc import Iterable

from described import ENVIRONMENT, Command, Option, program_options, shared_filters

from mhlit import __version__
from mhlit.cite import FORMATS
from mhlit.cite.styles import STYLES
from mhlit.errors import EXIT_CODES
from mhlit.settings import SETTINGS, shown


def pages(commands: list[Command]) -> dict[str, str]:
    """Return the page of the program and one for each command, by file name."""
    made = {"mhlit.1": _program(commands)}
    return made | {f"mhlit-{command.name}.1": _page(command) for command in commands}


def _program(commands: list[Command]) -> str:
    listed = "".join(_item(f"mhlit-{command.name}(1)", command.says) for command in commands)
    return "".join(
        (
            _head("mhlit", "find, trust and cite research on language models and mental health"),
            _section("SYNOPSIS", _bold("mhlit") + " COMMAND \\[u2026]\n"),
            _section(
                "DESCRIPTION",
                _text(
                    "A reference manager with a catalog of works whose records are verified. Results go to standard "
                    "output, messages to standard error. In a pipe there is no colour, no box and no cutting."
                ),
            ),
            _section("COMMANDS", listed),
            _section("OPTIONS", _items(program_options())),
            _section("EXIT STATUS", _codes()),
            _section("ENVIRONMENT", "".join(_item(name, says) for name, says in ENVIRONMENT.items())),
            _section("FILES", _item("config.toml", "Settings; `mhlit info` says where.") + _settings()),
        )
    )


def _page(command: Command) -> str:
    about = command.says[:1].lower() + command.says[1:].rstrip(".")
    forms = command.inner or (command,)
    parts = [
        _head(f"mhlit-{command.name}", about),
        _section("SYNOPSIS", ".br\n".join(_text(form.usage) for form in forms)),
        _section("DESCRIPTION", _text(command.says)),
    ]
    for form in forms:
        within = _text(form.says) if form is not command else ""
        title = f"MHLIT {form.name.upper()}" if within else "OPTIONS"
        parts.append(_section(title, within + _items((*form.arguments, *form.options))))
    if command.name == "cite":
        parts.append(_section("FORMATS", "".join(_item(name, line) for name, (_, line) in FORMATS.items())))
        parts.append(_section("STYLES", "".join(_item(name, line) for name, (_, line) in STYLES.items())))
    if command.filters:
        parts.append(_section("FILTERS", _text("Each may be repeated.") + _items(shared_filters())))
    parts += [_section("EXIT STATUS", _codes()), _section("SEE ALSO", _bold("mhlit") + "(1)\n")]
    return "".join(parts)


def _head(name: str, about: str) -> str:
    return f'.TH "{_quoted(name.upper())}" "1" "" "mhlit {__version__}" "mhlit"\n' + _section(
        "NAME", f"{_quoted(name)} \\- {_quoted(about)}\n"
    )


def _section(title: str, body: str) -> str:
    return f'.SH "{_quoted(title)}"\n{body}' if body else ""


def _items(options: Iterable[Option]) -> str:
    return "".join(
        _item(one.written, one.says + (f" Default: {one.default}." if one.default else "")) for one in options
    )


def _codes() -> str:
    return "".join(_item(str(code), f"{means[0].upper()}{means[1:]}.") for code, means in EXIT_CODES.items())


def _settings() -> str:
    return "".join(_item(f"{one.name} = {shown(one.default)}", one.help) for one in SETTINGS)


def _item(term: str, says: str) -> str:
    return f".TP\n{_bold(term)}\n{_text(says)}"


def _bold(text: str) -> str:
    return f"\\fB{_quoted(text)}\\fR"


def _text(text: str) -> str:
    """Return a paragraph, each sentence on a line of its own, as man(7) asks for."""
    sentences = re.sub(r"(?<=[a-z)][.;]) (?=[A-Z-])", "\n", text.replace("`", "")).split("\n")
    return "".join(f"{_quoted(sentence)}\n" for sentence in sentences)


def _quoted(text: str) -> str:
    """Escape what roff would read as its own, and write what is not ASCII by its number."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq").replace("'", "\\(aq")
    text = "".join(c if c.isascii() else f"\\[u{ord(c):04X}]" for c in text)
    return f"\\&{text}" if text.startswith(".") else text

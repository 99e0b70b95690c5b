"""The program as plain data, from which its pages and man pages are made: commands, options, filters, schemas."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import typer

from mhlit.cli.app import COMMANDS, build, load
from mhlit.cli.info import SCHEMAS

# What the program reads from the environment, and what for.
ENVIRONMENT = {
    "MHLIT_CONFIG": "The file of settings; else config.toml in the folder for configuration.",
    "MHLIT_LIBRARY": "The file of the reader's library; else library.sqlite in the folder for data.",
    "MHLIT_CATALOG": "The catalog folder that `mhlit catalog` works on; else ./catalog.",
    "MHLIT_OFFLINE": "Where it is set to anything but 0, nobody is asked: only kept answers are used.",
    "MHLIT_SOURCE_<NAME>": "Another base address for a source that is asked, such as a mirror: MHLIT_SOURCE_CROSSREF.",
    "http_proxy": "With `https_proxy`, `all_proxy` and `no_proxy`: the proxy through which others are asked.",
    "MHLIT_WAIT": "Seconds to wait for another mhlit that writes to the library; else 20.",
    "VISUAL": "The editor for notes and records; else the one `EDITOR` names.",
    "NO_COLOR": "Where it is set, nothing is coloured.",
    "COLORFGBG": "What the terminal says of its colours: `browse` is light where the background is.",
    "SHELL": "The shell that `completion install` sets up when none is named.",
    "BROWSER": "The command that opens addresses, where the setting `browser` is empty.",
}


class Option(NamedTuple):
    """An option or an argument: how it is written, what it does, and what it is when it is not given."""

    written: str
    says: str
    default: str


class Command(NamedTuple):
    """A command, or one inside another."""

    name: str
    usage: str
    says: str
    arguments: tuple[Option, ...]
    options: tuple[Option, ...]
    """Without the filters."""
    filters: bool
    """Whether it takes the shared filters."""
    inner: tuple["Command", ...]


class Member(NamedTuple):
    """A member of a JSON object: where it stands, of what type, whether it always does, and what it is."""

    path: str
    type: str
    always: bool
    says: str


def commands() -> list[Command]:
    """Return every command, in the order of the help."""
    return [_command(name, load(name)) for name in COMMANDS]


def program_options() -> tuple[Option, ...]:
    """Return what is said before the command."""
    return (*(option for _, option in _options(build())), Option("-h, --help", "Show help and leave.", ""))


def shared_filters() -> tuple[Option, ...]:
    """Return the filters that commands share."""
    return tuple(option for name, option in _options(load("list")) if _is_filter(name))


def _command(name: str, loaded: Any) -> Command:
    context = typer.Context(loaded, info_name=f"mhlit {name}")
    options = _options(loaded)
    arguments = [_option(one, context) for one in loaded.params if one.param_type_name == "argument"]
    inner = [_command(f"{name} {one.name}", one) for one in getattr(loaded, "commands", {}).values()]
    pieces = ["COMMAND", "…"] if inner else [_capitals(piece) for piece in loaded.collect_usage_pieces(context)]
    return Command(
        name,
        " ".join(["mhlit", name, *pieces]),
        " ".join((loaded.help or "").split()),
        tuple(one for one in arguments if one.says),
        tuple(option for own, option in options if not _is_filter(own)),
        any(_is_filter(own) for own, _ in options),
        tuple(inner),
    )


def _is_filter(name: str) -> bool:
    """Tell whether a parameter is a shared filter (`takes_filters`), not a command's own option of that name."""
    return name.startswith("by_")


def _options(loaded: Any) -> list[tuple[str, Option]]:
    """Return the options with the names of their parameters."""
    context = typer.Context(loaded)
    shown = [one for one in loaded.params if one.param_type_name == "option" and not one.hidden]
    return [(one.name, _option(one, context)) for one in shown]


def _option(parameter: Any, context: Any) -> Option:
    written, says = parameter.get_help_record(context) or ("", "")
    says, _, about = says.partition("  [")
    default = next((one[9:] for one in about.rstrip("]").split("; ") if one.startswith("default: ")), "")
    if parameter.param_type_name == "argument":
        written = _capitals(written).strip("[]").replace("]...", "...")
    written = re.sub("<int range>|INTEGER RANGE", "N", written.replace("<str>", "TEXT"))
    return Option(written, says, default.strip("()"))


def _capitals(written: str) -> str:
    """Write the name of an argument as every version of Typer may: ``[name]`` is ``[NAME]``, ``{DIR}`` is ``DIR``."""
    return written.upper().strip("{}")


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schemas by name; that of a work comes last."""
    names = sorted((file.stem for file in SCHEMAS.glob("*.json")), key=lambda name: (name == "work", name))
    return {name: json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8")) for name in names}


def members(schema: dict[str, Any], within: str = "") -> Iterator[Member]:
    """Yield the members of a schema's object and of the objects in it, by their path: ``listings[].errors[].field``."""
    for name, about in schema.get("properties", {}).items():
        kind, inner = _kind(about)
        path = f"{within}{name}"
        if path != "schema":
            yield Member(path, kind, name in schema["required"], about["description"])
            yield from members(inner, f"{path}{'[]' if kind.startswith('list') else ''}.")


def _kind(about: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return what a person calls the type, and the schema of the object inside, if there is one."""
    if "$ref" in about:
        called = re.sub(r".*/|\.json", "", about["$ref"])
        return {"names": "list of names", "value": "any"}.get(called, called), {}
    if "enum" in about or "const" in about:
        return "one of " + ", ".join(f"`{_written(value)}`" for value in about.get("enum", [about.get("const")])), {}
    if about["type"] == "array":
        item, inner = _kind(about["items"])
        return f"list of {item}s".replace("addresss", "addresses"), inner
    if about["type"] == "object":
        return "object", about
    kinds = about["type"] if isinstance(about["type"], list) else [about["type"]]
    return " or ".join({"boolean": "true or false"}.get(kind, kind) for kind in kinds), {}


def _written(value: Any) -> str:
    """Return a value of a closed list as JSON has it, a string without its quotes."""
    return value if isinstance(value, str) else json.dumps(value)

"""The reader's settings: one small TOML file, every setting with its default and what it is for."""

from pathlib import Path
from typing import Any, NamedTuple

from mhlit.errors import MhlitError, UsageError
from mhlit.paths import settings_file
from mhlit.text import nearest


class Setting(NamedTuple):
    """A name, the value it has when nothing is set, and what it does."""

    name: str
    default: str | int | tuple[str, ...]
    help: str


SETTINGS = (
    Setting("format", "bibtex", "The format `cite` writes when none is named."),
    Setting("limit", 20, "How many works `search` shows on a terminal."),
    Setting("sort", "key", "How `list` sorts: key, author, year, title, venue or listed."),
    Setting(
        "columns",
        ("key", "title", "author", "venue", "year", "status"),
        "The columns of `list` and `search`.",
    ),
    Setting("browser", "", "The command that opens addresses; empty for the system's own."),
    Setting("contact", "", "Your e-mail address; the services that are asked for records are told it, as they wish."),
    Setting("cache_days", 7, "For how many days their answers are kept and not asked for again; 0 for none."),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}
Values = dict[str, Any]


def read_settings(path: Path | None = None) -> Values:
    """Return every setting with its value from the file, or its default.

    Raises MhlitError where the file cannot be read, is not TOML, or holds a wrong name or type.
    """
    values: Values = {setting.name: setting.default for setting in SETTINGS}
    file = path or settings_file()
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return values
    except (OSError, UnicodeDecodeError) as error:
        raise MhlitError(f"{file}: cannot be read: {error}") from None
    return values | _checked(_parsed(text, file), file)


def _parsed(text: str, file: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MhlitError(f"{file}: {error}", "mend the file or remove it") from None


def _checked(table: dict[str, Any], file: Path) -> Values:
    values: Values = {}
    for name, value in table.items():
        try:
            setting = named(name)
        except UsageError as error:
            raise MhlitError(f"{file}: {error.message}", error.hint) from None
        found = tuple(value) if isinstance(value, list) else value
        if type(found) is not type(setting.default):
            raise MhlitError(f"{file}: {name}: must be like {shown(setting.default)}, got {value!r}")
        values[name] = found
    return values


def named(name: str) -> Setting:
    """Return the setting of that name. Raises UsageError where there is none."""
    if name not in _BY_NAME:
        meant = nearest(name, _BY_NAME, 1)
        hint = f"did you mean {meant[0]}?" if meant else f"settings: {', '.join(_BY_NAME)}"
        raise UsageError(f"there is no setting {name!r}", hint)
    return _BY_NAME[name]


def shown(value: object) -> str:
    """Return a value as it stands in the file."""
    import json

    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


def read_value(setting: Setting, text: str) -> str | int | tuple[str, ...]:
    """Return the value a person typed for a setting. Raises UsageError where it is of the wrong kind."""
    if isinstance(setting.default, tuple):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if isinstance(setting.default, int):
        if not text.isascii() or not text.isdigit():
            raise UsageError(f"{setting.name} must be a whole number, got {text!r}")
        return int(text)
    return text


def change_setting(name: str, value: str | int | tuple[str, ...] | None) -> Path:
    """Write one setting, or take it out for None; every other line of the file stays. Returns the file.

    Raises MhlitError where the file cannot be written, or could only be by changing something else in it.
    """
    import re
    import tomllib

    file = settings_file()
    old = file.read_text(encoding="utf-8") if file.exists() else ""
    line = "" if value is None else f"{name} = {shown(value)}\n"
    pattern = re.compile(rf"^{name}[ \t]*=.*\n?", re.MULTILINE)
    new = pattern.sub(lambda _: line, old, count=1) if pattern.search(old) else _with_line(old, line)
    wanted = {key: kept for key, kept in _parsed(old, file).items() if key != name}
    if value is not None:
        wanted[name] = list(value) if isinstance(value, tuple) else value
    try:
        agrees = tomllib.loads(new) == wanted
    except tomllib.TOMLDecodeError:
        agrees = False
    if not agrees:
        raise MhlitError(f"{file}: {name} is written over several lines", "edit the file by hand")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = file.with_name(f".{file.name}.new")
        temporary.write_text(new, encoding="utf-8")
        temporary.replace(file)
    except OSError as error:
        raise MhlitError(f"{file}: cannot be written: {error.strerror}") from None
    return file


def _with_line(text: str, line: str) -> str:
    return text + ("\n" if text and not text.endswith("\n") else "") + line

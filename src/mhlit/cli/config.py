"""Show all settings, one setting, or change one: `mhlit config limit 50`."""

from typing import Annotated

import typer

from mhlit.cli.options import JsonOption, one_of
from mhlit.cli.session import give, on_terminal, say, settings
from mhlit.errors import UsageError
from mhlit.settings import SETTINGS, Setting, change_setting, named, read_value, shown


def command(
    name: Annotated[str, typer.Argument(metavar="SETTING", help="A setting.", show_default=False)] = "",
    value: Annotated[str | None, typer.Argument(metavar="VALUE", help="Its new value; commas between several.")] = None,
    unset: Annotated[bool, typer.Option("--unset", help="Go back to the default.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Give out or change settings."""
    if not name:
        if unset:
            raise UsageError("--unset needs the name of a setting", f"settings: {', '.join(s.name for s in SETTINGS)}")
        _give_all(as_json)
        return
    setting = named(name)
    if unset or value is not None:
        new = None if unset or value is None else read_value(setting, value)
        _check(setting, new)
        file = change_setting(setting.name, new)
        say(f"{setting.name} is {shown(setting.default if new is None else new)} now ({file})")
    else:
        give(f"{shown(settings()[setting.name])}\n")


def _check(setting: Setting, value: object) -> None:
    """Raise UsageError for a value that no command would take."""
    from mhlit.cite import writer
    from mhlit.store.reading import COLUMNS, SORTS

    if value is None:
        return
    if setting.name == "format":
        writer(str(value))
    elif setting.name == "sort":
        one_of("order", str(value), SORTS)
    elif setting.name == "columns" and isinstance(value, tuple):
        for column in value or ("",):
            one_of("column", column, COLUMNS)
    elif setting.name == "limit" and value == 0:
        raise UsageError("limit must be at least 1")


def _give_all(as_json: bool) -> None:
    from mhlit.render import plain

    values = settings()
    if as_json:
        members = [
            {"name": one.name, "value": values[one.name], "default": one.default, "help": one.help} for one in SETTINGS
        ]
        give(plain.to_json({"settings": members}))
        return
    rows = [(one.name, shown(values[one.name]), one.help) for one in SETTINGS]
    if on_terminal():
        from mhlit.render.console import console
        from mhlit.render.tables import plain_table

        console().print(plain_table(("setting", "value", "what it does"), rows, wrap=2))
    else:
        give(plain.lines(rows))

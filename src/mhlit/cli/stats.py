"""Count works by year and section, venue, topic, language, status and version; and what the lists have wrong."""

from pathlib import Path
from typing import Annotated

import typer

from mhlit.cli.options import Given, JsonOption, ScopeOption, one_of, read_filters, takes_filters
from mhlit.cli.session import give, on_terminal, open_store, say
from mhlit.errors import MhlitError, NothingFound, UsageError
from mhlit.store.counting import TABLES, Statistics, gather
from mhlit.store.reading import Store

_COLUMNS = ("table", "value", "by", "count")
_PICTURE_COLUMNS = 100


@takes_filters
def command(
    *,
    name: Annotated[str, typer.Argument(metavar="TABLE", help=f"One of {', '.join(TABLES)}.", show_default=False)] = "",
    scope: ScopeOption = "all",
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Give comma-separated values with a header.")] = False,
    svg: Annotated[
        Path | None, typer.Option("--svg", metavar="FILE", help="Draw into an SVG file; - is standard output.")
    ] = None,
    given: Given,
) -> None:
    """Count the selected works and give out the numbers, or one table of them whole."""
    from mhlit.render import plain

    if as_json + as_csv + (svg is not None) > 1:
        raise UsageError("--json, --csv and --svg exclude each other")
    names = [one_of("table", name, TABLES)] if name else list(TABLES)
    store = open_store(scope)
    counted = gather(store, read_filters(store, given), names)
    if as_json:
        give(plain.to_json(_members(counted)))
    if not counted.works:
        raise NothingFound("no work matches these filters")
    if as_csv:
        give(plain.comma_separated(_rows(counted), _COLUMNS))
    elif svg:
        _write_picture(counted, svg, _labels(store), whole=bool(name))
    elif on_terminal() and not as_json:
        from mhlit.render.console import console
        from mhlit.render.plots import print_statistics

        print_statistics(counted, console(), _labels(store), whole=bool(name))
    elif not as_json:
        give(plain.lines(row[1:] if name else row for row in _rows(counted)))


def _rows(counted: Statistics) -> list[tuple[str, str, str, int]]:
    return [(table.name, *row) for table in counted.tables for row in table.rows()]


def _members(counted: Statistics) -> dict[str, object]:
    """Return the numbers as members of the JSON object."""
    tables = {
        table.name: [
            {
                "value": value,
                "count": table.count(value),
                **({"by": {by: table.count(value, by) for by in table.columns}} if table.columns else {}),
            }
            for value in table.values
        ]
        for table in counted.tables
    }
    return {
        "works": counted.works,
        "listings": counted.listings,
        "listings_with_errors": counted.wrong,
        "tables": tables,
    }


def _labels(store: Store) -> dict[str, str]:
    """Return what is said in place of a value: the names of languages."""
    return {term.name: f"{term.definition} ({term.name})" for term in store.vocabulary("language")}


def _write_picture(counted: Statistics, file: Path, labels: dict[str, str], whole: bool) -> None:
    from mhlit.files import write_whole
    from mhlit.render.picture import svg
    from mhlit.render.plots import print_statistics

    picture = svg(lambda console: print_statistics(counted, console, labels, whole), _PICTURE_COLUMNS, "mhlit stats")
    if str(file) == "-":
        give(picture)
        return
    if file.exists() and (not file.is_file() or not _is_svg(file)):
        raise MhlitError(f"{file} is there and is no SVG picture", "name another file with --svg")
    write_whole(file, picture.encode())
    say(f"drawn into {file}")


def _is_svg(file: Path) -> bool:
    with file.open("rb") as opened:
        return b"<svg" in opened.read(1024)

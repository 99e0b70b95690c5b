"""Which catalog folder a keeper works on, and which day it is: options of the commands under `catalog`."""

import os
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from mhlit.errors import MhlitError

FolderOption = Annotated[
    Path | None,
    typer.Option(
        "--catalog",
        metavar="DIR",
        help="The catalog folder; else the one MHLIT_CATALOG names, else ./catalog.",
        show_default=False,
    ),
]

TodayOption = Annotated[
    datetime | None,
    typer.Option(
        metavar="DATE", formats=["%Y-%m-%d"], help="Take this day, YYYY-MM-DD, for today.", show_default=False
    ),
]


def day_of(today: datetime | None) -> date:
    """Return the day asked for, or today."""
    return today.date() if today else date.today()


def source_folder(named: Path | None) -> Path:
    """Return the catalog folder a keeper works on. Raises MhlitError where there is none."""
    wanted = named or os.environ.get("MHLIT_CATALOG")
    folder = Path(wanted or "catalog")
    if not (folder / "works").is_dir():
        where = f"{folder} is not a catalog folder" if wanted else "there is no catalog folder here"
        raise MhlitError(where, "name one with --catalog DIR or MHLIT_CATALOG; it has a folder 'works' in it")
    return folder

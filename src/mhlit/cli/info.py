"""Show the version, the catalog's date and counts, and where things are kept."""

from pathlib import Path
from typing import Any

from mhlit.cli.options import JsonOption
from mhlit.cli.output import give_columns
from mhlit.cli.session import give, open_store

SCHEMAS = Path(__file__).parent.parent / "schemas"
"""A JSON Schema for what each command gives with ``--json``, named after the command."""


def command(as_json: JsonOption = False) -> None:
    """Gather facts about this installation and give them out."""
    import platform
    import sqlite3

    from mhlit import __version__
    from mhlit.catalog.locate import BUNDLED, CHECKOUT
    from mhlit.paths import cache_folder, library_file, settings_file
    from mhlit.render import plain
    from mhlit.store.filters import Filters

    store = open_store("catalog")
    facts = store.metadata()
    statuses = dict(store.facet_counts("status", Filters()))
    files = {"library": library_file(), "settings": settings_file()}
    rows: dict[str, Any] = {
        "version": __version__,
        "catalog date": facts["date"],
        "works": len(store),
        "verified": statuses.get("verified", 0),
        "partly verified": statuses.get("partial", 0),
        "listed only": statuses.get("listed", 0),
        "listings": int(facts["listings"]),
        "catalog": str(BUNDLED if BUNDLED.exists() else CHECKOUT),
        "cache": str(cache_folder()),
        **{name: str(file) for name, file in files.items()},
        "schemas": str(SCHEMAS),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }
    if as_json:
        give(plain.to_json({name.replace(" ", "_"): value for name, value in rows.items()}))
        return
    for name, file in files.items():
        rows[name] += "" if file.exists() else " (none yet)"
    give_columns(list(rows.items()))

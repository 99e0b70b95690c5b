"""Bring a library of an earlier version up to this one: a backup first, then everything in one transaction."""

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from mhlit.library.schema import VERSION, create_made, drop_made

Step = Callable[[sqlite3.Connection], None]
# For each version of the reader's own tables, what makes the next of it.
STEPS: Mapping[int, Step] = {}


def migrate(connection: sqlite3.Connection, path: Path, found: int, say: Callable[[str], None]) -> None:
    """Migrate an open library of version `found`, within the transaction that is under way.

    The tables that are made from the reader's own are made anew and left empty; `metadata` then lacks the catalog's
    mark, so that whoever opens the library next fills them (`mhlit.library.shown`).
    """
    from mhlit.library.backups import back_up_before

    kept = back_up_before(path, f"version-{found}")
    for version in range(found // 1000, VERSION // 1000):
        STEPS[version](connection)
    drop_made(connection)
    create_made(connection)
    connection.execute(f"PRAGMA user_version = {VERSION}")
    say(f"your library was brought up to date; as it was before, it is {kept}")

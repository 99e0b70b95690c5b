"""Small stores made up for a test: a work is a title and what the test cares about."""

import sqlite3
from collections.abc import Iterable, Sequence

from mhlit.model import Identifier, Name, PartialDate, Provenance, Record, Status, Version, Work
from mhlit.store.reading import Store
from mhlit.store.schema import Connection, create
from mhlit.store.writing import write_synonyms, write_works


def made_up(
    title: str, key: str = "", authors: str = "", *, year: int = 2020, summary: str = "", doi: str = ""
) -> Work:
    """Return a made-up work; authors as ``Family, Given; Family, Given``."""
    names = tuple(
        Name(family=family.strip(), given=given.strip())
        for family, _, given in (one.partition(",") for one in authors.split(";") if one)
    )
    identifiers = (Identifier("doi", doi),) if doi else ()
    record = Record(
        Version.VERSION_OF_RECORD, "article", title, names, PartialDate(year), venue="MADE", identifiers=identifiers
    )
    made = key or "-".join(title.lower().split()[:4])
    return Work(made, record, None, Provenance(Status.LISTED), summary=summary)


def shelf(works: Iterable[Work | str], origin: str = "library", synonyms: Sequence[Sequence[str]] = ()) -> Store:
    """Return a store in memory with works, given whole or by their titles."""
    connection = sqlite3.connect(":memory:", factory=Connection)
    create(connection)
    with connection:
        write_synonyms(connection, synonyms)
        write_works(connection, [made_up(work) if isinstance(work, str) else work for work in works], {})
    return Store(connection, origin)

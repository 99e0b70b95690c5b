"""Where each field of a record came from, as a work of the reader's keeps and shows it."""

from collections.abc import Iterator
from datetime import date

from mhlit.model import Provenance, Status, Version
from mhlit.sources.joining import Joined
from mhlit.sources.registry import TITLES

_WORDS = {Version.VERSION_OF_RECORD: "record", Version.PREPRINT: "preprint"}
_PAGE = "its page"


def provenance(work: Joined, today: date) -> Provenance:
    """Return how a work that was asked for is known: the sources, their pages, and what is from which."""
    return Provenance(
        Status.OWN, today.isoformat(), work.sources, work.seen, note="; ".join(filter(None, _versions(work)))
    )


def title_of(name: str) -> str:
    """Return what people call a source."""
    return TITLES.get(name, _PAGE)


def _versions(work: Joined) -> Iterator[str]:
    """Yield, for each version, who told most of it, and what is from others: `record: Crossref, but pmid: PubMed`."""
    for version, word in _WORDS.items():
        fields = [(field, name) for of, field, name in work.origins if of == version and field != "type"]
        names = [name for _, name in fields]
        if not names:
            continue
        most = max(dict.fromkeys(names), key=names.count)
        others = [
            f"{', '.join(field for field, one in fields if one == name)}: {title_of(name)}"
            for name in dict.fromkeys(names)
            if name != most
        ]
        yield f"{word}: {title_of(most)}" + (f", but {', '.join(others)}" if others else "")

"""Read and check the groups of words that stand for one another in a search."""

from collections.abc import Iterator, Mapping
from typing import Any

from mhlit.stems import stem
from mhlit.text import fold

Group = tuple[str, ...]


def groups(table: Mapping[str, Any]) -> tuple[Group, ...]:
    """Return the groups of a table that :func:`problems` finds nothing wrong with, each as folded words."""
    return tuple((fold(first), *others) for first, others in table.items())


def problems(table: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong in the table of synonyms: ``word: what is wrong``."""
    seen: dict[str, str] = {}
    for first, others in table.items():
        if not isinstance(others, list) or not others or not all(isinstance(other, str) for other in others):
            yield f"{first}: must be a list of quoted words or phrases, got {others!r}"
            continue
        for written in (fold(first), *others):
            if not written or fold(written) != written:
                yield f"{first}: must be lower case without accents or punctuation, got {written!r}"
            stems = " ".join(map(stem, written.split()))
            if stems in seen:
                where = "in this group" if seen[stems] == first else f"under {seen[stems]}"
                yield f"{first}: {written!r} stands {where} already, in this or another form"
            seen.setdefault(stems, first)

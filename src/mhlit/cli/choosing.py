"""Which works are to be cited: those named, those the filters select, or those that documents cite."""

from collections.abc import Sequence
from pathlib import Path

from mhlit.cli.output import count
from mhlit.cli.session import keys_from, say
from mhlit.errors import NothingFound
from mhlit.store.filters import Filters
from mhlit.store.reading import Store

Choice = tuple[int, str]
"""A work's row id, and the key it shall have; empty for its own."""


def choose(
    store: Store, keys: list[str] | None, documents: Sequence[Path], filters: Filters, sort: str
) -> tuple[list[Choice], bool]:
    """Return the works to cite, each with the key it shall have, and whether every key of the documents was known.

    Raises NothingFound where there is nothing to cite, KeyProblem for a key that names no work or several.
    """
    from mhlit.keys import find

    chosen: dict[Choice, None] = {}
    complete = True
    everything = not keys and not documents
    if documents:
        cited, everything, complete = _cited(store, documents)
        chosen.update(dict.fromkeys(cited))
    chosen.update(dict.fromkeys((find(store, key), "") for key in keys_from(keys or [])))
    if everything:
        present = {work for work, _ in chosen}
        chosen.update(dict.fromkeys((work, "") for work in store.ids(filters) if work not in present))
    elif filters:
        allowed = set(store.ids(filters))
        chosen = {choice: None for choice in chosen if choice[0] in allowed}
    if not chosen:
        raise NothingFound("there is nothing to cite")
    if not sort:
        return list(chosen), complete
    order = {work: place for place, work in enumerate(store.ids(Filters(), sort))}
    return sorted(chosen, key=lambda choice: order[choice[0]]), complete


def _cited(store: Store, documents: Sequence[Path]) -> tuple[list[Choice], bool, bool]:
    """Return the works that documents cite, whether they cite every one there is, and whether all keys are known.

    Says which are not. Raises NothingFound where they cite nothing, or nothing that is known.
    """
    from mhlit.formats.cited import EVERYTHING, read
    from mhlit.keys import find_exactly

    names = ", ".join(str(document) for document in documents)
    keys: dict[str, None] = {}
    for document in documents:
        cited = read(document)
        keys.update(dict.fromkeys(cited.keys))
        for problem in cited.problems:
            say(f"mhlit: {problem}")
    everything = keys.pop(EVERYTHING, "") is None
    if not keys and not everything:
        raise NothingFound(f"{names} cites nothing")
    found = {key: find_exactly(store, key) for key in keys}
    unknown = [key for key, works in found.items() if len(works) != 1]
    _say_unknown(store, unknown)
    choices = [(works[0], key) for key, works in found.items() if len(works) == 1]
    if not choices and not everything:
        raise NothingFound(f"no work that {names} cites is known")
    return choices, everything, not unknown


def _say_unknown(store: Store, unknown: Sequence[str]) -> None:
    """Say which keys are not known, each with the nearest ones, and those without any in one line."""
    from mhlit.keys import nearest_keys

    foreign = []
    for key in unknown:
        near = nearest_keys(store, key)
        if near:
            say(f"mhlit: unknown key {key}; did you mean {' or '.join(near)}?")
        else:
            foreign.append(key)
    if foreign:
        say(f"mhlit: {count(len(foreign), 'unknown key')}: {', '.join(foreign)}")

"""Which work does a KEY mean? A citation key, an alias, an identifier, an address, a name, or a beginning of these."""

from collections.abc import Iterable

from mhlit.errors import KeyProblem
from mhlit.store.lookup import named_by
from mhlit.store.reading import Store
from mhlit.text import printable, squash

_SHOWN = 5


def find(store: Store, text: str) -> int:
    """Return the row id of the one work that `text` means.

    Raises KeyProblem where it means none (the nearest keys are the hint) or several (they are shown).
    """
    text = printable(text).strip()
    for found in _candidates(store, text) if text else ():
        if len(found) == 1:
            return found[0]
        if found:
            raise KeyProblem(f"{text!r} means {len(found)} works", _choices(store, found))
    raise KeyProblem(f"no work is known as {text!r}", _way_on(store, text) if text else "")


def _way_on(store: Store, text: str) -> str:
    """Return what may lead to the work that `text` was to mean."""
    near = nearest_keys(store, text)
    if near:
        return f"did you mean {_or(near)}?"
    from mhlit.identifiers import recognise

    return f"mhlit add {text} asks the world for it" if recognise(text) else f"mhlit search {text}"


def find_exactly(store: Store, text: str) -> list[int]:
    """Return the row ids of the works that `text` is a key, an alias or an identifier of; no name, no beginning."""
    return next((found for found in _exact(store, text) if found), [])


def _exact(store: Store, text: str) -> Iterable[list[int]]:
    yield store.lookup("works", "key", [text])
    yield store.lookup("aliases", "alias", [text])
    yield named_by(store, text)


def _candidates(store: Store, text: str) -> Iterable[list[int]]:
    """Yield the works that `text` means in one way after another, the surest way first."""
    yield from _exact(store, text)
    name = squash(text)
    if name:
        yield store.lookup("handles", "handle", [name])
        yield sorted({*store.starting("works", "key", text), *store.starting("aliases", "alias", text)})
        yield store.starting("handles", "handle", name)


def _choices(store: Store, ids: list[int]) -> str:
    """Return the keys to choose from, with their titles, a line each."""
    rows = sorted(store.rows(ids, ["key", "title"]), key=str)
    lines = [f"{key}: {title}" for key, title in rows[:_SHOWN]]
    more = [f"and {len(rows) - _SHOWN} more"] if len(rows) > _SHOWN else []
    return "one of\n" + "\n".join(f"  {line}" for line in (*lines, *more))


def nearest_keys(store: Store, text: str, limit: int = 3) -> list[str]:
    """Return the citation keys whose key, alias or name is most like `text`; imports rapidfuzz."""
    from rapidfuzz import fuzz, process

    wanted = squash(text)
    if not wanted:
        return []
    names: dict[str, int] = {}
    for table, column in (("works", "key"), ("aliases", "alias"), ("handles", "handle")):
        for value, work in store.all_values(table, column):
            names.setdefault(squash(value), work)
    near = process.extract(wanted, names.keys(), scorer=fuzz.ratio, limit=limit * 3, score_cutoff=70)
    return store.keys(list(dict.fromkeys(names[name] for name, _, _ in near)))[:limit]


def _or(keys: list[str]) -> str:
    return keys[0] if len(keys) == 1 else f"{', '.join(keys[:-1])} or {keys[-1]}"

"""A search as the command line asks for it: a query as the shell hands it over, or --like KEY."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mhlit.cli.session import say
from mhlit.errors import NothingFound, UsageError
from mhlit.search.engine import Results, search
from mhlit.store.filters import Filters
from mhlit.store.reading import Store
from mhlit.store.schema import FACETS

if TYPE_CHECKING:
    from mhlit.search.explain import Explanation


def find(store: Store, words: Sequence[str], like: str, filters: Filters) -> tuple[str, Results]:
    """Return what was asked for, in a line, and what was found.

    Raises UsageError unless there is either a query or a key that works are to be like.
    """
    if bool(words) == bool(like):
        raise UsageError("--like takes no QUERY" if like else "missing QUERY", "" if like else "mhlit search empathy")
    if not like:
        query = joined(words)
        return query, search(store, query, filters)
    from mhlit import keys
    from mhlit.search.similar import like as alike

    work = keys.find(store, like)
    return f"like {store.keys([work])[0]}", alike(store, work, filters)


def nothing(store: Store, asked: str, results: Results) -> NothingFound:
    """Return the error for a search that found nothing, with what may have been meant."""
    from mhlit.search.explain import meant

    if results.unfiltered:
        return NothingFound(
            f"nothing found for {asked!r}", f"without filters and exclusions it finds {results.unfiltered}"
        )
    near = meant(store, results)
    if near:
        return NothingFound(f"nothing found for {asked!r}", f"did you mean {' or '.join(near)}?")
    hint = "" if results.sought else "it is an identifier or an address, and no work here has it"
    unknown = [one.typed for one in results.sought if one.needed and not one.variants]
    rest = " ".join(one.typed for one in results.sought if one.needed and one.variants)
    if unknown and rest:
        hint = f"no work holds {' or '.join(unknown)}"
        hint += f"; without: mhlit search {rest}" if search(store, rest).hits else ""
    return NothingFound(f"nothing found for {asked!r}", hint)


def say_corrections(results: Results) -> None:
    """Tell the reader which words were taken for typos."""
    if any(variant.kind == "typo" for one in results.sought for variant in one.variants):
        from mhlit.search.explain import corrections

        for typed, taken in corrections(results):
            say(f"no work holds {typed!r}; taken for {' or '.join(taken)}")


def explained(store: Store, results: Results, works: Sequence[int]) -> list[Explanation]:
    """Return why each of `works` was found."""
    from mhlit.search.explain import explain

    return explain(store, results, works)


def joined(words: Sequence[str]) -> str:
    """Return the query that the words of a command line make.

    Where the shell has taken the quotes of ``author:"de choudhury"`` away, they are put back; a single
    argument is the query as it is.
    """
    return words[0].strip() if len(words) == 1 else " ".join(_quoted(word.strip()) for word in words)


def _quoted(word: str) -> str:
    sign = "-" if word.startswith("-") else ""
    name, colon, value = word.removeprefix("-").partition(":")
    if " " not in word or '"' in word or "(" in word:
        return word
    if colon and name.lower() in FACETS:
        return f'{sign}{name}:"{value}"'
    return f'-"{word[1:]}"' if sign else word

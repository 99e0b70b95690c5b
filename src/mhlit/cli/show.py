"""Show works in full: record, versions, links, topics, where they are listed, how they were verified."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mhlit.cli.options import JsonOption, KeyArguments, ScopeOption
from mhlit.cli.session import give, keys_from, on_terminal, open_store
from mhlit.errors import UsageError
from mhlit.store.reading import Store

if TYPE_CHECKING:
    from mhlit.model import Work


def command(
    keys: KeyArguments = None,
    scope: ScopeOption = "all",
    raw: Annotated[bool, typer.Option("--plain", help="Give labelled lines on a terminal too.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Find each work by its key and give it out."""
    from mhlit.keys import find

    wanted = keys_from(keys or [])
    if not wanted:
        raise UsageError("missing KEY", "mhlit show soulchat")
    store = open_store(scope)
    ids = list(dict.fromkeys(find(store, key) for key in wanted))
    if as_json:
        from mhlit.render.plain import works_json

        give(works_json(store.documents(ids)))
        return
    from mhlit.search.similar import nearest

    works = store.works(ids)
    shown = zip(works, nearest(store, ids), [_own(store, work) for work in works], strict=True)
    if on_terminal() and not raw:
        from mhlit.render.card import card
        from mhlit.render.cards import print_cards
        from mhlit.render.console import console

        print_cards([card(work, near, own) for work, near, own in shown], console())
    else:
        from mhlit.render.card import plain

        give("\n".join(plain(work, near, own) for work, near, own in shown))


def _own(store: Store, work: Work) -> list[tuple[str, str, str]]:
    """Return in what the reader's own record differs from the catalog's: field, the reader's, the catalog's."""
    if not work.item:
        return []
    from mhlit.library.differing import differing

    return [(one.field, one.other, one.kept) for one in differing(store, work)]

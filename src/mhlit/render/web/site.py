"""What a site consists of: its pages by their paths."""

from collections.abc import Mapping

from mhlit.render.web import index, work
from mhlit.render.web.cards import Card
from mhlit.render.web.facets import FACETS
from mhlit.render.web.markup import file_name, write
from mhlit.store.filters import Filters
from mhlit.store.reading import Store

INDEX = "index.html"
WORKS = "works"


def pages(store: Store, ids: list[int], references: Mapping[str, str]) -> dict[str, str]:
    """Return the page of each work and the page of all, last.

    `references` gives the ready-made reference of a citation key, as HTML; a key it has not gets none.
    """
    facets = _facets(store, ids)
    cards = [
        Card(one, facets[identity], references.get(one.key, ""))
        for identity, one in zip(ids, store.works(ids), strict=True)
    ]
    vocabularies = {name: store.vocabulary(name) for name in FACETS}
    date = store.metadata().get("date", "")
    found = {f"{WORKS}/{file_name(card.work.key)}": write(work.page(card.work, card.reference)) for card in cards}
    return {**found, INDEX: write(index.page(cards, vocabularies, date))}


def _facets(store: Store, ids: list[int]) -> dict[int, dict[str, tuple[str, ...]]]:
    """Return the values of every facet of the page that each work has."""
    found: dict[int, dict[str, tuple[str, ...]]] = {work: {} for work in ids}
    for name in FACETS:
        for value, _ in store.facet_counts(name, Filters()):
            for one in store.with_facet(name, value) & found.keys():
                found[one][name] = (*found[one].get(name, ()), value)
    return found

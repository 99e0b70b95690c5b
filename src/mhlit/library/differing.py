"""In what the reader's own record of a work differs from the catalog's, which is the one that is shown."""

from mhlit.library.items import with_key
from mhlit.library.merging import Disagreement, differences
from mhlit.model import Work
from mhlit.store.reading import Store


def differing(store: Store, work: Work) -> list[Disagreement]:
    """Return what the catalog says and the reader's own record does not; nothing where it is of one of them alone."""
    if work.item is None or not work.item.catalog:
        return []
    kept = with_key(store.shelves[-1].connection, work.key)
    return differences(work, kept.work) if kept else []

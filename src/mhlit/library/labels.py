"""What other programs file a reference under: its keywords become tags, the groups of JabRef become collections."""

import re
from collections.abc import Iterator

from mhlit.formats.latex_reading import decode
from mhlit.model import Entry, Item
from mhlit.text import printable

# Fields by the names of BibTeX, CSL-JSON, RIS, PubMed and EndNote. MeSH's headings are an index's words, no reader's.
_KEYWORDS = frozenset(("keywords", "keyword", "kw", "ot", "k"))
_GROUPS = frozenset(("groups",))
_LONGEST = 100  # characters; what is longer is a sentence


def labelled(item: Item, entry: Entry) -> Item:
    """Return an item with what its entry is filed under besides its own tags and collections."""
    tags, collections = (*item.tags, *_labels(entry, _KEYWORDS)), (*item.collections, *_labels(entry, _GROUPS))
    return item._replace(tags=tuple(dict.fromkeys(tags)), collections=tuple(dict.fromkeys(collections)))


def _labels(entry: Entry, names: frozenset[str]) -> Iterator[str]:
    for field in entry.fields:
        if field.name.lower() in names:
            for part in re.split(r"[;,\n]", decode(field.value)):
                label = " ".join(printable(part).split())
                if label and len(label) <= _LONGEST:
                    yield label

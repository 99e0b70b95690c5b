"""What a work is looked up and filtered by: its handles, identifiers and facets."""

import re
from collections.abc import Iterator
from functools import lru_cache

from mhlit.identifiers import lookup_forms, lookup_url
from mhlit.model import Item, Record, Work
from mhlit.names import folded_name
from mhlit.text import squash

MAY_HOLD_NAMES = re.compile(r"\d|\S[A-Z]|[^\x00-\x7f]")
"""Found in every text that has a word for which `is_name` says yes, and in few others."""


def records(work: Work) -> list[Record]:
    """Return the records of a work, the preferred one first."""
    return [record for record in (work.record, work.preprint) if record]


def venue_of(record: Record) -> str:
    """Return the short venue a record is filtered by."""
    return record.venue or record.server or record.container_title


def identifier_forms(work: Work) -> set[str]:
    """Return every form under which an identifier or an address of the work is looked up."""
    forms: set[str] = set()
    for record in records(work):
        for identifier in record.identifiers:
            if identifier.scheme not in ("isbn", "issn"):  # those name a volume or a journal, not a work
                forms.update(lookup_forms(identifier))
        forms.update(lookup_url(url) for url in (record.url, record.pdf) if url)
    return forms


def handles(work: Work) -> list[str]:
    """Return the names a work goes by, squashed: ``soulchat``, ``mdd5k``, ``trait``.

    A name is what stands before the title's colon, up to three words, and any word of the title
    with a capital or digit inside it.
    """
    found: dict[str, None] = {}
    for record in records(work):
        head, colon, _ = record.title.partition(":")
        if colon and len(head.split()) <= 3:
            found[squash(head)] = None
        for word in record.title.split() if MAY_HOLD_NAMES.search(record.title) else ():
            if is_name(word):
                found[squash(word.removesuffix("'s").removesuffix("’s"))] = None
    return [handle for handle in found if len(handle) > 1]


@lru_cache(maxsize=1 << 14)  # the words of a library are few, beside how often each stands in it
def is_name(word: str) -> bool:
    """Tell whether a word of a title is written like a name: a capital or a digit after its first letter.

    The capitals after a hyphen do not count (``Large-Scale``).
    """
    if word.isalpha() and word[1:].islower():  # nearly every word
        return False
    parts = word.strip("“”‘’\"'().,:;?!").split("-")
    inside = any(part[1:] != part[1:].lower() for part in parts)
    mixed = any(c.isdigit() for c in word) and any(c.isalpha() for c in word)
    return inside or mixed


def facet_values(work: Work) -> Iterator[tuple[str, str]]:
    """Yield the name and value of every facet of a work, in the order the work has them."""
    main = work.preferred
    if venue_of(main):
        yield "venue", venue_of(main)
    yield "status", work.provenance.status.value
    if main.issued:
        yield "year", f"{main.issued.year:04d}"
    for name, values in (
        ("section", work.sections),
        ("list", tuple(dict.fromkeys(listing.list for listing in work.listings))),
        ("topic", work.topics),
        ("resource", work.resources),
        ("language", work.languages),
        ("author", tuple(dict.fromkeys(folded_name(author) for author in main.authors))),
        ("has", tuple(possessions(work))),
        *(item_values(work.item) if work.item else ()),
    ):
        for value in values:
            yield name, value


def item_values(item: Item) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the facets of what a reader says of a work."""
    yield "tag", item.tags
    yield "reading", (item.reading,)
    yield "starred", ("yes",) if item.starred else ()
    yield "collection", item.collections
    yield "added", (item.added,)


def possessions(work: Work) -> Iterator[str]:
    """Yield what can be had of a work: the values of the facet `has`."""
    versions = records(work)
    if any(record.pdf for record in versions):
        yield "pdf"
    if work.code:
        yield "code"
    if any(record.identifier("doi") for record in versions):
        yield "doi"
    if work.preprint:
        yield "preprint"
    if work.record:
        yield "published"

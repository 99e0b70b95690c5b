"""The folded words of a work's search columns: what full-text search looks through."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from mhlit.model import Term, Work
from mhlit.names import family_name, natural
from mhlit.store.index import MAY_HOLD_NAMES, is_name, records, venue_of
from mhlit.text import camel_parts, fold, squash, transliterate

Vocabulary = Mapping[str, tuple[Term, ...]]
_ADDRESS = re.compile(r"\(?(?:https?://|www\.)\S+")
_LETTERS_AND_DIGITS = re.compile(r"[^\W\d_]+|\d+")
# What German, Danish and Swedish writers put for these letters where they have none.
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


def search_text(work: Work, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the folded words of each search column, in the order of ``schema.SEARCH_COLUMNS``."""
    titles = dict.fromkeys(title for record in records(work) for title in (record.title, record.former_title) if title)
    return (
        _words(titles),
        " ".join(_spellings(titles)),
        _with_spellings([*_author_texts(work)]),
        _citation_words(work),
        _with_spellings([*_topic_texts(work, vocabulary)]),
        _words(_venue_texts(work, vocabulary)),
        _with_spellings([work.summary, work.item.note] if work.item else [work.summary]),
        _words(_ADDRESS.sub(" ", listing.as_listed) for listing in work.listings),
    )


def _words(texts: Iterable[str]) -> str:
    """Return the folded words of `texts`, and beside a text that does not fold to ASCII its transliterated words."""
    present = list(filter(None, texts))
    if not present:
        return ""
    whole = fold(" ".join(present))
    return whole if whole.isascii() else " ".join(filter(None, map(_folded, present)))


@lru_cache(maxsize=1 << 14)  # names of people and venues come again and again
def _folded(text: str) -> str:
    plain = fold(text)
    return plain if plain.isascii() else f"{plain} {fold(transliterate(text))}"


def _with_spellings(texts: list[str]) -> str:
    """Return the folded words of `texts` and, after all of them, so that phrases stay whole, other spellings."""
    return " ".join((_words(texts), *_spellings(texts)))


def _spellings(texts: Iterable[str]) -> Iterator[str]:
    """Yield other spellings of words: names split at capitals and digits, and what has a hyphen without it."""
    whole = " ".join(texts)
    if "-" in whole or MAY_HOLD_NAMES.search(whole):
        yield from dict.fromkeys(form for word in whole.split() for form in _spelt(word))


@lru_cache(maxsize=1 << 15)  # the words of a library are few, beside how often each stands in it
def _spelt(word: str) -> tuple[str, ...]:
    forms = camel_parts(transliterate(word)) if is_name(word) else []
    if len(forms) > 1 or "-" in word:
        forms.append(squash(word))
    return tuple(form for form in forms if form)


def _author_texts(work: Work) -> Iterator[str]:
    names = [name for record in records(work) for name in (*record.authors, *record.former_authors)]
    for written in dict.fromkeys(natural(name) for name in names):
        yield written
        if not written.isascii():
            spelt_out = written.lower().translate(_UMLAUTS)
            if spelt_out != written.lower():
                yield spelt_out


def _citation_words(work: Work) -> str:
    """Return what one remembers of a citation: keys taken apart, the first author's family name, the years."""
    parts = _LETTERS_AND_DIGITS.findall(fold(" ".join((work.key, *work.aliases))))
    for record in records(work):
        parts += [fold(family_name(name)) for name in record.authors[:1]]
        parts += [f"{record.issued.year:04d}"] if record.issued else []
    return " ".join(dict.fromkeys(part for part in parts if part and part != "etal"))


def _topic_texts(work: Work, vocabulary: Vocabulary) -> Iterator[str]:
    chosen = {"topic": work.topics, "resource": work.resources, "language": work.languages}
    for facet, names in chosen.items():
        if not names:
            continue
        definitions = {term.name: term.definition for term in vocabulary.get(facet, ())}
        for name in names:
            yield name
            if facet != "resource":  # a resource's definition speaks of all works of its kind
                yield definitions.get(name, "")
    yield from work.data_origin
    if work.item:
        yield from work.item.tags


def _venue_texts(work: Work, vocabulary: Vocabulary) -> Iterator[str]:
    for record in records(work):
        venue = venue_of(record)
        yield venue
        yield record.container_title if record.container_title != venue else ""
        if record.venue:
            yield next((term.definition for term in vocabulary.get("venue", ()) if term.name == venue), "")
        yield record.track

"""Read the full-text index of every shelf as one: its words, and the works that hold them.

A work that two shelves have is counted and read once, on the shelf that shows it: of rows of the catalog that the
library has too, nothing is read. User text reaches FTS5 in one place, :meth:`Words.holding_phrase`, where all of it
stands in quotes.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mhlit.store.reading import Store, chunks
from mhlit.store.schema import SEARCH_COLUMNS

FIELD_BITS = {name: 1 << place for place, name in enumerate(SEARCH_COLUMNS)}
Fields = int
"""A set of search columns, as the sum of their bits."""
Holders = dict[int, Fields]
"""Works, by id, and the columns in which each holds what was looked for."""
_AFTER_ALL = "\U0010ffff"


class Word(NamedTuple):
    """A word of the index: how it is written, its stem, and how many works hold it."""

    text: str
    stem: str
    works: int


class Words:
    """The words of all shelves of a store together."""

    def __init__(self, store: Store) -> None:
        """Read the index of each shelf."""
        self._store = store
        self._shelves = store.shelves
        self._works = -1

    def known(self, texts: Iterable[str], stems: Iterable[str] = ()) -> dict[str, Word]:
        """Return the words of the index that are among `texts`, or have one of `stems`, by how they are written."""
        found: dict[str, Word] = {}
        for column, values in (("word", texts), ("stem", stems)):
            for chunk in chunks(list(values)):
                marks = ", ".join("?" * len(chunk))
                self._gather(found, f"SELECT word, stem, works FROM words WHERE {column} IN ({marks})", chunk)
        return found

    def _gather(self, found: dict[str, Word], select: str, parameters: Sequence[object]) -> None:
        """Add up what each shelf shows of its words; a word that was found before is left as it is."""
        new: dict[str, Word] = {}
        for shelf in self._shelves:
            words = [Word(*row) for row in shelf.connection.execute(select, parameters)]
            hidden = _in_hidden_rows(shelf, words) if shelf.twins and words else {}
            for text, stem, works in words:
                before = new.get(text)
                new[text] = Word(text, stem, works - hidden.get(text, 0) + (before.works if before else 0))
        for text in sorted(new):  # so that it does not matter which shelf knew a word first
            if new[text].works:
                found.setdefault(text, new[text])

    def beginning(self, start: str) -> list[Word]:
        """Return the words that are longer than `start` and begin with it, the most frequent first."""
        found: dict[str, Word] = {}
        select = "SELECT word, stem, works FROM words WHERE word > ? AND word < ?"
        self._gather(found, select, (start, start + _AFTER_ALL))
        return sorted(found.values(), key=lambda word: (-word.works, word.text))

    def of_length(self, least: int, most: int, start: str = "") -> set[str]:
        """Return every word of `least` to `most` letters, or only those that begin with `start`."""
        select = "SELECT word FROM words WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ?"
        parameters = (start, start + _AFTER_ALL, least, most)
        return {word for shelf in self._shelves for (word,) in shelf.connection.execute(select, parameters)}

    def synonyms(self, stems: Iterable[str]) -> list[tuple[str, str]]:
        """Return what stands for words and phrases that are given by their stems: (stems, synonym)."""
        found: list[tuple[str, str]] = []
        for chunk in chunks(list(stems)):
            marks = ", ".join("?" * len(chunk))
            select = f"SELECT stems, synonym FROM synonyms WHERE stems IN ({marks})"
            found += self._store.connection.execute(select, chunk)
        return found

    def holding(self, word: str) -> Holders:
        """Return the works that hold a word."""
        return self._holders("SELECT doc, col FROM search_places WHERE term = ?", (word,))

    def holding_beginning(self, start: str) -> Holders:
        """Return the works that hold a longer word that begins with `start`."""
        select = "SELECT doc, col FROM search_places WHERE term > ? AND term < ?"
        return self._holders(select, (start, start + _AFTER_ALL))

    def holding_phrase(self, words: Sequence[str], columns: Sequence[str] = SEARCH_COLUMNS) -> Holders:
        """Return the works that hold folded words next to each other, in one of the columns."""
        phrase = '"' + " ".join(words).replace('"', " ") + '"'
        found: Holders = {}
        for name in columns:
            select = f"SELECT rowid, '{name}' FROM search_index WHERE search_index MATCH ?"
            for work, fields in self._holders(select, (f"{name} : {phrase}",)).items():
                found[work] = found.get(work, 0) | fields
        return found

    def _holders(self, select: str, parameters: Sequence[object]) -> Holders:
        found: Holders = {}
        for shelf in self._shelves:
            base, twins = shelf.base, shelf.twins
            for row, column in shelf.connection.execute(select, parameters):
                if row not in twins:
                    found[row + base] = found.get(row + base, 0) | FIELD_BITS[column]
        return found

    def texts(self, works: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """Return the folded text of every search column of works, by their ids."""
        return {work: tuple(map(str, texts)) for work, texts in self._store.found_by_id(_TEXTS, works).items()}

    def __len__(self) -> int:
        """Return the number of works that are searched, counted once."""
        if self._works < 0:
            self._works = len(self._store)
        return self._works


def _in_hidden_rows(shelf: Store, words: Sequence[Word]) -> dict[str, int]:
    """Return how many rows that another shelf shows hold each of some words."""
    rows = ", ".join(map(str, shelf.twins))
    found: dict[str, int] = {}
    for chunk in chunks([word.text for word in words]):
        condition = f"term IN ({', '.join('?' * len(chunk))}) AND doc IN ({rows})"
        select = f"SELECT term, count(DISTINCT doc) FROM search_places WHERE {condition} GROUP BY term"
        found.update(shelf.connection.execute(select, chunk))
    return found


_TEXTS = f"SELECT rowid AS id, {', '.join(SEARCH_COLUMNS)} FROM search_index"

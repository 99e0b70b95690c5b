"""Read the full-text index of every shelf as one: its words, and the works that hold them.

A work that two shelves have is counted and read once, on the shelf that shows it: of rows of the catalog that the
library has too, nothing is read. User text reaches FTS5 in one place, :func:`_held`, where all of it stands in
quotes (:func:`_quoted`).
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import islice, pairwise
from typing import NamedTuple, TypeVar, cast

from mhlit.store.reading import Store, chunks
from mhlit.store.schema import SEARCH_COLUMNS

FIELD_BITS = {name: 1 << place for place, name in enumerate(SEARCH_COLUMNS)}
Fields = int
"""A set of search columns, as the sum of their bits."""
Holders = dict[int, Fields]
"""Works, by id, and the columns in which each holds what was looked for."""
Key = TypeVar("Key")
_AFTER_ALL = "\U0010ffff"
_MOST_WORDS = 128  # words, beginnings and phrases each are remembered with the works that hold them
_FEW = 250
"""More works than these that hold a word are sooner read column by column, as one text that SQLite puts together."""


class Word(NamedTuple):
    """A word of the index: how it is written, its stem, and how many works hold it."""

    text: str
    stem: str
    works: int


class _Recent(dict[Key, Holders]):
    """The works that hold what was asked for last."""

    def __setitem__(self, asked: Key, found: Holders) -> None:
        while len(self) >= _MOST_WORDS:
            del self[next(iter(self))]
        super().__setitem__(asked, found)


class Words:
    """The words of all shelves of a store together, which do not change meanwhile: what was read is remembered."""

    def __init__(self, store: Store) -> None:
        """Read the index of each shelf."""
        self._store = store
        self._shelves = store.shelves
        self._works = -1
        # The same word stands for several words of a query, and for words of several queries.
        self._of_word = _Recent[str]()
        self._of_beginning = _Recent[str]()
        self._of_phrase = _Recent[tuple[tuple[str, ...], tuple[str, ...]]]()

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
        if word not in self._of_word:
            self._of_word[word] = self._read_word(word)
        return self._of_word[word]

    def holding_beginning(self, start: str) -> Holders:
        """Return the works that hold a longer word that begins with `start`."""
        if start not in self._of_beginning:
            self._of_beginning[start] = self._read_beginning(start)
        return self._of_beginning[start]

    def holding_phrase(self, words: Sequence[str], columns: Sequence[str] = SEARCH_COLUMNS) -> Holders:
        """Return the works that hold folded words next to each other, in one of the columns."""
        asked = tuple(words), tuple(columns)
        if asked not in self._of_phrase:
            self._of_phrase[asked] = self._read_phrase(*asked)
        return self._of_phrase[asked]

    def _read_word(self, word: str) -> Holders:
        found: Holders = {}
        for shelf in self._shelves:
            works = shelf.connection.execute("SELECT works FROM words WHERE word = ?", (word,)).fetchone()
            if works:
                found |= _held(shelf, _quoted(word)) if works[0] > _FEW else _entries(shelf, "term = ?", (word,))
        return found

    def _read_beginning(self, start: str) -> Holders:
        end = start + _AFTER_ALL
        select = "SELECT word FROM words WHERE word > ? AND word < ? AND works > ?"
        parameters = (start, end, _FEW)
        common = {word for shelf in self._shelves for (word,) in shelf.connection.execute(select, parameters)}
        found: Holders = {}
        for word in common:
            _add(found, self.holding(word))
        for shelf in self._shelves:
            for between in pairwise([start, *sorted(common), end]):
                _add(found, _entries(shelf, "term > ? AND term < ?", between))
        return found

    def _read_phrase(self, words: tuple[str, ...], columns: tuple[str, ...]) -> Holders:
        found: Holders = {}
        for shelf in self._shelves:
            found |= _held(shelf, _quoted(" ".join(words)), columns)
        return found

    def shortest_titled(self, works: Collection[int], most: int) -> list[int]:
        """Return at most so many of `works`, those with the shortest titles first."""
        return list(islice((work for _, work in self._store.by_title_length() if work in works), most))

    def texts(self, works: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """Return the folded text of every search column of works, by their ids."""
        return cast("dict[int, tuple[str, ...]]", self._store.found_by_id(_TEXTS, works))

    def __len__(self) -> int:
        """Return the number of works that are searched, counted once."""
        if self._works < 0:
            self._works = len(self._store)
        return self._works


def _entries(shelf: Store, condition: str, parameters: Sequence[object]) -> Holders:
    """Return the works whose entries in the index meet a condition."""
    found: Holders = {}
    base, twins = shelf.base, shelf.twins
    for row, column in shelf.connection.execute(f"SELECT doc, col FROM search_places WHERE {condition}", parameters):
        if row not in twins:
            found[row + base] = found.get(row + base, 0) | FIELD_BITS[column]
    return found


def _held(shelf: Store, match: str, columns: Sequence[str] = SEARCH_COLUMNS) -> Holders:
    """Return the works in which one of the columns matches an expression of FTS5."""
    found: Holders = {}
    for name in _matching(shelf, match, columns):
        select = "SELECT group_concat(rowid + ?) FROM search_index WHERE search_index MATCH ?"
        ((ids,),) = shelf.connection.execute(select, (shelf.base, f"{name} : ({match})"))
        if ids:  # else another process has just removed them
            _add(found, dict.fromkeys(map(int, ids.split(",")), FIELD_BITS[name]))
    for row in shelf.twins:
        found.pop(row + shelf.base, None)
    return found


def _matching(shelf: Store, match: str, columns: Sequence[str]) -> Sequence[str]:
    """Return the columns in which an expression matches any row, halving them: most words stand in one or two."""
    select = "SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT 1"
    if not columns or not shelf.connection.execute(select, (f"{{{' '.join(columns)}}} : ({match})",)).fetchone():
        return ()
    half = len(columns) // 2
    return [*_matching(shelf, match, columns[:half]), *_matching(shelf, match, columns[half:])] if half else columns


def _quoted(text: str) -> str:
    """Return folded words as a phrase of FTS5."""
    return '"' + text.replace('"', " ") + '"'


def _add(found: Holders, more: Holders) -> None:
    """Put works to those that were found, each with the columns of both."""
    both = {work: found[work] | more[work] for work in found.keys() & more.keys()}
    found |= more
    found |= both


def _in_hidden_rows(shelf: Store, words: Sequence[Word]) -> dict[str, int]:
    """Return how many rows that another shelf shows hold each of some words."""
    rows = ", ".join(map(str, shelf.twins))
    found: dict[str, int] = {}
    for chunk in chunks([word.text for word in words]):
        condition = f"term IN ({', '.join('?' * len(chunk))}) AND doc IN ({rows})"
        select = f"SELECT term, count(DISTINCT doc) FROM search_places WHERE {condition} GROUP BY term"
        found.update(shelf.connection.execute(select, chunk))
    return found


# Read past FTS5, in half the time, from the table in which it keeps what was put in (sqlite.org/fts5.html, section 9).
_TEXTS = f"SELECT id, {', '.join(f'c{place}' for place in range(len(SEARCH_COLUMNS)))} FROM search_index_content"

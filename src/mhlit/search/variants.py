"""What may stand in the index for each word of a query: the word, its forms, synonyms, beginnings, typos."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, product

from mhlit.search.sought import Sought, Variant
from mhlit.search.weights import LITTLE, LITTLE_WORDS, rarity
from mhlit.stems import stem
from mhlit.store.words import Word, Words

_JOINED = 3  # so many neighbours may have been one word
_LONGEST_SYNONYM = 5  # words
_LONGEST_WORD = 40  # letters
_MOST_WORDINGS = 12
_LONG = 5  # words: a pasted title or reference
_MOST_SLIPS = 8  # so many unknown words may be typos; where there are more, the text is of something else
_AND_OTHERS = ("et", "al", "etal")
# A word held by no more works may be a typo that others made too.
FEW = 2
_RUNS = r"\d+|[^\W\d_]+"  # compiled when it is needed


def sought_words(typed: Sequence[tuple[str, bool]], index: Words, forgiving: bool = False) -> list[Sought]:
    """Return what to look for, given folded words in their order and whether each may begin a longer one.

    A word that the index does not know may be a typo; `forgiving` takes one that few works hold for one too.
    """
    if not typed:
        return []
    taken = list(_taken_apart(typed, index))
    reading = _Reading([word for word, _ in taken], index, forgiving)
    telling = {word for word in reading.words if word not in LITTLE_WORDS} or set(reading.words)
    return [reading.sought(place, begun, word in telling) for place, (word, begun) in enumerate(taken)]


def _taken_apart(typed: Sequence[tuple[str, bool]], index: Words) -> Iterator[tuple[str, bool]]:
    """Yield the words, one of letters and digits that the index does not know in its runs: hua 2025 scoping."""
    citing = [(word, begun) for word, begun in typed if word not in _AND_OTHERS]
    typed = citing or typed
    mixed = {word for word, _ in typed if word.isalnum() and not word.isalpha() and not word.isdigit()}
    unknown = mixed - index.known(mixed).keys() if mixed else mixed
    for word, begun in typed:
        runs = re.findall(_RUNS, word) if word in unknown else []
        if _is_key(runs) or (runs and len(index.known(runs)) == len(set(runs)) and max(map(len, runs)) > 2):
            yield from ((run, begun) for run in runs)
        else:
            yield word, begun


def _is_key(runs: Sequence[str]) -> bool:
    """Tell whether runs of letters and digits are those of a citation key: name, year and perhaps a word."""
    return len(runs) in (2, 3) and runs[0].isalpha() and runs[1].isdigit() and len(runs[1]) == 4


class _Reading:
    """The words of a query, and what the index knows of them and of their neighbours."""

    def __init__(self, words: list[str], index: Words, forgiving: bool) -> None:
        self.forgiving = forgiving
        self.words = words
        self.index = index
        self.stems = [stem(word) for word in words]
        joined = ("".join(words[at:end]) for at, end in _windows(len(words), 2, _JOINED))
        self.known = index.known({*words, *joined}, set(self.stems))
        self.synonyms = self._synonyms()
        self.slips = 0

    def sought(self, place: int, begun: bool, needed: bool) -> Sought:
        """Return the word at a place with its variants and weight."""
        word = self.words[place]
        variants = [Variant((word,), "exact")] if word in self.known else []
        if not needed:
            return self._weighed(word, variants, needed)
        variants += self._joined(place)
        variants += [Variant((form,), "form") for form in self._forms(self.stems[place]) if form != word]
        variants += self.synonyms.get(place, [])
        variants = variants or self._split(word)
        begins = len(word) > 2 if begun else not variants and len(word) > 3
        longer = self.index.beginning(word) if begins else []
        few = self._held(variants) <= FEW and (self.forgiving or (word not in self.known and not (begun and longer)))
        if longer:
            variants.append(Variant((word,), "beginning"))
        if few or not variants:
            variants += self._slips(place)
        # Initials, volumes and pages of a pasted reference that the index does not know.
        needed = bool(variants) or len(self.words) < _LONG or not (len(word) < 3 or word.isdigit())
        return self._weighed(word, variants, needed, longer)

    def _weighed(self, word: str, variants: list[Variant], needed: bool, longer: Sequence[Word] = ()) -> Sought:
        """Return the word with its weight, by how many works hold it in any form, or else what stands for it."""
        longer_held = sum(other.works for other in longer)
        held = self._held(variants)
        weight = rarity(len(self.index), held or longer_held) * (1 if needed else LITTLE)
        return Sought(word, tuple(variants), held + longer_held, weight, needed)

    def _held(self, variants: list[Variant]) -> int:
        """Return about how many works hold the word: all its forms together, or the most frequent other word."""
        works = [
            (variant.kind, self.known[variant.words[0]].works)
            for variant in variants
            if len(variant.words) == 1 and variant.kind != "beginning"
        ]
        forms = sum(many for kind, many in works if kind in ("exact", "form"))
        return forms or max((many for _, many in works), default=0)

    def _forms(self, wanted: str) -> list[str]:
        """Return the words of the index that have a stem."""
        return [word.text for word in self.known.values() if word.stem == wanted]

    def _joined(self, place: int) -> list[Variant]:
        """Return the words of the index that the word makes with its neighbours."""
        whole = ("".join(self.words[at:end]) for at, end in _around(place, len(self.words)))
        return [Variant((word,), "spelling") for word in whole if word in self.known]

    def _split(self, word: str) -> list[Variant]:
        """Return the two words of the index that the word is made of, where works hold them side by side."""
        if len(word) > _LONGEST_WORD:
            return []
        halves = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
        known = self.index.known({half for pair in halves for half in pair})
        pairs = [pair for pair in halves if pair[0] in known and pair[1] in known]
        return [Variant(pair, "spelling") for pair in pairs if self.index.holding_phrase(pair)]

    def _synonyms(self) -> dict[int, list[Variant]]:
        """Return the synonyms of words and of phrases, by the places of the words they stand for."""
        windows: dict[str, list[tuple[int, int]]] = {}
        for at, end in _windows(len(self.words), 1, _LONGEST_SYNONYM):
            windows.setdefault(" ".join(self.stems[at:end]), []).append((at, end))
        found = self.index.synonyms(windows)
        self.known |= self.index.known((), {stem(word) for _, synonym in found for word in synonym.split()})
        variants: dict[int, list[Variant]] = {}
        for stems, synonym in found:
            kind = "synonym" if (" " in stems) == (" " in synonym) else "acronym"
            wordings = [Variant(wording, kind) for wording in self._wordings(synonym)]
            for at, end in windows[stems]:
                for place in range(at, end):
                    variants.setdefault(place, []).extend(wordings)
        return variants

    def _wordings(self, phrase: str) -> Iterator[tuple[str, ...]]:
        """Yield the ways in which the index may write a phrase: every form of its words."""
        forms = [self._forms(stem(word)) for word in phrase.split()]
        yield from islice(product(*forms), _MOST_WORDINGS)

    def _slips(self, place: int) -> list[Variant]:
        """Return what the word, or what it makes with its neighbours, may have meant, and the forms of that."""
        self.slips += 1
        if self.slips > _MOST_SLIPS:
            return []
        from mhlit.search.typos import meant_by  # rapidfuzz, for those who need it

        joined = ("".join(self.words[at:end]) for at, end in _around(place, len(self.words)))
        alone = meant_by(self.words[place], self.index, beside=self._is_beside_known(place))
        meant = list(dict.fromkeys([*alone, *(word for text in joined for word in meant_by(text, self.index))]))
        stems = dict.fromkeys(map(stem, meant))
        self.known |= self.index.known(meant, stems)
        forms = [form for one in stems for form in self._forms(one) if form not in (self.words[place], *meant)]
        return [Variant((word,), "typo") for word in meant] + [Variant((form,), "typo-form") for form in forms]

    def _is_beside_known(self, place: int) -> bool:
        """Tell whether the index knows another word of the query that tells something."""
        others = (word for at, word in enumerate(self.words) if at != place)
        return any(word in self.known and word not in LITTLE_WORDS for word in others)


def _windows(count: int, least: int, most: int) -> Iterator[tuple[int, int]]:
    """Yield the beginnings and ends of all stretches of `least` to `most` neighbours."""
    for size in range(least, most + 1):
        yield from ((at, at + size) for at in range(count - size + 1))


def _around(place: int, count: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of neighbours that hold a place."""
    yield from ((at, end) for at, end in _windows(count, 2, _JOINED) if at <= place < end)

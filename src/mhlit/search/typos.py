"""Words of the index that a mistyped word may have meant. Imports rapidfuzz; used only where nothing else is found."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from mhlit.search.weights import LITTLE_WORDS
from mhlit.store.words import Words

_SHORTEST, _LONGEST = 5, 40
_SHORTEST_BESIDE = 4  # letters, beside a word that works hold: "youth quer"
_TWO_SLIPS_FROM = 8
_TWO_SLIPS_ANYWHERE_FROM = 10  # the first letter is seldom the wrong one
_MOST = 5


def meant_by(word: str, index: Words, beside: bool = False) -> list[str]:
    """Return the words of the index nearest to `word`: one slip away, or two from a word of eight letters.

    A slip is a letter too many, missing, wrong, or swapped with its neighbour (optimal string alignment).
    Letters in another order are allowed two slips in a shorter word too. Short words mean themselves,
    digits are never wrong, and nobody mistypes "rover" for "over". A word of four letters is corrected
    only `beside` one that works hold, and begins as it was meant to.
    """
    letters = sum(map(str.isalpha, word))
    if letters < (_SHORTEST_BESIDE if beside else _SHORTEST) or len(word) > _LONGEST:
        return []
    if letters < _SHORTEST:
        return _by_distance(word, index.of_length(len(word) - 1, len(word) + 1, word[0]), 1).get(1, [])[:_MOST]
    slips = 2 if len(word) > _SHORTEST else 1
    lengths = len(word) - slips, len(word) + slips
    found = _by_distance(word, index.of_length(*lengths, word[0]), slips)
    if 1 not in found:
        anywhere = slips if len(word) >= _TWO_SLIPS_ANYWHERE_FROM or found else 1
        found = _by_distance(word, index.of_length(*lengths), anywhere)
    return found[min(found)][:_MOST] if found else []


def _by_distance(word: str, choices: Iterable[str], slips: int) -> dict[int, list[str]]:
    """Return the choices by their distance from `word`, sorted."""
    found: dict[int, list[str]] = {}
    digits = _digits(word)
    for choice, distance in _near(word, choices, slips):
        if choice == word or choice in LITTLE_WORDS or _digits(choice) != digits:
            continue
        if distance == 1 or len(word) >= _TWO_SLIPS_FROM or sorted(choice) == sorted(word):
            found.setdefault(distance, []).append(choice)
    return found


def _digits(word: str) -> str:
    return "" if word.isalpha() else "".join(filter(str.isdigit, word))


def near(word: str, index: Words) -> list[str]:
    """Return words that are somewhat like `word`, for "did you mean": short words too, and a wider net.

    Of several slips none is in the first letter: nobody who typed "gender" meant "under".
    """
    if not word.isalpha() or not 3 <= len(word) <= _LONGEST:
        return []
    slips = 1 if len(word) < _SHORTEST else len(word) // 3
    choices = index.of_length(max(2, len(word) - slips), len(word) + slips)
    ranked = sorted((distance, choice[0] != word[0], choice) for choice, distance in _near(word, choices, slips))
    return [choice for distance, elsewhere, choice in ranked if distance == 1 or not elsewhere][:3]


def _near(word: str, choices: Iterable[str], slips: int) -> list[tuple[str, int]]:
    """Return the choices within so many slips, and how many each takes, sorted by the choice."""
    found = process.extract(word, choices, scorer=OSA.distance, score_cutoff=slips, limit=None)  # type: ignore[arg-type]  # its stubs know no overloaded scorer
    return sorted((choice, int(distance)) for choice, distance, _ in found)

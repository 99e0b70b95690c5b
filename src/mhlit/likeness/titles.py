"""How alike are two titles? Word by word, with the field's abbreviations written out."""

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache

from mhlit.text import fold, squash

# Abbreviations that authors, lists and indexes exchange for the words they stand for.
_WRITTEN_OUT = (
    (re.compile(r"\bllms?\b"), "large language model"),
    (re.compile(r"\bplms?\b"), "pretrained language model"),
    (re.compile(r"\bnlp\b"), "natural language processing"),
    (re.compile(r"\bartificial intelligence\b"), "ai"),
    (re.compile(r"\bpre (?=train)"), "pre"),
    (re.compile(r"\bcounsell"), "counsel"),
    (re.compile(r"\bcounsel(?=ing|or)"), "counsel"),
    (re.compile(r"(?<=\w)is(?=ing\b|ed\b|ation\b|e\b)"), "iz"),
    (re.compile(r"(?<=\w{3})our\b"), "or"),
)
# What marks a publication about a work, or a shorter one of it, and not the work.
_OTHER_KIND = re.compile(
    r"\b(?:extended abstract|student abstract|abstract only|poster abstract|erratum|corrigendum|retract(?:ion|ed)"
    r"|(?:author|publisher) correction|correction to|expression of concern|comment(?:ary)? on|(?:reply|response) to"
    r"|book review|peer review|supplement(?:ary)? (?:material|information)|replication)\b"
    r"|^(?:datasets?|data|code) (?:for|of)\b"
)
_NUMBER = re.compile(r"\d+")
_MISSPELT = 75
"""So alike, of 100, are a word and the same word misspelt."""
_ENOUGH = 0.75
"""The least share of the longer title's words that both have, where none is replaced."""
_PART = 6
"""So many words a part of a title must have to speak for the whole."""


class Likeness(IntEnum):
    """How alike two titles are; a greater one is the surer sign of one work."""

    NONE = 0
    SIMILAR = 1
    """Some words are others: as likely two works of one kind."""
    PART = 2
    """One is a part of the other, or both have the same subtitle."""
    NEAR = 3
    """Words are missing or added, none replaced."""
    MISSPELT = 4
    """The same words, some of them misspelt."""
    WORDED = 5
    """The same but for abbreviations, plurals and British or American spelling."""
    SAME = 6
    """The same but for case, accents and punctuation."""


@lru_cache(maxsize=8192)
def plain_words(title: str) -> tuple[str, ...]:
    """Return the words of a title as they are compared."""
    text = fold(title)
    for pattern, written_out in _WRITTEN_OUT:
        text = pattern.sub(written_out, text)
    return tuple(_singular(word) for word in text.split())


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def likeness(one: str, other: str) -> Likeness:
    """Tell how alike two titles are. A title of another kind, such as a correction's, is like none."""
    ours, theirs = plain_words(one), plain_words(other)
    if not ours or not theirs or _apart(ours, theirs):
        return Likeness.NONE
    if squash(one) == squash(other):
        return Likeness.SAME
    if "".join(ours) == "".join(theirs):
        return Likeness.WORDED
    found = _by_blocks(ours, theirs)
    if found < Likeness.PART and _share_a_part(one, other):
        return Likeness.PART
    return found


def _apart(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Tell whether only one names another kind of publication, or each has a number the other has not."""
    one, other = " ".join(ours), " ".join(theirs)
    if bool(_OTHER_KIND.search(one)) != bool(_OTHER_KIND.search(other)):
        return True
    numbers, others = set(_NUMBER.findall(one)), set(_NUMBER.findall(other))
    return not (numbers <= others or others <= numbers)


def _by_blocks(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Likeness:
    """Judge by the words that differ: misspelt, missing or added, replaced."""
    same, misspelt, apart, replaced = 0, 0, 0, 0
    for block, other, alike in _blocks(ours, theirs):
        if alike:
            same += len(block)
        elif block and other:
            if _is_misspelling("".join(block), "".join(other)):
                misspelt += max(len(block), len(other))
            else:
                replaced += max(len(block), len(other))
        else:
            apart += len(block) + len(other)
    share = (same + misspelt) / max(len(ours), len(theirs))
    if replaced:
        return Likeness.SIMILAR if share >= _ENOUGH else Likeness.NONE
    if not apart:
        return Likeness.MISSPELT if same > misspelt or (share == 1 and len(ours) > 3) else Likeness.SIMILAR
    if share >= _ENOUGH and same >= 4:
        return Likeness.NEAR
    return (
        Likeness.PART
        if same >= _PART and same == min(len(ours), len(theirs)) and _is_cut(ours, theirs)
        else Likeness.NONE
    )


def _blocks(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], bool]]:
    """Yield stretches of words of both, and whether they are the same; neighbouring differences are one stretch."""
    from rapidfuzz.distance import Levenshtein

    start, other_start = 0, 0
    for operation in Levenshtein.opcodes(ours, theirs):
        if operation.tag != "equal":
            continue
        if operation.src_start > start or operation.dest_start > other_start:
            yield ours[start : operation.src_start], theirs[other_start : operation.dest_start], False
        start, other_start = operation.src_end, operation.dest_end
        yield ours[operation.src_start : start], theirs[operation.dest_start : other_start], True
    if start < len(ours) or other_start < len(theirs):
        yield ours[start:], theirs[other_start:], False


def _is_misspelling(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    return min(len(one), len(other)) > 3 and fuzz.ratio(one, other) >= _MISSPELT


def _is_cut(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Tell whether one is the beginning of the other, cut off; a stretch in its middle may be another's title."""
    shorter, longer = sorted((ours, theirs), key=len)
    return longer[: len(shorter)] == shorter


def _share_a_part(one: str, other: str) -> bool:
    """Tell whether the subtitle of one, if it is long enough, is the subtitle or the whole of the other."""
    ours, theirs = _parts(one), _parts(other)
    return any(part in theirs for part in ours)


def _parts(title: str) -> set[tuple[str, ...]]:
    """Return the words of a title and of what follows its first colon, where they are enough."""
    _, colon, subtitle = title.partition(": ")
    found = {plain_words(title), plain_words(subtitle)} if colon else {plain_words(title)}
    return {part for part in found if len(part) >= _PART}

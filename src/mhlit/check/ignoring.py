"""Comments that tell the check to leave something alone.

`mhlit: ignore` before or inside a reference, `mhlit: ignore wrong-year, title-case` for some rules only, and
`mhlit: ignore-file` anywhere, each in a comment of the format: after `%`, or between `<!--` and `-->`.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from mhlit.model import Entry

_COMMENT = re.compile(
    r"(?:%|<!--|@comment\s*\{?)[ \t]*mhlit:[ \t]*ignore(?P<file>-file)?(?![\w-])"
    r"[ \t:]*(?P<rules>[\w, \t-]*?)[ \t]*(?:-->|\}|$)",
    re.MULTILINE | re.IGNORECASE,
)
EVERY = "*"


class Ignored(NamedTuple):
    """What comments say not to tell."""

    everywhere: frozenset[str]
    starts: tuple[int, ...]
    """Where the entries begin."""
    by_entry: dict[int, frozenset[str]]
    """The rules that are silent in an entry, by where it begins."""

    def in_entry(self, entry: Entry, rule: str) -> bool:
        """Tell whether a rule is silent in an entry."""
        if not self.by_entry and not self.everywhere:
            return False
        rules = self.by_entry.get(entry.place.start, frozenset()) if entry.place else frozenset()
        return not {rule, EVERY}.isdisjoint(rules | self.everywhere)

    def at(self, offset: int, rule: str) -> bool:
        """Tell whether a rule is silent at an offset of the text."""
        if not self.by_entry and not self.everywhere:
            return False
        position = bisect_right(self.starts, offset) - 1
        rules = self.by_entry.get(self.starts[position], frozenset()) if position >= 0 else frozenset()
        return not {rule, EVERY}.isdisjoint(rules | self.everywhere)


def ignored_in(text: str, entries: Sequence[Entry]) -> Ignored:
    """Read the comments; one between two entries is about the second."""
    if "mhlit:" not in text:
        return Ignored(frozenset(), (), {})
    places = sorted((entry.place.start, entry.place.end) for entry in entries if entry.place)
    starts = tuple(start for start, _ in places)
    everywhere: frozenset[str] = frozenset()
    by_entry: dict[int, frozenset[str]] = {}
    for comment in _COMMENT.finditer(text):
        rules = frozenset(re.findall(r"[\w-]+", comment["rules"])) or frozenset({EVERY})
        if comment["file"]:
            everywhere |= rules
            continue
        position = bisect_right(starts, comment.start())
        last_line = text.rfind("\n", 0, comment.start()) + 1
        if position and places[position - 1][1] > last_line:  # inside the entry, or after it on its last line
            position -= 1
        if position < len(places):
            by_entry[starts[position]] = by_entry.get(starts[position], frozenset()) | rules
    return Ignored(everywhere, starts, by_entry)

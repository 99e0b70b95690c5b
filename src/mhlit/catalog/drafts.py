"""The works that were drafted from the lines of a list so far: a line may tell of one of them again."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from mhlit.likeness.titles import plain_words
from mhlit.match import match
from mhlit.model import Entry, Work
from mhlit.store.index import identifier_forms
from mhlit.text import fold

_COMMON = 50
"""A word of more drafts than these tells nothing: the works of a list share the words of their field."""


class Drafts:
    """Works to look up by their identifiers and the telling words of their titles: fulfils the protocol `Lookup`."""

    def __init__(self) -> None:
        """Begin with none."""
        self._works: list[Work] = []
        self._by_form: dict[str, list[int]] = defaultdict(list)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._by_title: dict[str, int] = {}

    def add(self, work: Work) -> None:
        """Remember a draft."""
        place = len(self._works)
        self._works.append(work)
        title = work.preferred.title
        self._by_title[fold(title)] = place
        for form in identifier_forms(work):
            self._by_form[form].append(place)
        for word in set(plain_words(title)):
            self._by_word[word].append(place)

    def again(self, entry: Entry) -> Work | None:
        """Return the draft that an entry tells of."""
        if found := match(entry, [self]).work:
            return found
        place = self._by_title.get(fold(entry.record.title))
        return None if place is None else self._works[place]

    def named(self, forms: Sequence[str]) -> list[Work]:
        """Return the drafts that one of these forms names."""
        return [
            self._works[place] for place in dict.fromkeys(one for form in forms for one in self._by_form.get(form, ()))
        ]

    def titled(self, title: str) -> list[Work]:
        """Return the drafts whose title has telling words in common with this one."""
        words = set(plain_words(title))
        found = [self._by_word.get(word, []) for word in words]
        telling = Counter(place for places in found if len(places) <= _COMMON for place in places)
        return [self._works[place] for place in telling]

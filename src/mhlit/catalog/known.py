"""Which work of the catalog is a line of a list? By what the line says, and by how the catalog has it listed.

A list keeps its own words from one revision to the next, wrong ones too: a line is compared with the lines that the
catalog remembers (`as_listed`) as well as with the records.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from mhlit.formats.readers.marked import from_markdown
from mhlit.formats.readers.references import block_entry
from mhlit.formats.readers.source import Lines
from mhlit.identifiers import lookup_forms, lookup_url, recognise
from mhlit.likeness.titles import Likeness, likeness
from mhlit.match import Match, Shelf, match
from mhlit.model import Entry, Work
from mhlit.text import fold, squash

_FEWEST_WORDS = 3
"""A title of fewer words may stand in a line by chance."""
_SHORTEST_NAME = 4


class KnownWorks:
    """The works of a catalog, and the lines they are listed by."""

    def __init__(self, works: Sequence[Work]) -> None:
        """Read the listings of the works once."""
        self._shelf = Shelf(works)
        self._by_key = {work.key: work for work in works}
        self._by_text: dict[str, dict[str, Work]] = defaultdict(dict)
        self._by_title: dict[str, dict[str, Work]] = defaultdict(dict)
        remembered = []
        for work in works:
            for title in _titles(work):
                self._by_title[fold(title)][work.key] = work
            for listing in work.listings:
                self._by_text[fold(listing.as_listed)][work.key] = work
                if entry := _entry(listing.as_listed):
                    self._by_title[fold(entry.record.title)][work.key] = work
                    remembered.append(work._replace(record=entry.record, preprint=None))
        self._remembered = Shelf(remembered)

    def work_of(self, text: str, entry: Entry | None, found: Match) -> Work | None:
        """Return the work of a line; `entry` is None where it could not be read, `found` is what it was matched to."""
        if same := _only(self._by_text.get(fold(text), {})):
            return same
        if entry is None:
            return self._told_of(text)
        if found.work:
            return found.work
        if titled := _only(self._by_title.get(fold(entry.record.title), {})):
            return titled
        if remembered := match(entry, [self._remembered]).work:
            return self._by_key[remembered.key]
        bare = not entry.record.authors and not entry.record.issued
        return self._swallowed(entry) or self._pointed_at(entry) if bare else None

    def _told_of(self, text: str) -> Work | None:
        """Return the work that a line which was not read links to, else the one whose title stands in it."""
        marked = from_markdown(text)
        addresses = [link.address for link in marked.links]
        forms = [form for one in map(recognise, addresses) if one for form in lookup_forms(one)]
        linked = self._shelf.named([*forms, *map(lookup_url, addresses)])
        return linked[0] if len(linked) == 1 else self._inside(marked.text)

    def _swallowed(self, entry: Entry) -> Work | None:
        """Return the work whose title stands in what was read as one, with all the rest of its line."""
        return self._inside(entry.record.title)

    def _inside(self, text: str) -> Work | None:
        said = f" {fold(text)} "
        near = [*self._shelf.titled(text), *self._remembered.titled(text)]
        found = {
            key: work
            for one in near
            for title in self._folded_titles(one)
            if f" {title} " in said
            for key, work in self._by_title[title].items()
        }
        return _only(found)

    def _folded_titles(self, work: Work) -> Iterator[str]:
        for title in map(fold, _titles(work)):
            if len(title.split()) >= _FEWEST_WORDS and title in self._by_title:
                yield title

    def _pointed_at(self, entry: Entry) -> Work | None:
        """Return the work that a bare link leads to, where the label begins with its name."""
        forms = [form for mention in entry.mentions for form in lookup_forms(mention.identifier)]
        work = _only({one.key: one for one in self._shelf.named(forms)})
        said = squash(entry.record.title)
        names = [squash(title.partition(":")[0]) for title in _titles(work)] if work else []
        return work if any(len(name) >= _SHORTEST_NAME and said.startswith(name) for name in names) else None

    def near(self, entry: Entry) -> Work | None:
        """Return a work of nearly the same title that a line is not taken for: a keeper must look."""
        titled = [
            (like, work)
            for work in self._shelf.titled(entry.record.title)
            for record in (work.record, work.preprint)
            if record and (like := likeness(entry.record.title, record.title)) >= Likeness.WORDED
        ]
        return max(titled, key=lambda found: found[0])[1] if titled else None


def has_title(work: Work, title: str) -> bool:
    """Tell whether a version of a work bears a title, but for case, accents and punctuation."""
    return fold(title) in {fold(record.title) for record in (work.record, work.preprint) if record}


def _entry(line: str) -> Entry | None:
    return block_entry(line, (0, len(line)), Lines(line))


def _titles(work: Work) -> Iterator[str]:
    for record in (work.record, work.preprint):
        yield from (title for title in (record.title, record.former_title) if title) if record else ()


def _only(found: dict[str, Work]) -> Work | None:
    return next(iter(found.values())) if len(found) == 1 else None

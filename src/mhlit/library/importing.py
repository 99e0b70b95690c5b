"""Bring entries into a library: which are new, which are there already, under what key, and what to tell of each."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from mhlit.formats.readers import Problem
from mhlit.identifiers import lookup_forms
from mhlit.library import items, sources
from mhlit.library.changes import Change
from mhlit.library.collections import named
from mhlit.library.entries import cleaned, work_of
from mhlit.library.items import Kept
from mhlit.library.keys import clean_key, free_key, made_key
from mhlit.library.labels import labelled
from mhlit.library.merging import Disagreement, changed_fields, merge
from mhlit.library.reading_files import Sheet
from mhlit.library.sources import joined
from mhlit.match import Shelf, match
from mhlit.model import Entry, Item, Work
from mhlit.store.index import identifier_forms
from mhlit.text import printable, squash

POLICIES = ("ask", "skip", "merge", "keep-both")
_TITLE = 100  # letters of a squashed title, as in the table `titles`


class Outcome(NamedTuple):
    """What became of one entry."""

    status: str
    """``added``, ``merged``, ``skipped`` or ``refused``; ``note`` for what is only to be told."""
    file: str
    line: int
    key: str
    """The key in the library; that in the file where the entry is not in the library."""
    former: str = ""
    """The key in the file, where it is another."""
    message: str = ""
    disagreements: tuple[Disagreement, ...] = ()


class Clash(NamedTuple):
    """An entry that is in the library already."""

    entry: Entry
    other: Work
    """The entry as a work."""
    source: str
    """What the entry was read from, as it would be kept."""
    kept: Kept
    there: Work
    """The work that is kept."""
    reasons: tuple[str, ...]

    @property
    def says_nothing_new(self) -> bool:
        """Tell whether the library would be the same if the entry were merged into it, and nothing disagrees."""
        merged, said = merge(self.there, self.other)
        return not said and merged == self.there and joined(self.kept.source, self.source, ()) == self.kept.source


Decide = Callable[[Clash], str]
"""Returns what to do with an entry that is there already: ``skip``, ``merge`` or ``keep-both``."""
Tell = Callable[[int], None]
"""Is told how many characters of a file are done."""
_AT_ONCE = 500  # entries that are looked up together


class _Named(NamedTuple):
    """An entry with what it may be found by."""

    entry: Entry
    forms: set[str]
    title: str


class Importer:
    """Puts entries into a library, one after the other, within one change."""

    def __init__(self, change: Change, item: Item, decide: Decide, *, labels: bool = False) -> None:
        """Begin with what the catalog and the library have; `item` is what every new work gets.

        With `labels` it gets tags and collections of the keywords and groups of its entry besides.
        """
        self._labels = labels
        self._change = change
        self._item = item
        self._decide = decide
        self._by_form: dict[str, int] = {}
        self._by_title: dict[str, int] = {}
        self._taken = {key.lower() for (key,) in change.connection.execute("SELECT key FROM items")}
        self._catalog_keys = {key.lower() for key in change.catalog.keys}
        self._catalog_titles = {
            squash(record.title)[:_TITLE]: work
            for work in change.catalog.store.works(list(change.catalog.keys.values()))
            for record in (work.record, work.preprint)
            if record
        }

    def bring(self, sheet: Sheet, tell: Tell = lambda _: None) -> Iterator[Outcome]:
        """Put the entries of a file in, and yield what is wrong with the file and what became of each entry.

        They are read as they are needed, so that a large file is never there as entries all at once.
        """
        if sheet.warning:
            yield Outcome("note", sheet.name, 1, "", message=sheet.warning)
        problems: list[Problem] = []
        spans: list[tuple[int, int]] = []
        for entries in _batches(sheet.entries(problems)):
            yield from _notes(sheet, problems)
            for one in self._looked_up(entries):
                place = one.entry.place
                yield self._one(sheet, one)
                if place:
                    spans.append((place.start, place.end))
                    tell(place.end)
        yield from _notes(sheet, problems)
        if sheet.format == "bibtex":
            remnant = between(sheet.text, spans)
            if remnant:
                self._change.add_remnant(sheet.name, remnant)

    def _looked_up(self, entries: Sequence[Entry]) -> list[_Named]:
        """Find out, in two queries, which of some entries the library may have already."""
        named = [_Named(entry, _forms(entry), squash(entry.record.title)[:_TITLE]) for entry in entries]
        self._find(
            self._by_form, "SELECT form, work FROM identifiers WHERE form", {f for one in named for f in one.forms}
        )
        self._find(self._by_title, "SELECT title, work FROM titles WHERE title", {one.title for one in named} - {""})
        return named

    def _find(self, found: dict[str, int], select: str, values: Iterable[str]) -> None:
        wanted = json.dumps(sorted(values))
        for value, work in self._change.connection.execute(f"{select} IN (SELECT value FROM json_each(?))", (wanted,)):
            found.setdefault(value, work)

    def _one(self, sheet: Sheet, names: _Named) -> Outcome:
        entry = names.entry
        line = entry.place.line if entry.place else 1
        record = entry.record
        if not (record.title or record.authors or record.identifiers):
            return Outcome("refused", sheet.name, line, printable(entry.key), message="no title, author or identifier")
        source = sources.written(sources.of_entry(entry, sheet.format, sheet.text))
        clash = self._clash(names, source)
        verdict = self._decide(clash) if clash else "add"
        if clash and verdict == "skip":
            why = f"{clash.there.key} in your library is it ({', '.join(clash.reasons)})"
            return Outcome("skipped", sheet.name, line, printable(entry.key), message=why)
        if clash and verdict == "merge":
            return self._merge(clash, sheet, names)
        key, why = self._key(entry)
        catalogs = self._catalogs(names)
        if not catalogs and key.lower() in self._catalog_keys:
            taken, why = key, "the catalog has another work under that key"
            key = free_key(f"{taken}-2", self._taken)
        former = printable(entry.key) if key != entry.key else ""
        item = self._named(self._item_of(entry))._replace(catalog=catalogs)
        work = work_of(entry, key, item)
        if former:
            work = work._replace(aliases=(former,))
        self._remember(names, self._change.add(work, source), key)
        also = f"is {catalogs} of the catalog" if catalogs and catalogs != key else ""
        return Outcome("added", sheet.name, line, key, former if why else "", why or also)

    def _item_of(self, entry: Entry) -> Item:
        """Return what is to be said of an entry; its collections need not be there yet."""
        return labelled(self._item, entry) if self._labels else self._item

    def _named(self, item: Item) -> Item:
        return named(self._change, item) if self._labels else item

    def _remember(self, names: _Named, identity: int, key: str) -> None:
        self._taken.add(key.lower())
        for form in names.forms:
            self._by_form.setdefault(form, identity)
        if names.title:
            self._by_title.setdefault(names.title, identity)

    def _key(self, entry: Entry) -> tuple[str, str]:
        """Return the key an entry gets, and why it is not the one it has."""
        own = clean_key(entry.key)
        if not own:
            key = free_key(made_key(cleaned(entry.record)), self._taken)
            return key, "" if not entry.key else "no program can read that key"
        key = free_key(own, self._taken)
        if key != own:
            return key, f"{own} is another work's key"
        return key, "" if key == entry.key else "no program can read that key"

    def _clash(self, names: _Named, source: str) -> Clash | None:
        """Return the work of the library that an entry is, None where there is none."""
        candidates = {self._by_form[form] for form in names.forms if form in self._by_form}
        if names.title in self._by_title:
            candidates.add(self._by_title[names.title])
        if not candidates:
            return None
        there = {kept.key: kept for kept in items.read(self._change.connection, sorted(candidates))}
        entry = names.entry
        found = match(entry, [Shelf([kept.work for kept in there.values()])])
        if found.work is None or _told_apart(entry, found.work):
            return None
        other = work_of(entry, clean_key(entry.key), self._item_of(entry))
        return Clash(entry, other, source, there[found.work.key], found.work, found.reasons)

    def _catalogs(self, names: _Named) -> str:
        """Return the key of the catalog's work that an entry is, an empty string where it is none."""
        catalog = self._change.catalog
        rows = {catalog.forms[form] for form in names.forms if form in catalog.forms}
        works = catalog.store.works(sorted(rows)) if rows else []
        if names.title in self._catalog_titles:
            works.append(self._catalog_titles[names.title])
        found = match(names.entry, [Shelf(works)]) if works else None
        return found.work.key if found and found.work and not _told_apart(names.entry, found.work) else ""

    def _merge(self, clash: Clash, sheet: Sheet, names: _Named) -> Outcome:
        kept, item = clash.kept, self._item_of(clash.entry)
        merged, said = merge(clash.there, clash.other._replace(item=self._named(item)))
        self._change.replace(kept, merged, joined(kept.source, clash.source, changed_fields(clash.there, merged)))
        self._remember(names, kept.id, kept.key)
        line = clash.entry.place.line if clash.entry.place else 1
        old = clash.other.key if clash.other.key.lower() != kept.key.lower() else ""
        return Outcome("merged", sheet.name, line, kept.key, old, ", ".join(clash.reasons), tuple(said))


def _batches(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    while batch := list(islice(entries, _AT_ONCE)):
        yield batch


def _notes(sheet: Sheet, problems: list[Problem]) -> Iterator[Outcome]:
    """Yield what is wrong with a file, as far as it was read, and forget it."""
    for problem in sorted(problems, key=lambda problem: problem.place.start):
        yield Outcome("note", sheet.name, problem.place.line, "", message=problem.message)
    problems.clear()


def between(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return what stands between the entries of a BibTeX file: comments, groups, preambles, macros."""
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces.append(text[at:start])
        at = max(at, end)
    pieces.append(text[at:])
    return "\n".join(piece.strip() for piece in pieces if piece.strip().strip(","))


def _forms(entry: Entry) -> set[str]:
    """Return the forms under which the identifiers of an entry's own record are looked up."""
    own = [*entry.record.identifiers, *([entry.eprint] if entry.eprint else [])]
    return {form for one in own if one.scheme not in ("isbn", "issn") for form in lookup_forms(one)}


def _told_apart(entry: Entry, work: Work) -> bool:
    """Tell whether two DOIs of published versions say that an entry is not the work its title is like."""
    own, record = entry.record.identifier("doi"), work.record
    theirs = record.identifier("doi") if record else ""
    return bool(own and theirs and own.lower() != theirs.lower() and _forms(entry).isdisjoint(identifier_forms(work)))

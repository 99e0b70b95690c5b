"""Make the edits of one entry in its text; no other character changes, and reading it again proves the rest."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from mhlit.check.finding import AddField, Edit, RemoveField, RenameKey, SetField, SetType
from mhlit.check.manner import VERBATIM, Manner, changed_value, lettered, manner_of, new_field
from mhlit.formats.readers import Reading
from mhlit.formats.readers.bibtex import read
from mhlit.model import Entry, SourceField

_HEAD = re.compile(r"@\s*([A-Za-z][\w.:+/-]*)\s*[{(]\s*")
_CLEAN = re.compile(r"\s*,\s*")
_COMMA_AFTER = re.compile(r"[ \t]*,")
_PARENTHESIS = re.compile(r"[\s,]*\)")
_KEY = re.compile(r"[^\s\"#%'(),=\\{}~@]+")
# How people write the types whose names are two words.
_TYPES = {"inproceedings": "InProceedings", "incollection": "InCollection", "inbook": "InBook"}


# A new field may take the place of one that goes, so that what goes must be known first.
_ORDER = {RemoveField: 0, SetField: 1, SetType: 1, RenameKey: 1, AddField: 2}


class Refused(ValueError):
    """Edits that cannot be made, or not without doubt; the message says why."""


class Context(NamedTuple):
    """The file around an entry: what a new value must look like there."""

    text: str
    entries: tuple[Entry, ...]
    encoding: str
    ascii_only: bool


class _Change(NamedTuple):
    """Characters of the file to replace."""

    start: int
    end: int
    new: str


class _Draft:
    """The fields of an entry as they shall be, while its edits are taken up one by one."""

    def __init__(self, entry: Entry, context: Context) -> None:
        self.entry = entry
        self.fields = entry.fields
        self.context = context
        self.manner: Manner = manner_of(context.text, entry, context.entries)
        self.values: dict[int, str] = {}
        self.removed: set[int] = set()
        self.added: list[tuple[int, str, str]] = []
        """New fields: the position of the field they follow (-1: the key), the name, the field's source."""
        self.instead: dict[int, tuple[str, str]] = {}
        """New fields that stand where an old one is taken out: name and source by its position."""
        self.type = ""
        self.key = ""

    def take(self, edit: Edit) -> None:
        """Take up an edit. Raises Refused where the entry does not allow it, ValueError where its value is none."""
        match edit:
            case SetField():
                place = self.place(edit.field)
                if place is None:
                    raise Refused(f"the entry has no field {edit.field!r}")
                old = self.source(place)
                value = self._lettered(edit.field, edit.value, old)
                self.values[place] = changed_value(old, edit.field.lower(), value, self.manner)
            case RemoveField():
                place = self.place(edit.field)
                if place is None:
                    raise Refused(f"the entry has no field {edit.field!r}")
                self.removed.add(place)
            case SetType():
                self.type = edit.type
            case RenameKey():
                self.key = _new_key(edit.key, self.entry, self.context.entries)
            case AddField():
                self._add(edit)

    def _add(self, edit: AddField) -> None:
        place = self.place(edit.field)
        if place is not None and place not in self.removed:
            raise Refused(f"the entry has a field {edit.field!r} already")
        source = new_field(self.manner, edit.field, self._lettered(edit.field, edit.value, ""))
        after = self.place(edit.after) if edit.after else None
        if after in self.removed and after not in self.instead:
            self.instead[after] = (edit.field, source)
            return
        if after is None:
            later = [anchor for anchor, name, _ in self.added if name.lower() == edit.after]
            later += [anchor for anchor, (name, _) in self.instead.items() if name.lower() == edit.after]
            after = later[0] if later else len(self.fields) - 1
        while after >= 0 and after in self.removed and after not in self.instead:
            after -= 1
        self.added.append((after, edit.field, source))

    def _lettered(self, field: str, value: str, old: str) -> str:
        value = " ".join(value.split())
        verbatim = field.lower() in VERBATIM
        return lettered(
            value, old, ascii_only=self.context.ascii_only, encoding=self.context.encoding, verbatim=verbatim
        )

    def place(self, name: str) -> int | None:
        """Return the position of the first field of a name."""
        wanted = name.lower()
        return next((place for place, field in enumerate(self.fields) if field.name.lower() == wanted), None)

    def source(self, place: int) -> str:
        """Return the source of a field's value, its delimiters included."""
        field = self.fields[place]
        return self.context.text[field.start : field.end]


def edited(entry: Entry, edits: Sequence[Edit], context: Context) -> str:
    """Return the text of an entry with its edits made. Raises Refused where that cannot be done without doubt."""
    if entry.place is None:
        raise Refused("the entry has no place in a file")
    draft = _Draft(entry, context)
    try:
        for edit in sorted(edits, key=lambda edit: _ORDER[type(edit)]):
            draft.take(edit)
    except ValueError as error:
        raise Refused(str(error)) from None
    start, end = entry.place.start, entry.place.end
    pieces, position = [], start
    for change in sorted(_changes(draft)):
        if change.start < position:
            raise Refused("the edits overlap")
        pieces += [context.text[position : change.start], change.new]
        position = change.end
    new = "".join([*pieces, context.text[position:end]])
    _prove(new, context.text[start:end], draft)
    if "@" in context.text[end : _line_end(context.text, end)] and new.count("%") > context.text.count("%", start, end):
        raise Refused("a per cent sign would hide the next entry, which begins on the same line")
    return new


def _line_end(text: str, position: int) -> int:
    found = text.find("\n", position)
    return found if found >= 0 else len(text)


def _changes(draft: _Draft) -> list[_Change]:
    """Return the changes of the text, in no order."""
    text, fields = draft.context.text, draft.fields
    head, key_start, key_end = _head(draft.entry, text)
    changes = [_Change(fields[place].start, fields[place].end, value) for place, value in draft.values.items()]
    for place, (_, source) in draft.instead.items():
        changes.append(_Change(fields[place].name_start, fields[place].end, source))
    changes += _removals(draft, key_end)
    following: dict[int, str] = {}
    for place, _, source in draft.added:
        following[place] = following.get(place, "") + draft.manner.separator + source
    for place, source in following.items():
        at = fields[place].end if place >= 0 else key_end
        changes.append(_Change(at, at, source))
    if draft.type:
        changes.append(_Change(head.start(1), head.end(1), _type_like(head.group(1), draft.type)))
    if draft.key:
        changes.append(_Change(key_start, key_end, draft.key))
    return changes


def _head(entry: Entry, text: str) -> tuple[re.Match[str], int, int]:
    """Return the head of an entry, and where its key begins and ends."""
    head = _HEAD.match(text, entry.place.start if entry.place else 0)
    if head is None or not text.startswith(entry.key, head.end()):
        raise Refused("the entry is not where it was read")
    return head, head.end(), head.end() + len(entry.key)


def _removals(draft: _Draft, key_end: int) -> list[_Change]:
    """Return what takes out the removed fields, each with one comma and its line; no comment goes with them."""
    text, fields = draft.context.text, draft.fields
    gone = sorted(draft.removed - set(draft.instead))
    runs: list[tuple[int, int]] = []
    for place in gone:
        joined = runs and runs[-1][1] == place - 1
        if joined and _CLEAN.fullmatch(text, fields[place - 1].end, fields[place].name_start):
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return [_removal(text, fields, first, last, key_end) for first, last in runs]


def _removal(text: str, fields: Sequence[SourceField], first: int, last: int, key_end: int) -> _Change:
    start, end = fields[first].name_start, fields[last].end
    before = fields[first - 1].end if first else key_end
    after = fields[last + 1].name_start if last + 1 < len(fields) else -1
    # The first field goes with the gap behind it; where there is none, a comma must stay before a parenthesis,
    # which BibTeX would take for a part of the key.
    if (first or (after < 0 and not _PARENTHESIS.match(text, end))) and _CLEAN.fullmatch(text, before, start):
        return _Change(before, end, "")
    if after >= 0 and _CLEAN.fullmatch(text, end, after):
        return _Change(start, after, "")
    comma = _COMMA_AFTER.match(text, end)
    return _Change(start, comma.end() if comma else end, "")


def _type_like(old: str, new: str) -> str:
    """Return a type in the capitals of the old one."""
    if old.isupper():
        return new.upper()
    return _TYPES.get(new, new.capitalize()) if old[0].isupper() else new


def _new_key(key: str, entry: Entry, entries: Sequence[Entry]) -> str:
    if not _KEY.fullmatch(key):
        raise Refused(f"{key!r} is no citation key")
    if any(one.key.lower() == key.lower() for one in entries if one.place != entry.place):
        raise Refused(f"another entry has the key {key!r}")
    named = [field.value for one in entries for field in one.fields if field.name.lower() in _NAMING]
    if any(entry.key in value for value in named):
        raise Refused("other entries name this one by its key")
    return key


_NAMING = frozenset("crossref xref xdata related entryset".split())


def _prove(new: str, old: str, draft: _Draft) -> None:
    """Read the new text. Raises Refused unless it is one entry with the wanted fields and no problem it had not."""
    reading = read(new)
    text, entry = draft.context.text, draft.entry
    found = _told(reading)
    known = _told(read(old)) if found else found
    one = reading.entries[0] if len(reading.entries) == 1 else None
    if found - known or one is None or one.place is None or one.place.end != len(new):
        raise Refused("the entry is damaged where it would be changed")
    wanted = list(_wanted(draft, text))
    fields = [(field.name.lower(), new[field.start : field.end]) for field in one.fields]
    if fields != wanted or one.key != (draft.key or entry.key) or one.type != (draft.type or entry.type):
        raise Refused("the entry is damaged where it would be changed")


def _told(reading: Reading) -> Counter[tuple[str, str]]:
    return Counter((problem.rule, problem.message) for problem in reading.problems)


def _wanted(draft: _Draft, text: str) -> list[tuple[str, str]]:
    """Return the names, in lower case, and the sources of the values that the entry shall have, in order."""
    after: dict[int, list[tuple[str, str]]] = {}
    for place, name, source in draft.added:
        after.setdefault(place, []).append((name.lower(), _value_of(source)))
    wanted = after.get(-1, [])
    for place, field in enumerate(draft.fields):
        if place in draft.instead:
            name, source = draft.instead[place]
            wanted.append((name.lower(), _value_of(source)))
        elif place not in draft.removed:
            wanted.append((field.name.lower(), draft.values.get(place, text[field.start : field.end])))
        wanted += after.get(place, [])
    return wanted


def _value_of(source: str) -> str:
    return source.partition("=")[2].lstrip()

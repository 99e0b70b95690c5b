r"""Read BibTeX and BibLaTeX: every entry with its places, going on after every error.

Sources: Patashnik, *BibTeXing* (1988) and the scanner of bibtex.web; the biblatex manual for its fields. A scanner
of our own, because a fix needs the offsets of every field and a damaged entry must not take the rest of the file
with it (docs/decisions/0010-our-own-bibtex-scanner.md). Where BibTeX itself would be lost, so are its errors: an
entry ends at the latest where the next one begins at the start of a line.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mhlit.formats.readers import Problem, Reading
from mhlit.formats.readers.bibtex_fields import entry_of
from mhlit.formats.readers.bibtex_values import BRACED, closing, matching_braces, read_plain, squeezed
from mhlit.formats.readers.source import Lines
from mhlit.model import Entry, SourceField

_MONTHS = "January February March April May June July August September October November December"
# The macros that every standard style defines.
_MACROS = {month[:3].lower(): month for month in _MONTHS.split()}

_HEAD = re.compile(r"@[ \t\r\n]*+([A-Za-z][\w.:+/-]*+)[ \t\r\n]*+([{(])[ \t\r\n]*+")
_NEXT = re.compile(r"@[ \t]*+[A-Za-z]++[ \t]*+[{(][ \t]*+[^\s,={}()\"#]*+[ \t]*+[,=\r\n]")
_KEY = re.compile(r"([^\s,{}=]*+)[ \t\r\n]*+")
_BLANK = re.compile(r"\s*+")
_NAME = re.compile(r"([^\s\"#%'(),={}@\\]++)[ \t\r\n]*+=[ \t\r\n]*+")
_BARE = re.compile(r"[^\s\"#%'(),={}@\\]++")
_JOINT = re.compile(r"[ \t\r\n]*+#[ \t\r\n]*+")
# Where a field begins on a line of its own: what a value that is never closed has run into.
_FIELD_LINE = re.compile(r",?[ \t]*[\r\n][ \t]*[A-Za-z][\w-]*[ \t]*=[ \t]*[{\"\w]")
# What is no field: up to the next comma, brace or line.
_JUNK = re.compile(r".[^,\n})]*+", re.DOTALL)
# A line is looked at so far back for a comment sign: in a file of one line each `@` would look at the whole of it.
_FAR = 500


class _Raw(NamedTuple):
    """An entry as scanned, before its fields are understood."""

    type: str
    key: str
    fields: tuple[SourceField, ...]
    start: int
    end: int


def read(text: str) -> Reading:
    """Read every entry of a BibTeX or BibLaTeX file; problems are in the order of the file."""
    problems: list[Problem] = []
    entries = tuple(stream(text, problems))
    return Reading(entries, tuple(sorted(problems, key=lambda problem: problem.place.start)))


def stream(text: str, problems: list[Problem]) -> Iterator[Entry]:
    """Yield the entries one by one, so that a large file need not be held whole; problems are added as they come."""
    scanner = _Scanner(text, problems)
    for raw in scanner.entries():
        yield entry_of(raw.type, raw.key, raw.fields, scanner.lines.place(raw.start, raw.end))


class _Scanner:
    """Goes through a text once, from `@` to `@`."""

    def __init__(self, text: str, problems: list[Problem]) -> None:
        self.text = text
        self.lines = Lines(text)
        self._macros = dict(_MACROS)
        self._problems = problems
        self._starts = _entry_starts(text)
        self._next_start = 0
        self._closers: dict[int, int] | None = None
        self._damaged = False  # whether a value of this entry was never closed

    def entries(self) -> Iterator[_Raw]:
        """Yield the entries; macros are kept, comments and preambles passed over."""
        at = self.text.find("@")
        found = 0
        while at >= 0:
            head = _HEAD.match(self.text, at)
            if head is None or self._commented(at):
                end = self._pass_over(at, head)
            elif (kind := head.group(1).lower()) in ("comment", "preamble", "string"):
                end = self._command(kind, head)
                found += 1
            else:
                raw = self._entry(head)
                found += 1
                yield raw
                end = raw.end
            at = self.text.find("@", max(end, at + 1))
        if not found and any(line.strip()[:1] not in ("", "%") for line in self.text.splitlines()):
            self._problem("no entry was found: this does not look like BibTeX", 0, 0)

    def _problem(self, message: str, start: int, end: int, rule: str = "syntax") -> None:
        self._problems.append(Problem(message, self.lines.place(start, end), rule))

    def _commented(self, at: int) -> bool:
        return "%" in self.text[_line_start(self.text, at) : at]

    def _pass_over(self, at: int, head: re.Match[str] | None) -> int:
        """Return where to go on after an `@` that begins no entry: in an address, or after a `%`."""
        if head is not None:
            said = f"BibTeX reads this @{head.group(1)} in spite of the %; biber and people do not"
            self._problem(said, at, head.end(), "commented-entry")
            end = self.text.find("\n", at)
            return end if end >= 0 else len(self.text)
        if not self._commented(at) and (at == 0 or self.text[at - 1].isspace()):
            self._problem("expected an entry such as @article{key, …} after this @", at, at + 1)
        return at + 1

    def _limit(self, after: int) -> int:
        """Return where the entry that has begun before `after` ends at the latest."""
        while self._next_start < len(self._starts) and self._starts[self._next_start] < after:
            self._next_start += 1
        return self._starts[self._next_start] if self._next_start < len(self._starts) else len(self.text)

    def _command(self, kind: str, head: re.Match[str]) -> int:
        """Read `@string`, pass over `@preamble` and `@comment`; return where to go on."""
        close = {"{": "}", "(": ")"}[head.group(2)]
        opened = head.start(2)
        if kind == "string":
            limit = self._limit(head.end())
            fields, end = self._fields(head.end(), close, limit, head)
            for field in fields:
                self._macros[field.name.lower()] = field.value
            return end
        end = self._group_end(opened)
        if end < 0:
            if kind == "preamble":
                self._problem(f"this @{kind} is never closed", head.start(), head.end())
            return head.end()
        return end

    def _group_end(self, opened: int) -> int:
        """Return the offset after the group that opens at `opened`, -1 where it never closes."""
        if self.text[opened] == "(":
            end = self.text.find(")", opened, self._limit(opened))
            return end + 1 if end >= 0 else -1
        found = BRACED.match(self.text, opened, self._limit(opened))
        if found:
            return found.end()
        if self._closers is None:  # only a file with entries inside @comment needs it
            self._closers = matching_braces(self.text)
        return self._closers.get(opened, -2) + 1

    def _entry(self, head: re.Match[str]) -> _Raw:
        kind, opening = head.groups()
        limit = self._limit(head.end())
        key, position = self._key(head, limit)
        close = "}" if opening == "{" else ")"
        fields, end = self._fields(position, close, limit, head)
        if len({field.name.lower() for field in fields}) < len(fields):
            self._tell_doubled(fields)
        return _Raw(kind.lower(), key, tuple(fields), head.start(), end)

    def _tell_doubled(self, fields: list[SourceField]) -> None:
        seen: set[str] = set()
        for field in fields:
            if field.name.lower() in seen:
                said = f"the field {field.name!r} stands here twice"
                self._problem(said, field.name_start, field.end, "duplicate-field")
            seen.add(field.name.lower())

    def _key(self, head: re.Match[str], limit: int) -> tuple[str, int]:
        """Return the key and the offset after it; a key with spaces is one key, and a problem."""
        text, start = self.text, head.end()
        found = _KEY.match(text, start, limit)
        if found is None:
            raise AssertionError("a key may be empty, so that this always matches")
        key, end = found.group(1), found.end()
        after = text[end : end + 1]
        if after == "=":
            self._problem("this entry has no key", head.start(), start)
            return "", start
        if after not in (",", "}", ")", "") and (comma := text.find(",", end, limit)) >= 0:
            spaced = text[start:comma]
            if not any(c in spaced for c in '={}"\n'):
                self._problem(f"the key {spaced.strip()!r} holds a space", start, comma)
                return spaced.strip(), comma
        if not key:
            self._problem("this entry has no key", head.start(), start)
        return key, end

    def _fields(self, position: int, close: str, limit: int, head: re.Match[str]) -> tuple[list[SourceField], int]:
        """Return the fields from `position` on, and the offset after the entry."""
        text = self.text
        fields: list[SourceField] = []
        comma = True  # whether a field may begin here
        self._damaged = False
        while True:
            position, comma = read_plain(text, position, limit, comma, fields)
            position = _end(_BLANK, text, position, limit)
            character = text[position : position + 1] if position < limit else ""
            if character == close:
                break
            if not character:
                swallowed = self._swallowing(fields)
                if swallowed < 0:
                    if not self._damaged:
                        self._problem("this entry is never closed", head.start(), head.end())
                    return fields, limit
                position, comma = swallowed, True
            elif character == ",":
                position, comma = position + 1, True
            elif character == "%":
                end = _line_end(text, position, limit)
                self._problem("BibTeX knows no comments inside an entry", position, end, "comment-in-entry")
                position = end
            elif name := _NAME.match(text, position, limit):
                if not comma:
                    self._problem(f"a comma is missing before {name.group(1)!r}", position, name.end(1))
                fields.append(self._field(name, limit))
                position, comma = fields[-1].end, False
            else:
                end = _end(_JUNK, text, position, limit)
                junk = squeezed(text[position:end])
                self._problem(f"not a field: {_short(junk)!r}", position, end)
                position, comma = end, True
        return fields, position + 1

    def _field(self, name: re.Match[str], limit: int) -> SourceField:
        value, end = self._value(name.end(), limit, name.group(1))
        return SourceField(name.group(1), value, name.start(), name.end(), end)

    def _swallowing(self, fields: list[SourceField]) -> int:
        """Find the field whose value has run into the next one, as a missing brace does it; take it for closed there.

        Returns where fields go on, -1 where there is no such field.
        """
        for place, field in enumerate(fields):
            found = _FIELD_LINE.search(self.text, field.start, field.end)
            if found:
                self._never_closed(field.name, field.start)
                value = squeezed(self.text[field.start + 1 : found.start()])
                fields[place:] = [field._replace(value=value, end=found.start())]
                return found.start()
        return -1

    def _value(self, position: int, limit: int, name: str) -> tuple[str, int]:
        """Return a value with its macros replaced and its pieces joined, and the offset after it."""
        text = self.text
        pieces: list[str] = []
        while True:
            opening = text[position : position + 1] if position < limit else ""
            if opening and opening in '{"':
                end = closing(text, position, limit)
                if end < 0:
                    end = self._unclosed(position, limit, name)
                    pieces.append(text[position + 1 : end])
                else:
                    pieces.append(text[position + 1 : end - 1])
            elif bare := _BARE.match(text, position, limit):
                end = bare.end()
                pieces.append(self._expanded(bare.group(), position, end))
            else:
                self._problem(f"the field {name!r} has no value", position, position)
                return "".join(pieces), position
            joint = _JOINT.match(text, end, limit)
            if joint is None:
                return squeezed("".join(pieces)), end
            position = joint.end()

    def _expanded(self, word: str, start: int, end: int) -> str:
        if word.isdigit():
            return word
        value = self._macros.get(word.lower())
        if value is None:
            self._problem(f"the string {word!r} is not defined in this file", start, end, "undefined-string")
            return word
        return value

    def _unclosed(self, position: int, limit: int, name: str) -> int:
        """Report a value that is never closed and return where it most likely ends: before the next field's line."""
        self._never_closed(name, position)
        found = _FIELD_LINE.search(self.text, position, limit)
        return found.start() if found else _line_end(self.text, position, limit)

    def _never_closed(self, name: str, position: int) -> None:
        self._damaged = True
        sign = "quotation mark" if self.text[position] == '"' else "brace"
        self._problem(f"the {sign} that opens {name!r} is never closed", position, position + 1)


def _end(pattern: re.Pattern[str], text: str, position: int, limit: int) -> int:
    found = pattern.match(text, position, limit)
    return found.end() if found else position


def _line_start(text: str, position: int) -> int:
    far = max(position - _FAR, 0)
    return max(text.rfind("\n", far, position), text.rfind("\r", far, position), far - 1) + 1


def _line_end(text: str, position: int, limit: int) -> int:
    end = text.find("\n", position, limit)
    return end if end >= 0 else limit


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _entry_starts(text: str) -> list[int]:
    """Return where a line begins with an entry's head, leaving out lines that are commented out."""
    starts = []
    at = text.find("@")
    while at >= 0:
        if not text[_line_start(text, at) : at].strip() and _NEXT.match(text, at):
            starts.append(at)
        at = text.find("@", at + 1)
    return starts

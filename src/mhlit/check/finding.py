"""What a check reports: a finding with its place, and the edits that would mend it.

A rule says what a field should be; how the file is changed byte by byte is the mending module's affair. So an edit
is semantic: it names the entry as it was read, with the offsets of its fields (`Entry.place`, `SourceField.start`,
`.end`, `.name_start`), the field, and the value as it should stand in the file.
"""

from enum import StrEnum
from typing import NamedTuple

from mhlit.model import Entry


class Severity(StrEnum):
    """How much a finding matters. Errors and warnings make the exit code 1."""

    ERROR = "error"
    """It is wrong: a reader is led to another paper or author."""
    WARNING = "warning"
    """It is poor, or as it was before the paper was published."""
    INFO = "info"
    """It could be said better, or it rests on what is not fully confirmed."""


class SetField(NamedTuple):
    """Give a field that the entry has another value; its delimiters, spacing and place stay."""

    entry: Entry
    field: str
    """The name in lower case; the file may write it otherwise. Of a field that stands twice the first is meant."""
    value: str
    """BibTeX source as it should stand between the delimiters: LaTeX where the format needs it, braces balanced."""


class AddField(NamedTuple):
    """Give the entry a field that it has not, in the manner of its other fields (indentation, delimiters, comma)."""

    entry: Entry
    field: str
    value: str
    """BibTeX source as it should stand between the delimiters, braces balanced."""
    after: str = ""
    """The name, in lower case, of the field to put it after, where the entry has it; else it comes last."""


class RemoveField(NamedTuple):
    """Take a field out of the entry, with its comma and its line."""

    entry: Entry
    field: str
    """The name in lower case."""


class SetType(NamedTuple):
    """Give the entry another type (`misc` becomes `inproceedings`); the delimiter and the key stay."""

    entry: Entry
    type: str
    """In lower case; the capitals of the old one (`@Misc`, `@MISC`) are kept where that is plain."""


class RenameKey(NamedTuple):
    """Give the entry another citation key; documents that cite it are not touched."""

    entry: Entry
    key: str


Edit = SetField | AddField | RemoveField | SetType | RenameKey


class Fix(NamedTuple):
    """The edits that mend a finding: all of them are made, or none."""

    safe: bool
    """Whether `--fix` makes them; else `--unsafe-fixes` is needed."""
    edits: tuple[Edit, ...]
    """Of one entry, each field at most once. Fixes of two findings that edit one field contradict each other: the
    first in the order of the findings is made, the other is left for the next run."""


class Finding(NamedTuple):
    """One thing that is wrong, where it stands, what is true, and how that is known."""

    rule: str
    """The id of the rule: `wrong-year`."""
    severity: Severity
    path: str
    """The file as it was named by the reader; `<stdin>` for standard input."""
    line: int
    column: int
    """Both from 1; the column counts characters."""
    key: str
    """The entry's citation key; empty for what has none, such as a line of a list or an error of syntax."""
    work: str
    """The key of the catalog's work that the entry is; empty where there is none."""
    message: str
    """One line of plain text."""
    found: str = ""
    """What stands there."""
    true: str = ""
    """What should."""
    how_known: str = ""
    """What the truth rests on."""
    fix: Fix | None = None

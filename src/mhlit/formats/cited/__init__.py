"""Which keys does a document cite? LaTeX and what it leaves behind, Markdown, Typst, Org.

A document may include others; those in its own folder or below are followed. Only what would be cited counts: comments,
verbatim text and code do not.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from mhlit.errors import MhlitError, UsageError
from mhlit.formats.readers.source import Lines, decode
from mhlit.model import Place

EVERYTHING = "*"
r"""The key that stands for every entry: ``\nocite{*}``, ``@*``."""


class Include(str):
    """The name of a file that a document includes, where in the order of keys it includes it."""

    __slots__ = ()


class Key(str):
    """A key, and where in the text it is cited."""

    place: int

    @classmethod
    def at(cls, key: str, place: int) -> "Key":
        """Return the key with its place."""
        made = cls(key)
        made.place = place
        return made


class Citation(NamedTuple):
    """A key, and where a document cites it; line and column are 1 where its reader does not tell places."""

    key: str
    path: str
    line: int
    column: int


class Cited(NamedTuple):
    """The keys a document cites, each once in the order of first citation, and what could not be read."""

    keys: tuple[str, ...]
    problems: tuple[str, ...] = ()


Read = Callable[[str], list[str]]
# The ending of a file to the module and function that read it, and the ending an include may leave out.
_READERS = {
    ".aux": ("latex", "read_aux", ".aux"),
    ".bcf": ("latex", "read_bcf", ""),
    ".tex": ("latex", "read_tex", ".tex"),
    ".ltx": ("latex", "read_tex", ".tex"),
    ".md": ("markdown", "read", ""),
    ".markdown": ("markdown", "read", ""),
    ".qmd": ("markdown", "read_quarto", ""),
    ".rmd": ("markdown", "read", ""),
    ".typ": ("typst", "read", ""),
    ".org": ("org", "read", ""),
}
SUFFIXES = tuple(_READERS)
_DEEPEST = 50


def read(path: Path) -> Cited:
    """Return the keys that a document and the files it includes cite, each once.

    Raises UsageError for a file of another kind, MhlitError where it cannot be read. An included file that
    cannot be read is a problem, not an error.
    """
    found, problems = citations(path)
    return Cited(tuple(dict.fromkeys(str(one.key) for one in found)), problems)


def citations(path: Path) -> tuple[list[Citation], tuple[str, ...]]:
    """Return every citation of a document and the files it includes, in their order, and what could not be read.

    Raises as `read` does.
    """
    suffix = path.suffix.lower()
    if suffix not in _READERS:
        raise UsageError(f"{path}: cannot tell what this document is", f"documents end in {', '.join(SUFFIXES)}")
    module, function, ending = _READERS[suffix]
    reader: Read = getattr(import_module(f"{__name__}.{module}"), function)
    walk = _Walk(path, path.resolve().parent, reader, ending, {path.resolve()}, [])
    try:
        found = list(walk.citations(path))
    except OSError as error:
        raise MhlitError(f"{path}: cannot be read: {error.strerror or error}") from None
    return found, tuple(walk.problems)


class _Walk(NamedTuple):
    """A walk through a document and what it includes, each file once."""

    document: Path
    """As it was named; what it includes is named from its folder."""
    root: Path
    reader: Read
    ending: str
    seen: set[Path]
    problems: list[str]

    def citations(self, file: Path, depth: int = 0) -> Iterator[Citation]:
        """Yield the citations of a file, those of a file it includes in their place. Raises OSError."""
        text = _text(file)
        lines = Lines(text)
        shown = str(self.document.parent / file.relative_to(self.root)) if depth else str(self.document)
        for one in self.reader(text):
            if isinstance(one, Include):
                yield from self._included(file, one, depth + 1)
            else:
                place = lines.place(one.place, one.place) if isinstance(one, Key) else Place(1, 1, 0, 0)
                yield Citation(one, shown, place.line, place.column)

    def _included(self, file: Path, name: str, depth: int) -> Iterator[Citation]:
        target = _inside(self.root, name, self.ending)
        if target is None or depth > _DEEPEST:
            where = "is not in its folder" if target is None else "is included too deeply"
            self.problems.append(f"{file}: includes {name}, which {where} and was not read")
        elif target not in self.seen:
            self.seen.add(target)
            try:
                yield from self.citations(target, depth)
            except OSError as error:
                self.problems.append(f"{file}: includes {name}, which cannot be read: {error.strerror or error}")


def _inside(root: Path, name: str, ending: str) -> Path | None:
    """Return the file an include names, as TeX looks for it from the main file's folder; None where it is outside."""
    try:
        target = (root / name).resolve()
        if ending and target.suffix != ending and not target.is_file():
            target = target.with_name(target.name + ending)
    except (OSError, ValueError):  # a name that no file can have
        return None
    return target if target.is_relative_to(root) else None


def _text(path: Path) -> str:
    """Return a file's text. Raises OSError where it cannot be read or is none."""
    try:
        return decode(path.read_bytes()).text
    except ValueError as error:
        raise OSError(f"it {error}") from None

"""Read the files a reader brings, whatever of the known formats they are in."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from mhlit.errors import MhlitError, UsageError
from mhlit.formats.readers import READERS, Problem, format_of, reader
from mhlit.formats.readers.source import decode
from mhlit.model import Entry

# Formats of whole libraries; a document with references in it is for `mhlit check`.
FORMATS = tuple(name for name in READERS if name not in ("markdown", "latex", "text"))
STANDARD_INPUT = "standard input"


class Sheet(NamedTuple):
    """A file whose entries are to be read."""

    name: str
    format: str
    text: str
    warning: str = ""

    def entries(self, problems: list[Problem]) -> Iterator[Entry]:
        """Yield the entries, of BibTeX one by one as they are read; what is wrong is added to `problems`."""
        if self.format == "bibtex":
            from mhlit.formats.readers.bibtex import stream

            yield from stream(self.text, problems)
        else:
            reading = reader(self.format)(self.text)
            problems += reading.problems
            yield from reading.entries


def read_file(path: Path, format: str = "") -> Sheet:
    """Read a file. Raises MhlitError where it cannot be read or is of no known format."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MhlitError(f"cannot read {path}: {error.strerror or error}") from None
    return read_bytes(data, str(path), format)


def read_bytes(data: bytes, name: str, format: str = "") -> Sheet:
    """Read the bytes of a file in a format, or in the one its name or its beginning tells."""
    try:
        source = decode(data)
    except ValueError as error:
        raise MhlitError(f"{name} {error}") from None
    chosen = format or format_of(name)
    if chosen not in FORMATS:
        chosen = _looks_like(source.text)
    if not chosen:
        raise UsageError(f"{name}: the format is not clear", f"name it with --format: {', '.join(FORMATS)}")
    return Sheet(name, chosen, source.text, source.problem)


def _looks_like(text: str) -> str:
    """Return the format a text begins like; an empty string where none is clear."""
    beginning = text.lstrip("\ufeff \t\r\n")[:5000]
    if beginning.startswith(("[", "{")):
        return "csl-json"
    for line in beginning.splitlines():
        if line.startswith("TY  -"):
            return "ris"
        if line.startswith("PMID-"):
            return "nbib"
        if line.startswith("%0 "):
            return "endnote"
        if line.lstrip().startswith("@"):
            return "bibtex"
    return ""

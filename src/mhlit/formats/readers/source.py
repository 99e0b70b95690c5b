"""Bytes of a file to text, and offsets in a text to lines and columns."""

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from mhlit.model import Place

_LINE_END = re.compile(r"\r\n|\n|\r")
_UNIX_LINE_END = re.compile(r"\n")
# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES = {"latin-1": "Latin-1", "cp1252": "Windows-1252"}


class Source(NamedTuple):
    """The text of a file, and what is needed to write it back byte for byte."""

    text: str
    encoding: str
    mark: bytes = b""
    """The byte order mark the file begins with."""
    problem: str = ""
    """What is wrong with the encoding; empty where nothing is."""
    offset: int = 0
    """Where in the text the problem shows first."""

    def encode(self, text: str) -> bytes:
        """Return `text` as bytes of the file's own encoding. Raises UnicodeEncodeError where it has no such letter."""
        return self.mark + text.encode(self.encoding)


def decode(data: bytes) -> Source:
    """Read bytes as UTF-8, as their byte order mark says, or else in an 8-bit code, with the problem named.

    Line ends stay as they are. Raises ValueError where the bytes are no text at all.
    """
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    body = data[len(mark) :]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        if mark and encoding != "utf-8":
            raise ValueError(f"is marked as {encoding.upper()} and is not: {error.reason}") from None
        if b"\0" in body:
            raise ValueError("is not a text file") from None
        encoding = _eight_bit(body)
        problem = f"not UTF-8: {error.reason} at byte {error.start + len(mark)}; read as {_NAMES[encoding]}"
        return Source(body.decode(encoding), encoding, mark, problem, error.start)
    if "\0" in text:
        raise ValueError("is not a text file")
    return Source(text, encoding, mark)


def _eight_bit(body: bytes) -> str:
    """Return Windows-1252 where the bytes hold letters that Latin-1 has not, such as curly quotes."""
    try:
        text = body.decode("cp1252")
    except UnicodeDecodeError:
        return "latin-1"
    return "latin-1" if text == body.decode("latin-1") else "cp1252"


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield every line with the offset it begins at, without its end; the last one may be empty."""
    start = 0
    for found in _LINE_END.finditer(text):
        yield start, text[start : found.start()]
        start = found.end()
    yield start, text[start:]


class Lines:
    """The lines of a text, for telling where an offset stands."""

    def __init__(self, text: str) -> None:
        """Find where each line begins; line ends of Unix, Windows and the old Macintosh count."""
        ends = _LINE_END if "\r" in text else _UNIX_LINE_END  # which is found many times as fast
        self._starts = [0, *[found.end() for found in ends.finditer(text)]]

    def place(self, start: int, end: int) -> Place:
        """Return the place of the characters from `start` to before `end`."""
        line = bisect_right(self._starts, start)
        return Place(line, start - self._starts[line - 1] + 1, start, end)

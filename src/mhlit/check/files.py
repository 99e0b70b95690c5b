"""Which files to check, and their text: names, folders, patterns, standard input."""

import glob
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from mhlit.errors import MhlitError
from mhlit.formats.readers import format_of
from mhlit.formats.readers.source import Source, decode

STDIN = "-"
LIBRARY = "library"
"""What the reader's library is called in findings; their lines are those of `mhlit library export FILE.bib`."""
_HIDDEN = re.compile(r"^\.|^node_modules$|^__pycache__$")
# What a file without a telling name begins with.
_SIGNS = (
    ("csl-json", re.compile(r"\s*(?:\[\s*[{\]]|\{\s*\")")),
    ("ris", re.compile(r"\s*TY {1,2}- ?\w", re.MULTILINE)),
    ("latex", re.compile(r"[\s\S]*?\\(?:bibitem|begin\s*\{thebibliography\}|entry\{)")),
    ("bibtex", re.compile(r"[\s\S]*?^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]", re.MULTILINE)),
)
_LOOKED_AT = 20_000


def expand(names: Sequence[str]) -> Iterator[str]:
    """Yield the files that names mean, each once: every .bib of a folder, every file that fits a pattern.

    Raises MhlitError where a folder or a pattern has none. A file that does not exist is yielded as it is named.
    """
    seen: set[str] = set()
    for name in names:
        for found in _meant(name):
            if found not in seen:
                seen.add(found)
                yield found


def _meant(name: str) -> Iterable[str]:
    if name == STDIN or os.path.isfile(name):  # noqa: PTH113  # a name stays as it was typed
        return [name]
    if os.path.isdir(name):  # noqa: PTH112
        found = sorted(_bibliographies(name))
        if not found:
            raise MhlitError(
                f"{name}: no .bib file is in this folder or below", "name files of other formats one by one"
            )
        return found
    if glob.has_magic(name):
        found = sorted(path for path in glob.glob(name, recursive=True) if os.path.isfile(path))  # noqa: PTH113, PTH207
        if not found:
            raise MhlitError(f"{name}: no file fits this pattern")
        return found
    return [name]


def _bibliographies(folder: str) -> Iterator[str]:
    for root, folders, files in os.walk(folder):
        folders[:] = [one for one in folders if not _HIDDEN.match(one)]
        yield from (os.path.join(root, file) for file in files if file.lower().endswith(".bib"))  # noqa: PTH118


def read_source(name: str, data: bytes | None = None) -> Source:
    """Return the text of a file, or of `data` that came another way. Raises MhlitError where it cannot be read."""
    try:
        return decode(Path(name).read_bytes() if data is None else data)
    except ValueError as error:
        raise MhlitError(f"{name}: {error}") from None
    except OSError as error:
        raise MhlitError(f"{name}: cannot be read: {error.strerror or error}") from None


def format_of_text(name: str, text: str) -> str:
    """Return the format of a text by the name of its file, else by what it begins with; `markdown` in doubt."""
    named = format_of(name)
    if named:
        return named
    start = text[:_LOOKED_AT]
    return next((format for format, sign in _SIGNS if sign.match(start)), "markdown")

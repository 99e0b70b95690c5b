"""Make citation keys: Google Scholar's form, or a template of the reader's own, unique in what is written.

Keys are ASCII and of characters that BibTeX, biber and pandoc all take. The catalog's own scheme is the ACL
Anthology's; its keys are frozen and not made here.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from string import Formatter

from mhlit.errors import UsageError
from mhlit.model import Entry, Record
from mhlit.names import family_name
from mhlit.text import transliterate

# The words Google Scholar passes over to find the title word of a key.
_STOP_WORDS = frozenset(
    "a an and are as at be by can could do does for from how if in is it of on or should that the this to was what "
    "when where which who why will with".split()
)
_LITERAL = re.compile(r"[A-Za-z0-9_:./+-]*")


def _ascii(text: str) -> str:
    return transliterate(text)


def _first_family(record: Record) -> str:
    """Return the first author's family name in ASCII up to the first sign that is no letter: Ben-Zion is Ben."""
    people = record.authors or record.editors
    name = _ascii(family_name(people[0])) if people else ""
    found = re.search(r"[A-Za-z]+", name)
    return found.group() if found else ""


def _title_words(record: Record) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Za-z0-9]+", _ascii(record.title))]


def _title_word(record: Record) -> str:
    """Return the first word of the title that is not passed over."""
    words = _title_words(record)
    return next((word for word in words if word not in _STOP_WORDS), words[0] if words else "")


def _authors(record: Record) -> str:
    """Return the Anthology's part for authors: one, two joined by a hyphen, or the first and ``etal``."""
    families = ["".join(re.findall(r"[A-Za-z0-9-]+", _ascii(family_name(name)))).lower() for name in record.authors]
    return "-".join(families if len(families) < 3 else [families[0], "etal"])


def _compact(text: str) -> str:
    return "".join(re.findall(r"[A-Za-z0-9]+", _ascii(text)))


# What a template may ask for.
FIELDS: dict[str, Callable[[Entry], str]] = {
    "auth": lambda entry: _first_family(entry.record).lower(),
    "Auth": lambda entry: _first_family(entry.record),
    "authors": lambda entry: _authors(entry.record),
    "year": lambda entry: f"{entry.record.issued.year:04d}" if entry.record.issued else "",
    "title": lambda entry: _title_word(entry.record),
    "Title": lambda entry: _title_word(entry.record).capitalize(),
    "venue": lambda entry: _compact(entry.record.venue),
    "key": lambda entry: entry.key,
}
GOOGLE = "{auth}{year}{title}"


def maker(form: str) -> Callable[[Entry], str]:
    """Return what makes the key of an entry: for ``anthology``, ``google`` or a template such as ``{auth}{year}``.

    Raises UsageError for a template that names an unknown field or has characters that keys cannot have.
    """
    if form == "anthology":
        return lambda entry: entry.key
    parts = list(_parts(GOOGLE if form == "google" else form))
    if not any(field for _, field in parts):
        raise UsageError(
            f"a key format is 'anthology', 'google' or a template with fields, got {form!r}", f"fields: {_listed()}"
        )
    return lambda entry: "".join(text + (FIELDS[field](entry) if field else "") for text, field in parts) or entry.key


def _parts(template: str) -> Iterator[tuple[str, str]]:
    """Yield the literal texts of a template, each with the field that follows it."""
    try:
        parsed = list(Formatter().parse(template))
    except ValueError as error:
        raise UsageError(f"the key format {template!r} cannot be read: {error}", f"fields: {_listed()}") from None
    for text, field, form, conversion in parsed:
        if not _LITERAL.fullmatch(text):
            raise UsageError(f"a key cannot hold {text!r}", "keys have letters, digits and - _ : . / +")
        if field is not None and (field not in FIELDS or form or conversion):
            raise UsageError(f"a key has no field {field!r}", f"fields: {_listed()}")
        yield text, field or ""


def _listed() -> str:
    return ", ".join(f"{{{name}}}" for name in FIELDS)


def renamed(entries: Iterable[Entry], form: str) -> list[Entry]:
    """Return the entries with keys of a form; one that is taken, case ignored, gets a letter."""
    make = maker(form)
    taken: set[str] = set()
    made = []
    for entry in entries:
        wanted = make(entry)
        key = next(key for key in _candidates(wanted) if key.lower() not in taken)
        taken.add(key.lower())
        made.append(entry._replace(key=key))
    return made


def _candidates(key: str) -> Iterator[str]:
    yield key
    letters = "abcdefghijklmnopqrstuvwxyz"
    yield from (key + letter for letter in letters[1:])
    for first in _candidates(key):
        yield from (first + letter for letter in letters)

"""Write BibTeX: pure ASCII, whole names, protected names in titles, identifiers to the letter.

Source: Patashnik, *BibTeXing* (1988); arXiv's hypertex note for `eprint`, `archivePrefix` and `primaryClass`.
"""

import re
from collections.abc import Iterable, Iterator

from mhlit.formats.latex import encode
from mhlit.identifiers import url_of
from mhlit.model import Entry, Identifier, Name, Version
from mhlit.names import family_name

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CONTAINER = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle"}
# A word of a title, "R&D" and "t-SNE" among them: what is protected together.
_WORD = re.compile(r"(?:(?<![^\W_])[a-z]-(?=[A-Z]))?[^\W_]+(?:&[^\W_]+)*")
_SENTENCE_END = re.compile(r"[?!.]\W* ")
# Words that keep their capital in English whatever the style does to a title.
_PROPER = frozenset(
    "Arabic Bengali Chinese Dutch English French German Greek Hindi Indonesian Italian Japanese Korean "
    "Mandarin Polish Portuguese Russian Spanish Swedish Thai Turkish Urdu Vietnamese "
    "African American Asian British European Indian I".split()
)


def write(entries: Iterable[Entry]) -> str:
    """Return the entries as a BibTeX file."""
    return "\n".join(write_entry(entry) for entry in entries)


def write_entry(entry: Entry) -> str:
    """Return one ``@type{key, …}`` with a final newline; a field a line."""
    lines = [f"@{entry.record.type}{{{entry.key},"]
    lines += [f"  {name} = {value}," for name, value in _fields(entry) if value not in ("", "{}")]
    return "\n".join([*lines, "}\n"])


def _fields(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the fields with their values, braced or as a macro, in the order they are written."""
    record = entry.record
    preprint = record.version is Version.PREPRINT
    yield "title", f"{{{protect(record.title)}}}"
    yield "author", f"{{{_people(record.authors)}}}"
    container = _CONTAINER.get(record.type)
    if container:
        yield container, _text(record.container_title)
    if preprint and not record.identifier("arxiv"):
        yield "howpublished", _text(record.server)
    if record.issued:
        yield "year", f"{{{record.issued.year:04d}}}"
        if record.issued.month:
            yield "month", _MONTHS[record.issued.month - 1]
    yield "editor", f"{{{_people(record.editors)}}}"
    yield "publisher", _text(record.publisher)
    yield "address", _text(record.publisher_place)
    yield "series", _text(record.collection_title)
    yield "volume", _text(record.volume)
    yield "number", _text(record.issue)
    yield "pages", f"{{{record.pages.replace('-', '--') or encode(record.article_number)}}}"
    yield from _identifiers(entry)
    yield "annote", _text(entry.annotation)


def _identifiers(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield identifiers and addresses to the letter: nothing in them is escaped."""
    record = entry.record
    for scheme in ("doi", "isbn", "issn"):
        yield scheme, _verbatim(record.identifier(scheme))
    eprint = entry.eprint or Identifier("arxiv", record.identifier("arxiv"))
    yield "url", _verbatim(record.url or record.pdf or (url_of(eprint) if eprint.value else ""))
    if eprint.value:
        yield "eprint", _verbatim(eprint.value)
        yield "archivePrefix", "{arXiv}"
        yield "primaryClass", _verbatim(entry.eprint_class or record.arxiv_class)


def _text(text: str) -> str:
    return f"{{{encode(text)}}}"


def _verbatim(text: str) -> str:
    """Return an identifier in braces; a brace in it, which would end the field, is percent-encoded."""
    return f"{{{text.replace('{', '%7B').replace('}', '%7D')}}}"


def _people(names: Iterable[Name]) -> str:
    return " and ".join(_person(name) for name in names)


def _person(name: Name) -> str:
    """Return ``Family, Given``, ``Family, Suffix, Given``, or a group in braces so that "and" does not split it."""
    if name.literal:
        return f"{{{encode(name.literal)}}}"
    parts = [encode(part) for part in (family_name(name), name.suffix, name.given) if part]
    if " and " in f" {' '.join(parts)} ".lower():
        parts = [f"{{{part}}}" for part in parts]
    if not name.given:
        return f"{{{parts[0]}}}"
    return ", ".join(parts)


def protect(title: str) -> str:
    """Return a title in LaTeX whose names keep their capitals in styles that change a title's case.

    Braced are words with a capital after their first letter or beside a digit, single capitals,
    names of languages and peoples, the parts of a hyphenated name before the colon (``M-Help:``), the
    first word of a second sentence (styles know the colon only), and a first word that the style does
    not see as first because a quotation mark precedes it.
    """
    head, colon, _ = title.partition(":")
    name_end = len(head) if colon and "-" in head and " " not in head else 0
    pieces: list[str] = []
    end = 0
    for found in _WORD.finditer(title):
        between = title[end : found.start()]
        pieces.append(encode(between))
        word = found.group()
        named = found.end() <= name_end and not word.islower()
        pieces.append(f"{{{encode(word)}}}" if _keeps_capitals(word, between, found.start()) or named else encode(word))
        end = found.end()
    pieces.append(encode(title[end:]))
    return "".join(pieces).replace("{{$", "{$").replace("$}}", "$}")


def _keeps_capitals(word: str, before: str, start: int) -> bool:
    behind_quote = before != "" and encode(before[-1]).startswith("{\\")
    starts_part = start == len(before) or ": " in before
    if word[0].isupper() and (_SENTENCE_END.search(before) or (behind_quote and starts_part)):
        return True
    if any("α" <= c <= "ω" or "Α" <= c <= "Ω" for c in word):
        return True
    if len(word) == 1:
        return word.isupper() and word != "A"
    mixed = any(c.isdigit() for c in word) and any(c.isupper() for c in word)
    return word[1:] != word[1:].lower() or mixed or word in _PROPER

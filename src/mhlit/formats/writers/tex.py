"""What BibTeX and BibLaTeX write alike: entries, names, titles whose capitals stay, identifiers to the letter."""

import re
from collections.abc import Callable, Iterable, Iterator

from mhlit.formats.latex import encode
from mhlit.model import Entry, Name
from mhlit.names import family_name

Encode = Callable[[str], str]
Field = tuple[str, str]
"""A name and a value with its delimiters: in braces, or a macro."""

# A word of a title, "R&D" and "t-SNE" among them: what is protected together.
_WORD = re.compile(r"(?:(?<![^\W_])[a-z]-(?=[A-Z]))?[^\W_]+(?:&[^\W_]+)*")
_SENTENCE_END = re.compile(r"[?!.]\W* ")
# Words that keep their capital in English whatever the style does to a title.
_PROPER = frozenset(
    "Arabic Bengali Chinese Dutch English French German Greek Hindi Indonesian Italian Japanese Korean "
    "Mandarin Polish Portuguese Russian Spanish Swedish Thai Turkish Urdu Vietnamese "
    "African American Asian British European Indian I".split()
)
# What bibtex, biber, pybtex or pandoc refuse or mangle in a key, measured. Compiled where a key is not plain.
_NOT_IN_A_KEY = r"[\s\"#%'(),<=>@\\^{|}~\x00-\x1f\x7f]+"


def entry(type: str, key: str, fields: Iterable[Field]) -> str:
    """Return one ``@type{key, …}`` with a final newline; a field a line, once, those without a value left out."""
    kind = type.lower() if type.isalpha() and type.isascii() else "misc"
    if not key.replace("-", "").isalnum():
        key = re.sub(_NOT_IN_A_KEY, "-", key) or "-"
    values: dict[str, str] = {}
    for name, value in fields:
        if value not in ("", "{}"):
            values.setdefault(name, value)
    lines = [f"@{kind}{{{key},", *(f"  {name} = {value}," for name, value in values.items())]
    return "\n".join([*lines, "}\n"])


def others(entry: Entry) -> Iterator[Field]:
    """Yield fields that an entry has besides its record, which are LaTeX already."""
    yield from ((field.name, f"{{{field.value}}}") for field in entry.fields)


def verbatim(text: str) -> str:
    """Return an identifier in braces; a brace in it, which would end the field, is percent-encoded."""
    return f"{{{text.replace('{', '%7B').replace('}', '%7D')}}}"


def people(names: Iterable[Name], encode: Encode) -> str:
    """Return names in braces, joined by "and"."""
    return f"{{{' and '.join(_person(name, encode) for name in names)}}}"


def _person(name: Name, encode: Encode) -> str:
    """Return ``Family, Given``, ``Family, Suffix, Given``, or a group in braces so that "and" does not split it."""
    if name.literal:
        return f"{{{encode(name.literal)}}}"
    parts = [encode(part) for part in (family_name(name), name.suffix, name.given) if part]
    if " and " in f" {' '.join(parts)} ".lower():
        parts = [f"{{{part}}}" for part in parts]
    if not name.given:
        return f"{{{parts[0]}}}"
    return ", ".join(parts)


def protect(title: str, encode: Encode) -> str:
    """Return a title in LaTeX whose names keep their capitals in styles that change a title's case."""
    return "".join(_kept(encode(text)) if keep else encode(text) for text, keep in capitals(title))


def _kept(encoded: str) -> str:
    """Return a word in braces; a single sign of mathematics has its own."""
    alone = encoded.startswith("{$") and encoded.endswith("$}") and encoded.count("$") == 2
    return encoded if alone else f"{{{encoded}}}"


def capitals(title: str) -> Iterator[tuple[str, bool]]:
    """Cut a title into words and what is between them, and tell of each whether its capitals must stay.

    They must in words with a capital after their first letter or beside a digit, single capitals,
    names of languages and peoples, the parts of a hyphenated name before the colon (``M-Help:``), the
    first word of a second sentence (styles know the colon only), and a first word that the style does
    not see as first because a quotation mark precedes it.
    """
    head, colon, _ = title.partition(":")
    name_end = len(head) if colon and "-" in head and " " not in head else 0
    end = 0
    for found in _WORD.finditer(title):
        between = title[end : found.start()]
        word = found.group()
        named = found.end() <= name_end and not word.islower()
        yield between, False
        yield word, named or _keeps_capitals(word, between, found.start())
        end = found.end()
    yield title[end:], False


def _keeps_capitals(word: str, before: str, start: int) -> bool:
    behind_quote = before != "" and encode(before[-1]).startswith("{\\")
    starts_part = start == len(before) or ": " in before
    if word[0].isupper() and (_SENTENCE_END.search(before) or (behind_quote and starts_part)):
        return True
    if not word.isascii() and any("α" <= c <= "ω" or "Α" <= c <= "Ω" for c in word):
        return True
    if len(word) == 1:
        return word.isupper() and word != "A"
    if word[1:] != word[1:].lower() or word in _PROPER:
        return True
    return word[0].isupper() and any(c.isdigit() for c in word)

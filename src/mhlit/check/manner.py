r"""How a .bib file writes its fields, their spaces, delimiters and letters: what is mended looks like the rest.

Sources: Patashnik, *BibTeXing* (1988), §2.2 for delimiters, macros and ``#``, §4 for letters in ASCII.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from mhlit.formats.latex import MATH, encode, encode_character
from mhlit.formats.latex_reading import decode
from mhlit.formats.readers.people import read_name, split_names
from mhlit.formats.readers.records import month_number
from mhlit.model import Entry, SourceField

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The macros that every style defines for the months."""
_NAMES_OF_MONTHS = "January February March April May June July August September October November December".split()
VERBATIM = frozenset("doi url eprint eid isbn issn pmid pmcid file".split())
"""Fields whose letters mean themselves."""
_NAMES = frozenset("author editor translator".split())  # where double braces make one name of all
# Fields that no style prints: their letters do not tell how the file writes letters.
_UNPRINTED = frozenset("abstract annote annotation keywords file note comment language".split())
_SEPARATOR = re.compile(r"\s*,\s*")
_FIRST_LINE_END = re.compile(r"\r\n|\n|\r")
_FOREIGN = re.compile(r"[A-Za-z]?[^\x00-\x7f]+")
# A letter or sign in braces: {\'e}, {\c{C}}, {\~{\^e}}, {\ss}.
_COMMAND_LETTER = re.compile(r"\{\\(?:[^{}\\]|\\.|\{(?:[^{}]|\{[^{}]{0,9}\}){0,19}\}){1,29}\}")
_COMPARABLE = 1_000_000
"""The product of the numbers of words up to which two texts are compared word by word."""
_WORD = re.compile(r"\S+")
_UNBALANCED = "the braces of the new value are not balanced"


class Manner(NamedTuple):
    """How an entry writes its fields."""

    separator: str
    """What stands between two fields: a comma, a line end, an indentation."""
    before: str = " "
    after: str = " "
    """The space before and after the equals sign."""
    column: int = 0
    """How far from the start of the name the equals sign stands in an entry that aligns it; 0 where none does."""
    value_column: int = 0
    """The same for the value, where the equals sign follows the name."""
    quoted: bool = False
    bare_numbers: bool = False
    capitals: str = "lower"
    """Of the names of fields: `lower`, `title` or `upper`."""


def manner_of(text: str, entry: Entry, others: Sequence[Entry] = ()) -> Manner:
    """Return how an entry writes its fields; one without fields as the first of `others` that has two."""
    fields = entry.fields
    if not fields:
        shown = next((one for one in others if len(one.fields) > 1), None)
        if shown is not None:
            return manner_of(text, shown)
    gaps = [text[one.end : other.name_start] for one, other in pairwise(fields)]
    separator = _commonest([gap for gap in gaps if _SEPARATOR.fullmatch(gap)], "") or _after_the_key(text, entry)
    if not separator:
        line_end = _FIRST_LINE_END.search(text)
        separator = f",{line_end.group() if line_end else chr(10)}  "
    sources = [text[field.start : field.end] for field in fields]
    delimiters = [source[0] for source in sources if source[:1] in ("{", '"')]
    digits = [source.isdigit() for field, source in zip(fields, sources, strict=True) if field.value.isdigit()]
    manner = Manner(
        separator,
        quoted=_commonest(delimiters, "{") == '"',
        bare_numbers=digits.count(True) > digits.count(False),
        capitals=_capitals([field.name for field in fields]),
    )
    return _spaced(text, fields, manner)


def _after_the_key(text: str, entry: Entry) -> str:
    """Return what stands between the key and the first field; empty where there is no field, or no comma."""
    if not entry.fields or entry.place is None:
        return ""
    head = text[entry.place.start : entry.fields[0].name_start]
    key = head.rstrip()
    return head[len(key[:-1].rstrip()) :] if key.endswith(",") else ""


def _spaced(text: str, fields: Sequence[SourceField], manner: Manner) -> Manner:
    """Add how the entry sets the equals sign: at one distance from the names, or in one column."""
    spaces = [text[field.name_start + len(field.name) : field.start].partition("=") for field in fields]
    if not spaces:
        return manner
    sizes = [len(field.name) for field in fields]
    before = [space[0] for space in spaces]
    after = [space[2] for space in spaces]
    columns = [size + len(space) for size, space in zip(sizes, before, strict=True)]
    values = [column + 1 + len(space) for column, space in zip(columns, after, strict=True)]
    manner = manner._replace(before=_commonest(before, " "), after=_commonest(after, " "))
    if _is_aligned(columns, before):
        return manner._replace(column=Counter(columns).most_common(1)[0][0])
    if _is_aligned(values, after):
        return manner._replace(value_column=Counter(values).most_common(1)[0][0])
    return manner


def _is_aligned(columns: Sequence[int], spaces: Sequence[str]) -> bool:
    return Counter(columns).most_common(1)[0][1] > Counter(spaces).most_common(1)[0][1]


def _commonest(found: Sequence[str], default: str) -> str:
    return Counter(found).most_common(1)[0][0] if found else default


def _capitals(names: Sequence[str]) -> str:
    if names and all(name.isupper() for name in names):
        return "upper"
    return "title" if sum(name[:1].isupper() for name in names) * 2 > len(names) else "lower"


def new_field(manner: Manner, name: str, value: str) -> str:
    """Return a whole field as the entry would write it, without a comma. Raises ValueError on unbalanced braces."""
    shown = {"lower": name, "title": name[:1].upper() + name[1:], "upper": name.upper()}[manner.capitals]
    before = " " * max(manner.column - len(name), 1) if manner.column else manner.before
    after = manner.after
    if manner.value_column:
        after = " " * max(manner.value_column - len(name) - len(before) - 1, 1)
    return f"{shown}{before}={after}{_new_value(manner, name.lower(), value)}"


def _new_value(manner: Manner, name: str, value: str) -> str:
    if name == "month" and (number := month_number(value)):
        return MONTHS[number - 1]
    if manner.bare_numbers and value.isdigit() and value.isascii():
        return value
    return _delimited(value, manner.quoted)


def changed_value(old: str, name: str, value: str, manner: Manner) -> str:
    """Return the source of a value given another content: its delimiters, double braces and line breaks stay.

    Raises ValueError where the old value never ends, or the new one has unbalanced braces.
    """
    if not _pairs(value):
        raise ValueError(_UNBALANCED)  # before braces of the old value around it could hide that
    inner = _content(old)
    if name == "month" and (number := month_number(value)):
        return _month(old, inner, number)
    if inner is None:
        if old[:1] in ("{", '"') and "#" not in old:
            raise ValueError("its value is never closed")
        return value if old.isdigit() and value.isdigit() else _delimited(value, manner.quoted)
    if name not in _NAMES and _content(inner.strip()) is not None and inner.strip()[0] == "{":
        value = value if value[:1] == "{" and _content(value) is not None else f"{{{value}}}"
    if name in _NAMES:
        value = _people_like(inner, value)
    return _delimited(_rewrapped(inner, value), old[0] == '"')


def _people_like(old: str, new: str) -> str:
    """Return a list of names in which those that `old` has stand as there, and the others in its order of names."""
    olds = [" ".join(one.split()) for one in split_names(old)]
    known = {read_name(one): one for one in olds if one}
    natural = sum("," not in one for one in olds) * 2 > len(olds)
    shown = []
    for one in split_names(new):
        name = read_name(one.strip())
        family, _, given = one.strip().partition(", ")
        spoken = f"{given} {family}"
        keeps = natural and given and "," not in given and read_name(spoken) == name
        shown.append(known.get(name, spoken if keeps else one.strip()))
    return " and ".join(shown)


def _month(old: str, inner: str | None, number: int) -> str:
    """Return a month as the old value has it, as a number or a whole name; else as a macro, which styles translate."""
    if old.isdigit():
        return str(number)
    if inner is not None and inner.isdigit():
        return f"{old[0]}{number:0{len(inner)}d}{old[-1]}"
    if inner is not None and inner.title() in _NAMES_OF_MONTHS:
        return f"{old[0]}{_NAMES_OF_MONTHS[number - 1]}{old[-1]}"
    return MONTHS[number - 1]


def _content(value: str) -> str | None:
    """Return what stands between the delimiters of a value of one piece; None where it is none."""
    if len(value) < 2 or (value[0], value[-1]) not in (("{", "}"), ('"', '"')):
        return None
    depth = 0
    for character in value[1:-1]:
        depth += (character == "{") - (character == "}")
        if depth < 0 or (depth == 0 and character == '"' == value[0]):
            return None
    return value[1:-1] if depth == 0 else None


def _pairs(value: str) -> bool:
    """Tell whether every brace of a value has its other one, the opening one first."""
    depth = 0
    for character in value:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def _delimited(value: str, quoted: bool) -> str:
    if not _pairs(value):
        raise ValueError(_UNBALANCED)
    depth = 0
    written = []
    for character in value:
        depth += (character == "{") - (character == "}")
        written.append('{"}' if quoted and depth == 0 and character == '"' else character)
    return f'"{"".join(written)}"' if quoted else f"{{{''.join(written)}}}"


def _rewrapped(old: str, new: str) -> str:
    """Return `new` with the line breaks that `old` has between the words that both have, and around."""
    if old == " ".join(old.split()):
        return new
    olds, news = list(_WORD.finditer(old)), new.split()
    if not olds or not news:
        return new
    spaces = [old[one.end() : other.start()] for one, other in pairwise(olds)]
    # A list of authors with a line for each has it after every "and".
    after_and = {space for word, space in zip(olds, spaces, strict=False) if word.group() == "and"}
    gaps = [(after_and.copy().pop() if len(after_and) == 1 and word == "and" else " ") for word in news[:-1]]
    for before, after, size in _kept([word.group() for word in olds], news):
        gaps[after : after + size - 1] = spaces[before : before + size - 1]
    text = "".join(word + gap for word, gap in zip(news, [*gaps, ""], strict=True))
    return old[: olds[0].start()] + text + old[olds[-1].end() :]


def _kept(olds: Sequence[str], news: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return the runs of words that two texts have in common: where each begins in either, and how many words."""
    if len(olds) * len(news) < _COMPARABLE:
        blocks = SequenceMatcher(None, olds, news, autojunk=False).get_matching_blocks()
        return [(block.a, block.b, block.size) for block in blocks if block.size]
    start = next((place for place, (one, other) in enumerate(zip(olds, news, strict=False)) if one != other), 0)
    return [(0, 0, start)] if start else []


def writes_ascii(text: str, entries: Iterable[Entry]) -> bool:
    """Tell whether a file writes letters in ASCII, as BibTeX needs it: no field that is printed has another."""
    if text.isascii():
        return True
    printed = [field.value for entry in entries for field in entry.fields if field.name.lower() not in _UNPRINTED]
    if any(not letter.isascii() and letter.isalpha() for value in printed for letter in value):
        return False
    return any(_COMMAND_LETTER.search(value) for value in printed)


def lettered(value: str, old: str, *, ascii_only: bool, encoding: str, verbatim: bool) -> str:
    r"""Return a value in the letters of the file: ``{\'e}`` in ASCII, é in UTF-8; what `old` has stays as it is there.

    Raises ValueError where the encoding has no such letter and LaTeX no command for it.
    """
    if not verbatim:
        if ascii_only:
            value = _FOREIGN.sub(lambda found: encode(found.group()), value)
        else:
            value = _COMMAND_LETTER.sub(_unicode_of(old), value)
            value = "".join(encode_character(c) if c in MATH and c not in old else c for c in value)
    if not _fits(value, encoding):
        if not verbatim:
            value = "".join(c if _fits(c, encoding) else encode_character(c) for c in value)
        if not _fits(value, encoding):
            raise ValueError(f"the encoding of the file, {encoding}, does not have every letter of the new value")
    return value


def _unicode_of(old: str) -> Callable[[re.Match[str]], str]:
    """Return what makes a letter of its command, unless the old value writes it as a command too."""

    def letter(found: re.Match[str]) -> str:
        read = decode(found.group())
        plain = len(read) == 1 and not read.isascii() and read.isprintable() and read not in MATH
        return read if plain and found.group() not in old else found.group()

    return letter


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True

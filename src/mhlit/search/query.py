"""Read the query language: words, "phrases", -not, OR, parentheses, field:value, beginnings with a star.

    query   = item (space item)*            all of them are looked for
    item    = ["-"] part ("OR" part)*       OR joins its two neighbours
    part    = word | word* | "phrase" | field:value | field:"value" | "(" query ")"

Whatever else stands between words is punctuation, so that a pasted title or reference is a query too.
Nothing here knows the index; ``mhlit.search.engine`` looks for what was read.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mhlit.errors import UsageError
from mhlit.text import words

_DEEPEST = 20
_MOST = 100  # phrases, fields, exclusions and alternatives: what is looked for one by one
_OPENING, _CLOSING = '"“', '"”'
_OR = "OR"


class Term(NamedTuple):
    """A word to look for; `beginning` where any word that begins so will do. The column counts from 1."""

    word: str
    column: int
    beginning: bool = False


class Phrase(NamedTuple):
    """Words that must stand next to each other."""

    words: tuple[str, ...]
    column: int


class Field(NamedTuple):
    """A filter and the value that was typed for it."""

    name: str
    value: str
    column: int


class Address(NamedTuple):
    """A chunk that is written like an identifier or an address."""

    text: str
    column: int


class Not(NamedTuple):
    """What must not be there."""

    nodes: "tuple[Node, ...]"


class Either(NamedTuple):
    """Several parts of which one is enough."""

    nodes: "tuple[Node, ...]"


class Group(NamedTuple):
    """Several items, all of which are looked for."""

    nodes: "tuple[Node, ...]"


Node = Term | Phrase | Field | Address | Not | Either | Group


class _Token(NamedTuple):
    kind: str
    """``(``, ``)``, ``-``, ``OR``, ``phrase``, ``field`` or ``text``."""
    text: str
    column: int
    name: str = ""


def parse(query: str, fields: Sequence[str]) -> Group:
    """Return the tree of a query; `fields` are the names that may stand before a colon.

    Raises UsageError with the column and what to do: for a quote or parenthesis without its partner, an
    OR without two sides, a field that is misspelt or has no value, and more of these than anybody types.
    """
    tokens = list(_tokens(query, fields))
    demands = [token for token in tokens if token.kind in ("phrase", "field", "-", _OR)]
    if len(demands) > _MOST:
        raise problem("too many phrases, fields and signs", demands[_MOST].column, f"use at most {_MOST}")
    parser = _Parser(tokens)
    group = parser.group(0)
    if parser.place < len(tokens):
        raise problem("this parenthesis was never opened", tokens[parser.place].column, "open it, or leave it out")
    return group


def problem(message: str, column: int, fix: str) -> UsageError:
    """Return the error that says where in the query something is wrong, and what to do."""
    return UsageError(f"query, column {column}: {message}", fix)


def _tokens(query: str, fields: Sequence[str]) -> Iterator[_Token]:
    place, end = 0, len(query)
    while place < end:
        character = query[place]
        if character.isspace():
            place += 1
        elif character in "()":
            yield _Token(character, character, place + 1)
            place += 1
        elif character in _OPENING:
            text, after = _quoted(query, place)
            yield _Token("phrase", text, place + 1)
            place = after
        elif character == "-" and place + 1 < end and not query[place + 1].isspace():
            yield _Token("-", "-", place + 1)
            while place < end and query[place] == "-":
                place += 1
        else:
            token, place = _chunk(query, place, fields)
            yield token


def _quoted(query: str, place: int) -> tuple[str, int]:
    """Return what stands in the quotes that open at `place`, and where they end."""
    close = next((at for at in range(place + 1, len(query)) if query[at] in _CLOSING), -1)
    if close < 0:
        if query[place] == "“":  # in pasted text
            return "", place + 1
        raise problem('the quote " is never closed', place + 1, "close it, or leave it out")
    return query[place + 1 : close], close + 1


def _chunk(query: str, place: int, fields: Sequence[str]) -> tuple[_Token, int]:
    """Return the token that begins at `place` with neither sign nor space, and where it ends."""
    end = place
    while end < len(query) and not query[end].isspace() and query[end] not in '()"“”':
        end += 1
        if query[end - 1] == ":" and query[place : end - 1].lower() in fields:
            return _field(query, place, end, fields)
    text = query[place:end]
    if text == _OR:
        return _Token(_OR, text, place + 1), end
    name, colon, value = text.partition(":")
    if colon and value and name.isalpha() and not value.startswith("//"):
        meant = _misspelt(name.lower(), fields)
        if meant:
            raise problem(f"there is no field {name!r}", place + 1, f"did you mean {meant}:{value}?")
    return _Token("text", text or query[place], place + 1), max(end, place + 1)


def _misspelt(name: str, fields: Sequence[str]) -> str:
    """Return the field that `name` is a slip or the beginning of, or an empty string."""
    if len(name) < 4:  # too many short words stand before colons
        return ""
    from difflib import get_close_matches

    begun = [field for field in fields if field.startswith(name)]
    return next(iter(begun or get_close_matches(name, fields, 1, cutoff=0.75)), "")


def _field(query: str, place: int, value_at: int, fields: Sequence[str]) -> tuple[_Token, int]:
    """Return the token of a field whose value begins at or, after spaces, behind `value_at`."""
    name = query[place : value_at - 1].lower()
    while value_at < len(query) and query[value_at].isspace():
        value_at += 1
    end = value_at
    if value_at < len(query) and query[value_at] in _OPENING:
        value, end = _quoted(query, value_at)
    else:
        while end < len(query) and not query[end].isspace() and query[end] not in '()"“”':
            end += 1
        value = query[value_at:end]
    if not value.strip():
        known = ", ".join(f"{field}:" for field in fields)
        raise problem(f"{name}: has no value", place + 1, f'write {name}:value or {name}:"two words"; fields: {known}')
    return _Token("field", value, place + 1, name), end


class _Parser:
    """Recursive descent over the tokens."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self.tokens = tokens
        self.place = 0

    def group(self, depth: int) -> Group:
        """Read items up to the end or a closing parenthesis."""
        nodes: list[Node] = []
        while self.place < len(self.tokens) and self.tokens[self.place].kind != ")":
            nodes += self.item(depth)
        return Group(tuple(nodes))

    def item(self, depth: int) -> list[Node]:
        token = self.tokens[self.place]
        if token.kind == _OR:
            raise problem("OR needs something before it", token.column, "write: this OR that")
        if token.kind == "-":
            self.place += 1
            if self.place == len(self.tokens) or self.tokens[self.place].kind in (")", "-", _OR):
                return []
            return [Not(tuple(self.part(depth)))]
        nodes = self.part(depth)
        if not self._at_or():
            return nodes
        options = [Group(tuple(nodes))]
        while self._at_or():
            column = self.tokens[self.place].column
            self.place += 1
            if self.place == len(self.tokens) or self.tokens[self.place].kind in (")", "-", _OR):
                raise problem("OR needs something after it", column, "write: this OR that, and what to leave out apart")
            options.append(Group(tuple(self.part(depth))))
        return [Either(tuple(option for option in options if option.nodes))]

    def _at_or(self) -> bool:
        return self.place < len(self.tokens) and self.tokens[self.place].kind == _OR

    def part(self, depth: int) -> list[Node]:
        token = self.tokens[self.place]
        self.place += 1
        if token.kind == "(":
            if depth == _DEEPEST:
                raise problem("the parentheses are too deep", token.column, f"use at most {_DEEPEST}")
            group = self.group(depth + 1)
            if self.place == len(self.tokens):
                raise problem("this parenthesis is never closed", token.column, "close it, or leave it out")
            self.place += 1
            return [group] if group.nodes else []
        if token.kind == "phrase":
            folded = tuple(words(token.text))
            return [Phrase(folded, token.column)] if folded else []
        if token.kind == "field":
            return [Field(token.name, token.text, token.column)]
        return list(_terms(token))


def _terms(token: _Token) -> Iterator[Node]:
    """Yield the words of a chunk, or the chunk as an address where it is written like one."""
    if looks_like_address(token.text):
        yield Address(token.text, token.column)
        return
    folded = words(token.text)
    for place, word in enumerate(folded):
        starred = token.text.endswith("*") and place == len(folded) - 1
        yield Term(word, token.column, starred)


def looks_like_address(text: str) -> bool:
    """Tell whether a chunk is written like an identifier or an address, so that its parts are no words."""
    bare = text.lower().lstrip("<[")
    if bare.startswith(("http://", "https://", "www.", "doi:", "arxiv:", "doi.org/", "arxiv.org/")):
        return len(bare) > bare.find(":") + 1
    start, slash, _ = bare.partition("/")
    registrant = start.removeprefix("10.").replace(".", "")
    return bool(slash) and start.startswith("10.") and registrant.isdigit() and len(registrant) >= 4

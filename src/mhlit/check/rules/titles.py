"""What it is called: titles of others, of an earlier version, in other words or capitals."""

import re
from collections.abc import Iterator

from mhlit.check.finding import Edit, SetField, Severity
from mhlit.check.rule import Flaw, Reference, Scope, rule
from mhlit.check.values import exported
from mhlit.compare import Kind
from mhlit.likeness.titles import Likeness, plain_words
from mhlit.model import Version
from mhlit.text import squash

_FIELDS = ("title", "ti", "t1", "ct")
# A word that a style which lowers titles would spoil: a capital or a digit after a letter (SoulChat, GPT-4, LLMs).
_ACRONYM = re.compile(r"(?<![\w\\])(?:[A-Za-z]*[a-z][A-Z]\w*|[A-Z]{2,}\w*|[A-Z]\w*\d\w*)")
_BRACED = re.compile(r"[{}]|\\[A-Za-z]+|\\.|\$[^$]*\$")


@rule(
    "wrong-title",
    Severity.ERROR,
    Scope.WORK,
    why="A title is what a reader searches for; a wrong word finds nothing, or another work.",
    example="title = {SoulChat: Improving LLMs' Empathy through Multi-Turn Empathy Conversations},",
)
def wrong_title(reference: Reference) -> Iterator[Flaw]:
    """The title has other words than any version's; a warning where they are only abbreviated or spelt otherwise."""
    for one in reference.differing("title", Kind.WRONG, Kind.WORDED):
        if not reference.is_structured and squash(one.true) in squash(one.listed):  # what was read holds more than it
            continue
        if _may_be_of_a_revision(reference):
            yield _flaw(reference, f"the preprint is called now: {one.true}", Severity.WARNING, safe=False)
            continue
        worded = one.kind is Kind.WORDED
        said = "word for word, the title is" if worded else f"the title {_how_it_differs(one.listed, one.true)}"
        yield _flaw(reference, f"{said}: {one.true}", Severity.WARNING if worded else None)


def _may_be_of_a_revision(reference: Reference) -> bool:
    """Tell whether another title, with the id and the authors of a preprint, may be that of an older revision."""
    named = not {"arxiv", "doi"}.isdisjoint(reference.match.reasons)
    alike = reference.match.likeness > Likeness.SIMILAR
    return reference.version is Version.PREPRINT and named and not alike and not reference.differing("authors")


def _how_it_differs(listed: str, true: str) -> str:
    ours, theirs = plain_words(listed), plain_words(true)
    if len(ours) < len(theirs):
        if ours == theirs[: len(ours)]:
            return "is cut short, it goes on"
        if ours == theirs[-len(ours) :]:
            return "lacks its beginning"
    return "is"


@rule(
    "preprint-title",
    Severity.WARNING,
    Scope.WORK,
    why="Titles change on the way to publication; who looks for the published version looks for its own title.",
    example="title = {Applying and Evaluating Large Language Models in …}, journal = {npj Digital Medicine},",
)
def preprint_title(reference: Reference) -> Iterator[Flaw]:
    """The title is that of another version, such as the preprint of a published work."""
    work = reference.work
    for one in reference.differing("title", Kind.OTHER_VERSION):
        published = reference.version is Version.VERSION_OF_RECORD and work is not None and work.preprint is not None
        whose = "of the preprint; it was published as" if published else "of an earlier version; it is now"
        yield _flaw(reference, f"the title is that {whose}: {one.true}")


@rule(
    "title-case",
    Severity.INFO,
    Scope.WORK,
    why="A name that lost its capitals (Soulchat, llms) is hard to read; styles lower capitals by themselves.",
    example="title = {Emotionqueen: A benchmark for evaluating empathy of large language models},",
)
def title_case(reference: Reference) -> Iterator[Flaw]:
    """The title differs from the record's in capitals or punctuation only."""
    for one in reference.differing("title", Kind.CASE):
        yield _flaw(reference, f"in capitals or punctuation, the title is: {one.true}", safe=False)


def _flaw(reference: Reference, message: str, severity: Severity | None = None, safe: bool = True) -> Flaw:
    one = reference.differing("title")[0]
    field = reference.field(*_FIELDS)
    edits: tuple[Edit, ...] = ()
    if field is not None and reference.format == "bibtex" and reference.field("subtitle") is None:
        edits = (SetField(reference.entry, "title", exported(reference.record._replace(title=one.true))["title"]),)
    return Flaw(message, field, one.listed, one.true, severity, ("title",), edits, safe)


@rule(
    "unprotected-acronym",
    Severity.INFO,
    Scope.REFERENCE,
    why="Many BibTeX styles print titles in lower case: SoulChat becomes soulchat. Braces keep the capitals.",
    example="title = {SoulChat: Improving LLMs' Empathy},",
)
def unprotected_acronym(reference: Reference) -> Iterator[Flaw]:
    """A name or acronym in a title is not in braces, so that a style may take its capitals."""
    field = reference.field("title")
    if reference.format != "bibtex" or field is None or field.value.isupper():
        return
    bare = [(start, word) for start, word in _bare_words(field.value) if not _is_shouted(field.value, word)]
    if not bare:
        return
    value = field.value
    for start, word in reversed(bare):
        value = f"{value[:start]}{{{word}}}{value[start + len(word) :]}"
    words = ", ".join(dict.fromkeys(word for _, word in bare))
    edits = (SetField(reference.entry, "title", value),)
    yield Flaw(f"put in braces what keeps its capitals: {words}", field, words, value, edits=edits)


def _bare_words(value: str) -> Iterator[tuple[int, str]]:
    """Yield the words with capitals inside that stand in no braces, each with its offset."""
    depth = start = 0
    for sign in (*_BRACED.finditer(value), None):
        end = sign.start() if sign else len(value)
        if depth == 0:
            for found in _ACRONYM.finditer(value, start, end):
                if value[found.end() : found.end() + 1] != "{" and value[found.start() - 1 : found.start()] != "}":
                    yield found.start(), found.group()
        if sign is None:
            return
        depth += (sign.group() == "{") - (sign.group() == "}")
        start = sign.end()


def _is_shouted(value: str, word: str) -> bool:
    """Tell whether the words around are all in capitals too, as in a title that was typed so."""
    letters = [c for c in value if c.isalpha()]
    return word.isupper() and sum(c.isupper() for c in letters) > 0.6 * len(letters)

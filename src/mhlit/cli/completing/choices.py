"""What each option and argument can be given: values of filters, formats, keys with their titles, files."""

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import Any, NamedTuple

from mhlit.cli.completing.place import Place
from mhlit.store.filters import Filters
from mhlit.store.reading import COLUMNS, SORTS
from mhlit.store.schema import FACETS
from mhlit.text import fold, squash

_MOST = 500  # keys that are offered at once


class Kind(Enum):
    """How the shell takes an answer."""

    VALUES = "values"
    OTHER = "other"
    """Values that do not begin with what is typed, and replace it."""
    PART = "part"
    """Values after which the word goes on."""
    FILES = "files"
    FOLDERS = "folders"


class Choice(NamedTuple):
    """A word that may stand at the cursor, and what it means."""

    value: str
    meaning: str = ""


def choices_of(place: Place) -> tuple[Kind, list[Choice]]:
    """Return what the option or argument at the cursor can be given."""
    name = name_of(place.path, place.parameter)
    if name in _VALUES:
        return Kind.VALUES, _matching(place.typed, _VALUES[name]())
    if name in _OTHERS:
        return _OTHERS[name](place)
    if "DIR" in name:
        return Kind.FOLDERS, []
    return (Kind.FILES if "FILE" in name else Kind.VALUES), []


def name_of(path: tuple[str, ...], parameter: Any) -> str:
    """Return what a parameter is known by here: KEY, FILE or DIR, its long option, or its command and either name."""
    shown: str = parameter.metavar or ""
    for word in ("KEY", "FILE", "DIR"):
        if word in shown:
            return word
    if parameter.param_type_name == "option":
        option = next(name for name in parameter.opts if name.startswith("--"))
        return own if (own := f"{path[-1]} {option}") in _VALUES else str(option)
    return f"{path[-1]} {parameter.name}"


def _matching(typed: str, choices: Iterable[Choice]) -> list[Choice]:
    """Return the choices that begin with what is typed, whatever their case, accents and hyphens.

    Where there is none, those with a word that does, or whose meaning has one: Japanese is ja.
    """
    wanted, all_choices = fold(typed), list(choices)
    found = [choice for choice in all_choices if fold(choice.value).startswith(wanted)]
    return found or [choice for choice in all_choices if f" {wanted}" in f" {fold(' '.join(choice))}"]


def _facet(name: str) -> Callable[[], Iterator[Choice]]:
    def values() -> Iterator[Choice]:
        from mhlit.cli.session import open_store

        store = open_store()
        meanings = {term.name: term.definition for term in store.vocabulary(name)}
        for value, many in store.facet_counts(name, Filters()):
            works = f"{many} work{'' if many == 1 else 's'}"
            yield Choice(value, ". ".join(filter(None, (works, meanings.get(value)))))

    return values


def _words(*words: str) -> Callable[[], Iterable[Choice]]:
    return lambda: map(Choice, words)


def _formats() -> Iterator[Choice]:
    from mhlit.cite import FORMATS

    yield from (Choice(name, line) for name, (_, line) in FORMATS.items())


def _styles() -> Iterator[Choice]:
    from mhlit.cite.styles import STYLES

    yield from (Choice(name, line) for name, (_, line) in STYLES.items())


def _settings() -> Iterator[Choice]:
    from mhlit.settings import SETTINGS

    yield from (Choice(one.name, one.help) for one in SETTINGS)


def _tables() -> Iterator[Choice]:
    from mhlit.store.counting import TABLES

    return map(Choice, TABLES)


def _policies() -> Iterable[Choice]:
    from mhlit.library.importing import POLICIES

    return map(Choice, POLICIES)


def _marks() -> Iterable[Choice]:
    return map(Choice, ("unread", "reading", "read", "star", "unstar"))


def _authors(place: Place) -> tuple[Kind, list[Choice]]:
    """Return the names of which any word begins with what is typed."""
    names = _facet("author")()
    return Kind.VALUES, [name for name in names if f" {fold(place.typed)}" in f" {name.value}"]


def _columns(place: Place) -> tuple[Kind, list[Choice]]:
    """Return the columns that may follow those behind the last comma."""
    before, comma, typed = place.typed.rpartition(",")
    taken = before.split(",")
    return Kind.PART, [
        Choice(f"{before}{comma}{name}") for name in COLUMNS if name.startswith(typed) and name not in taken
    ]


def _rules(place: Place) -> tuple[Kind, list[Choice]]:
    """Return the rules of `check` that may follow those behind the last comma."""
    import mhlit.check.rules  # noqa: F401  # imported for what it registers
    from mhlit.check.rule import RULES

    before, comma, typed = place.typed.rpartition(",")
    found = (rule for rule in RULES.values() if rule.id.startswith(typed))
    return Kind.PART, [Choice(f"{before}{comma}{rule.id}", rule.what) for rule in found]


def _keys(place: Place) -> tuple[Kind, list[Choice]]:
    """Return the keys that begin with what is typed, else those of works that have such an alias or name."""
    from mhlit.cli.session import open_store

    store = open_store()
    ids = store.starting("works", "key", place.typed)
    if not ids:
        ids = store.starting("aliases", "alias", place.typed)
    if not ids and squash(place.typed):
        ids = store.starting("handles", "handle", squash(place.typed))
    rows = store.rows(ids[:_MOST], ["key", "title"])
    return Kind.VALUES, sorted(Choice(str(key), str(title)) for key, title in rows if key not in place.given)


_VALUES: dict[str, Callable[[], Iterable[Choice]]] = {
    **{f"--{name}": _facet(name) for name in FACETS if name not in ("author", "starred")},
    "--in": _words("catalog", "library", "all"),
    "--sort": _words(*SORTS),
    "--group-by": _words(*FACETS),
    "--format": _formats,
    "--style": _styles,
    "--theme": _words("auto", "dark", "light"),
    "--prefer": _words("published", "preprint"),
    "--key-format": _words("anthology", "google"),
    "check --format": _words("text", "json", "github", "sarif"),
    "--severity": _words("error", "warning", "info"),
    "facets name": _words(*FACETS),
    "stats name": _tables,
    "config name": _settings,
    "--policy": _policies,
    "mark mark": _marks,
    **{f"{command} name": _facet("collection") for command in ("add", "remove", "rename", "delete", "watch")},
    **{f"{command} shell": _words("bash", "zsh", "fish") for command in ("install", "remove", "show")},
}
_OTHERS: dict[str, Callable[[Place], tuple[Kind, list[Choice]]]] = {
    "--author": _authors,
    "--columns": _columns,
    "--select": _rules,
    "--ignore": _rules,
    "KEY": _keys,
}
FREE = (
    *("--limit", "--added", "--matching", "--search", "--text", "--today"),
    *("browse query", "search query", "config value", "note words"),
    *("undo times", "redo times", "rename-key new", "rename new", "new identifier"),
)
"""What is the reader's own to say."""

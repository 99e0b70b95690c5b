"""Give out a selection of works: a table on a terminal, lines in a pipe, keys, or JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from mhlit.cli.options import one_of
from mhlit.cli.session import give, on_terminal, say, settings
from mhlit.store.reading import COLUMNS, Store

if TYPE_CHECKING:
    from mhlit.render.tables import Line
    from mhlit.search.explain import Explanation

DEFAULT_COLUMNS = ("key", "title", "author", "venue", "year", "status")


class Form(NamedTuple):
    """How the reader wants a selection of works."""

    json: bool = False
    keys: bool = False
    header: bool = False
    columns: tuple[str, ...] = DEFAULT_COLUMNS


def read_form(as_json: bool, keys: bool, header: bool, columns: str) -> Form:
    """Return the form asked for. Raises UsageError for a column that does not exist."""
    names = tuple(name.strip() for name in columns.split(",")) if columns else tuple(settings()["columns"])
    return Form(as_json, keys, header, tuple(one_of("column", name, COLUMNS) for name in names))


def give_rows(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write rows of which the last column is the longest: a table on a terminal, lines in a pipe."""
    if not on_terminal():
        from mhlit.render import plain

        give(plain.lines(rows))
        return
    from mhlit.render.console import console
    from mhlit.render.tables import plain_table

    console().print(plain_table(header, rows, wrap=len(header) - 1))


def give_columns(rows: Sequence[Sequence[object]]) -> None:
    """Write facts, one a line and never broken: in columns on a terminal, separated by tabs in a pipe."""
    from mhlit.render import plain

    if not on_terminal():
        give(plain.lines(rows))
        return
    from mhlit.render.tables import in_columns

    give(in_columns(rows))


def give_works(
    store: Store,
    ids: Sequence[int],
    form: Form,
    *,
    matched: Collection[str] = (),
    extra: Mapping[str, Any] | None = None,
    explained: Sequence[Explanation] = (),
) -> None:
    """Write the works in the form asked for.

    `matched` words are marked in a table, `extra` goes into JSON, and what is `explained` of each work stands with it.
    """
    from mhlit.render import plain

    if form.keys and not form.json:
        give("".join(f"{key}\n" for key in store.keys(ids)))
    elif explained:
        _give_explained(store, ids, form, explained, matched=matched, extra=extra)
    elif form.json:
        give(plain.works_json(store.documents(ids), extra))
    elif on_terminal():
        _draw(store, ids, form.columns, matched)
    else:
        give(plain.lines(store.rows(ids, form.columns), form.columns if form.header else ()))


def _draw(store: Store, ids: Sequence[int], columns: tuple[str, ...], matched: Collection[str]) -> None:
    from mhlit.render.console import console
    from mhlit.render.tables import line, table_of, works_table

    screen = console()
    rows = store.rows(ids, columns)
    if columns != DEFAULT_COLUMNS:
        screen.print(table_of(columns, rows, screen))
        return
    shown = [line(row) for row in rows]
    screen.print(works_table(shown, screen, matched))
    _explain_marks(shown)


def _explain_marks(shown: Iterable[Line]) -> None:
    """Say what the signs behind works mean, where there are any."""
    marks = {one.status for one in shown}
    legend = [
        text for status, text in (("partial", "~ partly verified"), ("listed", "? not verified")) if status in marks
    ]
    if legend:
        say("  ".join(legend))


def _give_explained(
    store: Store,
    ids: Sequence[int],
    form: Form,
    explained: Sequence[Explanation],
    *,
    matched: Collection[str],
    extra: Mapping[str, Any] | None,
) -> None:
    from mhlit.render import plain, reasons

    if form.json:
        documents = zip(store.documents(ids), explained, strict=True)
        works = [(key, {**document, "match": reasons.reason_object(why)}) for (key, document), why in documents]
        give(plain.works_json(works, extra))
    elif on_terminal():
        from mhlit.render.console import console
        from mhlit.render.tables import explained_works, line

        lines = [line(row) for row in store.rows(ids, DEFAULT_COLUMNS)]
        explained_works(lines, explained, console(), matched)
        _explain_marks(lines)
    else:
        rows = zip(store.rows(ids, form.columns), map(reasons.reason_cells, explained), strict=True)
        header = (*form.columns, "score", "match") if form.header else ()
        give(plain.lines(((*row, *cells) for row, cells in rows), header))


def give_groups(store: Store, groups: Sequence[tuple[str, Sequence[int]]], form: Form) -> None:
    """Write works in groups: tables under headings, lines that begin with the group, or JSON with both."""
    from mhlit.render import plain

    if form.json:
        every = list(dict.fromkeys(work for _, ids in groups for work in ids))
        members = {"groups": [{"value": name, "keys": store.keys(ids)} for name, ids in groups]}
        give(plain.works_json(store.documents(every), members))
    elif on_terminal() and not form.keys:
        from mhlit.render.console import console
        from mhlit.render.tables import grouped, line

        shown = [(name, [line(row) for row in store.rows(ids, DEFAULT_COLUMNS)]) for name, ids in groups]
        grouped(shown, console())
        _explain_marks(one for _, lines in shown for one in lines)
    else:
        columns = ("key",) if form.keys else form.columns
        rows = [(name, *row) for name, ids in groups for row in store.rows(ids, columns)]
        give(plain.lines(rows, ("group", *columns) if form.header else ()))


def count(many: int, of: str = "work", plural: str = "") -> str:
    """Return a number with its noun: ``1 work``, ``12 works``, ``2 entries``."""
    return f"{many} {of if many == 1 else plural or f'{of}s'}"

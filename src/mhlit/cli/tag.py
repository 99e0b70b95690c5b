"""Tag works of your library, `mhlit tag +cbt -todo KEY`, by a query, `mhlit tag +review -- year:2025`; or list tags."""

from collections.abc import Sequence
from typing import Annotated

import typer

from mhlit.cli.output import count, give_rows
from mhlit.cli.own import (
    MatchingOption,
    YesOption,
    ask_before,
    behind_dashes,
    chosen,
    keep_in_step,
    library,
    no_library,
    said,
)
from mhlit.cli.session import open_store, say
from mhlit.errors import NothingFound, UsageError
from mhlit.library import remarks


def arguments(given: Sequence[str]) -> list[str]:
    """Let ``-tag`` be a tag to take away, marked by a space before it, and what follows ``--`` a query."""
    own = behind_dashes(given)
    end = own.index("--matching") if "--matching" in own else len(own)
    return [f" {word}" if word[:1] == "-" and word[1:2] not in ("", "-") else word for word in own[:end]] + own[end:]


def command(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="+TAG|-TAG|KEY...", help="Tags to give and to take away, and the works.", show_default=False
        ),
    ] = None,
    matching: MatchingOption = "",
    yes: YesOption = False,
) -> None:
    """Give and take away tags; without any word list them."""
    changes = [word.strip() for word in words or () if word.strip()[:1] in ("+", "-") and len(word.strip()) > 1]
    keys = [word for word in words or () if word.strip() not in changes]
    given = [said(word[1:]) for word in changes if word[0] == "+"]
    taken = [said(word[1:]) for word in changes if word[0] == "-"]
    if not changes:
        if keys or matching:
            raise UsageError("no tag to give or take away", "mhlit tag +to-read -todo KEY")
        _list()
        return
    with library() as opened:
        items = chosen(opened, keys, matching)
        ask_before(items, f"tag {' '.join(changes)}", yes)
        say(told(remarks.tag(opened, items, given, taken)))
        keep_in_step(opened)


def told(done: remarks.Remarked) -> str:
    """Return what to say of works that were tagged."""
    as_before = done.works - done.altered
    return f"tagged {count(done.altered)}" + (f"; {as_before} had it so already" if as_before else "")


def _list() -> None:
    from mhlit.paths import library_file
    from mhlit.store.filters import Filters

    if not library_file().exists():
        raise no_library()
    counts = open_store("library").facet_counts("tag", Filters())
    if not counts:
        raise NothingFound("nothing in your library has a tag", "mhlit tag +to-read KEY")
    give_rows(("tag", "works"), counts)

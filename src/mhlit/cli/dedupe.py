"""Find works that are twice in your library, or in the catalog too, and merge or link them."""

import sys
from typing import Annotated

import typer

from mhlit.cli.options import one_of
from mhlit.cli.output import count
from mhlit.cli.own import keep_in_step, library
from mhlit.cli.session import give, say
from mhlit.errors import UsageError
from mhlit.library.duplicates import Link, Pair, links, pairs
from mhlit.text import printable

POLICIES = ("ask", "skip", "merge")


def command(
    policy: Annotated[
        str, typer.Option(metavar="POLICY", help=f"What to do: {', '.join(POLICIES)}.", show_default=False)
    ] = "",
) -> None:
    """Report duplicates and, as the policy says, merge them; exit 1 where some are left."""
    asking = sys.stdin.isatty() and sys.stderr.isatty()
    chosen = one_of("policy", policy, POLICIES) if policy else ("ask" if asking else "skip")
    if chosen == "ask" and not asking:
        raise UsageError("--policy ask needs a terminal", "say skip or merge")
    from mhlit.library import sources
    from mhlit.library.merging import changed_fields, merge

    agreed = _Decision(chosen)
    with library() as opened:
        found, left, done = [*pairs(opened.connection)], 0, 0
        with opened.change("dedupe") as change:
            for pair in found:
                _tell(pair)
                if not agreed(f"merge {pair.other.key} into {pair.kept.key}?"):
                    left += 1
                    continue
                merged, said = merge(pair.kept.work, pair.other.work)
                changed = changed_fields(pair.kept.work, merged)
                change.remove(pair.other)
                change.replace(pair.kept, merged, sources.joined(pair.kept.source, pair.other.source, changed))
                done += 1
                give(f"{pair.other.key} → {pair.kept.key}\n")
                for one in said:
                    give(printable(f"    {one.field}: kept {one.kept!r}, not {one.other!r}")[:400] + "\n")
        with opened.change("link with the catalog") as change:
            for link in links(opened.connection, opened.catalog):
                _tell(link)
                if not agreed(f"link {link.kept.key} with the catalog's {link.catalog.key}?"):
                    left += 1
                    continue
                work = link.kept.work
                if work.item:
                    change.replace(link.kept, work._replace(item=work.item._replace(catalog=link.catalog.key)))
                done += 1
                give(f"{link.kept.key} = {link.catalog.key}\n")
        say(f"{done} merged or linked, {count(left, 'duplicate')} left" if done or left else "no duplicates")
        keep_in_step(opened)
    if left:
        raise typer.Exit(1)


def _tell(found: Pair | Link) -> None:
    other = found.other.work if isinstance(found, Pair) else found.kept.work
    kept = found.kept.work if isinstance(found, Pair) else found.catalog
    of = "" if isinstance(found, Pair) else " of the catalog"
    version = "the preprint of " if other.record is None and kept.record is not None else ""
    said = f"{other.key} is {version}{kept.key}{of} ({', '.join(found.reasons)}): {other.preferred.title}"
    give(f"{printable(said)}\n")


class _Decision:
    """Whether to do what is proposed: as a policy says, or as the reader does, once or for all that follow."""

    def __init__(self, policy: str) -> None:
        self._policy = policy

    def __call__(self, question: str) -> bool:
        answer = {"skip": "n", "merge": "y"}.get(self._policy, "")
        while answer[:1].lower() not in ("y", "n"):
            answer = typer.prompt(f"{question} [y/n]; capital for all that follow", err=True, default="n")
        if answer[:1].isupper():
            self._policy = {"Y": "merge", "N": "skip"}[answer[:1]]
        return answer[:1].lower() == "y"

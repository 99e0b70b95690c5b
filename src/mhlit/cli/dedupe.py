"""Find works that are twice in your library, or in the catalog too, and merge or link them."""

import sys
from collections import Counter
from typing import Annotated

import typer

from mhlit.cli.options import one_of
from mhlit.cli.output import count
from mhlit.cli.own import keep_in_step, library
from mhlit.cli.session import give, say
from mhlit.errors import UsageError
from mhlit.library.changes import Change
from mhlit.library.duplicates import Link, Pair, links, pairs
from mhlit.library.items import Kept
from mhlit.model import NOT_THE_CATALOGS
from mhlit.text import printable

POLICIES = ("ask", "skip", "merge", "keep-both")
_ANSWERS = {"s": "skip", "m": "merge", "k": "keep-both", "n": "skip", "y": "merge"}


def command(
    policy: Annotated[
        str,
        typer.Option(
            metavar="POLICY", help=f"What to do: {', '.join(POLICIES)}.", show_default="ask on a terminal, else skip"
        ),
    ] = "",
) -> None:
    """Report duplicates and, as the policy says, merge them; exit 1 where some are left."""
    asking = sys.stdin.isatty() and sys.stderr.isatty()
    chosen = one_of("policy", policy, POLICIES) if policy else ("ask" if asking else "skip")
    if chosen == "ask" and not asking:
        raise UsageError("--policy ask needs a terminal", "say skip, merge or keep-both")
    verdicts: Counter[str] = Counter()
    agreed = _Decision(chosen)
    with library() as opened:
        found = [*pairs(opened.connection)]
        with opened.change("dedupe") as change:
            for pair in found:
                _tell(pair)
                verdict = agreed(f"merge {pair.other.key} into {pair.kept.key}?")
                verdicts[verdict] += 1
                if verdict == "merge":
                    _merge(change, pair)
                elif verdict == "keep-both":
                    _keep(change, pair)
        with opened.change("link with the catalog") as change:
            for link in links(opened.connection, opened.catalog):
                _tell(link)
                verdict = agreed(f"link {link.kept.key} with the catalog's {link.catalog.key}?")
                verdicts[verdict] += 1
                if verdict != "skip":
                    _link(change, link, verdict)
        left = verdicts["skip"]
        kept = f", {verdicts['keep-both']} kept apart" if verdicts["keep-both"] else ""
        done = f"{verdicts['merge']} merged or linked{kept}, {count(left, 'duplicate')} left"
        say(done if verdicts else "no duplicates")
        keep_in_step(opened)
    if left:
        raise typer.Exit(1)


def _merge(change: Change, pair: Pair) -> None:
    from mhlit.library import sources
    from mhlit.library.merging import changed_fields, merge

    kept, other = _now(change, pair.kept), _now(change, pair.other)
    merged, said = merge(kept.work, other.work)
    changed = changed_fields(kept.work, merged)
    change.remove(other)
    change.replace(kept, merged, sources.joined(kept.source, other.source, changed))
    give(f"{pair.other.key} → {pair.kept.key}\n")
    for one in said:
        give(printable(f"    {one.field}: kept {one.kept!r}, not {one.other!r}")[:400] + "\n")


def _keep(change: Change, pair: Pair) -> None:
    """Remember that two works are two, so that they are not offered again."""
    other = _now(change, pair.other)
    work = other.work
    if work.item:
        apart = (*work.item.apart, pair.kept.key)
        change.replace(other, work._replace(item=work.item._replace(apart=apart)))
    give(f"{pair.other.key} and {pair.kept.key} are two works\n")


def _now(change: Change, kept: Kept) -> Kept:
    """Return an item as an earlier pair has left it."""
    from mhlit.library.items import with_key

    return with_key(change.connection, kept.key) or kept


def _link(change: Change, link: Link, verdict: str) -> None:
    work = link.kept.work
    catalog = link.catalog.key if verdict == "merge" else NOT_THE_CATALOGS
    if work.item:
        change.replace(link.kept, work._replace(item=work.item._replace(catalog=catalog)))
    sign = "=" if verdict == "merge" else "is not the catalog's"
    give(f"{link.kept.key} {sign} {link.catalog.key}\n")


def _tell(found: Pair | Link) -> None:
    other = found.other.work if isinstance(found, Pair) else found.kept.work
    kept = found.kept.work if isinstance(found, Pair) else found.catalog
    of = "" if isinstance(found, Pair) else " of the catalog"
    version = "the preprint of " if other.record is None and kept.record is not None else ""
    said = f"{other.key} is {version}{kept.key}{of} ({', '.join(found.reasons)}): {other.preferred.title}"
    give(f"{printable(said)}\n")


class _Decision:
    """What to do with what is proposed: as a policy says, or as the reader does, once or for all that follow."""

    def __init__(self, policy: str) -> None:
        self._policy = policy

    def __call__(self, question: str) -> str:
        if self._policy != "ask":
            return self._policy
        answer = ""
        while answer[:1].lower() not in _ANSWERS:
            choices = "[s]kip, [m]erge, [k]eep both for good; capital for all that follow"
            answer = typer.prompt(f"{question}\n  {choices}", err=True, default="s")
        verdict = _ANSWERS[answer[:1].lower()]
        if answer[:1].isupper():
            self._policy = verdict
        return verdict

"""What a keystroke costs in the terminal browser: from the key to the list and the counts on the screen.

    python benchmarks/browse.py [--works 10000] [--columns 120]

A library of made-up works (made_up.py) beside the catalog; each query is typed letter by letter into the browser,
which runs without a terminal (Textual's pilot). Times are wall-clock, of every keystroke, after the first paint.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from measure import PASS, seconds, table
from scale import build
from textual.widgets import Input

from mhlit.cli.hands import Hands
from mhlit.cli.session import open_store
from mhlit.library.shelf import open_shelf
from mhlit.store.shelves import Shelves
from mhlit.tui.app import BrowseApp
from mhlit.tui.browsing import Browsing
from mhlit.tui.screen import BrowseScreen

QUERIES = (
    "the",
    "kokoro chat",
    "empathy",
    "lonliness",
    "mental health",
    "large language models for depression",
    "detecting depression in social media with large language models",
    '"social media" author:kim year:2020..',
)
CHOSEN = ("venue", "ACL")
QUICKLY = "all of them again, without a pause"
BUDGET = 5  # 50 ms, where `python -c pass` takes the 10 ms of a quiet machine


class Keystroke(NamedTuple):
    """What one key cost, on the clock and of the processor, as ratios to `python -c pass` beside it."""

    clock: float
    processor: float


class _Watched(BrowseScreen):
    """The main screen, which tells when what was found has been painted."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.painted = asyncio.Event()

    def _tell(self) -> None:
        super()._tell()
        self.call_after_refresh(self.painted.set)


class _WatchedApp(BrowseApp):
    def get_default_screen(self) -> _Watched:
        self.watched = _Watched(self._browsing, self._outside, self._begun, self._chosen)
        return self.watched


async def typed(app: _WatchedApp, columns: int) -> dict[str, list[Keystroke]]:
    """Type every query, take it back letter by letter, and type it once more without a pause; return the costs."""
    costs: dict[str, list[Keystroke]] = {}
    async with app.run_test(size=(columns, 40)) as pilot:
        search = app.screen.query_one("#search", Input)
        for query in QUERIES:
            search.value = ""
            await pilot.pause(0.5)
            unit = Keystroke(*map(statistics.median, zip(*(_pass() for _ in range(5)), strict=True)))
            for key in (*query, *("" for _ in query)):
                cost = await _pressed(app, search, key, unit)
                costs.setdefault(query if key else f"{query}, taken back", []).append(cost)
                await asyncio.sleep(0.05)
            for key in query:
                costs.setdefault("all of them again, without a pause", []).append(
                    await _pressed(app, search, key, unit)
                )
    return costs


async def _pressed(app: _WatchedApp, search: Input, letter: str, unit: Keystroke) -> Keystroke:
    """Type a letter, or with none delete the last, and wait for the paint of what is found then."""
    app.watched.painted.clear()
    begun, worked = time.perf_counter(), time.process_time()
    if letter:
        search.insert_text_at_cursor(letter)
    else:
        search.action_delete_left()
    await app.watched.painted.wait()
    return Keystroke((time.perf_counter() - begun) / unit.clock, (time.process_time() - worked) / unit.processor)


def _pass() -> Keystroke:
    """Return what `python -c pass` costs, in seconds."""
    before = os.times()
    clock = seconds(PASS)
    after = os.times()
    return Keystroke(clock, after.children_user + after.children_system - before.children_user - before.children_system)


def main() -> None:
    """Build the library, type, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--works", type=int, default=10_000)
    parser.add_argument("--columns", type=int, default=120)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        catalog = open_store("catalog")
        made_up = open_shelf(build(given.works, Path(folder)).file, catalog, print)
        rows = []
        for chosen in ({}, {CHOSEN[0]: [CHOSEN[1]]}):
            unit, start = seconds(PASS), time.perf_counter()
            browsing = Browsing(Shelves(catalog, made_up))
            browsing.counts("", chosen)
            ready = (time.perf_counter() - start) / unit
            found = asyncio.run(typed(_WatchedApp(browsing, Hands(), chosen=chosen), given.columns))
            among = f" among {CHOSEN[0]} {CHOSEN[1]}" if chosen else ""
            for query, costs in found.items():
                over = sum(cost.clock > BUDGET for cost in costs)
                spent = [
                    f"{statistics.median(times):.1f}, {max(times):.1f}"
                    for times in ([cost.clock for cost in costs], [cost.processor for cost in costs])
                ]
                rows.append((f"{query}{among}", *spent, f"{over} of {len(costs)}"))
        print(table(("typed", "median, longest", "of the processor", "over the budget"), rows))
        print(f"\n{given.works:,} works; facets read before the first paint: {ready:.1f}")


if __name__ == "__main__":
    main()

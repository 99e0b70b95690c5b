"""What a keystroke costs in the terminal browser: from the key to the list, and to the counts, on a real terminal.

    python benchmarks/browse.py [--works 10000] [--columns 120]

A library of made-up works (made_up.py) beside the catalog. `mhlit browse` runs on a pseudo-terminal; each query is
typed letter by letter, taken back, and typed again by someone quick. What the program writes is read with the time at
which it came and put on a screen of pyte's; a part of the screen is there when it changes no more.
"""

import argparse
import fcntl
import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

import pyte
from measure import PASS, seconds, table
from scale import MHLIT, build

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
CHOSEN = ("--venue", "ACL")
QUICK = 0.1  # seconds between the keys of someone who types 120 words a minute
QUIET = 0.3  # seconds without a change: all is there; the cursor blinks every half
ROWS = 40
BUDGET = 5  # 50 ms, where `python -c pass` takes the 10 ms of a quiet machine
BACKSPACE = "\x7f"
LAST = 29  # the column before which the counts stand on a screen of 100 to 159 columns
WIDEST = 159


class Keystroke(NamedTuple):
    """When what a key changes was there, as ratios to `python -c pass`; 0 where nothing changed."""

    letter: float
    listed: float
    counted: float


class Terminal:
    """The browser on a pseudo-terminal."""

    def __init__(self, library: Path, columns: int, *words: str) -> None:
        """Begin to browse."""
        self._leader, follower = pty.openpty()
        termios.tcsetwinsize(follower, (ROWS, columns))
        self._table = range(LAST, round(columns * 0.58))
        self.process = subprocess.Popen(
            [MHLIT, "browse", *words],
            stdin=follower,
            stdout=follower,
            stderr=follower,
            env={**os.environ, "TERM": "xterm-256color", "MHLIT_LIBRARY": str(library)},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509  # a terminal of its own, as a shell gives it
        )
        os.close(follower)
        self._screen = pyte.Screen(columns, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        while not any("works" in line for line in self._screen.display):
            self._put(self._written(QUIET))
        for _ in range(4):
            self._put(self._written(QUIET))

    def pressed(self, keys: str, every: float = 0.0) -> tuple[float, float, float]:
        """Press keys and return after how many seconds from the last the letter, the list and the counts stood."""
        for key in keys[:-1]:
            os.write(self._leader, key.encode())
            self._put(self._written(every, least=every))
        before = self._parts()
        begun = time.perf_counter()
        os.write(self._leader, keys[-1].encode())
        last = [begun, begun, begun]
        for when, text in list(self._written(QUIET)):
            self._stream.feed(text)
            now = self._parts()
            last = [when if new != old else at for at, new, old in zip(last, now, before, strict=True)]
            before = now
        return last[0] - begun, last[1] - begun, last[2] - begun

    def close(self) -> None:
        """Leave."""
        os.write(self._leader, b"\x11")
        self._put(self._written(QUIET))
        os.close(self._leader)
        self.process.wait(timeout=10)

    def _parts(self) -> tuple[str, str, str]:
        """Return the search box, the list below its count, and the facets."""
        display, buffer = self._screen.display, self._screen.buffer
        looks = (buffer[row][column] for row in range(2, ROWS - 1) for column in self._table)
        listed = "".join(f"{one.data}{one.bold}" for one in looks) + display[1]
        return display[0].rstrip(), listed, "\n".join(line[:LAST] for line in display[2:-1])

    def _written(self, quiet: float, least: float = 0.0) -> Iterator[tuple[float, bytes]]:
        """Yield what is written, and when, until nothing has come for so long and `least` seconds have passed."""
        begun = time.perf_counter()
        while True:
            wait = max(0.0, begun + least - time.perf_counter()) if least else quiet
            if not select.select([self._leader], [], [], wait)[0]:
                return
            try:
                yield time.perf_counter(), os.read(self._leader, 1 << 20)
            except OSError:  # it has ended
                return

    def _put(self, written: Iterable[tuple[float, bytes]]) -> None:
        for _, text in written:
            self._stream.feed(text)


def typed(terminal: Terminal, queries: Sequence[str], among: str = "") -> dict[str, list[Keystroke]]:
    """Type every query, take it back letter by letter, type it again quickly; return the costs."""
    costs: dict[str, list[Keystroke]] = {}
    for query in queries:
        unit = statistics.median(seconds(PASS) for _ in range(5))
        for key in (*query, *(BACKSPACE for _ in query)):
            cost = Keystroke(*(each / unit for each in terminal.pressed(key)))
            row = "all of them, taken back" if key == BACKSPACE else "all of them" if among else query
            costs.setdefault(row + among, []).append(cost)
        cost = Keystroke(*(each / unit for each in terminal.pressed(query, every=QUICK)))
        costs.setdefault(f"the last key of each, typed quickly{among}", []).append(cost)
        terminal.pressed(BACKSPACE * len(query))
    return dict(sorted(costs.items(), key=lambda row: row[0] not in queries))


def _said(times: list[float]) -> str:
    return f"{statistics.median(times):.1f}, {max(times):.1f}"


def main() -> None:
    """Build the library, type, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--works", type=int, default=10_000)
    parser.add_argument("--columns", type=int, default=120, help=f"100 to {WIDEST}")
    parser.add_argument("--query", action="append", help="what to type instead")
    given = parser.parse_args()
    found: dict[str, list[Keystroke]] = {}
    with tempfile.TemporaryDirectory() as folder:
        library = build(given.works, Path(folder)).file
        for chosen in ((), CHOSEN):
            terminal = Terminal(library, given.columns, *chosen)
            found |= typed(terminal, given.query or QUERIES, f", with {' '.join(chosen)}" if chosen else "")
            terminal.close()
    rows = []
    for what, costs in found.items():
        over = sum(cost.listed > BUDGET for cost in costs)
        rows.append((what, *(_said([cost[part] for cost in costs]) for part in range(3)), f"{over} of {len(costs)}"))
    print(table(("typed", "the letter: median, longest", "the list", "the counts", "lists over the budget"), rows))
    print(f"\n{given.works:,} works; `python -c pass` is 1")


if __name__ == "__main__":
    main()

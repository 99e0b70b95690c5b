"""Time whole processes in turn with `python -c pass` and give each as a ratio to it, in one run.

The machine's speed drifts, so a figure is the median of ratios taken pair by pair, never a time of its own.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple

PASS = (sys.executable, "-c", "pass")


class Ratio(NamedTuple):
    """The median and the least of the ratios of a command to a base command."""

    median: float
    least: float


def seconds(command: Sequence[str], terminal: bool = False) -> float:
    """Run a command once, its output read and thrown away, and return how long it took."""
    if terminal:
        return _seconds_on_terminal(command)
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    return time.perf_counter() - start


def _seconds_on_terminal(command: Sequence[str]) -> float:
    import pty

    leader, follower = pty.openpty()
    start = time.perf_counter()
    process = subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower)
    os.close(follower)
    try:
        while os.read(leader, 65536):
            pass
    except OSError:  # the other end is closed
        pass
    process.wait()
    taken = time.perf_counter() - start
    os.close(leader)
    return taken


def ratio(command: Sequence[str], base: Sequence[str] = PASS, runs: int = 15, terminal: bool = False) -> Ratio:
    """Return how many times as long as `base` a command takes, over so many pairs after one that is not counted."""
    seconds(command, terminal)
    found = [seconds(command, terminal) / seconds(base) for _ in range(runs)]
    return Ratio(statistics.median(found), min(found))


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = ["| " + " | ".join(row) + " |" for row in (header, ["---"] * len(header), *rows)]
    return "\n".join(lines)

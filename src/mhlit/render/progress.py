"""A progress bar on standard error, on a terminal and where there is enough to wait for."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

_MANY = 2000
"""Fewer steps are done before a bar could be read."""
Step = Callable[[int, int], None]


@contextmanager
def progress_bar(title: str, least: int = _MANY) -> Iterator[Step | None]:
    """Give a function to call with how many of how many steps are done; None where nobody would see the bar.

    It is drawn for `least` steps and more.
    """
    if not sys.stderr.isatty():
        yield None
        return
    bars: list[Progress] = []

    def step(done: int, total: int) -> None:
        if total < least:
            return
        if not bars:
            bars.append(_started(title, total))
        bars[0].update(bars[0].task_ids[0], completed=done)

    try:
        yield step
    finally:
        for bar in bars:
            bar.stop()


def _started(title: str, total: int) -> "Progress":
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(file=sys.stderr, markup=False), transient=True)
    bar.add_task(title.replace("[", "\\["), total=total)
    bar.start()
    return bar

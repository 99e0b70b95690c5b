"""Manners towards those who are asked: the pace each wants, the pause it asks for, and longer ones after failures.

Source: RFC 9110 §10.2.3 (`Retry-After`).
"""

import os
import random
import time
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from mhlit.text import words

_FIRST = 1.0
"""Seconds of the first pause after a failure; each further one is twice as long."""
_FAR = 600.0
"""A turn booked so many seconds ahead was booked by a clock that has been set back."""


def now() -> float:
    """Return the time in seconds since 1970."""
    return time.time()


def sleep(seconds: float) -> None:
    """Wait."""
    time.sleep(seconds)


def retry_after(value: str, at: float) -> float | None:
    """Return the seconds that a `Retry-After` asks to wait from `at`, at least 0; None where it says nothing."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    moment: datetime = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max(0.0, moment.timestamp() - at)


def pause_after(failures: int) -> float:
    """Return the seconds to wait after so many failures in a row, each time otherwise, so that not all come at once."""
    longer: float = _FIRST * 2.0 ** (failures - 1)
    return longer * random.uniform(0.75, 1.5)  # noqa: S311  # nothing is kept secret by it


class Turns:
    """When each host may be asked again; kept in files, so that two processes keep one pace together."""

    def __init__(self, folder: Path) -> None:
        """Keep the turns in a folder, which may not exist yet; where it cannot be written, in this process alone."""
        self._folder = folder
        self._next: dict[str, float] = {}

    def wait(self, host: str, interval: float) -> None:
        """Wait until a host (with its port) may be asked, and book the next turn `interval` seconds later."""
        at = now()
        turn = max(at, self._booked(host, at))
        self._book(host, turn + interval if interval else 0)
        if turn > at:
            sleep(turn - at)

    def later(self, host: str, seconds: float) -> None:
        """Let nobody ask a host for so many seconds."""
        self._book(host, now() + seconds)

    def _booked(self, host: str, at: float) -> float:
        turn = self._next.get(host, 0.0)
        with suppress(OSError):
            turn = max(turn, self._file(host).stat().st_mtime)
        return turn if turn < at + _FAR else 0.0

    def _book(self, host: str, turn: float) -> None:
        if not turn:
            return
        self._next[host] = turn
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            file = self._file(host)
            file.touch()
            os.utime(file, (turn, turn))

    def _file(self, host: str) -> Path:
        return self._folder / ("-".join(words(host))[:100] or "host")

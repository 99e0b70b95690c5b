"""Answers kept on disk for a time, so that nobody is asked twice; one that is damaged is as if it were not there."""

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

from mhlit.errors import MhlitError
from mhlit.files import write_whole
from mhlit.sources.manners import now

_DAY = 86400.0
_UNKNOWN_FOR = _DAY
"""What a source did not know, it may know tomorrow."""


class Response(NamedTuple):
    """What a server gave."""

    status: int
    type: str
    """The media type, without parameters, in lower case."""
    body: bytes


class Cache:
    """A folder of answers, a file each: a line of JSON about it, then its bytes."""

    def __init__(self, folder: Path, days: int, fresh: bool = False) -> None:
        """Keep answers for so many days; with `fresh` none is read, and all are written anew."""
        self._folder = folder
        self._age = days * _DAY
        self._fresh = fresh
        self._swept = False

    def get(self, url: str, accept: str) -> Response | None:
        """Return an answer that is not too old, None where there is none or it cannot be trusted."""
        if self._fresh or not self._age:
            return None
        try:
            head, _, body = self._file(url, accept).read_bytes().partition(b"\n")
            told = json.loads(head)
            whole = told["digest"] == _digest(body) and (told["url"], told["accept"]) == (url, accept)
            response = Response(int(told["status"]), str(told["type"]), body)
            age = now() - float(told["at"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        kept_for = self._age if response.status == 200 else min(self._age, _UNKNOWN_FOR)
        return response if whole and 0 <= age < kept_for else None

    def put(self, url: str, accept: str, response: Response) -> None:
        """Keep an answer; where that cannot be done, nothing is lost."""
        if not self._age:
            return
        told = {
            "url": url,
            "accept": accept,
            "status": response.status,
            "type": response.type,
            "at": now(),
            "digest": _digest(response.body),
        }
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._sweep()
            write_whole(self._file(url, accept), json.dumps(told).encode() + b"\n" + response.body)
        except (OSError, MhlitError):
            return

    def _sweep(self) -> None:
        """Take away, once, what is too old to be read."""
        if self._swept:
            return
        self._swept = True
        for file in self._folder.iterdir():
            if file.is_file() and now() - file.stat().st_mtime > self._age:
                file.unlink(missing_ok=True)

    def _file(self, url: str, accept: str) -> Path:
        return self._folder / hashlib.sha256(f"{accept} {url}".encode()).hexdigest()[:40]


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()

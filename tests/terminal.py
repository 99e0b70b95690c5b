"""Run the program on a real pseudo-terminal and read the screen as a person would see it."""

import os
import select
import subprocess
import sys
from typing import NamedTuple

import pyte


class Screen(NamedTuple):
    """What stands on the screen after a run, the raw bytes that put it there, and the exit code."""

    lines: list[str]
    raw: str
    code: int

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def on_terminal(
    *arguments: str, columns: int = 80, rows: int = 600, env: dict[str, str] | None = None, typed: str = ""
) -> Screen:
    """Run mhlit on a terminal of that size; what is `typed` waits there for whoever asks."""
    import pty  # absent on Windows
    import termios

    leader, follower = pty.openpty()
    termios.tcsetwinsize(follower, (rows, columns))
    environment = {**os.environ, "TERM": "xterm-256color", **(env or {})}
    for name in ("COLUMNS", "LINES"):
        environment.pop(name, None)
    process = subprocess.Popen(
        [sys.executable, "-m", "mhlit", *arguments],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=environment,
    )
    os.close(follower)
    os.write(leader, typed.encode())
    said = b""
    while select.select([leader], [], [], 30)[0]:
        try:
            piece = os.read(leader, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not piece:
            break
        said += piece
    code = process.wait(timeout=30)
    os.close(leader)
    screen = pyte.Screen(columns, rows)
    pyte.ByteStream(screen).feed(said)
    lines = [line.rstrip() for line in screen.display]
    while lines and not lines[-1]:
        lines.pop()
    return Screen(lines, said.decode(), code)

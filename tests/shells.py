"""Real shells on a pseudo-terminal: type into them and read the screen as a person would see it."""

import os
import select
import shutil
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import pyte
import pytest

COMMANDS = {
    "bash": ("bash", "--noprofile", "--norc", "-i"),
    "zsh": ("zsh", "-f", "-i"),
    "fish": ("fish", "--no-config", "-i"),
}
SHELLS = [
    pytest.param(name, marks=pytest.mark.skipif(not shutil.which(name), reason=f"{name} is not here"))
    for name in COMMANDS
]
_ROWS, _COLUMNS = 60, 100


class Shell:
    """A shell that waits for keys."""

    def __init__(self, command: tuple[str, ...], env: Mapping[str, str]) -> None:
        import fcntl  # absent on Windows, as are the next two
        import pty
        import termios

        self.leader, follower = pty.openpty()
        termios.tcsetwinsize(follower, (_ROWS, _COLUMNS))
        environment = {**os.environ, "TERM": "xterm", "PS1": "$ ", "PROMPT": "$ ", **env}
        self.process = subprocess.Popen(
            command,
            stdin=follower,
            stdout=follower,
            stderr=follower,
            env=environment,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509  # a shell wants a terminal of its own
        )
        os.close(follower)
        self.screen = pyte.Screen(_COLUMNS, _ROWS)
        self.stream = pyte.ByteStream(self.screen)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.leader)

    @property
    def lines(self) -> list[str]:
        return [line.rstrip() for line in self.screen.display if line.strip()]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def type(self, keys: str) -> None:
        os.write(self.leader, keys.encode())

    def wait_for(self, text: str, seconds: float = 30) -> None:
        """Read what the shell shows until `text` is on the screen."""
        end = time.monotonic() + seconds
        while text not in self.text:
            left = end - time.monotonic()
            assert left > 0, f"{text!r} is not on the screen:\n{self.text}"
            if select.select([self.leader], [], [], min(left, 0.2))[0]:
                said = os.read(self.leader, 65536)
                self.stream.feed(said)
                # Shells ask where the cursor is, or what the terminal can do, and wait for the answer.
                if b"\x1b[6n" in said:
                    self.type("\x1b[1;1R")
                if b"\x1b[c" in said or b"\x1b[0c" in said:
                    self.type("\x1b[?6c")


def start(name: str, env: Mapping[str, str], folder: Path) -> Shell:
    """Start a shell without anybody's settings, in `folder`, ready for keys."""
    shell = Shell(COMMANDS[name], {**env, "HOME": str(folder)})
    shell.type("cd; echo rea''dy\n")
    shell.wait_for("\nready")
    return shell

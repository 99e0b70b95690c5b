"""The browser on a real terminal, and where there is none."""

import os
import select
import subprocess
import sys
import time

import pytest

from tests.conftest import Run, run_process

NEEDS = "mhlit: browse needs a terminal; elsewhere use mhlit search, list and show\n"


def test_without_a_terminal_it_says_so_in_one_line() -> None:
    result = run_process("browse")
    assert (result.code, result.out, result.err) == (2, "", NEEDS)


def test_a_dumb_terminal_is_none(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in (sys.stdout, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "dumb")
    result = run("browse")
    assert (result.code, result.err) == (2, NEEDS)


def test_a_wrong_filter_or_theme_is_said_before_anything_is_drawn(run: Run) -> None:
    result = run("browse", "--theme", "drak")
    assert (result.code, result.err.splitlines()) == (
        2,
        ["mhlit: there is no theme 'drak'", "hint: did you mean dark?"],
    )


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_on_a_terminal_it_begins_with_what_was_asked_and_leaves_the_screen_as_it_was() -> None:
    import pty
    import termios

    import pyte

    leader, follower = pty.openpty()
    termios.tcsetwinsize(follower, (30, 100))
    command = [sys.executable, "-m", "mhlit", "browse", "empathy", "--section", "models", "--year", "2023.."]
    environment = {**os.environ, "TERM": "xterm-256color"}
    process = subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env=environment)
    os.close(follower)
    screen = pyte.Screen(100, 30)
    stream = pyte.ByteStream(screen)
    said = b""

    def read_until(text: str) -> bool:
        nonlocal said
        until = time.monotonic() + 30
        while time.monotonic() < until and text not in "\n".join(screen.display):
            if select.select([leader], [], [], 0.5)[0]:
                try:
                    piece = os.read(leader, 65536)
                except OSError:
                    break
                said += piece
                stream.feed(piece)
        return text in "\n".join(screen.display)

    assert read_until("empathy year:2023..")
    assert read_until("of 88 works")
    assert read_until("section: models")
    assert b"\x1b[?1049h" in said
    os.write(leader, b"\x11")  # Ctrl+Q
    while select.select([leader], [], [], 10)[0]:
        try:
            piece = os.read(leader, 65536)
        except OSError:
            break
        if not piece:
            break
        said += piece
    assert process.wait(timeout=30) == 0
    assert b"\x1b[?1049l" in said
    os.close(leader)

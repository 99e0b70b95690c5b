"""The browser on a real terminal, and where there is none."""

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Run, run_process

NEEDS_PTY = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
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


class Terminal:
    """The browser on a pseudo-terminal: what is typed goes in, what a person would see is read."""

    def __init__(self, *arguments: str, columns: int = 100, rows: int = 30, **env: str) -> None:
        import fcntl
        import pty
        import termios

        import pyte

        self.leader, follower = pty.openpty()
        termios.tcsetwinsize(follower, (rows, columns))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mhlit", "browse", *arguments],
            stdin=follower,
            stdout=follower,
            stderr=follower,
            env={**os.environ, "TERM": "xterm-256color", **env},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509  # a terminal of its own, as a shell gives it
        )
        os.close(follower)
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.said = b""

    def resize(self, columns: int, rows: int) -> None:
        import signal
        import termios

        termios.tcsetwinsize(self.leader, (rows, columns))
        self.screen.resize(rows, columns)
        os.kill(self.process.pid, signal.SIGWINCH)

    def type(self, text: str) -> None:
        os.write(self.leader, text.encode())

    def shows(self, *texts: str, seconds: float = 30) -> bool:
        """Tell whether one of the texts comes to stand on the screen."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not any(text in self.text for text in texts):
            if not self._read(0.5):
                break
        return any(text in self.text for text in texts)

    def answers(self, typed: str, text: str) -> bool:
        """Tell whether what is typed, again where it came too early, brings a text to the screen."""
        for _ in range(6):
            self.type(typed)
            if self.shows(text, seconds=5):
                return True
        return False

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    def left(self) -> int:
        while self._read(10):
            pass
        os.close(self.leader)
        return self.process.wait(timeout=30)

    def _read(self, seconds: float) -> bool:
        """Read what there is; tell whether more can come."""
        if not select.select([self.leader], [], [], seconds)[0]:
            return self.process.poll() is None
        try:
            piece = os.read(self.leader, 65536)
        except OSError:
            return False
        self.said += piece
        self._stream.feed(piece)
        return bool(piece)


@NEEDS_PTY
def test_on_a_terminal_it_begins_with_what_was_asked_and_leaves_the_screen_as_it_was() -> None:
    terminal = Terminal("empathy", "--section", "models", "--year", "2023..")
    assert terminal.shows("empathy year:2023..")
    assert terminal.shows("of 88 works")
    assert terminal.shows("section: models")
    assert b"\x1b[?1049h" in terminal.said
    terminal.type("\x11")  # Ctrl+Q
    assert terminal.left() == 0
    assert b"\x1b[?1049l" in terminal.said


@NEEDS_PTY
def test_a_note_is_written_in_the_readers_editor_and_the_screen_comes_back(tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "in the editor\\r\\n"\nprintf "Cited *often*" >> "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    library = str(tmp_path / "library.sqlite")
    terminal = Terminal("soulchat", VISUAL=str(editor), MHLIT_LIBRARY=library)
    assert terminal.shows("1 of 88 works")
    terminal.type("\r")
    assert terminal.shows("n Note")
    terminal.type("n")
    assert terminal.shows("noted on chen-etal-2023-soulchat")
    assert b"in the editor" in terminal.said
    assert terminal.shows("Cited *often*")  # on the card
    terminal.type("q")
    assert terminal.left() == 0
    result = run_process("note", "--show", "soulchat", env={"MHLIT_LIBRARY": library})
    assert result.out == "Cited *often*\n"


@NEEDS_PTY
def test_an_editor_that_fails_changes_nothing(tmp_path: Path) -> None:
    library = tmp_path / "library.sqlite"
    terminal = Terminal("soulchat", VISUAL="false", MHLIT_LIBRARY=str(library))
    assert terminal.shows("1 of 88 works")
    terminal.type("\r")
    assert terminal.shows("n Note")
    terminal.type("n")
    assert terminal.shows("ended with 1")
    terminal.type("q")
    assert terminal.left() == 0
    assert not library.exists()


@NEEDS_PTY
def test_a_tiny_terminal_a_resize_and_ctrl_c_are_borne() -> None:
    terminal = Terminal("empathy", columns=30, rows=10)
    assert terminal.shows("9 of 88 works")
    assert terminal.answers("\x03", "Ctrl+Q leaves")
    terminal.resize(120, 36)
    assert terminal.shows("Section")
    terminal.resize(12, 4)
    time.sleep(0.5)
    terminal.resize(80, 24)
    assert terminal.shows("? Help", "f1 Help")
    terminal.type("\x11")
    assert terminal.left() == 0


@NEEDS_PTY
def test_it_ends_when_its_terminal_is_closed() -> None:
    terminal = Terminal("empathy")
    assert terminal.shows("of 88 works")
    os.close(terminal.leader)
    assert terminal.process.wait(timeout=30) != 0

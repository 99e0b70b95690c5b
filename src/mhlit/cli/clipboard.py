"""Put text on the clipboard, by a program of the system or over ssh by the terminal itself (OSC 52), and read it."""

import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable

from mhlit.errors import MhlitError

# Programs that take the clipboard's text from standard input, in the order in which they are tried.
_WAYLAND = ("wl-copy",)
_PROGRAMS = (
    ("xclip", "-selection", "clipboard"),
    ("xsel", "--clipboard", "--input"),
    _WAYLAND,
    ("pbcopy",),
    ("clip.exe",),
    ("clip",),
    ("termux-clipboard-set",),
)
# tmux keeps the text in a buffer of its own and, since 3.2, hands it on to the terminal that it runs in.
_TMUX = ("tmux", "load-buffer", "-w", "-")
# Programs that write the clipboard's text to standard output.
_READ_WAYLAND = ("wl-paste", "--no-newline")
_READERS = (
    ("xclip", "-selection", "clipboard", "-o"),
    ("xsel", "--clipboard", "--output"),
    _READ_WAYLAND,
    ("pbpaste",),
    ("powershell.exe", "-NoProfile", "-Command", "[Console]::OutputEncoding=[Text.Encoding]::UTF8; Get-Clipboard -Raw"),
    ("termux-clipboard-get",),
)
# xterm and those that follow it take no more.
_OSC_52_LIMIT = 74_994
_HINT = "install wl-copy, xclip or xsel, or write to a file with -o"


def copy(text: str, by_terminal: Callable[[str], bool] | None = None) -> None:
    """Put text on the clipboard. Raises MhlitError where there is none that takes it.

    `by_terminal` is for a screen that must write to the terminal itself: it sends the control sequence and
    tells whether it could.
    """
    if _far_away() and _by_the_terminal(text, by_terminal):
        return
    programs = (_WAYLAND, *_PROGRAMS) if os.environ.get("WAYLAND_DISPLAY") else _PROGRAMS
    if any(_by_program(program, text) for program in programs) or _by_the_terminal(text, by_terminal):
        return
    raise MhlitError("there is no clipboard here", _HINT)


def pasted() -> bytes:
    """Return what is on the clipboard. Raises MhlitError where no program gives it, or nothing is there."""
    programs = (_READ_WAYLAND, *_READERS) if os.environ.get("WAYLAND_DISPLAY") else _READERS
    for program in programs:
        text = _from_program(program)
        if text is not None and text.strip():
            return text
        if text is not None:
            raise MhlitError("there is no text on the clipboard")
    raise MhlitError("no clipboard can be read here", "install wl-paste, xclip or xsel, or put the text in with a pipe")


def _from_program(program: tuple[str, ...]) -> bytes | None:
    """Return what a program gives out; None where it is not there or cannot reach a clipboard."""
    from shutil import which

    path = which(program[0])
    if path is None:
        return None
    try:
        finished = subprocess.run(  # noqa: S603  # a program of our own list, found on PATH
            [path, *program[1:]],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return finished.stdout if finished.returncode == 0 else None


def _far_away() -> bool:
    """Tell whether the reader sits at another machine, whose clipboard no program here reaches."""
    over_ssh = bool(os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"))
    return over_ssh and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _by_program(program: tuple[str, ...], text: str) -> bool:
    from shutil import which

    path = which(program[0])
    if path is None:
        return False
    # Windows' own program reads UTF-16 where it begins with a byte order mark, and else the console's code page.
    data = text.encode("utf-16" if program[0].startswith("clip") else "utf-8")
    try:
        finished = subprocess.run(  # noqa: S603  # a program of our own list, found on PATH
            [path, *program[1:]],
            input=data,
            # xclip stays behind to serve the text, and would hold a pipe open.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return finished.returncode == 0


def _by_the_terminal(text: str, by_terminal: Callable[[str], bool] | None) -> bool:
    """Let the terminal take the text, through tmux where it stands between; tell whether it was asked."""
    if os.environ.get("TMUX") and _by_program(_TMUX, text):
        return True
    if len(b64encode(text.encode())) > _OSC_52_LIMIT:
        return False
    return (by_terminal or _by_control_sequence)(text)


def _by_control_sequence(text: str) -> bool:
    """Ask the terminal to take the text (OSC 52 of xterm's control sequences); tell whether there is one to ask."""
    data = b64encode(text.encode())
    sequence = b"\033]52;c;" + data + b"\a"
    try:
        with open("/dev/tty", "wb", buffering=0) as terminal:  # noqa: PTH123  # a device, unbuffered
            terminal.write(sequence)
    except OSError:
        if not sys.stderr.isatty():
            return False
        sys.stderr.write(sequence.decode())
        sys.stderr.flush()
    return True

"""Put a shell's script where the shell reads it, and take it away again without a trace."""

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

from mhlit.errors import MhlitError
from mhlit.files import write_whole
from mhlit.paths import data_folder

_BEGIN, _END = "# >>> mhlit completion >>>", "# <<< mhlit completion <<<"
_SIGNED = "Written by `mhlit completion`"


def script(shell: str) -> str:
    """Return the completion script of a shell."""
    return (Path(__file__).parent / "scripts" / f"mhlit.{shell}").read_text(encoding="utf-8")


def install(shell: str) -> Iterator[str]:
    """Install completion for a shell, yielding what was done, line by line.

    Raises MhlitError where a file cannot be written, or is there and is not ours.
    """
    file, startup = _script_file(shell), _startup_file(shell)
    if _is_foreign(file):
        raise MhlitError(f"{file} is there and is not mhlit's", "move it away first")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MhlitError(f"cannot make {file.parent}: {error.strerror}") from None
    write_whole(file, script(shell).encode())
    yield f"wrote {file}"
    if startup:
        yield _add_lines(startup, file)
    here = f"; in this one: . {shlex.quote(str(file))}" if startup else ""
    yield f"new {shell} sessions complete mhlit{here}"


def remove(shell: str) -> Iterator[str]:
    """Take completion for a shell away, yielding what was done; nothing where there was none.

    Raises MhlitError where a file cannot be changed.
    """
    file, startup = _script_file(shell), _startup_file(shell)
    if startup:
        text = _read(startup)
        without = _without_lines(text, startup)
        if without != text:
            write_whole(startup, without.encode(errors="surrogateescape"))
            yield f"took the lines of mhlit out of {startup}"
    if file.exists() and not _is_foreign(file):
        try:
            file.unlink()
        except OSError as error:
            raise MhlitError(f"cannot remove {file}: {error.strerror}") from None
        if file.parent.parent == data_folder() and not any(file.parent.iterdir()):
            file.parent.rmdir()
        yield f"removed {file}"


def _script_file(shell: str) -> Path:
    if shell == "fish":
        return (
            Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "fish" / "completions" / "mhlit.fish"
        )
    return data_folder() / "completion" / f"mhlit.{shell}"


def _startup_file(shell: str) -> Path | None:
    """Return the file that a shell runs when it starts; None for fish, which looks the script up by itself."""
    if shell == "fish":
        return None
    return Path.home() / ".bashrc" if shell == "bash" else Path(os.environ.get("ZDOTDIR") or Path.home()) / ".zshrc"


def _is_foreign(file: Path) -> bool:
    return file.exists() and _SIGNED not in _read(file)


def _read(file: Path) -> str:
    """Return a text as it is, line ends and bytes that are no UTF-8 included; empty where there is no file."""
    try:
        return file.read_bytes().decode("utf-8", errors="surrogateescape")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise MhlitError(f"cannot read {file}: {error.strerror}") from None


def _add_lines(startup: Path, file: Path) -> str:
    """Make a shell's start-up file read the script, once, and say so."""
    old = _read(startup)
    text = _without_lines(old, startup)
    quoted = shlex.quote(str(file))
    lines = f"{_BEGIN}\nif [ -r {quoted} ]; then . {quoted}; fi\n{_END}"
    # A file that ends without a line end will do so again when the lines are taken out.
    new = f"{text}{lines}\n" if not text or text.endswith("\n") else f"{text}\n{lines}"
    if new == old:
        return f"{startup} reads it already"
    write_whole(startup, new.encode(errors="surrogateescape"))
    return f"added lines to {startup} that read it"


def _without_lines(text: str, startup: Path) -> str:
    """Return the text of a start-up file as it was before lines were added."""
    if _BEGIN not in text:
        return text
    before, _, rest = text.partition(_BEGIN)
    _, marked, after = rest.partition(_END)
    if not marked:
        raise MhlitError(f"{startup}: the line {_END!r} is missing", "take the lines of mhlit out by hand")
    return before.removesuffix("\n") if not after else before + after.removeprefix("\n")

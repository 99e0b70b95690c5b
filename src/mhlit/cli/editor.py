"""Let the reader edit a text in their own editor."""

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from mhlit.errors import MhlitError, UsageError


def edited(text: str, name: str, ending: str) -> str:
    """Return a text as the reader has left it. Raises MhlitError where the editor cannot be started or fails."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not named and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("no terminal for an editor", "set EDITOR to a command that edits a file")
    command = named or ("notepad" if sys.platform == "win32" else "vi")
    with tempfile.TemporaryDirectory(prefix="mhlit-") as folder:
        file = Path(folder) / f"{plain_name(name)}{ending}"
        file.write_text(text, encoding="utf-8")
        try:
            code = subprocess.run([*shlex.split(command), str(file)], check=False).returncode  # noqa: S603  # the reader's own
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            raise MhlitError(f"cannot start the editor {command!r}: {why}", "set VISUAL or EDITOR") from None
        if code:
            raise MhlitError(f"the editor {command!r} ended with {code}; nothing was changed")
        return file.read_text(encoding="utf-8", errors="replace")


def plain_name(name: str) -> str:
    """Return a name that every file system and shell can bear."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "_" for c in name)[:60]

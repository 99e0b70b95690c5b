"""Write a file whole or not at all."""

import os
import tempfile
from pathlib import Path

from mhlit.errors import MhlitError


def write_whole(path: Path, text: str) -> None:
    """Write `text` to `path` in UTF-8 by way of a file beside it, so that no reader sees half of it.

    A link is written through, a file that is there keeps its mode. Raises MhlitError where nothing can
    be written; what was there is there still.
    """
    target = path.resolve()
    temporary = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:64]}.", dir=target.parent)
        temporary = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            file.write(text)
        temporary.chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
        temporary.replace(target)
    except OSError as error:
        raise MhlitError(f"cannot write {path}: {error.strerror or error}") from None
    finally:
        if temporary:
            temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask

"""Write a file whole or not at all."""

import os
import stat
from pathlib import Path

from mhlit.errors import MhlitError


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that whoever looks finds the old one or the new one, never a part; links are followed.

    Raises MhlitError where the folder is missing, or the file is a folder, read-only or cannot be written; nothing is
    changed then. A device or a pipe is written to as it is.
    """
    target = Path(os.path.realpath(path))
    try:
        mode = target.stat().st_mode if target.exists() else 0
        if stat.S_ISDIR(mode):
            raise MhlitError(f"{path} is a folder", "name a file")
        if mode and not stat.S_ISREG(mode):
            target.write_bytes(data)
            return
        if mode and not mode & 0o222:  # asked of the mode, because the superuser may write everything
            raise MhlitError(f"{path} is read-only; nothing was changed")
        if target.parent.is_dir() and not target.parent.stat().st_mode & 0o222:
            raise MhlitError(f"the folder of {path} is read-only; nothing was changed")
        _replace(target, data, stat.S_IMODE(mode))
    except OSError as error:
        hint = f"there is no folder {target.parent}" if not target.parent.is_dir() else ""
        raise MhlitError(f"cannot write {path}: {error.strerror or error}", hint) from None


def _replace(target: Path, data: bytes, mode: int) -> None:
    new = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        with new.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode:
            new.chmod(mode)
        new.replace(target)
    except BaseException:
        new.unlink(missing_ok=True)
        raise

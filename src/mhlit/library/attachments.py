"""Files of works: kept where they are, or copied beside the library under a name of our own making."""

import hashlib
import re
import shutil
from pathlib import Path

from mhlit.errors import MhlitError

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))]
)


def file_name(text: str) -> str:
    """Return a name for a file on any system, made of any text: no folder, no hidden file, none too long, none twice.

    Where letters had to go, or case would be lost, a digest of the text keeps different texts apart.
    """
    plain = _UNSAFE.sub("_", text).strip("._")[:80] or "_"
    if plain.split(".")[0].lower() in _RESERVED:
        plain = f"_{plain}"
    if plain == text and plain == plain.lower():
        return plain
    return f"{plain}-{hashlib.blake2b(text.encode('utf-8', 'surrogatepass'), digest_size=4).hexdigest()}"


def copied(file: Path, library: Path, key: str) -> Path:
    """Copy a file into the library's folder of attachments and return where; one of the same bytes is not copied twice.

    Raises MhlitError where it cannot be read or written.
    """
    folder = library.parent / "attachments" / file_name(key)
    target = folder / f"{file_name(file.stem)}{_UNSAFE.sub('', file.suffix)[:10]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        number = 1
        while target.exists():
            if target.read_bytes() == file.read_bytes():
                return target
            number += 1
            target = target.with_name(f"{file_name(file.stem)}-{number}{target.suffix}")
        temporary = target.with_name(f".{target.name}.new")
        shutil.copyfile(file, temporary)
        temporary.replace(target)
    except OSError as error:
        raise MhlitError(f"cannot copy {file}: {error.strerror or error}") from None
    return target

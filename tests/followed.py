"""Follow a page of the docs: make its files, type its commands as they stand, compare what is answered.

A block of `console` holds commands behind `$ ` and, below each, what it answers; a line `…` stands for any lines.
Nothing below a command: it must answer something. `# exit 1` behind a command is the code it ends with. A block of
another kind is a file where the name of one, in backticks, and a colon stand right before it.
"""

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.conftest import ROOT, Run

_OF_THE_SHELL = ("echo ", "rm ")
_BLOCK = re.compile(r"(?:`([\w./-]+\.\w+)`:\n+)?^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)


class Step(NamedTuple):
    """A file to make, or a command to type."""

    file: str
    command: str
    text: str
    """Of the file; or what the command answers."""
    code: int = 0


def steps(page: str) -> Iterator[Step]:
    """Yield what the reader of a page does."""
    for file, kind, body in _BLOCK.findall((ROOT / "docs" / page).read_text(encoding="utf-8")):
        if kind == "console":
            for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                line, _, answer = part.partition("\n")
                code = re.search(r"# exit (\d)", line)
                yield Step("", line, answer, int(code[1]) if code else 0)
        elif file:
            yield Step(file, "", body)


def follow(page: str, run: Run, folder: Path) -> list[str]:
    """Do all of a page in a folder, which is the working one, and return the commands of other programs, left out."""
    others = []
    for step in steps(page):
        if step.file:
            (folder / step.file).parent.mkdir(parents=True, exist_ok=True)
            (folder / step.file).write_text(step.text, encoding="utf-8")
        elif step.command.startswith("mhlit "):
            _type(step, run, folder)
        elif step.command.startswith(_OF_THE_SHELL):
            subprocess.run(step.command, shell=True, cwd=folder, check=True)
        else:
            others.append(step.command)
    return others


def _type(step: Step, run: Run, folder: Path) -> None:
    """Type a command, or several joined by pipes, of which the last may write to a file; compare what is answered."""
    line, into, file = step.command.partition(" > ")
    given, errors = "", ""
    for part in line.split(" | "):
        result = run(*shlex.split(part, comments=True)[1:], stdin=given)
        given, errors = result.out, errors + result.err
    if into:
        (folder / file.split()[0]).write_text(given, encoding="utf-8")
        given = ""
    said = [one for one in errors.splitlines(keepends=True) if not one.startswith("your library is ")]
    answer = "".join((given, *said))
    assert result.code == step.code, (step.command, result.code, answer)
    assert answer or into, step.command
    lines = step.text.splitlines(keepends=True)
    pattern = "".join("(?:.*\n)*?" if one == "…\n" else re.escape(one) for one in lines)
    assert not lines or re.fullmatch(pattern, answer), f"{step.command}\n{answer}"

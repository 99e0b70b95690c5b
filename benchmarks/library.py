"""A library of many entries, beside other managers: import, list by a word, fetch one key, tag one and many.

    python benchmarks/library.py [--entries 1000] [--peers FOLDER] [--patience 600]

Run it with the Python of an environment in which the wheel is installed. FOLDER holds an environment for each peer:
`python -m venv FOLDER/cobib && FOLDER/cobib/bin/pip install cobib`, and the same for papis and pubs. One that is not
there or does not start is said to be so. Everything runs in homes of its own, on made-up entries; each figure is the
time of whole processes, and its ratio to mhlit's in the same run.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from made_up import works
from measure import table

from mhlit.cite import entry_of, writer

ROWS = ("import", "list by a word", "fetch one key", "tag one", "tag 1,000")
_REPEATED = 3


class Peer(NamedTuple):
    """A manager: how to set it up in a home, and the command of each row; None where it has none."""

    name: str
    prepare: Callable[[Path], None]
    commands: dict[str, list[str]]
    lister: list[str]
    """A command whose lines are the entries that came in."""


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--peers", type=Path, help="folder of the peers' environments")
    parser.add_argument("--patience", type=float, default=600.0, help="seconds until a command is given up")
    parser.add_argument("--only", default="", help="names of peers, separated by commas")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mhlit-bench-") as folder:
        bib = Path(folder) / "library.bib"
        keys = write_bib(bib, given.entries)
        measured: dict[str, dict[str, float]] = {}
        chosen = [name for name in given.only.split(",") if name]
        for peer in (mhlit(bib, keys), *peers(given.peers, bib, keys)):
            if not chosen or peer.name in (*chosen, "mhlit"):
                home = Path(folder) / peer.name
                home.mkdir()
                measured[peer.name] = measure(peer, home, given.patience, given.entries)
    rows = []
    for row in ROWS:
        cells = [row]
        for name, found in measured.items():
            taken, ours = found.get(row), measured["mhlit"].get(row)
            ratio = f" ({taken / ours:.1f} ×)" if taken and ours and name != "mhlit" else ""
            cells.append("–" if taken is None else f"{taken:.2f} s{ratio}")
        rows.append(cells)
    print(table([f"{given.entries:,} entries", *measured], rows))


def write_bib(file: Path, many: int) -> list[str]:
    """Write made-up entries and return their keys. Each has an abstract and a file, as an export of Zotero's has."""
    chance = random.Random(5)
    made = list(works(many))
    texts = []
    for work in made:
        text = writer("bibtex")([entry_of(work)])
        abstract = " ".join(chance.choice(work.preferred.title.split()) for _ in range(120))
        texts.append(
            text.rstrip()[:-1] + f"  abstract = {{{abstract}}},\n  file = {{:files/{work.key}.pdf:PDF}},\n}}\n"
        )
    file.write_text("\n".join(texts), encoding="utf-8")
    return [work.key for work in made]


def mhlit(bib: Path, keys: list[str]) -> Peer:
    """Return mhlit itself, from the environment this runs in."""
    program = str(Path(sys.executable).parent / "mhlit")
    return Peer(
        "mhlit",
        lambda _: None,
        {
            "import": [program, "import", str(bib)],
            "list by a word": [program, "search", "empathy", "--in", "library"],
            "fetch one key": [program, "cite", keys[len(keys) // 2], "--format", "bibtex"],
            "tag one": [program, "tag", "+one", keys[0]],
            "tag 1,000": [program, "tag", "+many", "--yes", *keys[:1000]],
        },
        [program, "list", "--in", "library", "--keys"],
    )


def peers(folder: Path | None, bib: Path, keys: list[str]) -> Iterator[Peer]:
    """Yield the peers that start."""
    if folder is None:
        return
    for name in ("cobib", "pubs", "papis"):
        program = folder / name / "bin" / name
        started = program.exists() and subprocess.run([program, "--version"], capture_output=True).returncode == 0
        if not started:
            print(f"{name} {'does not start' if program.exists() else 'is not there'}", file=sys.stderr)
            continue
        yield {"cobib": cobib, "pubs": pubs, "papis": papis}[name](str(program), bib, keys)


def cobib(program: str, bib: Path, keys: list[str]) -> Peer:
    """Return coBib, asked through its own sub-commands."""
    return Peer(
        "cobib",
        lambda home: _start(program, home),
        {
            "import": [program, "import", "--skip-download", "--bibtex", "--", str(bib)],
            "list by a word": [program, "list", "++title", "empathy"],
            "fetch one key": [program, "export", "-b", "/dev/stdout", "-s", "--", keys[len(keys) // 2]],
            "tag one": [program, "modify", "-a", "tags:one", "-s", "--", keys[0]],
            "tag 1,000": [program, "modify", "-a", "tags:many", "-s", "--", *keys[:1000]],
        },
        [program, "list"],
    )


def pubs(program: str, bib: Path, keys: list[str]) -> Peer:
    """Return pubs."""
    return Peer(
        "pubs",
        lambda home: _start(program, home),
        {
            "import": [program, "import", str(bib)],
            "list by a word": [program, "list", "title:empathy"],
            "fetch one key": [program, "export", keys[len(keys) // 2]],
            "tag one": [program, "tag", keys[0], "+one"],
        },
        [program, "list"],
    )


def papis(program: str, bib: Path, keys: list[str]) -> Peer:
    """Return papis."""

    def prepare(home: Path) -> None:
        config = home / ".config" / "papis"
        config.mkdir(parents=True)
        (home / "papers").mkdir()
        (config / "config").write_text(f"[settings]\ndefault-library = p\n[p]\ndir = {home}/papers\n")

    return Peer(
        "papis",
        prepare,
        {
            "import": [program, "bibtex", "read", str(bib), "import", "--all", "--batch"],
            "list by a word": [program, "list", "--all", "title:empathy"],
            "fetch one key": [program, "export", "--format", "bibtex", "--all", f"ref:{keys[len(keys) // 2]}"],
            "tag one": [program, "tag", "--batch", "--all", "--add", "one", f"ref:{keys[0]}"],
        },
        [program, "list", "--all"],
    )


def _start(program: str, home: Path) -> None:
    run([program, "init"], home, 60)


def measure(peer: Peer, home: Path, patience: float, entries: int) -> dict[str, float]:
    """Run every command of a peer in a home of its own; a command that takes too long ends it."""
    peer.prepare(home)
    found: dict[str, float] = {}
    for row in ROWS:
        if row in peer.commands:
            times = 1 if row == "import" or row.startswith("tag") else _REPEATED  # a second tag changes nothing
            taken = [run(peer.commands[row], home, patience) for _ in range(times)]
            if None in taken:
                print(f"{peer.name}: {row} was given up after {patience:.0f} s", file=sys.stderr)
                break
            found[row] = min(one for one in taken if one is not None)
    many = len(output(peer.lister, home).splitlines())
    print(f"{peer.name}: {many} lines for {entries} entries", file=sys.stderr)
    return found


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "MHLIT_", "COBIB"))}
    return {**kept, "HOME": str(home)}


def run(command: list[str], home: Path, patience: float) -> float | None:
    """Return how long a command takes, None where it is given up."""
    start = time.perf_counter()
    try:
        subprocess.run(
            command,
            env=_environment(home),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=patience,
        )
    except subprocess.TimeoutExpired:
        return None
    return time.perf_counter() - start


def output(command: list[str], home: Path) -> str:
    """Return what a command gives out."""
    return subprocess.run(
        command, env=_environment(home), stdin=subprocess.DEVNULL, capture_output=True, text=True
    ).stdout


if __name__ == "__main__":
    main()

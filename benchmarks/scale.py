"""What a search costs in a library of so many works, as ratios to the same search in the catalog alone.

    python benchmarks/scale.py [--works 1000 10000 50000] [--runs 9]

Run it with the Python of an environment in which the wheel is installed. The works are made up (made_up.py). Whole
processes are timed in turn, their output read from a pipe. Beside them: what building the index takes for each work,
and the size of its file for each work, as ratios to the smallest library; and the peak memory of a search.
"""

import argparse
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

import made_up
from measure import ratio, table

from mhlit.library.schema import create
from mhlit.store.writing import write_works

MHLIT = str(Path(sys.executable).parent / "mhlit")
BUDGET = 1.3
# What is typed, and what it stands for.
QUERIES = (
    (("kokoro chat",), "a name"),
    (("empathy",), "a word, every work that holds it"),
    (("empathy", "--limit", "20"), "a word, the best 20"),
    (("lonliness", "--limit", "20"), "a typo"),
    (('"theory of mind"',), "a phrase"),
    (("author:kim year:2024.. -survey counseling",), "fields and an exclusion"),
    (("Towards Facilitating Empathic Conversations in Online Mental Health Support",), "a pasted title"),
    (("10.1145/3589334.3648137",), "a DOI"),
    (("mental health", "--limit", "20"), "two words that a third of all works hold"),
)
# Runs a command and says the most memory it had.
PEAK = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL); "
PEAK += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"


class Library(NamedTuple):
    """A made-up library, and what it took to make it."""

    works: int
    file: Path
    seconds: float


def build(works: int, folder: Path) -> Library:
    """Write a library of so many works."""
    file = folder / f"{works}.sqlite"
    made = list(made_up.works(works))
    connection = sqlite3.connect(file)
    with connection:
        create(connection)
    start = time.perf_counter()
    with connection:
        write_works(connection, made, {})
    taken = time.perf_counter() - start
    connection.close()
    return Library(works, file, taken)


def search(words: Sequence[str], library: Path) -> list[str]:
    """Return the command of a search in the catalog and a library, which may be missing."""
    return ["env", f"MHLIT_LIBRARY={library}", MHLIT, "search", *words]


def megabytes(words: Sequence[str], library: Path) -> float:
    """Return the peak memory of a search."""
    command = [sys.executable, "-c", PEAK, *search(words, library)]
    kilobytes = int(subprocess.run(command, stdout=subprocess.PIPE, text=True).stdout)
    return kilobytes / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Build the libraries, measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--works", type=int, nargs="+", default=[1_000, 10_000, 50_000])
    parser.add_argument("--runs", type=int, default=9)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        missing = folder / "missing.sqlite"
        libraries = [build(works, folder) for works in sorted(given.works)]
        header = ["search", *(f"{library.works:,}" for library in libraries)]
        rows = []
        for words, what in QUERIES:
            base = search(words, missing)
            found = [ratio(search(words, library.file), base, runs=given.runs) for library in libraries]
            rows.append((f"{what}: `{' '.join(words)}`", *(f"{one.median:.2f}" for one in found)))
        print(table(header, rows), end="\n\n")
        print(table(["library", *header[1:]], figures(libraries)))
        alone = megabytes(["empathy"], missing)
        print(f"\npeak memory with the catalog alone: {alone:.0f} MB; budget of a search at 50,000: {BUDGET}")


def figures(libraries: Sequence[Library]) -> list[list[str]]:
    """Return what building and keeping a work costs, as ratios to the first library, and the memory of searches."""
    first = libraries[0]
    time_each, size_each = first.seconds / first.works, first.file.stat().st_size / first.works
    return [
        ["index build, each work", *(f"{one.seconds / one.works / time_each:.2f}" for one in libraries)],
        ["file size, each work", *(f"{one.file.stat().st_size / one.works / size_each:.2f}" for one in libraries)],
        *(
            [f"peak memory of `{words}`, MB", *(f"{megabytes([words], one.file):.0f}" for one in libraries)]
            for words in ("kokoro chat", "empathy", "mental health")
        ),
    ]


if __name__ == "__main__":
    main()

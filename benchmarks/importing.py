"""What importing a BibTeX file costs beside pybtex's parse of it, in processor time, and the most memory it takes.

    python benchmarks/importing.py [--entries 1000 10000 50000] [--runs 3]

Run it with the Python of an environment in which the wheel is installed. The entries are made up, with abstracts and
file links. Whole processes, in turn; a ratio is the median of those taken pair by pair. A busy machine disturbs
processor time less than the clock, but it does.
"""

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from library import write_bib
from measure import table

MHLIT = str(Path(sys.executable).parent / "mhlit")
PARSE = "import sys; from pybtex.database import parse_file; parse_file(sys.argv[1])"


class Cost(NamedTuple):
    """What a process took."""

    seconds: float
    """Of the processor, its own and the system's for it."""
    megabytes: float
    """The most memory it had."""


def cost(command: Sequence[str], library: Path) -> Cost:
    """Run a command to its end, with a library that is not there yet; its output is thrown away."""
    away = os.open(os.devnull, os.O_WRONLY)
    kept = [(os.POSIX_SPAWN_DUP2, away, stream) for stream in (1, 2)]
    process = os.posix_spawn(command[0], [*command], {**os.environ, "MHLIT_LIBRARY": str(library)}, file_actions=kept)
    _, status, used = os.wait4(process, 0)
    os.close(away)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    kilobytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Cost(used.ru_utime + used.ru_stime, kilobytes / 1024)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, nargs="+", default=[1_000, 10_000, 50_000])
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory(prefix="mhlit-bench-") as folder:
        for entries in given.entries:
            bib = Path(folder) / f"{entries}.bib"
            write_bib(bib, entries)
            pairs = []
            for run in range(given.runs):
                library = Path(folder) / f"{entries}-{run}.sqlite"
                theirs = cost([sys.executable, "-c", PARSE, str(bib)], library)
                pairs.append((cost([MHLIT, "import", str(bib)], library), theirs))
                for left in Path(folder).glob(f"{library.name}*"):
                    left.unlink()
            ratios = [ours.seconds / theirs.seconds for ours, theirs in pairs]
            rows.append(
                (
                    f"{entries:,}",
                    *(f"{statistics.median(pair[which].seconds for pair in pairs):.1f} s" for which in (0, 1)),
                    f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})",
                    f"{max(ours.megabytes for ours, _ in pairs):.0f} MB",
                )
            )
    print(table(["entries", "mhlit", "pybtex", "ratio", "memory"], rows))


if __name__ == "__main__":
    main()

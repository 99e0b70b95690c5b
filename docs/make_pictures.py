"""Draw the pictures of the README and the docs from the program itself.

Runs mhlit in a pseudo-terminal and turns what it prints into SVG with Rich. `python docs/make_pictures.py`
writes them all; with --check it exits 1 where a picture is not what the program prints today.
"""

import argparse
import asyncio
import io
import os
import pty
import re
import select
import subprocess
import sys
import tempfile
import termios
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME, TerminalTheme
from rich.text import Text

from mhlit.render.picture import LIGHT, without_fonts

FOLDER = Path(__file__).parent / "img"
TUTORIAL = Path(__file__).parent / "tutorial.md"
DARK = SVG_EXPORT_THEME

# File name: words of the command, columns, theme.
PICTURES = {
    "search": ("search empathy --limit 5", 100, DARK),
    "list": ("list --section datasets", 100, LIGHT),
    "show": ("show soulchat", 100, DARK),
    "stats": ("stats year", 100, LIGHT),
    "check": ("check colleague.bib", 100, LIGHT),
}
BROWSER = (140, 34)  # columns and rows


def record(words: str, columns: int) -> str:
    """Run mhlit on a terminal of that many columns and return what it prints, escapes and all."""
    leader, follower = pty.openpty()
    termios.tcsetwinsize(follower, (60, columns))
    command = [sys.executable, "-m", "mhlit", *words.split()]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "colleague.bib").write_text(colleague(), encoding="utf-8")
        own = {"MHLIT_CONFIG": os.devnull, "MHLIT_LIBRARY": str(Path(folder) / "library.sqlite")}
        environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(columns), **own}
        environment.pop("NO_COLOR", None)
        process = subprocess.Popen(
            command, stdin=follower, stdout=follower, stderr=follower, env=environment, cwd=folder
        )
        os.close(follower)
        return finished(process, leader)


def colleague() -> str:
    """Return the bibliography that the tutorial checks."""
    (text,) = re.findall(r"`colleague.bib`:\n\n```bibtex\n(.*?)```", TUTORIAL.read_text(encoding="utf-8"), re.DOTALL)
    return str(text)


def finished(process: subprocess.Popen[bytes], leader: int) -> str:
    """Return all that a process writes to its terminal until it ends."""
    said = b""
    while True:
        ready, _, _ = select.select([leader], [], [], 10)
        try:
            piece = os.read(leader, 65536) if ready else b""
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        said += piece
    process.wait()
    return said.decode().replace("\r\n", "\n")


def draw(words: str, columns: int, theme: TerminalTheme) -> str:
    """Return the picture of a command and what it prints, as SVG without anything from elsewhere."""
    console = Console(record=True, width=columns, file=io.StringIO(), force_terminal=True)
    console.print(Text.assemble(("$ ", "dim"), (f"mhlit {words}", "bold")))
    for line in Text.from_ansi(record(words, columns)).split(allow_blank=True):
        for piece in line.divide(range(columns, len(line), columns)):  # as a terminal goes on in its next row
            console.print(piece, soft_wrap=True)
    return without_fonts(console.export_svg(title="mhlit", theme=theme, unique_id="mhlit"))


def draw_browser() -> str:
    """Return the picture of the terminal browser after a search, as SVG without anything from elsewhere."""
    from mhlit.cli.hands import Hands
    from mhlit.cli.session import open_store
    from mhlit.tui.app import BrowseApp
    from mhlit.tui.browsing import Browsing

    async def look() -> str:
        app = BrowseApp(Browsing(open_store("catalog")), Hands(), query="empathy")
        async with app.run_test(size=BROWSER) as pilot:
            await pilot.press("enter", "down", "space", "down")
            await pilot.pause(1)  # until works near to the one shown stand on its card
            return app.export_screenshot(title="mhlit browse empathy")

    return without_fonts(asyncio.run(look()))


def main() -> int:
    """Write or check every picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = []
    drawings: dict[str, Callable[[], str]] = {name: partial(draw, *given) for name, given in PICTURES.items()}
    for name, drawing in (drawings | {"browse": draw_browser}).items():
        path, picture = FOLDER / f"{name}.svg", drawing()
        if check and (not path.exists() or path.read_text(encoding="utf-8") != picture):
            stale.append(str(path))
        elif not check:
            FOLDER.mkdir(exist_ok=True)
            path.write_text(picture, encoding="utf-8")
    for path in stale:
        print(f"{path} is not what the program prints; run python docs/make_pictures.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())

"""What a console shows, as an SVG picture that needs nothing from elsewhere."""

import io
import re
from collections.abc import Callable

from rich.console import Console
from rich.terminal_theme import TerminalTheme

from mhlit.render.console import THEME

# The sixteen colours of a light terminal: black red green yellow blue magenta cyan white, then the bright ones.
_NORMAL = "28 2a 2e b3 1b 1b 16 6e 28 8a 5a 00 1e 46 aa 8c 1e 8c 00 69 78 5a 5a 5a"
_BRIGHT = "6e 6e 6e c8 28 28 1e 82 32 a0 6e 00 28 5a c8 a0 32 a0 00 7d 8c 3c 3c 3c"


def _colours(hexadecimal: str) -> list[tuple[int, int, int]]:
    values = list(bytes.fromhex(hexadecimal))
    return [(values[n], values[n + 1], values[n + 2]) for n in range(0, len(values), 3)]


LIGHT = TerminalTheme((255, 255, 255), (40, 42, 46), _colours(_NORMAL), _colours(_BRIGHT))


def svg(draw: Callable[[Console], None], columns: int, title: str, theme: TerminalTheme = LIGHT) -> str:
    """Return as SVG what `draw` prints on a console of so many columns."""
    console = Console(
        record=True,
        width=columns,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        theme=THEME,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
        _environ={},
    )
    draw(console)
    return without_fonts(console.export_svg(title=title, theme=theme, unique_id="mhlit"))


def without_fonts(picture: str) -> str:
    """Return Rich's SVG without the font it would load from elsewhere; the reader's own takes its place."""
    return re.sub(r"@font-face \{.*?\}\n", "", picture, flags=re.DOTALL).replace("Fira Code", "ui-monospace")

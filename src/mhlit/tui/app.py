"""The browser as a program: its look, dark or light, and how it is run."""

from pathlib import Path
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from mhlit.render.console import THEME
from mhlit.tui.browsing import Browsing
from mhlit.tui.outside import Outside
from mhlit.tui.screen import BrowseScreen

THEMES = {"dark": "textual-dark", "light": "textual-light"}


class BrowseApp(App[None]):
    """A terminal browser of works."""

    TITLE = "mhlit"
    CSS_PATH = Path(__file__).parent / "browse.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-middle"), (160, "-wide")]  # noqa: RUF012  # as Textual has it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", "Quit", priority=True)]

    def __init__(
        self,
        browsing: Browsing,
        outside: Outside,
        query: str = "",
        chosen: dict[str, list[str]] | None = None,
        theme: str = "dark",
    ) -> None:
        """Browse; `query` and the `chosen` facet values are what is shown first."""
        super().__init__()
        self._browsing = browsing
        self._outside = outside
        self._begun = query
        self._chosen = chosen or {}
        self.console.push_theme(THEME)  # the styles of cards and tables
        self.theme = THEMES[theme]

    def get_default_screen(self) -> BrowseScreen:
        """Return the main screen."""
        return BrowseScreen(self._browsing, self._outside, self._begun, self._chosen)

    def action_other_theme(self) -> None:
        """Change between dark and light."""
        self.theme = THEMES["light" if self.theme == THEMES["dark"] else "dark"]

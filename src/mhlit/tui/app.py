"""The browser as a program: its look, dark or light, and how it is run."""

from pathlib import Path
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from mhlit.tui.browsing import Browsing
from mhlit.tui.looks import LOOKS
from mhlit.tui.outside import Outside
from mhlit.tui.screen import BrowseScreen


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
        for look in LOOKS.values():
            self.register_theme(look.theme)
        self._look = theme
        self.console.push_theme(LOOKS[theme].styles)
        self.theme = LOOKS[theme].theme.name

    def get_default_screen(self) -> BrowseScreen:
        """Return the main screen."""
        return BrowseScreen(self._browsing, self._outside, self._begun, self._chosen)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the colours that are ours beside Textual's, for the time before a look is chosen."""
        return {"cursor-line": "#143a58"}

    def action_help_quit(self) -> None:
        """Say how to leave, which Ctrl+C does not: it may be pressed by habit."""
        self.clear_notifications()
        self.notify("Ctrl+Q leaves")

    def action_other_theme(self) -> None:
        """Change between dark and light."""
        self._look = "light" if self._look == "dark" else "dark"
        self.console.pop_theme()
        self.console.push_theme(LOOKS[self._look].styles)
        self.theme = LOOKS[self._look].theme.name

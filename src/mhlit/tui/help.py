"""The keys of the browser: the line at the foot of the screen, and the page that shows them all."""

from typing import ClassVar

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Footer, Static
from textual.widgets._footer import FooterKey

# What is pressed, and what it does; docs/browse.md has the same table, and a test holds them equal.
KEYS = (
    ("/", 'to the search box; words, "phrases", -not, OR, field:value'),
    ("Esc", "empty the search box, or back to it"),
    ("Tab, Shift+Tab", "to the next part of the screen, or the one before"),
    ("↑ ↓ PgUp PgDn Home End", "move; j and k too"),
    ("f", "to the facets: Space or Enter chooses a value"),
    ("x", "choose no values any more"),
    ("s", "sort by: best first, key, year, author, title, venue"),
    ("Space", "select the work, or no longer"),
    ("a", "select all that is shown, or nothing of it"),
    ("A", "select nothing"),
    ("Enter", "the card on the whole screen, and back"),
    ("c", "cite what is selected, else the work under the cursor"),
    ("o", "open the page of the work"),
    ("r", "mark what is selected unread, reading, read, one after the other"),
    ("*", "star what is selected, or no longer"),
    ("t", "tag what is selected, or take tags away"),
    ("n", "write a note on the work, in your editor"),
    ("u U", "undo the last change of your library; do it again"),
    ("d", "dark or light"),
    ("? F1", "this page; F1 in the search box too"),
    ("q Ctrl+Q", "leave; Ctrl+Q in the search box too"),
)
_MARKS = (
    "Mouse: click a box to select, a value to choose it, an address to open it.",
    "Your library: ○ unread  ◐ reading  ● read  ★ starred  #tag",
    "A work of the catalog that you mark, tag or note is added to it.",
    "Records: ~ partly verified  ? not verified",
)


class HelpScreen(ModalScreen[None]):
    """The keys."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,question_mark,f1,enter", "dismiss", "Close")]

    def compose(self) -> ComposeResult:
        """Show them as a table."""
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True, style="key")
        table.add_column()
        for keys, what in KEYS:
            table.add_row(Text(keys), Text(what))
        with VerticalScroll(classes="window"):
            yield Static(Text.assemble(("Keys", "bold"), ("   ↑ ↓ scroll, Esc closes", "quiet")))
            yield Static(table)
            yield Static(Text("\n".join(("", *_MARKS))))


class KeysLine(Footer):
    """The keys at the foot of the screen: as many as it is wide, none cut, the last always: how to leave."""

    def compose(self) -> ComposeResult:
        """Leave out what has no room."""
        keys = [one for one in super().compose() if isinstance(one, FooterKey)]
        room = self.app.size.width + 1 - sum(map(_width, keys[-1:]))  # the last one needs no space behind it
        for one in keys[:-1]:
            room -= _width(one)
            if room < 0:
                break
            yield one
        yield from keys[-1:]

    def on_resize(self) -> None:
        """Fill another width."""
        self.refresh(recompose=True)


def _width(key: FooterKey) -> int:
    """Return the cells that a key takes with what it does, and the space behind."""
    return cell_len(f"{key.key_display} {key.description} ")

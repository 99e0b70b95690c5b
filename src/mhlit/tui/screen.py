"""The browser's main screen: search box, facets, table and card, and what the keys do."""

import gc
import sqlite3
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from mhlit.errors import MhlitError
from mhlit.store.reading import Store
from mhlit.text import printable
from mhlit.tui.browsing import Browsing
from mhlit.tui.card import CardPane
from mhlit.tui.changing import Changing
from mhlit.tui.citing import CiteScreen
from mhlit.tui.facets import FacetList
from mhlit.tui.help import HelpScreen, KeysLine
from mhlit.tui.lines import Lines
from mhlit.tui.outside import Outside
from mhlit.tui.table import WorksTable

_ORDERS = ("", "key", "year", "author", "title", "venue")
_MOST = 5000  # works are cited at once
_IDLE = 0.2  # seconds after the first paint before more is read


class SearchBox(Input):
    """Where the query is typed; its arrow down leads to the works."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "screen.works", "Works"),
        Binding("escape", "screen.back", "Clear"),
        Binding("f1", "screen.help", "Help"),
        Binding("ctrl+c", "app.help_quit", show=False),
    ]


class BrowseScreen(Screen[None]):
    """All that is looked at while browsing."""

    # Every key here stands in mhlit.tui.help.KEYS too.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "Help", key_display="?"),
        Binding("slash", "search", "Search", key_display="/"),
        Binding("c", "cite", "Cite"),
        Binding("r", "mark", "Mark"),
        Binding("t", "tag", "Tag"),
        Binding("n", "note", "Note"),
        Binding("u", "undo", "Undo"),
        Binding("f", "facets", "Facets"),
        Binding("o", "open", "Open"),
        Binding("s", "sort", "Sort"),
        Binding("f1", "help", show=False),
        Binding("q", "app.quit", show=False),
        Binding("escape", "back", show=False),
        Binding("a", "select_all", show=False),
        Binding("A", "select_none", show=False),
        Binding("x", "clear", show=False),
        Binding("asterisk", "star", show=False),
        Binding("U", "redo", show=False),
        Binding("d", "app.other_theme", show=False),
    ]

    def __init__(self, browsing: Browsing, outside: Outside, query: str, chosen: dict[str, list[str]]) -> None:
        """Show what `query` finds among works with the `chosen` facet values."""
        super().__init__()
        self._browsing = browsing
        self._outside = outside
        self._begun = query
        self._chosen = chosen
        self._changing = Changing(self, browsing, outside, self._renew)
        self._order = ""
        self._note = ""
        self._asked = False

    @property
    def _store(self) -> Store:
        return self._browsing.store

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield SearchBox(self._begun, placeholder="Search: words, names, identifiers", id="search", compact=True)
        yield Static(id="status", markup=False)
        with Container(id="body"):
            yield FacetList("facets", self._chosen)
            yield WorksTable(self._browsing, "works")
            yield CardPane(self._browsing, "card")
        yield KeysLine(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Find the first works."""
        self._find()
        self.query_one("#search").focus()
        self.set_timer(_IDLE, self._read_ahead)

    def _read_ahead(self) -> None:
        """Do before the first key what it would wait for."""
        self._browsing.read_ahead()
        if not self.app.is_headless:  # tests go on in the same process
            gc.freeze()  # to look through all that is there by now would take longer than a key may

    @property
    def _table(self) -> WorksTable:
        return self.query_one(WorksTable)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002  # as Textual has it
        """Offer no way to where one is."""
        return not (action == "search" and self.focused is self.query_one("#search"))

    @on(Input.Changed, "#search")
    def _typed(self) -> None:
        """Show the letter, then find once, after all keys that were pressed meanwhile."""
        if not self._asked:
            self._asked = True
            self.call_after_refresh(self._find)

    @on(FacetList.Changed)
    def _chosen_otherwise(self) -> None:
        self._find()

    def _find(self, stay: int | None = None) -> None:
        """Show what is found now, with `stay` the cursor on that work.

        While a query cannot be read, what was found before stays.
        """
        self._asked = False
        query = self.query_one("#search", Input).value
        facets = self.query_one(FacetList)
        try:
            found = self._browsing.find(query, facets.chosen)
            if self._order:
                found = found._replace(ids=self._store.in_order(found.ids, self._order))
            counts = self._browsing.counts(query, facets.chosen)
        except MhlitError as error:
            self._note = error.message
        except sqlite3.Error as error:
            self._note = f"the library cannot be read: {error}"
        else:
            self._note = found.note
            self._table.show(found, stay)
            facets.show(counts)
        self._tell()

    def _renew(self, moved: bool) -> None:
        """Show all anew after a change of the library; where it `moved` works, ids are not what they were."""
        table = self._table
        named = [*table.selected, *((table.current,) if table.current is not None else ())]
        keys = self._store.found_by_id("SELECT id, key FROM works", named) if moved else {}
        current = table.current
        self._browsing.renew(self._outside.reopened() if moved else None)
        now = {work: self._browsing.same(work, str(key)) for work, (key,) in keys.items()}
        table.selected = {work: None for old in table.selected if (work := now.get(old, old)) is not None}
        self._find(stay=now.get(current, current) if current is not None else None)
        self.query_one(CardPane).renew(table.current)

    def _tell(self) -> None:
        """Say how many works there are, which values are chosen, and what else is to be known."""
        table, chosen = self._table, self.query_one(FacetList).chosen
        every = len(self._browsing)
        parts = [Content(f"{table.total()} of {every} works" if table.total() < every else f"{every} works")]
        if table.selected:
            parts.append(Content.styled(f"{len(table.selected)} selected", "bold $text-accent"))
        said = [f"{name}: {' or '.join(values)}" for name, values in chosen.items() if values]
        parts += [Content(printable(text)) for text in said]
        parts += [Content(f"sorted by {self._order}")] if self._order else []
        parts += [Content.styled(printable(self._note), "$text-warning")] if self._note else []
        self.query_one("#status", Static).update(Content("  ·  ").join(parts), layout=False)

    @on(WorksTable.Selected)
    def _selected(self) -> None:
        self._tell()

    @on(Lines.Moved)
    def _moved(self, event: Lines.Moved) -> None:
        if isinstance(event.lines, WorksTable):
            self.query_one(CardPane).show(event.lines.current)

    @on(Input.Submitted, "#search")
    def action_works(self) -> None:
        """Go to the table."""
        self._table.focus()

    def action_search(self) -> None:
        """Go to the search box."""
        self.remove_class("-card", "-facets")
        self.query_one("#search").focus()

    def action_back(self) -> None:
        """Close what covers the table; else empty the search box, or go to it."""
        search = self.query_one("#search", Input)
        if self.has_class("-card") or self.has_class("-facets"):
            self.remove_class("-card", "-facets")
            self._table.focus()
        elif self.focused is search and not search.value:
            self._table.focus()
        elif self.focused is search:
            search.value = ""
        else:
            search.focus()

    def action_facets(self) -> None:
        """Go to the facets, which on a narrow screen cover the table."""
        self.remove_class("-card")
        self.add_class("-facets")
        self.query_one(FacetList).focus()

    def action_card(self) -> None:
        """Show the card on the whole screen, or no longer."""
        self.toggle_class("-card")
        (self.query_one(CardPane) if self.has_class("-card") else self._table).focus()

    def action_clear(self) -> None:
        """Choose no facet values any more."""
        self.query_one(FacetList).clear()

    def action_sort(self) -> None:
        """Take the next order."""
        self._order = _ORDERS[(_ORDERS.index(self._order) + 1) % len(_ORDERS)]
        self._find()

    def action_select_all(self) -> None:
        """Select what is shown, or nothing of it."""
        self._table.select_all()

    def action_select_none(self) -> None:
        """Select nothing."""
        self._table.select_none()

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpScreen())

    def action_mark(self) -> None:
        """Give what is selected the next mark of unread, reading, read."""
        self._changing.mark_next(self._table.meant)

    def action_star(self) -> None:
        """Star what is selected, or no longer."""
        self._changing.star(self._table.meant)

    def action_tag(self) -> None:
        """Tag what is selected."""
        self._changing.tag(self._table.meant)

    def action_note(self) -> None:
        """Write a note on the work that the cursor is on."""
        self._changing.note(self._table.current)

    def action_undo(self) -> None:
        """Undo the last change of the library."""
        self._changing.turn(back=True)

    def action_redo(self) -> None:
        """Do again what was undone last."""
        self._changing.turn(back=False)

    def action_cite(self) -> None:
        """Cite what is selected."""
        works = self._table.meant
        if not works:
            self._say("there is no work to cite")
        elif len(works) > _MOST:
            self._say(f"select at most {_MOST} works; mhlit cite takes any number")
        else:
            window = CiteScreen(self._store.works(works), self._outside, self._by_terminal)
            self.app.push_screen(window, self._say)

    def _say(self, done: str | None) -> None:
        if done:
            self.notify("\n".join(map(printable, done.split("\n"))), markup=False)

    def _by_terminal(self, text: str) -> bool:
        self.app.copy_to_clipboard(text)
        return True

    def action_open(self) -> None:
        """Open the page of the work that the cursor is on."""
        current = self._table.current
        for one in self._store.works([current]) if current is not None else ():
            url = self._outside.page(one)
            if url:
                self._visit(url)
            else:
                self._say(f"no address is known of {one.key}")

    @on(CardPane.Followed)
    def _follow(self, event: CardPane.Followed) -> None:
        self._visit(event.url)

    @work(thread=True, group="visit")
    def _visit(self, url: str) -> None:
        """Open an address; where there is no browser, show it and put it on the clipboard."""
        try:
            if self._outside.visit(url):
                done = f"opened {url}"
            else:
                self._outside.copy(url, self._by_terminal)
                done = f"there is no browser here; the address is on the clipboard: {url}"
        except (MhlitError, OSError) as error:
            done = f"{url}: {error}"
        self.app.call_from_thread(self._say, done)

"""The card of the work that the cursor is on, as `show` draws it."""

from collections.abc import Sequence

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.timer import Timer

from mhlit.library.differing import differing
from mhlit.render.card import card, labels
from mhlit.render.cards import drawn
from mhlit.search.similar import nearest
from mhlit.tui.browsing import Browsing
from mhlit.tui.scrolled import Scrolled, filled

# Seconds on a work before its card is drawn, so that typing and scrolling do not wait for cards that nobody reads;
# and before works like it are looked for.
_PAUSE, _REST = 0.03, 0.5


class CardPane(Scrolled):
    """A card that scrolls; its addresses can be clicked. Lines are kept as they are drawn: layout would be slow."""

    class Followed(Message):
        """An address was clicked."""

        def __init__(self, url: str) -> None:
            super().__init__()
            self.url = url

    def __init__(self, browsing: Browsing, id: str) -> None:
        """Show cards of works of `browsing`."""
        super().__init__(id)
        self._browsing = browsing
        self._work: int | None = None
        self._near: Sequence[tuple[str, str]] = ()
        self._lines: list[list[Segment]] = []
        self._pausing: Timer | None = None
        self._resting: Timer | None = None

    def show(self, work: int | None) -> None:
        """Show a work, or nothing."""
        if work == self._work:
            return
        for timer in (self._pausing, self._resting):
            if timer:
                timer.stop()
        self._work, self._near = work, ()
        self._pausing = self.set_timer(_PAUSE, self._draw_first)

    def renew(self, work: int | None) -> None:
        """Show a work anew, which was changed; what is seen of its card stays in sight."""
        if work != self._work:
            self.show(work)
        else:
            self._draw()

    def _draw_first(self) -> None:
        self.scroll_home(animate=False)
        self._draw()
        self._resting = self.set_timer(_REST, self._add_near)

    def _add_near(self) -> None:
        if self._work is not None and self._lines:
            self._near = nearest(self._browsing.store, [self._work], index=self._browsing.index)[0]
            self._draw()

    def _draw(self) -> None:
        self._lines = []
        width = self.line_width - 1  # away from the bar
        store = self._browsing.store
        works = store.works([self._work]) if self._work is not None and width > 0 else []
        for work in works:  # none where it was removed meanwhile
            console = self.app.console
            own = [(one.field, one.other, one.kept) for one in differing(store, work)] if work.item else []
            shown = card(work, self._near, own)
            options = console.options.update(width=width, height=None)
            self._lines = console.render_lines(drawn(shown, labels([shown]), console), options, pad=False)
        self.set_line_count(len(self._lines))

    def line(self, place: int, width: int) -> Sequence[Segment]:
        """Return a line of the card."""
        segments = self._lines[place] if place < len(self._lines) else []
        return filled(((segment.text, segment.style) for segment in segments), width, self.base)

    def notify_style_update(self) -> None:
        """Draw in other colours."""
        super().notify_style_update()
        self._draw()

    def on_resize(self) -> None:
        """Draw for another width."""
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """Follow an address."""
        if event.style.link:
            self.post_message(self.Followed(event.style.link))

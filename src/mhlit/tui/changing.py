"""Changes of the library from the browser: ask where several works are meant, make the change, say what it did."""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

from textual.app import SuspendNotSupported
from textual.screen import Screen

from mhlit.errors import MhlitError
from mhlit.model import READING
from mhlit.search.engine import NO_FILTERS
from mhlit.text import printable
from mhlit.tui.asking import ConfirmScreen, Question, Tags, TagScreen
from mhlit.tui.browsing import Browsing
from mhlit.tui.outside import Outside, Told

_SHOWN = 8  # works are named; of more the number
_PATIENCE = 1.0  # seconds before the reader is told that another process keeps the library


class Changing:
    """Changes works for a screen, one change after the other."""

    def __init__(
        self, screen: Screen[None], browsing: Browsing, outside: Outside, renew: Callable[[bool], None]
    ) -> None:
        """Change works of `browsing`; `renew` shows them anew, and is told whether ids may have changed."""
        self._screen = screen
        self._browsing = browsing
        self._outside = outside
        self._renew = renew
        self._under_way = False

    def mark_next(self, works: Sequence[int]) -> None:
        """Give works the mark that comes after that of the first: unread, reading, read."""
        if works:
            now = self._browsing.reading_of(works[0])
            self._mark(works, READING[(READING.index(now) + 1) % len(READING)])

    def star(self, works: Sequence[int]) -> None:
        """Star works; where all are starred, none of them any more."""
        if works:
            starred = self._browsing.store.with_facet("starred", "yes")
            self._mark(works, "unstar" if starred.issuperset(works) else "star")

    def _mark(self, works: Sequence[int], mark: str) -> None:
        act = partial(self._outside.mark, self._browsing.picked(works), mark)
        before, after = ("Mark", f" {mark}") if mark in READING else (mark.capitalize(), "")
        self._begin(self._ask_and_do(self._question(before, works, after), act))

    def tag(self, works: Sequence[int]) -> None:
        """Ask which tags works shall have."""
        if works:
            self._begin(self._ask_for_tags(works))

    async def _ask_for_tags(self, works: Sequence[int]) -> None:
        known = [tag for tag, _ in self._browsing.store.facet_counts("tag", NO_FILTERS)]
        among = frozenset(works)
        own = {tag: many for tag in known if (many := len(among & self._browsing.store.with_facet("tag", tag)))}
        window = TagScreen(self._question("Tag", works), own, known)
        tags: Tags | None = await self._screen.app.push_screen_wait(window)
        if tags:
            await self._do(partial(self._outside.tag, self._browsing.picked(works), tags.given, tags.taken))

    def note(self, work: int | None) -> None:
        """Let the reader write a note on a work in their editor, the screen left to it meanwhile."""
        if work is not None:
            self._begin(self._write_note(work))

    async def _write_note(self, work: int) -> None:
        for one in self._browsing.store.works([work]):
            old = one.item.note if one.item else ""
            new = self._edited(one.key, old)
            if new == old:
                self._say("the note is as it was")
            elif new is not None:
                await self._do(partial(self._outside.note, self._browsing.picked([work]), old, new))

    def _edited(self, key: str, note: str) -> str | None:
        """Return a note as the reader has left it; None where it could not be edited, which is said."""
        new = refusal = None
        try:
            with self._screen.app.suspend():
                try:
                    new = self._outside.edited(key, note)
                except (MhlitError, OSError) as error:  # not to be met by `suspend`, which would not come back
                    refusal = error
                except KeyboardInterrupt:
                    new = note
        except SuspendNotSupported:
            self._say(f"this terminal cannot be left to an editor; mhlit note {key}", wrong=True)
        if refusal:
            self._refused(refusal)
        return new

    def turn(self, back: bool) -> None:
        """Undo the last change of the library, whoever made it, or do again what was undone last."""
        self._begin(self._turn(back))

    async def _turn(self, back: bool) -> None:
        try:
            done = await asyncio.to_thread(self._outside.next_turn, back)
        except (MhlitError, OSError, sqlite3.Error) as error:
            self._refused(error)
            return
        if done is None:
            self._say(f"nothing is left to {'undo' if back else 'do again'}")
            return
        what = f"{'Undo' if back else 'Do again'}: {done.label}"
        when = done.at[:16].replace("T", " ")
        question = Question(f"{what}, {done.works} works, made on {when}", done.works, ())
        await self._ask_and_do(question, partial(self._outside.turn, back, done.id))

    def _question(self, before: str, works: Sequence[int], after: str = "") -> Question:
        rows = self._browsing.store.rows(works[:_SHOWN], ["key", "title"])
        many = "1 work" if len(works) == 1 else f"{len(works)} works"
        return Question(f"{before} {many}{after}", len(works), [(str(key), str(title)) for key, title in rows])

    def _begin(self, change: Coroutine[Any, Any, None]) -> None:
        if self._under_way:
            change.close()
            self._say("one moment: the last change is still being made")
            return
        self._under_way = True
        self._screen.run_worker(self._whole(change), group="change")

    async def _whole(self, change: Coroutine[Any, Any, None]) -> None:
        try:
            await change
        finally:
            self._under_way = False

    async def _ask_and_do(self, question: Question, act: Callable[[], Told]) -> None:
        if question.works < 2 or await self._screen.app.push_screen_wait(ConfirmScreen(question)):
            await self._do(act)

    async def _do(self, act: Callable[[], Told]) -> None:
        """Make a change beside the screen, which another process may keep waiting, and say what it did."""
        waiting = self._screen.set_timer(_PATIENCE, lambda: self._say("waiting for the library …"))
        try:
            told = await asyncio.to_thread(act)
        except (MhlitError, OSError, sqlite3.Error) as error:
            self._refused(error)
        else:
            self._renew(told.moved)
            self._say(told.text)
        finally:
            waiting.stop()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, MhlitError):
            self._say("\n".join(filter(None, (error.message, error.hint))), wrong=True)
        elif isinstance(error, OSError):
            self._say(f"{error.filename or 'the library'}: {error.strerror or error}", wrong=True)
        else:
            self._say(f"the library cannot be read: {error}", wrong=True)

    def _say(self, text: str, wrong: bool = False) -> None:
        lines = "\n".join(map(printable, text.split("\n")))
        self._screen.app.clear_notifications()  # of changes made quickly the last one counts
        self._screen.notify(lines, severity="warning" if wrong else "information", markup=False)

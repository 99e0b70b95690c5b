"""The windows in which the reader is asked before works are changed: whether several shall be, and which tags."""

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Button, Input, Label, Static

from mhlit.text import printable

_BETWEEN = re.compile(r",|\s+(?=[+-])")  # to-read, -todo as well as +to-read -todo


class Question(NamedTuple):
    """What is to be done, and to which works."""

    what: str
    works: int
    first: Sequence[tuple[str, str]]
    """Keys and titles of the first of them."""

    def lines(self) -> Text:
        """Return a line for each of the first works, and how many more there are."""
        text = Text(no_wrap=True, overflow="ellipsis")
        for key, title in self.first:
            text.append(printable(key), "key")
            text.append(f"  {printable(title)}\n")
        left = self.works - len(self.first) if self.first else 0
        text.append(f"and {left} more\n" if left else "")
        text.right_crop(1)
        return text


class ConfirmScreen(ModalScreen[bool]):
    """Show which works would be changed, and ask."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "answer(True)", "Go on", priority=True),
        Binding("escape,n,q", "answer(False)", "Leave it"),
    ]

    def __init__(self, question: Question) -> None:
        """Ask about some works."""
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """Lay out the works and the two answers."""
        with Vertical(classes="window"):
            yield Label(Content(printable(self._question.what)), id="what")
            with VerticalScroll(id="them", can_focus=False):
                yield Static(self._question.lines())
            with Horizontal(id="buttons"):
                yield Button("Go on", id="go", compact=True, variant="primary")
                yield Button("Leave it", id="leave", compact=True)
            yield Static("Enter goes on, Esc leaves all as it is.", id="said")

    @on(Button.Pressed, "#go")
    def _go_on(self) -> None:
        self.dismiss(True)

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.dismiss(False)

    def action_answer(self, answer: bool) -> None:
        """Answer; Enter means the button that is in focus."""
        focused = self.focused
        self.dismiss(answer and not (isinstance(focused, Button) and focused.id == "leave"))


class Tags(NamedTuple):
    """Tags to give and to take away."""

    given: tuple[str, ...]
    taken: tuple[str, ...]


def read_tags(text: str) -> Tags:
    """Return the tags of a line: those with a hyphen before them are to be taken away."""
    words = [word.strip() for word in _BETWEEN.split(text)]
    taken = [word[1:].strip() for word in words if word[:1] == "-"]
    given = [word.removeprefix("+").strip() for word in words if word[:1] != "-"]
    return Tags(tuple(filter(None, given)), tuple(filter(None, taken)))


class TagScreen(ModalScreen[Tags | None]):
    """Ask which tags some works shall have, and no longer have."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Close")]

    def __init__(self, question: Question, own: Mapping[str, int], known: Sequence[str]) -> None:
        """Ask about works that have `own` tags, each with how many have it; `known` are those of the library."""
        super().__init__()
        self._question = question
        self._own = own
        self._known = known

    def compose(self) -> ComposeResult:
        """Lay out what there is and the line to write in."""
        with Vertical(classes="window"):
            yield Label(Content(printable(self._question.what)), id="what")
            with VerticalScroll(id="them", can_focus=False):
                yield Static(self._question.lines())
                yield Static(self._there())
            yield Input(
                placeholder="to-read, cbt, -todo", id="file", compact=True, suggester=_Suggester(self._known, self._own)
            )
            with Horizontal(id="buttons"):
                yield Button("Tag", id="go", compact=True, variant="primary")
                yield Button("Close", id="leave", compact=True)
            yield Static("Commas between tags; -tag takes one away; → completes; Esc leaves.", id="said")

    def _there(self) -> Content:
        several = self._question.works > 1
        own = [f"{tag} ({many})" if several else tag for tag, many in self._own.items()]
        lines = [f"\ntags now: {', '.join(own) or 'none'}"]
        others = [tag for tag in self._known if tag not in self._own]
        lines += [f"in your library: {', '.join(others)}"] if others else []
        return Content("\n".join(map(printable, "\n".join(lines).split("\n"))))

    def on_mount(self) -> None:
        """Begin in the line."""
        self.query_one("#file", Input).focus()

    @on(Input.Submitted)
    @on(Button.Pressed, "#go")
    def _tag(self) -> None:
        tags = read_tags(self.query_one("#file", Input).value)
        if not (tags.given or tags.taken):
            said = self.query_one("#said", Static)
            said.add_class("-wrong")
            said.update(Content("no tag is named; Esc leaves all as it is"))
            return
        self.dismiss(tags)

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Leave with nothing done."""
        self.dismiss(None)


class _Suggester(Suggester):
    """Completes the tag that is being written; one to be taken away from those that are there."""

    def __init__(self, known: Sequence[str], own: Mapping[str, int]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._known = known
        self._own = own

    async def get_suggestion(self, value: str) -> str | None:
        last = _BETWEEN.split(value)[-1].strip()
        sign, start = (last[:1], last[1:]) if last[:1] in ("+", "-") else ("", last)
        among = self._own if sign == "-" else self._known
        longer = (tag for tag in among if start and tag.lower().startswith(start.lower()) and len(tag) > len(start))
        return next((value + tag[len(start) :] for tag in longer), None)

"""The window in which references are cited: in which format or style, and where to."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from mhlit.cite import FORMATS
from mhlit.cite.styles import STYLES
from mhlit.errors import MhlitError
from mhlit.model import Work
from mhlit.text import printable
from mhlit.tui.outside import ByTerminal, Outside

_PREVIEWED = 3  # references
_FILE_HINT = "Enter copies; or a file, such as refs.bib"
_PAUSE = 0.1  # seconds before a form that is passed over is written


class CiteScreen(ModalScreen[str]):
    """Choose a form and a place; gives back what was done and the form, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Close")]
    form = "bibtex"
    """The form chosen last, while the browser runs."""

    def __init__(self, works: Sequence[Work], outside: Outside, by_terminal: ByTerminal) -> None:
        """Cite `works`; `by_terminal` reaches the reader's clipboard."""
        super().__init__()
        self._works = works
        self._outside = outside
        self._by_terminal = by_terminal

    def compose(self) -> ComposeResult:
        """Lay out the forms, what they make of the first works, and where to."""
        with Vertical(classes="window"):
            yield Label(self._heading(), id="what", markup=False)
            with Horizontal(id="choice"):
                yield OptionList(*_options(FORMATS, "formats"), None, *_options(STYLES, "styles"), id="forms")
                with VerticalScroll(id="preview", can_focus=False):
                    yield Static(id="text", markup=False)
            yield Input(placeholder=_FILE_HINT, id="file", compact=True)
            with Horizontal(id="buttons"):
                yield Button("Copy", id="copy", compact=True, variant="primary")
                yield Button("Write file", id="write", compact=True)
                yield Button("Close", id="close", compact=True)
            yield Static(id="said", markup=False)

    def _heading(self) -> str:
        many = "1 work" if len(self._works) == 1 else f"{len(self._works)} works"
        return f"Cite {many} as {(FORMATS | STYLES)[CiteScreen.form][1]}"

    def on_mount(self) -> None:
        """Begin with the form chosen last."""
        forms = self.query_one("#forms", OptionList)
        forms.highlighted = forms.get_option_index(CiteScreen.form)
        forms.focus()

    @on(OptionList.OptionHighlighted)
    def _consider(self, event: OptionList.OptionHighlighted) -> None:
        CiteScreen.form = str(event.option.id)
        self.query_one("#what", Label).update(Content(self._heading()))
        self._preview(CiteScreen.form)

    @work(thread=True, exclusive=True, group="preview")
    def _preview(self, form: str) -> None:
        import time

        worker = get_current_worker()
        time.sleep(_PAUSE)
        if worker.is_cancelled:
            return
        try:
            text = self._outside.references(self._works[:_PREVIEWED], form)
        except (MhlitError, OSError) as error:
            text = _words_of(error)
        lines = "\n".join(printable(line) for line in text.splitlines())
        left = len(self._works) - _PREVIEWED
        lines += f"\n\n… and {left} more" if left > 0 else ""
        if not worker.is_cancelled:
            self.app.call_from_thread(self.query_one("#text", Static).update, Content(lines))

    @on(OptionList.OptionSelected)
    @on(Button.Pressed, "#copy")
    def _to_clipboard(self) -> None:
        self._say("copying …")
        self._copy(CiteScreen.form)

    @work(thread=True, exclusive=True, group="cite")
    def _copy(self, form: str) -> None:
        try:
            text = self._outside.references(self._works, form)
            self._outside.copy(text.rstrip("\n"), self._by_terminal)
        except (MhlitError, OSError) as error:
            self.app.call_from_thread(self._say, _words_of(error), True)
            return
        many = "1 reference" if len(self._works) == 1 else f"{len(self._works)} references"
        self.app.call_from_thread(self._done, f"{many} copied, {form}")

    @on(Input.Submitted)
    @on(Button.Pressed, "#write")
    def _to_file(self) -> None:
        name = self.query_one("#file", Input).value.strip()
        if not name:
            self._say("name a file to write to", wrong=True)
            self.query_one("#file", Input).focus()
            return
        try:
            done = self._outside.save(self._works, CiteScreen.form, Path(name).expanduser())
        except (MhlitError, OSError) as error:
            self._say(_words_of(error), wrong=True)
            return
        self._done(done)

    def _done(self, what: str) -> None:
        doubts = self._outside.doubts(self._works)
        self.dismiss(f"{what}\n{doubts}" if doubts else what)

    def _say(self, text: str, wrong: bool = False) -> None:
        said = self.query_one("#said", Static)
        said.set_class(wrong, "-wrong")
        said.update(Content(printable(text)))

    @on(Button.Pressed, "#close")
    def action_leave(self) -> None:
        """Leave with nothing done."""
        self.dismiss("")


def _options(forms: dict[str, tuple[str, str]], name: str) -> list[Option]:
    """Return forms as options below a heading."""
    return [Option(Content(name), disabled=True), *(Option(Content(form), id=form) for form in forms)]


def _words_of(error: MhlitError | OSError) -> str:
    if isinstance(error, MhlitError):
        return error.message
    return f"{error.filename or 'it'}: {error.strerror or error}"

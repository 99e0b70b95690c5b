"""Asking for `check --online`: until the reader stops it, and what is said then of who did not answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mhlit.cli.asking import asking
from mhlit.model import Entry, Inquiry
from mhlit.text import joined

if TYPE_CHECKING:
    from mhlit.sources.lookup import Questions


class Asked:
    """Asks sources about entries until the reader interrupts it; what is left is then checked without."""

    def __init__(self, questions: "Questions") -> None:
        self._questions = questions
        self.is_stopped = False

    def about(self, entry: Entry) -> Inquiry:
        """Return what is told of an entry; nothing where asking was stopped."""
        try:
            return Inquiry() if self.is_stopped else self._questions.about(entry)
        except KeyboardInterrupt:
            self.is_stopped = True
            return Inquiry()

    def nobody(self) -> str:
        """Return a line that says why nobody answered; empty where somebody did, or nobody had to be asked."""
        failures = self._questions.failures
        if not failures or self._questions.answered:
            return ""
        reasons = dict.fromkeys(failures.values())
        why = joined(list(reasons)) if len(reasons) < 3 else next(iter(reasons))
        return f"no answer from {joined(list(failures))}: {why}; what stands above was found without them"

    def silent(self) -> list[str]:
        """Return a line for each source that did not answer though others did, and one where asking was stopped."""
        told = [
            f"no answer from {name}: {why}; what it knows is missing"
            for name, why in self._questions.failures.items()
            if self._questions.answered
        ]
        if self.is_stopped:
            told.append("stopped; answers are kept, so that the next run goes on from here")
        return told


@contextmanager
def inquiring(wanted: bool, offline: bool, refresh: bool) -> Iterator[Asked | None]:
    """Give whom to ask about what the catalog does not hold; None where nobody is to be asked."""
    if not wanted:
        yield None
        return
    from mhlit.sources.lookup import Questions

    with asking(offline, refresh) as client:
        yield Asked(Questions(client))

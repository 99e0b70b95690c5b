"""Ask several sources one thing: what each found, who was asked, and who could not be; a failure hides no answer."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from mhlit.errors import MhlitError
from mhlit.model import Identifier
from mhlit.sources.source import Answer, Found, Request, Source, Unreadable

_STEPS = 3
"""So often a source may want to be asked again before it gives records."""


class Asks(Protocol):
    """Who speaks to the world: `mhlit.sources.client.Client`."""

    def ask(self, source: Source, request: Request) -> Answer:
        """Return what a source answers. Raises MhlitError where it does not, Unreadable where it is no answer."""


class Failure(NamedTuple):
    """A source that could not be asked, or not understood."""

    source: str
    """Its title, as people write it."""
    reason: str
    absent: bool = False
    """There was no connection at all, as without a network."""


class Told(NamedTuple):
    """What the sources said."""

    found: tuple[Found, ...] = ()
    answered: tuple[str, ...] = ()
    """Titles of the sources that answered, whether they know anything or not."""
    failures: tuple[Failure, ...] = ()

    def joined(self, other: "Told") -> "Told":
        """Return both together, each thing once."""
        return Told(
            tuple(dict.fromkeys((*self.found, *other.found))),
            tuple(dict.fromkeys((*self.answered, *other.answered))),
            tuple(dict.fromkeys((*self.failures, *other.failures))),
        )


def about(client: Asks, identifier: Identifier, sources: Sequence[Source]) -> Told:
    """Ask the sources that hold such identifiers for one."""
    questions = ((one, one.about(identifier)) for one in sources if identifier.scheme in one.schemes)
    return _told(client, [(one, request) for one, request in questions if request])


def titled(client: Asks, title: str, sources: Sequence[Source]) -> Told:
    """Ask the sources that can be searched for works with the words of a title."""
    return _told(client, [(one, one.titled(title)) for one in sources if one.titled])


def _told(client: Asks, questions: Sequence[tuple[Source, Request]]) -> Told:
    found: list[Found] = []
    answered: list[str] = []
    failed: list[Failure] = []
    for source, question in questions:
        try:
            found += _answers(client, source, question)
        except (MhlitError, Unreadable) as error:
            failed.append(Failure(source.title, str(error), getattr(error, "absent", False)))
        else:
            answered.append(source.title)
    return Told(tuple(found), tuple(answered), tuple(failed))


def _answers(client: Asks, source: Source, question: Request | None) -> Sequence[Found]:
    for _ in range(_STEPS):
        if question is None:
            break
        answer = client.ask(source, question)
        if answer.found:
            return answer.found
        question = answer.next
    return ()

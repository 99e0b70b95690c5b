"""What is known while a style renders: what tells works apart, and what the reference at hand has printed so far."""

from typing import Any

INITIALS, WHOLE = 1, 2
"""How a given name is shown where names are short."""

Person = tuple[str, str]
"""Family and given name."""


class State:
    """What is known while the items of one bibliography are rendered."""

    def __init__(self) -> None:
        """Begin with nothing rendered, and nothing that tells works apart."""
        # By the key of a cite: how many names to show at least, and whether the style shall say more of it.
        self.least_names: dict[str, int] = {}
        self.ambiguous: set[str] = set()
        # By the key of a cite, empty for all, and person: INITIALS or WHOLE.
        self.given_names: dict[tuple[str, Person], int] = {}
        self.only_primary = False
        """Whether given names are shown of first authors only."""
        self.begin()

    def begin(self, after: str | None = None) -> None:
        """Forget the reference before, but for the names it began with, which are not to be repeated."""
        self.names_before = after
        self.first_names: str | None = None
        self.called = 0
        """How many variables have been called."""
        self.filled = 0
        """How many of them, and of the macros and groups, had a text."""
        self.rendered: list[str] = []
        """The variables that had a text."""
        self.suppressed: frozenset[str] = frozenset()
        """The variables that have stood in for missing names."""
        self.suffix_shown = False

    def called_with(self, text: Any, *variables: str) -> Any:
        """Note that variables have given a text, or None, and return it."""
        if text:
            self.filled += 1
            self.rendered.extend(variables)
        return text

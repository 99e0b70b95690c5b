"""What a user can do wrong, or what the world can refuse: message, hint, exit code.

Every error that is not a bug of ours is a :class:`MhlitError`. The command line prints it in one
place (``mhlit.cli.app``) as ``mhlit: message`` and ``hint: hint`` and leaves with ``exit_code``.
"""

from collections.abc import Sequence

EXIT_CODES = {
    0: "done",
    1: "nothing found, a key of a document is unknown, errors or warnings found by `check`, works that are twice"
    " left by `dedupe`, or something to do found by `catalog check`, `verify`, `sync` or `stale`",
    2: "the words of the call are off: unknown section, venue, topic, format, style, column, a range that runs"
    " backwards, a query that cannot be read",
    3: "something outside cannot be read, written or reached",
    4: "no such key, or one that means several; nothing is written, but by `add` the others of several identifiers",
    130: "interrupted",
}
"""What the command line says by leaving, as the docs and the man pages have it."""


class MhlitError(Exception):
    """Something outside cannot be read, written or reached (exit code 3), unless a subclass says otherwise."""

    exit_code = 3

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep a one-line message and, where there is a next step, a hint."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(MhlitError):
    """The words of the call are off: unknown section, format, column, a range that runs backwards."""

    exit_code = 2


class NothingFound(MhlitError):
    """The call was right and nothing matches it."""

    exit_code = 1


class KeyProblem(MhlitError):
    """A KEY that names no work, or more than one."""

    exit_code = 4


class InvalidCatalog(MhlitError):
    """Files of a catalog folder that do not follow its rules; `problems` holds one line for each fault."""

    exit_code = 1

    def __init__(self, problems: Sequence[str]) -> None:
        """Keep every problem; the message joins them, one a line."""
        count = len(problems)
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in the catalog\n" + "\n".join(problems))
        self.problems = tuple(problems)

"""Why a search found a work, as text and as JSON. Knows no Rich, so that pipes stay fast."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from mhlit.search.explain import Explanation, Reason

# How each kind of match is said; an exact one goes without saying.
_SAID = {
    "spelling": "written otherwise",
    "form": "another form",
    "acronym": "an acronym or its meaning",
    "synonym": "a synonym",
    "beginning": "a longer word",
    "typo": "a typo",
    "typo-form": "a typo of another form",
}


def reason_lines(explanation: Explanation) -> Iterator[str]:
    """Yield a line for each word of the query: what stands for it in the work, and where."""
    for typed, reasons in groupby(explanation.reasons, key=lambda reason: reason.typed):
        yield f"{typed}: {'; '.join(map(_said, reasons))}"
    if explanation.missing:
        yield f"not held: {', '.join(explanation.missing)}"


def _said(reason: Reason) -> str:
    what = "" if reason.found == reason.typed else f"{reason.found} ({_SAID[reason.kind]}) "
    return f"{what}in {', '.join(reason.fields)}"


def reason_cells(explanation: Explanation) -> tuple[float, str]:
    """Return the score and all reasons in one line."""
    return explanation.score, " | ".join((score_line(explanation), *reason_lines(explanation)))


def reason_object(explanation: Explanation) -> dict[str, Any]:
    """Return the members of the JSON object ``match``."""
    return {
        "score": explanation.score,
        "named": explanation.named,
        "whole": explanation.whole,
        "words": [reason._asdict() | {"fields": list(reason.fields)} for reason in explanation.reasons],
        "missing": list(explanation.missing),
    }


def score_line(explanation: Explanation) -> str:
    """Return how the work stands: ``every word, score 8.41``."""
    if explanation.named:
        return "named by the query"
    held = ""
    if explanation.whole:
        held = "every word, "
    elif explanation.missing:
        held = "in part, "
    elif any(reason.kind.startswith("typo") for reason in explanation.reasons):
        held = "with a typo, "
    return f"{held}score {explanation.score:.2f}"

"""Lists that nobody keeps: whatever stands in a file, it is read to its end, in time that grows with it."""

import random
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mhlit.catalog.drafts import Drafts
from mhlit.catalog.source import Catalog
from mhlit.cli.syncing import synced
from mhlit.formats.readers import marked
from mhlit.formats.readers.outline import read_outline
from tests.catalog.keeping import LISTS
from tests.catalog.shapes import ROWS, SHAPES
from tests.check.listings import markdown

_ITEM = "* **Whispering lamps and made-up sleep {i}** — Zoë Abel *et al.*, ACL 2025. [[link]](https://arxiv.org/abs/2501.{i:05})\n"
LARGE: dict[str, Callable[[int], str]] = {
    "items": lambda n: "".join(_ITEM.format(i=i) for i in range(n)),
    "items below items": lambda n: "".join(" " * (2 * (i % 40)) + _ITEM.format(i=i) for i in range(n)),
    "words below words": lambda n: "".join(" " * (2 * (i % 40)) + f"- item {i} of the list\n" for i in range(n)),
    "sections": lambda n: "".join(f"## Section {i}\n\n{_ITEM.format(i=i)}\n" for i in range(n)),
    "headings": lambda n: "".join(f"### Whispering lamps and sleep {i}\n\n{_ITEM.format(i=i)}\n" for i in range(n)),
    "rows": lambda n: "| Title | Link |\n|---|---|\n" + "".join(f"| Whispering lamps {i} | [x](https://a.b) |\n" for i in range(n)),
    "items of HTML": lambda n: "".join(f"<li>Whispering lamps and sleep {i}</li>" for i in range(n)),
}  # fmt: skip
# Signs that a pattern may try again and again from every place: 200 kB each, read in seconds where time grows with them.
SIGNS = {
    "spaces": "- a title" + " " * 200_000 + "x",
    "tabs": "\t" * 200_000 + "- x",
    "stars": "*" * 200_000,
    "stars and spaces": "* a *" * 40_000,
    "code": "` " * 100_000,
    "bars": "|" * 200_000,
    "brackets": "[" * 100_000 + "a](" * 30_000,
    "quotations": "> " * 100_000,
    "comments": "<!--" * 50_000,
    "summaries": "<summary>" * 20_000,
    "fences": "```\n~~~\n" * 25_000,
    "commas": "- " + ", " * 100_000,
    "initials": "- " + "Abel, Z., " * 20_000,
    "lines below lines": "a\n---\n" * 30_000,
    "labels": "- Authors: a b\n" * 10_000,
    "breaks": "a<br>" * 40_000,
}


def characters(text: str, patch: pytest.MonkeyPatch) -> int:
    """Return how many characters are looked at for markup while a list is read."""
    seen = 0

    class Counting(marked._Builder):
        def copy(self, text: str, start: int, end: int, base: int) -> None:
            nonlocal seen
            seen += end - start
            super().copy(text, start, end, base)

    with patch.context() as patched:
        patched.setattr(marked, "_Builder", Counting)
        read_outline(text)
    return seen


@pytest.mark.parametrize("shape", LARGE)
def test_what_is_looked_at_grows_with_the_list_and_no_faster(shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = (characters(LARGE[shape](many), monkeypatch) for many in (120, 480))
    assert small > 0
    assert large < 4.8 * small


def test_drafts_are_compared_with_few_others(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    titled = Drafts.titled

    def counting(self: Drafts, title: str) -> list[object]:
        found = titled(self, title)
        compared.append(len(found))
        return [*found]

    monkeypatch.setattr(Drafts, "titled", counting)
    text = "## Theory\n\n" + LARGE["items"](300)
    report = synced("-", text.encode("utf-8"), catalog, LISTS[0], date(2026, 12, 1))
    assert len({one.key for one in report.new}) == 300
    assert sum(compared[150:]) < 1.5 * sum(compared[:150]) + 300


@pytest.mark.parametrize("signs", SIGNS)
def test_a_long_run_of_signs_is_read_to_its_end(signs: str) -> None:
    text = f"{SIGNS[signs]}\n\n## Models\n\n{_ITEM.format(i=1)}"
    found = read_outline(text)
    if signs not in ("comments", "fences"):  # which hide all that follows
        assert [line.entry.record.title for line in found.lines if line.entry][-1] == (
            "Whispering lamps and made-up sleep 1"
        )


_MARKS = (
    "\n",
    "  ",
    "- ",
    "## ",
    "**",
    "__",
    "[",
    "](",
    ")",
    "|",
    "`",
    "<li>",
    "<br>",
    "> ",
    "et al.",
    "2025",
    "(",
    "arXiv",
)
_SHAPES = (shape.replace("{", "").replace("}", "") for shape in SHAPES.values())
_PIECES = st.sampled_from((*_SHAPES, *(row for _, row in ROWS.values()), *_MARKS))


@given(st.lists(_PIECES, max_size=25).map("".join))
@settings(max_examples=150)
def test_any_heap_of_pieces_is_read_without_a_fault(text: str) -> None:
    for line in read_outline(text).lines:
        assert line.text == " ".join(line.text.split())


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("seed", range(6))
def test_of_a_damaged_list_hardly_a_line_is_lost(catalog: Catalog, name: str, seed: int) -> None:
    chance = random.Random(f"{name}{seed}")
    text = markdown(catalog, name)
    for _ in range(30):
        at = chance.randrange(len(text))
        sign = chance.choice(["", "\n", "*", "[", ")", "|", "`", "<", "\\", "_", "(("])
        text = text[:at] + sign + text[at + chance.randrange(4) :]
    report = synced("-", text.encode("utf-8"), catalog, name, date(2026, 12, 1))
    wanted = [row for work in catalog.works for row in work.listings if row.list == name]
    assert len(report.known) + len(report.new) + len(report.unread) > 0.9 * len(wanted)
    assert len(report.known) > 0.75 * len(wanted)

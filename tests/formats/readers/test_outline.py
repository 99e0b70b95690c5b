"""Outlines of lists: whatever a file holds, it is read to its end, and every line has its place."""

from hypothesis import given
from hypothesis import strategies as st

from mhlit.formats.readers.awesome import repair
from mhlit.formats.readers.outline import read_outline

PIECES = (
    "# ", "## A section of things\n", "### ", "* ", "  * ", "- [x] ", "1. ", "> ", "| a | title |\n|---|---|\n", "| x y z | w w w |\n",
    "**Whispering lamps and made-up sleep**", " — Zoë Abel *et al.*, ACL 2025. ", "[[paper]](https://arxiv.org/abs/2501.99999)",
    "Abel, Z., & Ng, B. (2025). Lamps of sleep and others. *Journal of Made-Up Things*, *1*(2), 3-4.", "Cite: ", "**Cite**\n",
    "```bibtex\n@misc{a, title={Lamps of sleep}, author={Abel, Z}, year={2025}}\n```\n", "```", "\n", "\n\n", "Authors: Bo Ng, Zoë Abel\n",
    "Venue: ACL 2025\n", '"Lamps of made-up sleep", ', "<h2>A</h2>", "<details><summary>More</summary>", "---\n", "\t", "‚Äî ", "\r\n", "\x1b[31m", "\\", "]", "(", "*",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_list_is_too_strange(text: str) -> None:
    lines = text.count("\n") + text.count("\r") + 1
    outline = read_outline(repair(text)[0])
    assert all(1 <= line.number <= lines for line in outline.lines)
    assert all("\n" not in line.text for line in outline.lines)
    assert all(line.entry is None or line.entry.record.title for line in outline.lines)


@given(st.text(max_size=300))
def test_no_text_is_too_strange(text: str) -> None:
    read_outline(repair(text)[0])


def test_a_line_stands_under_the_headings_above_it() -> None:
    line = "* **Whispering lamps and made-up sleep** — Zoë Abel *et al.*, ACL 2025.\n"
    outline = read_outline(f"A list\n======\n\n{line}\n## One\n\n{line}\n#### Deep\n\n{line}\n<h2>Two</h2>\n\n{line}")
    assert outline.title == "A list"
    assert [one.headings for one in outline.lines] == [
        ("A list",), ("A list", "One"), ("A list", "One", "Deep"), ("A list", "Two")
    ]  # fmt: skip
    assert [one.number for one in outline.lines] == [4, 8, 12, 16]
    assert {one.text for one in outline.lines} == {line[2:].strip()}


def test_a_heading_above_several_lines_is_no_entry() -> None:
    line = "Abel, Z., & Ng, B. (2025). Lamps of {} sleep. *Journal of Made-Up Things*, *1*(2), 3-4.\n\n"
    outline = read_outline("### Lamps of every kind of sleep\n\n" + line.format("good") + line.format("bad"))
    assert [one.heading for one in outline.lines] == ["Lamps of every kind of sleep"] * 2


def test_deeply_nested_items_end() -> None:
    line = "* **Whispering lamps number {} of all** — Zoë Abel *et al.*, ACL 2025.\n"
    outline = read_outline("".join(" " * (2 * depth) + line.format(depth) for depth in range(150)))
    assert len([one for one in outline.lines if one.entry]) == 150

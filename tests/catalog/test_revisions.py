"""Other revisions of the origin lists: the same lines, set otherwise; none is lost, invented or doubled."""

import random
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mhlit.catalog.source import Catalog
from mhlit.cli.syncing import synced
from mhlit.model import Work
from mhlit.text import fold
from tests.catalog.keeping import LISTS, checks, contents, copied
from tests.catalog.keeping import synced as report_of
from tests.catalog.shapes import ABOVE, BELOW, FILES, ROWS, SHAPES, Told, told
from tests.check.listings import listed, markdown
from tests.conftest import Run

# How a line may be set: `title` is the work's, `name` what stands before its colon, `line` the line as listed.
REVISIONS = {
    "bullets": "- {line}\n",
    "numbers": "1. {line}\n",
    "no blank lines": "{line}\n",
    "wrapped": "{wrapped}\n\n",
    "a remark below": "* {line}  \n  Code: [GitHub](https://github.com/made/up)\n",
    "a title above": "* **{title}**\n  * Cite: {line}\n",
    "a heading and a label": "### {title}\n\nSome words about it.\n\nCite: {line}\n\n",
    "a heading and a bold label": "### {title}\n\n**Cite:** {line}\n\n",
    "a heading and a label apart": "#### {title}\n\n**Citation**\n\n{line}\n\n",
    "a heading and code": "### {title}\n\nCite\n```\n{line}\n```\n\n",
    "a linked heading and a quotation": "### [{title}]({url})\n\n> {line}\n\n",
    "a name and items": "### {name}\n\n- About: it does things (2024).\n- Cite: {line}\n- Code: [GitHub](https://github.com/made/up)\n\n",
    "details": "<details><summary>{title}</summary>\n\n{line}\n\n</details>\n\n",
    "rows": "| {line} | x |\n",
}  # fmt: skip


def _set(revision: str, work: Work, line: str) -> str:
    bold = re.match(r"\*\*(.+?)\*\*", line)
    title = bold.group(1) if bold else work.preferred.title
    return REVISIONS[revision].format(
        title=title,
        name=work.preferred.title.partition(":")[0],
        line=line,
        wrapped=line.replace(". ", ".\n", 1),
        url=work.preferred.url or work.preferred.pdf,
    )


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("revision", REVISIONS)
def test_no_line_of_a_revision_is_lost_invented_or_doubled(catalog: Catalog, revision: str, name: str) -> None:
    rows = listed(catalog, name)
    out = {work.key for work, _ in random.Random(revision).sample(rows, 12)}
    there = Catalog(tuple(work for work in catalog.works if work.key not in out), catalog.vocabulary, catalog.synonyms)
    head = "| Paper | Note |\n|---|---|\n" if revision == "rows" else ""
    lines = "".join(_set(revision, work, row.as_listed) for work, row in rows)
    text = f"# {name}\n\n## Things of a section\n\n{head}{lines}\n## License\n\nMIT\n"
    report = synced("-", text.encode("utf-8"), there, name, date(2026, 12, 1))
    assert [one.key for one in report.known] == [work.key for work, _ in rows if work.key not in out]
    assert len(report.new) == len([work for work, _ in rows if work.key in out])
    assert all(one.document for one in report.new)
    assert len({one.key for one in report.new}) == len(out)
    assert (report.unread, report.gone) == ((), ())


def _rows(catalog: Catalog, name: str, seed: str) -> list[tuple[Work, Told]]:
    """Return some works of a list that has each once, with the parts of their listings."""
    rows = [(work, parts) for work, listing in listed(catalog, name) if (parts := told(listing))]
    return random.Random(seed).sample(rows, 12)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("shape", [*SHAPES, *ROWS])
def test_a_listing_is_known_or_new_in_every_shape_and_no_field_of_its_draft_is_invented(
    catalog: Catalog, shape: str, name: str
) -> None:
    rows = _rows(catalog, name, shape)
    out = {work.key for work, _ in rows[::3]}
    there = Catalog(tuple(work for work in catalog.works if work.key not in out), catalog.vocabulary, catalog.synonyms)
    head, row = ROWS.get(shape, ("", SHAPES.get(shape, "")))
    end = "</table>\n" if head.startswith("<table>") else ""
    text = f"# {name}\n\n{ABOVE}## Things\n\n{head}{''.join(parts.set(row) for _, parts in rows)}{end}{BELOW}"
    report = synced("-", text.encode("utf-8"), there, name, date(2026, 12, 1))
    assert [one.key for one in report.known] == [work.key for work, _ in rows if work.key not in out]
    assert report.unread == ()
    documents = [one.document or {} for one in report.new]
    wanted = [parts for work, parts in rows if work.key in out]
    assert [fold(document["title"]) for document in documents] == [fold(parts.title) for parts in wanted]
    for document, parts in zip(documents, wanted, strict=True):
        _is_told(document, parts)


def _is_told(document: dict[str, Any], parts: Told) -> None:
    """Hold that authors, year, venue and links of a draft are those of the listing, or none."""
    table = document.get("record") or document["preprint"]
    families = [name.partition(",")[0].split()[-1] for name in document.get("authors", [])]
    assert all(family in parts.authors for family in families), (families, parts.authors)
    assert len(families) in (0, _many(parts.authors)), (families, parts.authors)
    assert str(table.get("issued", parts.year)).startswith(parts.year)
    said = fold(f"{parts.venue} {parts.year} {parts.line}")
    assert fold(table.get("container_title", "")) in said
    assert {table.get("url", parts.url), table.get("pdf", parts.url)} == {parts.url}


def _many(authors: str) -> int:
    return len(re.findall(r"[^\s,]+(?: [^\s,]+)?, (?:[A-Z]\.[ -]?)+", authors)) or 1


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("change", FILES)
def test_a_file_that_is_saved_or_set_otherwise_has_the_same_listings(catalog: Catalog, change: str, name: str) -> None:
    text = markdown(catalog, name)
    report = synced("-", FILES[change](text), catalog, name, date(2026, 12, 1))
    assert [one.listing.id if one.listing else "" for one in report.known] == [
        row.id for _, row in listed(catalog, name)
    ]
    assert (report.new, report.unread, report.gone) == ((), (), ())


@pytest.mark.parametrize("name", LISTS)
def test_listings_in_another_order_are_the_same_ones(catalog: Catalog, name: str) -> None:
    rows = listed(catalog, name)
    random.Random(name).shuffle(rows)
    text = "## Other things\n\n" + "\n\n".join(row.as_listed for _, row in rows)
    report = synced("-", text.encode("utf-8"), catalog, name, date(2026, 12, 1))
    assert [(one.key, one.listing) for one in report.known] == [(work.key, listing) for work, listing in rows]
    assert (report.new, report.unread, report.gone) == ((), (), ())


def test_a_listing_that_is_worded_anew_is_known_by_how_it_was_listed(catalog: Catalog) -> None:
    text = (
        "## Models\n\n"
        "* **PsyDefConv: Detecting Levels of Psychological Defense Mechanisms in Supportive Conversations**, 2026.\n"
        "* PsyLLM: Integrating Diagnostic and Therapeutic Reasoning with LLMs for Mental Health Counseling"
        " [[paper]](https://arxiv.org/abs/2505.15715)\n"
    )
    report = synced("-", text.encode("utf-8"), catalog, LISTS[1], date(2026, 12, 1))
    assert [one.key for one in report.known] == ["na-etal-2026-never", "hu-etal-2025-beyond"]
    assert (report.new, report.unread) == ((), ())


def test_a_new_work_that_resembles_a_known_one_is_its_own(catalog: Catalog) -> None:
    text = (
        "## Models\n\n"
        "* **SoulChat2.0: Psychological Digital Twins of Made-Up Counselors** — Zoë Abel *et al.*, ACL 2026. [[link]](https://arxiv.org/abs/2612.00001)\n"
        "* **CLPsych 2027 Shared Task: Capturing Made-Up Dynamics from Timelines** — Bo Ng *et al.*, CLPsych 2027. [[link]](https://aclanthology.org/2027.clpsych-1.1/)\n"
        "* **PsyDial Revisited: Made-Up Conversations in the Long Term** — Cy Oe *et al.*, EMNLP 2026. [[link]](https://aclanthology.org/2026.emnlp-main.1/)\n"
    )  # fmt: skip
    report = synced("-", text.encode("utf-8"), catalog, LISTS[1], date(2026, 12, 1))
    assert report.known == ()
    assert [one.document and one.document["authors"] for one in report.new] == [["Abel, Zoë"], ["Ng, Bo"], ["Oe, Cy"]]


@pytest.mark.parametrize("name", LISTS)
def test_what_was_written_of_a_list_of_all_shapes_is_known_ever_after(
    run: Run, catalog: Catalog, tmp_path: Path, name: str
) -> None:
    rows = [(work, parts) for work, listing in listed(catalog, name) if (parts := told(listing))]
    folder = copied(tmp_path, tuple(work.key for work, _ in rows))
    before = contents(folder)
    shapes = [shape for shape in SHAPES.values() if not shape.startswith("<details>")]
    text = f"# {name}\n\n{ABOVE}## Things of a section\n\n"
    text += "\n".join(parts.set(shapes[place % len(shapes)]) for place, (_, parts) in enumerate(rows))
    path = tmp_path / f"{name}.md"
    path.write_text(text + BELOW, encoding="utf-8")
    first = report_of(run, path, folder, "--write")
    assert len({one["key"] for one in first["new"] if one["key"]}) == len(rows)
    assert (first["known"], first["unread"]) == ([], [])
    assert checks(run, folder)
    written = contents(folder)
    assert {name for name, text in before.items() if written[name] != text} == {"sections.toml"}
    again = report_of(run, path, folder, "--write")
    assert (again["new"], again["gone"], again["unread"]) == ([], first["gone"], [])
    assert not any("added" in one for one in again["known"])
    assert contents(folder) == written

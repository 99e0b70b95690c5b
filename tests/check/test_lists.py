"""Lists of papers in the shapes that keepers give them: every work is found in each, and what is right is left alone."""

from collections.abc import Callable

import pytest

from mhlit.catalog.source import Catalog
from mhlit.check.checking import Checked, check_text
from mhlit.check.finding import Severity
from mhlit.cite.styles import STYLES
from mhlit.formats.readers.source import Source
from mhlit.identifiers import url_of
from mhlit.match import Shelf
from mhlit.model import Name, Record
from mhlit.names import family_name
from tests.conftest import Run


def address(record: Record) -> str:
    return record.url or next((url for one in record.identifiers if (url := url_of(one))), record.pdf)


def spoken(name: Name) -> str:
    return name.literal or f"{name.given} {family_name(name)}"


def first(record: Record) -> str:
    name = record.authors[0]
    return (name.literal or family_name(name)) + (" et al." if len(record.authors) > 1 else "")


def everyone(record: Record) -> str:
    return ", ".join(map(spoken, record.authors))


def inverted(record: Record) -> str:
    return ", ".join(name.literal or f"{family_name(name)}, {name.given[0]}." for name in record.authors)


def year(record: Record) -> int:
    return record.issued.year if record.issued else 0


def where(record: Record) -> str:
    return f"{record.venue or 'arXiv'} {year(record)}"


BADGE = "![arXiv](https://img.shields.io/badge/arXiv-red)"
SHAPES: dict[str, Callable[[Record], str]] = {
    "venue first": lambda r: f"- ({where(r)}) {r.title}. [[paper]]({address(r)})\n",
    "venue first in a paragraph": lambda r: f"({where(r)}) {r.title}. [[paper]]({address(r)})\n\n",
    "venue first in brackets": lambda r: f"- [{where(r)}] {r.title} [[paper]]({address(r)})\n",
    "venue first in bold": lambda r: f"- **({where(r)})** [{r.title}]({address(r)})\n",
    "short venue as code": lambda r: f"* `{r.venue or 'arXiv'}'{year(r) % 100}` {r.title} [[paper]]({address(r)})\n",
    "month first": lambda r: f"- [{year(r)}/05] {r.title}. [[paper]]({address(r)}) [[code]](https://github.com/x/y)\n",
    "author and year first": lambda r: f"- [{first(r)}, {year(r)}] {r.title}. [[paper]]({address(r)})\n",
    "link first": lambda r: f"- [[paper]]({address(r)}) {r.title} ({where(r)})\n",
    "commas": lambda r: f"- {r.title}, {first(r)}, {where(r)}. [link]({address(r)})\n",
    "commas and everyone": lambda r: f"- {r.title}, {everyone(r)}, {where(r)}. [link]({address(r)})\n",
    "venue linked": lambda r: f"- {r.title}, {first(r)}, [{where(r)}]({address(r)})\n",
    "stops": lambda r: f"- {r.title}. {everyone(r)}. {where(r)}. [[paper]]({address(r)})\n",
    "dash": lambda r: f"- {r.title} — {everyone(r)}. {where(r)}. [paper]({address(r)})\n",
    "hyphen": lambda r: f"- {r.title} - {first(r)} ({where(r)}) [[paper]]({address(r)})\n",
    "bars": lambda r: f"- {r.title} | {first(r)} | {where(r)} | [paper]({address(r)})\n",
    "quotation marks": lambda r: f'- "{r.title}", {first(r)}, {where(r)}. [[paper]]({address(r)})\n',
    "italics": lambda r: f"- *{r.title}*, {first(r)}, {where(r)}. [[paper]]({address(r)})\n",
    "badge": lambda r: f"* {r.title} [{BADGE}]({address(r)})\n",
    "two badges": lambda r: f"* {r.title} [{BADGE}]({address(r)}) [![Stars](https://x.y/z)](https://github.com/a/b)\n",
    "nothing but a link": lambda r: f"- {r.title} [[paper]]({address(r)})\n",
    "source below": lambda r: f"- {r.title}\n  > Source: {everyone(r)} ({year(r)}), {r.venue}. [link]({address(r)})\n",
    "source below a bold title": lambda r: f"**{r.title}**\n> Source: {everyone(r)}. {where(r)}. {address(r)}\n\n",
    "reference below": lambda r: (
        f"- [{r.title}]({address(r)})\n  > {inverted(r)} ({year(r)}). {r.title}. *{r.container_title or 'arXiv'}*.\n"
    ),
}


def table(*headings: str) -> Callable[[list[Record]], str]:
    cells: dict[str, Callable[[Record], str]] = {
        "Title": lambda r: r.title,
        "Paper": lambda r: f"[{r.title}]({address(r)})",
        "Authors": everyone,
        "Publication": lambda r: r.venue or "arXiv",
        "Venue": lambda r: r.venue or "arXiv",
        "Year": lambda r: str(year(r)),
        "Link": lambda r: f"[link]({address(r)})",
        "Code": lambda _: "[code](https://github.com/a/b)",
    }

    def write(records: list[Record]) -> str:
        rows = ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
        rows += ["| " + " | ".join(cells[one](record) for one in headings) + " |" for record in records]
        return "\n".join(rows) + "\n"

    return write


TABLES = [
    ("Title", "Authors", "Venue", "Year", "Link"),
    ("Year", "Venue", "Title", "Authors", "Link"),
    ("Link", "Year", "Authors", "Title", "Venue"),
    ("Year", "Title", "Publication", "Authors"),
    ("Venue", "Paper", "Code"),
]


def check(text: str, shelf: Shelf, format: str = "markdown") -> Checked:
    return check_text("list", format, Source(text, "utf-8"), [shelf])


def works_of(checked: Checked) -> list[str | None]:
    return [one.work.key if one.work else None for one, _ in checked.references]


def serious(checked: Checked) -> list[tuple[str, str, str]]:
    return [(one.work, one.rule, one.message) for one in checked.findings if one.severity is not Severity.INFO]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_work_is_found_in_a_list_of_every_shape(catalog: Catalog, shelf: Shelf, shape: str) -> None:
    text = "# Papers\n\n" + "".join(SHAPES[shape](work.preferred) for work in catalog.works)
    found = check(text, shelf)
    assert works_of(found) == [work.key for work in catalog.works]
    assert serious(found) == []


@pytest.mark.parametrize("headings", TABLES, ids=" ".join)
def test_every_work_is_found_in_a_table_of_any_order(catalog: Catalog, shelf: Shelf, headings: tuple[str, ...]) -> None:
    found = check(table(*headings)([work.preferred for work in catalog.works]), shelf)
    assert works_of(found) == [work.key for work in catalog.works]
    assert serious(found) == []


@pytest.mark.parametrize("shape", ["commas", "stops", "venue first", "author and year first"])
def test_a_wrong_first_author_or_year_is_found_in_a_list_without_marks(
    catalog: Catalog, shelf: Shelf, shape: str
) -> None:
    record = next(work for work in catalog.works if work.key == "chen-etal-2023-soulchat").preferred
    wrong = record._replace(authors=(Name("Made", "Upton"), *record.authors[1:])) if shape != "venue first" else record
    found = check(SHAPES[shape](wrong).replace(str(year(record)), "2019", 1), shelf)
    assert works_of(found) == ["chen-etal-2023-soulchat"]
    rules = {rule for _, rule, _ in serious(found)}
    assert "wrong-year" in rules
    assert ("wrong-first-author" in rules) == (shape != "venue first")


@pytest.mark.parametrize(
    "prose",
    [
        "- Our data were made as SoulChat's were, see their [paper](https://aclanthology.org/2023.findings-emnlp.83/).\n",
        "- Slides of the talk in March 2024 [here](https://example.org/slides)\n",
        "- Contributions are welcome, please open an [issue](https://github.com/x/y/issues)\n",
        "> Source: the ministry of health, 2024\n",
        "- Large Language Models, Mental Health, Psychology [paper](https://example.org/x)\n",
    ],
)
def test_prose_with_links_makes_no_findings(shelf: Shelf, prose: str) -> None:
    found = check(f"# Notes\n\n{prose}", shelf)
    assert set(works_of(found)) <= {None}
    assert serious(found) == []


@pytest.mark.parametrize("style", ["", *STYLES])
def test_what_cite_writes_for_people_is_read_back(run: Run, catalog: Catalog, shelf: Shelf, style: str) -> None:
    text = run("cite", "--in", "catalog", *(("--style", style) if style else ("--format", "text"))).out
    found = check(text, shelf, "text")
    assert sorted(key or "" for key in works_of(found)) == [work.key for work in catalog.works]
    assert serious(found) == []


# ACL's style leaves out the server and the number of a preprint: which version is meant cannot be told.
@pytest.mark.parametrize("style", ["", *(style for style in STYLES if style != "acl")])
def test_preprints_that_cite_writes_for_people_are_read_back(
    run: Run, catalog: Catalog, shelf: Shelf, style: str
) -> None:
    chosen = (("--style", style) if style else ("--format", "text"))  # fmt: skip
    found = check(run("cite", "--in", "catalog", "--prefer", "preprint", *chosen).out, shelf, "text")
    assert sorted(key or "" for key in works_of(found)) == [work.key for work in catalog.works]
    assert {rule for _, rule, _ in serious(found)} <= {"published-version-exists"}

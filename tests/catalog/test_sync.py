"""Syncing an origin list: no line lost, no field invented, no work doubled, no file touched that need not be."""

import random
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from mhlit.catalog.source import Catalog, read_catalog
from mhlit.likeness.venues import read_venue
from mhlit.model import Work
from mhlit.names import natural
from tests.catalog.keeping import DAY, LISTS, checks, contents, copied, synced, written
from tests.check.listings import listed
from tests.conftest import Run


@pytest.mark.parametrize(("name", "many"), [(LISTS[0], 58), (LISTS[1], 35)])
def test_every_line_of_an_origin_list_is_known(
    run: Run, catalog: Catalog, tmp_path: Path, name: str, many: int
) -> None:
    folder = copied(tmp_path)
    report = synced(run, written(catalog, name, tmp_path), folder)
    assert report["list"] == name
    assert [known["id"] for known in report["known"]] == [listing.id for _, listing in listed(catalog, name)]
    assert len(report["known"]) == many
    assert (report["new"], report["gone"], report["unread"]) == ([], [], [])


def test_known_lines_say_what_they_have_wrong(run: Run, catalog: Catalog, tmp_path: Path) -> None:
    report = synced(run, written(catalog, LISTS[1], tmp_path), copied(tmp_path))
    wrong = {known["key"]: {one["rule"] for one in known["wrong"]} for known in report["known"]}
    assert wrong["sun-etal-2021-psyqa"] == {"wrong-first-author", "placeholder-url"}
    assert sum("placeholder-url" in rules for rules in wrong.values()) == 30


@pytest.mark.parametrize("seed", range(6))
def test_ten_works_taken_out_are_new_and_their_drafts_validate(
    run: Run, catalog: Catalog, tmp_path: Path, seed: int
) -> None:
    out = random.Random(seed).sample(catalog.works, 10)
    folder = copied(tmp_path, tuple(work.key for work in out))
    before = contents(folder)
    lines = {row.as_listed for work in out for row in work.listings}
    for name in LISTS:
        synced(run, written(catalog, name, tmp_path), folder, "--write")
    assert checks(run, folder)
    drafts = [work for work in read_catalog(folder).works if work.provenance.checked == DAY]
    assert len(drafts) == 10
    assert {row.as_listed for work in drafts for row in work.listings} == lines
    assert {path: content for path, content in contents(folder).items() if path in before} == before
    for name in LISTS:
        report = synced(run, tmp_path / f"{name}.md", folder)
        assert (report["new"], report["gone"], report["unread"]) == ([], [], [])


def test_a_draft_holds_what_the_line_says_and_nothing_else(run: Run, catalog: Catalog, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for path in (folder / "works").iterdir():
        path.unlink()
    for name in LISTS:
        synced(run, written(catalog, name, tmp_path), folder, "--write")
    assert checks(run, folder)
    found = read_catalog(folder)
    lines = {(row.list, row.section, row.as_listed) for work in catalog.works for row in work.listings}
    assert {(row.list, row.section, row.as_listed) for work in found.works for row in work.listings} == lines
    assert len(found.works) == len(catalog.works)
    for work in found.works:
        assert work.provenance.status == "listed"
        assert work.provenance.confirmed_by == ("listing",)
        assert not any((work.summary, work.topics, work.resources, work.languages, work.aliases))
        said = " ".join(row.as_listed for row in work.listings)
        for value in _values(work):
            assert value in said, (work.key, value)
        if work.record and work.record.venue:
            assert read_venue(work.record.container_title).series == work.record.venue, work.key


def _values(work: Work) -> list[str]:
    """Return every value of a draft that must stand in the line letter by letter."""
    record = work.preferred
    values = [record.title, record.container_title, record.volume, record.issue, record.pages, record.url, record.pdf]
    values += [str(record.issued.year)] if record.issued else []
    values += [one.value for version in (work.record, work.preprint) if version for one in version.identifiers]
    values += [part for name in record.authors for part in (name.family, name.given)]
    return [value for value in values if value]


def test_a_line_that_is_no_longer_there_is_gone_and_a_new_line_of_a_known_work_is_added(
    run: Run, catalog: Catalog, tmp_path: Path
) -> None:
    folder = copied(tmp_path)
    path = written(catalog, LISTS[0], tmp_path)
    rows = listed(catalog, LISTS[0])
    gone, other = rows[3], next(work for work in catalog.works if all(row.list == LISTS[1] for row in work.listings))
    line = f"Somebody, A. (2025). {other.preferred.title}. *arXiv preprint*. [[PDF]({other.preferred.url})]"
    text = path.read_text(encoding="utf-8").replace(gone[1].as_listed, line)
    path.write_text(text, encoding="utf-8")
    report = synced(run, path, folder)
    assert [one["id"] for one in report["gone"]] == [gone[1].id]
    assert report["new"] == []
    (added,) = [known for known in report["known"] if "added" in known]
    assert added["key"] == other.key
    assert added["added"] == {"id": "A59", "list": LISTS[0], "section": "theory", "as_listed": line}
    before = contents(folder)
    synced(run, path, folder, "--write")
    after = contents(folder)
    changed = [name for name in after if after[name] != before.get(name)]
    assert changed == [f"works/{other.key}.toml"]
    assert checks(run, folder)
    again = synced(run, path, folder)
    assert not any("added" in known for known in again["known"])


# Shapes that a line of a list may have; each is tried on works of the catalog, known and taken out.
SHAPES = {
    "title first": "* **{title}** — {first} et al., {venue} {year}. [[paper]]({url})",
    "authors first": "* {authors}. **{title}**. {venue} {year}. [[paper]]({url})",
    "venue first": "- [{venue} {year}] **{title}** [[paper]]({url}) - {authors}",
    "linked title": "1. [{title}]({url}), {first} et al., {venue} {year}",
    "quoted title": '+ "{title}", {first} et al., {venue} {year}. [link]({url})',
    "slanted title": "* {venue} {year} | *{title}* | {first} et al. | [pdf]({url})",
    "bars": "* {venue} {year} | {first} et al. | {title} | [pdf]({url})",
    "link first": "* [[PDF]({url})] **{title}** ({venue} {year}) {first} et al.",
    "a task": "- [x] **{title}** — {first} et al., {venue} {year}. [[paper]]({url})",
    "a quotation": "> {apa}",
    "numbered": "12. {apa}",
    "a citation": "### {title}\n\nWhat it is about, in a sentence of the keeper's.\n\n**Cite**: {apa}\n",
    "a citation below": "#### {title}\n\n[Code](https://github.com/made-up/code)\n\nCite:\n\n{apa}\n",
    "labelled": "### {title}\n\n- **Authors:** {authors}\n- **Venue:** {venue} {year}\n- **Paper:** [link]({url})\n",
    "labelled item": "* **{title}**\n  * Authors: {authors}\n  * Published in: {venue} {year}\n  * [Paper]({url})",
    "links below": "* **{title}** — {first} et al., {venue} {year}.\n    * [[paper]]({url})\n    * [[code]](https://github.com/made-up/code)",
    "a row": "\n| Year | Title | Authors | Venue | Link |\n|---|---|---|---|---|\n| {year} | {title} | {authors} | {venue} | [link]({url}) |\n",
    "code": "### {title}\n\n```bibtex\n@inproceedings{{x,\n  title = {{{title}}},\n  author = {{{bibtex}}},\n  booktitle = {{{venue}}},\n  year = {{{year}}}\n}}\n```\n",
}  # fmt: skip


def _shaped(shape: str, work: Work) -> str:
    record = work.preferred
    assert record.issued
    names = [natural(name) for name in record.authors]
    apa_names = ", ".join(f"{name.family or name.literal}, {name.given[:1]}." for name in record.authors[:3])
    url = record.url or f"https://doi.org/{record.identifier('doi')}"
    apa = f"{apa_names} ({record.issued.year}). {record.title}. *{record.container_title or 'arXiv'}*. [[PDF]({url})]"
    return SHAPES[shape].format(
        title=record.title,
        first=names[0],
        authors=", ".join(names),
        bibtex=" and ".join(names),
        venue=record.venue or record.server,
        year=record.issued.year,
        url=url,
        apa=apa,
    )


def _list_of(shape: str, works: list[Work]) -> str:
    lines = "\n".join(_shaped(shape, work) for work in works)
    return (
        f"# awesome-ai-mental-health\n\n[Theory](#theory)\n\n## 🧠 Theoretical basis\n\n{lines}\n\n## License\n\nCC0\n"
    )


def _fit(catalog: Catalog) -> list[Work]:
    """Return works whose titles and venues need no care in any shape."""
    plain = re.compile(r"[\w :,?!’'-]+")
    fit = [work for work in catalog.works if plain.fullmatch(work.preferred.title) and work.preferred.issued]
    venues = ("ACL", "EMNLP", "NAACL", "ICML", "ICLR", "AAAI")
    return [work for work in fit if work.record and work.record.venue in venues][:12]


@pytest.mark.parametrize("shape", SHAPES)
def test_lines_of_any_shape_are_known_or_new_and_none_is_lost(
    run: Run, catalog: Catalog, tmp_path: Path, shape: str
) -> None:
    works = _fit(catalog)
    taken = [work for place, work in enumerate(works) if place % 3 == 0]
    assert len(works) == 12
    folder = copied(tmp_path, tuple(work.key for work in taken))
    path = tmp_path / "README.md"
    path.write_text(_list_of(shape, works), encoding="utf-8")
    report = synced(run, path, folder, "--list", LISTS[0], "--write")
    assert [known["key"] for known in report["known"]] == [work.key for work in works if work not in taken]
    assert report["unread"] == []
    assert [one["draft"]["title"] for one in report["new"]] == [work.preferred.title for work in taken]
    for one, work in zip(report["new"], taken, strict=True):
        _is_faithful(one["draft"], work)
    assert report["sections"] == []
    assert checks(run, folder)
    again = synced(run, path, folder, "--list", LISTS[0])
    assert again["new"] == []
    assert len(again["known"]) == 12


def _is_faithful(draft: dict[str, Any], work: Work) -> None:
    record = work.preferred
    assert record.issued
    assert draft["record"]["issued"] == str(record.issued.year)
    first = record.authors[0]
    assert draft["authors"][0].partition(",")[0].split()[-1] == first.family.split()[-1]
    for name in draft["authors"]:
        assert any(name.partition(",")[0].split()[-1] in natural(one) for one in record.authors), name
    assert record.venue in draft["record"]["container_title"] or draft["record"]["container_title"] in (
        record.container_title
    )


def test_a_new_heading_becomes_a_section_and_a_line_below_a_known_one_stays_in_it(
    run: Run, catalog: Catalog, tmp_path: Path
) -> None:
    folder = copied(tmp_path)
    path = tmp_path / "awesome-ai-mental-health.md"
    path.write_text(
        "# A list\n\n## Clinical application\n\n### Sleep\n\n"
        "Abel, Z., & Ng, B. (2025). Whispering lamps and sleep. *Journal of Made-Up Things*, *12*(3), 45-50.\n\n"
        '## "Odd" things\n\n'
        "Ng, B. (2025). Lamps that do not whisper. *Journal of Made-Up Things*, *12*(3), 51-60.\n",
        encoding="utf-8",
    )
    before = (folder / "sections.toml").read_text(encoding="utf-8")
    report = synced(run, path, folder, "--write")
    assert [one["draft"]["listings"][0]["section"] for one in report["new"]] == ["clinical", "odd-things"]
    assert checks(run, folder)
    added = (folder / "sections.toml").read_text(encoding="utf-8")
    assert added.startswith(before)
    assert tomllib.loads(added)["odd-things"] == {
        "list": "awesome-ai-mental-health",
        "title": '"Odd" things',
        "definition": '"Odd" things.',
    }


def test_a_new_work_that_stands_twice_is_drafted_once(run: Run, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    line = "* **Whispering lamps and made-up sleep** — Zoë Abel *et al.*, ACL 2025."
    path = tmp_path / "Awesome-LLMs-for-Counseling.md"
    path.write_text(f"## Datasets\n\n{line}\n\n## Models\n\n{line}\n", encoding="utf-8")
    report = synced(run, path, folder, "--write")
    assert [one["key"] for one in report["new"]] == ["abel-etal-2025-whispering"] * 2
    document = tomllib.loads((folder / "works/abel-etal-2025-whispering.toml").read_text(encoding="utf-8"))
    assert [(row["id"], row["section"]) for row in document["listings"]] == [("B36", "datasets"), ("B37", "models")]
    assert checks(run, folder)


def test_a_line_that_cannot_be_read_is_told_and_not_drafted(run: Run, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    path = tmp_path / "Awesome-LLMs-for-Counseling.md"
    path.write_text(
        "## Models\n\n"
        "* **Whispering lamps and made-up sleep** — Zoë Abel *et al.*, ACL 2025.\n"
        "* **A title and nothing else at all**\n"
        "* SoulChat: https://aclanthology.org/2023.findings-emnlp.83/\n"
        "* Lamp: https://arxiv.org/abs/2501.99999\n\n"
        "Please open a [pull request](https://github.com/made/up/pulls).\n",
        encoding="utf-8",
    )
    report = synced(run, path, folder)
    assert [one["line"] for one in report["unread"]] == [4, 6]
    assert [one["key"] for one in report["known"]] == ["chen-etal-2023-soulchat"]
    assert len(report["new"]) == 1


def test_a_line_that_tells_neither_people_nor_year_is_drafted_without_them(run: Run, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    path = tmp_path / "Awesome-LLMs-for-Counseling.md"
    path.write_text("## Models\n\n* [Whispering lamps and made-up sleep](https://arxiv.org/abs/2501.99999)\n")
    synced(run, path, folder, "--write")
    document = tomllib.loads((folder / "works/anon-2025-whispering.toml").read_text(encoding="utf-8"))
    assert document["preprint"] == {
        "server": "arXiv",
        "arxiv": "2501.99999",
        "url": "https://arxiv.org/abs/2501.99999",
    }
    assert "authors" not in document
    assert document["provenance"]["unconfirmed"] == ["title", "arxiv", "url"]
    assert checks(run, folder)


def test_which_list_it_is_must_be_told_where_nothing_tells(run: Run, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    path = tmp_path / "notes.md"
    path.write_text("* **Whispering lamps and made-up sleep** — Zoë Abel *et al.*, ACL 2025.\n", encoding="utf-8")
    result = run("catalog", "sync", str(path), "--catalog", str(folder))
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("mhlit: which origin list this is cannot be told\nhint: name it with --list: ")
    wrong = run("catalog", "sync", str(path), "--catalog", str(folder), "--list", "awesome-llm-for-counseling")
    assert wrong.code == 2
    assert "did you mean Awesome-LLMs-for-Counseling?" in wrong.err


@pytest.mark.parametrize(
    ("argument", "code", "said"),
    [
        ("https://example.com/README.md", 3, "mhlit is offline, and has no answer that it keeps"),
        ("missing.md", 3, "missing.md: cannot be read"),
        ("empty.md", 3, "no listing was found"),
    ],
)
def test_what_cannot_be_synced_is_said_in_one_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, argument: str, code: int, said: str
) -> None:
    folder = copied(tmp_path)
    monkeypatch.chdir(tmp_path)
    Path("empty.md").write_text("# Nothing\n", encoding="utf-8")
    result = run("catalog", "sync", argument, "--catalog", str(folder))
    assert result.code == code
    assert said in result.err
    assert "Traceback" not in result.err


def test_the_exit_code_says_whether_there_is_something_to_do(run: Run, catalog: Catalog, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    right = [work for work in catalog.works if work.listings[0].list == LISTS[0] and not work.listings[0].errors]
    path = tmp_path / f"{LISTS[0]}.md"
    for other in catalog.works:
        if other not in right:
            (folder / "works" / f"{other.key}.toml").unlink()
    path.write_text("## Theory\n\n" + "\n\n".join(work.listings[0].as_listed for work in right), encoding="utf-8")
    result = run("catalog", "sync", str(path), "--catalog", str(folder))
    assert (result.code, result.err) == (0, f"{LISTS[0]}: {len(right)} known, 0 new, 0 gone\n")
    path.write_text("## Theory\n\n" + "\n\n".join(work.listings[0].as_listed for work in right[1:]), encoding="utf-8")
    assert run("catalog", "sync", str(path), "--catalog", str(folder)).code == 1

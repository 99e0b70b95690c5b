"""Rendering the catalog as Markdown lists: what is written is right by `check`, and known to `sync`."""

from pathlib import Path

import pytest

from mhlit.catalog.source import Catalog
from mhlit.formats.readers.outline import read_outline
from mhlit.formats.writers.awesome import write
from mhlit.match import Shelf, match
from mhlit.model import Status
from tests.catalog.keeping import LISTS, copied, synced
from tests.conftest import Run


@pytest.mark.parametrize("options", [("--list", LISTS[0]), ("--list", LISTS[1]), ()])
def test_a_rendered_list_has_nothing_wrong_and_is_known(run: Run, tmp_path: Path, options: tuple[str, ...]) -> None:
    folder = copied(tmp_path)
    path = tmp_path / "README.md"
    made = run("catalog", "render", "--catalog", str(folder), *options, "-o", str(path))
    assert (made.code, made.out, made.err) == (0, "", f"wrote {path}\n")
    assert run("catalog", "render", "--catalog", str(folder), *options).out == path.read_text(encoding="utf-8")
    checked = run("check", str(path))
    assert checked.code == 0, checked.out
    report = synced(run, path, folder)
    assert report["list"] == (options[1] if options else " and ".join(LISTS))
    assert len(report["known"]) == {(): 88, LISTS[0]: 58, LISTS[1]: 35}[options[1] if options else ()]
    assert (report["new"], report["gone"], report["unread"]) == ([], [], [])
    assert not any(known["wrong"] or "added" in known for known in report["known"])


def test_a_line_bears_every_author_the_venue_and_the_links_and_says_what_is_not_verified(catalog: Catalog) -> None:
    lines = write(catalog.works, catalog.vocabulary["section"], "A list").splitlines()
    assert lines[0] == "# A list"
    assert [line for line in lines if line.startswith("## ")] == [
        f"## {term.title}" for term in catalog.vocabulary["section"]
    ]
    (soulchat,) = [line for line in lines if "SoulChat: Improving" in line]
    assert soulchat == (
        "* **SoulChat: Improving LLMs’ Empathy, Listening, and Comfort Abilities through Fine-tuning with Multi-turn "
        "Empathy Conversations** — Yirong Chen, Xiaofen Xing, Jingkai Lin, Huimin Zheng, Zhenyu Wang, Qi Liu, "
        "Xiangmin Xu, Findings of EMNLP 2023. [[paper]](https://aclanthology.org/2023.findings-emnlp.83/) "
        "[[PDF]](https://aclanthology.org/2023.findings-emnlp.83.pdf) [[preprint]](https://arxiv.org/abs/2311.00273) "
        "[[code]](https://github.com/scutcyr/SoulChat)"
    )
    marked = {work.preferred.title: work.provenance.status for work in catalog.works}
    assert sum(line.endswith("*(partly verified)*") for line in lines) == list(marked.values()).count(Status.PARTIAL)
    assert sum(line.endswith("*(as listed, not verified)*") for line in lines) == list(marked.values()).count(
        Status.LISTED
    )


def test_what_is_written_is_read_back_as_it_was(toy_catalog: Catalog) -> None:
    odd = "Stars * and _lines_, [brackets](x), <b>tags</b>, `code`, a | bar, a\\b & c &amp; d"
    works = [
        work._replace(
            record=work.record
            and work.record._replace(title=f"{odd} {work.key}", url="https://made.up/a_(b)*c*?d=e f"),
            preprint=work.preprint and work.preprint._replace(title=f"{odd} {work.key}"),
        )
        for work in toy_catalog.works
    ]
    text = write(works, toy_catalog.vocabulary["section"], "A *list*")
    outline = read_outline(text)
    assert outline.title == "A *list*"
    assert len(outline.lines) == len([work for work in works if work.listings]) + text.count("Not in a list yet")
    for line in outline.lines:
        assert line.entry
        found = match(line.entry, [Shelf(works)])
        assert found.work
        assert line.entry.record.title == found.work.preferred.title.rstrip(".")
        if found.work.record:
            assert line.entry.record.url == "https://made.up/a_%28b%29%2Ac%2A?d=e%20f"


def test_every_work_and_every_preprint_is_linked(catalog: Catalog) -> None:
    text = write(catalog.works, catalog.vocabulary["section"], "A list")
    for work in catalog.works:
        assert (work.record or work.preferred).url in text
        if work.preprint and (arxiv := work.preprint.identifier("arxiv")):
            assert f"arxiv.org/abs/{arxiv}" in text


@pytest.mark.parametrize(("options", "code"), [(("--list", "no-such-list"), 2), (("-o", "."), 3)])
def test_what_cannot_be_rendered_is_said(run: Run, tmp_path: Path, options: tuple[str, ...], code: int) -> None:
    result = run("catalog", "render", "--catalog", str(copied(tmp_path)), *options)
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith("mhlit: ")

"""`mhlit check --online`: what sources say of entries that the catalog does not hold, and whom it takes to say it."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mhlit.sources.lookup import Questions
from tests.conftest import ROOT, Run
from tests.sources.server import ERROR, Reply, World, as_json, as_xml

TITLE = "QuietBot: A Made-up Study of Listening Machines"
DOI = "10.1000/quiet.1"
RIGHT = f"""@article{{abel2024,
  title = {{{TITLE}}},
  author = {{Abel, Ann and Zhang, Jie}},
  journal = {{Journal of Made-up Health}},
  year = {{2024}},
  volume = {{3}},
  pages = {{12--34}},
  doi = {{{DOI}}},
}}
"""
WRONG = RIGHT.replace("Zhang, Jie", "Nobody, Nell")
PREPRINT = f"""@misc{{abel2024, title = {{{TITLE}}}, author = {{Abel, Ann and Zhang, Jie}}, year = {{2024}},
  eprint = {{2401.00001}}, archiveprefix = {{arXiv}}}}
"""
CATALOGS = """@misc{soulchat, title = {SoulChat: Improving LLMs' Empathy, Listening, and Comfort Abilities through
  Fine-tuning with Multi-turn Empathy Conversations}, eprint = {2311.00273}, archiveprefix = {arXiv}, year = {2023}}"""
MAY_22 = {"date-parts": [[2024, 5, 22]]}


def crossref(**changes: Any) -> dict[str, Any]:
    return {
        "DOI": DOI,
        "type": "journal-article",
        "title": [TITLE],
        "author": [{"family": "Abel", "given": "Ann"}, {"family": "Zhang", "given": "Jie"}],
        "container-title": ["Journal of Made-up Health"],
        "issued": MAY_22,
        "volume": "3",
        "page": "12-34",
        **changes,
    }


def dblp(**changes: Any) -> dict[str, Any]:
    return {
        "info": {
            "type": "Journal Articles",
            "key": "journals/jmuh/AbelZ24",
            "title": f"{TITLE}.",
            "authors": {"author": [{"text": "Ann Abel"}, {"text": "Jie Zhang 0003"}]},
            "venue": "Journal of Made-up Health",
            "year": "2024",
            "volume": "3",
            "pages": "12-34",
            "doi": DOI.upper(),
            "ee": f"https://doi.org/{DOI}",
            **changes,
        }
    }


ARXIV = f"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2401.00001v2</id>
<published>2024-01-02T00:00:00Z</published><title>{TITLE}</title>
<author><name>Ann Abel</name></author><author><name>Jie Zhang</name></author></entry></feed>"""


def tell(
    world: World, *, works: list[Any] | None = None, hits: list[Any] | None = None, doi: Any = None, arxiv: str = ""
) -> None:
    """Let Crossref, DBLP and arXiv know these works; who is not told knows nothing."""
    empty = '<feed xmlns="http://www.w3.org/2005/Atom"></feed>'
    world.tell("crossref", "/works", as_json({"status": "ok", "message": {"items": works or []}}))
    if doi:
        world.tell("crossref", f"/works/{doi['DOI']}", as_json({"status": "ok", "message": doi}))
    world.tell("dblp", "/search/publ/api", as_json({"result": {"hits": {"hit": hits or []}}}))
    world.tell("arxiv", "/api/query", as_xml(empty))
    if arxiv:
        world.tell("arxiv", "/api/query", as_xml(arxiv), id_list="2401.00001")
    world.tell("pubmed", "/entrez/eutils/esearch.fcgi", as_json({"esearchresult": {"idlist": []}}))


@pytest.fixture
def refs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "refs.bib"


def check(run: Run, refs: Path, text: str, *options: str) -> tuple[int, list[dict[str, Any]], dict[str, Any]]:
    refs.write_text(text, encoding="utf-8")
    result = run("check", "refs.bib", "--online", "--json", "--ignore", "unprotected-acronym", *options)
    told = json.loads(result.out)
    Draft202012Validator(json.loads((ROOT / "src/mhlit/schemas/check.json").read_text())).validate(told)
    return result.code, [finding for one in told["references"] for finding in one["findings"]], told


def test_a_right_entry_gets_no_finding_and_nobody_is_asked_who_can_add_nothing(
    run: Run, refs: Path, world: World
) -> None:
    tell(world, doi=crossref())
    code, findings, told = check(run, refs, RIGHT)
    assert (code, findings) == (0, [])
    assert told["summary"]["told"] == 1
    assert told["summary"]["matched"] == 0
    assert (told["references"][0]["work"], told["references"][0]["asked"]) == (DOI, ["Crossref", "PubMed"])
    assert world.paths("crossref") == [f"/works/{DOI}"]
    assert world.paths("dblp") == world.paths("arxiv") == []


def test_works_of_the_catalog_are_not_asked_for(run: Run, refs: Path, world: World) -> None:
    _, _, told = check(run, refs, CATALOGS)
    assert told["references"][0]["work"] == "chen-etal-2023-soulchat"
    assert told["references"][0]["asked"] == []
    assert world.asked == []


def test_an_author_is_wrong_where_two_sources_agree(run: Run, refs: Path, world: World) -> None:
    tell(world, doi=crossref(), hits=[dblp()])
    code, findings, _ = check(run, refs, WRONG)
    assert code == 1
    (finding,) = findings
    assert (finding["rule"], finding["severity"], finding["work"]) == ("wrong-authors", "error", DOI)
    assert finding["message"] == "author 2 is Jie Zhang, not Nell Nobody"
    assert finding["how_known"] == f"Crossref and DBLP have it so, https://doi.org/{DOI}"


def test_one_source_alone_is_no_more_than_info(run: Run, refs: Path, world: World) -> None:
    tell(world, doi=crossref())
    code, findings, _ = check(run, refs, WRONG)
    assert code == 0
    (finding,) = findings
    assert (finding["rule"], finding["severity"], finding["fix"]) == ("wrong-authors", "info", None)
    assert finding["how_known"].startswith("Crossref alone has it so")


def test_what_the_anthology_registers_at_crossref_counts_once(run: Run, refs: Path, world: World) -> None:
    doi = "10.18653/v1/2024.quiet-long.1"
    bib = f"""@inproceedings{{abel-zhang-2024-quietbot, title = "{TITLE}", author = "Abel, Ann and Zhang, Jie",
      booktitle = "Journal of Made-up Health", year = "2024", doi = "{doi}", url = "https://aclanthology.org/2024.quiet-long.1/"}}"""
    tell(world, doi=crossref(DOI=doi))
    world.tell("anthology", "/2024.quiet-long.1.bib", Reply(bib.encode(), type="text/plain"))
    _, findings, told = check(run, refs, WRONG.replace(DOI, doi))
    assert told["references"][0]["asked"][:2] == ["Crossref", "ACL Anthology"]
    assert {(one["rule"], one["severity"]) for one in findings if one["rule"] == "wrong-authors"} == {
        ("wrong-authors", "info")
    }


def test_where_sources_differ_the_entry_is_right_with_any_of_them(run: Run, refs: Path, world: World) -> None:
    other = [{"family": "Abel", "given": "Ann"}, {"family": "Nobody", "given": "Nell"}]
    tell(world, doi=crossref(), hits=[dblp(authors={"author": [{"text": "Ann Abel"}, {"text": "Nell Nobody"}]})])
    assert check(run, refs, WRONG)[1] == []
    tell(world, doi=crossref(author=other), hits=[dblp()])
    assert check(run, refs, RIGHT, "--refresh")[1] == []


def test_a_preprint_that_was_published_is_told(run: Run, refs: Path, world: World) -> None:
    tell(world, arxiv=ARXIV, works=[crossref()], hits=[dblp()])
    code, findings, told = check(run, refs, PREPRINT, "--ignore", "missing-field")
    (finding,) = findings
    assert (finding["rule"], finding["severity"]) == ("published-version-exists", "warning")
    assert finding["message"] == "published since, in Journal of Made-up Health (2024)"
    assert "Crossref and DBLP" in finding["how_known"]
    assert (code, finding["fix"], told["references"][0]["version"]) == (1, "unsafe", "preprint")


def test_a_version_under_another_title_is_found_where_the_preprint_names_it(run: Run, refs: Path, world: World) -> None:
    linked = ARXIV.replace(
        "</author></entry>", f'</author><doi xmlns="http://arxiv.org/schemas/atom">{DOI}</doi></entry>'
    )
    tell(world, arxiv=linked, doi=crossref(title=["Machines That Listen Quietly to People in Need"]))
    (finding,) = check(run, refs, PREPRINT)[1]
    assert (finding["rule"], finding["severity"]) == ("published-version-exists", "info")
    assert finding["message"].endswith("as 'Machines That Listen Quietly to People in Need'")
    assert finding["how_known"].startswith("Crossref alone has it so")


def test_a_preprint_that_nobody_published_is_left_alone(run: Run, refs: Path, world: World) -> None:
    tell(world, arxiv=ARXIV)
    assert check(run, refs, PREPRINT)[:2] == (0, [])
    assert "DBLP" in check(run, refs, PREPRINT)[2]["references"][0]["asked"]


def test_what_nobody_knows_is_a_warning_that_says_who_was_asked(run: Run, refs: Path, world: World) -> None:
    tell(world)
    code, findings, _ = check(run, refs, RIGHT.replace(f"  doi = {{{DOI}}},\n", ""))
    (finding,) = findings
    assert (code, finding["rule"], finding["severity"], finding["line"]) == (1, "not-found-anywhere", "warning", 2)
    assert finding["message"] == "asked Crossref, arXiv, DBLP and PubMed by title: nothing like it"


@pytest.mark.parametrize(
    ("title", "severity"),
    [("Naïve Bots – a “Quiet” Study of Nobody", "warning"), ("安静的机器人 一项 虚构的 研究 报告 之 二", "info")],
)
def test_a_title_in_another_script_is_no_more_than_info(
    run: Run, refs: Path, world: World, title: str, severity: str
) -> None:
    tell(world)
    (finding,) = check(run, refs, RIGHT.replace(f"  doi = {{{DOI}}},\n", "").replace(TITLE, title))[1]
    assert (finding["rule"], finding["severity"]) == ("not-found-anywhere", severity)


def test_a_doi_nobody_knows_is_said_to_have_been_asked_for(run: Run, refs: Path, world: World) -> None:
    tell(world)
    (finding,) = check(run, refs, RIGHT)[1]
    assert finding["message"] == (
        "asked Crossref, PubMed and DataCite by identifier, and Crossref, arXiv, DBLP and PubMed by title: nothing like it"
    )


def test_a_source_that_fails_is_named_and_makes_it_info(run: Run, refs: Path, world: World) -> None:
    tell(world)
    world.tell("dblp", "/search/publ/api", Reply(b"<html>", type="text/html"))
    refs.write_text(RIGHT.replace(f"  doi = {{{DOI}}},\n", ""), encoding="utf-8")
    result = run("check", "refs.bib", "--online", "--ignore", "unprotected-acronym")
    assert result.code == 0
    assert result.out == (
        "refs.bib:2:3: info not-found-anywhere: asked Crossref, arXiv and PubMed by title: nothing like it; "
        "no answer from DBLP (it answers with a web page)\n"
    )
    assert result.err.splitlines() == [
        "no answer from DBLP: it answers with a web page; what it knows is missing",
        "1 reference in 1 file, 0 of works in the catalog, 0 that others know: 0 errors, 0 warnings, 1 info",
    ]


@pytest.mark.parametrize(
    "entry",
    [
        "@book{a, title = {A Whole Book of Quiet Things}, author = {Abel, Ann}, year = {2020}, publisher = {Q}}",
        "@phdthesis{a, title = {A Thesis of Quiet Things}, author = {Abel, Ann}, year = {2020}, school = {Q}}",
        "@misc{a, title = {A Page of Quiet Things}, author = {Abel, Ann}, url = {https://quiet.invalid/}}",
        "@article{a, title = {Editorial}, author = {Abel, Ann}, journal = {Q}, year = {2020}}",
    ],
)
def test_of_what_the_sources_do_not_hold_nothing_is_said(run: Run, refs: Path, world: World, entry: str) -> None:
    tell(world)
    assert [one for one in check(run, refs, entry)[1] if one["rule"] == "not-found-anywhere"] == []


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"author": [{"family": "Roe", "given": "Rae"}], "issued": {"date-parts": [[1999]]}}, "another paper"),
        ({"title": [f"Corrigendum to: {TITLE}"], "DOI": "10.1000/c"}, "corrigendum"),
        ({"type": "dissertation", "DOI": "10.1000/t"}, "thesis"),
        ({"type": "dataset", "DOI": "10.1000/d"}, "data"),
        ({"type": "peer-review", "DOI": "10.1000/r"}, "review"),
        ({"title": ["QuietBot and a Wholly Other Matter in Fields"], "DOI": "10.1000/o"}, "other title"),
    ],
)
def test_a_record_of_something_else_is_not_taken_for_the_work(
    run: Run, refs: Path, world: World, changes: dict[str, Any], why: str
) -> None:
    tell(world, works=[crossref(**changes)])
    _, findings, told = check(run, refs, RIGHT.replace(f"  doi = {{{DOI}}},\n", ""))
    assert [one["rule"] for one in findings] == ["not-found-anywhere"], why
    assert told["references"][0]["work"] is None


def test_invented_authors_of_a_real_title_are_told(run: Run, refs: Path, world: World) -> None:
    tell(world, works=[crossref()], hits=[dblp()])
    entry = WRONG.replace("Abel, Ann", "Made, Up").replace(f"  doi = {{{DOI}}},\n", "")
    _, findings, _ = check(run, refs, entry)
    assert {(one["rule"], one["severity"]) for one in findings} >= {("wrong-first-author", "error")}


def test_a_doi_of_another_paper_is_told_by_who_registers_it(run: Run, refs: Path, world: World) -> None:
    other = crossref(title=["Soil Acidity in Four Alpine Meadows"], author=[{"family": "Roe", "given": "Rae"}])
    tell(world, doi=other, works=[], hits=[])
    _, findings, _ = check(run, refs, RIGHT)
    assert [(one["rule"], one["severity"]) for one in findings] == [("identifier-conflict", "error")]
    assert findings[0]["message"] == (
        f"the DOI {DOI} is that of 'Soil Acidity in Four Alpine Meadows', the title is another"
    )
    assert findings[0]["how_known"].startswith("Crossref alone has it so")


@pytest.mark.parametrize(
    "told",
    [
        ("retraction", "error", "it was retracted, as Crossref tells: https://doi.org/10.1000/notice"),
        ("expression_of_concern", "warning", "its journal has published a concern about it, as Crossref tells:"),
    ],
)
def test_a_retracted_work_is_told(run: Run, refs: Path, world: World, told: tuple[str, str, str]) -> None:
    type, severity, said = told
    tell(world, doi=crossref(**{"updated-by": [{"DOI": "10.1000/notice", "type": type, "source": "publisher"}]}))
    (finding,) = check(run, refs, RIGHT)[1]
    assert (finding["rule"], finding["severity"]) == ("retracted", severity)
    assert finding["message"].startswith(said)


def test_without_a_network_the_rest_is_told_and_the_exit_is_3(
    run: Run, refs: Path, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CROSSREF", "DATACITE", "ARXIV", "DBLP", "PUBMED", "ANTHOLOGY", "OPENREVIEW"):
        monkeypatch.setenv(f"MHLIT_SOURCE_{name}", "http://127.0.0.1:1")
    refs.write_text(RIGHT + "@misc{a, title = {b}", encoding="utf-8")
    result = run("check", "refs.bib", "--online")
    assert result.code == 3
    assert "error syntax" in result.out
    assert "not-found-anywhere" not in result.out
    (line,) = [line for line in result.err.splitlines() if line.startswith("mhlit: ")]
    assert line.startswith("mhlit: no answer from Crossref, PubMed, DataCite, arXiv and DBLP: ")
    assert line.endswith("what stands above was found without them")


def test_offline_only_answers_that_are_kept_are_used(run: Run, refs: Path, world: World) -> None:
    tell(world, doi=crossref(), hits=[dblp()])
    before = check(run, refs, WRONG)
    asked = len(world.asked)
    assert check(run, refs, WRONG, "--offline") == before
    assert len(world.asked) == asked
    refs.write_text(RIGHT.replace(DOI, "10.1000/other").replace("QuietBot", "LoudBot"), encoding="utf-8")
    result = run("check", "refs.bib", "--online", "--offline")
    assert result.code == 3
    assert "mhlit is offline" in result.err


@pytest.mark.parametrize("option", ["--offline", "--refresh"])
def test_how_to_ask_needs_asking(run: Run, refs: Path, option: str) -> None:
    refs.write_text(RIGHT, encoding="utf-8")
    result = run("check", "refs.bib", option)
    assert (result.code, result.err) == (2, f"mhlit: {option} says how to ask, and needs --online\n")


def test_fix_leaves_alone_what_sources_tell_and_unsafe_fixes_mend_what_two_agree_on(
    run: Run, refs: Path, world: World
) -> None:
    tell(world, doi=crossref(), hits=[dblp()])
    refs.write_text(WRONG, encoding="utf-8")
    assert run("check", "refs.bib", "--online", "--fix").code == 1
    assert refs.read_text(encoding="utf-8") == WRONG
    result = run("check", "refs.bib", "--online", "--fix", "--unsafe-fixes", "--select", "wrong-authors")
    assert (result.code, result.out) == (0, "")
    assert "author = {Abel, Ann and Zhang, Jie}" in refs.read_text(encoding="utf-8")


def test_unsafe_fixes_do_not_mend_what_one_source_tells(run: Run, refs: Path, world: World) -> None:
    tell(world, doi=crossref())
    refs.write_text(WRONG, encoding="utf-8")
    run("check", "refs.bib", "--online", "--fix", "--unsafe-fixes", "--select", "wrong-authors")
    assert refs.read_text(encoding="utf-8") == WRONG


def test_interrupted_it_tells_what_it_has(run: Run, refs: Path, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(world, doi=crossref(), hits=[dblp()])
    true = Questions.about
    seen: list[str] = []

    def about(self: Questions, entry: Any) -> Any:
        seen.append(entry.key)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return true(self, entry)

    monkeypatch.setattr(Questions, "about", about)
    refs.write_text("\n".join(WRONG.replace("abel2024", f"abel{n}") for n in range(4)), encoding="utf-8")
    result = run("check", "refs.bib", "--online", "--select", "wrong-authors")
    assert result.code == 130
    assert result.out.count("wrong-authors") == 1
    assert "stopped; answers are kept, so that the next run goes on from here" in result.err
    assert seen == ["abel0", "abel1"]


def test_a_source_that_is_down_is_not_asked_for_every_entry(
    run: Run, refs: Path, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mhlit.sources.manners.sleep", lambda seconds: None)
    tell(world)
    world.tell("arxiv", "/api/query", ERROR)
    entries = (RIGHT.replace(f"  doi = {{{DOI}}},\n", "").replace("QuietBot", f"Quiet{word}") for word in "ABCD")
    refs.write_text("\n".join(entries), encoding="utf-8")
    run("check", "refs.bib", "--online")
    assert len(world.paths("arxiv")) == 6  # two entries, three tries each
    assert len(world.paths("dblp")) == 4


@pytest.mark.parametrize("format", ["text", "github", "sarif"])
def test_every_format_tells_it(run: Run, refs: Path, world: World, format: str) -> None:
    tell(world, doi=crossref(), hits=[dblp()])
    refs.write_text(WRONG, encoding="utf-8")
    result = run("check", "refs.bib", "--online", "--format", format)
    assert "wrong-authors" in result.out
    assert result.code == 1


def test_hostile_records_reach_no_terminal(run: Run, refs: Path, world: World) -> None:
    evil = "\x1b[31mEvil\x07\u202e[red]"
    tell(world, doi=crossref(author=[{"family": evil, "given": evil}]), hits=[])
    refs.write_text(WRONG, encoding="utf-8")
    result = run("check", "refs.bib", "--online")
    assert "\x1b" not in result.out
    assert "\u202e" not in result.out

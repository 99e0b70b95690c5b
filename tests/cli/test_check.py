"""`mhlit check` as it is called: files, folders, standard input, formats, choices, exit codes, mending."""

import json
import os
from pathlib import Path

import pytest

from tests.conftest import Run, run_process

PREPRINT = """% mine
@article{chen2023soulchat,
  title={SoulChat: Improving LLMs' Empathy, Listening, and Comfort Abilities through Fine-tuning with Multi-turn Empathy Conversations},
  author={Chen, Yirong and Xing, Xiaofen and Lin, Jingkai and Zheng, Huimin and Wang, Zhenyu and Liu, Qi and Xu, Xiangmin},
  journal={arXiv preprint arXiv:2311.00273},
  year={2023}
}
"""
FOREIGN = "@misc{roe2020,\n  title = {A Made-up Page},\n}\n"
WRONG = "* **PsyQA: A Chinese Dataset for Generating Long Counseling Text for Mental Health Support** — Junhui Li *et al.*, Findings of ACL 2021. [[link]](https://aclanthology.org/2021.findings-acl.130/)\n"


@pytest.fixture
def refs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "refs.bib").write_text(PREPRINT, encoding="utf-8")
    return tmp_path / "refs.bib"


def test_a_finding_is_one_line_and_says_how_the_truth_is_known(run: Run, refs: Path) -> None:
    result = run("check", "refs.bib", "--select", "published-version-exists")
    line, known = result.out.splitlines()
    assert line == (
        "refs.bib:5:3: warning published-version-exists: published since, in "
        "Findings of the Association for Computational Linguistics: EMNLP 2023 (2023)"
    )
    assert known.startswith("    chen-etal-2023-soulchat: verified 20")
    assert known.endswith("https://aclanthology.org/2023.findings-emnlp.83/")
    assert result.code == 1
    assert result.err == (
        "1 reference in 1 file, 1 of works in the catalog: 0 errors, 1 warning, 0 info; --fix mends 1\n"
    )


def test_nothing_wrong_is_exit_0_and_no_output(run: Run, refs: Path) -> None:
    refs.write_text(FOREIGN, encoding="utf-8")
    result = run("check", "refs.bib")
    assert (result.code, result.out) == (0, "")
    assert result.err.startswith("1 reference in 1 file, 0 of works")


def test_info_alone_is_exit_0(run: Run, refs: Path) -> None:
    assert run("check", "refs.bib", "--ignore", "published-version-exists").code == 0


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        (["--select", "unprotected-acronym"], {"unprotected-acronym"}),
        (["--select", "unprotected-acronym,published-version-exists"], {"unprotected-acronym", "published-version-exists"}),
        (["--ignore", "unprotected-acronym"], {"published-version-exists"}),
        (["--severity", "warning"], {"published-version-exists"}),
        (["--severity", "error"], set()),
    ],
)  # fmt: skip
def test_rules_and_severities_are_chosen(run: Run, refs: Path, options: list[str], rules: set[str]) -> None:
    found = json.loads(run("check", "refs.bib", "--json", *options).out)
    assert {finding["rule"] for one in found["references"] for finding in one["findings"]} == rules


def test_json_lists_every_reference_with_its_work_and_why(run: Run, refs: Path) -> None:
    refs.write_text(PREPRINT + FOREIGN + "@misc{a, title = {b}", encoding="utf-8")
    result = run("check", "refs.bib", "--json")
    found = json.loads(result.out)
    assert found["schema"] == 1
    assert [(one["path"], one["line"], one["key"], one["work"]) for one in found["references"]] == [
        ("refs.bib", 2, "chen2023soulchat", "chen-etal-2023-soulchat"),
        ("refs.bib", 8, "roe2020", None),
        ("refs.bib", 11, "a", None),
    ]
    assert found["references"][0]["why"] == ["arxiv", "title", "authors", "year", "venue"]
    assert found["references"][0]["findings"][-1] == {
        "rule": "published-version-exists",
        "severity": "warning",
        "path": "refs.bib",
        "line": 5,
        "column": 3,
        "key": "chen2023soulchat",
        "work": "chen-etal-2023-soulchat",
        "message": "published since, in Findings of the Association for Computational Linguistics: EMNLP 2023 (2023)",
        "found": "arXiv",
        "true": "https://aclanthology.org/2023.findings-emnlp.83/",
        "how_known": found["references"][0]["findings"][-1]["how_known"],
        "fix": "safe",
    }
    assert [finding["rule"] for finding in found["findings"]] == ["syntax"]
    assert found["summary"] == {
        "files": 1, "references": 3, "matched": 1, "told": 0, "errors": 1, "warnings": 1, "info": 1, "fixable": 1, "fixable_unsafely": 1,
    }  # fmt: skip


def test_github_gets_workflow_commands(run: Run, refs: Path) -> None:
    refs.write_text("@misc{a,\n title = {100% of, it:\n", encoding="utf-8")
    out = run("check", "refs.bib", "--format", "github").out
    assert (
        out == "::error file=refs.bib,line=2,col=10,title=mhlit syntax::the brace that opens 'title' is never closed\n"
    )


def test_sarif_names_rules_places_and_levels(run: Run, refs: Path) -> None:
    log = json.loads(run("check", "refs.bib", "--format", "sarif").out)
    (one,) = log["runs"]
    assert log["version"] == "2.1.0"
    rules = [rule["id"] for rule in one["tool"]["driver"]["rules"]]
    assert {result["ruleId"]: result["level"] for result in one["results"]} == {
        "unprotected-acronym": "note",
        "published-version-exists": "warning",
    }
    for result in one["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"] == {"uri": "refs.bib"}
        assert location["physicalLocation"]["region"]["startLine"] in (3, 5)


def test_a_folder_means_every_bib_below_and_a_pattern_what_fits(run: Run, refs: Path) -> None:
    (refs.parent / "deep" / ".git").mkdir(parents=True)
    for name in ("deep/one.bib", "deep/two.BIB", "deep/list.md", "deep/.git/three.bib"):
        (refs.parent / name).write_text(FOREIGN, encoding="utf-8")
    assert paths(run, "deep") == ["deep/one.bib", "deep/two.BIB"]
    assert paths(run, "**/*.bib") == ["deep/one.bib", "refs.bib"]
    assert paths(run, "refs.bib", ".", "refs.bib") == ["refs.bib", "./deep/one.bib", "./deep/two.BIB", "./refs.bib"]


def paths(run: Run, *names: str) -> list[str]:
    found = [one["path"].replace(os.sep, "/") for one in json.loads(run("check", *names, "--json").out)["references"]]
    return list(dict.fromkeys(found))


def test_standard_input_is_read_and_named(run: Run, refs: Path) -> None:
    assert run("check", "-", stdin=PREPRINT).out.splitlines()[0].startswith("<stdin>:3:3: info unprotected-acronym")
    assert run("check", "-", "--stdin-filename", "list.md", stdin=WRONG).out.startswith(
        "list.md:1:96: error wrong-first"
    )
    assert run("check", "-", stdin=WRONG).out.startswith("<stdin>:1:96: error wrong-first-author")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ('[{"id": "a", "type": "book"}]', "a"),
        ("TY  - JOUR\nID  - r\nTI  - A title\nER  - \n", "r"),
        ("\ufeff@misc{b, title={x}}", "b"),
        ("\\begin{thebibliography}{9}\n\\bibitem{t} Roe, R. (2020). A title of it. A Journal, 3, 1--9.\n\\end{thebibliography}", "t"),
    ],
)  # fmt: skip
def test_what_standard_input_holds_is_told_by_its_beginning(run: Run, refs: Path, text: str, first: str) -> None:
    assert json.loads(run("check", "-", "--json", stdin=text).out)["references"][0]["key"] == first


def test_a_file_that_cannot_be_read_is_exit_3_and_keeps_none_back(run: Run, refs: Path) -> None:
    (refs.parent / "picture.bib").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\xff")
    result = run("check", "absent.bib", "picture.bib", "no*.bib", "refs.bib", "--severity", "warning")
    assert result.code == 3
    assert "refs.bib:5:3: warning" in result.out
    assert "mhlit: absent.bib: cannot be read: No such file or directory" in result.err
    assert "mhlit: picture.bib: is not a text file" in result.err
    assert "mhlit: no*.bib: no file fits this pattern" in result.err


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        ([], "name a file to check", "standard input"),
        (["refs.bib", "--select", "wrong-yaer"], "there is no rule 'wrong-yaer'", "did you mean wrong-year"),
        (["refs.bib", "--severity", "bad"], "there is no severity 'bad'", "error, warning, info"),
        (["refs.bib", "--format", "xml"], "there is no format 'xml'", "text, json, github, sarif"),
        (["refs.bib", "--unsafe-fixes"], "--unsafe-fixes says how to mend", ""),
    ],
)
def test_wrong_words_are_exit_2_with_a_hint(
    run: Run, refs: Path, arguments: list[str], message: str, hint: str
) -> None:
    result = run("check", *arguments)
    assert result.code == 2
    assert message in result.err
    assert hint in result.err


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mhlit.toml", '[check]\nignore = ["unprotected-acronym"]\n'),
        ("pyproject.toml", '[tool.mhlit.check]\nseverity = "warning"\n'),
        ("mhlit.toml", '[check]\nselect = ["published-version-exists"]\n'),
    ],
)
def test_a_project_chooses_its_rules(run: Run, refs: Path, name: str, text: str) -> None:
    (refs.parent / name).write_text(text, encoding="utf-8")
    assert "unprotected-acronym" not in run("check", "refs.bib").out
    assert (
        "unprotected-acronym" in run("check", "refs.bib", "--select", "unprotected-acronym", "--severity", "info").out
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[check]\nselects = []\n", "check has no setting 'selects'"),
        ("[check]\nselect = 'wrong-year'\n", 'select must be like ["wrong-year", "title-case"]'),
        ("[check\n", "mhlit.toml: "),
        ('[check]\nignore = ["wrong-yaer"]\n', "there is no rule 'wrong-yaer'"),
        ("check = 3\n", "check must be a table"),
    ],
)
def test_a_wrong_setting_is_an_error_that_names_it(run: Run, refs: Path, text: str, message: str) -> None:
    (refs.parent / "mhlit.toml").write_text(text, encoding="utf-8")
    result = run("check", "refs.bib")
    assert result.code in (2, 3)
    assert message in result.err


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("% mhlit: ignore", set()),
        ("% mhlit: ignore published-version-exists", {"unprotected-acronym"}),
        ("% mhlit: ignore unprotected-acronym, published-version-exists", set()),
        ("% mhlit: ignore-file unprotected-acronym", {"published-version-exists"}),
        ("% mhlit: ignorant", {"published-version-exists", "unprotected-acronym"}),
    ],
)
def test_a_comment_leaves_an_entry_alone(run: Run, refs: Path, comment: str, left: set[str]) -> None:
    refs.write_text(FOREIGN.replace("misc", "book") + comment + "\n" + PREPRINT, encoding="utf-8")
    found = json.loads(run("check", "refs.bib", "--json").out)["references"]
    assert {finding["rule"] for finding in found[0]["findings"]} == {"missing-field"}
    assert {finding["rule"] for finding in found[1]["findings"]} == left


def test_a_comment_in_a_list_leaves_its_line_alone(run: Run, refs: Path) -> None:
    text = WRONG.rstrip() + " <!-- mhlit: ignore wrong-first-author -->\n" + WRONG.replace("PsyQA", "Psyqa")
    assert [line.split(":")[1] for line in run("check", "-", "--select", "wrong-first-author", stdin=text).out.splitlines() if line[0] != " "] == ["2"]  # fmt: skip


def test_fix_writes_what_is_safe_and_twice_changes_nothing_more(run: Run, refs: Path) -> None:
    result = run("check", "refs.bib", "--fix", "--severity", "warning")
    assert (result.code, result.out) == (0, "")
    assert "1 finding mended" in result.err
    once = refs.read_bytes()
    assert once.startswith(b"% mine\n@inproceedings{chen2023soulchat,\n  title={SoulChat: Improving LLMs' Empathy")
    assert b"eprint={2311.00273}" in once
    assert run("check", "refs.bib", "--fix").code == 0
    assert refs.read_bytes() == once


def test_unsafe_fixes_are_made_when_asked_for(run: Run, refs: Path) -> None:
    assert run("check", "refs.bib", "--fix", "--unsafe-fixes").code == 0
    assert "{SoulChat}: Improving {LLMs}'" in refs.read_text(encoding="utf-8")


def test_diff_shows_and_writes_nothing(run: Run, refs: Path) -> None:
    result = run("check", "refs.bib", "--diff")
    assert result.code == 1
    assert "-@article{chen2023soulchat,\n+@inproceedings{chen2023soulchat,\n" in result.out
    assert refs.read_text(encoding="utf-8") == PREPRINT


def test_standard_input_mended_goes_to_standard_output(run: Run, refs: Path) -> None:
    result = run("check", "-", "--fix", stdin=PREPRINT)
    assert result.out.startswith("% mine\n@inproceedings{chen2023soulchat,")
    assert "<stdin>:3:3: info unprotected-acronym" in result.err
    assert run("check", "-", "--fix", "--stdin-filename", "a.md", stdin=WRONG).out == WRONG


def test_a_file_that_cannot_be_written_is_left_and_named(run: Run, refs: Path) -> None:
    refs.chmod(0o444)
    result = run("check", "refs.bib", "--fix")
    assert result.code == 3
    assert "read-only" in result.err
    assert refs.read_text(encoding="utf-8") == PREPRINT


def test_documents_are_compared_with_the_bibliography(run: Run, refs: Path) -> None:
    refs.write_text(PREPRINT + FOREIGN, encoding="utf-8")
    (refs.parent / "paper.tex").write_text(
        "See \\citet[p.~3]{chen2023soulchat}, \\cite{absent} % \\cite{hidden}\n\\input{part}\n", encoding="utf-8"
    )
    (refs.parent / "part.tex").write_text("\\begin{verbatim}\n\\cite{shown}\n\\end{verbatim} \\parencites{Roe2020}{qi-etal-2025-kokorochat}", encoding="utf-8")  # fmt: skip
    result = run("check", "refs.bib", "--tex", "paper.tex", "--select", "unknown-key,unused-entry")
    assert result.code == 1
    assert result.out.splitlines() == [
        "paper.tex:1:43: error unknown-key: absent is in no bibliography",
        "part.tex:3:28: warning unknown-key: Roe2020 is written roe2020 in the bibliography; biber tells them apart",
        "part.tex:3:37: error unknown-key: qi-etal-2025-kokorochat is in no bibliography; "
        "mhlit cite qi-etal-2025-kokorochat writes it",
    ]


def test_a_key_of_the_readers_library_is_known_and_its_record_is_no_truth(
    run: Run, refs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MHLIT_LIBRARY", str(refs.parent / "own.sqlite"))
    own = refs.parent / "own.bib"
    own.write_text("@article{mine2020, title = {A study of lamps}, author = {Doe, Jane}, year = 2020}\n")
    assert run("import", str(own)).code == 0
    refs.write_text("@article{other, title = {A study of lamps}, author = {Doe, Jane}, year = 1999}\n")
    before = run("check", "refs.bib")
    (refs.parent / "paper.tex").write_text("\\cite{mine2020,other}", encoding="utf-8")
    found = run("check", "refs.bib", "--tex", "paper.tex")
    line = "paper.tex:1:7: error unknown-key: mine2020 is in no bibliography; "
    assert found.out == f"{line}it is in your library: mhlit cite mine2020 writes it\n{before.out}"
    assert "1999" not in found.out  # only the catalog's confirmed fields make findings


def test_everything_is_used_by_nocite_all_and_nothing_by_nobody(run: Run, refs: Path) -> None:
    for text, lines in (("\\nocite{*}", 0), ("Nothing.", 1), ("\\nocite{chen2023soulchat}", 0)):
        (refs.parent / "paper.tex").write_text(text, encoding="utf-8")
        result = run("check", "refs.bib", "--tex", "paper.tex", "--select", "unused-entry")
        assert (result.code, len(result.out.splitlines())) == (0, lines)


def test_the_rules_are_listed(run: Run) -> None:
    lines = run("check", "--rules").out.splitlines()
    assert "wrong-first-author\terror\tThe first author is another person than the record's." in lines


def test_terminal_escapes_of_a_file_reach_no_screen(run: Run, refs: Path) -> None:
    refs.write_text("@misc{a\x1b[31m, url = {https://arxiv.org/abs/XXXX.XXXXX\x1b]0;x\x07}}", encoding="utf-8")
    for options in ([], ["--format", "github"], ["--diff"]):
        result = run("check", "refs.bib", *options)
        assert "\x1b" not in result.out + result.err


def test_it_runs_as_a_process_of_its_own(refs: Path) -> None:
    result = run_process("check", str(refs), "--severity", "warning")
    assert result.code == 1
    assert "published-version-exists" in result.out

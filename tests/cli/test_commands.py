"""Every command in a pipe: what goes to stdout, what to stderr, and the exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mhlit.catalog.source import Catalog
from mhlit.cite import FORMATS
from mhlit.cli.app import COMMANDS
from mhlit.document import encode_work
from mhlit.store.reading import COLUMNS
from tests.conftest import Run, run_process


class TestTheOwnersExamples:
    def test_search_empathy(self, run: Run) -> None:
        code, out, err = run("search", "empathy")
        assert (code, err) == (0, "")
        lines = [line.split("\t") for line in out.splitlines()]
        assert len(lines) == 9
        assert all(len(line) == 6 for line in lines)
        assert lines[0][:5] == [
            "chen-etal-2024-emotionqueen",
            "EmotionQueen: A Benchmark for Evaluating Empathy of Large Language Models",
            "Chen et al.",
            "Findings of ACL",
            "2024",
        ]

    def test_list_section_datasets(self, run: Run) -> None:
        code, out, err = run("list", "--section", "datasets")
        assert (code, err) == (0, "")
        assert len(out.splitlines()) == 12
        assert "qiu-lan-2025-psydial\tPsyDial: A Large-scale Long-term" in out

    def test_cite_format_bibtex(self, run: Run) -> None:
        code, out, err = run("cite", "--format", "bibtex")
        assert code == 0
        assert sum(line.startswith("@") for line in out.splitlines()) == 88
        assert "9 records not fully verified" in err


class TestList:
    def test_json_gives_every_work_with_every_field(self, run: Run, catalog: Catalog) -> None:
        members = json.loads(run("list", "--json").out)
        assert members["schema"] == 1
        assert [one["key"] for one in members["works"]] == [work.key for work in catalog.works]
        for one, work in zip(members["works"], catalog.works, strict=True):
            document = {name: value for name, value in one.items() if name not in ("key", "year", "venue")}
            assert document == encode_work(work)
            assert work.preferred.issued
            assert one["year"] == work.preferred.issued.year

    @pytest.mark.parametrize(
        ("section", "many"), [("theory", 12), ("technology", 39), ("clinical", 7), ("datasets", 12), ("models", 23)]
    )
    def test_sections_have_their_works(self, run: Run, section: str, many: int) -> None:
        assert len(run("list", "--section", section, "--keys").out.splitlines()) == many

    def test_a_venue_is_not_the_findings_of_it(self, run: Run) -> None:
        assert len(run("list", "--venue", "acl", "--keys").out.splitlines()) == 17
        assert len(run("list", "--venue", "findings-of-ACL", "--keys").out.splitlines()) == 9
        assert len(run("list", "--venue", "ACL", "--venue", "Findings of ACL", "--keys").out.splitlines()) == 26

    def test_a_value_may_be_given_by_its_meaning(self, run: Run) -> None:
        assert run("list", "--language", "Japanese", "--keys").out == "qi-etal-2025-kokorochat\n"
        assert len(run("list", "--venue", "The ACM Web Conference", "--keys").out.splitlines()) == 2

    def test_columns_header_sort_reverse_and_limit(self, run: Run) -> None:
        result = run("list", "--columns", "year,key", "--header", "--sort", "year", "--reverse", "--limit", "1")
        assert result.out == "year\tkey\n2016\talthoff-etal-2016-large\n"

    def test_every_column_can_be_shown(self, run: Run) -> None:
        lines = run("list", "--columns", ",".join(COLUMNS)).out.splitlines()
        assert len(lines) == 88
        assert {line.count("\t") for line in lines} == {len(COLUMNS) - 1}

    def test_groups_begin_each_line_and_stand_in_json(self, run: Run) -> None:
        lines = run("list", "--group-by", "section", "--keys").out.splitlines()
        assert len(lines) == 93
        assert lines[0] == "theory\tbouguettaya-etal-2025-racial"
        members = json.loads(run("list", "--group-by", "year", "--json").out)
        assert [group["value"] for group in members["groups"]][:2] == ["2026", "2025"]
        assert len(members["works"]) == 88

    def test_the_whole_list_survives_a_reader_that_leaves(self) -> None:
        command = f"{sys.executable} -m mhlit list | head -1"
        finished = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True)
        assert finished.stderr == ""
        assert finished.returncode == 0
        assert finished.stdout.startswith("althoff-etal-2016-large\t")


class TestSearch:
    def test_nothing_found_is_one_line_on_stderr_and_exit_1(self, run: Run) -> None:
        assert run("search", "qwzx") == (1, "", "mhlit: nothing found for 'qwzx'\n")

    def test_nothing_found_in_json_is_an_empty_object(self, run: Run) -> None:
        result = run("search", "qwzx", "--json")
        assert result.code == 1
        assert json.loads(result.out) == {"schema": 1, "query": "qwzx", "found": 0, "works": []}

    def test_keys_feed_cite(self, run: Run) -> None:
        keys = run("search", "empathy", "--keys").out
        code, out, _ = run("cite", "-", "--format", "bibtex", stdin=keys)
        assert code == 0
        assert [line[line.index("{") + 1 : -1] for line in out.splitlines() if line.startswith("@")] == keys.split()

    def test_words_are_one_query(self, run: Run) -> None:
        assert run("search", "kokoro", "chat", "--keys").out == "qi-etal-2025-kokorochat\n"

    def test_limit_and_filters_narrow(self, run: Run) -> None:
        result = run("search", "counseling", "--section", "datasets", "--year", "2025..", "-n", "2", "--json")
        members = json.loads(result.out)
        assert len(members["works"]) == 2
        assert members["found"] > 2
        assert all(one["year"] >= 2025 for one in members["works"])


class TestShow:
    @pytest.mark.parametrize(
        ("key", "title"),
        [
            ("soulchat", "SoulChat: "),
            ("10.18653/v1/2024.acl-long.227", "Multi-Level Feedback Generation"),
            ("arXiv:2309.13567v2", "MentaLLaMA: "),
            ("https://aclanthology.org/2025.acl-long.608.pdf", "KokoroChat: "),
        ],
    )
    def test_a_work_is_shown_by_any_name(self, run: Run, key: str, title: str) -> None:
        code, out, err = run("show", key)
        assert (code, err) == (0, "")
        assert out.startswith(f"Title\t{title}")

    def test_a_card_says_all_there_is(self, run: Run) -> None:
        out = run("show", "reuben").out
        for said in (
            "Key\treuben-etal-2025-assessment  verified 2026-11-21",
            "Published\tProceedings of the 63rd Annual Meeting",
            "pages 2433–2444",
            "DOI 10.18653/v1/2025.acl-long.121",
            "Preprint\tarXiv, 2024",
            "Preprint\tby Maor Reuben, Ortal Slobodin, Idan-Chaim Cohen, Aviad Elyshar",
            "Links\tPDF  https://aclanthology.org/2025.acl-long.121.pdf",
            "Topics\tpsychometrics, anxiety, depression",
            "Offers\tmethod, evaluation",
            "Listed in\tawesome-ai-mental-health, technology, listing A18",
            "Listed in\tyear: 2024 → 2025 (version of record)",
            "Also\treuben-etal-2024-assessment",
            "Mistake?\tcorrect catalog/works/reuben-etal-2025-assessment.toml",
        ):
            assert said in out

    def test_a_record_that_is_not_verified_says_so(self, run: Run) -> None:
        partial, listed = run("show", "timelymed").out, run("show", "thirunavukarasu").out
        assert "partly verified" in partial
        assert "not confirmed: editors, pdf, publisher, venue" in partial
        assert "as listed, not verified" in listed

    def test_several_works_and_keys_from_stdin(self, run: Run) -> None:
        members = json.loads(run("show", "magi", "-", "magi", "--json", stdin="soulchat\nkmi\n").out)
        assert [one["key"].split("-")[0] for one in members["works"]] == ["bi", "chen", "kim"]

    def test_an_unknown_key_is_exit_4_with_the_nearest(self, run: Run) -> None:
        result = run("show", "solchat")
        assert (result.code, result.out) == (4, "")
        assert result.err == ("mhlit: no work is known as 'solchat'\nhint: did you mean chen-etal-2023-soulchat?\n")

    def test_an_ambiguous_name_is_exit_4_with_the_candidates(self, run: Run) -> None:
        result = run("show", "psydial")
        assert (result.code, result.out) == (4, "")
        assert "han-etal-2024-psydial" in result.err
        assert "qiu-lan-2025-psydial" in result.err


class TestCite:
    def test_a_published_work_keeps_its_arxiv_id(self, run: Run) -> None:
        out = run("cite", "soulchat").out
        assert "booktitle = {Findings of the Association for Computational Linguistics: EMNLP 2023}" in out
        assert "eprint = {2311.00273}" in out

    def test_a_doubtful_record_says_so_where_no_style_prints_it(self, run: Run) -> None:
        result = run("cite", "timelymed")
        assert "annote = {mhlit: record partly verified; unconfirmed: editors, pdf, publisher, venue}" in result.out
        assert "note =" not in result.out.replace("annote =", "")
        assert result.err == "mhlit: 1 record not fully verified: chen-etal-2025-timelymed\n"
        (item,) = json.loads(run("cite", "timelymed", "-f", "csl-json").out)
        assert item["custom"]["annotation"].startswith("mhlit: record partly verified")

    def test_filters_select_what_is_cited(self, run: Run) -> None:
        assert run("cite", "--section", "clinical").out.count("\n@") == 6

    def test_the_traps_of_the_data_are_written_right(self, run: Run) -> None:
        assert "title = {{PATIENT}-{$\\psi$}: Using" in run("cite", "patient-psi").out
        assert "pages = {e2321321121}" in run("cite", "hur-etal").out
        assert "O{\\textquoteright}Logbon, J." in run("cite", "thirunavukarasu").out
        assert "van Roessel, Peter J." in run("cite", "kim2025optimizing").out
        assert "{ReflectiVE} Rewriting for {MotiVational} {IntErviewing}" in run("cite", "verve").out
        assert "doi = {10.1162/tacl_a_00111}" in run("cite", "althoff").out
        (hur,) = json.loads(run("cite", "hur-etal", "-f", "csl-json").out)
        assert (hur["page"], hur["number"]) == ("e2321321121", "e2321321121")

    def test_formats_are_listed(self, run: Run) -> None:
        assert [line.split("\t")[0] for line in run("cite", "-f", "list").out.splitlines()] == list(FORMATS)


class TestOpen:
    @pytest.mark.parametrize(
        ("arguments", "url"),
        [
            (["soulchat"], "https://aclanthology.org/2023.findings-emnlp.83/"),
            (["soulchat", "--pdf"], "https://aclanthology.org/2023.findings-emnlp.83.pdf"),
            (["soulchat", "--code"], "https://github.com/scutcyr/SoulChat"),
            (["timelymed"], "https://www.ijcai.org/proceedings/2025/1252.pdf"),
            (["tomato", "--pdf"], "https://arxiv.org/pdf/2501.08838"),
        ],
    )
    def test_in_a_pipe_the_address_is_given(self, run: Run, arguments: list[str], url: str) -> None:
        assert run("open", *arguments) == (0, f"{url}\n", "")

    def test_what_is_not_known_is_said(self, run: Run) -> None:
        result = run("open", "kmi", "--code")
        assert (result.code, result.err.splitlines()[0]) == (1, "mhlit: no code is known of kim-etal-2025-kmi")


class TestFacets:
    def test_one_facet_with_counts_and_meanings(self, run: Run) -> None:
        lines = run("facets", "section").out.splitlines()
        assert lines[0] == "technology\t39\tTechnological development."
        assert len(lines) == 5

    def test_authors_are_called_as_they_call_themselves(self, run: Run) -> None:
        lines = run("facets", "author").out.splitlines()
        assert lines[0] == "John Torous\t5\t"
        assert "Sandra Mitrović\t1\t" in lines
        assert [line for line in lines if line.islower()] == []
        grouped = run("list", "--group-by", "author", "--author", "mitrovic", "--keys").out
        assert "Sandra Mitrović\tmitrovic-etal-2024-comparing\n" in grouped

    def test_all_facets_as_json_and_narrowed_by_filters(self, run: Run) -> None:
        rows = json.loads(run("facets", "--json", "--section", "clinical").out)["facets"]
        assert sum(row["count"] for row in rows if row["facet"] == "venue") == 7
        assert {row["facet"] for row in rows} >= {
            "section",
            "list",
            "venue",
            "year",
            "topic",
            "resource",
            "status",
            "has",
        }


class TestNames:
    def test_a_format_and_a_style_may_be_written_as_they_are_called(self, run: Run) -> None:
        assert run("cite", "soulchat", "--style", "APA", "--in-text").out == "(Chen et al., 2023)\n"
        assert run("cite", "soulchat", "--format", "BibTeX").out.startswith("@inproceedings{chen-etal-2023-soulchat,")
        assert run("list", "--sort", "Year", "--keys").code == 0

    def test_an_identifier_that_nobody_knows_can_be_asked_for(self, run: Run) -> None:
        assert run("show", "10.1000/made").err == (
            "mhlit: no work is known as '10.1000/made'\nhint: mhlit add 10.1000/made asks the world for it\n"
        )

    def test_words_without_a_command_are_sent_to_search(self, run: Run) -> None:
        assert run("loneliness").err.endswith("hint: mhlit --help names them; mhlit search WORDS finds works\n")


class TestInfo:
    def test_it_counts_and_dates_the_catalog(self, run: Run) -> None:
        facts = json.loads(run("info", "--json").out)
        assert (facts["works"], facts["verified"], facts["partly_verified"], facts["listed_only"]) == (88, 79, 8, 1)
        assert facts["catalog_date"] == "2026-11-21"
        assert "version\t0.1.0" in run("info").out

    def test_it_says_where_the_library_is(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        file = tmp_path / "library.sqlite"
        monkeypatch.setenv("MHLIT_LIBRARY", str(file))
        assert f"library\t{file} (none yet)\n" in run("info").out
        run("add", "soulchat")
        assert f"library\t{file}\n" in run("info").out
        assert json.loads(run("info", "--json").out)["library"] == str(file)


USAGE = [
    (["list", "--section", "dataset"], "there is no section 'dataset'", "did you mean datasets?"),
    (["list", "--section", "qwzx"], "there is no section 'qwzx'", "section is one of theory, technology, clinical"),
    (["list", "--venue", "find of acl"], "there is no venue 'find of acl'", "did you mean Findings of ACL"),
    (["list", "--topic", "empathi"], "there is no topic 'empathi'", "did you mean empathy"),
    (["list", "--topic", "qwzx"], "there is no topic 'qwzx'", "mhlit facets topic lists the values"),
    (["search", "x", "--status", "verifed"], "there is no status 'verifed'", "did you mean verified?"),
    (["cite", "--has", "pdfs"], "there is no has 'pdfs'", "did you mean pdf?"),
    (["list", "--year", "2025..2023"], "the range of years runs backwards: '2025..2023'", "write 2024, 2023..2025"),
    (["list", "--year", "abc"], "not a year or a range of years: 'abc'", "write 2024"),
    (["cite", "--format", "bibtx"], "there is no format 'bibtx'", "did you mean bibtex?"),
    (["cite", "--format", "qwzx"], "there is no format 'qwzx'", "formats: bibtex, biblatex, csl-json, ris"),
    (["list", "--sort", "yaer"], "there is no order 'yaer'", "did you mean year?"),
    (["list", "--columns", "key,titel"], "there is no column 'titel'", "did you mean title?"),
    (["list", "--group-by", "sction"], "there is no facet 'sction'", "did you mean section?"),
    (["facets", "topc"], "there is no facet 'topc'", "did you mean topic?"),
    (["list", "--in", "shelf"], "there is no scope 'shelf'", "scopes: catalog, library, all"),
    (["show"], "missing KEY", "mhlit show soulchat"),
    (["open", "kmi", "--pdf", "--code"], "--pdf and --code exclude each other", ""),
    (["search"], "missing QUERY", "mhlit search empathy"),
    (["list", "--foo"], "no such option: --foo", "mhlit list --help"),
    (["list", "--limit", "0"], "invalid value for '--limit' / '-n': 0 is not in the range x>=1", "mhlit list --help"),
    (["lst"], "no such command 'lst'. Did you mean 'list'?", "mhlit --help"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "message", "hint"), USAGE, ids=lambda value: str(value)[:40])
def test_wrong_words_are_exit_2_with_one_line_and_a_hint(
    run: Run, arguments: list[str], message: str, hint: str
) -> None:
    result = run(*arguments)
    assert (result.code, result.out) == (2, "")
    said = result.err.splitlines()
    assert said[0] == f"mhlit: {message}"
    assert len(said) == (2 if hint else 1)
    assert hint == "" or said[1].startswith(f"hint: {hint}")


def test_an_author_nobody_is_called_is_nothing_found_with_a_suggestion(run: Run) -> None:
    result = run("list", "--author", "sharme")
    assert (result.code, result.out) == (1, "")
    assert "no author is called 'sharme'; did you mean sharma" in result.err


def test_no_library_yet_is_said(run: Run) -> None:
    result = run("list", "--in", "library")
    assert result.code == 1
    assert result.err.startswith("mhlit: you have no library yet\n")


def test_help_of_every_command_needs_nothing(run: Run) -> None:
    for command in COMMANDS:
        result = run(command, "--help")
        assert result.code == 0
        assert result.out.startswith(f"Usage: mhlit {command}")
    assert "search" in run("--help").out


def test_version_is_answered_at_once() -> None:
    assert run_process("--version").out == "mhlit 0.1.0\n"
    assert run_process("-V").out == "mhlit 0.1.0\n"


ODD_WORLDS = {
    "C locale": {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "ASCII streams": {"PYTHONIOENCODING": "ascii:strict"},
    "no home": {"HOME": "/nonexistent"},
    "no place to write": {"XDG_CACHE_HOME": "/proc/nowhere", "XDG_CONFIG_HOME": "/proc/nowhere"},
    "dumb terminal": {"TERM": "dumb", "NO_COLOR": "1"},
}


@pytest.mark.parametrize("world", ODD_WORLDS)
def test_an_odd_world_is_no_traceback(world: str) -> None:
    result = run_process("show", "patient-psi", env=ODD_WORLDS[world])
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("Title\tPATIENT-ψ: Using")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize(
    ("redirection", "code"), [("<&-", 1), (">&-", 1), ("2>&-", 1), (">&- 2>&- <&-", 1), ("> /dev/full", 3)]
)
def test_closed_streams_are_no_traceback(redirection: str, code: int) -> None:
    command = f"echo | {sys.executable} -m mhlit show - {redirection}"
    if "full" in redirection:
        command = f"{sys.executable} -m mhlit list {redirection}"
    finished = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert "Traceback" not in finished.stderr
    assert finished.returncode == code


def test_a_settings_file_that_is_broken_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("limit = ]", encoding="utf-8")
    result = run_process("list", env={"MHLIT_CONFIG": str(file)})
    assert result.code == 3
    assert result.err.startswith(f"mhlit: {file}: Invalid value (at line 1")

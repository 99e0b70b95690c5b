"""Works added by identifier, address or title: what is asked, stored, told, and with which exit code."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import DATA, Run, run_process
from tests.sources.answers import (
    MENTALLAMA,
    anthology,
    arxiv,
    arxiv_entry,
    crossref,
    crossref_item,
    crossref_list,
    mentallama,
    mentallama_preprint,
)
from tests.sources.server import BROKEN_JSON, ERROR, Reply, World, as_page, closed_port, redirect, too_many
from tests.terminal import on_terminal

DOI = "10.1145/3589334.3648137"


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "own" / "library.sqlite"
    monkeypatch.setenv("MHLIT_LIBRARY", str(file))
    return file


@pytest.fixture
def other_catalog(monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalog that has none of the works that are asked for."""
    monkeypatch.setattr("mhlit.catalog.locate.BUNDLED", DATA / "nothing")
    monkeypatch.setattr("mhlit.catalog.locate.CHECKOUT", DATA / "catalog")


def works(run: Run) -> list[dict[str, Any]]:
    found = run("list", "--in", "library", "--json")
    return list(json.loads(found.out)["works"]) if found.code == 0 else []


def a_paper(world: World, number: int, **more: Any) -> str:
    """Let Crossref know of a made-up paper."""
    doi = f"10.1000/{number}"
    world.tell("crossref", f"/works/{doi}", crossref(doi, f"A made-up paper that is number {number}", **more))
    return doi


class TestOfTheCatalog:
    def test_a_work_that_the_catalog_has_is_added_with_its_preprint_and_nobody_is_asked(
        self, run: Run, world: World
    ) -> None:
        found = run("add", DOI)
        assert (found.code, world.asked) == (0, [])
        (work,) = works(run)
        assert (work["key"], work["preprint"]["arxiv"]) == ("yang-etal-2024-mentallama", "2309.13567")

    def test_a_work_that_turns_out_to_be_the_catalogs_is_added_from_the_catalog(self, run: Run, world: World) -> None:
        world.tell("crossref", "/works/10.1000/copy", crossref("10.1000/copy", MENTALLAMA, relation={
            "is-preprint-of": [{"id-type": "doi", "id": DOI, "asserted-by": "subject"}]}, type="posted-content"))  # fmt: skip
        world.tell("crossref", f"/works/{DOI}", mentallama())
        assert run("add", "10.1000/copy").code == 0
        (work,) = works(run)
        assert (work["provenance"]["status"], work["item"]["catalog"]) == ("verified", "yang-etal-2024-mentallama")


@pytest.mark.usefixtures("other_catalog")
class TestByIdentifier:
    def test_a_doi_and_the_preprint_that_a_search_finds_become_one_work(self, run: Run, world: World) -> None:
        world.tell("crossref", f"/works/{DOI}", mentallama())
        world.tell("arxiv", "/api/query", mentallama_preprint())
        found = run("add", DOI, "--tag", "x")
        assert (found.code, found.out) == (0, "")
        assert "added yang-etal-2024-mentallama: Yang et al.: MentaLLaMA" in found.err
        assert "(WWW 2024; preprint arxiv:2309.13567; from Crossref, arXiv)" in found.err
        (work,) = works(run)
        assert work["key"] == "yang-etal-2024-mentallama"
        assert work["authors"][0] == "Yang, Kailai"
        assert work["record"] == {
            "type": "inproceedings",
            "issued": "2024-05-13",
            "venue": "WWW",
            "container_title": "Proceedings of the ACM Web Conference 2024",
            "pages": "4489-4500",
            "publisher": "ACM",
            "publisher_place": "New York, NY, USA",
            "url": f"https://doi.org/{DOI}",
            "doi": DOI,
            "isbn": "9798400701719",
        }
        assert work["preprint"]["arxiv"] == "2309.13567"
        assert work["provenance"]["note"] == "record: Crossref; preprint: arXiv"
        assert work["provenance"]["confirmed_by"] == ["crossref", "arxiv"]

    @pytest.mark.parametrize(
        "named",
        ["arXiv:2309.13567", "https://arxiv.org/abs/2309.13567v2", "10.48550/arXiv.2309.13567"],
    )
    def test_a_preprint_brings_the_published_version_that_it_names(self, run: Run, world: World, named: str) -> None:
        world.tell("arxiv", "/api/query", mentallama_preprint(doi=DOI), id_list="2309.13567")
        world.tell("crossref", f"/works/{DOI}", mentallama())
        assert run("add", named).code == 0
        (work,) = works(run)
        assert (work["record"]["doi"], work["preprint"]["arxiv"]) == (DOI, "2309.13567")

    def test_the_anthologys_key_is_the_key(self, run: Run, world: World) -> None:
        world.tell("anthology", "/2024.acl-long.999.bib", anthology("2024.acl-long.999", "doe-2024-made", "Made {U}p"))
        assert run("add", "2024.acl-long.999").code == 0
        (work,) = works(run)
        assert (work["key"], work["venue"], work["title"]) == ("doe-2024-made", "ACL", "Made Up")
        assert work["record"]["anthology_key"] == "doe-2024-made"

    def test_what_is_in_the_library_is_not_asked_for_and_gets_the_tags(self, run: Run, world: World) -> None:
        doi = a_paper(world, 1)
        run("add", doi)
        asked = len(world.asked)
        found = run("add", doi, "--tag", "again")
        assert (found.code, len(world.asked)) == (0, asked)
        assert found.err == "doe-2024-made was in your library already\n"
        assert works(run)[0]["item"]["tags"] == ["again"]

    def test_a_work_known_by_its_title_alone_is_not_added_twice(self, run: Run, world: World, tmp_path: Path) -> None:
        file = tmp_path / "refs.bib"
        file.write_text("@article{mine, title={A made-up paper that is number 1}, author={Doe, Ada}, year={2024}}")
        run("import", str(file))
        found = run("add", a_paper(world, 1))
        assert found.err.splitlines()[-1].startswith("mine was in your library already (title, authors, year")
        assert [work["key"] for work in works(run)] == ["mine"]

    def test_a_work_that_is_there_gets_the_version_it_lacks(self, run: Run, world: World, tmp_path: Path) -> None:
        file = tmp_path / "refs.bib"
        file.write_text(f"@inproceedings{{mine, title={{{MENTALLAMA}}}, author={{Yang, Kailai}}, doi={{{DOI}}}}}")
        run("import", str(file))
        world.tell("arxiv", "/api/query", mentallama_preprint(doi=DOI), id_list="2309.13567")
        world.tell("crossref", f"/works/{DOI}", mentallama())
        assert (
            "mine was in your library already (doi, title, authors); its preprint is new"
            in run("add", "2309.13567").err
        )
        (work,) = works(run)
        assert (work["preprint"]["arxiv"], work["authors"]) == ("2309.13567", ["Yang, Kailai"])
        run("undo")
        assert "preprint" not in works(run)[0]

    def test_a_preprint_that_was_added_becomes_the_published_work(self, run: Run, world: World) -> None:
        world.tell("arxiv", "/api/query", mentallama_preprint(), id_list="2309.13567")
        run("add", "2309.13567")
        relation = {"has-preprint": [{"id-type": "doi", "id": "10.48550/arXiv.2309.13567"}]}
        world.tell("crossref", f"/works/{DOI}", crossref(DOI, MENTALLAMA, relation=relation))
        assert "its published version is new" in run("add", DOI).err
        (work,) = works(run)
        assert (work["key"], work["record"]["doi"]) == ("yang-etal-2023-mentallama", DOI)

    def test_undo_takes_it_back(self, run: Run, world: World) -> None:
        run("add", a_paper(world, 1))
        assert run("undo").code == 0
        assert works(run) == []

    def test_a_dry_run_says_what_would_be_added_and_makes_no_library(self, run: Run, world: World, path: Path) -> None:
        found = run("add", a_paper(world, 1), "--dry-run")
        assert found.err.startswith("would add doe-2024-made: Doe: A made-up paper")
        assert not path.exists()

    def test_where_each_field_is_from_is_shown(self, run: Run, world: World) -> None:
        run("add", a_paper(world, 1))
        shown = run("show", "doe-2024-made").out.splitlines()
        assert "Known from\tcrossref" in shown
        assert "Known from\trecord: Crossref" in shown


@pytest.mark.usefixtures("other_catalog")
class TestWhatGoesWrong:
    def test_an_identifier_that_nobody_knows_is_told_with_who_was_asked(
        self, run: Run, world: World, path: Path
    ) -> None:
        found = run("add", "10.1000/nowhere")
        line = "mhlit: 10.1000/nowhere: not known to Crossref, DataCite, PubMed, OpenAlex, Semantic Scholar\n"
        assert (found.code, found.err) == (4, line)
        assert not path.exists()

    def test_a_source_that_fails_is_told_with_the_reason(self, run: Run, world: World) -> None:
        world.tell("crossref", "/works/10.1000/1", ERROR)
        found = run("add", "10.1000/1")
        assert found.code == 3
        assert found.err.startswith("mhlit: 10.1000/1: not known to DataCite, ")
        assert found.err.endswith("; Crossref: it has a failure of its own (500)\n")

    def test_an_answer_that_is_broken_is_no_traceback(self, run: Run, world: World) -> None:
        world.tell("crossref", "/works/10.1000/1", BROKEN_JSON)
        found = run("add", "10.1000/1")
        assert found.code == 3
        assert "; Crossref: its JSON is broken" in found.err

    def test_a_source_that_fails_hides_nothing_that_others_say(self, run: Run, world: World) -> None:
        world.tell("anthology", "/2024.acl-long.999.bib", anthology("2024.acl-long.999", "doe-2024-made", "Made Up"))
        world.tell("crossref", "/works/10.18653/v1/2024.acl-long.999", ERROR)
        found = run("add", "2024.acl-long.999")
        assert found.code == 0
        assert "  without Crossref: it has a failure of its own (500)" in found.err
        assert len(works(run)) == 1

    def test_a_failure_that_passes_is_waited_for(self, run: Run, world: World) -> None:
        doi = "10.1000/1"
        world.tell("crossref", f"/works/{doi}", too_many("7"), crossref(doi, "A made-up paper"))
        assert run("add", doi).code == 0
        assert max(world.slept) == pytest.approx(7, abs=0.5)

    def test_without_a_network_one_line_says_so(self, run: Run, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in world.environment():
            monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
        found = run("add", "10.1000/1", "10.1000/2", "10.1000/3")
        first, last = found.err.splitlines()
        assert found.code == 3
        assert first.startswith("mhlit: 10.1000/1: nobody could be asked: ")
        assert last == "2 are left; the same command goes on from here"

    def test_offline_one_line_says_what_is_not_kept(self, run: Run, world: World) -> None:
        run("add", a_paper(world, 1))
        run("undo")
        asked = len(world.asked)
        found = run("add", "10.1000/1", "10.1000/2", "10.1000/3", "--offline")
        assert (found.code, len(world.asked)) == (3, asked)
        assert "mhlit: 2 works: nobody could be asked: mhlit is offline, and has no answer that it keeps" in found.err
        assert [work["key"] for work in works(run)] == ["doe-2024-made"]

    @pytest.mark.parametrize("words", [["soulchat-no-such"], ["10.1000/1", "no such key"]])
    def test_a_word_that_names_nothing_is_an_error_before_anybody_is_asked(
        self, run: Run, world: World, words: list[str], path: Path
    ) -> None:
        assert run("add", *words).code == 4
        assert (world.asked, path.exists()) == ([], False)

    def test_an_issn_names_no_paper(self, run: Run, world: World) -> None:
        assert run("add", "issn:2398-6352").code == 2

    def test_a_redirect_into_the_own_network_is_refused(self, run: Run, world: World) -> None:
        world.tell("crossref", "/works/10.1000/1", redirect("http://169.254.169.254/latest/meta-data/"))
        found = run("add", "10.1000/1")
        assert found.code == 3
        assert "169.254.169.254 is inside this machine's own network, which is never asked" in found.err


@pytest.mark.usefixtures("other_catalog")
class TestMany:
    def test_what_is_found_is_kept_and_each_failure_is_a_line(self, run: Run, world: World) -> None:
        first, second = a_paper(world, 1), a_paper(world, 2)
        world.tell("crossref", "/works/10.1000/3", ERROR)
        found = run("add", "-", stdin=f"{first}\n10.1000/3\n{second} 10.1000/nowhere\n")
        assert found.code == 3
        assert [work["title"][-1] for work in works(run)] == ["1", "2"]
        assert len([line for line in found.err.splitlines() if line.startswith("mhlit: ")]) == 2
        assert "; Crossref: it has a failure of its own (500)\n" in found.err
        assert "mhlit: 10.1000/nowhere: not known to Crossref" in found.err

    def test_the_same_command_again_asks_only_for_what_is_missing(self, run: Run, world: World) -> None:
        first, second = a_paper(world, 1), "10.1000/2"
        assert run("add", first, second).code == 4
        a_paper(world, 2)
        world.asked.clear()
        assert run("add", first, second, "--refresh").code == 0
        assert set(world.paths("crossref")) <= {"/works/10.1000/2", "/works"}
        assert len(works(run)) == 2

    def test_answers_are_kept_so_that_nobody_is_asked_twice(self, run: Run, world: World) -> None:
        doi = a_paper(world, 1)
        run("add", doi)
        run("undo")
        world.asked.clear()
        assert run("add", doi).code == 0
        assert world.asked == []

    def test_one_change_undoes_them_all(self, run: Run, world: World) -> None:
        run("add", a_paper(world, 1), a_paper(world, 2))
        run("undo")
        assert works(run) == []

    def test_two_identifiers_of_one_work_make_one(self, run: Run, world: World) -> None:
        world.tell("arxiv", "/api/query", mentallama_preprint(doi=DOI), id_list="2309.13567")
        world.tell("crossref", f"/works/{DOI}", mentallama())
        assert run("add", DOI, "2309.13567", f"https://doi.org/{DOI}").code == 0
        assert len(works(run)) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_what_was_found_before_an_interruption_is_kept(run: Run, world: World) -> None:
    first = a_paper(world, 1)
    world.tell("crossref", "/works/10.1000/2", Reply(b"{}", wait=60))
    words = [sys.executable, "-m", "mhlit", "add", first, "10.1000/2", "10.1000/3"]
    process = subprocess.Popen(words, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, encoding="utf-8")
    while "/works/10.1000/2" not in world.paths("crossref"):
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "2 are left; the same command goes on from here" in said
    assert [work["record"]["doi"] for work in works(run)] == [first]


@pytest.mark.usefixtures("other_catalog")
class TestByAddress:
    PAGE = (
        '<html><head><meta name="citation_title" content="A made-up paper that is number 1">'
        '<meta name="citation_author" content="Doe, Ada"><meta name="citation_author" content="Ole Roe">'
        '<meta name="citation_journal_title" content="Proceedings of Made-up Conferences">'
        '<meta name="citation_publication_date" content="2023/12/10"><meta name="citation_firstpage" content="7">'
        '<meta name="citation_lastpage" content="19">{more}</head><body>…</body></html>'
    )

    def test_a_page_that_names_a_doi_leads_to_its_record(self, run: Run, world: World) -> None:
        doi = a_paper(world, 1)
        world.tell("pages", "/paper/1", as_page(self.PAGE.format(more=f'<meta name="citation_doi" content="{doi}">')))
        assert run("add", f"{world.base('pages')}/paper/1").code == 0
        (work,) = works(run)
        assert work["record"]["doi"] == doi
        assert work["record"]["container_title"] == "Journal of Made-up Results"
        assert work["provenance"]["note"] == "record: Crossref, but pages: its page"

    def test_a_page_without_one_is_the_record(self, run: Run, world: World) -> None:
        address = f"{world.base('pages')}/paper/1"
        world.tell("pages", "/paper/1", as_page(self.PAGE.format(more="")))
        assert run("add", address).code == 0
        (work,) = works(run)
        assert work["authors"] == ["Doe, Ada", "Roe, Ole"]
        assert (work["record"]["pages"], work["record"]["issued"]) == ("7-19", "2023-12-10")
        assert run("add", address).err == "doe-roe-2023-made was in your library already\n"

    def test_a_page_that_says_nothing_of_a_paper_is_told(self, run: Run, world: World) -> None:
        world.tell("pages", "/", as_page("<title>Welcome</title>"))
        found = run("add", f"{world.base('pages')}/")
        assert found.code == 3
        assert "the page has no citation_title: it does not say what paper it is of" in found.err

    def test_a_page_whose_doi_nobody_knows_is_read_itself(self, run: Run, world: World) -> None:
        address = f"{world.base('pages')}/doi/10.1000/1"
        assert run("add", address).err.endswith("Semantic Scholar, its own server\n")
        world.tell("pages", "/doi/10.1000/1", as_page(self.PAGE.format(more="")))
        assert run("add", address, "--refresh").code == 0
        assert works(run)[0]["record"]["doi"] == "10.1000/1"

    def test_an_address_inside_the_own_network_is_not_asked(self, run: Run, world: World) -> None:
        found = run("add", "http://127.0.0.1:1/paper")
        assert (found.code, world.asked) == (3, [])
        assert "127.0.0.1 is inside this machine's own network, which is never asked" in found.err


@pytest.mark.usefixtures("other_catalog")
class TestBySearch:
    @pytest.fixture(autouse=True)
    def two(self, world: World) -> None:
        items = [crossref_item(f"10.1000/{n}", f"A made-up paper that is number {n}") for n in (1, 2)]
        world.tell("crossref", "/works", crossref_list(*items))
        a_paper(world, 1)
        a_paper(world, 2)
        world.tell("arxiv", "/api/query", arxiv(arxiv_entry("2401.00001", "Nothing of the kind")))

    def test_in_a_pipe_the_candidates_are_given_out_and_nothing_is_added(self, run: Run, path: Path) -> None:
        found = run("add", "--search", "made-up paper number 2")
        assert found.code == 2
        assert found.out.splitlines() == [
            "10.1000/2\tA made-up paper that is number 2\tDoe\tJournal of Made-up Results\t2024",
            "10.1000/1\tA made-up paper that is number 1\tDoe\tJournal of Made-up Results\t2024",
        ]
        assert "hint: mhlit add 10.1000/2\n" in found.err
        assert not path.exists()

    def test_words_of_no_title_find_nothing(self, run: Run) -> None:
        assert run("add", "--search", "xylophones in orbit").code == 1

    @pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
    def test_on_a_terminal_one_is_chosen_by_its_number_shown_and_added(
        self, run: Run, world: World, path: Path
    ) -> None:
        found = on_terminal("add", "--search", "made-up paper", typed="2\ny\n")
        assert found.code == 0, found.lines
        assert [work["record"]["doi"] for work in works(run)] == ["10.1000/2"]


def test_a_process_of_its_own_asks_the_server(world: World, path: Path) -> None:
    doi = a_paper(world, 1)
    env = {"MHLIT_LIBRARY": str(path), "MHLIT_OFFLINE": "0"}
    assert run_process("add", doi, env=env).code == 0
    assert run_process("add", doi, env={**env, "MHLIT_OFFLINE": "1"}).code == 0

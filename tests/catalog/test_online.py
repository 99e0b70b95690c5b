"""What keepers ask the world: verify, check --online, new, stale --online and sync of an address."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from mhlit.catalog.source import read_catalog
from tests.catalog.keeping import DAY, checks, contents, copied
from tests.conftest import ROOT, Run
from tests.sources.answers import arxiv, arxiv_entry, crossref, crossref_item, crossref_list
from tests.sources.server import ERROR, Reply, World, as_page, closed_port, redirect
from tests.terminal import on_terminal

DOI = "10.1000/lamps"
TITLE = "Whispering lamps and made-up sleep"
WORK = """title = "Whispering lamps and made-up sleep"
authors = ["Doe, Ada", "Roe, Bo"]

[record]
type = "article"
issued = "2024-05"
venue = "PNAS"
container_title = "Journal of Made-up Results"
volume = "7"
pages = "12-34"
doi = "10.1000/lamps"
{links}
[provenance]
status = "verified"
checked = 2026-11-21
confirmed_by = ["publisher"]
"""
PREPRINT = """title = "Lamps that nobody has lit so far"
authors = ["Doe, Ada"]

[preprint]
server = "arXiv"
issued = "2023-09"
arxiv = "2309.00001"

[provenance]
status = "verified"
checked = 2026-11-21
confirmed_by = ["arxiv"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalog of no work."""
    made = copied(tmp_path)
    for path in (made / "works").iterdir():
        path.unlink()
    return made


def put(folder: Path, text: str = WORK, key: str = "doe-roe-2024-whispering", links: str = "") -> str:
    (folder / "works" / f"{key}.toml").write_text(text.replace("{links}", links), encoding="utf-8")
    return key


def lamps(**more: Any) -> Reply:
    return crossref(DOI, TITLE, ("Ada Doe", "Bo Roe"), **({"volume": "7", "page": "12-34"} | more))


def verdicts(run: Run, folder: Path, *words: str, code: int) -> dict[str, tuple[str, str]]:
    result = run("catalog", "verify", *words, "--catalog", str(folder))
    assert result.code == code, result.err
    rows = (line.split("\t") for line in result.out.splitlines())
    return {field: (verdict, who) for _, field, verdict, _, who in rows}


class TestVerify:
    def test_a_record_that_a_source_has_alike_agrees_field_by_field(self, run: Run, world: World, folder: Path) -> None:
        world.tell("crossref", f"/works/{DOI}", lamps())
        before = contents(folder)
        found = verdicts(run, folder, put(folder), code=0)
        assert {name for name, (verdict, _) in found.items() if verdict == "agrees"} == {
            *("record.title", "record.authors", "record.issued", "record.container_title"),
            *("record.volume", "record.pages", "record.doi"),
        }
        assert found["record.title"] == ("agrees", "Crossref")
        assert {name: text for name, text in contents(folder).items() if name in before} == before

    def test_a_field_that_a_source_has_otherwise_differs_and_the_source_is_named(
        self, run: Run, world: World, folder: Path
    ) -> None:
        world.tell("crossref", f"/works/{DOI}", crossref(DOI, TITLE, ("Ada Doe", "Cy Oe"), volume="8", page="12-34"))
        found = verdicts(run, folder, put(folder), code=1)
        assert found["record.volume"] == ("differs", "Crossref: 8")
        assert found["record.authors"] == ("differs", "Crossref: Ada Doe, Cy Oe")
        assert found["record.pages"][0] == "agrees"

    def test_what_no_source_tells_is_untold_and_what_only_a_source_has_is_missing(
        self, run: Run, world: World, folder: Path
    ) -> None:
        world.tell("crossref", f"/works/{DOI}", crossref(DOI, TITLE, ("Ada Doe", "Bo Roe"), article_number="e9"))
        found = verdicts(run, folder, put(folder), code=1)
        assert (found["record.volume"], found["record.pages"][0]) == (("untold", ""), "untold")
        assert found["record.article_number"] == ("missing", "Crossref: e9")

    def test_a_work_is_named_by_its_identifier_and_an_unknown_one_is_exit_four(
        self, run: Run, world: World, folder: Path
    ) -> None:
        world.tell("crossref", f"/works/{DOI}", lamps())
        put(folder)
        assert verdicts(run, folder, f"https://doi.org/{DOI}", code=0)["record.doi"][0] == "agrees"
        assert verdicts(run, folder, "doe-roe", code=0)["record.doi"][0] == "agrees"
        result = run("catalog", "verify", "doe-roe-2024-whisprng", "--catalog", str(folder))
        assert (result.code, result.out) == (4, "")
        assert "did you mean doe-roe-2024-whispering?" in result.err

    def test_a_source_that_fails_is_named_and_hides_no_other(self, run: Run, world: World, folder: Path) -> None:
        world.tell("crossref", f"/works/{DOI}", lamps())
        world.tell("pubmed", "/esearch.fcgi", ERROR)
        world.tell("datacite", f"/dois/{DOI}", ERROR)
        result = run("catalog", "verify", put(folder), "--catalog", str(folder))
        assert "record.title\tagrees" in result.out
        assert "no answer from" in result.err
        assert result.code == 3

    def test_nobody_reached_is_one_line_and_exit_three(
        self, run: Run, world: World, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in world.environment():
            monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
        result = run("catalog", "verify", put(folder), "--catalog", str(folder))
        assert result.code == 3
        assert "mhlit: nobody could be asked: " in result.err
        assert "Traceback" not in result.err

    def test_on_a_terminal_it_is_a_table_that_fits(self, world: World, folder: Path) -> None:
        world.tell("crossref", f"/works/{DOI}", lamps(volume="8"))
        key = put(folder)
        screen = on_terminal("catalog", "verify", key, "--catalog", str(folder), columns=80, env=world.environment())
        shown = screen.text
        assert "Verdict" in shown
        assert "differs" in shown
        assert all(len(line) <= 80 for line in shown.splitlines())

    def test_json_holds_every_field_with_its_verdict(self, run: Run, world: World, folder: Path) -> None:
        world.tell("crossref", f"/works/{DOI}", lamps(volume="8"))
        result = run("catalog", "verify", put(folder), "--json", "--catalog", str(folder))
        (work,) = json.loads(result.out)["works"]
        (volume,) = [one for one in work["fields"] if one["field"] == "volume"]
        assert volume == {
            "version": "version-of-record",
            "field": "volume",
            "verdict": "differs",
            "value": "7",
            "agreeing": [],
            "others": [{"source": "Crossref", "value": "8"}],
        }
        assert work["sources"] == ["Crossref"]


class TestPublishedSince:
    @pytest.fixture
    def key(self, world: World, folder: Path) -> str:
        world.tell("arxiv", "/api/query", arxiv(arxiv_entry("2309.00001", "Lamps that nobody has lit so far")))
        item = crossref_item(
            "10.1000/lit", "Lamps that nobody has lit so far", relation={"has-preprint": [
                {"id-type": "doi", "id": "10.48550/arXiv.2309.00001", "asserted-by": "subject"}]}
        )  # fmt: skip
        world.tell("crossref", "/works", crossref_list(item))
        world.tell("crossref", "/works/10.1000/lit", crossref("10.1000/lit", "Lamps that nobody has lit so far"))
        return put(folder, PREPRINT, "doe-2023-lamps")

    def test_verify_says_that_a_preprint_was_published(self, run: Run, folder: Path, key: str) -> None:
        result = run("catalog", "verify", key, "--catalog", str(folder))
        assert result.code == 1
        assert "record\tpublished\t\tCrossref: Journal of Made-up Results, 2024-05-13, doi:10.1000/lit" in result.out

    def test_stale_settles_it_where_it_may_ask(self, run: Run, folder: Path, key: str) -> None:
        result = run("catalog", "stale", "--online", "--catalog", str(folder), "--today", DAY)
        assert result.code == 1
        assert result.out == (
            f"preprint\t{key}\tpublished since; Crossref: Journal of Made-up Results, 2024-05-13, doi:10.1000/lit\n"
        )
        assert "1 of the preprints published since" in result.err

    def test_stale_without_it_asks_nobody(self, run: Run, world: World, folder: Path, key: str) -> None:
        run("catalog", "stale", "--catalog", str(folder), "--today", DAY)
        assert (key, world.asked) == ("doe-2023-lamps", [])


class TestLinks:
    def check(self, run: Run, folder: Path) -> dict[str, tuple[str, str]]:
        result = run("catalog", "check", "--online", "--catalog", str(folder))
        rows = [line.split("\t") for line in result.out.splitlines()]
        assert result.code == (1 if rows else 0), (result.out, result.err)
        return {address: (state, says) for _, _, state, address, says in rows}

    def test_dead_moved_and_refused_links_are_told_and_good_ones_are_not(
        self, run: Run, world: World, folder: Path
    ) -> None:
        base = world.base("pages")
        world.tell("crossref", f"/works/{DOI}", lamps())
        world.tell("pages", "/good", as_page("here"))
        world.tell("pages", "/headless", as_page("here", head=405))
        world.tell("pages", "/old", redirect(f"{base}/good", 301))
        world.tell("pages", "/for-now", redirect(f"{base}/good", 302))
        world.tell("pages", "/closed", Reply(b"no", 403, "text/plain"))
        code = ", ".join(f'"{base}/{name}"' for name in ("headless", "old", "for-now", "closed", "gone"))
        put(folder, links=f'url = "{base}/good"\n\n[links]\ncode = [{code}]\n')
        found = self.check(run, folder)
        assert found == {
            f"{base}/old": ("moved", f"{base}/good"),
            f"{base}/closed": ("refused", "403"),
            f"{base}/gone": ("dead", "404"),
        }
        assert next(one.method for one in world.asked if one.path == "/good") == "HEAD"
        assert [one.method for one in world.asked if one.path == "/headless"] == ["HEAD", "GET"]

    def test_a_link_into_the_machines_own_network_is_never_asked(self, run: Run, world: World, folder: Path) -> None:
        world.tell("crossref", f"/works/{DOI}", lamps())
        put(folder, links='url = "http://127.0.0.2:9/secret"\n')
        found = self.check(run, folder)
        assert found["http://127.0.0.2:9/secret"][0] == "forbidden"

    def test_a_catalog_with_problems_is_not_asked_about(self, run: Run, world: World, folder: Path) -> None:
        put(folder, WORK.replace('volume = "7"', "volume = 7"))
        result = run("catalog", "check", "--online", "--catalog", str(folder))
        assert (result.code, world.asked) == (1, [])
        assert "record.volume: must be a quoted string" in result.out

    def test_what_was_told_before_an_interruption_is_given(
        self, run: Run, world: World, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        world.tell("crossref", f"/works/{DOI}", lamps(volume="8"))
        put(folder)
        put(folder, PREPRINT, "zoe-2023-lamps")
        asked = []

        def interrupted(client: Any, work: Any, told: Any) -> Any:
            asked.append(work.key)
            raise KeyboardInterrupt

        monkeypatch.setattr("mhlit.cli.confirming._with_published", interrupted)
        result = run("catalog", "check", "--online", "--catalog", str(folder))
        assert result.code == 130
        assert "record.volume\tdiffers\t7\tCrossref: 8" in result.out
        assert "1 left; answers are kept" in result.err


class TestNew:
    def test_a_draft_holds_what_the_sources_tell_and_validates(self, run: Run, world: World, folder: Path) -> None:
        world.tell("crossref", f"/works/{DOI}", lamps(container_title=["Nature Communications"]))
        result = run("catalog", "new", DOI, "--catalog", str(folder), "--today", DAY)
        assert result.code == 0, result.err
        path = folder / "works" / "doe-roe-2024-whispering.toml"
        assert f"wrote {path}" in result.err
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        assert document["title"] == TITLE
        assert document["authors"] == ["Doe, Ada", "Roe, Bo"]
        assert document["record"] == {
            "type": "article",
            "issued": "2024-05-13",
            "venue": "Nature Communications",
            "container_title": "Nature Communications",
            "volume": "7",
            "pages": "12-34",
            "publisher": "Made-up Press",
            "doi": DOI,
            "url": f"https://doi.org/{DOI}",
        }
        assert document["provenance"]["status"] == "partial"
        assert document["provenance"]["confirmed_by"] == ["index"]
        assert document["provenance"]["unconfirmed"] == ["title", "authors", "issued", "container_title"]
        assert document["provenance"]["note"] == "record: Crossref"
        assert checks(run, folder)
        assert [work.key for work in read_catalog(folder).works] == ["doe-roe-2024-whispering"]

    def test_a_venue_that_the_catalog_has_not_is_left_out_and_told(self, run: Run, world: World, folder: Path) -> None:
        world.tell("crossref", f"/works/{DOI}", lamps())
        result = run("catalog", "new", DOI, "--catalog", str(folder))
        assert result.code == 0
        assert "record.venue: must be there; the status is listed until you add it" in result.err
        assert checks(run, folder)

    def test_a_work_that_the_catalog_has_is_refused_and_nobody_asked(
        self, run: Run, world: World, folder: Path
    ) -> None:
        key = put(folder)
        before = contents(folder)
        result = run("catalog", "new", DOI, "--catalog", str(folder))
        assert (result.code, world.asked) == (2, [])
        assert f"the catalog has {DOI} already: {key}" in result.err
        assert contents(folder) == before

    def test_another_identifier_of_a_work_that_the_catalog_has_is_refused(
        self, run: Run, world: World, folder: Path
    ) -> None:
        world.tell("arxiv", "/api/query", arxiv(arxiv_entry("2309.00002", TITLE, ("Ada Doe", "Bo Roe"), doi=DOI)))
        key = put(folder)
        result = run("catalog", "new", "2309.00002", "--catalog", str(folder))
        assert result.code == 2
        assert f"already: {key}" in result.err

    def test_what_no_source_knows_is_exit_four_and_nothing_is_written(
        self, run: Run, world: World, folder: Path
    ) -> None:
        before = contents(folder)
        result = run("catalog", "new", DOI, "--catalog", str(folder))
        assert result.code == 4
        assert f"mhlit: {DOI} is not known to " in result.err
        assert (contents(folder), bool(world.asked)) == (before, True)

    def test_a_dry_run_gives_the_draft_and_writes_nothing(self, run: Run, world: World, folder: Path) -> None:
        world.tell("crossref", f"/works/{DOI}", lamps())
        before = contents(folder)
        result = run("catalog", "new", DOI, "--dry-run", "--catalog", str(folder))
        assert tomllib.loads(result.out)["title"] == TITLE
        assert contents(folder) == before


class TestSync:
    LIST = "# Awesome-LLMs-for-Counseling\n\n* **Whispering lamps and made-up sleep** — Ada Doe *et al.*, ACL 2025.\n"

    def test_a_list_is_fetched_from_its_address(self, run: Run, world: World, folder: Path) -> None:
        world.tell("pages", "/README.md", Reply(self.LIST.encode(), type="text/plain; charset=utf-8"))
        address = f"{world.base('pages')}/README.md"
        result = run("catalog", "sync", address, "--catalog", str(folder))
        assert result.code == 1
        assert f"{address}:3: new doe-etal-2025-whispering: {TITLE}" in result.out

    @pytest.mark.parametrize(
        ("path", "said"),
        [
            ("/nothing", "there is nothing (404)"),
            ("/page", "it is no plain text but text/html"),
            ("/inside", "inside this machine's own network"),
        ],
    )
    def test_an_address_that_gives_no_list_is_one_line(
        self, run: Run, world: World, folder: Path, path: str, said: str
    ) -> None:
        world.tell("pages", "/page", as_page("<h1>a list</h1>"))
        world.tell("pages", "/inside", redirect("http://127.0.0.2:9/secret"))
        result = run("catalog", "sync", world.base("pages") + path, "--catalog", str(folder))
        assert (result.code, result.out) == (3, "")
        assert said in result.err

    def test_offline_it_is_said(self, run: Run, folder: Path) -> None:
        result = run("catalog", "sync", "https://example.org/README.md", "--catalog", str(folder))
        assert result.code == 3
        assert "mhlit is offline" in result.err


def test_a_repository_on_github_means_its_readme() -> None:
    from mhlit.cli.syncing import raw_address

    raw = "https://raw.githubusercontent.com/made/up/HEAD/README.md"
    assert raw_address("https://github.com/made/up") == raw
    assert raw_address("https://github.com/made/up/blob/main/lists/README.md#models") == (
        "https://raw.githubusercontent.com/made/up/main/lists/README.md"
    )
    assert raw_address("https://example.org/made/up") == "https://example.org/made/up"


def test_the_real_catalog_is_valid_so_that_it_can_be_asked_about(run: Run) -> None:
    assert checks(run, ROOT / "catalog")

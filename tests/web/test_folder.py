"""`mhlit site DIR`: what it writes and says, and that it never writes over what is not its own."""

import os
from pathlib import Path

import pytest

from mhlit.errors import MhlitError
from mhlit.render.web.folder import is_ours, write_site
from tests.conftest import Run
from tests.web.reader import all_of, read

PAGES = {"works/a.html": "<p>a</p>\n", "works/b.html": "<p>b</p>\n", "index.html": "<p>all</p>\n"}


def held(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


class TestTheCommand:
    def test_it_writes_a_page_of_all_and_one_for_each_and_gives_out_where(self, run: Run, tmp_path: Path) -> None:
        result = run("site", str(tmp_path / "new" / "site"))
        index = tmp_path / "new" / "site" / "index.html"
        assert result == (0, f"{index}\n", "88 works written\n")
        assert len(held(index.parent)) == 89
        assert all(is_ours(path) for path in index.parent.rglob("*.html"))

    def test_filters_select_the_works_and_pages_of_others_are_taken_away(self, run: Run, tmp_path: Path) -> None:
        run("site", str(tmp_path))
        result = run("site", str(tmp_path), "--resource", "dataset", "--language", "ja")
        assert result.err == "1 work written, 87 pages taken away\n"
        assert list(held(tmp_path)) == ["index.html", "works/qi-etal-2025-kokorochat.html"]

    def test_written_again_it_is_the_same(self, run: Run, tmp_path: Path) -> None:
        run("site", str(tmp_path))
        before = held(tmp_path)
        assert run("site", str(tmp_path)).err == "88 works written\n"
        assert held(tmp_path) == before

    def test_filters_that_select_nothing_write_nothing(self, run: Run, tmp_path: Path) -> None:
        result = run("site", str(tmp_path), "--year", "1950")
        assert result == (1, "", "mhlit: no work matches these filters\n")
        assert held(tmp_path) == {}

    def test_every_work_has_the_reference_that_cite_writes_in_apa_style(self, run: Run, tmp_path: Path) -> None:
        pytest.importorskip("mhlit.cite.styles")
        run("site", str(tmp_path))
        index = read((tmp_path / "index.html").read_text(encoding="utf-8"))
        shown = {one.text for one in all_of(index, "p", "reference")}
        assert len(shown) == 88
        for key in ("qiu-lan-2025-psydial", "kim-etal-2024-large"):
            assert run("cite", key, "--style", "apa").out.strip() in shown

    def test_a_folder_must_be_named(self, run: Run) -> None:
        assert run("site").code == 2


class TestWhatIsNotOurs:
    def test_a_folder_that_holds_other_files_is_left_alone(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "thesis.tex").write_text("mine")
        result = run("site", str(tmp_path))
        assert (result.code, result.out) == (3, "")
        assert "holds files that are not of a site of mhlit, such as thesis.tex" in result.err
        assert "hint: name an empty folder" in result.err
        assert held(tmp_path) == {"thesis.tex": b"mine"}

    @pytest.mark.parametrize("name", ["index.html", "works/a.html", "works/c.html", "works"])
    def test_nothing_is_written_over_a_page_of_somebody_else(self, tmp_path: Path, name: str) -> None:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("<p>mine</p>\n")
        with pytest.raises(MhlitError):
            write_site(tmp_path, PAGES)
        assert held(tmp_path) == {name: b"<p>mine</p>\n"}

    @pytest.mark.parametrize("name", PAGES)
    def test_a_page_that_was_edited_is_no_longer_ours(self, tmp_path: Path, name: str) -> None:
        write_site(tmp_path, PAGES)
        with (tmp_path / name).open("a") as page:
            page.write("<p>my note</p>\n")
        before = held(tmp_path)
        with pytest.raises(MhlitError) as raised:
            write_site(tmp_path, {**PAGES, "works/new.html": "<p>new</p>\n"})
        assert name.rpartition("/")[2] in raised.value.message
        assert held(tmp_path) == before

    def test_files_added_beside_a_site_stay(self, tmp_path: Path) -> None:
        write_site(tmp_path, PAGES)
        (tmp_path / "CNAME").write_text("example.org")
        (tmp_path / "works" / "note.html").write_text("mine")
        assert write_site(tmp_path, {"index.html": "<p>other</p>\n"}) == 2
        assert list(held(tmp_path)) == ["CNAME", "index.html", "works/note.html"]

    def test_hidden_files_such_as_a_repository_do_not_count(self, tmp_path: Path) -> None:
        (tmp_path / ".git").mkdir()
        (tmp_path / ".git" / "HEAD").write_text("ref")
        write_site(tmp_path, PAGES)
        assert (tmp_path / ".git" / "HEAD").read_text() == "ref"

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
    @pytest.mark.parametrize("name", ["index.html", "pipe"])
    def test_a_pipe_is_not_read(self, tmp_path: Path, name: str) -> None:
        os.mkfifo(tmp_path / name)
        with pytest.raises(MhlitError):
            write_site(tmp_path, PAGES)

    def test_a_link_to_a_foreign_file_is_not_written_through(self, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "elsewhere" / "page.html").write_text("mine")
        (tmp_path / "site").mkdir()
        write_site(tmp_path / "site", {"works/a.html": "a", "index.html": "all"})
        (tmp_path / "site" / "works" / "b.html").symlink_to(tmp_path / "elsewhere" / "page.html")
        with pytest.raises(MhlitError):
            write_site(tmp_path / "site", PAGES)
        assert (tmp_path / "elsewhere" / "page.html").read_text() == "mine"

    def test_a_file_in_place_of_the_folder_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "site").write_text("mine")
        with pytest.raises(MhlitError, match="is a file"):
            write_site(tmp_path / "site", PAGES)
        with pytest.raises(MhlitError, match="cannot make the folder"):
            write_site(tmp_path / "site" / "below", PAGES)

    def test_a_site_that_was_written_in_part_is_written_again(self, tmp_path: Path) -> None:
        write_site(tmp_path, {name: text for name, text in PAGES.items() if name != "index.html"})
        assert not (tmp_path / "index.html").exists()
        assert write_site(tmp_path, PAGES) == 0
        assert sorted(held(tmp_path)) == sorted(PAGES)

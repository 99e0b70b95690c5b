"""The reader's own library, as the command line has it."""

import json
import sys
from pathlib import Path

import pytest

from mhlit.formats.readers.bibtex import read
from tests.conftest import Run, run_process
from tests.library.shelves import check_sound, entry
from tests.terminal import on_terminal

SOULCHAT = "chen-etal-2023-soulchat"


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "own" / "library.sqlite"
    monkeypatch.setenv("MHLIT_LIBRARY", str(file))
    return file


@pytest.fixture
def refs(tmp_path: Path) -> Path:
    file = tmp_path / "refs.bib"
    file.write_text("".join(map(entry, range(1, 6))))
    return file


def listed(run: Run, *words: str) -> list[str]:
    return run("list", "--in", "library", "--keys", *words).out.split()


class TestAdding:
    def test_the_first_work_makes_the_library_and_says_where(self, run: Run, path: Path) -> None:
        found = run("add", "soulchat", "--tag", "to-read")
        assert found.code == 0
        assert found.err == f"your library is {path}\nadded {SOULCHAT}\n"
        assert listed(run, "--tag", "to-read") == [SOULCHAT]

    def test_what_is_there_keeps_its_place_and_gets_the_tags(self, run: Run) -> None:
        run("add", "soulchat", "--tag", "a")
        assert run("add", SOULCHAT, "--tag", "b").err == f"{SOULCHAT} was in your library already\n"
        (work,) = json.loads(run("show", SOULCHAT, "--json").out)["works"]
        assert work["item"]["tags"] == ["a", "b"]

    def test_a_work_in_both_is_shown_once_with_the_catalogs_fields_and_the_readers_tags(self, run: Run) -> None:
        before = run("search", "empathy", "--keys").out
        run("add", "soulchat", "--tag", "mine")
        assert run("search", "empathy", "--keys").out == before
        assert "mine" in run("show", "soulchat").out
        assert run("list", "--tag", "mine", "--topic", "empathy", "--status", "verified").code == 0
        assert listed(run) == [SOULCHAT]

    def test_bibtex_comes_from_standard_input(self, path: Path) -> None:
        found = run_process("add", "--bibtex", "--tag", "x", stdin=entry(7), env={"MHLIT_LIBRARY": str(path)})
        assert (found.code, found.err.splitlines()[-1]) == (0, "1 added; mhlit undo takes it back")
        check_sound(path)

    @pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
    @pytest.mark.parametrize("program", ["wl-paste", "xclip", "xsel", "pbpaste"])
    def test_bibtex_comes_from_the_clipboard_where_nothing_is_piped_in(
        self, run: Run, path: Path, tmp_path: Path, program: str
    ) -> None:
        env = {"MHLIT_LIBRARY": str(path), "PATH": str(tmp_path / "bin"), "WAYLAND_DISPLAY": ""}
        (tmp_path / "bin").mkdir()
        (tmp_path / "copied").write_text(entry(7))
        paste = tmp_path / "bin" / program
        paste.write_text(f"#!/bin/sh\nexec /bin/cat '{tmp_path / 'copied'}'\n")
        paste.chmod(0o755)
        found = on_terminal("add", "--bibtex", columns=200, env=env)
        assert (found.code, found.lines[-1]) == (0, "1 added; mhlit undo takes it back")
        assert listed(run) == ["doe7"]
        (tmp_path / "copied").write_text("")
        assert on_terminal("add", "--bibtex", env=env).lines == ["mhlit: there is no text on the clipboard"]
        paste.unlink()
        assert on_terminal("add", "--bibtex", env=env).lines[0] == "mhlit: no clipboard can be read here"

    def test_a_key_of_nothing_makes_no_library(self, run: Run, path: Path) -> None:
        assert run("add", "nothing-like-it").code == 4
        assert not path.exists()


class TestImporting:
    def test_entries_come_in_and_are_found_listed_shown_and_cited(self, run: Run, refs: Path) -> None:
        found = run("import", str(refs))
        assert (found.code, found.out) == (0, "")
        assert found.err.endswith("5 added; mhlit undo takes it back\n")
        assert run("search", "imagined study 3", "--limit", "1", "--keys").out == "doe3\n"
        assert "Journal of Nothing" in run("show", "doe3").out
        assert read(run("cite", "doe3").out).entries[0].record.title == "Imagined study 3 of made-up matters"
        assert run("cite", "doe3").err == ""
        assert "own\t5" in run("facets", "status").out

    def test_a_second_import_of_the_same_file_skips_all_and_says_why(self, run: Run, refs: Path) -> None:
        run("import", str(refs))
        found = run("import", str(refs))
        assert found.out.splitlines()[0] == (
            f"{refs}:1: skipped doe1 (doe1 in your library is it (title, authors, year, venue))"
        )
        assert found.err == "5 skipped\n"
        assert run("undo", "--list").out.count("import") == 1

    def test_a_dry_run_says_the_same_and_writes_nothing(self, run: Run, refs: Path) -> None:
        assert run("import", str(refs), "--dry-run").err.endswith("5 added; a dry run: nothing was written\n")
        assert listed(run) == []

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("a.bib", "@book{a, title={Made up}, keywords={caf{\\'e}, to-read; two words,}, groups={Thesis}}"),
            ("a.ris", "TY  - BOOK\nTI  - Made up\nKW  - café\nKW  - to-read\nKW  - two words\nER  - \n"),
            ("a.json", '[{"id": "a", "type": "book", "title": "Made up", "keyword": "café,to-read,two words"}]'),
            ("a.nbib", "PMID- 1\nTI  - Made up\nMH  - Humans\nOT  - café\nOT  - to-read\nOT  - two words\n"),
            ("a.enw", "%0 Book\n%T Made up\n%K café\n%K to-read\n%K two words\n"),
        ],
    )
    def test_keywords_become_tags_and_groups_collections_where_that_is_asked_for(
        self, run: Run, tmp_path: Path, name: str, text: str
    ) -> None:
        (tmp_path / name).write_text(text, encoding="utf-8")
        run("import", str(tmp_path / name))
        assert run("tag").code == 1
        assert run("import", str(tmp_path / name), "--keywords", "--tag", "own", "--policy", "merge").code == 0
        assert run("tag").out == "café\t1\nown\t1\nto-read\t1\ntwo words\t1\n"
        assert run("collection", "list").out == ("Thesis\t1\t\n" if name == "a.bib" else "")
        run("undo")
        assert run("tag").code == 1

    def test_a_hostile_keyword_is_a_tag_without_what_moves_a_cursor_and_a_sentence_is_none(
        self, run: Run, tmp_path: Path
    ) -> None:
        (tmp_path / "a.bib").write_text(f"@book{{a, title={{T}}, keywords={{\x1b[31mred,,{'long ' * 40}, [b]x}}}}")
        run("import", str(tmp_path / "a.bib"), "--keywords")
        assert run("tag").out == "[31mred\t1\n[b]x\t1\n"

    def test_a_key_that_is_taken_changes_the_old_one_stays_and_both_are_said(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "two.bib"
        file.write_text(entry(1) + entry(1, title="Quite another matter", year="1999"))
        found = run("import", str(file))
        assert found.out == f"{file}:7: added doe1 → doe1-2 (doe1 is another work's key)\n"
        assert listed(run) == ["doe1", "doe1-2"]
        assert json.loads(run("show", "doe1-2", "--json").out)["works"][0]["aliases"] == ["doe1"]

    def test_a_catalogs_key_is_not_taken_from_it(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "one.bib"
        file.write_text(entry(1).replace("doe1", SOULCHAT))
        found = run("import", str(file))
        assert f"{SOULCHAT} → {SOULCHAT}-2 (the catalog has another work under that key)" in found.out
        assert "SoulChat" in run("show", SOULCHAT).out

    def test_an_entry_of_the_catalog_is_linked_with_it_whatever_its_key(self, run: Run, tmp_path: Path) -> None:
        cited = run("cite", "soulchat").out.replace(SOULCHAT, "Chen2023")
        file = tmp_path / "one.bib"
        file.write_text(cited)
        assert f"added Chen2023 (is {SOULCHAT} of the catalog)" in run("import", str(file)).out
        assert run("list", "--in", "library").out.split("\t")[-1] == "verified\n"
        assert run("search", "soulchat", "--limit", "1", "--keys").out == "Chen2023\n"
        assert run("show", SOULCHAT).out == run("show", "Chen2023").out

    def test_what_the_readers_own_record_says_otherwise_is_shown(self, run: Run, tmp_path: Path) -> None:
        cited = run("cite", "soulchat").out.replace("Chen, Yirong", "Chen, Nobody").replace("{2023}", "{2022}")
        file = tmp_path / "one.bib"
        file.write_text(cited)
        run("import", str(file))
        shown = run("show", SOULCHAT).out
        assert "Yours says\tissued: 2022-12 → 2023-12\n" in shown
        assert "Yours says\tauthors: Nobody Chen; Xiaofen Xing" in shown
        assert "Authors\tYirong Chen, Xiaofen Xing" in shown

    def test_a_wrong_doi_makes_no_link(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "one.bib"
        file.write_text(entry(1, doi="10.18653/v1/2023.findings-emnlp.83"))
        run("import", str(file))
        assert listed(run, "--status", "own") == ["doe1"]
        assert run("list", "--in", "all", "--keys").out.count("\n") == 89

    def test_merging_keeps_the_richer_field_and_shows_both(self, run: Run, refs: Path, tmp_path: Path) -> None:
        run("import", str(refs))
        file = tmp_path / "more.bib"
        file.write_text(entry(2, volume="7", journal="Annals of Nothing", doi="10.1234/two").replace("doe2", "roe2"))
        found = run("import", str(file), "--policy", "merge")
        assert "merged roe2 → doe2" in found.out
        assert "container_title: kept 'Journal of Nothing', not 'Annals of Nothing'" in found.out
        shown = run("show", "roe2").out
        assert "10.1234/two" in shown
        assert "7" in shown
        run("undo")
        assert run("show", "roe2").code == 4

    @pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
    def test_only_what_says_something_new_of_a_work_is_asked_about(
        self, run: Run, path: Path, refs: Path, tmp_path: Path
    ) -> None:
        run("import", str(refs))
        env = {"MHLIT_LIBRARY": str(path)}
        again = on_terminal("import", str(refs), columns=200, env=env)
        assert (again.code, again.lines[-1]) == (0, "5 skipped")
        assert not any(line.startswith("  is in your library") for line in again.lines)
        for more in ({"doi": "10.1234/two"}, {"abstract": "Not there yet."}, {"journal": "Annals of Nothing"}):
            file = tmp_path / "more.bib"
            file.write_text(entry(1) + entry(2, **more) + entry(3))
            asked = on_terminal("import", str(file), columns=200, env=env, typed="m\n")
            assert sum(line.startswith("  is in your library: doe2") for line in asked.lines) == 1, more
            assert asked.lines[-1] == "1 merged, 2 skipped; mhlit undo takes it back"

    def test_keep_both_keeps_both(self, run: Run, refs: Path) -> None:
        run("import", str(refs))
        run("import", str(refs), "--policy", "keep-both")
        assert len(listed(run)) == 10

    def test_two_dois_keep_two_works_of_one_title_apart(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "two.bib"
        file.write_text(entry(1, doi="10.1234/one") + entry(1, doi="10.1234/two").replace("doe1", "doe9"))
        run("import", str(file))
        assert listed(run) == ["doe1", "doe9"]

    def test_damaged_entries_come_in_as_far_as_they_go_and_nothing_with_no_name_does(
        self, run: Run, tmp_path: Path
    ) -> None:
        file = tmp_path / "bad.bib"
        file.write_text("@misc{nothing,\n  year = {2020},\n}\n" + entry(1) + "@article{cut, title = {Cut off\n")
        found = run("import", str(file))
        assert f"{file}:1: refused nothing (no title, author or identifier)" in found.out
        assert found.code == 0
        assert "doe1" in listed(run)

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("a.ris", "TY  - JOUR\nTI  - Imagined\nAU  - Doe, Jane\nPY  - 2020\nID  - doe\nER  - \n"),
            ("a.json", '[{"id": "doe", "type": "article-journal", "title": "Imagined"}]'),
            ("export.txt", "TY  - JOUR\nTI  - Imagined\nID  - doe\nER  - \n"),
        ],
    )
    def test_other_formats_come_in_by_name_or_beginning(self, run: Run, tmp_path: Path, name: str, text: str) -> None:
        file = tmp_path / name
        file.write_text(text)
        assert run("import", str(file)).code == 0
        assert listed(run) == ["doe"]

    def test_what_cannot_be_read_leaves_everything_as_it_was(self, run: Run, refs: Path, tmp_path: Path) -> None:
        found = run("import", str(refs), str(tmp_path / "missing.bib"))
        assert (found.code, found.out) == (3, "")
        assert "cannot read" in found.err
        assert listed(run) == []
        noise = tmp_path / "noise"
        noise.write_text("nothing that anyone could tell")
        assert run("import", str(noise)).code == 2

    def test_the_report_is_json_for_programs(self, run: Run, refs: Path) -> None:
        report = json.loads(run("import", str(refs), "--json").out)
        assert report["schema"] == 1
        assert report["entries"][0] == {"status": "added", "file": str(refs), "line": 1, "key": "doe1"}


def test_without_a_library_tag_says_how_to_make_one(run: Run) -> None:
    assert run("tag").err.endswith("hint: mhlit add KEY, or mhlit import FILE, makes one\n")


def test_a_dry_run_makes_no_library(run: Run, refs: Path, path: Path) -> None:
    assert run("import", str(refs), "--dry-run").err.endswith("5 added; a dry run: nothing was written\n")
    assert run("add", "soulchat", "--dry-run").err == f"would add {SOULCHAT}\n"
    assert not path.parent.exists()


class TestWorkingWithIt:
    @pytest.fixture(autouse=True)
    def filled(self, run: Run, refs: Path) -> None:
        run("import", str(refs))

    def test_tags_are_given_and_taken_away(self, run: Run) -> None:
        assert run("tag", "+cbt", "+todo", "doe1", "doe2", "--yes").err == "tagged 2 works\n"
        assert run("tag", "-todo", "doe2").code == 0
        assert run("tag").out == "cbt\t2\ntodo\t1\n"
        assert listed(run, "--tag", "TODO") == ["doe1"]

    def test_bulk_by_query_asks_and_without_a_terminal_wants_a_yes(self, run: Run) -> None:
        found = run("tag", "+old", "--", "year:2001..2003")
        assert found.code == 2
        assert "tag +old: 3 works\n  doe" in found.err
        assert run("tag").code == 1
        assert run("tag", "+old", "--yes", "--", "year:2001..2003").err == "tagged 3 works\n"
        assert sorted(listed(run, "--tag", "old")) == ["doe1", "doe2", "doe3"]
        assert run("search", "tag:old -imagined", "--keys").code == 1
        run("undo")
        assert run("tag").code == 1

    def test_a_mark_behind_the_keys_is_put_before_them_by_the_hint(self, run: Run) -> None:
        assert run("mark", "doe1", "doe2", "read").err.endswith("hint: mhlit mark read doe1 doe2\n")

    def test_marks_and_stars_are_filters(self, run: Run) -> None:
        run("mark", "read", "doe1")
        run("mark", "star", "doe2")
        assert listed(run, "--reading", "read") == ["doe1"]
        assert listed(run, "--starred") == ["doe2"]
        run("mark", "unstar", "doe2")
        assert listed(run, "--starred") == []
        assert run("mark", "red", "doe1").err == "mhlit: there is no mark 'red'\nhint: did you mean read?\n"

    def test_notes_are_searched(self, run: Run) -> None:
        run("note", "doe4", "--text", "Compare with *Zebra* et al.")
        assert run("search", "zebra", "--keys").out == "doe4\n"
        run("note", "doe4", "--add", "-t", "second")
        assert run("note", "doe4", "--show").out == "Compare with *Zebra* et al.\n\nsecond\n"
        run("undo", "2")
        assert run("search", "zebra").code == 1

    def test_the_words_after_the_key_are_the_note(self, run: Run) -> None:
        assert run("note", "doe4", "read", "again").err == "noted on doe4\n"
        assert run("note", "doe4", "--show").out == "read again\n"
        replaced = run("note", "doe4", "-m", "other")
        assert replaced.err == "noted on doe4, in place of what was there; mhlit undo brings that back\n"
        assert run("note", "doe4", "--show").out == "other\n"

    def test_another_key_is_not_taken_for_the_note(self, run: Run) -> None:
        found = run("note", "doe4", "doe3")
        assert (found.code, "a note is on one work" in found.err) == (2, True)
        assert run("note", "doe4", "--show").code == 1

    def test_a_key_is_renamed_and_the_old_one_still_finds_it(self, run: Run) -> None:
        assert run("rename-key", "doe1", "Doe:2020").err == "doe1 → Doe:2020\n"
        assert run("cite", "doe1").out.startswith("@article{Doe:2020,")
        assert run("rename-key", "doe2", "DOE:2020").code == 2
        assert run("rename-key", "doe2", "a b").code == 2
        assert run("rename-key", "doe2", SOULCHAT).code == 2

    def test_collections(self, run: Run) -> None:
        assert run("collection", "add", "Thesis", "doe1", "doe2", "--yes").err == "2 works put into Thesis\n"
        run("collection", "add", "thesis", "doe3")
        assert run("collection", "list").out == "Thesis\t3\t\n"
        run("collection", "remove", "thesis", "doe1")
        assert listed(run, "--collection", "thesis") == ["doe2", "doe3"]
        run("collection", "rename", "thesis", "Book")
        assert run("collection", "list").out == "Book\t2\t\n"
        run("collection", "delete", "Book")
        assert run("collection", "list").code == 1
        run("undo")
        assert listed(run, "--collection", "Book") == ["doe2", "doe3"]

    def test_a_bib_is_kept_in_step_with_a_collection(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "thesis.bib"
        run("collection", "add", "thesis", "doe1")
        assert run("collection", "watch", "thesis", str(file)).code == 0
        assert [one.key for one in read(file.read_text()).entries] == ["doe1"]
        run("collection", "add", "thesis", "doe3")
        assert [one.key for one in read(file.read_text()).entries] == ["doe1", "doe3"]
        run("rename-key", "doe3", "doe-three")
        assert [one.key for one in read(file.read_text()).entries] == ["doe-three", "doe1"]
        run("undo", "2")
        assert [one.key for one in read(file.read_text()).entries] == ["doe1"]
        run("collection", "watch", "thesis", str(file), "--stop")
        run("collection", "add", "thesis", "doe2")
        assert [one.key for one in read(file.read_text()).entries] == ["doe1"]

    def test_a_file_that_cannot_be_written_is_not_kept_in_step(self, run: Run, tmp_path: Path) -> None:
        run("collection", "add", "thesis", "doe1")
        refused = run("collection", "watch", "thesis", str(tmp_path / "away" / "refs.bib"))
        assert refused.code == 3
        assert run("collection", "list").out == "thesis\t1\t\n"
        assert run("mark", "star", "doe1").err == "starred 1 work\n"

    def test_a_file_of_the_readers_is_not_overwritten(self, run: Run, refs: Path) -> None:
        run("collection", "add", "thesis", "doe1")
        before = refs.read_text()
        found = run("collection", "watch", "thesis", str(refs))
        assert found.code == 3
        assert "was not written by mhlit" in found.err
        assert refs.read_text() == before

    def test_files_are_attached_and_opened(self, run: Run, tmp_path: Path, path: Path) -> None:
        pdf = tmp_path / "paper.pdf"
        pdf.write_bytes(b"%PDF-1.4")
        run("attach", "doe1", str(pdf))
        assert run("open", "--pdf", "--print", "doe1").out == f"{pdf.as_uri()}\n"
        run("attach", "doe1", str(pdf), "--remove")
        assert run("attach", "doe1").code == 1
        run("attach", "doe1", str(pdf), "--copy")
        assert run("attach", "doe1").out == f"{path.parent / 'attachments' / 'doe1' / 'paper.pdf'}\n"

    def test_removed_works_come_back(self, run: Run) -> None:
        assert run("remove", "doe1").err == "removed 1 work; mhlit undo brings it back\n"
        assert "doe1" not in listed(run)
        assert run("undo").err == "undone: remove (1 work)\n"
        assert "doe1" in listed(run)

    def test_backup_and_restore(self, run: Run, tmp_path: Path, path: Path) -> None:
        copy = tmp_path / "copy.sqlite"
        assert run("backup", str(copy)).out == f"{copy}\n"
        run("remove", "--yes", "doe1", "doe2")
        assert run("restore", str(copy)).code == 0
        assert len(listed(run)) == 5
        assert len(list((path.parent / "backups").glob("*before-restore*"))) == 1
        copy.write_bytes(b"x" * 5000)
        refused = run("restore", str(copy))
        assert refused.code == 3
        assert refused.err.endswith("hint: take another backup\n")  # and not to repair the library, which is sound
        assert len(listed(run)) == 5

    def test_the_library_goes_to_standard_output_as_bibtex(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        run("library", "export", "all.bib")
        given = run("library", "export", "-")
        assert given == (0, (tmp_path / "all.bib").read_text(encoding="utf-8"), "")
        assert given.out.count("@article{") == 5
        assert not (tmp_path / "-").exists()

    def test_a_work_of_the_catalog_alone_cannot_be_tagged_and_the_way_is_said(self, run: Run) -> None:
        found = run("tag", "+x", "soulchat")
        assert found.code == 4
        assert found.err.endswith(f"hint: mhlit add {SOULCHAT}\n")

    def test_another_library_is_named_before_the_command(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("MHLIT_LIBRARY", str(tmp_path / "first.sqlite"))
        other = tmp_path / "other.sqlite"
        run("--library", str(other), "add", "soulchat")
        assert other.exists()


class TestEditing:
    @pytest.fixture(autouse=True)
    def filled(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "one.bib"
        file.write_text(entry(1, keywords="a, b", file=":home/x.pdf:PDF") + entry(2))
        run("import", str(file))

    def editor(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *scripts: str) -> None:
        """Make an editor that runs one sed script a time, the last again and again."""
        lines = "\n".join(f"{number}) sed -i -e '{script}' \"$1\";;" for number, script in enumerate(scripts))
        program = tmp_path / "editor"
        count = tmp_path / "count"
        program.write_text(
            f'#!/bin/sh\nn=$(cat {count} 2>/dev/null || echo 0)\necho $((n+1)) > {count}\ncp "$1" {tmp_path}/seen$n\n'
            f"case $n in\n{lines}\nesac\n"
        )
        program.chmod(0o755)
        monkeypatch.setenv("VISUAL", str(program))

    def test_as_bibtex(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.editor(tmp_path, monkeypatch, "s/Imagined/Changed/; s/doe1,/doe-one,/")
        run("tag", "+mine", "doe1")
        assert run("edit", "doe1").err == "changed doe-one (doe1 is an alias of it)\n"
        assert "file = {:home/x.pdf:PDF}" in (tmp_path / "seen0").read_text(), "every field is there to be edited"
        assert run("list", "--tag", "mine", "--columns", "key,title").out == (
            "doe-one\tChanged study 1 of made-up matters\n"
        )
        run("undo")
        assert "Imagined study 1" in run("show", "doe1").out

    def test_what_is_not_right_is_opened_again_with_the_reason(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.editor(tmp_path, monkeypatch, "s/doe1,/doe2,/", "s/doe2,/doe3,/")
        assert run("edit", "doe1").err == "changed doe3 (doe1 is an alias of it)\n"
        assert (tmp_path / "seen1").read_text().startswith("% mhlit: doe2 is another work's key\n@article{doe2,")

    def test_who_gives_up_changes_nothing(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.editor(tmp_path, monkeypatch, "s/title = {/title = {{{/")
        found = run("edit", "doe1")
        assert found.code == 3
        assert "nothing was changed" in found.err
        self.editor(tmp_path, monkeypatch, "s/never/there/")
        assert run("edit", "doe1").err == "nothing was changed\n"

    def test_as_toml(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.editor(tmp_path, monkeypatch, 's/^title = .*/title = "Quite new"/; s/^added = .*/&\\ntags = ["t"]/')
        assert run("edit", "--toml", "doe1").err == "changed doe1\n"
        assert run("list", "--tag", "t", "--columns", "title").out == "Quite new\n"
        run("collection", "add", "all", "doe1")
        run("collection", "watch", "all", str(tmp_path / "all.bib"))
        text = (tmp_path / "all.bib").read_text()
        assert "title = {Quite new}" in text
        assert "file = {:home/x.pdf:PDF}" in text, "what no record holds stays"
        assert "Imagined" not in text

    def test_toml_of_the_wrong_kind_is_named_by_field(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.editor(tmp_path, monkeypatch, "s/^title = .*/title = 7/")
        assert "title: must be in quotes, got 7; nothing was changed" in run("edit", "--toml", "doe1").err

    def test_without_editor_or_terminal_the_way_is_said(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("VISUAL", "EDITOR"):
            monkeypatch.delenv(name, raising=False)
        assert run("edit", "doe1").code == 2


class TestDuplicates:
    def test_they_are_told_and_merged(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "two.bib"
        file.write_text(
            entry(1, title="A careful study of imagined matters in language models", author="Doe, Jane")
            + entry(1, title="A carefull study of imagined matters in languge models", volume="3").replace("doe1", "x")
        )
        run("import", str(file))
        assert listed(run) == ["doe1", "x"]
        found = run("dedupe")
        assert (found.code, found.err) == (1, "0 merged or linked, 1 duplicate left\n")
        assert found.out.startswith("x is doe1 (title, authors, year, venue)")
        found = run("dedupe", "--policy", "merge")
        assert "x → doe1\n" in found.out
        assert found.code == 0
        assert listed(run) == ["doe1"]
        (work,) = json.loads(run("show", "x", "--json").out)["works"]
        assert (work["record"]["volume"], work["authors"]) == ("3", ["Doe, Jane", "Roe, Richard"])
        assert run("dedupe").err == "no duplicates\n"
        run("undo")
        assert listed(run) == ["doe1", "x"]

    def test_the_source_of_the_richer_field_comes_out_again(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "two.bib"
        file.write_text(entry(1, author="Doe, Jane", mine="kept"))
        run("import", str(file))
        file.write_text(entry(1, theirs="too"))
        run("import", str(file), "--policy", "merge")
        run("collection", "add", "all", "doe1")
        run("collection", "watch", "all", str(tmp_path / "all.bib"))
        text = (tmp_path / "all.bib").read_text()
        assert "author = {Doe, Jane and Roe, Richard}" in text
        assert "mine = {kept}" in text
        assert "theirs = {too}" in text

    def test_of_three_that_are_one_nothing_is_lost(self, run: Run, tmp_path: Path) -> None:
        title = "A careful study of imagined matters in language models"
        file = tmp_path / "three.bib"
        file.write_text(
            entry(1, title=title, year="2001")
            + entry(2, title=title, year="2001", volume="7")
            + entry(3, title=title, year="2001", pages="1--9")
        )
        run("import", str(file), "--policy", "keep-both")
        assert run("dedupe", "--policy", "merge").code == 0
        (kept,) = read(run("cite", "doe1").out).entries
        assert (kept.record.volume, kept.record.pages) == ("7", "1-9")
        assert listed(run) == ["doe1"]

    def test_a_pair_that_is_kept_is_not_offered_again(self, run: Run, tmp_path: Path) -> None:
        title = "A careful study of imagined matters in language models"
        file = tmp_path / "two.bib"
        file.write_text(entry(1, title=title) + entry(2, title=title, year="2001"))
        run("import", str(file), "--policy", "keep-both")
        found = run("dedupe", "--policy", "keep-both")
        assert (found.code, found.out.splitlines()[-1]) == (0, "doe2 and doe1 are two works")
        assert run("dedupe").err == "no duplicates\n"
        run("rename-key", "doe1", "first")
        run("rename-key", "doe2", "second")
        assert run("dedupe").err == "no duplicates\n"
        run("library", "export", str(tmp_path / "texts"))
        run("remove", "--yes", "first", "second")
        run("library", "import", str(tmp_path / "texts"))
        assert run("dedupe").err == "no duplicates\n"
        run("undo", "5")
        assert run("dedupe").code == 1

    def test_a_work_that_is_not_the_catalogs_stays_so(self, run: Run, tmp_path: Path) -> None:
        (work,) = json.loads(run("show", SOULCHAT, "--json").out)["works"]
        file = tmp_path / "mine.bib"
        file.write_text(f"@misc{{mine, title = {{{work['title']}}}, author = {{Chen, Yirong}}, year = 2023}}")
        run("import", str(file))
        run("dedupe", "--policy", "keep-both")
        assert run("dedupe").err == "no duplicates\n"

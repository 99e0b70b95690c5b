"""What `cite` selects, how it delivers it, and what bad input gets."""

import base64
import os
import stat
from pathlib import Path

import pytest

from mhlit.cite.styles import STYLES
from tests.conftest import Run
from tests.terminal import on_terminal

SOULCHAT_IN_APA = (
    "Chen, Y., Xing, X., Lin, J., Zheng, H., Wang, Z., Liu, Q., & Xu, X. (2023). SoulChat: Improving LLMs’ Empathy, "
    "Listening, and Comfort Abilities through Fine-tuning with Multi-turn Empathy Conversations. In H. Bouamor, J. Pino, "
    "& K. Bali (Eds.), Findings of the Association for Computational Linguistics: EMNLP 2023 (pp. 1170–1183). "
    "Association for Computational Linguistics. https://doi.org/10.18653/v1/2023.findings-emnlp.83"
)
needs_posix = pytest.mark.skipif(os.name == "nt", reason="a shell script and a pseudo-terminal")


class TestStyles:
    def test_a_reference_and_its_in_text_citation(self, run: Run) -> None:
        assert run("cite", "soulchat", "--style", "apa") == (0, f"{SOULCHAT_IN_APA}\n", "")
        assert run("cite", "soulchat", "--style", "apa", "--in-text").out == "(Chen et al., 2023)\n"

    def test_an_article_number_and_a_preprint(self, run: Run) -> None:
        hua = run("cite", "hua-etal-2025-scoping", "-s", "apa").out
        assert "Npj Digital Medicine, 8(1), Article 230. https://doi.org/10.1038/s41746-025-01611-4" in hua
        na = run("cite", "na-etal-2025-survey", "-s", "apa", "--prefer", "preprint").out
        assert na.endswith("(Preprint arXiv:2502.11095). arXiv. https://doi.org/10.48550/arXiv.2502.11095\n")

    def test_markdown_and_html(self, run: Run) -> None:
        ieee = run("cite", "hua-etal-2025-scoping", "-s", "ieee", "-f", "markdown").out
        assert ieee.startswith("\\[1] Y. Hua *et al.*, “")
        assert "*npj Digital Medicine*, vol. 8, no. 1, Art. no. 230, " in ieee
        page = run("cite", "soulchat", "-s", "apa", "-f", "html").out
        assert '<li id="chen-etal-2023-soulchat">Chen, Y., Xing, X.' in page
        assert "<i>Findings of the Association for Computational Linguistics: EMNLP 2023</i>" in page

    def test_a_terminal_shows_italics_and_wraps(self) -> None:
        screen = on_terminal("cite", "soulchat", "-s", "apa")
        assert all(len(line) <= 80 for line in screen.lines)
        assert screen.lines[1].startswith("    ")
        assert "\x1b[3m" in screen.raw

    def test_the_styles_are_listed(self, run: Run) -> None:
        assert [line.split("\t")[0] for line in run("cite", "--style", "list").out.splitlines()] == list(STYLES)

    def test_a_style_orders_unless_another_order_is_asked_for(self, run: Run) -> None:
        keys = ("wang-etal-2024-patient", "althoff-etal-2016-large")
        assert run("cite", *keys, "-s", "apa").out.startswith("Althoff")
        assert run("cite", *keys, "-s", "vancouver").out.startswith("1. Wang")
        assert run("cite", *keys, "-s", "apa", "--sort", "year").out.startswith("Wang")  # the newest first

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("<style", ":1: is not XML: "),
            ("<a/>", ":1: "),
            ('<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">\n<info/></style>', ":1: "),
            (
                '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">\n<info><title>t</title>'
                '<id>i</id><updated>2026-01-01T00:00:00Z</updated></info>\n<citation><layout>\n<text macro="none"/>'
                "</layout></citation></style>",
                ":4: ",
            ),
        ],
    )
    def test_a_broken_style_is_named_with_line_and_cause(self, run: Run, tmp_path: Path, text: str, said: str) -> None:
        (tmp_path / "bad.csl").write_text(text)
        code, out, err = run("cite", "soulchat", "-s", str(tmp_path / "bad.csl"))
        assert (code, out) == (3, "")
        assert err.startswith(f"mhlit: {tmp_path / 'bad.csl'}{said}")
        assert len(err.splitlines()) <= 2

    def test_a_style_by_its_path(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "own.csl").write_text(
            '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>t</title><id>i</id>'
            "<updated>2026-01-01T00:00:00Z</updated></info><citation><layout><text variable='title'/></layout></citation>"
            "<bibliography><layout suffix='!'><names variable='author'/></layout></bibliography></style>"
        )
        out = run("cite", "althoff-etal-2016-large", "-s", str(tmp_path / "own.csl")).out
        assert out == "Tim Althoff, Kevin Clark, Jure Leskovec!\n"


class TestFiles:
    def test_the_ending_of_the_file_names_the_format(self, run: Run, tmp_path: Path) -> None:
        starts = {"bib": "@inproceedings{", "json": "[\n", "ris": "TY  - CONF\r\n", "yaml": "chen-", "csv": "key,"}
        for ending, start in starts.items():
            code, out, err = run("cite", "soulchat", "-o", str(tmp_path / f"refs.{ending}"))
            assert (code, out) == (0, "")
            assert err == f"1 reference in {tmp_path / f'refs.{ending}'}\n"
            assert (tmp_path / f"refs.{ending}").read_bytes().startswith(start.encode())

    @pytest.mark.parametrize("ending", ["bib", "json", "ris", "enw", "yaml", "csv", "tsv", "md", "txt"])
    def test_a_file_that_holds_what_would_be_lost_is_not_overwritten(
        self, run: Run, tmp_path: Path, ending: str
    ) -> None:
        file = tmp_path / f"refs.{ending}"
        run("cite", "soulchat", "althoff", "-o", str(file))
        before = file.read_bytes()
        code, _, err = run("cite", "althoff", "-o", str(file))
        assert code == 3
        assert "holds what would be lost: " in err
        assert "--force" in err.splitlines()[1]
        assert ("--append" in err) is (ending == "bib")
        assert file.read_bytes() == before
        assert run("cite", "althoff", "soulchat", "mdd-5k", "-o", str(file)).code == 0
        assert run("cite", "althoff", "-o", str(file), "--force").code == 0
        assert b"oulchat" not in file.read_bytes()

    def test_what_is_no_entry_of_a_bib_is_not_overwritten_either(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "refs.bib").write_text("my own notes\n")
        code, _, err = run("cite", "soulchat", "-o", str(tmp_path / "refs.bib"))
        assert (code, "my own notes" in err) == (3, True)

    def test_an_entry_that_gets_another_text_is_said(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "refs.bib"
        run("cite", "soulchat", "-o", str(file))
        file.write_text(file.read_text().replace("Empathy", "Apathy"))
        code, _, err = run("cite", "soulchat", "-o", str(file))
        assert (code, "1 entry replaced by another text" in err) == (0, True)

    def test_a_file_whose_ending_tells_no_format_is_said_to_have_one(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "refs.docx"
        assert run("cite", "soulchat", "-o", str(file)).err == f"1 reference in {file}, as bibtex\n"

    def test_a_missing_folder_and_a_read_only_file(self, run: Run, tmp_path: Path) -> None:
        code, _, err = run("cite", "soulchat", "-o", str(tmp_path / "no" / "refs.bib"))
        assert (code, f"there is no folder {tmp_path / 'no'}" in err) == (3, True)
        assert not (tmp_path / "no").exists()
        file = tmp_path / "refs.bib"
        file.write_text("")
        file.chmod(stat.S_IREAD)
        code, _, err = run("cite", "soulchat", "-o", str(file))
        assert (code, "is read-only; nothing was changed" in err, file.read_bytes()) == (3, True, b"")
        assert [path.name for path in tmp_path.iterdir()] == ["refs.bib"]

    def test_nothing_is_written_where_a_key_is_unknown(self, run: Run, tmp_path: Path) -> None:
        assert run("cite", "soulchat", "qwzx", "-o", str(tmp_path / "refs.bib")).code == 4
        assert list(tmp_path.iterdir()) == []


class TestAppend:
    def test_only_what_is_not_there_is_added_and_the_rest_is_untouched(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "refs.bib"
        # The same work by another key, in another form; another entry; a note; lines of Windows; no final line end.
        old = (
            b"% my notes\r\n@article{mine,title={SoulChat: improving LLMs' empathy, listening, and comfort abilities "
            b"through fine-tuning with multi-turn empathy conversations}, author={Chen, Yirong and others},year=2023}\r\n"
            b"@misc{other, title = {Caf\xc3\xa9}}"
        )
        file.write_bytes(old)
        code, out, err = run("cite", "soulchat", "althoff", "--append", str(file))
        assert (code, out) == (0, "")
        assert err.splitlines() == [
            f"1 entry added to {file}, 1 there already",
            "mhlit: chen-etal-2023-soulchat is there as mine",
        ]
        new = file.read_bytes()
        assert new.startswith(old + b"\r\n\r\n@article{althoff-etal-2016-large,\r\n")
        assert new.count(b"\n") == new.count(b"\r\n")
        assert run("cite", "soulchat", "althoff", "--append", str(file)).err.startswith("0 entries added")
        assert file.read_bytes() == new

    def test_a_key_that_another_work_has_is_not_taken(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "refs.bib"
        file.write_text("@misc{Althoff-etal-2016-large, title = {Something else entirely}, author = {A, B}}\n")
        code, _, err = run("cite", "soulchat", "althoff", "--append", str(file))
        assert code == 1
        assert "althoff-etal-2016-large was not added: " in err
        assert file.read_text().count("\n@") == 1

    def test_a_new_file_is_made(self, run: Run, tmp_path: Path) -> None:
        assert run("cite", "soulchat", "--append", str(tmp_path / "refs.bib")).code == 0
        assert (tmp_path / "refs.bib").read_text() == run("cite", "soulchat").out

    def test_a_file_that_ends_inside_an_entry_is_refused(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "refs.bib"
        file.write_text("@misc{a, title = {open\n")
        code, _, err = run("cite", "soulchat", "--append", str(file))
        assert (code, "is not closed; nothing was changed" in err) == (3, True)
        assert file.read_text() == "@misc{a, title = {open\n"

    @pytest.mark.parametrize("more", [("-o", "a.bib"), ("-s", "apa"), ("--copy",), ("-f", "ris")])
    def test_append_goes_with_no_other_delivery(self, run: Run, tmp_path: Path, more: tuple[str, ...]) -> None:
        assert run("cite", "soulchat", "--append", str(tmp_path / "refs.bib"), *more).code == 2
        assert list(tmp_path.iterdir()) == []


@needs_posix
class TestClipboard:
    @pytest.mark.parametrize("name", ["xclip", "xsel", "wl-copy", "pbcopy", "termux-clipboard-set"])
    def test_a_program_on_path_gets_the_reference(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\nexec /bin/cat > '{tmp_path / 'taken'}'\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.delenv("SSH_CONNECTION", raising=False)
        monkeypatch.delenv("SSH_TTY", raising=False)
        assert run("cite", "soulchat", "--style", "apa", "--copy") == (0, "", "1 reference copied\n")
        assert (tmp_path / "taken").read_text(encoding="utf-8") == SOULCHAT_IN_APA

    def test_a_program_that_fails_is_passed_over(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name, line in (("xclip", "exit 1"), ("xsel", f"exec /bin/cat > '{tmp_path / 'taken'}'")):
            (tmp_path / name).write_text(f"#!/bin/sh\n{line}\n")
            (tmp_path / name).chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        assert run("cite", "soulchat", "-f", "text", "--copy").code == 0
        assert (tmp_path / "taken").read_text(encoding="utf-8").startswith("Yirong Chen, ")

    def test_over_ssh_the_terminal_takes_it(self, tmp_path: Path) -> None:
        screen = on_terminal(
            "cite", "soulchat", "-s", "apa", "--copy", env={"SSH_TTY": "/dev/pts/0", "PATH": str(tmp_path)}
        )
        assert screen.code == 0
        sent = screen.raw.partition("\x1b]52;c;")[2].partition("\a")[0]
        assert base64.b64decode(sent).decode() == SOULCHAT_IN_APA

    def test_without_a_clipboard_it_says_so(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.delenv("SSH_CONNECTION", raising=False)
        monkeypatch.delenv("SSH_TTY", raising=False)
        code, out, err = run("cite", "soulchat", "--copy")
        assert (code, out, err.splitlines()[0]) == (3, "", "mhlit: there is no clipboard here")


class TestVersionsAndKeys:
    def test_a_work_without_a_preprint_is_cited_as_published_and_said(self, run: Run) -> None:
        code, out, err = run("cite", "soulchat", "balan-etal-2024-use", "--prefer", "preprint")
        assert code == 0
        assert "eprint = {2311.00273}" in out
        assert "@article{balan-etal-2024-use," in out
        assert err.startswith("mhlit: no preprint is known of balan-etal-2024-use; ")
        assert "the published version is cited" in err

    def test_the_published_version_keeps_the_arxiv_id_beside_it(self, run: Run) -> None:
        out = run("cite", "soulchat").out
        assert "doi = {10.18653/v1/2023.findings-emnlp.83}" in out
        assert "eprint = {2311.00273}" in out

    def test_keys_of_another_form_are_unique(self, run: Run) -> None:
        assert "{chen2023soulchat," in run("cite", "soulchat", "--key-format", "google").out
        out = run("cite", "-f", "tsv", "--key-format", "{year}").out
        keys = [line.split("\t")[0] for line in out.splitlines()[1:]]
        assert len({key.lower() for key in keys}) == len(keys) == 88
        assert {"2025", "2025b", "2025c"} <= set(keys)

    @pytest.mark.parametrize("form", ["{nothing}", "plain", "{auth", "{auth} {year}", "{auth!r}"])
    def test_a_template_that_makes_no_key_is_refused(self, run: Run, form: str) -> None:
        code, out, err = run("cite", "soulchat", "--key-format", form)
        assert (code, out) == (2, "")
        assert "hint: " in err

    def test_order_and_short_venues(self, run: Run) -> None:
        out = run("cite", "soulchat", "althoff", "--short-venues").out
        assert "booktitle = {Findings of EMNLP}" in out
        assert out.index("soulchat") < out.index("althoff")
        out = run("cite", "althoff", "soulchat", "--sort", "year").out
        assert out.index("soulchat") < out.index("althoff")


class TestDocuments:
    def test_an_alias_keeps_the_key_of_the_document(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "paper.tex").write_text(r"\citep[see][]{qiu2025psydial, chen-etal-2023-soulchat}")
        out = run("cite", "--from", str(tmp_path / "paper.tex")).out
        assert out.count("@") == 2
        assert "@inproceedings{qiu2025psydial," in out

    def test_unknown_keys_are_said_and_the_rest_is_written(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "paper.md").write_text("As [@chen-etal-2023-soulcat; @qwzx] and @althoff-etal-2016-large say.")
        code, out, err = run("cite", "--from", str(tmp_path / "paper.md"))
        assert code == 1
        assert out.startswith("@article{althoff-etal-2016-large,")
        assert "unknown key chen-etal-2023-soulcat; did you mean chen-etal-2023-soulchat" in err
        assert "1 unknown key: qwzx" in err

    def test_a_document_that_cites_nothing(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "paper.tex").write_text("Nothing.")
        code, out, err = run("cite", "--from", str(tmp_path / "paper.tex"), "-o", str(tmp_path / "refs.bib"))
        assert (code, out, err) == (1, "", f"mhlit: {tmp_path / 'paper.tex'} cites nothing\n")
        assert not (tmp_path / "refs.bib").exists()

    def test_a_document_of_another_kind_or_missing(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "paper.docx").write_bytes(b"PK")
        code, _, err = run("cite", "--from", str(tmp_path / "paper.docx"))
        assert (code, "documents end in .aux, .bcf, .tex" in err) == (2, True)
        assert run("cite", "--from", str(tmp_path / "none.tex")).code == 3
        (tmp_path / "binary.tex").write_bytes(bytes(range(256)) * 4)
        assert run("cite", "--from", str(tmp_path / "binary.tex")).code in (1, 3)

    def test_everything(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "paper.tex").write_text("\\nocite{*}")
        assert run("cite", "--from", str(tmp_path / "paper.tex")).out.count("\n@") == 87

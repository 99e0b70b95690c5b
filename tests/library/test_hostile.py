"""Hostile text is data: nothing of it reaches a terminal, a file's name, a formula or another field."""

import csv
import io
import re
import sqlite3
import tempfile
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mhlit.cite import FORMATS
from mhlit.formats.readers.bibtex import read
from mhlit.library.attachments import file_name
from mhlit.library.bibliographies import balanced
from mhlit.library.entries import cleaned
from mhlit.library.keys import clean_key, made_key
from mhlit.text import printable
from tests.conftest import Run
from tests.library.shelves import bring, check_sound, entry
from tests.terminal import on_terminal

EVIL = (
    "\x1b[31mred\x1b[0m", "\x1b]8;;http://evil\x07link\x1b]8;;\x07", "[red]markup[/red]", "<script>alert(1)</script>",
    '=HYPERLINK("http://evil","x")', "../../../etc/passwd", "a\u202eb\u2066c", "\x00\x07\x08\x7f\x9b31m", "CON",
    "'; DROP TABLE items; --", '" OR "1"="1', "%s%n{0}${x}", "\ufeff\u200b", "-rf", "~/.ssh", "\\..\\..\\x", "NEAR(a b)",
)  # fmt: skip
evil = st.one_of(st.sampled_from(EVIL), st.text(max_size=30))


def is_harmless(text: str) -> bool:
    """Tell whether a terminal shows a text and does nothing else."""
    return all(c in "\n\t" or printable(c) == c for c in text)


@given(st.text(max_size=60) | evil)
def test_a_file_name_stays_in_its_folder_on_every_system(text: str) -> None:
    name = file_name(text)
    assert name
    assert Path(name).name == name
    assert name.strip("._") == name or name.startswith("_")
    assert name.isascii()
    assert not set(name) & set('/\\:*?"<>| \x00')
    assert name.split(".")[0].lower() not in {"con", "nul", "com1"}
    assert len(name) < 120


@given(st.text(max_size=20), st.text(max_size=20))
def test_different_texts_have_different_file_names(one: str, other: str) -> None:
    if one != other:
        assert file_name(one).lower() != file_name(other).lower()


@given(st.text(max_size=60) | evil)
def test_a_key_can_be_read_by_every_program(text: str) -> None:
    key = clean_key(text)
    assert not set(key) & set(" \t\n,{}()\"#%'=\\~")
    assert is_harmless(key)
    assert clean_key(key) == key


@given(evil, evil, evil)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_comes_in_and_goes_out_harmless(title: str, author: str, key: str) -> None:
    if not all(balanced(text) for text in (title, author)):
        return
    text = f"@misc{{{key},\n  title = {{{title} x}},\n  author = {{{author} y}},\n  note = {{{title}}},\n}}\n"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.sqlite"
        outcomes = bring(path, text)
        check_sound(path)
        for one in outcomes:
            assert is_harmless(one.key + one.former)
        with closing(sqlite3.connect(path)) as connection:
            for row in connection.execute("SELECT key, title, author, venue FROM works"):
                assert is_harmless("".join(row))
    for found in read(text).entries:
        record = cleaned(found.record)
        assert is_harmless(record.title + made_key(record) + "".join("".join(name) for name in record.authors))


@pytest.mark.parametrize("word", EVIL)
def test_no_command_lets_it_through(run: Run, path: Path, tmp_path: Path, word: str) -> None:
    file = tmp_path / "evil.bib"
    body = word.translate(str.maketrans("", "", "{}\\"))
    file.write_bytes(entry(1, title=f"{body} study", author=f"{body} and Doe, J", note=body, journal=body).encode())
    told = [run("import", str(file))]
    (key,) = run("list", "--in", "library", "--keys").out.split("\n")[:1] or [""]
    for words in (
        ["tag", f"+{body}", key],
        ["note", key, "--text", body],
        ["collection", "add", body, key],
        ["collection", "list"],
        ["tag"],
        ["show", key],
        ["show", key, "--plain"],
        ["list", "--in", "library"],
        ["search", body, "--in", "library"],
        ["search", "study", "--in", "library", "--explain"],
        ["undo", "--list"],
        ["library", "export", str(tmp_path / "texts")],
        ["dedupe"],
    ):
        told.append(run(*words))
        assert "Traceback" not in told[-1].err
    for one in told:
        assert is_harmless(one.out + one.err)
    if path.exists():
        check_sound(path)
    written = {str(one.relative_to(tmp_path)) for one in tmp_path.rglob("*")}
    assert all(name.startswith(("evil.bib", "own", "texts")) for name in written)


def test_a_title_of_megabytes_and_ten_thousand_authors_are_data_too(run: Run, path: Path, tmp_path: Path) -> None:
    file = tmp_path / "huge.bib"
    authors = " and ".join(f"Doe{number}, Jane" for number in range(10_000))
    file.write_text(entry(1, title="word " * 1_000_000) + entry(2, author=authors))
    assert run("import", str(file)).code == 0
    assert run("list", "--author", "doe9999", "--keys").out == "doe2\n"
    assert run("show", "doe2").out.count("Doe") >= 10_000
    assert run("tag", "+big", "doe1").code == 0
    check_sound(path)


def body_of(word: str) -> str:
    """Return what of a word can stand in the braces of BibTeX; a file with NUL is refused as none of text."""
    return word.translate(str.maketrans("", "", "{}\\\x00"))


class Tags(HTMLParser):
    """The elements of a page, each with the names of its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.update((tag, *(name for name, _ in attrs)))


@pytest.mark.parametrize("word", EVIL)
def test_no_format_and_no_style_carries_it_out(run: Run, path: Path, tmp_path: Path, word: str) -> None:
    body, file = body_of(word), tmp_path / "evil.bib"
    text = entry(1, title=f"{body} study", author=f"{body} and Doe, J", note=body, journal=body, doi=f"10.1/{body}")
    file.write_bytes(text.encode())
    assert run("import", str(file)).code == 0
    given = {name: run("cite", "--in", "library", "--format", name).out for name in FORMATS}
    given |= {style: run("cite", "--in", "library", "--style", style).out for style in ("apa", "ieee", "vancouver")}
    for name, out in given.items():
        assert out, name
        assert is_harmless(out.replace("\r\n", "\n")), name
    assert not Tags(given["html"]).found & {"script", "iframe", "onerror", "onclick"}
    for name, sign in (("csv", ","), ("tsv", "\t")):
        rows = list(csv.reader(io.StringIO(given[name]), delimiter=sign))
        assert len(rows) == 2
        assert not [cell for cell in rows[1] if cell.lstrip().startswith(("=", "+", "-", "@"))]


def test_on_a_terminal_it_is_shown_and_does_nothing(run: Run, path: Path, tmp_path: Path) -> None:
    file = tmp_path / "evil.bib"
    text = "".join(entry(place, title=f"{body_of(word)} study") for place, word in enumerate(EVIL))
    file.write_bytes(text.encode())
    assert run("import", str(file)).code == 0
    own = {"MHLIT_LIBRARY": str(path)}
    for words in (
        ["list", "--in", "library"],
        ["search", "study", "--in", "library"],
        ["show", "doe2"],
        ["check", str(file)],
    ):
        screen = on_terminal(*words, env=own, columns=100)
        # What is left without the colours and the line ends of the program's own is text.
        assert is_harmless(re.sub(r"\x1b\[[0-9;]*m|\r", "", screen.raw)), words
        assert "\x1b[31mred" not in screen.raw
    assert "[red]markup[/red] study" in on_terminal("list", "--in", "library", env=own, columns=100).text

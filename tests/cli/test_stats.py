"""`mhlit stats`: lines, JSON, CSV and SVG for programs; bars and heat tables on a terminal."""

import csv
import io
import json
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from mhlit.render.plain import comma_separated
from mhlit.store.counting import TABLES
from tests.conftest import Run

TEXT = "{http://www.w3.org/2000/svg}text"


class TestInAPipe:
    def test_every_table_is_lines_of_table_value_by_and_count(self, run: Run) -> None:
        code, out, err = run("stats")
        assert (code, err) == (0, "")
        lines = [line.split("\t") for line in out.splitlines()]
        assert {len(line) for line in lines} == {4}
        assert list(dict.fromkeys(line[0] for line in lines)) == list(TABLES)
        assert ["year", "2025", "", "43"] in lines
        assert ["topic", "dialogue", "dataset", "27"] in lines

    def test_one_table_is_without_its_name(self, run: Run) -> None:
        assert run("stats", "status").out == "verified\t\t79\npartial\t\t8\nlisted\t\t1\n"

    def test_filters_select_what_is_counted(self, run: Run) -> None:
        assert run("stats", "status", "--section", "clinical").out == "verified\t\t5\npartial\t\t2\n"

    def test_json_holds_the_same_numbers(self, run: Run) -> None:
        members = json.loads(run("stats", "--json").out)
        assert [members[name] for name in ("schema", "works", "listings")] == [1, 88, 93]
        assert list(members["tables"]) == list(TABLES)
        flat = [
            [name, row["value"], by, str(many)]
            for name, rows in members["tables"].items()
            for row in rows
            for by, many in {"": row["count"], **row.get("by", {})}.items()
            if many
        ]
        assert flat == [line.split("\t") for line in run("stats").out.splitlines()]

    def test_csv_holds_the_same_numbers_under_a_header(self, run: Run) -> None:
        rows = list(csv.reader(io.StringIO(run("stats", "--csv").out)))
        assert rows[0] == ["table", "value", "by", "count"]
        assert rows[1:] == [line.split("\t") for line in run("stats").out.splitlines()]

    def test_a_spreadsheet_runs_nothing(self) -> None:
        assert comma_separated([("=cmd()", -1, "a,b")], ("x", "y", "z")) == 'x,y,z\n\'=cmd(),-1,"a,b"\n'


class TestThePicture:
    def test_it_holds_the_words_and_loads_nothing(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "stats.svg"
        result = run("stats", "--svg", str(file))
        assert (result.code, result.out, result.err) == (0, "", f"drawn into {file}\n")
        picture = file.read_text(encoding="utf-8")
        said = [(one.text or "").replace("\xa0", " ") for one in ElementTree.fromstring(picture).iter(TEXT)]
        assert "Works by year and section" in said
        assert any(text.startswith("dialogue") for text in said)
        assert "@font-face" not in picture
        assert "url(http" not in picture

    def test_it_is_the_same_twice_and_may_be_drawn_anew(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "stats.svg"
        run("stats", "--svg", str(file))
        first = file.read_text(encoding="utf-8")
        assert run("stats", "--svg", str(file)).code == 0
        assert file.read_text(encoding="utf-8") == first == run("stats", "--svg", "-").out

    def test_a_file_that_is_no_picture_stays(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "refs.bib"
        file.write_text("@misc{mine,}\n", encoding="utf-8")
        result = run("stats", "--svg", str(file))
        assert (result.code, result.out) == (3, "")
        assert result.err == f"mhlit: {file} is there and is no SVG picture\nhint: name another file with --svg\n"
        assert file.read_text(encoding="utf-8") == "@misc{mine,}\n"

    def test_a_folder_that_is_not_there_is_said(self, run: Run, tmp_path: Path) -> None:
        result = run("stats", "--svg", str(tmp_path / "no" / "stats.svg"))
        assert result.code == 3
        assert result.err.startswith("mhlit: cannot write ")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["stats", "yaer"], 2, "there is no table 'yaer'"),
        (["stats", "--json", "--csv"], 2, "--json, --csv and --svg exclude each other"),
        (["stats", "--section", "dataset"], 2, "there is no section 'dataset'"),
        (["stats", "--year", "1900"], 1, "no work matches these filters"),
    ],
)
def test_wrong_words_are_one_line(run: Run, arguments: list[str], code: int, message: str) -> None:
    result = run(*arguments)
    assert (result.code, result.out) == (code, "")
    assert result.err.splitlines()[0] == f"mhlit: {message}"


def test_nothing_selected_in_json_is_an_object(run: Run) -> None:
    result = run("stats", "status", "--json", "--year", "1900")
    assert result.code == 1
    assert json.loads(result.out)["tables"] == {"status": []}


if sys.platform != "win32":
    from tests.terminal import on_terminal

    @pytest.mark.parametrize("columns", [40, 60, 80, 120, 200])
    def test_every_plot_fits_the_terminal(columns: int) -> None:
        screen = on_terminal("stats", columns=columns)
        assert screen.code == 0
        assert all(len(line) <= columns for line in screen.lines)
        assert "Works by year and section" in screen.text
        assert "… and 28 more: mhlit stats topic" in screen.text

    def test_numbers_stand_under_the_names_of_their_columns() -> None:
        lines = on_terminal("stats", "year", columns=80).lines
        assert lines[1].split() == ["theory", "technology", "clinical", "datasets", "models"]
        row = next(line for line in lines if line.startswith("2025"))
        for name, number in zip(lines[1].split(), ("6", "23", "1", "8", "10"), strict=True):
            end = lines[1].index(name) + len(name)
            assert row[:end].rstrip("▁▂▃▄▅▆▇█").split()[-1] == number

    def test_at_80_columns_the_names_of_ten_columns_are_a_staircase() -> None:
        lines = on_terminal("stats", "topic", columns=80).lines
        row = next(line for line in lines if line.startswith("counseling "))
        for step, number in (("dataset", "21"), ("model", "12"), ("survey", "1"), ("shared-task", "·")):
            heading = next(line for line in lines if f" {step}" in line)
            end = heading.index(f" {step}") + 1 + len(step)
            assert row[:end].split()[-1].rstrip("▁▂▃▄▅▆▇█") == number
        assert sum(line.startswith("motivational-interviewing ") for line in lines) == 1

    def test_the_longest_bar_is_that_of_the_greatest_number() -> None:
        lines = on_terminal("stats", "venue", columns=80).lines[1:]
        bars = [sum(c in "█▉▊▋▌▍▎▏" for c in line) for line in lines]
        assert bars == sorted(bars, reverse=True)
        assert min(bars) >= 1
        assert lines[0].split()[-2:] == ["17", "19%"]

    def test_without_colour_and_without_unicode_the_numbers_remain() -> None:
        plain = on_terminal("stats", "year", env={"NO_COLOR": "1"})
        assert "\x1b[3" not in plain.raw
        ascii_only = on_terminal("stats", "year", env={"PYTHONIOENCODING": "ascii"})
        assert all(line.isascii() for line in ascii_only.lines)
        assert next(line for line in ascii_only.lines if line.startswith("2025")).split()[2:] == [
            "43",
            "6",
            "23",
            "1",
            "8",
            "10",
        ]

"""Every screen on a real terminal: nothing is cut that must be copied, nothing is wider than the screen."""

import sys
import time
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from tests.terminal import on_terminal

WIDTHS = (40, 80, 100, 120, 200)
KEYS = [
    "chen-etal-2024-emotionqueen",
    "liu-etal-2025-illusion",
    "chen-etal-2023-soulchat",
    "sharma-etal-2021-towards",
]


@pytest.mark.parametrize("columns", WIDTHS)
def test_keys_are_never_cut_and_no_line_is_too_wide(columns: int) -> None:
    screen = on_terminal("search", "empathy", columns=columns)
    assert screen.code == 0
    for key in KEYS:
        assert sum(line.startswith(key) for line in screen.lines) == 1
    assert all(len(line) <= columns for line in screen.lines)
    assert screen.lines[-1] == "9 works found"


@pytest.mark.parametrize("columns", [80, 120])
def test_a_title_takes_at_most_three_lines_and_none_is_cut(columns: int) -> None:
    screen = on_terminal("list", columns=columns)
    assert screen.lines[-1] == "88 works"
    rows = screen.lines[2:-2]
    starts = [n for n, line in enumerate(rows) if line and not line.startswith(" ")]
    assert len(starts) == 88
    # On 80 columns one line for key, author and venue (two where they are too long for one) and those of the title.
    spans = [later - earlier for earlier, later in zip(starts, [*starts[1:], len(rows)], strict=True)]
    assert max(spans) == (4 if columns == 80 else 3)
    assert not any("…" in line for line in rows)


def test_a_wide_terminal_has_a_column_for_every_part() -> None:
    lines = on_terminal("search", "kokoro chat", columns=120).lines
    assert lines[0].split() == ["Key", "Title", "Author", "Venue", "Year"]
    assert lines[2].split()[0] == "qi-etal-2025-kokorochat"
    assert " ".join(lines[2].split()).endswith(" Qi et al. ACL 2025")


def test_a_narrow_terminal_has_the_title_below_key_author_and_venue() -> None:
    lines = on_terminal("search", "kokoro chat", columns=80).lines
    assert lines[2].split() == ["qi-etal-2025-kokorochat", "Qi", "et", "al.,", "ACL", "2025"]
    assert lines[3].startswith("  KokoroChat: A Japanese Psychological Counseling")


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_what_is_listed_with_its_meaning_stands_in_columns(columns: int) -> None:
    for words in (("cite", "--format", "list"), ("cite", "--style", "list"), ("check", "--rules"), ("config",)):
        lines = on_terminal(*words, columns=columns).lines
        place = max(lines[0].rindex(head) for head in ("what it is", "finds", "what it does") if head in lines[0])
        assert place < columns * 0.7
        assert all(len(line) <= columns for line in lines)
        assert all(line[place - 1 : place] in ("", " ") for line in lines[2:])
        assert sum(line[place : place + 1].strip() != "" for line in lines[2:]) > 5


def test_short_rows_stand_in_columns_and_a_path_is_not_broken(tmp_path: Path) -> None:
    own = {"MHLIT_LIBRARY": str(tmp_path / "library.sqlite")}
    on_terminal("add", "soulchat", "mirror", "--tag", "a-long-tag-日本", "--collection", "thesis", env=own)
    on_terminal("add", "soulchat", "--tag", "b", env=own)
    head, _, *tags = on_terminal("tag", env=own).lines
    assert (head, tags) == ("tag              works", ["a-long-tag-日本      2", "b                    1"])
    head, _, *changes = on_terminal("undo", "--list", columns=100, env=own).lines
    assert head.split("  ") == ["when", *[""] * 6, "what", "how many"]
    assert [line.split()[2:] for line in changes] == [["add", "1", "work"], ["add", "2", "works"]]
    head, _, line = on_terminal("collection", "list", env=own).lines
    assert (head, line) == ("collection  works  kept in step", "thesis          2")
    info = on_terminal("library", "info", columns=200, env=own).lines
    assert info[0] == f"file     {tmp_path / 'library.sqlite'}"
    assert info[1] == "works    2"


@pytest.mark.parametrize("group", ["library", "collection", "catalog", "completion"])
def test_what_the_commands_of_a_group_do_is_told_to_the_end(group: str) -> None:
    for columns in (60, 80):
        text = on_terminal(group, "--help", columns=columns).text
        assert "╭" in text or "┌" in text
        assert "..." not in text.replace("[ARGS]...", "")


def test_columns_that_a_table_would_squeeze_stand_below_each_other() -> None:
    names = "key,author,year,title,venue,status,topics"
    lines = on_terminal("list", "--author", "maples", "--columns", names, columns=80).lines
    assert lines[0] == "key     maples-etal-2024-loneliness"
    assert [line.split()[0] for line in lines[:-2] if not line.startswith(" ")] == names.split(",")
    assert lines[3] == "title   Loneliness and suicide mitigation for students using GPT3-enabled"
    assert lines[-1] == "1 work"
    wide = on_terminal("list", "--author", "maples", "--columns", names, columns=200).lines
    assert wide[0].split() == names.split(",")


def test_what_doubt_there_is_of_a_record_is_explained_wherever_its_sign_stands() -> None:
    for words in (
        ("list", "--status", "partial"),
        ("list", "--status", "partial", "--group-by", "year"),
        ("search", "status:partial", "--explain"),
    ):
        lines = on_terminal(*words, columns=100).lines
        assert any(line.endswith(" ~") for line in lines)
        assert "~ partly verified" in lines


def test_a_message_is_broken_between_words() -> None:
    lines = on_terminal("show", "chen", columns=60).lines
    assert lines[:2] == ["mhlit: 'chen' means 4 works", "hint: one of"]
    assert lines[2:5] == [
        "  chen-etal-2023-soulchat: SoulChat: Improving LLMs’",
        "    Empathy, Listening, and Comfort Abilities through",
        "    Fine-tuning with Multi-turn Empathy Conversations",
    ]


def test_help_says_nothing_of_pythons_types() -> None:
    assert "<" not in on_terminal("note", "--help").text
    assert "<" not in on_terminal("collection", "watch", "--help").text


def test_what_mending_takes_and_gives_has_a_colour(tmp_path: Path) -> None:
    entry = (
        "@misc{yin2024mdd,\n  title = {MDD-5k: A New Diagnostic Conversation Dataset for Mental Disorders Synthesized via"
        " Neuro-Symbolic LLM Agents},\n  author = {Yin, Congchi and others},\n  eprint = {2408.12142},\n  year = {2024}\n}\n"
    )
    (tmp_path / "a.bib").write_text(entry, encoding="utf-8")
    screen = on_terminal("check", "--diff", str(tmp_path / "a.bib"), columns=100)
    assert "\x1b[31m-  year = {2024}" in screen.raw
    assert "\x1b[32m+  year = {2025}" in screen.raw


def test_counts_stand_below_one_another() -> None:
    lines = on_terminal("facets", "venue").lines
    end = lines[0].index("works") + len("works")
    assert lines[2].split()[:2] == ["ACL", "17"]
    assert all(line[end - 1].isdigit() and line[end] == " " for line in lines[2:] if not line.startswith(" "))


def test_matched_words_are_marked_and_others_are_not() -> None:
    raw = on_terminal("search", "empathy", columns=120).raw
    assert "\x1b[1;35mEmpathy\x1b[0m" in raw
    assert "\x1b[1;35mEmotionQueen" not in raw


def test_doubtful_records_are_marked_and_the_marks_explained() -> None:
    lines = on_terminal("list", "--section", "clinical", columns=120).lines
    marked = [line for line in lines if line.endswith(" ~")]
    assert [line.split()[0] for line in marked] == ["chen-etal-2025-timelymed", "kim-etal-2024-large"]
    assert lines[-2:] == ["~ partly verified", "7 works"]


def test_a_search_shows_twenty_and_says_how_many_there_are() -> None:
    lines = on_terminal("search", "mental", columns=120).lines
    assert lines[-1].endswith(" works found, the best 20 shown")


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_a_card_keeps_addresses_whole_or_folds_them(columns: int) -> None:
    screen = on_terminal("show", "soulchat", columns=columns)
    assert all(len(line) <= columns for line in screen.lines)
    assert screen.lines[0].startswith("SoulChat: Improving LLMs’ Empathy")
    text = screen.text
    for label in ("Key", "Published", "Preprint", "Links", "Summary", "Topics", "Listed in", "Known from", "Mistake?"):
        assert f"\n{label} " in text
    assert "https://github.com/scutcyr/SoulChat" in text
    assert "\x1b]8;" in screen.raw  # addresses can be clicked
    assert "https://aclanthology.org/2023.findings-emnlp.83/" in screen.raw


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["NO_COLOR", "dumb"])
def test_without_colour_no_colour_is_sent(env: dict[str, str]) -> None:
    raw = on_terminal("search", "empathy", env=env).raw
    assert "\x1b[3" not in raw
    assert "\x1b[1;3" not in raw
    assert "chen-etal-2024-emotionqueen" in raw


def test_groups_stand_under_their_names_with_counts() -> None:
    text = on_terminal("list", "--group-by", "section", columns=120).text
    for heading in ("theory (12)", "technology (39)", "clinical (7)", "datasets (12)", "models (23)"):
        assert f"\n{heading}\n" in text or text.startswith(f"{heading}\n")


def test_facets_config_and_info_are_tables_that_fit() -> None:
    for words in (["facets"], ["facets", "venue"], ["config"], ["info"], ["list", "--columns", "key,doi,topics"]):
        screen = on_terminal(*words)
        assert screen.code == 0
        assert screen.lines
        assert all(len(line) <= 80 for line in screen.lines)


def test_all_facets_begin_and_one_is_whole() -> None:
    every = on_terminal("facets").text
    assert "… and 34 more: mhlit facets topic" in every
    assert "stigma" not in every
    one = on_terminal("facets", "topic").text
    assert "stigma" in one
    assert "more:" not in one


def test_without_a_display_the_address_is_printed() -> None:
    screen = on_terminal("open", "soulchat", env={"DISPLAY": "", "WAYLAND_DISPLAY": "", "BROWSER": ""})
    assert screen.lines == ["https://aclanthology.org/2023.findings-emnlp.83/"]


def test_the_browser_of_the_settings_is_given_the_address(tmp_path: Path) -> None:
    folder = tmp_path
    browser, settings = folder / "browser", folder / "config.toml"
    browser.write_text(f'#!/bin/sh\necho "$1" > {folder}/opened\n', encoding="utf-8")
    browser.chmod(0o755)
    settings.write_text(f'browser = "{browser}"\n', encoding="utf-8")
    screen = on_terminal("open", "soulchat", "--pdf", env={"MHLIT_CONFIG": str(settings)})
    assert screen.lines == ["opened https://aclanthology.org/2023.findings-emnlp.83.pdf"]
    for _ in range(100):
        if (folder / "opened").exists() and (folder / "opened").read_text(encoding="utf-8"):
            break
        time.sleep(0.05)
    assert (folder / "opened").read_text(encoding="utf-8").strip().endswith("findings-emnlp.83.pdf")


def test_an_error_on_a_terminal_is_the_same_two_lines() -> None:
    screen = on_terminal("list", "--section", "dataset")
    assert screen.lines == ["mhlit: there is no section 'dataset'", "hint: did you mean datasets?"]
    assert screen.code == 2


def test_help_on_a_terminal_names_every_command() -> None:
    text = on_terminal("--help", columns=100).text
    for command in ("search", "list", "show", "cite", "facets", "open", "info", "config", "catalog"):
        assert f" {command} " in text


GARBLED_LINE = (
    "* **PsyQA: A Chinese Dataset for Generating Long Counseling Text for Mental Health Support** — Junhui Li *et al.*, "
    "ACL-IJCNLP 2021 Findings. [[link]](https://aclanthology.org/2021.findings-acl.XXX)\n"
)


@pytest.mark.parametrize("columns", [80, 120])
def test_the_findings_of_a_work_fit_on_one_screen(tmp_path: Path, columns: int) -> None:
    (tmp_path / "list.md").write_text(GARBLED_LINE, encoding="utf-8")
    screen = on_terminal("check", str(tmp_path / "list.md"), columns=columns)
    assert screen.code == 1
    shown = " ".join(line.strip() for line in screen.lines)  # broken between words, an address never
    assert "error wrong-first-author: the first author is Hao Sun, not Junhui Li, who is no author of it" in shown
    assert "the work is at https://aclanthology.org/2021.findings-acl.130/" in shown
    assert len(screen.lines) < 24


def test_a_large_file_has_a_progress_bar_that_goes_away(tmp_path: Path) -> None:
    many = "".join(f"@misc{{key{number},\n  title = {{A Made-up Page}},\n}}\n" for number in range(2500))
    (tmp_path / "refs.bib").write_text(many, encoding="utf-8")
    screen = on_terminal("check", str(tmp_path / "refs.bib"), columns=100)
    assert screen.code == 0
    assert screen.lines == ["2500 references in 1 file, 0 of works in the catalog: 0 errors, 0 warnings, 0 info"]


def test_a_list_that_is_cut_says_of_how_many() -> None:
    assert on_terminal("list", "--section", "datasets", "--limit", "4").lines[-1] == "12 works, the first 4 shown"
    assert on_terminal("list", "--section", "datasets").lines[-1] == "12 works"

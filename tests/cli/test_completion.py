"""Completion: what is offered where, in which shell's form; how it is set up and taken away."""

import os
import shlex
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhlit.catalog.source import Catalog
from mhlit.cite import FORMATS
from mhlit.cli.app import COMMANDS, load
from mhlit.cli.completing.answer import answer
from mhlit.cli.completing.choices import _OTHERS, _VALUES, FREE, name_of
from mhlit.cli.completing.place import unquoted
from mhlit.store.reading import COLUMNS
from tests.conftest import Run, run_process


def asked(*words: str, shell: str = "fish") -> tuple[str, list[str]]:
    """Return the kind of the answer and its lines."""
    kind, *lines = answer(words, shell).splitlines()
    return kind, lines


def values(*words: str, shell: str = "fish") -> list[str]:
    return [line.split("\t")[0] for line in asked(*words, shell=shell)[1]]


class TestWhatIsOffered:
    def test_commands_with_their_lines(self) -> None:
        assert values("") == list(COMMANDS)
        assert asked("sh") == ("values", [f"show\t{COMMANDS['show'][1]}"])
        assert values("catalog", "") == ["check", "build", "new", "verify", "sync", "render", "stale"]
        assert values("nonsense", "") == []

    def test_options_of_the_command_that_is_typed(self) -> None:
        assert values("list", "--s") == ["--sort", "--section", "--status", "--starred"]
        assert values("show", "--") == ["--in", "--plain", "--json", "--help"]
        assert values("--") == ["--help", "--version"]
        assert values("show", "--", "--") == []

    def test_values_of_filters_with_counts_and_meanings(self) -> None:
        lines = asked("list", "--section", "")[1]
        assert lines[0] == "technology\t39 works. Technological development."
        assert values("cite", "--venue", "find") == ["Findings of ACL", "Findings of EMNLP", "Findings of NAACL"]
        assert values("stats", "--topic=soc") == ["--topic=social-media"]
        assert values("search", "words", "--year", "202", "--has", "p") == ["published", "pdf", "preprint"]

    def test_a_value_is_found_by_its_meaning_and_an_author_by_any_name(self) -> None:
        assert asked("list", "--language", "Jap") == ("other", ["ja\t1 work. Japanese"])
        assert values("list", "--author", "lan") == ["zhenzhong lan"]

    def test_formats_orders_scopes_facets_tables_and_settings(self) -> None:
        assert values("cite", "-f", "") == list(FORMATS)
        assert values("cite", "--style", "ch") == ["chicago-author-date", "chicago-notes"]
        assert values("list", "--sort", "t") == ["title"]
        assert values("list", "--in", "") == ["catalog", "library", "all"]
        assert values("list", "--group-by", "ye") == ["year"]
        assert values("facets", "to") == ["topic"]
        assert values("stats", "e") == ["error"]
        assert values("config", "col") == ["columns"]
        assert values("completion", "install", "") == ["bash", "zsh", "fish"]

    def test_columns_one_after_another(self) -> None:
        assert asked("list", "--columns", "key,ti") == ("part", ["key,title\t"])
        assert len(values("list", "--columns", "key,")) == len(COLUMNS) - 1

    def test_keys_with_their_titles(self, catalog: Catalog) -> None:
        kind, lines = asked("show", "")
        assert kind == "values"
        assert lines == [f"{work.key}\t{work.preferred.title}" for work in catalog.works]
        assert values("open", "li-") == ["li-etal-2023-understanding", "li-etal-2024-good", "li-etal-2026-counselbench"]

    def test_a_key_that_stands_there_is_not_offered_again(self) -> None:
        assert values("cite", "li-etal-2024-good", "li-") == ["li-etal-2023-understanding", "li-etal-2026-counselbench"]

    def test_names_and_aliases_lead_to_keys(self) -> None:
        assert asked("show", "soul")[0] == "other"
        assert values("show", "soul") == ["chen-etal-2023-soulchat"]
        assert values("show", "psydial") == ["han-etal-2024-psydial", "qiu-lan-2025-psydial"]
        assert values("show", "qiu2025p") == ["qiu-lan-2025-psydial"]

    def test_files_and_folders_are_the_shells_own_to_find(self) -> None:
        assert asked("catalog", "build", "-o", "x") == ("files", [])
        assert asked("catalog", "check", "--catalog", "") == ("folders", [])

    def test_what_is_the_readers_own_gets_nothing(self) -> None:
        assert asked("search", "emp") == ("values", [])
        assert asked("list", "--limit", "") == ("values", [])
        assert asked("facets", "topic", "") == ("values", [])


def parameters() -> Iterator[tuple[tuple[str, ...], Any]]:
    for name in COMMANDS:
        command = load(name)
        for inner, one in (getattr(command, "commands", None) or {name: command}).items():
            yield from (((inner,), parameter) for parameter in one.params if not getattr(parameter, "is_flag", False))


def test_every_option_and_argument_of_every_command_is_thought_of() -> None:
    names = {name_of(path, parameter) for path, parameter in parameters()}
    assert names - {*_VALUES, *_OTHERS, *FREE, "FILE", "DIR"} == set()
    assert {*_VALUES, *_OTHERS, *FREE} - names == set()


class TestTheFormsOfTheShells:
    def test_bash_gets_words_quoted_and_meanings_only_where_they_are_listed(self) -> None:
        inserted = answer(["list", "--venue", "find"], "bash:80:9").splitlines()
        assert inserted == ["values", "Findings\\ of\\ ACL", "Findings\\ of\\ EMNLP", "Findings\\ of\\ NAACL"]
        listed = answer(["list", "--venue", "find"], "bash:60:63").splitlines()
        assert listed[1].startswith("Findings of ACL    9 works. Findings of")
        assert all(len(line) < 60 for line in listed)
        both = answer(["list", "--venue", "find"], "bash:60:33").splitlines()
        assert both[1].startswith("Findings\\ of\\ ACL    9 works.")

    def test_bash_gets_one_word_bare_and_nothing_quoted_in_quotes(self) -> None:
        assert answer(["show", "soul"], "bash:80:63") == "other\nchen-etal-2023-soulchat\n"
        assert answer(["list", "--venue", '"Findings of N'], "bash:80:9") == "values\nFindings of NAACL\n"

    def test_bash_splits_at_equals_signs(self) -> None:
        assert values("list", "--section", "=", "da", shell="bash") == ["datasets"]
        assert len(values("list", "--section", "=", shell="bash")) == 5
        assert values("list", "--section", "=", "datasets", "--sort", "ye", shell="bash") == ["year"]

    def test_bash_does_not_replace_what_is_typed_by_less(self) -> None:
        kind, *lines = answer(["list", "--author", "wang"], "bash:80:9").splitlines()
        assert kind == "other"
        keys = answer(["show", "psy"], "bash:80:9").splitlines()[1:]
        begins = {key[0] for key in keys}
        assert len(keys) > 1
        assert (keys[-1] == " ") == (len(begins - {" "}) == 1)
        assert len({line[0] for line in lines}) > 1

    def test_zsh_gets_the_value_and_the_line_that_is_shown(self) -> None:
        line = answer(["show", "soul"], "zsh:60").splitlines()[1]
        value, shown = line.split("\t")
        assert value == "chen-etal-2023-soulchat"
        assert shown.startswith("chen-etal-2023-soulchat  SoulChat: Improving")
        assert len(shown) < 60
        assert shown.endswith("…")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("plain", "plain"),
        ("'Findings of", "Findings of"),
        ('"Findings of ACL"', "Findings of ACL"),
        ("Findings\\ of\\ A", "Findings of A"),
        ("it\\'s", "it's"),
        ('"a\'b"', "a'b"),
        ("'a\"b'", 'a"b'),
        ('"a\\"b', 'a"b'),
        ("a'b'\"c\"\\d", "abcd"),
        ("ends\\", "ends"),
        ("'", ""),
    ],
)
def test_quotes_and_backslashes_are_read_as_the_shell_does(typed: str, read: str) -> None:
    assert unquoted(typed) == read


@given(st.text())
def test_what_a_shell_quotes_is_read_back(text: str) -> None:
    assert unquoted(shlex.quote(text)) == text


@given(
    st.lists(st.text(), max_size=5),
    st.sampled_from(["bash:80:9", "bash:0:63", "zsh:x", "fish", "", "tcsh:::::", "bash"]),
)
def test_nothing_that_is_typed_is_an_error(words: list[str], shell: str) -> None:
    answer(words, shell)
    answer(["list", *words], shell)
    answer(["show", "--in", *words], shell)


def test_a_process_answers_and_never_complains() -> None:
    result = run_process("show", "soulc", env={"_MHLIT_COMPLETE": "fish"})
    assert result.code == 0
    assert result.err == ""
    assert result.out.startswith("other\nchen-etal-2023-soulchat\tSoulChat: ")
    assert run_process("config", "", env={"_MHLIT_COMPLETE": "fish", "HOME": "/nonexistent"}).err == ""
    assert (
        run_process("--version", env={"_MHLIT_COMPLETE": "fish"}).out
        == "values\n--version\tShow the version and leave.\n"
    )


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "ZDOTDIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


STARTUP = {"bash": ".bashrc", "zsh": ".zshrc"}
SCRIPT = {
    "bash": ".local/share/mhlit/completion/mhlit.bash",
    "zsh": ".local/share/mhlit/completion/mhlit.zsh",
    "fish": ".config/fish/completions/mhlit.fish",
}


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.skipif(sys.platform != "linux", reason="the places are those of Linux")
class TestSettingUp:
    @pytest.mark.parametrize("shell", SCRIPT)
    def test_the_script_is_where_the_shell_reads_it_and_said(self, run: Run, home: Path, shell: str) -> None:
        result = run("completion", "install", shell)
        assert (result.code, result.out) == (0, "")
        assert result.err.splitlines()[0] == f"wrote {home / SCRIPT[shell]}"
        assert (home / SCRIPT[shell]).read_text(encoding="utf-8") == run("completion", "show", shell).out
        if shell in STARTUP:
            assert f"added lines to {home / STARTUP[shell]} that read it\n" in result.err
            assert str(home / SCRIPT[shell]) in (home / STARTUP[shell]).read_text(encoding="utf-8")

    @pytest.mark.parametrize("shell", STARTUP)
    @pytest.mark.parametrize("before", [b"", b"x=1\n", b"x=1", b"a\r\nb\r\n", b"caf\xe9\n\n\n", b"# >>> other >>>\n"])
    def test_taking_away_leaves_every_byte_as_it_was(self, run: Run, home: Path, shell: str, before: bytes) -> None:
        startup = home / STARTUP[shell]
        startup.write_bytes(before)
        startup.chmod(0o600)
        run("completion", "install", shell)
        once = startup.read_bytes()
        assert "reads it already" in run("completion", "install", shell).err
        assert startup.read_bytes() == once
        assert run("completion", "remove", shell).code == 0
        assert contents(home) == {STARTUP[shell]: before}
        assert stat.S_IMODE(startup.stat().st_mode) == 0o600

    def test_lines_of_the_readers_own_after_ours_stay(self, run: Run, home: Path) -> None:
        run("completion", "install", "bash")
        startup = home / ".bashrc"
        startup.write_text(f"first\n{startup.read_text()}last\n")
        run("completion", "remove", "bash")
        assert startup.read_text() == "first\nlast\n"

    def test_a_link_stays_a_link(self, run: Run, home: Path) -> None:
        (home / "dotfiles").mkdir()
        (home / "dotfiles/bashrc").write_text("x=1\n")
        (home / ".bashrc").symlink_to("dotfiles/bashrc")
        run("completion", "install", "bash")
        assert (home / ".bashrc").is_symlink()
        assert "mhlit" in (home / "dotfiles/bashrc").read_text()

    def test_the_readers_own_script_is_not_overwritten(self, run: Run, home: Path) -> None:
        own = home / SCRIPT["fish"]
        own.parent.mkdir(parents=True)
        own.write_text("mine\n")
        result = run("completion", "install", "fish")
        assert (result.code, own.read_text()) == (3, "mine\n")
        assert run("completion", "remove", "fish").code == 1
        assert own.read_text() == "mine\n"

    def test_a_broken_block_is_left_to_the_reader(self, run: Run, home: Path) -> None:
        (home / ".bashrc").write_text("# >>> mhlit completion >>>\nx\n")
        result = run("completion", "remove", "bash")
        assert result.code == 3
        assert "is missing" in result.err
        assert (home / ".bashrc").read_text() == "# >>> mhlit completion >>>\nx\n"

    def test_the_shell_is_the_readers_own_where_none_is_named(
        self, run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SHELL", "/usr/bin/zsh")
        assert run("completion", "show").out.startswith("#compdef mhlit\n")
        monkeypatch.setenv("SHELL", "/bin/tcsh")
        result = run("completion", "install")
        assert (result.code, result.err) == (2, "mhlit: no completion for 'tcsh'\nhint: name one: bash, zsh, fish\n")

    def test_nothing_to_take_away_is_said(self, run: Run, home: Path) -> None:
        result = run("completion", "remove", "zsh")
        assert (result.code, result.err) == (1, "mhlit: completion is not installed for zsh\n")


if sys.platform != "win32":
    from tests.shells import SHELLS, Shell, start

    @pytest.fixture
    def env(tmp_path: Path, own_home: Path) -> dict[str, str]:
        program = tmp_path / "bin" / "mhlit"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m mhlit "$@"\n')
        program.chmod(0o755)
        return {
            "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
            "XDG_CACHE_HOME": str(own_home / ".cache"),
        }

    def ready(name: str, env: dict[str, str], home: Path) -> Shell:
        """Start a shell that has read what `mhlit completion install` wrote."""
        result = run_process("completion", "install", name, env={"HOME": str(home)})
        assert result.code == 0, result.err
        (home / "paper.bib").write_text("")
        shell = start(name, env, home)
        shell.type(f". ~/{STARTUP.get(name, SCRIPT['fish'])}; echo lo''aded\n")
        shell.wait_for("\nloaded")
        return shell

    @pytest.mark.oracle
    @pytest.mark.parametrize("name", SHELLS)
    class TestRealShells:
        def test_a_command_then_a_key_by_its_name(self, name: str, env: dict[str, str], home: Path) -> None:
            with ready(name, env, home) as shell:
                shell.type("mhlit sho\t")
                shell.wait_for("mhlit show")
                shell.type("soulc\t")
                shell.wait_for("mhlit show chen-etal-2023-soulchat")

        def test_keys_are_listed_with_their_titles(self, name: str, env: dict[str, str], home: Path) -> None:
            with ready(name, env, home) as shell:
                shell.type("mhlit cite li-etal-202\t\t")
                shell.wait_for("Understanding Client Reactions")
                shell.wait_for("The Good, The Bad, and Why")

        def test_a_value_with_spaces_is_quoted(self, name: str, env: dict[str, str], home: Path) -> None:
            with ready(name, env, home) as shell:
                shell.type("mhlit list --venue findings\\ of\\ n\t")
                shell.wait_for("--venue Findings\\ of\\ NAACL")
                shell.type("--keys\n")
                shell.wait_for("nguyen-etal-2025-large")

        def test_in_quotes_and_behind_an_equals_sign(self, name: str, env: dict[str, str], home: Path) -> None:
            with ready(name, env, home) as shell:
                shell.type('mhlit list --venue "Findings of N\t')
                shell.wait_for('--venue "Findings of NAACL"')
                shell.type(" --section=data\t")
                shell.wait_for("--section=datasets")

        def test_files_where_a_file_is_wanted(self, name: str, env: dict[str, str], home: Path) -> None:
            with ready(name, env, home) as shell:
                shell.type("mhlit catalog build --output pap\t")
                shell.wait_for("--output paper.bib")

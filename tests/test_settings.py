"""Settings: defaults, what the file may hold, and changes that touch nothing else."""

from pathlib import Path

import pytest

from mhlit.errors import MhlitError, UsageError
from mhlit.settings import SETTINGS, change_setting, read_settings
from tests.conftest import ROOT, Run


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "deep" / "config.toml"
    monkeypatch.setenv("MHLIT_CONFIG", str(path))
    return path


def write(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_without_a_file_every_setting_has_its_default(file: Path) -> None:
    assert read_settings() == {setting.name: setting.default for setting in SETTINGS}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("limit = ]", "line 1"),
        ("limt = 5", "there is no setting 'limt'"),
        ('limit = "five"', "limit: must be like 20, got 'five'"),
        ("limit = true", "limit: must be like 20, got True"),
        ('columns = "key"', "columns: must be like"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(file: Path, text: str, said: str) -> None:
    write(file, text)
    with pytest.raises(MhlitError, match=said) as caught:
        read_settings()
    assert caught.value.message.startswith(str(file))


def test_a_change_keeps_every_other_line(file: Path, run: Run) -> None:
    write(file, "# mine\nlimit = 5 # few\n\nformat = 'bibtex'\n")
    result = run("config", "limit", "50")
    assert result.code == 0
    assert file.read_text(encoding="utf-8") == "# mine\nlimit = 50\n\nformat = 'bibtex'\n"
    assert run("config", "format", "csl-json").code == 0
    assert run("config", "limit", "--unset").code == 0
    assert file.read_text(encoding="utf-8") == '# mine\n\nformat = "csl-json"\n'
    assert run("config", "columns", "key, title").code == 0
    assert read_settings()["columns"] == ("key", "title")


def test_a_change_that_would_break_the_file_is_refused_and_nothing_is_changed(file: Path) -> None:
    text = 'columns = [\n  "key",\n]\n'
    write(file, text)
    with pytest.raises(MhlitError, match="written over several lines"):
        change_setting("columns", ("title",))
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["limt"], "did you mean limit?"),
        (["limit", "0"], "limit must be at least 1"),
        (["limit", "x"], "limit must be a whole number, got 'x'"),
        (["format", "bibtx"], "did you mean bibtex?"),
        (["sort", "size"], "there is no order 'size'"),
        (["columns", "key,titel"], "did you mean title?"),
        (["--unset"], "--unset needs the name of a setting"),
    ],
)
def test_a_value_no_command_would_take_is_refused(file: Path, run: Run, arguments: list[str], said: str) -> None:
    result = run("config", *arguments)
    assert result.code == UsageError.exit_code
    assert said in result.err
    assert not file.exists()


def test_settings_are_used_by_the_commands(file: Path, run: Run) -> None:
    write(file, 'format = "csl-json"\ncolumns = ["key", "year"]\nsort = "year"\n')
    assert run("cite", "soulchat").out.startswith("[\n")
    assert run("list", "--limit", "1").out == "arnaout-etal-2026-responsible\t2026\n"


def test_every_setting_is_documented_in_the_docs() -> None:
    page = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        assert f"`{setting.name}`" in page
        assert setting.help in page

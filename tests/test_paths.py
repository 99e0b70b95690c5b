"""Where files are kept: the same folders that platformdirs names, whatever the environment says."""

import sys
from pathlib import Path

import pytest
from platformdirs import PlatformDirs

from mhlit import paths

_VARIABLES = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")


@pytest.mark.parametrize("named", [None, "", " ", "/srv/xdg", "relative", "~/xdg", " /srv/xdg "])
@pytest.mark.parametrize("home", ["/home/somebody", "/home/some body", "/"])
def test_the_folders_are_those_of_platformdirs(monkeypatch: pytest.MonkeyPatch, named: str | None, home: str) -> None:
    monkeypatch.setenv("HOME", home)
    for variable in _VARIABLES:
        if named is None:
            monkeypatch.delenv(variable, raising=False)
        else:
            monkeypatch.setenv(variable, named)
    dirs = PlatformDirs("mhlit", appauthor=False)
    assert paths.cache_folder() == Path(dirs.user_cache_dir)
    assert paths.settings_file() == Path(dirs.user_config_dir) / "config.toml"
    assert paths.library_file() == Path(dirs.user_data_dir) / "library.sqlite"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems ask platformdirs")
def test_without_a_home_platformdirs_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME", raising=False)
    assert paths.cache_folder() == Path(PlatformDirs("mhlit", appauthor=False).user_cache_dir)


def test_files_can_be_named_by_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MHLIT_CONFIG", str(tmp_path / "c.toml"))
    monkeypatch.setenv("MHLIT_LIBRARY", str(tmp_path / "l.sqlite"))
    assert paths.settings_file() == tmp_path / "c.toml"
    assert paths.library_file() == tmp_path / "l.sqlite"

"""Where this machine keeps the program's files: cache, settings, the reader's data."""

import os
import sys
from pathlib import Path

# On Linux the usual places are a variable and a folder below HOME (XDG base directories); looking there first
# spares every command the import of platformdirs, which answers whatever is less usual. A test holds them equal.
_XDG = {
    "user_cache_dir": ("XDG_CACHE_HOME", ".cache"),
    "user_config_dir": ("XDG_CONFIG_HOME", ".config"),
    "user_data_dir": ("XDG_DATA_HOME", ".local/share"),
}


def cache_folder() -> Path:
    """Return the folder for what can be made again; it may not exist yet."""
    return _folder("user_cache_dir")


def data_folder() -> Path:
    """Return the folder for what is kept; it may not exist yet."""
    return _folder("user_data_dir")


def settings_file() -> Path:
    """Return the settings file, which may not exist; ``MHLIT_CONFIG`` names another."""
    named = os.environ.get("MHLIT_CONFIG")
    return Path(named) if named else _folder("user_config_dir") / "config.toml"


def library_file() -> Path:
    """Return the file of the reader's library, which may not exist; ``MHLIT_LIBRARY`` names another."""
    named = os.environ.get("MHLIT_LIBRARY")
    return Path(named) if named else data_folder() / "library.sqlite"


def _folder(kind: str) -> Path:
    """Return a folder by its name in platformdirs."""
    variable, below = _XDG[kind]
    named, home = os.environ.get(variable, ""), os.environ.get("HOME", "")
    android = hasattr(sys, "getandroidapilevel") or "ANDROID_DATA" in os.environ
    usual = not named or (named.startswith("/") and named == named.strip())
    if sys.platform == "linux" and not android and usual and home.startswith("/"):
        return Path(named or f"{home.rstrip('/')}/{below}") / "mhlit"
    from platformdirs import PlatformDirs

    return Path(getattr(PlatformDirs("mhlit", appauthor=False), kind))

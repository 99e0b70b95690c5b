"""Where this machine keeps the program's files: cache, settings, the reader's data."""

import os
from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("mhlit", appauthor=False)


def cache_folder() -> Path:
    """Return the folder for what can be made again; it may not exist yet."""
    return Path(_DIRS.user_cache_dir)


def data_folder() -> Path:
    """Return the folder for what is kept; it may not exist yet."""
    return Path(_DIRS.user_data_dir)


def settings_file() -> Path:
    """Return the settings file, which may not exist; ``MHLIT_CONFIG`` names another."""
    named = os.environ.get("MHLIT_CONFIG")
    return Path(named) if named else Path(_DIRS.user_config_dir) / "config.toml"

"""A library of its own for every test."""

from pathlib import Path

import pytest


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the test's library is; there is none yet."""
    file = tmp_path / "own" / "library.sqlite"
    monkeypatch.setenv("MHLIT_LIBRARY", str(file))
    monkeypatch.setenv("MHLIT_WAIT", "10")
    return file

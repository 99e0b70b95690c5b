"""Imports point down, and third-party code enters at its own doors (contracts in pyproject.toml)."""

from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from tests.conftest import ROOT


def test_the_layers_and_the_doors_hold(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(cache_dir=str(tmp_path)) == 0


def test_every_module_says_what_it_is_for() -> None:
    for path in (ROOT / "src/mhlit").rglob("*.py"):
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        assert first.lstrip("r").startswith('"""'), path

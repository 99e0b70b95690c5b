"""What the tests of the keepers' commands share: copies of the catalog, the origin lists rebuilt, sync as it is called."""

import json
import shutil
from pathlib import Path
from typing import Any

from mhlit.catalog.source import Catalog
from tests.check.listings import as_saved, markdown
from tests.conftest import ROOT, Run

LISTS = ("awesome-ai-mental-health", "Awesome-LLMs-for-Counseling")
DAY = "2026-12-01"


def copied(folder: Path, without: tuple[str, ...] = ()) -> Path:
    """Return a copy of the catalog's folder that lacks some works."""
    target = folder / "catalog"
    shutil.copytree(ROOT / "catalog", target)
    for key in without:
        (target / "works" / f"{key}.toml").unlink()
    return target


def written(catalog: Catalog, name: str, folder: Path) -> Path:
    """Write an origin list as its keeper saved it."""
    path = folder / f"{name}.md"
    path.write_bytes(as_saved(markdown(catalog, name), name))
    return path


def synced(run: Run, path: Path, folder: Path, *options: str) -> dict[str, Any]:
    """Run `catalog sync --json` and return its report."""
    result = run("catalog", "sync", str(path), "--catalog", str(folder), "--json", "--today", DAY, *options)
    assert result.code in (0, 1), result.err
    report: dict[str, Any] = json.loads(result.out)
    return report


def checks(run: Run, folder: Path) -> bool:
    return run("catalog", "check", "--catalog", str(folder)).code == 0


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

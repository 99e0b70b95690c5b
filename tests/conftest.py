"""What the tests share: the real catalog, a made-up one, the program run in process and on a terminal."""

import io
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

from mhlit.catalog.compile import compile_into
from mhlit.catalog.source import Catalog, read_catalog
from mhlit.cli import session
from mhlit.cli.app import run as run_mhlit
from mhlit.store.reading import Store
from mhlit.store.schema import Connection
from tests.sources.server import World, serving

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the expected files of golden folders anew")


# How fast a machine is decides about no test.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests that ask the real sources to those who name them."""
    if "online" not in config.getoption("-m"):
        for item in items:
            if item.get_closest_marker("online"):
                item.add_marker(pytest.mark.skip(reason="asks the real sources: pytest -m online"))


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the tests away from the home of whoever runs them; one compiled catalog serves them all."""
    home = tmp_path_factory.mktemp("home")
    patch = pytest.MonkeyPatch()
    patch.setenv("HOME", str(home))
    patch.setenv("USERPROFILE", str(home))
    patch.setenv("LOCALAPPDATA", str(home / "AppData"))
    for name in (
        "XDG_CACHE_HOME",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "MHLIT_CATALOG",
        "MHLIT_CONFIG",
        "MHLIT_LIBRARY",
        "NO_COLOR",
        *("COLUMNS", "LINES"),  # which a test runner may set, and which count for more than the terminal's own size
        *(f"{kind}_proxy" for kind in ("http", "https", "all", "no")),
        *(f"{kind}_PROXY" for kind in ("HTTP", "HTTPS", "ALL", "NO")),
    ):
        patch.delenv(name, raising=False)
    patch.setenv("MHLIT_OFFLINE", "1")  # no test asks the world; `world` is one of ours
    yield home
    patch.undo()


@pytest.fixture(autouse=True)
def fresh_settings() -> None:
    session.settings.cache_clear()


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The catalog this project ships."""
    return read_catalog(ROOT / "catalog")


@pytest.fixture(scope="session")
def toy_catalog() -> Catalog:
    """Made-up works, one of every shape."""
    return read_catalog(DATA / "catalog")


def stored(catalog: Catalog) -> Store:
    connection = sqlite3.connect(":memory:", factory=Connection)
    compile_into(catalog, connection)
    return Store(connection, "catalog")


@pytest.fixture(scope="session")
def store(catalog: Catalog) -> Store:
    return stored(catalog)


@pytest.fixture(scope="session")
def toy_store(toy_catalog: Catalog) -> Store:
    return stored(toy_catalog)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A local server that plays the sources; only a test that has it may ask anything."""
    with serving() as played:
        for name, value in played.environment().items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("MHLIT_OFFLINE")
        monkeypatch.setattr("mhlit.sources.manners.sleep", played.slept.append)  # manners cost a test no time
        monkeypatch.setattr("mhlit.sources.manners.now", lambda: time.time() + sum(played.slept))
        yield played


class Result(NamedTuple):
    """What one run of the program gave."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run mhlit in this process as in a pipe."""

    def run_in_process(*arguments: str, stdin: str = "") -> Result:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        code = run_mhlit(arguments)
        out, err = capsys.readouterr()
        return Result(code, out, err)

    return run_in_process


def run_process(*arguments: str, stdin: str | None = None, env: dict[str, str] | None = None) -> Result:
    """Run mhlit as a process of its own, in a pipe."""
    finished = subprocess.run(
        [sys.executable, "-m", "mhlit", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **(env or {})},
        timeout=60,
    )
    return Result(finished.returncode, finished.stdout, finished.stderr)

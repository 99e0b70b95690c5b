"""A client of the local server, as quick as a test wants it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mhlit.sources.cache import Cache
from mhlit.sources.client import Client, Limits
from mhlit.sources.manners import Turns
from tests.sources.server import NAMES, World

Connect = Callable[..., Client]


@pytest.fixture
def connect(world: World, tmp_path: Path) -> Iterator[Connect]:
    """Make a client of the server; `days` for the cache, and what `Client` takes."""
    made: list[Client] = []

    def client(*, days: int = 0, fresh: bool = False, **options: Any) -> Client:
        options.setdefault("bases", {name: world.base(name) for name in NAMES})
        options.setdefault("limits", Limits(connect=2, read=0.3, total=0.6, size=1_000_000))
        made.append(Client(Cache(tmp_path / "answers", days, fresh), Turns(tmp_path / "turns"), **options))
        return made[-1]

    yield client
    for one in made:
        one.close()


@pytest.fixture
def client(connect: Connect) -> Client:
    return connect()

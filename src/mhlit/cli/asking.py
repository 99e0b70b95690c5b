"""What commands that ask the world share: the one client, made as the settings and the environment want it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from mhlit.cli.session import settings

if TYPE_CHECKING:
    from mhlit.sources.client import Client

OfflineOption = Annotated[
    bool, typer.Option("--offline", help="Ask nobody; use only answers that are kept. So does MHLIT_OFFLINE=1.")
]
RefreshOption = Annotated[bool, typer.Option("--refresh", help="Ask anew, whatever answers are kept.")]


@contextmanager
def asking(offline: bool = False, refresh: bool = False) -> Iterator[Client]:
    """Give the client with which this run asks; imports httpx."""
    from mhlit.paths import cache_folder
    from mhlit.sources.cache import Cache
    from mhlit.sources.client import Client
    from mhlit.sources.environment import bases_of, is_offline
    from mhlit.sources.manners import Turns

    chosen = settings()
    folder = cache_folder() / "answers"
    client = Client(
        Cache(folder, chosen["cache_days"], fresh=refresh),
        Turns(folder / "turns"),
        contact=chosen["contact"],
        offline=offline or is_offline(),
        bases=bases_of(),
    )
    try:
        yield client
    finally:
        client.close()

"""What the real sources say of works that this catalog has: `pytest -m online`, never by default.

They ask the world, a few times and slowly. They were written without a network and have not been run yet.
"""

from collections.abc import Iterator

import pytest

from mhlit.catalog.source import Catalog
from mhlit.model import Identifier
from mhlit.sources.cache import Cache
from mhlit.sources.client import Client
from mhlit.sources.gathering import gather
from mhlit.sources.manners import Turns

pytestmark = pytest.mark.online


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("answers")
    client = Client(Cache(folder, 1), Turns(folder / "turns"))
    yield client
    client.close()


@pytest.mark.parametrize(
    ("scheme", "value", "key"),
    [
        ("doi", "10.1145/3589334.3648137", "yang-etal-2024-mentallama"),
        ("arxiv", "2309.13567", "yang-etal-2024-mentallama"),
        ("acl", "2023.findings-emnlp.83", "chen-etal-2023-soulchat"),
    ],
)
def test_the_sources_agree_with_the_catalog(world: Client, catalog: Catalog, scheme: str, value: str, key: str) -> None:
    (work,) = (work for work in catalog.works if work.key == key)
    found = gather(world, Identifier(scheme, value)).work
    assert found is not None
    assert found.preferred.title == work.preferred.title
    assert len(found.preferred.authors) == len(work.preferred.authors)
    assert (found.record is None, found.preprint is None) == (work.record is None, work.preprint is None)

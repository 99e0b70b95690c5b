"""The server that plays the sources does what the tests rely on."""

import os
from http.client import IncompleteRead
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.sources.server import Reply, World, as_json, too_many


def get(address: str) -> bytes:
    with urlopen(address) as response:
        return bytes(response.read())


def test_it_gives_what_was_told_and_knows_what_it_was_asked(world: World) -> None:
    world.tell("crossref", "/works/10.1000/1", as_json({"status": "ok"}))
    assert get(f"{os.environ['MHLIT_SOURCE_CROSSREF']}/works/10.1000%2F1?mailto=x") == b'{"status": "ok"}'
    assert world.paths("crossref") == ["/works/10.1000/1"]
    assert world.asked[0].query == {"mailto": "x"}


def test_replies_come_in_turn_and_the_last_stays(world: World) -> None:
    world.tell("arxiv", "/api/query", too_many("3"), as_json(1), id_list="2401.00001")
    address = f"{world.base('arxiv')}/api/query?id_list=2401.00001"
    with pytest.raises(HTTPError) as refused:
        get(address)
    assert (refused.value.code, refused.value.headers["Retry-After"]) == (429, "3")
    refused.value.close()
    assert (get(address), get(address)) == (b"1", b"1")


def test_what_nobody_told_is_not_found(world: World) -> None:
    with pytest.raises(HTTPError, match="404") as missing:
        get(f"{world.base('dblp')}/x")
    missing.value.close()


def test_a_body_can_be_cut_short(world: World) -> None:
    world.tell("pubmed", "/x", Reply(b"half", missing=4))
    with pytest.raises(IncompleteRead):
        get(f"{world.base('pubmed')}/x")


def test_without_it_the_tests_are_offline() -> None:
    assert os.environ["MHLIT_OFFLINE"] == "1"
    assert not [name for name in os.environ if name.startswith("MHLIT_SOURCE_")]

"""Answers that are not what the documentation says: a record, or a word that it cannot be read, and nothing else."""

import copy
import json
import random
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mhlit.sources import datacite, dblp, openalex, openreview, pubmed, semanticscholar
from mhlit.sources.source import Answer, Unreadable
from tests.sources import responses as told

JSON = [
    (datacite, told.DATACITE),
    (datacite, told.DATACITE_DATASET),
    (openalex, told.OPENALEX),
    (semanticscholar, told.SEMANTIC_SCHOLAR),
    (openreview, told.OPENREVIEW),
    (openreview, told.OPENREVIEW_1),
    (dblp, told.DBLP),
    (pubmed, told.ESEARCH),
]
XML = [(dblp, told.DBLP_RECORD), (pubmed, told.PUBMED)]
ODD: list[Any] = [
    None, True, False, 0, -1, 10**30, 1e308, float("nan"), "", " ", "\x00\x1b[31m\u202e", "a" * 6000, [], {}, [[]], [None],
    {"value": None}, "2024-13-45", "9999999", "\ud800", "&#xD800;&#99999999;", "<i>" * 500, ", , ,", "{\\\"u", "10.1000/", {"a": {"b": []}},
]  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path]
    if isinstance(value, dict):
        for name, inner in value.items():
            found += places(inner, (*path, name))
    if isinstance(value, list):
        for place, inner in enumerate(value):
            found += places(inner, (*path, place))
    return found


def changed(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    whole = copy.deepcopy(value)
    inner = whole
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = new
    return whole


def is_clean(answer: Answer) -> bool:
    """Tell whether nothing that was read may harm a terminal, and every name is one."""
    for found in answer.found:
        record = found.record
        said = [record.title, record.container_title, record.server, record.publisher, record.pages, found.address]
        said += [part for name in (*record.authors, *record.editors) for part in name]
        said += [one.value for one in (*record.identifiers, *found.related)]
        if not all(text.isprintable() for text in said) or not all(any(name) for name in record.authors):
            return False
    return True


@pytest.mark.parametrize(("module", "response"), JSON)
def test_any_value_may_be_of_any_other_kind(module: Any, response: Any) -> None:
    for path in places(response):
        for odd in ODD:
            with suppress(Unreadable):
                assert is_clean(module.read(json.dumps(changed(response, path, odd)).encode())), (path, odd)


@pytest.mark.parametrize(("module", "response"), JSON)
def test_any_member_may_be_absent(module: Any, response: Any) -> None:
    for path in places(response)[1:]:
        whole = copy.deepcopy(response)
        inner = whole
        for step in path[:-1]:
            inner = inner[step]
        del inner[path[-1]]
        with suppress(Unreadable):
            assert is_clean(module.read(json.dumps(whole).encode())), path


@pytest.mark.parametrize(("module", "body"), [*((one, json.dumps(body)) for one, body in JSON), *XML])
@settings(max_examples=60)
@given(data=st.data())
def test_any_bytes_may_be_others(module: Any, body: str, data: st.DataObject) -> None:
    raw = bytearray(body.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=12))
    with suppress(Unreadable):
        assert is_clean(module.read(bytes(raw)))


@pytest.mark.parametrize(("module", "body"), XML)
def test_elements_may_be_absent_double_or_elsewhere(module: Any, body: str) -> None:
    pieces = body.replace(">", ">\n").split("\n")
    chosen = random.Random(7)
    for _ in range(300):
        mutated = list(pieces)
        for _ in range(chosen.randint(1, 3)):
            at = chosen.randrange(len(mutated))
            if chosen.random() < 0.5:
                del mutated[at]
            else:
                mutated.insert(at, chosen.choice(pieces))
        with suppress(Unreadable):
            assert is_clean(module.read("".join(mutated).encode()))


@pytest.mark.parametrize("module", [dblp, pubmed])
def test_xml_that_declares_entities_is_refused(module: Any) -> None:
    with pytest.raises(Unreadable, match="declares"):
        module.read(b'<!DOCTYPE dblp [<!ENTITY a "b">]><dblp><article key="x">&a;</article></dblp>')


@given(st.text(max_size=200))
def test_any_title_may_be_asked_for(title: str) -> None:
    for module in (datacite, dblp, openalex, openreview, pubmed, semanticscholar):
        asked = module.titled(title)
        assert all(value.isprintable() for _, value in asked.query)

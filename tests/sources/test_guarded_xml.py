"""XML of strangers: read where it is XML, refused where it is an attack, never a traceback."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhlit.sources.guarded_xml import parse
from mhlit.sources.source import Unreadable
from tests.sources.server import BROKEN_XML, ENTITIES


def test_elements_attributes_and_namespaces_are_read() -> None:
    root = parse(b'<f xmlns="http://x" xmlns:y="http://y"><y:a y:b="1" c="2">t&amp;\xc3\xa9</y:a>z</f>')
    assert root.tag == "{http://x}f"
    child = root.find("{http://y}a")
    assert child is not None
    assert (child.text, child.tail, child.attrib) == ("t&é", "z", {"{http://y}b": "1", "c": "2"})


def test_a_document_type_that_is_only_named_is_passed_over() -> None:
    named = b'<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://dtd.nlm.nih.gov/x.dtd"><a/>'
    assert parse(named).tag == "a"


@pytest.mark.parametrize(
    "body",
    [
        ENTITIES.body,
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        b'<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1/x.dtd"> %b;]><a/>',
        b"<!DOCTYPE a [<!ELEMENT a ANY>]><a/>",
        b"<a>&undeclared;</a>",
        b"<a>" * 100_000,
        b"<a>" * 300 + b"</a>" * 300,
        BROKEN_XML.body,
        b"",
        b"Rate exceeded.",
        b'<?xml version="1.0" encoding="nonsense"?><a/>',
        b"<a>\xff</a>",
        b"\x00" * 100,
    ],
)
def test_what_is_broken_or_an_attack_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        parse(body)


@given(st.binary(max_size=200) | st.text(alphabet='<>/&;a"= !-[]?x', max_size=200).map(str.encode))
def test_any_bytes_are_read_or_unreadable(body: bytes) -> None:
    with suppress(Unreadable):
        parse(body)

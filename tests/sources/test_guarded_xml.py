"""XML from outside: what is read of it, and what is refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhlit.sources.guarded_xml import parse, text_of
from mhlit.sources.source import Unreadable

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><entry kind="a">A <i>b</i>\n c &amp; d</entry></feed>'
PUBMED = (
    '<?xml version="1.0" ?>\n<!DOCTYPE Set PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n<Set><T>caf&eacute;&#160;&lt;</T></Set>'
)
LAUGHS = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
FILE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
PARAMETER = '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1/b.dtd"> %b;]><a/>'


def test_names_bear_their_namespace_and_text_is_without_markup() -> None:
    root = parse(ATOM.encode())
    (entry,) = root.findall("{http://www.w3.org/2005/Atom}entry")
    assert entry.get("kind") == "a"
    assert text_of(entry) == "A b c & d"
    assert text_of(root.find("missing")) == ""


def test_a_doctype_that_only_names_its_dtd_is_passed_over() -> None:
    assert text_of(parse(PUBMED.encode()).find("T")) == "café <"


@pytest.mark.parametrize("body", [LAUGHS, FILE, PARAMETER, "<!DOCTYPE a [<!ELEMENT a EMPTY>]><a/>"])
def test_what_declares_anything_of_its_own_is_refused(body: str) -> None:
    with pytest.raises(Unreadable, match="declares"):
        parse(body.encode())


@pytest.mark.parametrize(
    "body",
    [b"", b"<a>", b"<a></b>", b"\xff\xfe", b"{}", b"<a>&nbsp;</a>", b'<?xml version="1.0" encoding="none"?><a/>',
     b'<?xml version="1.0" encoding="shift_jis"?><a>\x82\xa0</a>', b"<a>\x00</a>", b"<a/><b/>"],
)  # fmt: skip
def test_what_is_not_well_formed_is_said_to_be_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        parse(body)


def test_deep_nesting_is_refused() -> None:
    assert parse(b"<a>" * 200 + b"</a>" * 200).tag == "a"
    with pytest.raises(Unreadable, match="deep"):
        parse(b"<a>" * 100_000)


@given(st.binary(max_size=60), st.integers(0, len(PUBMED)), st.integers(0, 40))
def test_no_bytes_raise_anything_else(noise: bytes, at: int, cut: int) -> None:
    with suppress(Unreadable):
        parse(PUBMED.encode()[:at] + noise + PUBMED.encode()[at + cut :])

"""Bytes to text and back: every encoding people send, and places in lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhlit.formats.readers.source import Lines, decode


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_with_or_without_a_mark_is_read_and_written_back(encoding: str) -> None:
    data = "é陈\r\nx".encode(encoding)
    source = decode(data)
    assert (source.text, source.problem) == ("é陈\r\nx", "")
    assert source.encode(source.text) == data


@pytest.mark.parametrize(
    ("data", "text", "problem"),
    [
        (b"caf\xe9", "café", "not UTF-8: unexpected end of data at byte 3; read as Latin-1"),
        (b"\x93caf\xe9\x94", "“café”", "not UTF-8: invalid start byte at byte 0; read as Windows-1252"),
    ],
)
def test_an_eight_bit_file_is_read_and_said_to_be_one(data: bytes, text: str, problem: str) -> None:
    source = decode(data)
    assert (source.text, source.problem) == (text, problem)
    assert source.encode(text) == data


@pytest.mark.parametrize("data", [b"\x00\x01\x02\xff", b"ab\x00c", b"\xff\xfe\x00"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="is "):
        decode(data)


@given(st.binary(max_size=60))
def test_what_is_read_is_written_back_byte_for_byte(data: bytes) -> None:
    try:
        source = decode(data)
    except ValueError:
        return
    assert source.encode(source.text) == data


@given(st.text(st.sampled_from("ab\n\r"), max_size=30))
def test_a_place_is_counted_as_editors_count(text: str) -> None:
    lines = Lines(text)
    for offset in range(len(text)):
        before = text[:offset].replace("\r\n", "\n")
        if text[offset - 1 : offset + 1] == "\r\n":
            continue
        place = lines.place(offset, offset + 1)
        assert place.line == 1 + before.count("\n") + before.count("\r")

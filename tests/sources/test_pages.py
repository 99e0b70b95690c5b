"""What papers' pages say of themselves in `citation_*` tags."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhlit.model import Identifier, Name, PartialDate, Record, Version
from mhlit.sources.pages import read_page
from mhlit.sources.source import Unreadable

ADDRESS = "https://papers.example/1"


def page(**tags: str | list[str]) -> bytes:
    metas = [
        f'<META NAME="citation_{name}" CONTENT="{value}">'
        for name, values in tags.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    return f"<!doctype html><html><head>{''.join(metas)}</head><body><p>…</body></html>".encode()


def test_a_paper_of_a_conference() -> None:
    body = page(
        title="Made &amp; up",
        author=["Doe, Ada", "Ole van Roe"],
        conference_title="Advances in Neural Information Processing Systems",
        publication_date="2023/12/15",
        volume="36",
        firstpage="12",
        lastpage="30",
        pdf_url="https://papers.example/1.pdf",
    )
    found = read_page(body, ADDRESS)
    assert found.record == Record(
        version=Version.VERSION_OF_RECORD,
        type="inproceedings",
        title="Made & up",
        authors=(Name("Doe", "Ada"), Name("Roe", "Ole", "van")),
        issued=PartialDate(2023, 12, 15),
        venue="NeurIPS",
        container_title="Advances in Neural Information Processing Systems",
        volume="36",
        pages="12-30",
        url=ADDRESS,
        pdf="https://papers.example/1.pdf",
    )
    assert (found.source, found.address) == ("page", ADDRESS)


def test_a_paper_of_a_journal_with_its_identifiers() -> None:
    body = page(
        title="x", author="Doe, A; Roe, B", journal_title="PNAS", doi="doi:10.1073/1", issn="0027-8424", pmid="77"
    )
    record = read_page(body.replace(b"doi:10", b"10"), ADDRESS).record
    assert (record.type, record.venue, len(record.authors)) == ("article", "PNAS", 2)
    assert record.identifiers == (
        Identifier("doi", "10.1073/1"),
        Identifier("pmid", "77"),
        Identifier("issn", "0027-8424"),
    )


def test_a_preprint_on_arxiv() -> None:
    record = read_page(page(title="x", author="Doe, Ada", arxiv_id="2309.13567", date="2023/09/24"), ADDRESS).record
    assert (record.version, record.server) == (Version.PREPRINT, "arXiv")
    assert record.identifiers == (Identifier("arxiv", "2309.13567"),)


def test_the_address_may_hold_an_identifier() -> None:
    found = read_page(page(title="x"), "https://openreview.net/forum?id=abcDEFghij")
    assert found.record.identifiers == (Identifier("openreview", "abcDEFghij"),)


def test_a_pdf_elsewhere_than_on_the_web_is_none() -> None:
    assert read_page(page(title="x", pdf_url="file:///etc/passwd"), ADDRESS).record.pdf == ""


@pytest.mark.parametrize("body", [b"", b"<title>x</title>", page(title=""), b"\x00\x01", page(author="Doe, Ada")])
def test_a_page_without_a_title_of_a_paper_tells_none(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_page(body, ADDRESS)


@given(st.binary(max_size=80), st.integers(0, 300), st.integers(0, 60))
def test_no_bytes_raise_anything_else(noise: bytes, at: int, cut: int) -> None:
    whole = page(
        title="x", author=["Doe, Ada"], publication_date="2023/12/15", firstpage="1", lastpage="2", doi="10.1000/1"
    )
    with suppress(Unreadable):
        read_page(whole[:at] + noise + whole[at + cut :], ADDRESS)

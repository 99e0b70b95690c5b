"""The Anthology's BibTeX, read into records."""

import pytest

from mhlit.model import Identifier, Name, PartialDate, Record, Version
from mhlit.sources.anthology import SOURCE
from mhlit.sources.source import Answer, Unreadable
from tests.sources.answers import anthology


@pytest.mark.parametrize(
    ("identifier", "path"),
    [
        (("acl", "2024.acl-long.999"), "/2024.acl-long.999.bib"),
        (("acl", "P19-1001"), "/P19-1001.bib"),
        (("doi", "10.18653/v1/2024.acl-long.999"), "/2024.acl-long.999.bib"),
        (("doi", "10.18653/v1/P19-1001"), "/P19-1001.bib"),
    ],
)
def test_a_paper_is_asked_for_by_id(identifier: tuple[str, str], path: str) -> None:
    request = SOURCE.about(Identifier(*identifier))
    assert request is not None
    assert request.path == path


def test_other_dois_are_not_asked_for() -> None:
    assert SOURCE.about(Identifier("doi", "10.1145/3589334.3648137")) is None


def test_a_paper_is_read() -> None:
    reply = anthology(
        "2024.acl-long.999", "doe-roe-2024-made", r"{M}ade Up {\'E}tude", r"Doe, Ada  and\n      Roe, Ole"
    )
    (found,) = SOURCE.read(reply.body.replace(b"\\n", b"\n")).found
    assert found.record == Record(
        version=Version.VERSION_OF_RECORD,
        type="inproceedings",
        title="Made Up Étude",
        authors=(Name("Doe", "Ada"), Name("Roe", "Ole")),
        issued=PartialDate(2024, 8),
        venue="ACL",
        container_title="Proceedings of the 62nd Annual Meeting of the Association for Computational Linguistics"
        " (Volume 1: Long Papers)",
        pages="1-15",
        publisher="Association for Computational Linguistics",
        publisher_place="Bangkok, Thailand",
        identifiers=(Identifier("acl", "2024.acl-long.999"), Identifier("doi", "10.18653/v1/2024.acl-long.999")),
        anthology_key="doe-roe-2024-made",
        url="https://aclanthology.org/2024.acl-long.999/",
        pdf="https://aclanthology.org/2024.acl-long.999.pdf",
    )


@pytest.mark.parametrize("body", [b"", b"Not found", b"@inproceedings{x, title = {Half", b"\x00\x01"])
def test_what_is_no_whole_entry_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        SOURCE.read(body)


def test_an_entry_of_something_else_is_nothing_found() -> None:
    assert SOURCE.read(b"@misc{x, title = {Something else}}") == Answer()

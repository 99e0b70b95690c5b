"""The errors of the two origin lists: every listing is its work, every recorded error is found by the right rule."""

import pytest

from mhlit.catalog.source import Catalog
from mhlit.check.finding import Severity
from mhlit.match import Shelf
from tests.check.listings import GARBLED, OUT_OF_REACH, checked, listed, rows

LISTS = ("awesome-ai-mental-health", GARBLED)


@pytest.mark.parametrize("name", LISTS)
def test_every_listing_is_matched_to_its_work(catalog: Catalog, shelf: Shelf, name: str) -> None:
    found = [
        reference.work.key if reference.work else None for reference, _ in checked(catalog, shelf, name).references
    ]
    assert found == [work.key for work, _ in listed(catalog, name)]


@pytest.mark.parametrize("name", LISTS)
def test_every_recorded_error_is_found_or_out_of_reach_for_a_reason(catalog: Catalog, shelf: Shelf, name: str) -> None:
    missed = {(row.listing.id, row.error.field) for row in rows(catalog, shelf, name) if not row.found_by}
    lines = {listing.id for _, listing in listed(catalog, name)}
    assert missed == {(id, field) for id, field in OUT_OF_REACH if id in lines}


def test_case_and_abbreviated_venues_are_info(catalog: Catalog, shelf: Shelf) -> None:
    for name in LISTS:
        for _, findings in checked(catalog, shelf, name).references:
            for finding in findings:
                if finding.rule in ("title-case", "venue-form", "name-form"):
                    assert finding.severity is Severity.INFO


def test_every_invented_first_author_is_an_error(catalog: Catalog, shelf: Shelf) -> None:
    invented = [
        row for name in LISTS for row in rows(catalog, shelf, name) if row.error.field == "authors" and "(no" in row.error.correct
    ]  # fmt: skip
    assert len(invented) > 10
    for row in invented:
        (found,) = (finding for finding in row.findings if finding.rule == "wrong-first-author")
        assert found.severity is Severity.ERROR
        assert found.true.split()[-1] in row.error.correct


def test_a_garbled_list_is_read_as_it_was_meant_and_told_about_where_it_stands(catalog: Catalog, shelf: Shelf) -> None:
    found = checked(catalog, shelf, GARBLED)
    assert [finding.rule for finding in found.others] == ["mojibake"]
    text = found.source.text.splitlines()
    for reference, findings in found.references:
        for finding in findings:
            if finding.rule == "placeholder-url":
                assert text[finding.line - 1][finding.column - 1 :].startswith(finding.found)
            assert reference.work is not None
            assert finding.work == reference.work.key

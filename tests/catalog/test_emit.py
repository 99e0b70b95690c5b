"""The catalog's one layout: every file is emitted as it stands, and a new listing changes nothing else."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhlit.catalog.emit import add_listing, emit_work
from tests.conftest import ROOT

FILES = sorted((ROOT / "catalog/works").glob("*.toml"))
LISTING = {"id": "A99", "list": "awesome-ai-mental-health", "section": "theory", "as_listed": 'A "made-up" line.'}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_of_the_catalog_is_emitted_byte_by_byte(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert emit_work(tomllib.loads(text)) == text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_listing_is_added_where_the_layout_has_it_and_nothing_else_changes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    added = add_listing(text, LISTING)
    document = tomllib.loads(text)
    document["listings"] = [*document["listings"], LISTING]
    assert added == emit_work(document)
    block = '[[listings]]\nid = "A99"\nlist = "awesome-ai-mental-health"\nsection = "theory"\nas_listed = \'A "made-up" line.\'\n\n'
    assert added.replace(block, "") == text


def test_a_listing_is_added_to_a_file_in_another_layout_without_laying_it_out_anew() -> None:
    text = "# a note\r\ntitle   = 'On calm'\r\n\r\n[ provenance ] # why\r\nstatus = 'listed'\r\n"
    added = add_listing(text, LISTING)
    assert added.endswith("[ provenance ] # why\r\nstatus = 'listed'\r\n")
    assert added.startswith("# a note\r\ntitle   = 'On calm'\r\n\r\n[[listings]]\r\n")
    assert tomllib.loads(added)["listings"] == [LISTING]


@pytest.mark.parametrize("text", ["title = 'On calm'\n", "note = '''\n[provenance]\n'''\n[provenance]\n"])
def test_a_file_to_which_no_listing_can_be_added_safely_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="provenance"):
        add_listing(text, LISTING)


def test_a_field_that_no_table_has_is_refused() -> None:
    with pytest.raises(ValueError, match="mood"):
        emit_work({"title": "On calm", "mood": "calm"})


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives(text: str) -> None:
    document = {"title": text, "authors": [text, text], "listings": [{**LISTING, "as_listed": text}]}
    assert tomllib.loads(emit_work(document)) == document

"""From preprint to published version: exactly the fields that say where it appeared, and a second run changes none."""

from collections.abc import Iterable, Sequence
from functools import partial

import pytest

from mhlit.catalog.source import Catalog
from mhlit.check.checking import check_text
from mhlit.check.finding import Finding
from mhlit.check.mend import mend, settle
from mhlit.check.upgrade import upgrade
from mhlit.formats.readers.bibtex import read
from mhlit.formats.readers.source import Source
from mhlit.formats.writers.bibtex import write
from mhlit.match import Shelf
from mhlit.model import Entry, Status, Work
from tests.check.mending import entry_of, fields, finding

# What an upgrade may touch, and what it never does.
MAY_CHANGE = {"booktitle", "journal", "year", "month", "volume", "number", "pages", "doi", "howpublished"}
NEVER_CHANGES = ("title", "author", "eprint", "archivePrefix", "primaryClass")


@pytest.fixture(scope="module")
def shelf(catalog: Catalog) -> Shelf:
    return Shelf(catalog.works)


def check(shelf: Shelf, text: str) -> Sequence[Finding]:
    return check_text("refs.bib", "bibtex", Source(text, "utf-8"), [shelf]).findings


def preprints(works: Iterable[Work]) -> str:
    return write(Entry(work.key, work.preprint) for work in works if work.preprint and work.record)


def test_all_preprints_of_the_catalog_become_published_with_exactly_these_fields(
    catalog: Catalog, shelf: Shelf
) -> None:
    before = preprints(catalog.works)
    result = settle(Source(before, "utf-8"), partial(check, shelf))
    assert result.left == ()
    works = {work.key: work for work in catalog.works}
    upgraded = {one.key for one in result.made if one.rule == "published-version-exists"}
    assert len(upgraded) > 50
    for old, new in zip(read(before).entries, read(result.text).entries, strict=True):
        was = {field.name: field.value for field in old.fields}
        now = {field.name: field.value for field in new.fields}
        changed = {name for name in was | now if was.get(name) != now.get(name)}
        if old.key not in upgraded:
            assert not changed
            continue
        record = works[old.key].record
        assert record
        assert new.type == record.type
        assert new.record.container_title == record.container_title
        assert new.record.issued
        assert record.issued
        assert new.record.issued.year == record.issued.year
        assert new.record.identifier("doi") in (record.identifier("doi"), "")
        assert (new.eprint.value if new.eprint else "") == old.record.identifier("arxiv")
        titled = "title" if works[old.key].preprint and was["title"] != now["title"] else ""
        without = not record.identifier("doi") or "doi" in works[old.key].provenance.unconfirmed
        addressed = "url" if without or "doi.org" in was.get("url", "") else ""
        assert changed <= MAY_CHANGE | {titled, addressed}
        for name in NEVER_CHANGES:
            assert titled == name or was.get(name) == now.get(name)


def test_after_mending_no_safe_fix_is_found_and_a_second_run_changes_nothing(catalog: Catalog, shelf: Shelf) -> None:
    before = preprints(catalog.works)
    for unsafe in (False, True):
        once = settle(Source(before, "utf-8"), partial(check, shelf), unsafe=unsafe)
        assert once.made
        assert [one for one in check(shelf, once.text) if one.fix and (one.fix.safe or unsafe)] == []
        again = settle(Source(once.text, "utf-8"), partial(check, shelf), unsafe=unsafe)
        assert again == (once.text, (), ())


def test_an_entry_of_the_published_version_is_left_as_it_is(catalog: Catalog) -> None:
    for work in catalog.works:
        if work.record and work.provenance.status is Status.VERIFIED and not work.provenance.unconfirmed:
            entry = entry_of(write([Entry(work.key, work.record)]))
            found = upgrade(entry, work)
            assert found
            assert found.edits == (), work.key


def work_of(catalog: Catalog, key: str) -> Work:
    return next(work for work in catalog.works if work.key == key)


def upgraded(text: str, work: Work) -> str:
    found = upgrade(entry_of(text), work)
    assert found
    result = mend(Source(text, "utf-8"), [finding(*found.edits)])
    assert not result.left
    return result.text


def test_what_is_not_confirmed_is_not_written(catalog: Catalog) -> None:
    work = work_of(catalog, "liu-etal-2025-illusion")
    assert work.provenance.unconfirmed == ("issue",)
    assert work.record
    assert work.record.issue
    text = upgraded("@article{k, title={The Illusion of Empathy}, journal={CoRR}, year={2024}}", work)
    assert fields(text)["volume"] == work.record.volume
    assert "number" not in fields(text)


def test_versions_by_other_authors_are_told(catalog: Catalog) -> None:
    changed = {}
    for work in catalog.works:
        if work.record and work.preprint:
            found = upgrade(entry_of(write([Entry(work.key, work.preprint)])), work)
            assert found
            changed[work.key] = found
    others = {key for key, found in changed.items() if not found.same_authors}
    assert others == {"bi-etal-2025-magi", "chen-etal-2024-emotionqueen", "siddals-etal-2024-happened"}
    for key, found in changed.items():
        assert ("author" in {getattr(edit, "field", "") for edit in found.edits}) == (key in others)


@pytest.mark.parametrize(
    ("field", "stays"),
    [
        ("note = {arXiv:2502.11095 [cs]}", True),
        ("note = {Accepted, with minor revisions}", True),
        ("note = {arXiv preprint arXiv:2502.11095v2}", False),
        ("note = {Preprint}", False),
        ("note = {version 2}", False),
        ("note = {2}", True),
        ("version = {v2}", False),
        ("version = {Extended}", True),
        ("eid = {arXiv:2502.11095}", False),
        ("pages = {arXiv--2502}", False),
        ("publisher = {arXiv}", False),
        ("howpublished = {arXiv:2502.11095 [cs.CL]}", False),
        ("howpublished = {Talk at the meeting}", True),
        ("institution = {arXiv}", False),
        ("number = {arXiv:2502.11095}", False),
        ("volume = {abs/2502.11095}", False),
        ("issn = {2331-8422}", False),
        ("pubstate = {prepublished}", False),
        ("keywords = {arXiv}", True),
        ("url = {https://arxiv.org/abs/2502.11095}", True),
        ("abstract = {A preprint}", True),
    ],
)
def test_what_says_only_that_it_is_a_preprint_goes_and_the_arxiv_id_stays(
    field: str, stays: bool, catalog: Catalog
) -> None:
    work = work_of(catalog, "na-etal-2025-survey")
    text = f"@misc{{k, title = {{A Survey}}, eprint = {{2502.11095}}, archivePrefix = {{arXiv}}, {field}}}"
    after = upgraded(text, work)
    name = field.partition(" ")[0]
    assert (field in after) == stays or fields(after).get(name) == "Association for Computational Linguistics"
    assert entry_of(after).eprint
    assert entry_of(after).record.container_title.startswith("Findings")


@pytest.mark.parametrize(
    "where",
    [
        "journal = {arXiv preprint arXiv:2502.11095}",
        "journal = {arXiv}, volume = {abs/2502.11095}",
        "journal = {CoRR}, volume = {abs/2502.11095v2}",
        "howpublished = {\\url{https://arxiv.org/abs/2502.11095}}",
        "url = {https://arxiv.org/pdf/2502.11095.pdf}",
        "doi = {10.48550/arXiv.2502.11095}",
        "note = {arXiv:2502.11095}",
    ],
)
def test_the_arxiv_id_is_kept_wherever_it_stood(where: str, catalog: Catalog) -> None:
    text = upgraded(f"@article{{k, title = {{A Survey}}, {where}}}", work_of(catalog, "na-etal-2025-survey"))
    entry = entry_of(text)
    assert entry.eprint
    assert entry.eprint.value == "2502.11095"
    assert entry.record.identifier("doi") == "10.18653/v1/2025.findings-acl.385"
    assert fields(text).get("archivePrefix", "arXiv") == "arXiv"

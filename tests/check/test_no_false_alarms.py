"""What is right is left alone: the catalog's own exports, and the same records as others write them."""

from collections import Counter

import pytest

from mhlit.catalog.source import Catalog
from mhlit.check.checking import check_text
from mhlit.check.finding import Finding, Severity
from mhlit.cite import FORMATS, entry_of, writer
from mhlit.formats.readers import READERS
from mhlit.formats.readers.source import Source
from mhlit.match import Shelf
from mhlit.model import Work
from tests.check.rewrites import REWRITES, records
from tests.reference_styles import STYLES

# Format that mhlit writes to the one that reads it, where they have other names.
READ_AS = {"biblatex": "bibtex"}
READABLE = [format for format in FORMATS if READ_AS.get(format, format) in READERS and format != "text"]


def told(findings: list[Finding]) -> list[tuple[str, str, str]]:
    """Return errors and warnings; that a preprint was published since is no false alarm."""
    serious = [finding for finding in findings if finding.severity is not Severity.INFO]
    return [(one.key, one.rule, one.message) for one in serious if one.rule != "published-version-exists"]


@pytest.mark.parametrize("format", READABLE)
def test_every_export_of_the_catalog_is_found_right(catalog: Catalog, shelf: Shelf, format: str) -> None:
    text = writer(format)([entry_of(work) for work in catalog.works])
    found = check_text("refs", READ_AS.get(format, format), Source(text, "utf-8"), [shelf])
    assert [reference.work.key if reference.work else None for reference, _ in found.references] == [
        work.key for work in catalog.works
    ]
    assert found.findings == []


@pytest.mark.parametrize("format", READABLE)
def test_every_preprint_of_the_catalog_is_right_but_for_being_published(
    catalog: Catalog, shelf: Shelf, format: str
) -> None:
    preprints = [work._replace(record=None) for work in catalog.works if work.preprint and work.record]
    text = writer(format)([entry_of(work) for work in preprints])
    found = check_text("refs", READ_AS.get(format, format), Source(text, "utf-8"), [shelf])
    assert {finding.rule for finding in found.findings} == {"published-version-exists"}
    assert len(found.findings) == len(preprints)


@pytest.mark.parametrize("name", REWRITES)
def test_a_record_as_others_write_it_is_right(catalog: Catalog, shelf: Shelf, name: str) -> None:
    rules: Counter[str] = Counter()
    for work in catalog.works:
        for record in records(work):
            found = check_text("refs.bib", "bibtex", Source(REWRITES[name](record), "utf-8"), [shelf])
            assert matched(found.references[0][0].work) == work.key
            assert told(found.findings) == []
            rules.update(finding.rule for finding in found.findings)
    harmless = {"published-version-exists", "title-case", "venue-form", "name-form", "missing-identifier"}
    assert set(rules) <= {*harmless, "unprotected-acronym"}


@pytest.mark.parametrize("style", STYLES)
def test_a_record_in_a_style_is_right(catalog: Catalog, shelf: Shelf, style: str) -> None:
    for work in catalog.works:
        for record in records(work):
            if record.version == "preprint" and not record.identifier("arxiv"):
                continue
            found = check_text("refs.txt", "text", Source(STYLES[style](record) + "\n", "utf-8"), [shelf])
            assert matched(found.references[0][0].work) == work.key
            assert told(found.findings) == []


def matched(work: Work | None) -> str | None:
    return work.key if work else None


def test_another_publication_of_the_same_title_is_doubted_and_not_mended(shelf: Shelf) -> None:
    text = """@inproceedings{workshop,
      title = {SoulChat: Improving LLMs' Empathy, Listening, and Comfort Abilities through Fine-tuning with Multi-turn Empathy Conversations},
      author = {Chen, Yirong and Xing, Xiaofen and Lin, Jingkai and Zheng, Huimin and Wang, Zhenyu and Liu, Qi and Xu, Xiangmin},
      booktitle = {Proceedings of the 2nd Workshop on Made-Up Dialogues}, year = {2023}, doi = {10.9999/made.up.7},
    }"""
    findings = check_text("refs.bib", "bibtex", Source(text, "utf-8"), [shelf]).findings
    assert {(one.rule, one.severity) for one in findings if one.severity is not Severity.INFO} == {
        ("wrong-doi", Severity.WARNING),
        ("wrong-venue", Severity.WARNING),
    }
    assert not any(one.fix and one.fix.safe for one in findings)


def test_a_title_read_with_more_than_itself_is_no_wrong_title(shelf: Shelf) -> None:
    text = (
        "Wang et al. (2024), **NegativePrompt: Leveraging Psychology for Large Language Models Enhancement via Negative "
        "Emotional Stimuli**, IJCAI. https://www.ijcai.org/proceedings/2024/719\n"
    )
    findings = check_text("list.md", "markdown", Source(text, "utf-8"), [shelf]).findings
    assert "wrong-title" not in {finding.rule for finding in findings}

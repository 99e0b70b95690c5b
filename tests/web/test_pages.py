"""The pages of the site: what they hold, that it is what the records say, and that nothing in a record is markup."""

import base64
import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from mhlit.catalog.source import Catalog
from mhlit.cite import entry_of, remark, writer
from mhlit.model import Listing, Name, Provenance, Record, Status, Version, Work
from mhlit.names import inverted, natural
from mhlit.render.web.markup import file_name, link
from mhlit.render.web.site import pages
from mhlit.store.filters import Filters
from mhlit.store.reading import Store
from mhlit.store.shelves import Shelves
from tests.conftest import Run, stored
from tests.web.reader import Element, all_of, read

EVIL = "</script></title></pre><script>alert(1)</script>\"'><img src=x onerror=alert(1)> &amp; \x1b[31m\u202e {{7*7}}"


def site_of(store: Store) -> dict[str, str]:
    ids = store.ids(Filters())
    return pages(store, ids, {key: f"<i>Reference</i> of {key}" for key in store.keys(ids)})


@pytest.fixture(scope="module")
def site(store: Store) -> dict[str, str]:
    return site_of(store)


@pytest.fixture(scope="module")
def index(site: dict[str, str]) -> list[Element]:
    return read(site["index.html"])


@pytest.fixture(scope="module")
def hostile(toy_catalog: Catalog) -> dict[str, str]:
    """A site of one work whose every text is an attack."""
    record = Record(
        Version.VERSION_OF_RECORD, "article", EVIL, (Name(family=EVIL, given=EVIL), Name(literal=EVIL)), venue=EVIL,
        container_title=EVIL, volume=EVIL, pages=EVIL, publisher=EVIL, url="javascript:alert(1)", pdf=f"https://x/{EVIL}",
        former_title=EVIL,
    )  # fmt: skip
    provenance = Provenance(Status.PARTIAL, "", (EVIL,), ("data:text/html,x",), (EVIL,), EVIL)
    work = Work(
        "../../evil", record, None, provenance, EVIL, (EVIL,), (EVIL,), (EVIL,), (EVIL,), (EVIL,), (f"https://x/{EVIL}",),
        (Listing(EVIL, EVIL, EVIL, EVIL),),
    )  # fmt: skip
    return pages(stored(Catalog((work,), toy_catalog.vocabulary)), [1], {})


def policy(page: str) -> str:
    (found,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    return str(found)


def data_of(elements: list[Element]) -> Any:
    (script,) = (one for one in all_of(elements, "script") if one.attributes.get("type") == "application/ld+json")
    return json.loads(script.text)


class TestTheIndex:
    def test_it_stays_below_400_kb_for_the_catalog_with_its_references(self, run: Run, tmp_path: Path) -> None:
        assert run("site", str(tmp_path / "site"), "--in", "catalog").code == 0
        page = (tmp_path / "site" / "index.html").read_bytes()
        assert page.count(b'<p class="reference">') == 88
        assert 300_000 < len(page) < 400_000

    def test_it_has_a_card_with_a_stable_anchor_for_every_work(self, index: list[Element], catalog: Catalog) -> None:
        keys = [one.attributes["id"] for one in all_of(index, "article", "work")]
        assert keys == [work.key for work in catalog.works]
        assert "qiu-lan-2025-psydial" in keys

    def test_every_id_is_unique(self, index: list[Element]) -> None:
        ids = Counter(one.attributes["id"] for one in index if "id" in one.attributes)
        assert [name for name, many in ids.items() if many > 1] == []

    def test_every_card_shows_title_and_all_authors(self, index: list[Element], catalog: Catalog) -> None:
        titles = [one.text for one in all_of(index, "h2") if "article" in one.within]
        assert titles == [work.preferred.title for work in catalog.works]
        authors = [one.text for one in all_of(index, "p", "by")]
        assert authors == [", ".join(natural(name) for name in work.preferred.authors) for work in catalog.works]

    def test_a_card_has_a_pdf_where_the_filter_says_there_is_one(self, index: list[Element], store: Store) -> None:
        linked = {text for one in all_of(index, "a") if (text := one.text).startswith("PDF")}
        assert linked == {"PDF", "PDF of the preprint"}
        many = sum(one.text in linked for one in all_of(index, "a") if "article" in one.within)
        assert many == dict(store.facet_counts("has", Filters()))["pdf"]

    def test_the_bibtex_is_to_the_letter_what_cite_writes(self, index: list[Element], catalog: Catalog) -> None:
        shown = [f"{one.text}\n" for one in all_of(index, "pre")]
        assert shown == [writer("bibtex")([entry_of(work)]) for work in catalog.works]

    def test_what_is_not_fully_verified_says_so_and_which_fields(self, index: list[Element], catalog: Catalog) -> None:
        marks = [one.text for one in all_of(index, "p", "mark")]
        doubtful = [work for work in catalog.works if work.provenance.status is not Status.VERIFIED]
        assert len(marks) == len(doubtful) == 9
        for mark, work in zip(marks, doubtful, strict=True):
            assert all(field in mark for field in work.provenance.unconfirmed)
        assert [one.text for one in all_of(index, "p", "listed")] == [mark for mark in marks if "as listed" in mark]
        assert sum(mark.startswith("as listed, not verified") for mark in marks) == 1

    def test_facets_count_as_the_program_does(self, index: list[Element], store: Store) -> None:
        boxes = Counter(
            one.attributes["name"] for one in all_of(index, "input") if one.attributes["type"] == "checkbox"
        )
        counts = [one.text for one in all_of(index, "span", "n")]
        values = [one.attributes["value"] for one in all_of(index, "input") if one.attributes["type"] == "checkbox"]
        names = [one.attributes["name"] for one in all_of(index, "input") if one.attributes["type"] == "checkbox"]
        for name in boxes:
            told = {value: int(n) for own, value, n in zip(names, values, counts, strict=True) if own == name}
            assert told == dict(store.facet_counts(name, Filters()))
        assert set(boxes) == {"section", "resource", "topic", "language", "year", "venue", "has", "status"}

    def test_without_the_script_nothing_useless_is_shown(self, index: list[Element]) -> None:
        assert all_of(index, "form")[0].attributes["hidden"] == ""
        assert all_of(index, "div", "bar")[0].attributes["hidden"] == ""
        assert [one for one in all_of(index, "button") if "article" in one.within] == []


class TestEveryPage:
    def test_it_is_well_formed_and_says_who_made_it(self, site: dict[str, str], catalog: Catalog) -> None:
        assert sorted(site) == sorted(["index.html", *(f"works/{work.key}.html" for work in catalog.works)])
        for page in site.values():
            elements = read(page)
            assert len(all_of(elements, "h1")) == len(all_of(elements, "title")) == 1
            assert any(one.attributes.get("name") == "generator" for one in all_of(elements, "meta"))

    def test_its_policy_allows_its_own_style_and_script_and_nothing_else(self, site: dict[str, str]) -> None:
        for page in site.values():
            allowed = dict(part.split(" ", 1) for part in policy(page).split("; "))
            elements = read(page)
            (style,) = (one.text for one in all_of(elements, "style"))
            (script,) = (one.text for one in all_of(elements, "script") if "type" not in one.attributes)
            for name, content in (("style-src", style), ("script-src", script)):
                digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
                assert allowed.pop(name) == f"'sha256-{digest}'"
            assert allowed == {
                "default-src": "'none'", "img-src": "data:", "base-uri": "'none'", "form-action": "'none'"
            }  # fmt: skip
            assert not [one for one in elements if "style" in one.attributes or "src" in one.attributes]
            assert not [name for one in elements for name in one.attributes if name.startswith("on")]

    def test_the_same_works_give_the_same_bytes(self, site: dict[str, str], store: Store) -> None:
        assert site_of(store) == site

    def test_its_links_lead_to_the_web_or_to_a_page_of_the_site(self, site: dict[str, str]) -> None:
        anchors = {one.attributes.get("id") for one in read(site["index.html"])}
        for name, page in site.items():
            for one in all_of(read(page), "a"):
                target = one.attributes["href"]
                if target.startswith("#"):
                    assert target[1:] in anchors
                elif target.startswith("../index.html#"):
                    assert target.removeprefix("../index.html#") in anchors
                elif not target.startswith(("https://", "http://", "?")):
                    assert (name, target in site) == ("index.html", True)


class TestAWorksPage:
    def test_it_holds_what_show_says(self, site: dict[str, str]) -> None:
        (main,) = all_of(read(site["works/chen-etal-2023-soulchat.html"]), "main")
        for text in ("Findings of the Association", "verified 2026", "arXiv", "Listed in", "Known from", "soulchat"):
            assert text in main.text
        assert "catalog/works" not in main.text
        assert all_of(read(site["works/chen-etal-2023-soulchat.html"]), "p", "mark") == []

    def test_it_says_at_once_what_is_not_verified(self, site: dict[str, str]) -> None:
        (mark,) = all_of(read(site["works/kim-etal-2024-large.html"]), "p", "mark")
        assert mark.text == "partly verified (not confirmed: authors)"

    def test_the_tags_are_those_google_scholar_reads(self, site: dict[str, str]) -> None:
        tags = [
            (one.attributes["name"], one.attributes["content"])
            for one in all_of(read(site["works/qiu-lan-2025-psydial.html"]), "meta")
            if one.attributes.get("name", "").startswith("citation_")
        ]
        assert tags == [
            ("citation_title", "PsyDial: A Large-scale Long-term Conversational Dataset for Mental Health Support"),
            ("citation_author", "Qiu, Huachuan"),
            ("citation_author", "Lan, Zhenzhong"),
            ("citation_publication_date", "2025/07"),
            (
                "citation_conference_title",
                "Proceedings of the 63rd Annual Meeting of the Association for Computational Linguistics (Volume 1: Long Papers)",
            ),
            ("citation_publisher", "Association for Computational Linguistics"),
            ("citation_firstpage", "21624"),
            ("citation_lastpage", "21655"),
            ("citation_doi", "10.18653/v1/2025.acl-long.1049"),
            ("citation_isbn", "979-8-89176-251-0"),
            ("citation_abstract_html_url", "https://aclanthology.org/2025.acl-long.1049/"),
            ("citation_pdf_url", "https://aclanthology.org/2025.acl-long.1049.pdf"),
        ]

    def test_every_work_has_the_tags_scholar_asks_for(self, site: dict[str, str], catalog: Catalog) -> None:
        for work in catalog.works:
            page = read(site[f"works/{work.key}.html"])
            found = [(one.attributes.get("name"), one.attributes["content"]) for one in all_of(page, "meta")[3:]]
            names = Counter(name for name, _ in found)
            assert names["citation_title"] == names["citation_publication_date"] == 1
            assert [v for n, v in found if n == "citation_author"] == [
                inverted(name) for name in work.preferred.authors
            ]
            assert dict(found).get("record-status", "") == remark(work)


class TestWhatMachinesRead:
    def test_coins_tell_every_work(self, index: list[Element], catalog: Catalog) -> None:
        spans = [parse_qs(one.attributes["title"]) for one in all_of(index, "span", "Z3988")]
        assert len(spans) == 88
        for span, work in zip(spans, catalog.works, strict=True):
            record = work.preferred
            assert span.get("rft.atitle", span.get("rft.title")) == [record.title]
            assert span.get("rft.au", []) == [inverted(name) for name in record.authors if not name.literal]
            doi = record.identifier("doi")
            assert span["rft_id"] == [f"info:doi/{doi}" if doi else record.url or record.pdf]
            assert span.get("rft_dat", [""]) == [remark(work)]

    def test_coins_have_the_type_zotero_makes_of_them(self, index: list[Element], catalog: Catalog) -> None:
        def kind(span: dict[str, list[str]]) -> str:
            return (span.get("rft.genre") or span["rft.type"])[0]

        spans = [kind(parse_qs(one.attributes["title"])) for one in all_of(index, "span", "Z3988")]
        types = {"article": "article", "inproceedings": "proceeding", "misc": "preprint"}
        assert spans == [types[work.preferred.type] for work in catalog.works]

    def test_json_ld_tells_every_work(self, index: list[Element], catalog: Catalog) -> None:
        graph = data_of(index)
        assert graph["@context"] == "https://schema.org"
        for node, work in zip(graph["@graph"], catalog.works, strict=True):
            assert node["@id"] == f"#{work.key}"
            assert node["name"] == work.preferred.title
            assert [one["name"] for one in node["author"]] == [natural(name) for name in work.preferred.authors]
            assert node.get("comment", {}).get("text", "") == remark(work)

    def test_json_ld_of_a_journal_article_tells_volume_and_issue(self, toy_store: Store) -> None:
        ids = toy_store.lookup("works", "key", ["abel-ng-2025-calm"])
        node = data_of(read(pages(toy_store, ids, {})["works/abel-ng-2025-calm.html"]))
        assert node["isPartOf"] == {
            "@type": "PublicationIssue",
            "issueNumber": "3",
            "isPartOf": {
                "@type": "PublicationVolume",
                "volumeNumber": "12",
                "isPartOf": {"@type": "Periodical", "name": "Journal of Made-Up Things", "issn": "2731-0574"},
            },
        }
        assert node["comment"]["text"] == "mhlit: record partly verified; unconfirmed: issue, authors"


class TestReferences:
    def test_a_ready_made_reference_stands_on_both_pages(self, site: dict[str, str], index: list[Element]) -> None:
        shown = [one.text for one in all_of(index, "p", "reference")]
        assert len(shown) == 88
        assert shown[0] == "Reference of althoff-etal-2016-large"
        page = read(site["works/althoff-etal-2016-large.html"])
        assert [one.text for one in all_of(page, "p", "reference")] == shown[:1]

    def test_where_there_is_none_nothing_stands_for_it(self, toy_store: Store) -> None:
        for page in pages(toy_store, toy_store.ids(Filters()), {}).values():
            assert 'class="reference"' not in page


def test_the_works_of_a_library_stand_beside_those_of_the_catalog(catalog: Catalog, toy_catalog: Catalog) -> None:
    both = Shelves(stored(catalog), stored(toy_catalog))
    index = read(site_of(both)["index.html"])
    keys = [one.attributes["id"] for one in all_of(index, "article", "work")]
    assert keys == sorted([work.key for work in (*catalog.works, *toy_catalog.works)])
    (calm,) = (one for one in all_of(index, "article", "work") if one.attributes["id"] == "abel-ng-2025-calm")
    assert "status=partial" in calm.attributes["data-facets"].split("\n")
    assert "partly verified (not confirmed: issue, authors)" in calm.text


class TestHostileRecords:
    def test_no_text_of_a_record_becomes_markup(self, hostile: dict[str, str]) -> None:
        for page in hostile.values():
            elements = read(page)
            assert not {one.tag for one in elements} & {"img", "iframe", "object"}
            assert len(all_of(elements, "script")) == 2
            assert len(all_of(elements, "title")) == 1
            assert "\x1b" not in page
            assert "\u202e" not in page

    def test_an_address_that_is_not_of_the_web_is_no_link(self, hostile: dict[str, str]) -> None:
        for page in hostile.values():
            targets = [one.attributes["href"] for one in all_of(read(page), "a")]
            assert not [target for target in targets if target.lower().startswith(("javascript:", "data:"))]
        assert link("x", " javascript:alert(1)") == link("x", "JavaScript:x") == link("x", "//x.org") == "x"

    def test_the_data_are_still_json_and_whole(self, hostile: dict[str, str]) -> None:
        for page in hostile.values():
            data = data_of(read(page))
            node = data["@graph"][0] if "@graph" in data else data
            assert node["name"] == EVIL.replace("\u202e", "")

    def test_a_key_names_no_path(self, hostile: dict[str, str]) -> None:
        assert list(hostile) == ["works/..%2F..%2Fevil.html", "index.html"]
        assert "works/..%252F..%252Fevil.html" in hostile["index.html"]
        assert file_name("a/b\\c\x00.") == "a%2Fb%5Cc%00..html"

"""What is known of a work is followed from source to source, and nobody is asked in vain."""

from collections import Counter

from mhlit.catalog.source import Catalog
from mhlit.likeness.titles import Likeness, likeness
from mhlit.model import Identifier
from mhlit.sources.client import Client
from mhlit.sources.gathering import gather
from tests.check.test_online import Pretended
from tests.sources.answers import (
    MENTALLAMA,
    PEOPLE,
    anthology,
    arxiv,
    arxiv_entry,
    crossref,
    crossref_item,
    crossref_list,
    mentallama,
    mentallama_preprint,
)
from tests.sources.server import ERROR, World

DOI = Identifier("doi", "10.1145/3589334.3648137")
ARXIV = Identifier("arxiv", "2309.13567")


def test_a_preprint_that_is_named_is_asked_for_once(world: World, client: Client) -> None:
    relation = {"has-preprint": [{"id-type": "doi", "id": "10.48550/arXiv.2309.13567"}]}
    world.tell("crossref", f"/works/{DOI.value}", crossref(DOI.value, MENTALLAMA, PEOPLE, relation=relation))
    world.tell("arxiv", "/api/query", mentallama_preprint(), id_list="2309.13567")
    work = gather(client, DOI).work
    assert work is not None
    assert work.record is not None
    assert work.preprint is not None
    assert len([one for one in world.asked if one.source == "arxiv"]) == 1
    assert not world.paths("dblp") + world.paths("openalex") + world.paths("semanticscholar")


def test_the_published_version_of_a_preprint_is_found_by_its_title(world: World, client: Client) -> None:
    world.tell("arxiv", "/api/query", mentallama_preprint(), id_list="2309.13567")
    items = [
        crossref_item("10.1000/other", "Interpretable Mental Health Analysis", PEOPLE),
        crossref_item("10.1000/people", MENTALLAMA, ("Peng Xu",)),
        crossref_item(DOI.value, MENTALLAMA, PEOPLE),
    ]
    world.tell("crossref", "/works", crossref_list(*items))
    work = gather(client, ARXIV).work
    assert work is not None
    assert work.record is not None
    assert work.record.identifier("doi") == DOI.value


def test_a_record_of_another_work_than_was_asked_for_is_not_taken(world: World, client: Client) -> None:
    world.tell("crossref", f"/works/{DOI.value}", crossref("10.1000/other", "Another work"))
    gathered = gather(client, DOI)
    assert gathered.work is None
    assert "Crossref" in gathered.told.answered


def test_an_anthology_doi_is_asked_of_both_who_know_it(world: World, client: Client) -> None:
    identity = "2024.acl-long.999"
    world.tell("anthology", f"/{identity}.bib", anthology(identity, "doe-2024-made", "Made {U}p"))
    world.tell("crossref", f"/works/10.18653/v1/{identity}", crossref(f"10.18653/v1/{identity}", "MADE UP", volume="1"))
    for asked in (Identifier("acl", identity), Identifier("doi", f"10.18653/v1/{identity}")):
        work = gather(client, asked).work
        assert work is not None
        assert (work.preferred.title, work.preferred.volume) == ("Made Up", "1")
        assert work.preferred.anthology_key == "doe-2024-made"


def test_a_search_that_fails_leaves_the_work_as_it_was_found(world: World, client: Client) -> None:
    world.tell("crossref", f"/works/{DOI.value}", mentallama())
    world.tell("arxiv", "/api/query", ERROR)
    gathered = gather(client, DOI)
    assert gathered.work is not None
    assert gathered.told.failures == ()


def test_records_that_name_each_other_in_a_circle_come_to_an_end(world: World, client: Client) -> None:
    for number in range(40):
        relation = {"has-preprint": [{"id-type": "doi", "id": f"10.1000/{number + 1}"}]}
        world.tell("crossref", f"/works/10.1000/{number}", crossref(f"10.1000/{number}", "Made up", relation=relation))
    world.tell("arxiv", "/api/query", arxiv(arxiv_entry("2401.00001", "x")))
    assert gather(client, Identifier("doi", "10.1000/0")).work is not None
    assert len([path for path in world.paths("crossref") if path != "/works"]) <= 4


def test_every_work_of_the_catalog_is_found_whole_and_none_with_anothers_version(catalog: Catalog) -> None:
    """The sources are played from the catalog, and no version names the other: titles and people must do."""
    world = Pretended(catalog.works)
    renamed: Counter[str] = Counter()
    for work in catalog.works:
        versions = [record for record in (work.record, work.preprint) if record]
        for asked in (one for record in versions for one in record.identifiers if one.scheme in ("doi", "arxiv")):
            found = gather(world, asked).work
            assert found is not None, asked
            joined = [record.title for record in (found.record, found.preprint) if record]
            titles = [record.title for record in versions]
            if joined != titles:
                assert set(joined) < set(titles)
                assert likeness(*titles) < Likeness.WORDED
                renamed[work.key] += 1
    assert sorted(renamed) == [
        "hua-etal-2025-scoping",
        "huang-etal-2024-apathetic",
        "huang-etal-2024-humanity",
        "kim-etal-2025-optimizing",
    ]

"""Counting: every number of the statistics is that of the works themselves."""

from collections import Counter

from mhlit.catalog.source import Catalog
from mhlit.store.counting import TABLES, Table, gather
from mhlit.store.filters import Filters
from mhlit.store.reading import Store


def tables(store: Store, filters: Filters | None = None) -> dict[str, Table]:
    return {table.name: table for table in gather(store, filters or Filters()).tables}


def test_the_made_up_catalog_is_counted_right(toy_store: Store) -> None:
    counted = gather(toy_store, Filters())
    assert counted[:3] == (6, 4, 1)
    found = {table.name: table.rows() for table in counted.tables}
    assert list(found) == list(TABLES)
    assert found["year"] == [
        ("2021", "", 1), ("2021", "first", 1),
        ("2022", "", 1),
        ("2023", "", 1),
        ("2024", "", 1), ("2024", "first", 1), ("2024", "second", 1),
        ("2025", "", 1), ("2025", "second", 1),
        ("2026", "", 1),
    ]  # fmt: skip
    assert found["venue"][0] == ("CONF", "", 2)
    assert ("chatbots", "system", 1) in found["topic"]
    assert ("chatbots", "", 2) in found["topic"]
    assert found["language"] == [("ja", "", 1)]
    assert found["status"] == [("verified", "", 4), ("listed", "", 1), ("partial", "", 1)]
    assert found["version"] == [
        ("published, no preprint known", "", 3),
        ("preprint only", "", 2),
        ("published, with a preprint", "", 1),
    ]
    assert found["error"] == [("url", "", 1), ("url", "one-list", 1), ("year", "", 1), ("year", "one-list", 1)]


def test_the_numbers_are_those_of_the_works(store: Store, catalog: Catalog) -> None:
    found = tables(store)
    works = catalog.works
    for topic in found["topic"].values:
        own = [work for work in works if topic in work.topics]
        assert found["topic"].count(topic) == len(own)
        offers = Counter(resource for work in own for resource in work.resources)
        assert {by: many for by in found["topic"].columns if (many := found["topic"].count(topic, by))} == offers
    errors = Counter(error.field for work in works for one in work.listings for error in one.errors)
    assert {field: found["error"].count(field) for field in found["error"].values} == errors
    published, preprints = (
        sum(one is not None for one in ones) for ones in zip(*((w.record, w.preprint) for w in works), strict=True)
    )
    versions = found["version"]
    assert versions.count("published, with a preprint") + versions.count("published, no preprint known") == published
    assert versions.count("published, with a preprint") + versions.count("preprint only") == preprints


def test_years_stand_in_order_and_other_values_by_size(store: Store) -> None:
    for name, table in tables(store).items():
        sizes = [table.count(value) for value in table.values]
        if name == "year":
            assert list(table.values) == sorted(table.values)
        else:
            assert sizes == sorted(sizes, reverse=True)


def test_filters_narrow_every_table(store: Store) -> None:
    counted = gather(store, Filters({"section": ("datasets",)}))
    assert counted.works == 12
    assert tables(store, Filters({"section": ("datasets",)}))["year"].columns.count("datasets") == 1
    for table in counted.tables:
        if table.name in ("year", "venue", "status", "version"):
            assert sum(table.count(value) for value in table.values) == 12


def test_no_work_is_no_row(toy_store: Store) -> None:
    counted = gather(toy_store, Filters({"venue": ("nowhere",)}))
    assert counted[:3] == (0, 0, 0)
    assert all(table.rows() == [] for table in counted.tables)


def test_only_the_tables_asked_for_are_counted(toy_store: Store) -> None:
    assert [table.name for table in gather(toy_store, Filters(), ["status", "year"]).tables] == ["status", "year"]

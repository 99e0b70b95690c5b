"""What wants another look: preprints, what was not confirmed for a year, unconfirmed fields."""

import json
from datetime import date
from pathlib import Path

import pytest

from mhlit.catalog.source import Catalog
from mhlit.catalog.stale import Reason, stale
from tests.catalog.keeping import copied
from tests.conftest import Run


def test_every_preprint_and_every_unconfirmed_field_is_told(catalog: Catalog) -> None:
    found = stale(catalog.works, date(2026, 12, 1))
    preprints = [one for one in found if one.reason is Reason.PREPRINT]
    assert {one.key for one in preprints} == {work.key for work in catalog.works if work.record is None}
    assert [one.issued for one in preprints] == sorted(one.issued for one in preprints)
    unconfirmed = {one.key: one.fields for one in found if one.reason is Reason.UNCONFIRMED}
    assert unconfirmed == {
        work.key: work.provenance.unconfirmed for work in catalog.works if work.provenance.unconfirmed
    }
    assert not any(one.reason is Reason.OLD for one in found)


@pytest.mark.parametrize(
    ("checked", "today", "is_old"),
    [
        ("2026-11-21", date(2027, 11, 20), False),
        ("2026-11-21", date(2027, 11, 21), True),
        ("2027-02-28", date(2028, 2, 29), True),
        ("2027-03-01", date(2028, 2, 29), False),
        ("", date(2028, 2, 29), True),
    ],
)
def test_a_record_is_old_a_year_after_it_was_confirmed(
    catalog: Catalog, checked: str, today: date, *, is_old: bool
) -> None:
    work = catalog.works[0]
    work = work._replace(provenance=work.provenance._replace(checked=checked))
    assert any(one.reason is Reason.OLD for one in stale([work], today)) is is_old


def test_the_command_gives_a_line_each_and_exit_one(run: Run, tmp_path: Path) -> None:
    folder = str(copied(tmp_path))
    result = run("catalog", "stale", "--catalog", folder, "--today", "2026-12-01")
    assert result.code == 1
    lines = [line.split("\t") for line in result.out.splitlines()]
    assert lines[0] == [
        "preprint",
        "liu-etal-2023-chatcounselor",
        "out since 2023-09; no published version known on 2026-11-21",
    ]
    assert ["unconfirmed", "zhang-luo-2024-advancing", "venue, url"] in lines
    objects = json.loads(run("catalog", "stale", "--catalog", folder, "--today", "2026-12-01", "--json").out)
    assert [(one["reason"], one["key"]) for one in objects["stale"]] == [(reason, key) for reason, key, _ in lines]
    old = run("catalog", "stale", "--catalog", folder, "--today", "2028-01-01")
    assert old.err.startswith("5 preprints, 88 not confirmed for a year, ")


def test_nothing_stale_is_exit_zero(run: Run, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for path in (folder / "works").iterdir():
        if path.stem != "chen-etal-2023-soulchat":
            path.unlink()
    result = run("catalog", "stale", "--catalog", str(folder), "--today", "2026-12-01")
    assert (result.code, result.out) == (0, "")

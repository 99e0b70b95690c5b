"""``import mhlit``: what it offers is what the command line finds, typed, and shown in a notebook without harm."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import mhlit
from mhlit.api import Works
from mhlit.catalog.source import Catalog
from mhlit.render.notebook import table
from mhlit.store.filters import Filters
from mhlit.store.reading import Store
from mhlit.store.shelves import Shelves
from tests.conftest import ROOT, Run, stored


@pytest.fixture(scope="module")
def works() -> mhlit.Works:
    return mhlit.load()


@pytest.fixture
def toys(toy_store: Store) -> mhlit.Works:
    return Works(toy_store, toy_store.ids(Filters()))


def test_load_gives_the_whole_catalog_sorted_by_key(works: mhlit.Works, catalog: Catalog) -> None:
    assert works.keys == tuple(work.key for work in catalog.works)
    assert list(works) == list(catalog.works)


def test_every_name_that_is_offered_is_there() -> None:
    for name in mhlit.__all__:
        assert getattr(mhlit, name) is not None
    assert set(mhlit.__all__) == {*mhlit._FROM, "__version__"}
    assert dir(mhlit) == sorted(mhlit.__all__)
    with pytest.raises(AttributeError, match="no attribute 'serach'"):
        getattr(mhlit, "serach")  # noqa: B009  # a type checker knows


@pytest.mark.parametrize("query", ["empathy", "kokoro chat", '"mental health"', "10.18653/v1/2025.acl-long.1049"])
def test_search_finds_what_the_command_line_finds_in_its_order(works: mhlit.Works, run: Run, query: str) -> None:
    assert list(works.search(query).keys) == run("search", query, "--keys").out.split()
    assert works.search(query)


def test_search_that_finds_nothing_is_empty(works: mhlit.Works) -> None:
    found = works.search("zzqx")
    assert (len(found), found.keys, repr(found)) == (0, (), "<0 works>")


def test_a_filter_selects_what_the_command_line_selects(works: mhlit.Works, run: Run) -> None:
    selected = works.filter(resource="dataset", year="2024..", language=["Japanese", "ko"])
    options = ("--resource", "dataset", "--year", "2024..", "--language", "ja", "--language", "ko")
    assert list(selected.keys) == run("list", *options, "--keys").out.split()
    assert selected
    assert works.filter(year=2025).keys == works.filter(year="2025").keys


def test_search_and_filter_stay_within_the_works_they_are_asked_of(works: mhlit.Works) -> None:
    found = works.search("empathy")
    datasets = found.filter(resource="dataset")
    assert datasets.keys == tuple(key for key in found.keys if key in set(works.filter(resource="dataset").keys))
    assert datasets.keys == works.filter(resource="dataset").search("empathy").keys
    assert datasets.keys == works.search("empathy", resource="dataset").keys
    with pytest.raises(mhlit.KeyProblem, match="not among these"):
        datasets.find("althoff-etal-2016-large")


def test_works_are_a_sequence(works: mhlit.Works) -> None:
    assert works[0].key == works.keys[0] == "althoff-etal-2016-large"
    assert works[-1].key == works.keys[-1]
    assert works[2:5].keys == works.keys[2:5]
    assert works[3] in works
    assert repr(works[:2]) == "<2 works: althoff-etal-2016-large, aragon-etal-2023-disorbert>"
    with pytest.raises(IndexError):
        works[88]


def test_a_library_beside_the_catalog_is_one_with_it(toy_catalog: Catalog, catalog: Catalog) -> None:
    shelves = Shelves(stored(catalog), stored(toy_catalog))
    both = Works(shelves, shelves.ids(Filters()))
    assert len(both) == len(catalog.works) + len(toy_catalog.works)
    assert both.find("abel-ng-2025-calm") in both.filter(topic="anxiety", status="partial")
    assert "abel-ng-2025-calm" in both.search("calm").keys


def test_find_takes_any_key(works: mhlit.Works) -> None:
    for key in ("soulchat", "chen-etal-2023-soulchat", "10.18653/v1/2023.findings-emnlp.83"):
        assert works.find(key).key == "chen-etal-2023-soulchat"
    with pytest.raises(mhlit.KeyProblem):
        works.find("no-such-work")


def test_cite_writes_what_the_command_line_writes(works: mhlit.Works, run: Run) -> None:
    assert works.cite() == run("cite").out
    assert works[:2].cite("csl-json") == run("cite", *works.keys[:2], "--format", "csl-json").out


def test_a_mistake_is_an_error_with_a_hint(works: mhlit.Works) -> None:
    with pytest.raises(mhlit.UsageError) as raised:
        works.filter(topic="empaty")
    assert raised.value.hint == "did you mean empathy?"
    with pytest.raises(TypeError, match="there is no filter 'venu'"):
        works.filter(venu="ACL")  # type: ignore[call-arg]  # that is the point
    with pytest.raises(mhlit.UsageError):
        works.cite("bibtx")
    with pytest.raises(mhlit.UsageError):
        mhlit.load("everything")


def test_a_notebook_shows_a_table_that_says_how_many_there_are(works: mhlit.Works) -> None:
    shown = works._repr_html_()
    assert "<caption>88 works, the first 20 shown</caption>" in shown
    assert shown.count("<tr><td>") == 20
    assert "<caption>1 work</caption>" in works[:1]._repr_html_()


def test_a_notebook_says_what_is_not_verified(works: mhlit.Works) -> None:
    assert works.filter(status="partial")._repr_html_().count("(partly verified)") == 8
    assert "(as listed, not verified)" in works.filter(status="listed")._repr_html_()
    assert "verified)" not in works.filter(status="verified")._repr_html_()


def test_nothing_in_a_record_becomes_markup_in_a_notebook(works: mhlit.Works) -> None:
    work = works[0]
    record = work.preferred._replace(
        title="<script>alert(1)</script>\x1b[31m", url="javascript:alert(1)", pdf="", venue='"><img src=x>'
    )
    shown = table([work._replace(record=record)], 1)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;[31m" in shown
    assert set(re.findall(r"</?(\w+)", shown)) == {"table", "caption", "thead", "tr", "th", "tbody", "td", "code"}


def test_a_work_of_every_shape_is_shown_and_found(toys: mhlit.Works) -> None:
    assert toys._repr_html_().count("<tr><td>") == len(toys)
    assert json.loads(toys.cite("csl-json"))[0]["id"] == toys.keys[0]


def test_the_first_example_of_the_page_runs() -> None:
    (example, *_) = re.findall(r"```python\n(.*?)```", (ROOT / "docs/api.md").read_text(encoding="utf-8"), re.DOTALL)
    finished = subprocess.run([sys.executable, "-c", example], capture_output=True, text=True, encoding="utf-8")
    assert finished.returncode == 0, finished.stderr
    assert "@inproceedings{" in finished.stdout


def test_every_filter_is_documented_and_the_command_lines() -> None:
    from mhlit.cli.options import _FILTERS

    assert list(mhlit.Filters.__annotations__) == list(_FILTERS)
    page = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    for name in (*_FILTERS, *(name for name in vars(Works) if not name.startswith("_"))):
        assert f"`{name}" in page


def test_a_user_of_the_package_is_type_checked(tmp_path: Path) -> None:
    (tmp_path / "user.py").write_text(
        "import mhlit\n"
        'found: mhlit.Works = mhlit.load().search("empathy", year=2025)\n'
        "work: mhlit.Work = found[0]\n"
        'mhlit.load().filter(venu="ACL")\n'
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "user.py"]
    finished = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    (wrong,) = (line for line in finished.stdout.splitlines() if ": error: " in line)
    assert wrong.startswith('user.py:4: error: Unexpected keyword argument "venu" for "filter" of "Works"')

"""Formatted references are those of pandoc or of citeproc-js, word for word.

The references that both made on a day are kept in ``expected/``, so that the ordinary run needs neither; where they are
installed, the catalog as it is now is compared with them, and ``--update-golden`` keeps what they make.
"""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from mhlit.catalog.source import Catalog
from mhlit.cite import entry_of, writer
from mhlit.cite.csl.markup import as_text
from mhlit.cite.styles import STYLES, Style
from tests.conftest import ROOT
from tests.oracles import references
from tests.oracles.references import EXPECTED, Expected, Item
from tests.oracles.tools import needs_citeproc_js, needs_pandoc

KINDS = ("catalog", "made-up")
Ours = Callable[[str, str], dict[str, str]]


def items_now(kind: str, catalog: Catalog) -> list[Item]:
    """Return the items of the catalog as it is, without what processors do not read; made-up ones do not change."""
    if kind == "made-up":
        return references.kept_items(kind)
    items: list[Item] = json.loads(writer("csl-json")(entry_of(work) for work in catalog.works))
    return [{name: value for name, value in item.items() if name != "custom"} for item in items]


def neither(made: dict[str, str], expected: dict[str, Expected]) -> dict[str, tuple[str, Expected]]:
    """Return the references that are equal to none of the processors'."""
    assert made.keys() == expected.keys()
    return {id: (text, expected[id]) for id, text in made.items() if text not in expected[id]}


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Ours:
    """Our references of the kept items, each set made once."""
    folder = tmp_path_factory.mktemp("styles")

    @cache
    def made(kind: str, style: str) -> dict[str, str]:
        return references.ours(references.fitted(references.kept_items(kind), style), style, folder)

    return made


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("style", STYLES)
def test_a_reference_is_the_one_that_was_kept(ours: Ours, style: str, kind: str) -> None:
    found = neither(ours(kind, style), references.kept(kind, style))
    assert found == {}


def test_the_table_of_the_docs_is_what_is_found(ours: Ours) -> None:
    text = (ROOT / "docs/styles.md").read_text(encoding="utf-8")
    for style, (file, _) in STYLES.items():
        counts = [file]
        for kind in KINDS:
            made, expected = ours(kind, style), references.kept(kind, style)
            both = sum(one.pandoc == one.citeproc_js for one in expected.values())
            pandoc, js = (sum(text == expected[id][place] for id, text in made.items()) for place in (0, 1))
            found = len(made) - len(neither(made, expected))
            counts += [str(both), str(pandoc), str(js), f"{found} of {len(made)}"]
        assert f"| {style} | {' | '.join(counts)} |" in text


@pytest.mark.oracle
@needs_pandoc
@needs_citeproc_js
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("style", STYLES)
def test_a_reference_is_that_of_pandoc_or_citeproc_js(
    style: str, kind: str, catalog: Catalog, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    items = references.fitted(items_now(kind, catalog), style)
    expected = references.by_both(items, style, tmp_path)
    if kind == "catalog":
        made = Style(style).references([entry_of(work) for work in catalog.works])
        found = neither({one.key: " ".join(as_text(one.text).split()) for one in made}, expected)
    else:
        found = neither(references.ours(items, style, tmp_path), expected)
    assert found == {}
    if request.config.getoption("--update-golden"):
        references.keep(kind, style, expected)


@pytest.mark.oracle
@needs_pandoc
@needs_citeproc_js
def test_what_was_kept_is_what_both_make_of_the_made_up_items(tmp_path: Path) -> None:
    items = references.kept_items("made-up")
    for style in ("apa", "gb-t-7714"):
        assert references.by_both(items, style, tmp_path) == references.kept("made-up", style)


def test_the_kept_items_are_of_the_catalog(catalog: Catalog, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        text = json.dumps(items_now("catalog", catalog), ensure_ascii=False, indent=1)
        (EXPECTED / "catalog.json").write_text(f"{text}\n", encoding="utf-8")
    keys = {item["id"] for item in references.kept_items("catalog")}
    assert len(keys) == 88
    assert keys <= {work.key for work in catalog.works} | {alias for work in catalog.works for alias in work.aliases}

"""The rules and the mending together: what is mended is no longer found, and nothing else has changed."""

import random
from collections.abc import Iterator, Sequence

import pytest

from mhlit.catalog.source import Catalog
from mhlit.check.checking import check_text
from mhlit.check.finding import Finding
from mhlit.check.mend import settle
from mhlit.formats.readers.bibtex import read
from mhlit.formats.readers.source import Source
from mhlit.formats.writers.bibtex import write
from mhlit.match import Shelf
from mhlit.model import Entry, Version

MANNERS = (
    lambda text: text,
    lambda text: text.replace("\n", "\r\n"),
    lambda text: text.replace(" = {", "={").replace("\n  ", "\n\t\t"),
    lambda text: text.replace(",\n}", "\n}").replace("\n  ", "\n, ").replace("{\n", "{\n% kept\n"),
    lambda text: text.replace(",\n  ", ", ").replace(",\n}", "}"),
)
HOSTILE = [
    "{",
    "}",
    '"',
    ",",
    "=",
    "@",
    "%",
    "\\",
    "#",
    "\n",
    "\x00",
    "\x1b[2J",
    "é",
    "\ud7ff",
    "@misc{",
    "}\n\n",
    " and ",
]


@pytest.fixture(scope="module")
def shelf(catalog: Catalog) -> Shelf:
    return Shelf(catalog.works)


def findings(shelf: Shelf, text: str) -> Sequence[Finding]:
    return check_text("refs.bib", "bibtex", Source(text, "utf-8"), [shelf]).findings


def corrupted(catalog: Catalog, seed: int) -> Iterator[str]:
    """Yield an entry for each work, of either version, with one thing wrong in each."""
    dice = random.Random(seed)
    for work in catalog.works:
        record = work.preprint if work.preprint and dice.random() < 0.5 else work.preferred
        issued, authors = record.issued, record.authors
        wrong = dice.choice(["year", "first", "last", "pages", "volume", "doi", "none"])
        if wrong == "year" and issued:
            record = record._replace(issued=issued._replace(year=issued.year - 7))
        elif wrong == "first" and len(authors) > 2:
            record = record._replace(authors=(authors[1], authors[0], *authors[2:]))
        elif wrong == "last" and len(authors) > 2:
            record = record._replace(authors=authors[:-1])
        elif wrong in ("pages", "volume") and getattr(record, wrong):
            record = record._replace(**{wrong: "9" + getattr(record, wrong)})
        text = write([Entry(work.key, record)])
        if wrong == "doi" and record.version is Version.VERSION_OF_RECORD:
            text = text.replace("doi = {10.", "doi = {10.9999/")
        yield dice.choice(MANNERS)(text)


@pytest.mark.parametrize("seed", range(3))
def test_after_mending_no_fix_is_left_and_a_second_run_changes_nothing(
    seed: int, catalog: Catalog, shelf: Shelf
) -> None:
    text = "% mine\n\n" + "\n% between\n".join(corrupted(catalog, seed))
    for unsafe in (False, True):
        once = settle(Source(text, "utf-8"), lambda new: findings(shelf, new), unsafe=unsafe)
        assert len(once.made) > 60
        assert once.left == ()
        assert [one for one in findings(shelf, once.text) if one.fix and (one.fix.safe or unsafe)] == []
        again = settle(Source(once.text, "utf-8"), lambda new: findings(shelf, new), unsafe=unsafe)
        assert again == (once.text, (), ())


def test_entries_without_a_fix_and_all_that_stands_between_them_stay(catalog: Catalog, shelf: Shelf) -> None:
    text = "% mine\n\n" + "\n% between\n".join(corrupted(catalog, 7))
    mended = settle(Source(text, "utf-8"), lambda new: findings(shelf, new))
    touched = {finding.key for finding in mended.made}
    before, after = read(text).entries, read(mended.text).entries
    assert [entry.key for entry in before] == [entry.key for entry in after]
    position = 0
    rest = 0
    for old, new in zip(before, after, strict=True):
        assert old.place
        assert new.place
        assert text[position : old.place.start] == mended.text[rest : new.place.start]
        if old.key not in touched:
            assert text[old.place.start : old.place.end] == mended.text[new.place.start : new.place.end]
        position, rest = old.place.end, new.place.end
    assert text[position:] == mended.text[rest:]


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_bibliography_loses_nothing(seed: int, catalog: Catalog, shelf: Shelf) -> None:
    dice = random.Random(seed)
    pieces = list(corrupted(catalog, seed))
    letters = list("\n".join(dice.sample(pieces, 12)))
    for _ in range(15):
        place = dice.randrange(len(letters))
        letters[place] = dice.choice([*HOSTILE, "", letters[place] * 3])
    text = "".join(letters)
    mended = settle(Source(text, "utf-8"), lambda new: findings(shelf, new), unsafe=True)
    before, after = read(text).entries, read(mended.text).entries
    assert [entry.key for entry in before] == [entry.key for entry in after]
    touched = {finding.key for finding in mended.made}
    for old, new in zip(before, after, strict=True):
        if old.key not in touched:
            assert [(field.name, field.value) for field in old.fields] == [
                (field.name, field.value) for field in new.fields
            ]

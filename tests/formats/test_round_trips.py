"""Every field that a format has survives being written and read again, whatever a record holds."""

import re
import unicodedata
from importlib import import_module
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mhlit.cite import writer
from mhlit.model import Entry, Identifier, Name, PartialDate, Record, Version
from mhlit.text import without_tags
from tests.conftest import ROOT

READERS = {"bibtex": "bibtex", "biblatex": "bibtex", "csl-json": "csl_json", "ris": "ris"}

# What of a record and its entry survives in each format; docs/formats.md shows the same table.
EVERYWHERE = {
    "key", "version", "type", "title", "authors", "year", "month", "container_title", "collection_title", "volume",
    "issue", "pages", "publisher", "publisher_place", "editors", "server", "url", "doi", "isbn", "issn", "arxiv", "eprint",
    "annotation",
}  # fmt: skip
SURVIVES = {
    "bibtex": EVERYWHERE | {"arxiv_class", "eprint_class"},
    "biblatex": EVERYWHERE | {"day", "article_number", "arxiv_class", "eprint_class"},
    "csl-json": EVERYWHERE | {"day", "article_number", "pmid", "pmcid"},
    "ris": EVERYWHERE | {"day", "article_number", "pdf"},
}
# Fields that a format has for some types only: BibLaTeX's data model, and what `biber` warns of.
ONLY_FOR = {
    "biblatex": {
        "publisher": "inproceedings incollection book thesis report dataset",
        "publisher_place": "inproceedings incollection book thesis report dataset",
        "collection_title": "article inproceedings incollection book dataset",
        "volume": "article inproceedings incollection book",
        "issue": "article inproceedings incollection book report dataset",
        "pages": "article inproceedings incollection book thesis report",
        "article_number": "article inproceedings incollection book thesis report",
        "isbn": "inproceedings incollection book",
        "issn": "article",
        "editors": "article inproceedings incollection book dataset online",
        "container_title": "article inproceedings incollection",
    },
    "bibtex": {"isbn": "article inproceedings incollection book thesis dataset online"},
}
PUBLISHED = ("article", "inproceedings", "incollection", "book", "thesis", "report", "dataset", "online")
SERVERS = ("bioRxiv", "medRxiv", "PsyArXiv", "Research Square", "SSRN")
# What names a server makes a preprint to every reader.
A_SERVER = re.compile(r"xiv|ssrn|research|corr|osf|preprint|computing", re.IGNORECASE)

SIGNS = st.sampled_from("\\{}$%&#_~^<>|\"'“”‘’–—…@=+-[]()*/.:;!?§ß łøıαψΣ×≤éñçőşễ陈日本")
LETTERS = st.characters(categories=("Lu", "Ll", "Lo", "Nd"))
# What LaTeX prints as another sign readers of LaTeX read as that one; Greek capitals that look Latin are Latin to it.
LIGATURES = re.compile(r"--|''|``|[?!]`|`|\.\.\.|[\u0300-\u036f]|µ|[ΑΒΕΖΗΙΚΜΝΟΡΤΧο]")

GREEK = re.compile(r"[\u0370-\u03ff]")


def typed(made: str) -> bool:
    """Tell whether text is such as people type: with a letter, without HTML, and without LaTeX's ligatures."""
    return any(c.isalpha() for c in made) and without_tags(made) == made and not LIGATURES.search(made)


def text(alphabet: st.SearchStrategy[str] = SIGNS | LETTERS, most: int = 5) -> st.SearchStrategy[str]:
    words = st.lists(st.text(alphabet, min_size=1, max_size=8), min_size=1, max_size=most)
    return words.map(lambda parts: unicodedata.normalize("NFC", " ".join(" ".join(parts).split()))).filter(typed)


WORDS = text(LETTERS | st.sampled_from("-.’é&_%"), 3).filter(
    lambda made: made[0].isalpha() and not A_SERVER.search(made)
)


@st.composite
def names(draw: st.DrawFn) -> Name:
    if draw(st.booleans()):
        return Name(literal=draw(WORDS.filter(lambda made: "," not in made)))
    # A word that begins with a command has no case for BibTeX, which then takes it for a particle: $\Gamma$a Beta.
    family, given_name = draw(WORDS.filter(lambda made: not GREEK.search(made))), draw(WORDS)
    capital = family[0].upper() + family[1:]
    return Name(
        capital if typed(capital) and capital[0].isupper() else f"X{family}",
        given_name,
        draw(st.sampled_from(("", "van", "van der", "de la"))),
        draw(st.sampled_from(("", "Jr.", "III"))),
    )


@st.composite
def dates(draw: st.DrawFn) -> PartialDate:
    day = draw(st.dates())
    parts = draw(st.integers(1, 3))
    return PartialDate(1500 + day.year % 600, day.month if parts > 1 else 0, day.day if parts > 2 else 0)


IDENTIFIERS = {
    "doi": st.from_regex(r"10\.[0-9]{4}/[A-Za-z0-9][A-Za-z0-9_.();/-]{0,12}[A-Za-z0-9]", fullmatch=True),
    "isbn": st.sampled_from(("978-0-306-40615-7", "978-3-16-148410-0")),
    "issn": st.sampled_from(("2376-5992", "0378-5955")),
    "pmid": st.integers(1, 10**8).map(str),
    "pmcid": st.integers(1, 10**7).map(lambda number: f"PMC{number}"),
}
ARXIV = st.from_regex(r"2[0-4](0[1-9]|1[0-2])\.[0-9]{5}", fullmatch=True)
URLS = st.from_regex(r"https://example\.org/[A-Za-z0-9_%~=&?#.-]{0,20}[a-z]", fullmatch=True)
EMPTY = st.just("")


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Return an entry of a published work or a preprint with whatever fields."""
    preprint = draw(st.booleans())
    schemes = ("doi",) if preprint else tuple(IDENTIFIERS)
    ids = [Identifier(scheme, draw(IDENTIFIERS[scheme])) for scheme in schemes if draw(st.booleans())]
    arxiv = draw(EMPTY | ARXIV)
    eprint_class = "cs.CL" if arxiv and draw(st.booleans()) else ""
    kind = "misc" if preprint else draw(st.sampled_from(PUBLISHED))
    container, collection, publisher = ("" if preprint else draw(EMPTY | WORDS) for _ in range(3))
    if kind in ("article", "inproceedings", "incollection"):
        container = container or draw(WORDS)
    elif not preprint:  # what stands in nothing and is on arXiv is a preprint to every reader
        container = arxiv = eprint_class = ""
    pages, number = draw(
        st.sampled_from((("", ""), ("12-34", ""), ("S7-S9", ""), ("e5", ""), ("", "e123"), ("", "230")))
    )
    record = Record(
        version=Version.PREPRINT if preprint else Version.VERSION_OF_RECORD,
        type=kind,
        title=draw(text()),
        authors=tuple(draw(st.lists(names(), max_size=3))),
        editors=() if preprint else tuple(draw(st.lists(names(), max_size=2))),
        issued=draw(st.none() | dates()),
        container_title=container,
        collection_title=collection,
        publisher=publisher,
        volume="" if preprint else draw(EMPTY | st.sampled_from(("12", "XII", "3A"))),
        issue="" if preprint else draw(EMPTY | st.sampled_from(("3", "3-4", "Suppl 1"))),
        pages="" if preprint else pages,
        article_number="" if preprint else number,
        publisher_place="" if preprint else draw(EMPTY | WORDS),
        server=("arXiv" if arxiv else draw(st.sampled_from(SERVERS))) if preprint else "",
        arxiv_class=eprint_class if preprint else "",
        identifiers=(*ids, *((Identifier("arxiv", arxiv),) if preprint and arxiv else ())),
        url=draw(URLS),
        pdf=draw(EMPTY | URLS),
    )
    key = draw(st.from_regex(r"[A-Za-z][A-Za-z0-9_:.+/-]{0,12}", fullmatch=True))
    eprint = Identifier("arxiv", arxiv) if arxiv and not preprint else None
    remark = draw(EMPTY | text(LETTERS).map("mhlit: {}".format))
    return Entry(key, record, eprint, eprint_class if eprint else "", remark)


def fields(entry: Entry) -> dict[str, Any]:
    """Return what an entry says, one value a field."""
    record = entry.record
    issued = record.issued or PartialDate(0)
    plain = record._asdict()
    for name in ("identifiers", "issued"):
        del plain[name]
    ids = {scheme: record.identifier(scheme) for scheme in (*IDENTIFIERS, "arxiv")}
    own = {name: getattr(entry, name) for name in ("key", "eprint", "eprint_class", "annotation")}
    return {**plain, **issued._asdict(), **ids, **own}


def read_again(entry: Entry, format: str) -> Entry:
    reading = import_module(f"mhlit.formats.readers.{READERS[format]}").read(writer(format)([entry]))
    assert not reading.problems
    (found,) = reading.entries
    assert isinstance(found, Entry)
    return found


# A type that a format calls by another name than BibLaTeX is read by that name.
OTHER_NAMES = {("bibtex", "report"): "techreport", ("bibtex", "thesis"): "phdthesis", ("bibtex", "dataset"): "misc",
               ("bibtex", "online"): "misc"}  # fmt: skip


@pytest.mark.parametrize("format", READERS)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(entry=entries())
def test_every_field_that_a_format_has_survives(format: str, entry: Entry) -> None:
    old, new = fields(entry), fields(read_again(entry, format))
    old["type"] = OTHER_NAMES.get((format, old["type"]), old["type"])
    if format == "bibtex" and old["article_number"]:  # which stands where the pages would
        old["pages"] = old["article_number"]
    if format == "csl-json" and old["version"] is Version.PREPRINT and old["arxiv"]:
        old["doi"] = old["doi"] or f"10.48550/arXiv.{old['arxiv']}"
    for name in SURVIVES[format]:
        if old["version"] is Version.VERSION_OF_RECORD and entry.record.type not in ONLY_FOR.get(format, {}).get(
            name, entry.record.type
        ):
            continue
        assert new[name] == old[name], name


# The fields of the table in docs/formats.md, in its order; the last five are in no format.
ROWS = """key version type title authors editors year month day container_title collection_title volume issue pages
    article_number publisher publisher_place server url pdf doi isbn issn pmid pmcid arxiv arxiv_class eprint eprint_class
    annotation venue track anthology_key former_title former_authors""".split()


def test_the_table_of_the_docs_is_what_is_tested() -> None:
    text = (ROOT / "docs/formats.md").read_text(encoding="utf-8")
    assert set().union(*SURVIVES.values()) == set(ROWS[:-5])
    for name in ROWS:
        cells = [
            "–" if name not in SURVIVES[format] else "some types" if name in ONLY_FOR.get(format, {}) else "yes"
            for format in READERS
        ]
        assert f"| `{name}` | {' | '.join(cells)} |" in text

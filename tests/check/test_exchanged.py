"""The catalog's records as programs exchange them: RIS of PubMed, EndNote and ACM, CSL-JSON of Zotero and Crossref."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from mhlit.catalog.source import Catalog
from mhlit.check.checking import check_text
from mhlit.check.finding import Severity
from mhlit.formats.readers.source import Source
from mhlit.match import Shelf
from mhlit.model import Record, Version
from tests.check.rewrites import arxiv_of, inverted, records, year


def ris(record: Record, lines: tuple[str, ...] = (), *, tags: dict[str, str] | None = None, date: str = "") -> str:
    """Return a record of RIS; `tags` are those that stand in the place of the usual ones."""
    published = record.version is Version.VERSION_OF_RECORD
    first, _, last = record.pages.partition("-")
    where = record.container_title if published else f"arXiv preprint arXiv:{arxiv_of(record)}"
    fields = [
        ("TY", "CONF" if record.type == "inproceedings" else "JOUR"),
        *(("AU", name.literal or inverted(name)) for name in record.authors),
        ("TI", record.title),
        ("JO", where if published or arxiv_of(record) else record.server),
        ("VL", record.volume),
        ("IS", record.issue),
        ("SP", first or record.article_number),
        ("EP", last),
        ("PY", year(record) + date),
        ("DO", record.identifier("doi")),
    ]
    written = [f"{(tags or {}).get(tag, tag)}  - {value}" for tag, value in fields if value]
    return "\r\n".join((*written, *lines, "ER  - ", ""))


def csl(record: Record, **other: Any) -> str:
    """Return an item of CSL-JSON, with `other` variables."""
    types = {"article": "article-journal", "inproceedings": "paper-conference"}
    item = {
        "id": "http://zotero.org/users/1/items/ABC",
        "type": types.get(record.type, "article"),
        "title": record.title,
        "author": [
            {"literal": name.literal}
            if name.literal
            else {"family": name.family, "given": name.given, "non-dropping-particle": name.particle}
            for name in record.authors
        ],
        "issued": {"date-parts": [[year(record), "7", 9]]},
        "container-title": record.container_title,
        "volume": record.volume,
        "issue": record.issue,
        "page": record.pages or record.article_number,
        "DOI": record.identifier("doi"),
        "accessed": {"date-parts": [["2025", 1, 2]]},
        "source": "DOI.org (Crossref)",
    }
    if record.version is Version.PREPRINT:
        number = f"arXiv:{arxiv_of(record)}" if arxiv_of(record) else ""
        item |= {"publisher": record.server, "number": number, "genre": "preprint"}
    return json.dumps([{name: value for name, value in (item | other).items() if value}])


PUBMED = (
    "AD  - Department of Psychology, Some University.",
    "LA  - eng",
    "N2  - BACKGROUND: See 10.1/x.",
    "DB  - PubMed",
)
ENDNOTE = ("ID  - 12", "KW  - chatbots", "KW  - risk", "UR  - <Go to ISI>://WOS:000")
ACM = ("PB  - Association for Computing Machinery", "CY  - New York, NY, USA", "N1  - numpages")
EXCHANGED: dict[str, tuple[str, Callable[[Record], str]]] = {
    "PubMed": ("ris", lambda record: ris(record, PUBMED, tags={"JO": "JF"}, date="/03/01")),
    "EndNote": ("ris", lambda record: ris(record, ENDNOTE, tags={"TI": "T1", "AU": "A1", "JO": "T2"}, date="///")),
    "ACM": ("ris", lambda record: ris(record, ACM, tags={"JO": "T2"})),
    "Zotero": ("csl-json", csl),
    "a raw date": ("csl-json", lambda record: csl(record, issued={"raw": f"{year(record)}-03"})),
    "Crossref": ("csl-json", lambda record: csl(record, title=[record.title], **{"container-title": [record.container_title]}) if record.container_title else csl(record)),
    "a title in HTML": ("csl-json", lambda record: csl(record, title=f"<i>{record.title}</i>")),
}  # fmt: skip


@pytest.mark.parametrize("name", EXCHANGED)
def test_a_record_as_programs_exchange_it_is_right(catalog: Catalog, shelf: Shelf, name: str) -> None:
    format, write = EXCHANGED[name]
    for work in catalog.works:
        for record in records(work):
            found = check_text("refs", format, Source(write(record), "utf-8"), [shelf])
            assert [one.work.key if one.work else None for one, _ in found.references] == [work.key]
            serious = [one for one in found.findings if one.severity is not Severity.INFO]
            assert {one.rule for one in serious} <= {"published-version-exists"}, (work.key, serious)

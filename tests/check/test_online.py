"""Asked of sources that know the field's works as they do: no false alarm, no wrong work, and every wrong author found.

Crossref, DBLP and arXiv are played from the catalog's own records, in each one's manner: DBLP with short venues,
natural names and no preprint of what it took from arXiv but its own, Crossref with what publishers register. The catalog
itself is not looked up.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import pytest

from mhlit.catalog.source import Catalog
from mhlit.check.checking import Checked, check_text
from mhlit.check.finding import Finding, Severity
from mhlit.check.mend import settle
from mhlit.formats.readers.source import Source as Text
from mhlit.likeness.titles import plain_words
from mhlit.match import Shelf
from mhlit.model import Identifier, Name, Record, Work
from mhlit.names import natural
from mhlit.sources import arxiv, crossref, dblp
from mhlit.sources.lookup import Questions
from mhlit.sources.source import Answer, Found, Request, Source
from tests.check.mutations import ALSO_TRUE, mutants
from tests.check.rewrites import REWRITES

HARMLESS = frozenset("published-version-exists title-case venue-form name-form missing-identifier".split())


class Pretended:
    """Sources that know some works; asked as the client is, they answer by identifier or by words of the title."""

    def __init__(self, works: Iterable[Work]) -> None:
        self._told = {work.key: list(_told(work)) for work in works}
        self.hidden = ""
        """The key of a work that nobody is to know."""

    def ask(self, source: Source, request: Request) -> Answer:
        told = (one for key, found in self._told.items() if key != self.hidden for one in found)
        known = [one for one in told if one.source == source.name]
        exact = [one for one in known if _is_asked(source, request, one.record.identifiers)]
        if exact:
            return Answer(tuple(exact))
        query = dict(request.query)
        title = next((query[name] for name in ("query.bibliographic", "q", "search_query") if name in query), "")
        words = set(plain_words(re.sub(r"\b(?:ti:|AND\b)", " ", title)))
        if not words:
            return Answer()
        ranked = sorted(known, key=lambda one: -len(words & set(plain_words(one.record.title))))
        return Answer(tuple(ranked[:5]))


def _told(work: Work) -> Iterator[Found]:
    if work.record:
        if work.record.identifier("doi"):
            yield from crossref.SOURCE.read(_crossref(work.record)).found
        yield from dblp.SOURCE.read(_dblp(work.record, f"conf/made/{work.key}")).found
    if work.preprint and work.preprint.identifier("arxiv"):
        yield from arxiv.SOURCE.read(_arxiv(work.preprint)).found
    elif work.preprint and work.preprint.identifier("doi"):
        yield from crossref.SOURCE.read(_crossref(work.preprint)).found


def _is_asked(source: Source, request: Request, identifiers: Sequence[Identifier]) -> bool:
    return any(source.about(one) == request for one in identifiers if one.scheme in source.schemes)


def _crossref(record: Record) -> bytes:
    issued = record.issued
    message: dict[str, Any] = {
        "DOI": record.identifier("doi"),
        "type": {"inproceedings": "proceedings-article", "article": "journal-article"}.get(
            record.type, "posted-content"
        ),
        "institution": [{"name": record.server}],
        "title": [record.title],
        "author": [_divided(name) for name in record.authors],
        "container-title": [record.container_title],
        "volume": record.volume,
        "issue": record.issue,
        "page": record.pages,
        "article-number": record.article_number,
        "issued": {"date-parts": [[part for part in issued if part]]} if issued else None,
    }
    return json.dumps({"message": message}).encode()


def _divided(name: Name) -> dict[str, str]:
    if name.literal:
        return {"name": name.literal}
    return {"family": f"{name.particle} {name.family}".strip(), "given": name.given, "suffix": name.suffix}


def _dblp(record: Record, key: str) -> bytes:
    info = {
        "type": "Conference and Workshop Papers" if record.type == "inproceedings" else "Journal Articles",
        "key": key,
        "title": f"{record.title}.",
        "authors": {"author": [{"text": natural(name)} for name in record.authors]},
        "venue": record.venue or record.container_title,
        "year": str(record.issued.year) if record.issued else "",
        "pages": record.pages,
        "volume": record.volume,
        "ee": f"https://doi.org/{record.identifier('doi')}" if record.identifier("doi") else record.url,
    }
    return json.dumps({"result": {"hits": {"hit": [{"info": info}]}}}).encode()


def _arxiv(record: Record) -> bytes:
    from xml.sax.saxutils import escape

    people = "".join(f"<author><name>{escape(natural(name))}</name></author>" for name in record.authors)
    year = record.issued.year if record.issued else 2020
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/{record.identifier("arxiv")}v1</id>'
        f"<published>{year}-01-02T00:00:00Z</published><title>{escape(record.title)}</title>{people}</entry></feed>"
    ).encode()


def check(text: str, world: Pretended) -> Checked:
    questions = Questions(world)
    return check_text("refs.bib", "bibtex", Text(text, "utf-8"), [Shelf([])], informant=questions)


def serious(found: Checked) -> list[Finding]:
    return [one for one in found.findings if one.severity is not Severity.INFO]


@pytest.fixture(scope="module")
def world(catalog: Catalog) -> Pretended:
    return Pretended(catalog.works)


@pytest.mark.parametrize("name", ["initials", "Google Scholar", "DBLP", "no number at all"])
def test_a_right_entry_is_right_whoever_wrote_it(catalog: Catalog, world: Pretended, name: str) -> None:
    alarms = []
    for work in catalog.works:
        for record in filter(None, (work.record, work.preprint)):
            found = check(REWRITES[name](record), world)
            alarms += [(work.key, one.rule, one.message) for one in serious(found) if one.rule not in HARMLESS]
    assert alarms == []


def test_a_work_nobody_knows_is_taken_for_no_other(catalog: Catalog) -> None:
    others = Pretended(catalog.works)
    for work in catalog.works:
        others.hidden = work.key
        found = check(REWRITES["plain"](work.preferred), others)
        ((reference, findings),) = found.references
        assert reference.work is None, work.key
        assert {one.rule for one in findings} & {"not-found-anywhere"} or work.preferred.type == "misc"


def test_a_wrong_author_is_an_error_where_two_sources_have_the_work(catalog: Catalog, world: Pretended) -> None:
    missed = []
    wrong = Name("Nobody", "Nell")
    for work in catalog.works:
        record = work.record
        if record is None or len(record.authors) < 3 or not record.identifier("doi"):
            continue
        found = check(REWRITES["plain"](record._replace(authors=(*record.authors[:-1], wrong))), world)
        told = {(one.rule, one.severity) for one in found.findings}
        if ("wrong-authors", Severity.ERROR) not in told:
            missed.append((work.key, told))
    assert missed == []


CERTAIN = frozenset("wrong-first-author wrong-authors wrong-year wrong-venue wrong-volume identifier-conflict".split())
"""Rules of which every corruption is found: of what both sources have alike."""


def test_what_is_corrupted_is_found_and_nothing_else_is_an_alarm(catalog: Catalog, world: Pretended) -> None:
    known = [work for work in catalog.works if work.record and work.record.identifier("doi")]
    missed, alarms = [], []
    for one in islice(mutants(known, seed=1), 0, None, 9):
        told = {finding.rule for finding in serious(check(one.text, world))}
        if one.rule in CERTAIN and one.rule not in told:
            missed.append((one.work.key, one.name))
        alarms += [
            (one.work.key, one.name, rule) for rule in told - HARMLESS - {one.rule} - ALSO_TRUE.get(one.rule, set())
        ]
    assert missed == []
    assert alarms == []


class Odd:
    """A Crossref that answers every question with one record, whatever it lacks and of whatever kind it is."""

    def __init__(self, **changes: Any) -> None:
        message = {
            "DOI": "10.1000/odd.1",
            "type": "journal-article",
            "title": ["An Odd Study of Listening Machines at Night"],
            "author": [{"family": "Abel", "given": "Ann"}],
            "container-title": ["Journal of Odd Health"],
            "issued": {"date-parts": [[2024]]},
            "volume": "3",
            "page": "12-34",
            **changes,
        }
        self._body = json.dumps({"message": message}).encode()

    def ask(self, source: Source, request: Request) -> Answer:
        return source.read(self._body) if source.name == "crossref" else Answer()


LACKING: tuple[dict[str, Any], ...] = (
    {},
    {"author": []},
    {"issued": None, "container-title": [], "page": None},
    {"title": ["Ganz anderer Titel"]},
)


@pytest.mark.parametrize(
    "kind", "journal-article book book-chapter dissertation dataset report posted-content other".split()
)
def test_no_kind_of_record_breaks_a_check_or_a_fix(kind: str) -> None:
    fields = "title = {An Odd Study of Listening Machines at Night}, author = {Abel, Ann and Roe, Rae}, year = {2020}"
    for lacking in LACKING:
        questions = Questions(Odd(type=kind, **lacking))
        for type, container in (
            ("article", "journal"),
            ("inproceedings", "booktitle"),
            ("phdthesis", "school"),
            ("misc", "note"),
        ):
            text = f"@{type}{{a, {fields}, volume = {{9}}, pages = {{1}}, {container} = {{Elsewhere}}, doi = {{10.1000/odd.1}}}}"

            def findings(text: str, questions: Questions = questions) -> list[Finding]:
                return check_text("r.bib", "bibtex", Text(text, "utf-8"), [Shelf([])], informant=questions).findings

            mended = settle(Text(text, "utf-8"), findings, unsafe=True).text
            assert "{}" not in mended
            assert findings(text)


def test_a_crowd_of_authors_is_not_compared() -> None:
    crowd = [{"family": f"Name{place}", "given": "A"} for place in range(5000)]
    listed = " and ".join(f"Wrong{place}, B" for place in range(3000))
    text = (
        f"@article{{a, title = {{An Odd Study of Listening Machines at Night}}, author = {{{listed}}}, year = {{2024}}, "
        "journal = {Journal of Odd Health}, doi = {10.1000/odd.1}}"
    )
    found = check_text("r.bib", "bibtex", Text(text, "utf-8"), [Shelf([])], informant=Questions(Odd(author=crowd)))
    assert found.references[0][0].testimony is not None
    assert "wrong-authors" not in {one.rule for one in found.findings}

"""PubMed: biomedicine, with names in full and what was retracted or corrected.

Sources: NCBI, *Entrez Programming Utilities Help* (ncbi.nlm.nih.gov/books/NBK25499); NLM, *MEDLINE/PubMed XML Element
Descriptions* (nlm.nih.gov/bsd/licensee/elements_descriptions.html) and pubmed_250101.dtd. A search gives numbers alone;
the records come on a second asking.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from mhlit.formats.readers.records import server_of
from mhlit.model import Identifier, Name, Notice, PartialDate, Record, Version
from mhlit.sources.cleaning import identifiers
from mhlit.sources.cleaning import venue as short_venue
from mhlit.sources.guarded_xml import parse, text_of
from mhlit.sources.source import Answer, Found, Request, Source, Unreadable
from mhlit.sources.values import (
    MOST,
    divided_date,
    divided_name,
    group_name,
    identifier,
    items,
    member,
    object_of,
    page_range,
    text,
    title_of,
    words_of,
)

_PATH = "/entrez/eutils"
_TOOL = ("tool", "mhlit")
_MOST_HITS = 5
_MOST_WORDS = 12
# How records of other versions and of what was published about a work refer to it: pubmed_250101.dtd, RefType.
_NOTICES = {
    "RetractionIn": "retraction",
    "PartialRetractionIn": "retraction",
    "ErratumIn": "correction",
    "CorrectedandRepublishedIn": "correction",
    "ExpressionOfConcernIn": "concern",
}
_OTHER_VERSIONS = frozenset({"UpdateIn", "UpdateOf"})
_PAGES = re.compile(r"\s*([\w.]+)(?:\s*-\s*([\w.]+))?")


def about(identifier: Identifier) -> Request | None:
    """Ask for the record of a PMID; search for one of a PMCID or a DOI."""
    match identifier.scheme:
        case "pmid":
            return _records([identifier.value])
        case "pmcid":
            return _search(f"{identifier.value}[pmcid]")
        case "doi":
            return _search(f'"{identifier.value}"[aid]')
        case _:
            return None


def titled(title: str) -> Request:
    """Search for records that have the longer words of a title in theirs."""
    words = [word for word in words_of(title).split() if len(word) > 2][:_MOST_WORDS] or words_of(title).split()
    return _search(" AND ".join(f"{word}[ti]" for word in words))


def _search(term: str) -> Request:
    query = (("db", "pubmed"), ("retmode", "json"), ("retmax", str(_MOST_HITS)), _TOOL, ("term", term))
    return Request(f"{_PATH}/esearch.fcgi", query)


def _records(numbers: list[str]) -> Request:
    query = (("db", "pubmed"), ("retmode", "xml"), _TOOL, ("id", ",".join(numbers)))
    return Request(f"{_PATH}/efetch.fcgi", query, "application/xml")


def read(body: bytes) -> Answer:
    """Read the numbers that a search gives, or the records."""
    if body.lstrip()[:1] == b"<":
        root = parse(body)
        if root.tag != "PubmedArticleSet":
            raise Unreadable(f"no records of PubMed but <{root.tag[:40]}>")
        return Answer(tuple(found for one in root.findall("PubmedArticle") if (found := _found(one))))
    result = member(object_of(body), "esearchresult")
    if not isinstance(result, dict) or "idlist" not in result:
        raise Unreadable("no list of numbers")
    numbers = [number.value for one in items(result["idlist"])[:_MOST_HITS] if (number := identifier("pmid", one))]
    return Answer(next=_records(numbers)) if numbers else Answer()


def _found(article: Element) -> Found | None:
    citation = article.find("MedlineCitation/Article")
    pmid = identifier("pmid", text_of(article.find("MedlineCitation/PMID")))
    title = _title(citation)
    if citation is None or pmid is None or not title:
        return None
    journal = title_of(text_of(citation.find("Journal/Title")))
    kinds = {text_of(one) for one in citation.iterfind("PublicationTypeList/PublicationType")}
    server = server_of((journal,))
    is_preprint = "Preprint" in kinds or bool(server)
    pages, number = _pages(citation)
    issue = citation.find("Journal/JournalIssue")
    record = Record(
        version=Version.PREPRINT if is_preprint else Version.VERSION_OF_RECORD,
        type="misc" if is_preprint else "article",
        title=title,
        authors=tuple(_people(citation)),
        issued=_date(issue) or _date(article.find("PubmedData/History/PubMedPubDate[@PubStatus='pubmed']")),
        venue="" if is_preprint else short_venue(journal),
        container_title="" if is_preprint else journal,
        volume="" if is_preprint else text(_in(issue, "Volume")),
        issue="" if is_preprint else text(_in(issue, "Issue")),
        pages="" if is_preprint else pages,
        article_number="" if is_preprint else number,
        server=(server or journal) if is_preprint else "",
        identifiers=identifiers(_doi(article, citation), pmid, _pmcid(article)),
    )
    address = f"https://pubmed.ncbi.nlm.nih.gov/{pmid.value}/"
    return Found("pubmed", record, address, identifiers(*_versions(article)), tuple(_notices(article, kinds, address)))


def _in(element: Element | None, path: str) -> str:
    return "" if element is None else text_of(element.find(path))


def _title(citation: Element | None) -> str:
    """Return the title; that in brackets is the translation of one in another language, which may stand beside it."""
    title = title_of(_in(citation, "ArticleTitle"))
    if title.startswith("[") and title.endswith("]"):
        title = title_of(title[1:-1])
    return title_of(_in(citation, "VernacularTitle")) if title in ("", "Not Available") else title


def _people(citation: Element) -> Iterator[Name]:
    for author in list(citation.iterfind("AuthorList/Author"))[:MOST]:
        given = _in(author, "ForeName") or _in(author, "Initials")
        name = group_name(_in(author, "CollectiveName")) or divided_name(
            _in(author, "LastName"), given, _in(author, "Suffix")
        )
        if name and author.get("ValidYN", "Y") == "Y":
            yield name


def _date(issue: Element | None) -> PartialDate | None:
    """Return the date of an issue; that of a season or of several months is only partly one (MedlineDate)."""
    if issue is None:
        return None
    date = issue.find("PubDate") if issue.find("PubDate") is not None else issue
    loose = _in(date, "MedlineDate")
    if loose:
        year, _, rest = loose.partition(" ")
        return divided_date(year[:4], rest.split("-")[0])
    return divided_date(_in(date, "Year"), _in(date, "Month"), _in(date, "Day"))


def _pages(citation: Element) -> tuple[str, str]:
    found = _PAGES.match(text(_in(citation, "Pagination/MedlinePgn")))
    return page_range(found.group(1), found.group(2) or "") if found else ("", "")


def _doi(article: Element, citation: Element) -> Identifier | None:
    said = [text_of(one) for one in citation.iterfind("ELocationID[@EIdType='doi']") if one.get("ValidYN") != "N"]
    said += [text_of(one) for one in article.iterfind("PubmedData/ArticleIdList/ArticleId[@IdType='doi']")]
    return next((doi for one in said if (doi := identifier("doi", one))), None)


def _pmcid(article: Element) -> Identifier | None:
    return identifier("pmcid", _in(article, "PubmedData/ArticleIdList/ArticleId[@IdType='pmc']"))


def _references(article: Element) -> Iterator[tuple[str, Identifier | None]]:
    for one in article.iterfind("MedlineCitation/CommentsCorrectionsList/CommentsCorrections"):
        yield one.get("RefType", ""), identifier("pmid", _in(one, "PMID"))


def _versions(article: Element) -> Iterator[Identifier]:
    yield from (pmid for kind, pmid in _references(article) if kind in _OTHER_VERSIONS and pmid)


def _notices(article: Element, kinds: set[str], address: str) -> Iterator[Notice]:
    """Yield the notices that concern the article; a retraction may be told by the type of the article alone."""
    told = [
        Notice(_NOTICES[kind], f"https://pubmed.ncbi.nlm.nih.gov/{pmid.value}/" if pmid else address, "PubMed")
        for kind, pmid in _references(article)
        if kind in _NOTICES
    ]
    if "Retracted Publication" in kinds and not any(one.kind == "retraction" for one in told):
        told.append(Notice("retraction", address, "PubMed"))
    yield from dict.fromkeys(told)


SOURCE = Source(
    "pubmed",
    "PubMed",
    "https://eutils.ncbi.nlm.nih.gov",
    0.4,
    ("pmid", "pmcid", "doi"),
    about,
    titled,
    read,
)

"""Recognise, normalise, compare and link the identifiers of scholarly works.

Sources of the forms: DOI handbook (doi.org), arXiv identifier scheme (info.arxiv.org/help/arxiv_identifier),
ACL Anthology ids (aclanthology.org/info/ids), NLM for PMID and PMCID, ISO 2108 (ISBN), ISO 3297 (ISSN).
"""

import re
from functools import cache, lru_cache

from mhlit.model import Identifier

# Patterns are compiled when first asked for: most commands name works by citation key and need none.
_DOI = r"10\.\d{4,9}/[^\s\"{}|\\^`]+"
_ARXIV = r"(?:\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z-]+(?:\.[A-Za-z]{2})?/\d{7})"
_ACL = r"(?:[A-Z]\d{2}-\d{4,5}|(?:19|20)\d{2}\.[a-z0-9]+-[a-z0-9]+\.\d+)"
_DBLP = r"(?:conf|journals|books|series|phd|reference)/[\w-]+/[\w.-]+"

# The whole identifier of each scheme, as it is stored.
_FORMS = {
    "doi": _DOI,
    "arxiv": _ARXIV,
    "acl": _ACL,
    "openreview": r"[A-Za-z0-9_-]{8,12}",
    "dblp": _DBLP,
    "pmid": r"[1-9]\d{0,8}",
    "pmcid": r"PMC\d+",
    "isbn": r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dX]",
    "issn": r"\d{4}-\d{3}[\dX]",
    "hal": r"hal-\d{8}",
}
SCHEMES = tuple(_FORMS)

_WEB = r"(?:https?://)?(?:www\.)?"
# What a person types or pastes, the most telling form first; group 1 is the value.
_WRITTEN = (
    ("arxiv", rf"{_WEB}(?:export\.)?(?:arxiv|alphaxiv)\.org/(?:abs|pdf|html|format)/({_ARXIV})(?:v\d+)?(?:\D.*)?"),
    ("arxiv", rf"(?:https?://huggingface\.co/papers/|arxiv\s*:\s*)({_ARXIV})(?:v\d+)?(?:\s*\[[\w.-]+\])?"),
    ("arxiv", rf"({_ARXIV})(?:v\d+)?"),
    (
        "acl",
        rf"{_WEB}(?:aclanthology\.org|aclweb\.org/anthology|aclanthology\.info/papers)/(?:papers/)?({_ACL})(?:\D.*)?",
    ),
    ("acl", rf"(?:acl\s*:\s*)?({_ACL})"),
    ("doi", rf"{_WEB}(?:dx\.)?doi\.org/(?:doi:)?({_DOI})"),
    ("doi", rf"doi\s*:\s*({_DOI})"),
    ("doi", rf"https?://[^/\s]+/(?:[^\s?]*/)?(?:doi|article|articles|chapter|content)/(?:\w+/)??({_DOI})"),
    ("doi", rf"({_DOI})"),
    ("openreview", rf"{_WEB}openreview\.net/(?:forum|pdf|attachment)\?id=([\w-]+).*"),
    ("openreview", r"openreview\s*:\s*([\w-]+)"),
    ("dblp", rf"{_WEB}dblp\.(?:org|uni-trier\.de)/rec/(?:html/|bibtex/)?({_DBLP}?)(?:\.(?:html|bib|xml|ris))?"),
    ("dblp", rf"(?:dblp\s*:\s*)?({_DBLP})"),
    ("pmcid", r"(?:https?://)?(?:www\.|pmc\.)?ncbi\.nlm\.nih\.gov/(?:pmc/)?articles/(PMC\d+).*"),
    ("pmcid", rf"{_WEB}europepmc\.org/(?:article/PMC/|articles/)(PMC\d+).*"),
    ("pmcid", r"(?:pmcid\s*:\s*)?(PMC\d+)"),
    ("pmid", rf"{_WEB}(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d+).*"),
    ("pmid", r"pmid\s*:?\s*(\d+)"),
    ("hal", r"(?:https?://\S+/|hal\s*:\s*)?(hal-\d{8})(?:v\d+)?(?:/.*)?"),
    ("isbn", r"isbn(?:-1[03])?\s*:?\s*([\dX -]+)"),
    ("isbn", r"(97[89][\d -]{10,14})"),
    ("issn", r"e?issn\s*:?\s*(\d{4}-\d{3}[\dX])"),
)
# Addresses of publishers that hold a DOI's suffix but not its prefix: pattern, and the DOI with \1 \2 filled in.
_PUBLISHERS = (
    (rf"{_WEB}nature\.com/articles/([a-z0-9.-]+?)(?:\.pdf|_reference\.pdf)?(?:[?#].*)?", r"10.1038/\1"),
    (rf"{_WEB}ijcai\.org/proceedings/(\d{{4}})/0*(\d+)(?:\.pdf)?", r"10.24963/ijcai.\1/\2"),
    (rf"{_WEB}(?:bio|med)rxiv\.org/content/(?:\S+/)??(10\.1101/[\d.]+)v\d+(?:[./?#].*)?", r"\1"),
    (rf"{_WEB}journals\.plos\.org/\w+/article(?:/\w+)?\?id=({_DOI}?)(?:&.*)?", r"\1"),
    (rf"{_WEB}researchsquare\.com/article/(rs-\d+/v\d+)(?:\D.*)?", r"10.21203/rs.3.\1"),
)
_DOI_TAIL = r"(?:\.pdf|/full|/pdf|/epdf|/abstract|/meta)?(?:[?#].*)?[.,;:]?$"
# DOIs that hold an identifier of another scheme.
_DOI_OF = (("acl", rf"10\.18653/v1/({_ACL})"), ("arxiv", rf"10\.48550/arxiv\.({_ARXIV})(?:v\d+)?"))
_DOIS_OF_OTHERS = ("10.18653/", "10.48550/")


@cache
def _publishers() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.ASCII | re.IGNORECASE), doi) for pattern, doi in _PUBLISHERS)


@cache
def _written(address: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the forms that an address may have, or all forms."""
    forms = [form for form in _WRITTEN if "http" in form[1]] if address else _WRITTEN
    return tuple((scheme, re.compile(pattern, re.ASCII | re.IGNORECASE)) for scheme, pattern in forms)


@cache
def _form(scheme: str) -> re.Pattern[str]:
    return re.compile(_FORMS[scheme], re.ASCII)


def recognise(text: str) -> Identifier | None:
    """Return the identifier that `text` is, as an id, a URL or a prefixed form; None where it is none.

    Versions (``v2``), file endings and tracking parts are dropped.
    """
    text = text.strip().rstrip(".,;")
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    if not any(map(str.isdigit, text)) and "openreview" not in text.lower():
        return None
    for pattern, doi in _publishers():
        found = pattern.fullmatch(text)
        if found:
            return Identifier("doi", found.expand(doi))
    for scheme, written in _written("://" in text[:8]):
        found = written.fullmatch(text)
        if found:
            try:
                return make_identifier(scheme, found.group(1))
            except ValueError:
                continue
    return None


def make_identifier(scheme: str, value: str) -> Identifier:
    """Return the identifier in its usual written form.

    Raises ValueError with the reason where `value` is not one of `scheme`.
    """
    if scheme not in _FORMS:
        raise ValueError(f"unknown scheme {scheme!r}")
    value = _normal(scheme, value.strip())
    if not _form(scheme).fullmatch(value):
        raise ValueError(f"is not of the form of {scheme}: {value!r}")
    if scheme == "isbn" and not _isbn_valid(value):
        raise ValueError(f"the check digit of this ISBN is wrong: {value!r}")
    if scheme == "issn" and not _issn_valid(value):
        raise ValueError(f"the check digit of this ISSN is wrong: {value!r}")
    return Identifier(scheme, value)


def _normal(scheme: str, value: str) -> str:
    """Bring a value to the case and form its scheme is written in."""
    if scheme == "doi":
        return re.sub(_DOI_TAIL, "", value)
    if scheme == "acl":
        return value.upper() if value[:1].isalpha() else value.lower()
    if scheme in ("pmcid", "isbn", "issn"):
        return value.upper()
    if scheme == "hal":
        return value.lower()
    return value


@lru_cache(maxsize=1 << 13)  # an import asks for the forms of an identifier three times
def lookup_forms(identifier: Identifier) -> tuple[str, ...]:
    """Return the ``scheme:value`` strings under which an index holds an identifier, folded.

    A DOI of the Anthology or of arXiv is also the id inside it, so that either finds the work.
    """
    scheme, value = identifier.scheme, identifier.value.lower()
    if scheme == "isbn":
        value = isbn13(value)
    forms = [f"{scheme}:{value}"]
    if scheme == "doi" and value.startswith(_DOIS_OF_OTHERS):
        for inner, pattern in _DOI_OF:
            found = re.fullmatch(pattern, value, re.IGNORECASE)
            if found:
                forms.append(f"{inner}:{found.group(1)}")
    return tuple(forms)


def lookup_url(url: str) -> str:
    """Return an address in the form under which an index holds it: no scheme, ``www.``, fragment or final slash."""
    address = url.strip().lower()
    scheme, mark, bare = address.partition("://")
    bare = bare.removeprefix("www.") if mark and scheme in ("http", "https") else address
    return "url:" + bare.partition("#")[0].rstrip("/?")


_ADDRESSES = {
    "doi": "https://doi.org/{}",
    "arxiv": "https://arxiv.org/abs/{}",
    "acl": "https://aclanthology.org/{}/",
    "openreview": "https://openreview.net/forum?id={}",
    "dblp": "https://dblp.org/rec/{}",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
    "hal": "https://hal.science/{}",
}


def url_of(identifier: Identifier) -> str:
    """Return the address an identifier resolves at, or an empty string for ISBN and ISSN."""
    return _ADDRESSES.get(identifier.scheme, "").format(identifier.value)


def isbn13(text: str) -> str:
    """Return the thirteen digits of an ISBN; one of ten digits is converted (ISO 2108)."""
    digits = re.sub(r"[^0-9X]", "", text.upper())
    if len(digits) != 10:
        return digits
    body = "978" + digits[:9]
    return body + str(-_alternating_sum(body) % 10)


def _alternating_sum(digits: str) -> int:
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))


def _descending_sum(digits: str) -> int:
    """Return the sum of the digits weighted n … 2, 1, with X for ten (ISBN-10, ISSN)."""
    size = len(digits)
    return sum((10 if digit == "X" else int(digit)) * (size - place) for place, digit in enumerate(digits))


def _isbn_valid(text: str) -> bool:
    digits = re.sub(r"[^0-9X]", "", text)
    if len(digits) == 10:
        return "X" not in digits[:9] and _descending_sum(digits) % 11 == 0
    return len(digits) == 13 and digits.isdigit() and _alternating_sum(digits) % 10 == 0


def _issn_valid(text: str) -> bool:
    return _descending_sum(text.replace("-", "")) % 11 == 0

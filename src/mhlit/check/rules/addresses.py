"""Where its links lead: to nothing, or to a page where a PDF is promised."""

import re
from collections.abc import Iterator

from mhlit.check.finding import Edit, SetField, Severity
from mhlit.check.rule import Flaw, Reference, Scope, rule
from mhlit.formats.readers.records import verbatim
from mhlit.identifiers import url_of
from mhlit.model import SourceField

_ADDRESS_FIELDS = ("url", "pdf", "ee", "link", "ur", "l1", "lk", "doi", "eprint", "howpublished")
_WEB = r"(?:https?://)?(?:www\.)?"
# Where an identifier belongs and none is: X's, an empty end, the examples that templates have.
_PLACEHOLDER = re.compile(
    r"(?<![A-Za-z0-9_-])(?<!//)[Xx]{3,}(?![A-Za-z0-9_])"  # XXX, XXXX.XXXXX, emnlp-XXX
    r"|(?<=-)[Xx]{3,}(?![A-Za-z0-9_-])"
    r"|(?:abs|pdf)/\d{4}\.[Xx]{3,}|(?:abs|pdf)/1234\.5678\d?\b|\b10\.[Xx]{4,}"
    rf"|^{_WEB}(?:arxiv\.org/(?:abs|pdf)|(?:dx\.)?doi\.org|aclanthology\.org)?/*$"
    rf"|^{_WEB}openreview\.net/(?:forum|pdf)(?:\?id=)?$"
    rf"|^{_WEB}(?:example\.(?:com|org|net)|your[-_]?\w*\.\w+)(?:[/?#]|$)"
    r"|^#$|^<[^<>]*>$|^\.+$"
    r"|^(?:https?://)?(?:link|url|todo|tbd|tba|placeholder|insert[-_ ]?\w*|paper[-_]?(?:link|url))(?:[-_ ]?here)?/?$",
    re.IGNORECASE,
)
# Pages about a paper, of hosts whose PDFs have another address.
_LANDING = re.compile(
    rf"^{_WEB}(?:"
    r"(?:dx\.)?doi\.org/10\."
    r"|dl\.acm\.org/(?:doi|citation)(?:/(?:abs|full|book|proceedings))?[/.?](?:10\.|cfm)"
    r"|arxiv\.org/abs/\S"
    r"|aclanthology\.org/[\w.-]+?(?<!\.pdf)/?$"
    r"|openreview\.net/forum\?"
    r"|[\w.-]+/(?:index\.php/)?[\w-]+/article/view/\d+/?(?:[?#]|$)"
    r"|ijcai\.org/proceedings/\d{4}/\d+/?$"
    r"|nature\.com/articles/[\w-]+/?(?:[?#]|$)"
    r"|(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/\d+/?$"
    r"|(?:pmc\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pmc)/articles/PMC\d+/?$"
    r"|link\.springer\.com/(?:article|chapter)/10\."
    r"|sciencedirect\.com/science/article/(?:abs/)?pii/\w+/?$"
    r"|ieeexplore\.ieee\.org/(?:abstract/)?document/\d+/?$"
    r"|(?:papers\.nips\.cc|proceedings\.neurips\.cc)/\S*(?:hash|Abstract)\S*\.html$"
    r"|semanticscholar\.org/paper/\S|proceedings\.mlr\.press/v\d+/\w+\.html$"
    r")",
    re.IGNORECASE,
)


@rule(
    "placeholder-url",
    Severity.ERROR,
    Scope.REFERENCE,
    why="A link that was never filled in promises a paper and leads nowhere.",
    example="[[link]](https://aclanthology.org/2021.findings-acl.XXX)",
)
def placeholder_url(reference: Reference) -> Iterator[Flaw]:
    """A link, DOI or id is empty or a placeholder such as XXX."""
    for field in reference.entry.fields:
        name = field.name.lower()
        if name in _ADDRESS_FIELDS and is_placeholder(name, verbatim(field.value), reference.is_structured):
            true = _true_address(reference)
            said = f"{field.value!r} is a placeholder" if field.value else "the link is empty"
            said += f"; the work is at {true}" if true else ""
            edits: tuple[Edit, ...] = ()
            if true and name == "url" and reference.format == "bibtex" and reference.is_confirmed("url"):
                edits = (SetField(reference.entry, name, true),)
            yield Flaw(said, field, field.value, true, edits=edits, safe=True)


def is_placeholder(name: str, value: str, structured: bool) -> bool:
    """Tell whether the value of an address field is none; an empty field is one in a text only, where it is a link."""
    if not value:
        return not structured and name in ("url", "pdf")
    if name in ("doi", "eprint", "howpublished") and "/" not in value and "." not in value:
        return False
    return _PLACEHOLDER.search(value) is not None


def _true_address(reference: Reference) -> str:
    """Return the address of the record, of the published version where there is one."""
    if reference.work is None:
        return ""
    record = reference.work.preferred
    first = next((url_of(identifier) for identifier in record.identifiers if url_of(identifier)), "")
    return record.url or first or record.pdf


@rule(
    "landing-page-as-pdf",
    Severity.WARNING,
    Scope.REFERENCE,
    why="A link that says PDF and opens a page is one click too many, and no program can read it.",
    example="[[PDF](https://www.ijcai.org/proceedings/2023/686)]",
)
def landing_page_as_pdf(reference: Reference) -> Iterator[Flaw]:
    """A link is labelled PDF and leads to a page about the paper."""
    field = reference.field("pdf")
    if field is None or not _LANDING.match(verbatim(field.value)) or is_placeholder("pdf", field.value, True):
        return
    record = reference.work.preferred if reference.work else None
    true = record.pdf if record and not _LANDING.match(record.pdf) else ""
    said = "labelled PDF, the link leads to a page" + (f"; the PDF is {true}" if true else "")
    yield Flaw(said, field, field.value, true, edits=_pdf(reference, field, true))


def _pdf(reference: Reference, field: SourceField, true: str) -> tuple[Edit, ...]:
    if not true or reference.format != "bibtex" or not reference.is_confirmed("pdf"):
        return ()
    return (SetField(reference.entry, field.name.lower(), true),)

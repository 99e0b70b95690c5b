"""Tell which addresses in a list lead to papers, and which to badges, licences and the like."""

import re

from mhlit.formats.readers.marked import from_markdown
from mhlit.identifiers import recognise

_NO_PAPER = re.compile(
    r"https?://(?:www\.)?(?:img\.shields\.io|shields\.io|awesome\.re|visitor-badge|badge|star-history|api\.star-history"
    r"|creativecommons\.org|opensource\.org|choosealicense|makeapullrequest|github\.com/[^/\s]+/[^/\s]+/(?:issues|pulls?|graphs|blob))",
    re.IGNORECASE,
)
# Where papers are published, also where the rest of the address is no identifier.
_PAPERS = re.compile(
    r"https?://(?:[\w-]+\.)*(?:aclanthology\.org|aclweb\.org|arxiv\.org|openreview\.net|doi\.org|dl\.acm\.org|nature\.com"
    r"|aaai\.org|ijcai\.org|neurips\.cc|nips\.cc|mlr\.press|pnas\.org|science\.org|springer\.com|sciencedirect\.com|wiley\.com"
    r"|ieee\.org|jmir\.org|frontiersin\.org|plos\.org|mdpi\.com|tandfonline\.com|sagepub\.com|thelancet\.com"
    r"|bmj\.com|biomedcentral\.com|ncbi\.nlm\.nih\.gov|(?:bio|med)rxiv\.org|ssrn\.com|isca-speech\.org)/\S",
    re.IGNORECASE,
)


def links(text: str) -> list[str]:
    """Return the addresses in a text that may lead to a work."""
    found = (link.address for link in from_markdown(text).links)
    return [link for link in found if link.startswith("http") and not _NO_PAPER.match(link)]


def is_paper(address: str) -> bool:
    """Tell whether an address is where papers are, though it may be a placeholder there."""
    return bool(recognise(address) or _PAPERS.match(address))


def leads_to_a_paper(text: str) -> bool:
    """Tell whether a link in a text does."""
    return any(map(is_paper, links(text)))

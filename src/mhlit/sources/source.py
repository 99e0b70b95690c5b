"""What every source is: how it is asked, and how its answers are read, without a word about the network.

A module a source holds the two pure halves, a question and the reading of an answer, and offers them
as its `SOURCE`. One client alone (`mhlit.sources.client`) speaks HTTP, keeps to the manners of each
host, and caches. What readers need besides stands beside it: `cleaning` (titles, names, dates, pages), `guarded_xml`;
`mhlit.sources.registry` lists the sources.
"""

from collections.abc import Callable
from typing import NamedTuple

from mhlit.model import Identifier, Notice, Record


class Request(NamedTuple):
    """One question, to be sent as a GET."""

    path: str
    """Below the source's base address, begun with a slash; its parts percent-encoded."""
    query: tuple[tuple[str, str], ...] = ()
    accept: str = "application/json"
    """The media type that is asked for."""


class Found(NamedTuple):
    """The record of one version of a work, as one source tells it."""

    source: str
    """The name of the source."""
    record: Record
    """Holds only what the source said; its identifiers are those of this version."""
    address: str
    """The page where a person can see it."""
    related: tuple[Identifier, ...] = ()
    """Identifiers of other versions of the work that the source names: `is-preprint-of`, a DOI beside an eprint."""
    notices: tuple[Notice, ...] = ()


class Answer(NamedTuple):
    """What was read of a response."""

    found: tuple[Found, ...] = ()
    """The best first; empty where the source knows no such work."""
    next: Request | None = None
    """What has to be asked first, where a search gives numbers alone and records come on a second asking."""


class Source(NamedTuple):
    """One service that is asked."""

    name: str
    """As in `MHLIT_SOURCE_<NAME>`, in lower case: `crossref`, `arxiv`, `anthology` …"""
    title: str
    """As people write it: `Crossref`, `arXiv`, `ACL Anthology`."""
    base: str
    """`https://` and a host."""
    interval: float
    """The least time between the beginnings of two requests, in seconds, as the source's terms ask."""
    schemes: tuple[str, ...]
    """Schemes of the identifiers that it can be asked for."""
    about: Callable[[Identifier], Request | None]
    """Ask for one identifier; None where it is of a kind the source does not hold (a DOI of another registrar)."""
    titled: Callable[[str], Request] | None
    """Ask for works whose title has these words; None where the source cannot be searched."""
    read: Callable[[bytes], Answer]
    """Read the body of a response. Raises `Unreadable` where it is not in the documented format."""


class Unreadable(Exception):
    """A response that is not in the format its source documents; the message says in what way."""

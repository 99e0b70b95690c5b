"""Every source there is: those that register or publish works, and those that index what others publish."""

from mhlit.sources import anthology, arxiv, crossref, datacite, dblp, openalex, openreview, pubmed, semanticscholar
from mhlit.sources.source import Source

PUBLISHERS: tuple[Source, ...] = (
    crossref.SOURCE,
    anthology.SOURCE,
    arxiv.SOURCE,
    datacite.SOURCE,
    pubmed.SOURCE,
    openreview.SOURCE,
)
"""Where a record comes from the publisher, a preprint server or the library that keeps it; they are asked first."""
INDEXES: tuple[Source, ...] = (dblp.SOURCE, openalex.SOURCE, semanticscholar.SOURCE)
"""Where a record was gathered from others; they are asked for what the first do not know."""
SEARCHED: tuple[Source, ...] = (crossref.SOURCE, arxiv.SOURCE, dblp.SOURCE, pubmed.SOURCE)
"""Who is asked for a title; what others hold these have too."""
SOURCES = (*PUBLISHERS, *INDEXES)
TITLES = {source.name: source.title for source in SOURCES}
"""Each source's name, and what people call it."""

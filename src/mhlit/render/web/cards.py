"""A work on the page of all works: title, authors, what it is about, links, references, and COinS."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import quote_plus

from mhlit.cite import entry_of, writer
from mhlit.formats.latex import encode
from mhlit.formats.writers.csl_json import item
from mhlit.formats.writers.tex import people
from mhlit.identifiers import url_of
from mhlit.model import Identifier, Record, Status, Version, Work
from mhlit.names import inverted, natural
from mhlit.render.card import status_words
from mhlit.render.web.facets import FACETS, Facets
from mhlit.render.web.markup import block, link, text, work_address
from mhlit.render.web.metadata import coins
from mhlit.store.index import records, venue_of
from mhlit.text import printable

# The facets that the script cannot read from what a card shows anyway.
_HIDDEN = tuple(name for name in FACETS if name not in ("resource", "topic", "year", "venue"))


class Card(NamedTuple):
    """A work with what the page knows of it besides its record."""

    work: Work
    facets: Facets
    reference: str = ""
    """The ready-made reference, as HTML; empty where there is none."""


def card(shown: Card) -> str:
    """Return the article of a work; its id is the citation key, which does not change."""
    work, record = shown.work, shown.work.preferred
    facets = "\n".join(line for name in _HIDDEN for line in _values(name, shown.facets.get(name, ())))
    parts = (
        f'<p class="where">{_where(record)}</p>',
        f"<h2>{link(text(record.title), record.url or record.pdf)}</h2>",
        f'<p class="by">{", ".join(text(natural(name)) for name in record.authors)}</p>',
        mark(work).rstrip(),
        f'<p class="summary">{text(work.summary)}</p>' if work.summary else "",
        _tags(work),
        f'<p class="links">{" ".join(_links(work))}</p>',
        references(work, shown.reference),
        coins(work),
    )
    attributes = f'id="{text(work.key)}" data-facets="{block(facets)}"' + "".join(
        f' data-{name}="{block(value)}"'
        for name, value in (("also", " ".join(_also(work))), ("item", "\n".join(_item(work))))
        if value
    )
    inner = "\n".join(part for part in parts if part)
    return f'<article class="work" {attributes}>\n{inner}\n</article>\n'


def _where(record: Record) -> str:
    year = f' <span class="year">{record.issued.year}</span>' if record.issued else ""
    kind = " preprint" if record.version is Version.PREPRINT else ""
    return f"<cite>{text(venue_of(record))}</cite>{kind}{year}"


def mark(work: Work) -> str:
    """Return how far a record is confirmed, and which fields are not; empty where it is wholly."""
    provenance = work.provenance
    if provenance.status is Status.VERIFIED:
        return ""
    fields = f" (not confirmed: {text(', '.join(provenance.unconfirmed))})" if provenance.unconfirmed else ""
    return f'<p class="mark {provenance.status}">{status_words(provenance.status)}{fields}</p>\n'


def _also(work: Work) -> list[str]:
    """Return what a reader may search besides what is shown: aliases and other titles."""
    titles = [title for record in records(work) for title in (record.title, record.former_title)]
    return list(dict.fromkeys((*work.aliases, *(title for title in titles if title not in ("", work.preferred.title)))))


def _values(name: str, values: Iterable[str]) -> Iterator[str]:
    """Yield a line a value of a facet: the name stands before the first, and before one with an equals sign."""
    for place, value in enumerate(values):
        yield value if place and "=" not in value else f"{name}={value}"


def _item(work: Work) -> Iterator[str]:
    """Yield what the script needs besides what is shown and the COinS to write other formats (formats.js)."""
    known = item(entry_of(work))
    record = work.preferred
    editors = [inverted(name) for name in record.editors]
    if people(record.editors, encode) != f"{{{' and '.join(editors)}}}":  # else the BibTeX has them as they are
        yield from (f"editor={printable(name)}" for name in editors)
    more = {"publisher": "publisher", "publisher-place": "place", "PMID": "PMID", "PMCID": "PMCID"}
    if record.type != "article":
        del more["publisher"], more["publisher-place"]
    yield from (f"{name}={printable(known[field])}" for field, name in more.items() if field in known)
    if record.article_number:
        yield f"number={printable(record.article_number)}"
    if known["type"] not in ("article", "article-journal", "paper-conference"):
        yield f"type={known['type']}"


def _tags(work: Work) -> str:
    """Return what the work offers and its topics, as links that filter by them."""
    tags = [("resource", value) for value in work.resources] + [("topic", value) for value in work.topics]
    links = (f'<a href="?{name}={quote_plus(value)}">{text(value)}</a>' for name, value in tags)
    return f'<p class="tags">{" ".join(links)}</p>' if tags else ""


def _links(work: Work) -> Iterator[str]:
    """Yield the links of the preferred version, its preprint, its code and its own page."""
    record, arxiv = work.preferred, work.preprint.identifier("arxiv") if work.preprint else ""
    doi = record.identifier("doi")
    if doi:
        yield link("DOI", url_of(Identifier("doi", doi)))
    with_pdf = next((one for one in records(work) if one.pdf), None)
    if with_pdf:
        yield link("PDF" if with_pdf is record else "PDF of the preprint", with_pdf.pdf)
    if arxiv:
        yield link("arXiv", url_of(Identifier("arxiv", arxiv)))
    for place, url in enumerate(work.code, 1):
        yield link("Code" if len(work.code) == 1 else f"Code {place}", url)
    yield f'<a href="{work_address(work.key)}">Full record</a>'
    yield f'<a class="anchor" href="#{text(work.key)}">{text(work.key)}</a>'


def references(work: Work, reference: str) -> str:
    """Return the references of a work, to be opened: the ready-made one, and the BibTeX that `cite` writes."""
    ready = f'<p class="reference">{reference}</p>\n' if reference else ""
    bibtex = writer("bibtex")([entry_of(work)]).rstrip("\n")
    return f'<details class="cite"><summary>Cite</summary>\n{ready}<pre>{block(bibtex)}</pre>\n</details>'

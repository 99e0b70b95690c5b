"""The page of all works: search, facets with counts, a card a work. Without its script it is a plain list."""

from collections.abc import Mapping, Sequence

from mhlit.model import Status, Term
from mhlit.render.card import status_words
from mhlit.render.web.cards import Card, card
from mhlit.render.web.facets import groups
from mhlit.render.web.markup import TITLE, Page, data, text
from mhlit.render.web.metadata import SCHEMA_ORG, json_ld

_SORTS = {
    "best": "best match",
    "newest": "newest first",
    "oldest": "oldest first",
    "author": "first author",
    "title": "title",
    "venue": "venue",
}


def page(cards: Sequence[Card], vocabularies: Mapping[str, Sequence[Term]], date: str) -> Page:
    """Return the page; `vocabularies` gives the terms of the facets, `date` is the catalog's."""
    graph = {"@context": SCHEMA_ORG, "@graph": [json_ld(one.work) for one in cards]}
    body = (
        '<a class="skip" href="#works">Skip to the works</a>\n'
        f'{_header(cards, date)}<div class="columns">\n{_controls(groups([one.facets for one in cards], vocabularies))}'
        f'<main id="works" tabindex="-1">\n{_bar()}<div id="list">\n{"".join(card(one) for one in cards)}</div>\n'
        '<p id="none" hidden>No work matches. <button type="button" class="clear">Show all works</button></p>\n'
        f"</main>\n</div>\n{_footer(vocabularies.get('status', ()))}"
    )
    return Page(TITLE, f"{data(graph)}\n", body, ("copy.js", "formats.js", "search.js", "index.js"))


def _header(cards: Sequence[Card], date: str) -> str:
    verified = sum(one.work.provenance.status is Status.VERIFIED for one in cards)
    many = f"{len(cards)} work{'' if len(cards) == 1 else 's'}"
    facts = f"{many}, {verified} with a verified record" + (f"; catalog of {text(date)}" if date else "")
    return (
        f'<header class="top">\n<h1>{TITLE}</h1>\n<p>{facts}. <a href="#known">How a record is known</a></p>\n'
        '<button type="button" id="theme" hidden></button>\n</header>\n'
    )


def _controls(filters: str) -> str:
    return (
        '<form role="search" aria-label="Works" id="controls" hidden>\n'
        '<label class="find"><span>Search</span> <input type="search" id="query" autocomplete="off" spellcheck="false"'
        ' placeholder="word, name or DOI"></label>\n'
        f'<details class="filters" open><summary>Filters</summary>\n{filters}'
        '<button type="button" class="clear">Clear all</button>\n</details>\n</form>\n'
    )


def _bar() -> str:
    options = "".join(f'<option value="{name}">{label}</option>' for name, label in _SORTS.items())
    return (
        '<div class="bar" hidden>\n<p id="count" role="status"></p>\n'
        f'<label>Sort <select id="sort">{options}</select></label>\n'
        '<p class="all"><label>Format <select id="format"></select></label>'
        ' <button type="button" id="copy-all">Copy all</button> <button type="button" id="save-all"></button>'
        ' <button type="button" id="print">Print</button></p>\n<p class="note" id="note" role="status"></p>\n</div>\n'
    )


def _footer(states: Sequence[Term]) -> str:
    meanings = "".join(
        f"<dt>{status_words(Status(term.name))}</dt><dd>{text(term.definition)}</dd>\n" for term in states
    )
    known = f'<h2 id="known">How a record is known</h2>\n<dl>\n{meanings}</dl>'
    return f"<footer>\n{known}\n<p>Made by mhlit.</p>\n</footer>\n"

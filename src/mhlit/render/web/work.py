"""The page of one work: its whole card, its references, and the tags by which machines read it."""

from mhlit.cite import entry_of, writer
from mhlit.model import Work
from mhlit.render.card import Field, card
from mhlit.render.web.cards import mark
from mhlit.render.web.markup import TITLE, Page, block, data, link, text
from mhlit.render.web.metadata import citation_tags, coins, whole_json_ld

# Fields of the card that speak of the source folder, which a reader of the web has not before him.
_LEFT_OUT = ("Mistake?",)


def page(work: Work, reference: str = "") -> Page:
    """Return the page of a work; `reference` is its ready-made reference as HTML, where there is one."""
    shown = card(work)
    rows = "".join(_row(field) for field in shown.fields if field.lines and field.label not in _LEFT_OUT)
    bibtex = writer("bibtex")([entry_of(work)]).rstrip("\n")
    apa = f'<h2>Reference</h2>\n<p class="reference">{reference}</p>\n' if reference else ""
    body = (
        f'<nav><a href="../index.html#{text(work.key)}">{TITLE}</a></nav>\n'
        f'<main class="whole">\n<article class="work" id="{text(work.key)}">\n<h1>{text(shown.title)}</h1>\n'
        f'<p class="by">{text(shown.authors)}</p>\n{mark(work)}<dl>\n{rows}</dl>\n{apa}'
        f'<h2>BibTeX</h2>\n<pre>{block(bibtex)}</pre>\n<p class="links"></p>\n'
        f"{coins(work)}\n</article>\n</main>\n"
    )
    return Page(shown.title, f"{citation_tags(work)}{data(whole_json_ld(work))}\n", body, ("copy.js",))


def _row(field: Field) -> str:
    lines = "<br>\n".join(
        "".join(
            link(
                f'<span class="{piece.style}">{text(piece.text)}</span>' if piece.style else text(piece.text),
                piece.link,
            )
            for piece in line
        )
        for line in field.lines
    )
    return f"<dt>{text(field.label)}</dt><dd>{lines}</dd>\n"

"""Works as an HTML table for a notebook: no style of its own, everything escaped."""

from collections.abc import Sequence
from html import escape

from mhlit.model import Status, Work
from mhlit.names import short_authors
from mhlit.render.card import status_words
from mhlit.store.index import venue_of
from mhlit.text import printable

_COLUMNS = ("key", "title", "author", "venue", "year")


def table(works: Sequence[Work], of: int) -> str:
    """Return the table of the first works of so many; what is not fully verified says so."""
    head = "".join(f'<th scope="col">{name}</th>' for name in _COLUMNS)
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in _cells(work))}</tr>\n" for work in works)
    more = f", the first {len(works)} shown" if len(works) < of else ""
    caption = f"{of} work{'' if of == 1 else 's'}{more}"
    return f"<table>\n<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>"


def _cells(work: Work) -> tuple[str, ...]:
    record = work.preferred
    title = _text(record.title)
    url = record.url or record.pdf
    if url.startswith(("https://", "http://")):
        title = f'<a href="{escape(url)}">{title}</a>'
    status = work.provenance.status
    year = f"{record.issued.year}" if record.issued else ""
    return (
        f"<code>{_text(work.key)}</code>",
        title if status is Status.VERIFIED else f"{title} ({status_words(status)})",
        _text(short_authors(record.authors)),
        _text(venue_of(record)),
        year,
    )


def _text(text: str) -> str:
    return escape(printable(text))

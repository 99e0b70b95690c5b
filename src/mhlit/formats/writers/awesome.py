"""Write works as a Markdown list: a heading a section, a line a work, with the true authors, venue, year and links.

Source: CommonMark 0.31, §2.4 (backslash escapes) and §6.3 (links).
"""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from mhlit.formats.writers.markdown import escape
from mhlit.identifiers import url_of
from mhlit.model import Record, Status, Term, Work
from mhlit.names import natural
from mhlit.store.index import venue_of
from mhlit.text import printable

_MARKS = {
    Status.VERIFIED: "",
    Status.PARTIAL: " *(partly verified)*",
    Status.LISTED: " *(as listed, not verified)*",
}
_UNLISTED = "Not in a list yet"


def write(works: Sequence[Work], sections: Sequence[Term], title: str) -> str:
    """Return the list of the works that stand in these sections, in the order of their listings, each once.

    Works without any listing come last, under a heading of their own, where the sections are not those of one list.
    """
    blocks = [f"# {_escaped(title)}"]
    given: set[str] = set()
    for section in sections:
        new = [work for work in _in_section(works, section) if work.key not in given]
        given |= {work.key for work in new}
        if new:
            blocks += [f"## {_escaped(section.title)}", "\n".join(map(_line, new))]
    unlisted = [_line(work) for work in works if not work.listings]
    if unlisted and len({section.group for section in sections}) != 1:
        blocks += [f"## {_UNLISTED}", "\n".join(unlisted)]
    return "\n\n".join(blocks) + "\n"


def _in_section(works: Sequence[Work], section: Term) -> list[Work]:
    """Return the works of a section, each once, in the order of the list."""
    places: list[tuple[int, str, int]] = []
    for place, work in enumerate(works):
        ids = [row.id for row in work.listings if (row.list, row.section) == (section.group, section.name)]
        if ids:
            places.append((*_order(min(ids, key=_order)), place))
    return [works[place] for _, _, place in sorted(places)]


def _order(id: str) -> tuple[int, str]:
    digits = re.sub(r"\D", "", id)
    return int(digits or 0), id


def _line(work: Work) -> str:
    record = work.preferred
    people = ", ".join(natural(name) for name in record.authors)
    year = str(record.issued.year) if record.issued else ""
    imprint = ", ".join(part for part in (people, f"{venue_of(record)} {year}".strip()) if part)
    told = f"**{_escaped(record.title)}**" + (f" — {_escaped(imprint)}." if imprint else ".")
    return f"* {' '.join([told, *_links(work)])}{_MARKS[work.provenance.status]}"


def _links(work: Work) -> Iterator[str]:
    """Yield links to the page, the PDF, the preprint of a published work, and the code, each once."""
    record = work.preferred
    page, preprint = _page(record), _page(work.preprint) if work.preprint and work.record else ""
    wanted = [("paper", page), ("PDF", record.pdf), ("preprint", preprint), *(("code", one) for one in work.code)]
    given: set[str] = set()
    for label, url in wanted:
        if url and url not in given:
            given.add(url)
            yield f"[[{label}]]({_address(url)})"


def _page(record: Record) -> str:
    return record.url or next((url for one in record.identifiers if (url := url_of(one))), "")


def _escaped(text: str) -> str:
    return escape(printable(text))


def _address(url: str) -> str:
    """Return an address as it may stand in parentheses."""
    return quote(printable(url), safe="%/:=&?~#+!$,;'@*[]").replace("*", "%2A")

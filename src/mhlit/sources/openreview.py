"""OpenReview: what was submitted to ICLR, NeurIPS, COLM, TMLR and workshops, and what of it was accepted.

Sources: OpenReview, *API V2* and *API V1* (docs.openreview.net/reference): in notes of version 2 each value of
`content` stands in an object of its own, in version 1 it stands bare; `venueid` of a note that was not accepted ends in
the name of the stage it came to.
"""

import re
from typing import Any
from urllib.parse import quote

from mhlit.formats.readers.bibtex import read as read_bibtex
from mhlit.formats.readers.records import server_of
from mhlit.model import Identifier, Name, PartialDate, Record, Version
from mhlit.sources.cleaning import identifiers
from mhlit.sources.cleaning import venue as short_venue
from mhlit.sources.source import Answer, Found, Request, Source, Unreadable
from mhlit.sources.values import (
    MOST,
    identifier,
    iso_date,
    items,
    member,
    object_of,
    spoken_name,
    stamp_date,
    text,
    title_of,
    words_of,
)

_NOT_ACCEPTED = re.compile(r"submi(?:tted|ssion)|withdraw|reject|under review|under_review", re.IGNORECASE)
_PRESENTED = re.compile(r"[\s(]+(?:conference )?(?:poster|oral|spotlight|notable|talk)\b.*$", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_LONGEST = 20_000
"""So many characters of the BibTeX of a note are read."""


def about(identifier: Identifier) -> Request | None:
    """Ask for the note of a paper."""
    return Request("/notes", (("id", identifier.value),)) if identifier.scheme == "openreview" else None


def titled(title: str) -> Request:
    """Ask for papers whose title has these words."""
    query = (("term", words_of(title)), ("type", "terms"), ("content", "title"), ("source", "forum"), ("limit", "5"))
    return Request("/notes/search", query)


def read(body: bytes) -> Answer:
    """Read a list of notes; reviews and comments among them, and papers that it took over from DBLP, are none."""
    response = object_of(body)
    if "notes" not in response:
        if "errors" in response or response.get("name"):
            return Answer()
        raise Unreadable("no notes")
    return Answer(tuple(found for note in items(response["notes"]) if (found := _found(note))))


def _found(note: Any) -> Found | None:
    own = identifier("openreview", member(note, "id"))
    title = title_of(_content(note, "title"))
    stage = text(_content(note, "venueid")) or text(member(note, "invitation"))
    if own is None or not title or member(note, "replyto") or stage.lower().startswith("dblp.org"):
        return None
    told = _bibtex(_content(note, "_bibtex"))
    venue = text(_content(note, "venue"))
    is_accepted = bool(venue) and not _NOT_ACCEPTED.search(f"{venue} {text(_content(note, 'venueid'))}")
    container = (told.container_title if told else "") or _PRESENTED.sub("", venue)
    is_journal = told is not None and told.type == "article"
    server = server_of((venue,))
    if server:
        is_accepted = False
    record = Record(
        version=Version.VERSION_OF_RECORD if is_accepted else Version.PREPRINT,
        type="misc" if not is_accepted else "article" if is_journal else "inproceedings",
        title=title,
        authors=_authors(_content(note, "authors")),
        issued=_date(note, venue, told, is_journal) if is_accepted else _submitted(note),
        venue=short_venue(container) if is_accepted else "",
        container_title=container if is_accepted else "",
        server="" if is_accepted else (server or "OpenReview"),
        identifiers=(own,),
        url=f"https://openreview.net/forum?id={quote(own.value)}",
    )
    return Found("openreview", record, record.url, _elsewhere(note))


def _content(note: Any, name: str) -> Any:
    value = member(note, "content", name)
    return value.get("value") if isinstance(value, dict) else value


def _authors(value: Any) -> tuple[Name, ...]:
    """Return the authors; of a paper under blind review none. A newer form gives each as an object."""
    told = (
        member(one, "fullname") or member(one, "name") if isinstance(one, dict) else one
        for one in (items(value) if not isinstance(value, str) else [])[:MOST]
    )
    return tuple(name for one in told if (name := spoken_name(one)))


def _bibtex(value: Any) -> Record | None:
    """Return the record of the BibTeX that OpenReview writes for a note; only it tells the proceedings in full."""
    if not isinstance(value, str) or not value.lstrip().startswith("@"):
        return None
    entries = read_bibtex(value[:_LONGEST]).entries
    if not entries:
        return None
    record = entries[0].record
    return record._replace(container_title=text(record.container_title))


def _date(note: Any, venue: str, told: Record | None, is_journal: bool) -> PartialDate | None:
    """Return the year of the conference, whatever the day its papers were shown; for a journal that day."""
    published = stamp_date(member(note, "pdate"))
    year = (told.issued.year if told and told.issued else 0) or _year_in(venue)
    if published and (not year or (is_journal and published.year == year)):
        return published
    return iso_date(str(year)) if year else _submitted(note)


def _year_in(venue: str) -> int:
    found = _YEAR.search(venue)
    return int(found.group()) if found else 0


def _submitted(note: Any) -> PartialDate | None:
    stamps = (stamp_date(member(note, name)) for name in ("odate", "cdate", "tcdate"))
    return next((stamp for stamp in stamps if stamp), None)


def _elsewhere(note: Any) -> tuple[Identifier, ...]:
    """Return the DOI that a journal on OpenReview gives a paper."""
    return identifiers(identifier("doi", _content(note, "doi")))


SOURCE = Source(
    "openreview",
    "OpenReview",
    "https://api2.openreview.net",
    1.0,
    ("openreview",),
    about,
    titled,
    read,
)

"""Turn an entry that cites a preprint into one of the published version: which fields change, and to what.

The entry keeps its key, its arXiv id, its title and authors where those are the published ones, and every field that
says nothing of where it appeared. The forms of preprint entries are those of arXiv, Google Scholar, Semantic Scholar,
DBLP, ADS, Zotero and the ACL's template (`journal = {Computing Research Repository}`).
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from mhlit.check.finding import AddField, Edit, RemoveField, SetField, SetType
from mhlit.check.manner import MONTHS
from mhlit.check.values import exported
from mhlit.compare import Kind, author_differences, title_difference
from mhlit.dates import format_date
from mhlit.formats.latex_reading import decode
from mhlit.formats.readers.records import date_of, month_number, pages_of, server_of, verbatim
from mhlit.identifiers import lookup_forms, recognise, url_of
from mhlit.model import Entry, Identifier, Record, Version, Work
from mhlit.text import fold

_CONTAINERS = ("journal", "journaltitle", "booktitle")
# Where people name the server of a preprint besides the container.
_SERVER_FIELDS = (
    *("howpublished", "institution", "organization", "publisher", "number", "volume", "pages", "eid"),
    *("type", "note", "version"),
)
# Words that say no more than that the entry is a preprint, of whatever server and id.
_PREPRINT_WORD = re.compile(
    r"(?:https?://)?(?:www\.)?arxiv\.org/\S+|arxiv\s*[:–-]+\s*\S+|\[[\w.-]+\]|\b\d{4}\.\d{4,5}(?:v\d+)?"
    r"|\b(?:arxiv|corr|e-?prints?|pre-?prints?|computing research repository|available|at|on|in|abs)\b",
    re.IGNORECASE,
)
_VERSION = re.compile(r"(?:version |v)?\d{1,2}", re.IGNORECASE)
_ARXIV_DOI = "10.48550/"
_ARXIV_ISSN = "2331-8422"
_SAME = frozenset({Kind.FORM, Kind.CUT, Kind.CASE})
_CONFERENCE = ("conference", "inproceedings")


RESTS_ON = ("type", "venue", "container_title", "issued")
"""The fields of the record that must be confirmed; others that are not confirmed are left out of the edits."""


class Upgrade(NamedTuple):
    """What makes a published entry of a preprint's."""

    edits: tuple[Edit, ...]
    same_authors: bool
    """Whether preprint and published version have the same authors: else the edits change who wrote it."""


def upgrade(entry: Entry, work: Work) -> Upgrade | None:
    """Return the edits that make an entry, which cites the preprint of a work, cite its version of record.

    None where nothing was published, or it is not known where.
    """
    if work.record is None or not work.record.container_title:
        return None
    draft = _Draft(entry, _confirmed(work.record, work.provenance.unconfirmed), work.preprint)
    same_authors = _same_authors(work)
    draft.type()
    draft.words(work, same_authors)
    draft.container()
    draft.numbers()
    draft.date()
    draft.identifiers()
    draft.remains()
    return Upgrade(tuple(draft.edits), same_authors)


def _confirmed(record: Record, unconfirmed: Sequence[str]) -> Record:
    """Return the record without the optional fields that are not confirmed."""
    blank = dict.fromkeys(("volume", "issue", "pages", "article_number", "publisher", "url"), "")
    kept = tuple(one for one in record.identifiers if one.scheme not in unconfirmed)
    left_out: dict[str, Any] = {name: value for name, value in blank.items() if name in unconfirmed}
    doubted = [one.value for one in record.identifiers if one not in kept]
    if any(value in record.url for value in doubted):
        left_out["url"] = ""
    return record._replace(identifiers=kept, **left_out)


def _same_authors(work: Work) -> bool:
    if work.preprint is None or work.record is None:
        return True
    found = author_differences(work.preprint.authors, -1, work, Version.VERSION_OF_RECORD)
    return len(work.preprint.authors) == len(work.record.authors) and all(one.kind in _SAME for one in found)


class _Draft:
    """The edits of one entry, gathered part by part."""

    def __init__(self, entry: Entry, record: Record, preprint: Record | None) -> None:
        self.entry = entry
        self.record = record
        self.true = exported(record)
        self.preprint = {form for one in (preprint.identifiers if preprint else ()) for form in lookup_forms(one)}
        self.edits: list[Edit] = []
        self.values: dict[str, str] = {}
        for field in entry.fields:
            self.values.setdefault(field.name.lower(), field.value)
        self.biblatex = entry.type in ("online", "report") or "journaltitle" in self.values or "date" in self.values
        self.done: set[str] = set()
        self.order = list(self.values)
        """The fields as they will stand."""
        self.hollow = {name for name in _SERVER_FIELDS if _is_hollow(name, self.values.get(name, ""))}
        """Fields that only say that this is a preprint."""

    def put(self, name: str, value: str, *after: str) -> None:
        """Set or add a field, after the last of the fields `after` that the entry has."""
        if not value or name.lower() in self.done:
            return
        self.done.add(name.lower())
        self.hollow.discard(name.lower())
        if name.lower() in self.values:
            if self.values[name.lower()] != value:
                self.edits.append(SetField(self.entry, name.lower(), value))
            return
        near = next((one for one in reversed(self.order) if one in after and one not in self.hollow), "")
        self.order.insert(self.order.index(near) + 1 if near else len(self.order), name.lower())
        self.edits.append(AddField(self.entry, name, value, near))

    def drop(self, name: str) -> None:
        """Take a field out, if the entry has it and nothing else was done to it."""
        if name in self.values and name not in self.done:
            self.done.add(name)
            self.order.remove(name)
            self.edits.append(RemoveField(self.entry, name))

    def type(self) -> None:
        """Give the entry the record's type."""
        new = self.record.type
        if new and self.entry.type != new and not (new in _CONFERENCE and self.entry.type in _CONFERENCE):
            self.edits.append(SetType(self.entry, new))

    def words(self, work: Work, same_authors: bool) -> None:
        """Give it the published title where it bears the preprint's, and the published authors where they changed."""
        differs = title_difference(self.entry.record.title, work, Version.VERSION_OF_RECORD)
        if differs and differs.kind is Kind.OTHER_VERSION and "title" in self.values:
            self.put("title", self.true["title"])
            self.drop("subtitle")
        if not same_authors and "author" in self.values:
            self.put("author", self.true["author"])

    def container(self) -> None:
        """Name the journal or proceedings, in the place where the server was named."""
        journal = "journaltitle" if self.biblatex else "journal"
        name = journal if self.record.type == "article" else "booktitle"
        old = [one for one in _CONTAINERS if one in self.values]
        if name in old and fold(decode(self.values[name])) == fold(self.record.container_title):
            self.done.add(name)
        self.put(name, self.true.get("journal" if name == "journaltitle" else name, ""), *(old or ("title", "author")))
        for one in old:
            self.drop(one)

    def numbers(self) -> None:
        """Give volume and issue of an article, and the pages or the number that stands for them."""
        record = self.record
        if record.type == "article":
            self._unless_same("volume", record.volume, *_CONTAINERS)
            self._unless_same("number", record.issue, "volume")
        near = (*_CONTAINERS, "volume", "number", "year", "date")
        if record.pages:
            if pages_of(decode(self.values.get("pages", "")))[0] != record.pages:
                self.put("pages", self.true["pages"], *near)
        elif record.article_number:
            self._unless_same("eid" if self.biblatex or "eid" in self.values else "pages", record.article_number, *near)

    def _unless_same(self, name: str, value: str, *after: str) -> None:
        if value and decode(self.values.get(name, "")).strip() == value:
            self.done.add(name)
        elif value:
            self.put(name, self.true["pages" if name == "eid" else name], *after)

    def date(self) -> None:
        """Give the year, and the month and day where the entry has them."""
        issued = self.record.issued
        if issued is None:
            return
        old = date_of(self.values.get("date", ""), self.values.get("year", ""), self.values.get("month", ""))
        if "date" in self.values and (old is None or old.year != issued.year or old.month):
            self.put("date", format_date(issued))
        if ("year" in self.values or "date" not in self.values) and (old is None or old.year != issued.year):
            self.put("year", f"{issued.year:04d}", "booktitle", "journal", "title", "author")
        if "month" in self.values and month_number(decode(self.values["month"])) != issued.month:
            if issued.month:
                self.put("month", MONTHS[issued.month - 1])
            self.drop("month")
            self.drop("day")

    def identifiers(self) -> None:
        """Give DOI and address of the published version; what an address or a DOI said of arXiv, `eprint` says."""
        doi = self.record.identifier("doi")
        old = recognise(verbatim(self.values.get("doi", "")))
        if old is None or old.value.lower() != doi.lower():
            self.put("doi", doi, "pages", "number", "volume", "year", *_CONTAINERS)
        if old is not None and self._is_preprint(old, "doi"):
            self.drop("doi")
        self._address(doi)

    def _address(self, doi: str) -> None:
        written = next((name for name in ("url", "ee", "link") if name in self.values), "url")
        address = verbatim(self.values.get(written, ""))
        old = recognise(address)
        if old is not None and "doi.org/" in address and self._is_preprint(old, "doi"):
            self.put(written, url_of(Identifier("doi", doi)) if doi else self.record.url)
        elif not doi and (written not in self.values or (old is not None and self._is_preprint(old, "arxiv"))):
            self.put(written, self.record.url, "pages", "year", *_CONTAINERS)

    def remains(self) -> None:
        """Take out what only says that this is a preprint, and keep its arXiv id."""
        if server_of([self.values.get("publisher", "")]):
            self.put("publisher", self.true.get("publisher", ""))
        for name in sorted(self.hollow):
            self.drop(name)
        if _ARXIV_ISSN in self.values.get("issn", ""):
            self.drop("issn")
        self.drop("pubstate")
        self._eprint()

    def _is_preprint(self, identifier: Identifier, scheme: str) -> bool:
        """Tell whether an identifier of this scheme is the preprint's."""
        forms = lookup_forms(identifier)
        of_arxiv = identifier.value.lower().startswith(_ARXIV_DOI)
        return identifier.scheme == scheme and (of_arxiv or not self.preprint.isdisjoint(forms))

    def _eprint(self) -> None:
        """Write the arXiv id of the entry where it would be lost or stand in an address alone."""
        own = self.entry.eprint or Identifier("arxiv", self.entry.record.identifier("arxiv"))
        arxiv = own.value or next((one for one in map(_arxiv_of, self.entry.record.identifiers) if one), "")
        fields = self.entry.fields
        held = {fields[one.field].name.lower() for one in self.entry.mentions if _arxiv_of(one.identifier) == arxiv}
        if not arxiv or (held - self.done) & {"eprint", "arxivid", "arxiv", "note"}:
            return
        near = (*_CONTAINERS, "year", "pages", "doi", "url")
        self.put("eprint", arxiv, *near)
        if not {"archiveprefix", "eprinttype"} & set(self.values):
            self.put("eprinttype" if self.biblatex else "archivePrefix", "arXiv", "eprint")


def _arxiv_of(identifier: Identifier) -> str:
    """Return the arXiv id that an identifier is, or that is in it."""
    forms = [form for form in lookup_forms(identifier) if form.startswith("arxiv:")]
    return forms[0].removeprefix("arxiv:") if forms else ""


def _is_hollow(name: str, value: str) -> bool:
    """Tell whether a field says no more than that the entry is a preprint; a note may be a mere id, which stays."""
    told = decode(value).strip()
    if name == "version" or (name == "note" and not told.isdigit() and _VERSION.fullmatch(told)):
        return bool(_VERSION.fullmatch(told))
    if not told or (name == "note" and "print" not in told.lower()):
        return False
    return server_of([told]) == told or not fold(_PREPRINT_WORD.sub("", told))

"""Works, their records, names and listings: frozen, and nothing but data.

The words are those of the field. A *work* is a piece of scholarship whatever its versions; a
*record* describes one version of it; a *version* is one of NISO RP-8-2008 (preprint, version of
record); field names are CSL's and BibLaTeX's.

They are named tuples, not dataclasses: as frozen, and defined in a tenth of the time, which every
command that cites pays at start-up (docs/decisions/0004-named-tuples.md).
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol


class Version(StrEnum):
    """Which version of a work a record describes (NISO RP-8-2008)."""

    PREPRINT = "preprint"
    VERSION_OF_RECORD = "version-of-record"


class Status(StrEnum):
    """How far a record of the catalog has been confirmed."""

    VERIFIED = "verified"
    PARTIAL = "partial"
    LISTED = "listed"
    OWN = "own"
    """The reader's own record, which nobody has confirmed."""


class Name(NamedTuple):
    """The name of a person, or of a group in `literal` (CSL name variables)."""

    family: str = ""
    given: str = ""
    particle: str = ""
    """A lower-case particle that stays with the family name: CSL's non-dropping-particle."""
    suffix: str = ""
    literal: str = ""


class Identifier(NamedTuple):
    """A scheme (`doi`, `arxiv`, `acl` …) and a value in the scheme's usual written form."""

    scheme: str
    value: str


class PartialDate(NamedTuple):
    """A year, a year and month, or a full date (CSL *issued*); 0 where a part is not known."""

    year: int
    month: int = 0
    day: int = 0


class Record(NamedTuple):
    """The bibliographic record of one version of a work."""

    version: Version
    type: str
    """BibLaTeX entry type: `article`, `inproceedings`, `misc` …"""
    title: str
    authors: tuple[Name, ...]
    issued: PartialDate | None = None
    venue: str = ""
    """The short name people filter by, from a closed list (`Findings of ACL`)."""
    container_title: str = ""
    """The journal or proceedings in full."""
    collection_title: str = ""
    """The series (CSL collection-title)."""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    article_number: str = ""
    """The number of an article that has no page range (BibLaTeX eid)."""
    publisher: str = ""
    publisher_place: str = ""
    editors: tuple[Name, ...] = ()
    track: str = ""
    server: str = ""
    """The preprint server."""
    arxiv_class: str = ""
    """arXiv's primary class (`cs.CL`)."""
    identifiers: tuple[Identifier, ...] = ()
    anthology_key: str = ""
    """The citation key the ACL Anthology gives this record."""
    url: str = ""
    pdf: str = ""
    former_title: str = ""
    """The title an earlier revision of this version bore."""
    former_authors: tuple[Name, ...] = ()

    def identifier(self, scheme: str) -> str:
        """Return the value of the first identifier of a scheme, or an empty string."""
        return next((item.value for item in self.identifiers if item.scheme == scheme), "")


class ListingError(NamedTuple):
    """One thing a listing has wrong: the field, what is listed, and what is true."""

    field: str
    listed: str
    correct: str


class Listing(NamedTuple):
    """One line of an origin list."""

    id: str
    list: str
    section: str
    as_listed: str
    errors: tuple[ListingError, ...] = ()


class Provenance(NamedTuple):
    """How a work's record is known."""

    status: Status
    checked: str = ""
    """The day the record was last confirmed, as YYYY-MM-DD."""
    confirmed_by: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    """Addresses of the pages where the record was seen."""
    unconfirmed: tuple[str, ...] = ()
    """Names of the fields that rest on one weak source."""
    note: str = ""


class Item(NamedTuple):
    """What a reader says of a work in their library."""

    added: str
    """The day, as YYYY-MM-DD."""
    tags: tuple[str, ...] = ()
    reading: str = "unread"
    """One of `READING`."""
    starred: bool = False
    collections: tuple[str, ...] = ()
    """Names of the reader's sets of items."""
    files: tuple[str, ...] = ()
    """Paths of PDFs and other files."""
    note: str = ""
    """Markdown."""
    catalog: str = ""
    """The key of the catalog's work that this is; `NOT_THE_CATALOGS` where the reader says that it is none."""
    apart: tuple[str, ...] = ()
    """Keys of works that are like this one and, the reader says, others."""


READING = ("unread", "reading", "read")
NOT_THE_CATALOGS = "-"


class Work(NamedTuple):
    """A piece of scholarship, with the record of each version that is known of it."""

    key: str
    """The citation key."""
    record: Record | None
    """The version of record; None where only a preprint exists."""
    preprint: Record | None
    provenance: Provenance
    summary: str = ""
    topics: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    data_origin: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    """Addresses of the work's code and data."""
    listings: tuple[Listing, ...] = ()
    name_forms: tuple[Name, ...] = ()
    """Other forms of authors' names that a source bears; they are no errors in a citation."""
    item: Item | None = None
    """Where the work stands in a reader's library, what the reader says of it."""

    @property
    def preferred(self) -> Record:
        """Return the version of record, or the preprint where there is no other."""
        chosen = self.record or self.preprint
        if chosen is None:
            raise ValueError(f"{self.key} has no record of any version")
        return chosen

    @property
    def sections(self) -> tuple[str, ...]:
        """Return the sections of the origin lists the work stands in, each once."""
        return tuple(dict.fromkeys(listing.section for listing in self.listings))


class Place(NamedTuple):
    """A stretch of a text: the line and column it begins at, both from 1, and its offsets in characters."""

    line: int
    column: int
    start: int
    end: int


class SourceField(NamedTuple):
    """A field as a file has it."""

    name: str
    """The name as written; BibTeX and others do not tell its case."""
    value: str
    """The value without delimiters, its macros replaced, still in the markup of the file."""
    name_start: int
    start: int
    """Offset of the first character of the value, its delimiter included."""
    end: int
    """Offset after the last character of the value."""


class Mention(NamedTuple):
    """An identifier and where in an entry it was found."""

    identifier: Identifier
    field: int
    """The position of its field in `Entry.fields`."""


class Entry(NamedTuple):
    """One reference as it is written to, or read from, a bibliography."""

    key: str
    record: Record
    eprint: Identifier | None = None
    """The arXiv identifier that is kept beside a published record."""
    eprint_class: str = ""
    annotation: str = ""
    """A remark that no style prints, such as a status that is not verified."""
    type: str = ""
    """For an entry that was read, its type as the file has it: `inproceedings`, `JOUR`, `paper-conference`."""
    fields: tuple[SourceField, ...] = ()
    """Every field as it was read, known or not, in the order of the file."""
    place: Place | None = None
    """Where the entry stands in its text."""
    mentions: tuple[Mention, ...] = ()
    """Every identifier found in the fields, in the order of the fields."""
    omitted: int = -1
    """Before which author names are left out ("and others", "et al.", "…"); -1 where the list is whole."""


class Lookup(Protocol):
    """Where works are found that an entry may mean: the catalog, a library, a service on the web."""

    def named(self, forms: Sequence[str]) -> Sequence[Work]:
        """Return the works that one of these forms of an identifier or address names (`identifiers.lookup_forms`)."""

    def titled(self, title: str) -> Sequence[Work]:
        """Return the works whose title has words in common with this one, in no order; too many rather than too few."""


class Notice(NamedTuple):
    """What was published about a work after it."""

    kind: str
    """`retraction`, `correction` or `concern`."""
    address: str
    """Where a person can see it: the page of the notice, else that of the record which tells it."""
    source: str
    """Who tells it."""


class Testimony(NamedTuple):
    """A work as services on the web tell it."""

    work: Work
    """Its key is an identifier."""
    tellers: Mapping[tuple[Version, str], tuple[str, ...]]
    """Who has a field of a version so; the field by its name in `Record` or the scheme of an identifier."""
    confirmed: frozenset[tuple[Version, str]]
    """The fields that two sources have alike of which neither took it from the other."""
    notices: tuple[Notice, ...] = ()


class Inquiry(NamedTuple):
    """Who was asked about an entry, and what they told."""

    testimonies: tuple[Testimony, ...] = ()
    by_identifier: tuple[str, ...] = ()
    """Who was asked for an identifier of it, and answered."""
    by_title: tuple[str, ...] = ()
    """Who was asked for its title, and answered."""
    failed: tuple[str, ...] = ()
    """Who was asked and did not answer."""


class Informant(Protocol):
    """Who may be asked about an entry that no `Lookup` at hand knows: services on the web.

    Not a `Lookup` itself: whether two sources agree shows only when all is known that they say of one entry.
    """

    def about(self, entry: Entry) -> Inquiry:
        """Return what is told of works that the entry may mean; too many rather than too few."""


class Term(NamedTuple):
    """A word of a closed vocabulary and its one-line definition."""

    name: str
    definition: str
    group: str = ""
    """For a section: the list it is a heading of."""
    title: str = ""
    """For a section: the heading as the list prints it."""

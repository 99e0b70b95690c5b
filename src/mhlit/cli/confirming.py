"""What the world tells of a work of the catalog: its record's claims, its published version, what its links lead to."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from mhlit.catalog.verifying import Claim, Field, Verdict, published, verify
from mhlit.errors import MhlitError
from mhlit.model import Identifier, Record, Version, Work
from mhlit.sources.addresses import Forbidden
from mhlit.sources.asking import Told, about
from mhlit.sources.gathering import gather
from mhlit.sources.joining import forms_of, is_about
from mhlit.sources.registry import INDEXES, PUBLISHERS, TITLES
from mhlit.sources.source import Found

if TYPE_CHECKING:
    from mhlit.sources.client import Client

_ASKED = ("acl", "doi", "arxiv", "openreview", "pmid", "pmcid", "dblp")
_GONE = frozenset((404, 410))
_REFUSED = frozenset((401, 403, 405, 406, 429, 451, 999))
"""What servers answer to programs and not to people: nothing is known by it."""
_BAD = 400


class LinkState(NamedTuple):
    """An address of a record that does not simply lead where it should."""

    field: str
    address: str
    state: str
    """`dead`, `moved`, `refused`, `failing`, `unreached` or `forbidden`."""
    says: str
    """The status, where it has moved to, or why it was not reached."""


class Confirmed(NamedTuple):
    """What was told of one work."""

    work: Work
    fields: tuple[Field, ...] = ()
    published: tuple[Claim, ...] = ()
    """That a version of record is out, of a work of which the catalog has none."""
    links: tuple[LinkState, ...] = ()
    told: Told = Told()
    """Who answered, and who did not."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Return who tells anything of the work, each once."""
        names = [name for one in self.fields for name in (*one.agreeing, *(source for source, _ in one.others))]
        return tuple(dict.fromkeys((*names, *(one.source for one in self.published))))

    @property
    def findings(self) -> tuple[Field, ...]:
        """Return the fields that a keeper must look at."""
        return tuple(one for one in self.fields if one.verdict in (Verdict.DIFFERS, Verdict.MISSING))

    @property
    def is_alone(self) -> bool:
        """Tell whether nobody could be reached at all."""
        return bool(self.told.failures) and not self.told.answered and all(one.absent for one in self.told.failures)

    @property
    def wants_a_look(self) -> bool:
        """Tell whether anything is left for a keeper to do."""
        return bool(self.findings or self.published or any(one.state != "refused" for one in self.links))


def confirmed(client: "Client", work: Work) -> Confirmed:
    """Ask for every identifier of a work; for one without a published version, look for that too."""
    told = Told()
    for record in (work.record, work.preprint):
        for one in _identifiers(record) if record else ():
            found = about(client, one, PUBLISHERS)
            if not found.found:
                found = found.joined(about(client, one, INDEXES))
            fitting = tuple(answer for answer in found.found if is_about(answer, one))
            told = told.joined(found._replace(found=fitting))
    later: tuple[Claim, ...] = ()
    if work.record is None:
        told, later = _with_published(client, work, told)
    own = forms_of(one for record in (work.record, work.preprint) if record for one in record.identifiers)
    claims = [_claim(one) for one in told.found if own & forms_of(one.record.identifiers)]
    return Confirmed(work, tuple(verify(work, claims)), later, (), told)


def looked_for(client: "Client", work: Work) -> Confirmed:
    """Ask only whether a version of record is out, of a work of which the catalog has none."""
    told, later = _with_published(client, work, Told())
    return Confirmed(work, (), later, (), told)


def _with_published(client: "Client", work: Work, told: Told) -> tuple[Told, tuple[Claim, ...]]:
    """Return what is told with the search for a version of record, and who tells of one that belongs to the work."""
    asked = next(iter(_identifiers(work.preferred)), None)
    if asked is None:
        return told, ()
    gathered = gather(client, asked)
    told = told.joined(gathered.told)
    record = gathered.work.record if gathered.work else None
    if record is None:
        return told, ()
    forms = forms_of(record.identifiers)
    of_it = (one for one in gathered.told.found if one.record.version is Version.VERSION_OF_RECORD)
    claims = [_claim(one) for one in of_it if forms & forms_of(one.record.identifiers)]
    return told, tuple(published(work, claims))


def _identifiers(record: Record) -> Iterator[Identifier]:
    """Yield what a record can be asked for by, each once: the DOI of the Anthology or arXiv is the id inside it."""
    seen: set[str] = set()
    for scheme in _ASKED:
        for one in record.identifiers:
            forms = forms_of([one])
            if one.scheme == scheme and not forms & seen:
                yield one
                seen |= forms


def _claim(found: Found) -> Claim:
    return Claim(TITLES.get(found.source, found.source), found.record, found.address)


def links_of(work: Work) -> list[tuple[str, str]]:
    """Return every address in a work's file with its field, each once; the listings' own are the lists' to mend."""
    found: dict[str, str] = {}
    for name, record in (("record", work.record), ("preprint", work.preprint)):
        if record:
            found.setdefault(record.url, f"{name}.url")
            found.setdefault(record.pdf, f"{name}.pdf")
    for address in work.code:
        found.setdefault(address, "links.code")
    for address in work.provenance.seen:
        found.setdefault(address, "provenance.seen")
    return [(field, address) for address, field in found.items() if address]


def linked(client: "Client", work: Work) -> Iterator[LinkState]:
    """Yield the addresses of a work that do not simply lead where they should; none where nobody may be asked."""
    if client.offline:
        return
    for field, address in links_of(work):
        try:
            found = client.link(address)
        except Forbidden as error:
            yield LinkState(field, address, "forbidden", error.message)
            continue
        except MhlitError as error:
            yield LinkState(field, address, "unreached", error.message)
            continue
        if found.status in _GONE:
            yield LinkState(field, address, "dead", str(found.status))
        elif found.status in _REFUSED:
            yield LinkState(field, address, "refused", str(found.status))
        elif found.status >= _BAD:
            yield LinkState(field, address, "failing", str(found.status))
        elif found.address != address:
            yield LinkState(field, address, "moved", found.address)

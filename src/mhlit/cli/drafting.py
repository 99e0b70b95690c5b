"""What `catalog new` does: ask for an identifier, and draft the file of the work that it names."""

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from mhlit.catalog.emit import emit_work
from mhlit.catalog.recorded import Origins, draft_of
from mhlit.catalog.source import Catalog
from mhlit.cli.adding import wanted_of
from mhlit.errors import KeyProblem, MhlitError, UsageError
from mhlit.library.entries import cleaned
from mhlit.match import Shelf, match
from mhlit.model import Entry, Provenance, Record, Status, Work
from mhlit.sources.gathering import Gathered, gather
from mhlit.sources.joining import Joined
from mhlit.sources.provenance import provenance
from mhlit.store.index import identifier_forms

if TYPE_CHECKING:
    from mhlit.sources.client import Client

# What the catalog calls each source (sources.toml); Crossref, DataCite and Semantic Scholar pass on what they get.
_KINDS = {
    "anthology": "acl-anthology",
    "arxiv": "arxiv",
    "openreview": "openreview",
    "pubmed": "pubmed",
    "dblp": "dblp",
    "openalex": "openalex",
    "page": "publisher",
}
_INDEX = "index"


class Drafted(NamedTuple):
    """A draft, and what a keeper is told of it."""

    key: str
    document: dict[str, Any]
    text: str
    remarks: tuple[str, ...]


def asked_for(client: "Client", text: str, catalog: Catalog, today: date) -> Drafted:
    """Return the draft of a work that the catalog has not.

    Raises UsageError where it has it or `text` is no identifier, KeyProblem where no source knows it, MhlitError where
    none could be asked.
    """
    wanted = wanted_of(text)
    if wanted.identifier is None:
        raise UsageError(f"{text!r} is no identifier", "a DOI, an arXiv or Anthology id, or the address of one")
    _refuse(text, _with_forms(set(wanted.forms), catalog))
    gathered = gather(client, wanted.identifier)
    if gathered.work is None:
        raise _unknown(text, gathered)
    work = _work(gathered.work)
    _refuse(text, _with_forms(set(identifier_forms(work)), catalog) or _alike(work, catalog))
    drafted = draft_of(work, _origins(gathered.work, today), catalog, today)
    remarks = [f"left out {doubt}" for doubt in gathered.work.doubts]
    remarks += [f"without {one.source}: {one.reason}" for one in gathered.told.failures]
    return Drafted(drafted.key, drafted.document, emit_work(drafted.document), (*drafted.remarks, *remarks))


def _refuse(text: str, work: Work | None) -> None:
    if work:
        raise UsageError(f"the catalog has {text} already: {work.key}", f"mhlit catalog verify {work.key}")


def _with_forms(forms: set[str], catalog: Catalog) -> Work | None:
    return next((work for work in catalog.works if forms & set(identifier_forms(work))), None)


def _alike(work: Work, catalog: Catalog) -> Work | None:
    return match(Entry("", work.preferred), [Shelf(catalog.works)]).work


def _unknown(text: str, gathered: Gathered) -> MhlitError:
    failures = "; ".join(f"{one.source}: {one.reason}" for one in gathered.told.failures)
    if gathered.told.answered:
        return KeyProblem(
            f"{text} is not known to {', '.join(gathered.told.answered)}" + (f"; {failures}" if failures else "")
        )
    return MhlitError(
        f"{text}: nobody could be asked: {failures}" if failures else f"{text}: no source holds such identifiers"
    )


def _work(joined: Joined) -> Work:
    def kept(record: Record | None) -> Record | None:
        return cleaned(record) if record else None

    return Work("", kept(joined.record), kept(joined.preprint), Provenance(Status.PARTIAL))


def _origins(joined: Joined, today: date) -> Origins:
    kinds = tuple(dict.fromkeys(_KINDS.get(name, _INDEX) for name in joined.sources))
    of: dict[str, set[str]] = defaultdict(set)
    for version, field, name in joined.origins:
        if version == joined.preferred.version:
            of[field].add(_KINDS.get(name, _INDEX))
    return Origins(kinds, of, joined.seen, provenance(joined, today).note)

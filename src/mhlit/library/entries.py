"""An entry that was read, as a work of the reader's own: nothing in it may move a cursor or name a file."""

from itertools import chain

from mhlit.model import Entry, Item, Name, Provenance, Record, Status, Version, Work
from mhlit.text import printable


def work_of(entry: Entry, key: str, item: Item) -> Work:
    """Return the work of an entry; an arXiv id beside a published record is that of its preprint."""
    record = cleaned(entry.record)
    own = Provenance(Status.OWN)
    if record.version is Version.PREPRINT:
        return Work(key, None, record, own, item=item)
    preprint = None
    if entry.eprint:
        preprint = Record(
            Version.PREPRINT,
            "misc",
            record.title,
            record.authors,
            server="arXiv",
            arxiv_class=printable(entry.eprint_class),
            identifiers=(entry.eprint._replace(value=printable(entry.eprint.value)),),
        )
    return Work(key, record, preprint, own, item=item)


def cleaned(record: Record) -> Record:
    """Return a record without control, format and bidi characters and without names that are empty."""
    texts = "".join([value for value in record if type(value) is str])
    names = (*record.authors, *record.editors)
    named = "".join(chain.from_iterable((*names, *record.identifiers)))
    if record.type and all(map(any, names)) and (texts + named).isprintable() and "  " not in named:
        return record  # as nearly all are
    plain = record
    if not texts.isprintable():
        plain = Record._make(printable(value) if type(value) is str else value for value in record)
    return plain._replace(
        authors=tuple(name for name in map(_clean_name, record.authors) if any(name)),
        editors=tuple(name for name in map(_clean_name, record.editors) if any(name)) if record.editors else (),
        identifiers=tuple(one._replace(value=printable(one.value)) for one in record.identifiers),
        type=plain.type or "misc",
    )


def _clean_name(name: Name) -> Name:
    whole = "".join(name)
    if whole.isprintable() and "  " not in whole:
        return name
    return Name(*(" ".join(printable(part).split()) for part in name))

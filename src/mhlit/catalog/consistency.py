"""Rules across the files of a catalog: nothing twice, and volumes that agree with themselves."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from mhlit.identifiers import lookup_forms
from mhlit.model import Record, Work
from mhlit.store.index import records
from mhlit.text import fold


def across_works(works: Mapping[str, Work]) -> Iterator[str]:
    """Yield problems between works, given by the path of each: ``file: field: what is wrong``."""
    yield from _twice("citation key", ((path, key) for path, work in works.items() for key in _keys(work)))
    yield from _twice("identifier", ((path, form) for path, work in works.items() for form in _identifiers(work)))
    yield from _twice("title", ((path, fold(work.preferred.title)) for path, work in works.items()))
    yield from _twice("listing", ((path, row.id) for path, work in works.items() for row in work.listings))
    yield from _volumes(works)


def _twice(what: str, pairs: Iterator[tuple[str, str]]) -> Iterator[str]:
    first: dict[str, str] = {}
    for path, value in pairs:
        if value in first:
            other = first[value]
            yield f"{path}: {what} {value!r} stands " + ("there twice" if other == path else f"in {other} too")
        first.setdefault(value, path)


def _keys(work: Work) -> Iterator[str]:
    yield from (key.lower() for key in (work.key, *work.aliases))


def _identifiers(work: Work) -> set[str]:
    """Return the work's own identifiers; ISBN and ISSN are a volume's or a journal's."""
    return {
        form
        for record in records(work)
        for identifier in record.identifiers
        if identifier.scheme not in ("isbn", "issn")
        for form in lookup_forms(identifier)
    }


def _volumes(works: Mapping[str, Work]) -> Iterator[str]:
    """Yield works of one proceedings volume that disagree about it, where both say something."""
    volumes: dict[tuple[str, int], list[tuple[str, Record]]] = defaultdict(list)
    for path, work in works.items():
        record = work.record
        if record and record.issued and record.type == "inproceedings":
            volumes[record.container_title, record.issued.year].append((path, record))
    for members in volumes.values():
        for field in ("venue", "publisher", "publisher_place", "editors", "isbn"):
            said = [(path, _value(record, field)) for path, record in members if _value(record, field)]
            for path, value in said[1:]:
                if value != said[0][1]:
                    yield f"{path}: record.{field}: differs from {said[0][0]}, which is of the same volume"


def _value(record: Record, field: str) -> object:
    return record.identifier("isbn") if field == "isbn" else getattr(record, field)

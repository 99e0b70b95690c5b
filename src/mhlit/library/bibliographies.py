"""Items as BibTeX, each as it was read: every field, known or not, under the key it has now."""

import sqlite3
from collections.abc import Iterable, Iterator

from mhlit.library import sources
from mhlit.library.items import Kept, with_key
from mhlit.model import Entry, Identifier, SourceField, Status, Version, Work
from mhlit.text import printable

# What styles of BibTeX or BibLaTeX print, and no record holds; files, abstracts, keywords and the like are not printed.
_PRINTED = frozenset(
    "addendum annotator booktitleaddon chapter edition eventdate howpublished langid language note origdate pubstate"
    " shorthand shorttitle titleaddon translator type urldate version volumes".split()
)


def bibliography(items: Iterable[Kept], remnants: Iterable[str] = ()) -> str:
    """Return items as one BibTeX file; what stood between the entries of the files they came from stands last."""
    pieces = [entry_text(kept) for kept in items]
    return "\n".join((*pieces, *(f"{remnant.rstrip()}\n" for remnant in remnants)))


def entry_text(kept: Kept) -> str:
    """Return one item as a BibTeX entry."""
    source = sources.read(kept.source)
    if source is None or source.format != "bibtex" or not all(balanced(value) for _, value in source.fields):
        return _made(kept.work)
    return "".join(_lines(source.type, kept.key, source.fields))


def with_printed_fields(connection: sqlite3.Connection, works: Iterable[Work], entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries of works; those of the reader alone with what else their file said that styles print."""
    return [
        entry._replace(fields=_printed_fields(connection, work.key, entry))
        if work.provenance.status is Status.OWN  # else it is the catalog that says what its record is
        else entry
        for work, entry in zip(works, entries, strict=True)
    ]


def _printed_fields(connection: sqlite3.Connection, key: str, entry: Entry) -> tuple[SourceField, ...]:
    kept = with_key(connection, key)
    source = sources.read(kept.source) if kept else None
    if source is None or source.format != "bibtex":
        return ()
    record = entry.record
    told = [record.url, record.server, entry.eprint.value if entry.eprint else ""]
    told = [one for one in (*told, *(identifier.value for identifier in record.identifiers)) if one]
    return tuple(
        SourceField(name.lower(), value, 0, 0, 0)
        for name, value in ((name, printable(value).strip()) for name, value in source.fields)
        if name.lower() in _PRINTED and value and balanced(value) and not any(one in value for one in told)
    )


def edited_source(work: Work, source: str) -> str:
    """Return the source of an item whose record was edited otherwise than in BibTeX; what no record holds stays."""
    from mhlit.formats.readers.bibtex import read

    (entry,) = read(_made(work)).entries
    return sources.with_fields(source, tuple((field.name, field.value) for field in entry.fields), entry.type)


def _lines(type: str, key: str, fields: sources.Fields) -> Iterator[str]:
    yield f"@{type}{{{key},\n"
    for name, value in fields:
        yield f"  {name} = {{{value}}},\n"
    yield "}\n"


def balanced(value: str) -> bool:
    """Tell whether the braces of a value pair, as BibTeX counts them: a backslash before one does not matter."""
    depth = 0
    for character in value:
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth < 0:
                return False
    return depth == 0


def _made(work: Work) -> str:
    """Return the entry of a work that was read from no BibTeX."""
    from mhlit.formats.writers.bibtex import write

    record = work.preferred
    arxiv = work.preprint.identifier("arxiv") if work.preprint and record.version is not Version.PREPRINT else ""
    eprint = Identifier("arxiv", arxiv) if arxiv else None
    return write([Entry(work.key, record, eprint, work.preprint.arxiv_class if work.preprint and arxiv else "")])

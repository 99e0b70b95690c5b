"""The values a fix puts into a .bib file: those that `mhlit cite` writes for the record."""

from functools import lru_cache

from mhlit.formats.readers.bibtex import read
from mhlit.formats.writers.bibtex import write
from mhlit.model import Entry, Identifier, Record


@lru_cache(maxsize=1024)
def exported(record: Record, arxiv: str = "", arxiv_class: str = "") -> dict[str, str]:
    """Return the fields of a record in BibTeX source, without delimiters, by their names in lower case.

    `arxiv` is the id of its preprint, which is kept beside a published record. The month is its English name.
    """
    eprint = Identifier("arxiv", arxiv) if arxiv else None
    (entry,) = read(write([Entry("key", record, eprint, arxiv_class)])).entries
    return {field.name.lower(): field.value for field in entry.fields}

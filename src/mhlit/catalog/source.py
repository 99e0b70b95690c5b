"""Read a catalog folder, collecting every problem of every file before anything is said.

Rules that need one file only are here; those that need all of them are in ``mhlit.catalog.consistency``,
those of the synonyms in ``mhlit.catalog.synonyms``.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mhlit.catalog.consistency import across_works
from mhlit.catalog.fields import KEY, SHAPES, Check
from mhlit.catalog.synonyms import Group, groups
from mhlit.catalog.synonyms import problems as synonym_problems
from mhlit.document import decode_work
from mhlit.errors import InvalidCatalog, MhlitError
from mhlit.model import Status, Term, Work
from mhlit.text import nearest, words

# Vocabulary to the file that defines it.
VOCABULARY_FILES = {
    "section": "sections",
    "list": "lists",
    "venue": "venues",
    "topic": "topics",
    "resource": "resources",
    "language": "languages",
    "data_origin": "data_origins",
    "status": "statuses",
    "type": "types",
    "source": "sources",
    "listing_field": "listing_fields",
}
# Where a word of each vocabulary stands in a work: vocabulary, table, field.
_CLOSED = (
    ("topic", "", "topics"),
    ("resource", "", "resources"),
    ("language", "", "languages"),
    ("data_origin", "", "data_origin"),
    ("type", "record", "type"),
    ("venue", "record", "venue"),
    ("list", "listings", "list"),
    ("section", "listings", "section"),
    ("listing_field", "listings.errors", "field"),
    ("source", "provenance", "confirmed_by"),
)
# What the facet `has` may be; these words are the program's, not the catalog's.
HAS = (
    Term("pdf", "A PDF that can be opened."),
    Term("code", "Code, data or models on the web."),
    Term("doi", "A DOI of either version."),
    Term("preprint", "A preprint, whether or not it was published since."),
    Term("published", "A version of record."),
)
Vocabulary = dict[str, tuple[Term, ...]]


@dataclass(frozen=True, slots=True)
class Catalog:
    """The works of a catalog folder, sorted by key, the closed vocabularies, and the groups of synonyms."""

    works: tuple[Work, ...]
    vocabulary: Vocabulary
    synonyms: tuple[Group, ...] = ()


def read_catalog(folder: Path) -> Catalog:
    """Read and validate a catalog folder.

    Raises InvalidCatalog with every problem of every file, each as ``file: field: what is wrong``, or
    MhlitError where `folder` is no catalog at all.
    """
    if not (folder / "works").is_dir():
        raise MhlitError(
            f"{folder} is not a catalog folder: it has no folder 'works'",
            "name one with --catalog or MHLIT_CATALOG",
        )
    problems: list[str] = []
    vocabulary = _read_vocabulary(folder, problems)
    synonyms = _read_synonyms(folder, problems)
    works: dict[str, Work] = {}
    for path in sorted((folder / "works").glob("*.toml")):
        document = _read_toml(path, problems)
        if document is None:
            continue
        found = [f"{path}: {problem}" for problem in work_problems(path.stem, document, vocabulary)]
        problems += found
        if not found:
            works[str(path)] = decode_work(path.stem, document)
    problems += across_works(works)
    if problems:
        raise InvalidCatalog(problems)
    return Catalog(tuple(sorted(works.values(), key=lambda work: work.key)), vocabulary, synonyms)


def _read_toml(path: Path, problems: list[str]) -> dict[str, Any] | None:
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        end = f"at line {text.count(chr(10)) + 1}, the end of the file"
        problems.append(f"{path}: {str(error).replace('at end of document', end)}")
    except UnicodeDecodeError as error:
        problems.append(f"{path}: not UTF-8 text: {error.reason} at byte {error.start}")
    except OSError as error:
        problems.append(f"{path}: {error.strerror}")
    return None


def _read_vocabulary(folder: Path, problems: list[str]) -> Vocabulary:
    vocabulary: Vocabulary = {"has": HAS}
    for facet, stem in VOCABULARY_FILES.items():
        path = folder / f"{stem}.toml"
        table = _read_toml(path, problems)
        terms = []
        for word, value in (table or {}).items():
            term = _term(facet, word, value)
            if term:
                terms.append(term)
            else:
                wanted = "a table of list, title and definition" if facet == "section" else "a quoted definition"
                problems.append(f"{path}: {word}: must be {wanted}, got {value!r}")
        vocabulary[facet] = tuple(terms)
    return vocabulary


def _read_synonyms(folder: Path, problems: list[str]) -> tuple[Group, ...]:
    path = folder / "synonyms.toml"
    table = _read_toml(path, problems) or {}
    found = [f"{path}: {problem}" for problem in synonym_problems(table)]
    problems += found
    return () if found else groups(table)


def _term(facet: str, word: str, value: Any) -> Term | None:
    if facet != "section":
        return Term(word, value) if isinstance(value, str) else None
    if not isinstance(value, dict) or set(value) != {"list", "title", "definition"}:
        return None
    if not all(isinstance(item, str) for item in value.values()):
        return None
    return Term(word, value["definition"], value["list"], value["title"])


def work_problems(key: str, document: dict[str, Any], vocabulary: Vocabulary) -> Iterator[str]:
    """Yield every problem of one work: shape and values, then closed lists, then what must agree."""
    shape = list(_shape_problems(document))
    yield from shape
    if not KEY.fullmatch(key):
        yield f"file name: must be a citation key such as surname-etal-2025-word.toml, got {key!r}"
    if shape:
        return
    yield from _vocabulary_problems(document, vocabulary)
    yield from _agreement_problems(key, document)


# What the line of a list need not tell, and a work whose status is `listed` may therefore be without.
_MAY_BE_UNTOLD = frozenset(
    f"{field}: is missing"
    for field in ("authors", "record.issued", "record.venue", "record.container_title", "preprint.issued")
)


def _shape_problems(document: Mapping[str, Any]) -> Iterator[str]:
    provenance = document.get("provenance")
    is_listed = isinstance(provenance, dict) and provenance.get("status") == Status.LISTED
    for problem in _all_shape_problems(document):
        if not (is_listed and problem in _MAY_BE_UNTOLD):
            yield problem


def _all_shape_problems(document: Mapping[str, Any]) -> Iterator[str]:
    tables = ("record", "preprint", "links", "listings", "provenance")
    top = {field: value for field, value in document.items() if field not in tables}
    yield from _table_problems("", "", top, also=tables)
    for name in ("record", "preprint", "links", "provenance"):
        if name in document:
            yield from _table_problems(name, name, document[name])
    listings = document.get("listings", [])
    if not isinstance(listings, list):
        yield "listings: must be written [[listings]]"
        return
    for place, listing in enumerate(listings, 1):
        yield from _table_problems("listings", f"listings[{place}]", listing)
        errors = listing.get("errors", []) if isinstance(listing, dict) else []
        for row, error in enumerate(errors if isinstance(errors, list) else [], 1):
            if isinstance(error, dict):
                yield from _table_problems("listings.errors", f"listings[{place}].errors[{row}]", error)
    if "provenance" not in document:
        yield "provenance: is missing"
    if "record" not in document and "preprint" not in document:
        yield "record: is missing, and there is no preprint either"


def _table_problems(shape: str, where: str, table: Any, also: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield what is missing, unknown or wrong in one table; `also` names fields checked elsewhere."""
    if not isinstance(table, dict):
        yield f"{where}: must be a table, got {table!r}"
        return
    dot = f"{where}." if where else ""
    checks: dict[str, Check] = {}
    for field, check in SHAPES[shape].items():
        checks[field.removesuffix("!")] = check
        if field.endswith("!") and field[:-1] not in table:
            yield f"{dot}{field[:-1]}: is missing"
    for field, value in table.items():
        if field in checks:
            yield from (f"{dot}{field}: {problem}" for problem in checks[field](value))
        else:
            meant = nearest(field, [*checks, *also], 1)
            yield f"{dot}{field}: is not a field here" + (f"; did you mean {meant[0]}?" if meant else "")


def _vocabulary_problems(document: dict[str, Any], vocabulary: Vocabulary) -> Iterator[str]:
    for facet, table, field in _CLOSED:
        words = [term.name for term in vocabulary[facet]]
        for where, row in _rows(document, table):
            value = row.get(field, [])
            for word in value if isinstance(value, list) else [value]:
                if word not in words:
                    meant = nearest(word, words, 1)
                    hint = f"; did you mean {meant[0]!r}?" if meant else ""
                    yield f"{where}{field}: {word!r} is not in {VOCABULARY_FILES[facet]}.toml{hint}"
    lists = {term.name: term.group for term in vocabulary["section"]}
    for where, row in _rows(document, "listings"):
        if lists.get(row["section"], row["list"]) != row["list"]:
            yield f"{where}section: {row['section']!r} is a heading of {lists[row['section']]}, not of {row['list']}"


def _rows(document: dict[str, Any], table: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the place (with a dot) and content of every table of a kind."""
    if not table:
        yield "", document
    elif table == "listings":
        for place, listing in enumerate(document.get("listings", []), 1):
            yield f"listings[{place}].", listing
    elif table == "listings.errors":
        for where, listing in _rows(document, "listings"):
            for place, error in enumerate(listing.get("errors", []), 1):
                yield f"{where}errors[{place}].", error
    elif table in document:
        yield f"{table}.", document[table]


def _agreement_problems(key: str, document: dict[str, Any]) -> Iterator[str]:
    """Yield where fields of one work contradict each other."""
    record, preprint = document.get("record", {}), document.get("preprint", {})
    if key in document.get("aliases", []):
        yield f"aliases: must not hold the key itself, {key!r}"
    anthology_key = record.get("anthology_key", key)
    if anthology_key != key and anthology_key not in document.get("aliases", []):
        yield f"record.anthology_key: must be the file's name or one of the aliases, got {anthology_key!r}"
    doi, acl = record.get("doi", ""), record.get("acl", "")
    if acl and doi.startswith("10.18653/v1/") and doi != f"10.18653/v1/{acl}":
        yield f"record.doi: is not that of Anthology id {acl}: {doi!r}"
    arxiv, arxiv_doi = preprint.get("arxiv", ""), preprint.get("doi", "").lower()
    if arxiv_doi.startswith("10.48550/arxiv.") and arxiv_doi != f"10.48550/arxiv.{arxiv}":
        yield f"preprint.doi: is not that of arXiv {arxiv}: {preprint['doi']!r}"
    for field in ("title", "authors") if record else ():
        if field in preprint and preprint[field] == document.get(field):
            yield f"preprint.{field}: is the same as {field}; leave it out"
    yield from _form_problems(document, preprint)
    if not record:
        for field in ("title", "authors"):
            if field in preprint:
                yield f"preprint.{field}: belongs at the top of the file, there is no other version"
    present = {*document, *record, *preprint}
    for field in document["provenance"].get("unconfirmed", []):
        if field not in present:
            yield f"provenance.unconfirmed: {field!r} is no field of this work"


def _form_problems(document: dict[str, Any], preprint: Mapping[str, Any]) -> Iterator[str]:
    names = [*document.get("authors", ()), *preprint.get("authors", []), *preprint.get("former_authors", [])]
    known = {word for name in names for word in words(name)}
    for form in document.get("name_forms", []):
        if known.isdisjoint(words(form)):
            yield f"name_forms: {form!r} has no word of any author's name"

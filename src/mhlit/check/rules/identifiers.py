"""Where it is found: DOIs, arXiv ids and other identifiers of other works, missing, contradicting or escaped."""

import re
from collections.abc import Iterator

from mhlit.check.finding import AddField, Edit, SetField, Severity
from mhlit.check.rule import Flaw, Reference, Scope, rule
from mhlit.check.values import exported
from mhlit.identifiers import lookup_forms, url_of
from mhlit.model import Identifier, Mention, SourceField, Version, Work
from mhlit.store.index import identifier_forms, records

_NAMES = {
    "doi": "DOI",
    "arxiv": "arXiv id",
    "acl": "Anthology id",
    "openreview": "OpenReview id",
    "pmid": "PMID",
    "pmcid": "PMCID",
}
# Registrants of DOIs for copies, drafts and data of a work whose own DOI is another: of these none is wrong.
_COPIES = re.compile(
    r"10\.(?:48550|21203|31234|31219|31235|1101|2139|5281|36227|20944|13140|6084|17605|26434|22541|5555|17632|57967"
    r"|7910|3886|25384|17863|23668|14293|2196/preprints|33774|12688|20381|18419)(?:[./]|$)"
)
# A backslash before a sign that LaTeX would read, or the sign in braces.
_ESCAPED = re.compile(r"\\[_&~$]|\{\\_\}|\\textunderscore|\{\[\}|\{\]\}|\\textasciitilde")
_VERBATIM = ("doi", "url", "eprint", "pdf")


@rule(
    "wrong-doi",
    Severity.ERROR,
    Scope.WORK,
    why="A wrong DOI or arXiv id leads every reader, and every program, to another work.",
    example="url = {https://dl.acm.org/doi/10.1145/3442381.3449797}, (The work's DOI ends in 3450097.)",
)
def wrong_doi(reference: Reference) -> Iterator[Flaw]:
    """A DOI or arXiv id is not the work's, or belongs to another work of the catalog."""
    told: set[Identifier] = set()
    for mention, field in reference.own_mentions():
        if mention.identifier.scheme in ("doi", "arxiv") and mention.identifier not in told:
            flaw = _wrong_identifier(reference, mention, field)
            if flaw:
                told.add(mention.identifier)
                yield flaw


@rule(
    "wrong-url",
    Severity.ERROR,
    Scope.WORK,
    why="An address that leads to another paper is worse than none: it looks right.",
    example="[[link]](https://aclanthology.org/Q16-1031/) (The paper is Q16-1033.)",
)
def wrong_url(reference: Reference) -> Iterator[Flaw]:
    """An address or another identifier is that of another paper."""
    told: set[Identifier] = set()
    for mention, field in reference.own_mentions():
        if mention.identifier.scheme not in ("doi", "arxiv") and mention.identifier not in told:
            flaw = _wrong_identifier(reference, mention, field)
            if flaw:
                told.add(mention.identifier)
                yield flaw


def _wrong_identifier(reference: Reference, mention: Mention, field: SourceField) -> Flaw | None:
    """Return the flaw where an identifier is not one of the work's, as far as that can be known."""
    work, identifier = reference.work, mention.identifier
    if work is None or not identifier_forms(work).isdisjoint(lookup_forms(identifier)):
        return None
    owner = next((stray.work for stray in reference.match.strays if stray.mention == mention), None)
    true = _true_identifier(work, reference.version, identifier)
    if owner is None and true is None:
        return None
    name = _NAMES.get(identifier.scheme, f"{identifier.scheme} id")
    whose = f"is that of {owner.preferred.title!r}" if owner else "is not the work's"
    said = f"the {name} {identifier.value} {whose}" + (f"; its own is {true.value}" if true else "")
    edits = _edits(reference, field, identifier, true)
    doubt = reference.may_be_another
    severity = Severity.WARNING if doubt else None
    value = true.value if true else ""
    return Flaw(said, field, identifier.value, value, severity, (identifier.scheme,), edits, safe=not doubt)


def _true_identifier(work: Work, version: Version, wrong: Identifier) -> Identifier | None:
    """Return the work's identifier that `wrong` stands in place of; None where a work may have others than those."""
    if wrong.scheme == "doi" and _COPIES.match(wrong.value):
        return None
    if wrong.scheme not in ("doi", "arxiv", "acl"):  # of these a work may have several
        return None
    own = [one for record in records(work) for one in record.identifiers if one.scheme == wrong.scheme]
    if wrong.scheme == "doi":
        own = [one for one in own if not _COPIES.match(one.value)]
        if version is Version.PREPRINT and work.record is None:
            return None
    return own[0] if own else None


def _edits(reference: Reference, field: SourceField, wrong: Identifier, true: Identifier | None) -> tuple[Edit, ...]:
    name = field.name.lower()
    if reference.format != "bibtex" or true is None:
        return ()
    if name in ("doi", "eprint") and field.value.count(wrong.value) == 1:
        return (SetField(reference.entry, name, field.value.replace(wrong.value, true.value)),)
    if name == "url" and wrong.value in field.value:
        return (SetField(reference.entry, name, url_of(true)),)
    return ()


@rule(
    "identifier-conflict",
    Severity.ERROR,
    Scope.REFERENCE,
    why="The identifier says one work, the title another. Only the author knows which is meant: nothing is chosen.",
    example="title = {Attention is all you need}, eprint = {2311.00273}, (That is SoulChat's.)",
)
def identifier_conflict(reference: Reference) -> Iterator[Flaw]:
    """The identifiers belong to another work than the title, or to several works."""
    match = reference.match
    if match.work is not None or not match.strays or reference.entry.type == "pointer":  # prose may lead to a paper
        return
    for stray in {stray.work.key: stray for stray in match.strays}.values():
        field = reference.entry.fields[stray.mention.field]
        name = _NAMES.get(stray.mention.identifier.scheme, f"{stray.mention.identifier.scheme} id")
        value = stray.mention.identifier.value
        title = reference.entry.record.title
        said = f"the {name} {value} is that of {stray.work.preferred.title!r}, the title is another"
        # An address may lead to what a page is about; a DOI field says what the entry is.
        sure = field.name.lower() in ("doi", "eprint", "do", "pmid", "pmcid") and title != ""
        yield Flaw(said, field, title or value, stray.work.preferred.title, None if sure else Severity.WARNING)


@rule(
    "missing-identifier",
    Severity.INFO,
    Scope.WORK,
    why="With a DOI or an arXiv id readers and programs find the work whatever else is wrong.",
    example="@inproceedings{chen, title = {SoulChat: …}, (Its DOI is 10.18653/v1/2023.findings-emnlp.83.)",
)
def missing_identifier(reference: Reference) -> Iterator[Flaw]:
    """A file with fields has no DOI, arXiv id or address of the work, though the record has."""
    named = any(mention.identifier.scheme not in ("isbn", "issn") for mention, _ in reference.own_mentions())
    if not reference.is_structured or reference.entry.record.url or named:
        return
    record = reference.record
    for scheme in ("doi", "arxiv", "acl", "openreview"):
        value = record.identifier(scheme)
        if value:
            said = f"the work's {_NAMES.get(scheme, scheme)} is {value}"
            yield Flaw(said, None, "", value, rests_on=(scheme,), edits=_added(reference, scheme))
            return


def _added(reference: Reference, scheme: str) -> tuple[Edit, ...]:
    values = exported(reference.record)
    wanted = {"doi": ("doi",), "arxiv": ("eprint", "archiveprefix")}.get(scheme, ("url",))
    if reference.format != "bibtex":
        return ()
    return tuple(
        AddField(reference.entry, "archivePrefix" if name == "archiveprefix" else name, values[name])
        for name in wanted
        if name in values
    )


@rule(
    "escaped-identifier",
    Severity.WARNING,
    Scope.REFERENCE,
    why=r"What prints and links an identifier takes it to the letter: with \_ in it, the link is dead.",
    example=r"doi = {10.1007/978-3-319-10602-1\_48},",
)
def escaped_identifier(reference: Reference) -> Iterator[Flaw]:
    r"""A DOI, an address or an arXiv id holds LaTeX's escapes, such as `\_`."""
    if reference.format != "bibtex":
        return
    for field in reference.entry.fields:
        if field.name.lower() in _VERBATIM and _ESCAPED.search(field.value) and r"\url" not in field.value:
            plain = _unescaped(field.value)
            edits = (SetField(reference.entry, field.name.lower(), plain),)
            said = f"no escapes belong in {field.name.lower()}: {plain}"
            yield Flaw(said, field, field.value, plain, edits=edits, safe=True)


def _unescaped(value: str) -> str:
    value = re.sub(r"\{?\\(?:textunderscore(?:\{\})?|_)\}?", "_", value)
    value = re.sub(r"\{?\\(?:textasciitilde(?:\{\})?|~(?:\{\})?)\}?", "~", value)
    return re.sub(r"\\([&$])", r"\1", value).replace("{[}", "[").replace("{]}", "]")


@rule(
    "doi-as-address",
    Severity.INFO,
    Scope.REFERENCE,
    why="Styles put https://doi.org/ before the field: a DOI that has it already is printed twice.",
    example="doi = {https://doi.org/10.18653/v1/2023.findings-emnlp.83},",
)
def doi_as_address(reference: Reference) -> Iterator[Flaw]:
    """The field `doi` holds an address, or "doi:", and not the DOI alone."""
    field = reference.field("doi")
    if reference.format != "bibtex" or field is None or not re.match(r"\s*(?:https?:|doi:|dx\.)", field.value, re.I):
        return
    mention = next((one for one, where in reference.own_mentions() if where is field), None)
    if mention and mention.identifier.scheme == "doi" and mention.identifier.value in field.value:
        value = mention.identifier.value
        edits: tuple[Edit, ...] = (SetField(reference.entry, "doi", value),)
        yield Flaw(f"the DOI alone is {value}", field, field.value, value, edits=edits)

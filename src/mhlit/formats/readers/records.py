"""What every reader needs to make a record of fields: identifiers in them, preprint or published, pages, dates."""

import re
from collections.abc import Iterable, Sequence

from mhlit.dates import parse_date
from mhlit.identifiers import make_identifier, recognise
from mhlit.model import Entry, Identifier, Mention, PartialDate, Place, Record, SourceField, Version

# Preprint servers by what bibliographies call them.
_SERVERS = {
    "arxiv": "arXiv",
    "corr": "arXiv",
    "computing research repository": "arXiv",
    "biorxiv": "bioRxiv",
    "medrxiv": "medRxiv",
    "psyarxiv": "PsyArXiv",
    "research square": "Research Square",
    "ssrn": "SSRN",
    "osf preprints": "OSF Preprints",
    "preprints.org": "Preprints.org",
    "techrxiv": "TechRxiv",
}
_SERVER = re.compile(
    rf"^corr$|\b(?:{'|'.join(re.escape(name) for name in _SERVERS if name != 'corr')})\b", re.IGNORECASE
)
_ARXIV_ID = re.compile(
    r"(?:arxiv[\s:.]*(?:preprint\s+)?(?:arxiv)?[\s:]*|\babs/)((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}))(?:v\d+)?",
    re.IGNORECASE,
)
_BARE_ARXIV = re.compile(r"(?:arxiv:\s*)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?", re.IGNORECASE)
# Between two serial numbers, not between the groups of digits of one.
_SERIAL_GAP = re.compile(r"[,;\s]+(?=[\dX-]{8})")
_ADDRESS = re.compile(r"https?://[^\s{}<>\"|\\^`]+")
_DASHES = re.compile(r"\s*(?:-{1,3}|[‐-―−])\s*")
_PAGE_WORD = re.compile(r"^(?:(?:pp?|s)\.\s*|(?:pp?|pages?:?)\s+)(?=\w)", re.IGNORECASE)
_ARTICLE_WORD = re.compile(r"^(?:article|art\.?(?:\s*no\.?)?|id\b)\s*(?=\w*\d)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
# What follows the first day of a BibLaTeX date: the last day, or the time.
_DATE_END = re.compile(r"[/T]")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_MONTH = re.compile("|".join(_MONTHS[place : place + 3] for place in range(0, 36, 3)))
# Types of which nothing is published: with an arXiv id they are preprints.
_UNPUBLISHED = frozenset("misc online unpublished techreport report article electronic www manuscript".split())
# Fields by what they hold, in the names of BibTeX, BibLaTeX, CSL and RIS.
_SCHEME_FIELDS = {
    "doi": "doi",
    "do": "doi",
    "pmid": "pmid",
    "pmcid": "pmcid",
    "isbn": "isbn",
    "issn": "issn",
    "arxivid": "arxiv",
    "arxiv": "arxiv",
    "hal_id": "hal",
}
_ADDRESS_FIELDS = frozenset("url link ee howpublished note pdf ur l1 l2 lk biburl bdsk-url-1 bdsk-url-2".split())
_ARXIV_FIELDS = frozenset(
    "journal journaltitle booktitle volume number note howpublished eid pages publisher institution type"
    " container-title genre jo jf t2 vl m3 pb an c7 archive archive_location".split()
)
_ESCAPE = re.compile(r"\\([_%&#~{}$])")


def server_of(texts: Iterable[str]) -> str:
    """Return the preprint server that one of `texts` names, empty where none does."""
    for text in texts:
        if text and (found := _SERVER.search(text)):
            return _SERVERS[found.group().lower()]
    return ""


def verbatim(value: str) -> str:
    r"""Return an identifier or address as it is meant, without LaTeX's escapes (``\_``) and ``\url{}``."""
    if "\\" not in value and "{" not in value:
        return value.strip()
    value = value.replace(r"\url", "").replace(r"\textunderscore", "_").replace(r"{\_}", "_")
    return _ESCAPE.sub(r"\1", value).replace("{", "").replace("}", "").strip()


def mentions(fields: Sequence[SourceField], eprint_is_arxiv: bool) -> tuple[Mention, ...]:
    """Return every identifier that the fields hold, each once a field."""
    found: list[Mention] = []
    for place, field in enumerate(fields):
        name = field.name.lower()
        if name in _SCHEME_FIELDS:
            found += [Mention(one, place) for one in _of_scheme(_SCHEME_FIELDS[name], verbatim(field.value))]
        elif name == "eprint":
            bare = _BARE_ARXIV.fullmatch(verbatim(field.value))
            if bare and eprint_is_arxiv:
                found.append(Mention(Identifier("arxiv", bare.group(1)), place))
        else:
            if name in _ARXIV_FIELDS and (written := _ARXIV_ID.search(field.value)):
                found.append(Mention(Identifier("arxiv", written.group(1)), place))
            if name in _ADDRESS_FIELDS:
                found += [Mention(one, place) for one in _in_addresses(verbatim(field.value))]
    return tuple(dict.fromkeys(found))


def _of_scheme(scheme: str, value: str) -> list[Identifier]:
    """Return the identifier of a field that is named for its scheme; it may be written as an address."""
    pieces = _SERIAL_GAP.split(value) if scheme in ("isbn", "issn") else [value]
    found = []
    for piece in pieces:
        identifier = recognise(piece) if piece[:2] != "10" and ("/" in piece or ":" in piece) else None
        if identifier is None:
            try:
                identifier = make_identifier(scheme, piece)
            except ValueError:
                continue
        found.append(identifier)
    return found


def _in_addresses(value: str) -> list[Identifier]:
    found = []
    for address in _ADDRESS.findall(value):
        identifier = recognise(address)
        if identifier and identifier.scheme not in ("isbn", "issn"):
            found.append(identifier)
    return found


def pages_of(value: str) -> tuple[str, str]:
    """Return a page or range with one hyphen, and the article number where the value says that it is one."""
    value = _DASHES.sub("-", value.strip().rstrip("."))
    if article := _ARTICLE_WORD.match(value):
        return "", value[article.end() :]
    return _PAGE_WORD.sub("", value), ""


def date_of(date: str, year: str, month: str = "", day: str = "") -> PartialDate | None:
    """Return the date of a BibLaTeX `date`, or of a year, month and day as people write them; None without a year."""
    if date:
        try:
            return parse_date(_DATE_END.split(date, maxsplit=1)[0].strip())
        except ValueError:
            pass
    found = _YEAR.search(year or date)
    if not found:
        return None
    number = month_number(month)
    in_month = (_DAY.search(day) or _DAY.search(month)) if number else None
    if in_month:
        try:
            return parse_date(f"{found.group()}-{number:02d}-{int(in_month.group()):02d}")
        except ValueError:
            pass
    return PartialDate(int(found.group()), number)


def month_number(text: str) -> int:
    """Return the number of a month given by number or by its English name in any length; 0 where it is none."""
    text = text.strip().lower().rstrip(".")
    if text.isdigit() and text.isascii():
        return int(text) if 0 < int(text) < 13 else 0
    found = _MONTH.search(text)
    return _MONTHS.index(found.group()) // 3 + 1 if found else 0


def make_entry(
    key: str,
    type: str,
    record: Record,
    *,
    fields: tuple[SourceField, ...],
    place: Place,
    found: tuple[Mention, ...],
    omitted: int = -1,
    eprint_class: str = "",
    annotation: str = "",
) -> Entry:
    """Return the entry of a reference: of a preprint where only a server is named, else of a published version.

    `record` holds what the fields say; its version, identifiers and what a preprint's server stands in are set here.
    """
    first: dict[str, Identifier] = {}
    for mention in found:
        # A DOI that an address only implies stays a mention: the file itself does not give it.
        if mention.identifier.scheme != "doi" or mention.identifier.value in fields[mention.field].value.replace(
            "\\", ""
        ):
            first.setdefault(mention.identifier.scheme, mention.identifier)
    arxiv = first.get("arxiv")
    container = record.container_title
    server = record.server or server_of((container, record.publisher))
    elsewhere = container and not server_of((container,))
    if not elsewhere and not server and arxiv and record.type in _UNPUBLISHED:
        server = "arXiv"
    if server and not elsewhere:
        record = record._replace(
            version=Version.PREPRINT,
            type="misc",
            container_title="",
            publisher="" if server_of((record.publisher,)) else record.publisher,
            volume="" if record.volume.startswith("abs/") else record.volume,
            server=server,
            arxiv_class=eprint_class,
            identifiers=tuple(first.values()),
        )
        eprint, eprint_class = None, ""
    else:
        eprint = first.pop("arxiv", None)
        record = record._replace(server="", identifiers=tuple(first.values()))
    return Entry(key, record, eprint, eprint_class, annotation, type, fields, place, found, omitted)

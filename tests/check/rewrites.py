"""The catalog's records as others write them in .bib files: by hand, by Google Scholar, DBLP, ACM, Zotero, Mendeley."""

import re
from collections.abc import Callable, Iterator

from mhlit.formats.latex import encode
from mhlit.model import Name, Record, Version, Work
from mhlit.names import family_name
from mhlit.text import unaccented

Fields = dict[str, str]
Rewrite = Callable[[Record], str]


def entry(type: str, key: str, fields: Fields) -> str:
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{type}{{{key},\n{''.join(lines)}}}\n"


def names(record: Record, one: Callable[[Name], str]) -> str:
    return " and ".join(f"{{{name.literal}}}" if name.literal else one(name) for name in record.authors)


def inverted(name: Name) -> str:
    return f"{family_name(name)}, {name.given}"


def initials(name: Name) -> str:
    letters = [part[0] + "." for part in re.split(r"[\s.-]+", name.given) if part]
    return f"{family_name(name)}, {' '.join(letters)}"


def fused_initials(name: Name) -> str:
    return f"{family_name(name)}, {''.join(part[0].upper() for part in re.split(r'[ .-]+', name.given) if part)}"


def natural(name: Name) -> str:
    return f"{name.given} {family_name(name)}"


def first_given_only(name: Name) -> str:
    return f"{family_name(name)}, {name.given.split()[0]}" if name.given else family_name(name)


def year(record: Record) -> str:
    return str(record.issued.year) if record.issued else ""


def title_case(title: str) -> str:
    small = {"a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "with", "from", "by"}
    return " ".join(word if word in small else word[:1].upper() + word[1:] for word in title.split(" "))


def arxiv_of(record: Record) -> str:
    return record.identifier("arxiv")


def plain(record: Record, people: Callable[[Name], str] = inverted, /, **more: str) -> str:
    """Return an entry with the usual fields; `more` replaces or adds."""
    fields = {"title": record.title, "author": names(record, people)}
    if record.version is Version.PREPRINT:
        fields |= {"journal": f"arXiv preprint arXiv:{arxiv_of(record)}"} if arxiv_of(record) else {
            "howpublished": record.server
        }  # fmt: skip
        fields["year"] = year(record)
        return entry("article" if arxiv_of(record) else "misc", "key", fields | more)
    fields["journal" if record.type == "article" else "booktitle"] = record.container_title
    fields |= {"volume": record.volume, "number": record.issue, "pages": record.pages or record.article_number}
    fields |= {"year": year(record), "doi": record.identifier("doi")}
    return entry(record.type, "key", fields | more)


def google_scholar(record: Record) -> str:
    """Scholar's titles are in sentence case, its entries have no DOI, its pages two hyphens."""
    title = record.title[:1] + record.title[1:].lower()
    return plain(record, title=title, pages=record.pages.replace("-", "--") or record.article_number, doi="")


def dblp(record: Record) -> str:
    people = names(record, lambda name: f"{natural(name)} 0001").replace(" and ", " and\n               ")
    if record.version is Version.PREPRINT and arxiv_of(record):
        number = arxiv_of(record)
        fields = {"author": people, "title": record.title, "journal": "CoRR", "volume": f"abs/{number}"}
        fields |= {"year": year(record), "url": f"https://doi.org/10.48550/arXiv.{number}", "eprinttype": "arXiv"}
        fields |= {"eprint": number, "doi": f"10.48550/ARXIV.{number}", "timestamp": "Mon, 06 Nov 2023 08:01:02 +0100"}
        fields |= {"biburl": f"https://dblp.org/rec/journals/corr/abs-{number.replace('.', '-')}.bib"}
        return entry("article", f"DBLP:journals/corr/abs-{number.replace('.', '-')}", fields)
    return plain(record, author=people, bibsource="dblp computer science bibliography, https://dblp.org")


def acm(record: Record) -> str:
    series = {"series": f"{record.venue} '{year(record)[2:]}"} if record.type == "inproceedings" else {}
    return plain(
        record, url=f"https://doi.org/{record.identifier('doi')}" if record.identifier("doi") else "", numpages="12",
        keywords="mental health, large language models", location="Somewhere", abstract="We {\\em study} 90\\% of it.", **series,
    )  # fmt: skip


def zotero(record: Record) -> str:
    """Better BibLaTeX: braces around capitals, dates, a journal that is called journaltitle, an access date."""
    title = re.sub(r"(\w*[A-Z]\w*)", r"{{\1}}", encode(record.title))
    more = {"title": title, "date": year(record), "year": "", "urldate": "2025-11-02", "langid": "english"}
    more |= {"url": record.url or record.pdf, "keywords": "Computer Science - Computation and Language"}
    if record.version is Version.PREPRINT and arxiv_of(record):
        more |= {"eprint": arxiv_of(record), "eprinttype": "arXiv", "eprintclass": "cs.CL", "number": f"arXiv:{arxiv_of(record)}"}  # fmt: skip
        more |= {"publisher": "arXiv", "doi": f"10.48550/arXiv.{arxiv_of(record)}", "journal": ""}
        return plain(record, **more).replace("@article{", "@online{")
    return plain(record, **more).replace("journal =", "journaltitle =")


def mendeley(record: Record) -> str:
    return plain(
        record,
        title="{" + encode(record.title) + "}",
        author=encode(names(record, inverted)),
        file=":C$\\backslash$:/a b.pdf:pdf",
    )


def accents_dropped(record: Record) -> str:
    return plain(record, title=record.title, author=unaccented(names(record, inverted)))


def accents_as_latex(record: Record) -> str:
    author = names(record, inverted)
    for letter, written in {
        "é": "\\'{e}",
        "á": "\\'a",
        "ć": "\\'{c}",
        "ö": '\\"{o}',
        "ó": "{\\'{o}}",
        "ñ": "\\~n",
        "ü": '\\"u',
        "í": "\\'{\\i}",
    }.items():
        author = author.replace(letter, written)
    return plain(record, author=author)


def upgraded_by_hand(record: Record) -> str:
    """The arXiv entry with the venue written in, as people do."""
    return (
        plain(record, booktitle=f"{record.venue} {year(record)}", journal="")
        if record.type == "inproceedings"
        else plain(record)
    )


REWRITES: dict[str, Rewrite] = {
    "plain": plain,
    "initials": lambda record: plain(record, initials),
    "initials written together": lambda record: plain(record, fused_initials),
    "given names first": lambda record: plain(record, natural),
    "first given name only": lambda record: plain(record, first_given_only),
    "lower case": lambda record: plain(record, title=record.title.lower()),
    "title case": lambda record: plain(record, title=title_case(record.title)),
    "capitals": lambda record: plain(record, title=record.title.upper()),
    "short venue": upgraded_by_hand,
    "short venue alone": lambda record: plain(record, booktitle=record.venue, journal="") if record.type == "inproceedings" else plain(record),
    "pages with one hyphen": lambda record: plain(record, pages=record.pages.replace("-", "–") or record.article_number),
    "a URL and no DOI": lambda record: plain(record, doi="", url=record.url or record.pdf),
    "no number at all": lambda record: plain(record, doi="", volume="", number="", pages=""),
    "Google Scholar": google_scholar,
    "DBLP": dblp,
    "ACM": acm,
    "Zotero": zotero,
    "Mendeley": mendeley,
    "accents dropped": accents_dropped,
    "accents as LaTeX": accents_as_latex,
}  # fmt: skip


def records(work: Work) -> Iterator[Record]:
    yield from (record for record in (work.record, work.preprint) if record)

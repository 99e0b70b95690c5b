"""Each work corrupted in each way a rule knows, seeded: what is put in must be found, and nothing else.

A corruption gives the .bib text of one work, or None where the work has nothing to corrupt in that way.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from mhlit.cite import entry_of, writer
from mhlit.identifiers import url_of
from mhlit.likeness.titles import Likeness, likeness
from mhlit.model import Entry, Identifier, Name, Record, Work
from tests.check.rewrites import plain

Corruption = Callable[[Work, random.Random, Sequence[Work]], str | None]
# Names of nobody in the catalog.
STRANGERS = (
    Name("Oyelaran", "Femi"), Name("Kowalczyk", "Marta"), Name("Bergqvist", "Nils"), Name("Tanaka", "Reiko"),
    Name("Duval", "Camille"), Name("Ibarra", "Joaquín"), Name("Haugen", "Solveig"), Name("Papadakis", "Eleni"),
)  # fmt: skip
_WORDS = ("quantum", "maritime", "poultry", "volcanic", "origami", "basalt", "harpsichord", "glacier")


class Mutant(NamedTuple):
    """A corrupted entry, the corruption's name, the rule that must find it, and the work."""

    name: str
    rule: str
    work: Work
    text: str


def bib(record: Record, key: str = "key", eprint: Identifier | None = None) -> str:
    return writer("bibtex")([Entry(key, record, eprint)])


def exported(work: Work) -> str:
    return writer("bibtex")([entry_of(work)])


def changed(work: Work, **fields: object) -> str:
    entry = entry_of(work)
    return writer("bibtex")([entry._replace(record=entry.record._replace(**fields))])  # type: ignore[arg-type]  # by name


def with_authors(work: Work, authors: Sequence[Name]) -> str:
    return changed(work, authors=tuple(authors))


def first_author(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    return with_authors(work, [chance.choice(STRANGERS), *work.preferred.authors[1:]])


def first_author_of_a_cut_list(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    text = with_authors(work, [chance.choice(STRANGERS), Name(literal="others")])
    return text.replace("{others}", "others")


def author_left_out(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    authors = list(work.preferred.authors)
    if len(authors) < 2:
        return None
    del authors[chance.randrange(1, len(authors))]
    return with_authors(work, authors)


def author_added(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    authors = list(work.preferred.authors)
    authors.insert(chance.randrange(1, len(authors) + 1), chance.choice(STRANGERS))
    return with_authors(work, authors)


def author_replaced(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    authors = list(work.preferred.authors)
    if len(authors) < 2:
        return None
    authors[chance.randrange(1, len(authors))] = chance.choice(STRANGERS)
    return with_authors(work, authors)


def authors_in_another_order(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    authors = list(work.preferred.authors)
    if len(authors) < 3:
        return None
    place = chance.randrange(1, len(authors) - 1)
    authors[place], authors[place + 1] = authors[place + 1], authors[place]
    return with_authors(work, authors)


def author_misspelt(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    authors = list(work.preferred.authors)
    long = [place for place, name in enumerate(authors) if len(name.family) >= 6 and name.family.isalpha()]
    if not long:
        return None
    place = chance.choice(long)
    family = authors[place].family
    letter = chance.randrange(2, len(family) - 1)
    wrong = family[:letter] + chance.choice("xqwz") + family[letter + 1 :]
    authors[place] = authors[place]._replace(family=wrong)
    return with_authors(work, authors) if wrong != family else None


def authors_cut(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    authors = work.preferred.authors
    if len(authors) < 2:
        return None
    kept = authors[: chance.randrange(1, len(authors))]
    return with_authors(work, [*kept, Name(literal="others")]).replace("{others}", "others")


def title_word_replaced(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    words = work.preferred.title.split(" ")
    long = [place for place, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    words[chance.choice(long)] = chance.choice(_WORDS)
    return changed(work, title=" ".join(words))


def title_cut(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    words = work.preferred.title.split(" ")
    title = " ".join(words[: -chance.randrange(2, 4)]).rstrip(":,")
    others = [record.title for record in (work.record, work.preprint) if record]
    return changed(work, title=title) if len(words) > 8 and title not in others else None


def title_misspelt(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    words = work.preferred.title.split(" ")
    long = [place for place, word in enumerate(words) if len(word) > 6 and word.isalpha() and word.isascii()]
    place = chance.choice(long)
    word = words[place]
    letter = chance.randrange(2, len(word) - 2)
    words[place] = word[:letter] + word[letter + 1] + word[letter] + word[letter + 2 :]
    return changed(work, title=" ".join(words)) if words[place] != word else None


def title_in_lower_case(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    return changed(work, title=work.preferred.title.lower())


def title_of_the_preprint(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    if not work.record or not work.preprint or likeness(work.record.title, work.preprint.title) >= Likeness.WORDED:
        return None
    return changed(work, title=work.preprint.title)


def another_year(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    issued = work.preferred.issued
    if issued is None:
        return None
    return changed(work, issued=issued._replace(year=issued.year + chance.choice((-4, -3, 3, 4))))


def venue_of_another(work: Work, chance: random.Random, works: Sequence[Work]) -> str | None:
    if work.record is None:
        return None
    own = work.record
    others = [
        one.record
        for one in works
        if one.record and one.record.type == own.type and one.record.venue.split()[-1] != own.venue.split()[-1]
    ]
    other = chance.choice(others)
    return changed(work, container_title=other.container_title, venue=other.venue)


def edition_of_another_year(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    if work.record is None or work.record.type != "inproceedings" or work.record.issued is None:
        return None
    return changed(work, container_title=f"{work.record.venue} {work.record.issued.year - 2}")


def findings_for_main(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    if work.record is None or work.record.issued is None or not work.record.venue.startswith("Findings of "):
        return None
    return changed(work, container_title=f"{work.record.venue.removeprefix('Findings of ')} {work.record.issued.year}")


def main_for_findings(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    if work.record is None or work.record.issued is None or work.record.venue not in ("ACL", "EMNLP", "NAACL"):
        return None
    title = f"Findings of the Association for Computational Linguistics: {work.record.venue} {work.record.issued.year}"
    return changed(work, container_title=title)


def other_pages(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    record = work.preferred
    if record.pages:
        first, dash, last = record.pages.partition("-")
        if not dash or not first.isdigit() or not last.isdigit():
            return None
        return changed(work, pages=f"{int(first) + chance.choice((1, 10, 100))}-{int(last) + 100}")
    if record.article_number:
        return changed(work, article_number="", pages="1-13")
    return None


def other_volume(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    volume = work.preferred.volume
    return changed(work, volume=str(int(volume) + chance.choice((1, 2, 10)))) if volume.isdigit() else None


def other_issue(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    issue = work.preferred.issue
    return changed(work, issue=str(int(issue) + chance.choice((1, 2, 10)))) if issue.isdigit() else None


def doi_with_a_wrong_digit(work: Work, chance: random.Random, works: Sequence[Work]) -> str | None:
    doi = work.record.identifier("doi") if work.record else ""
    if not doi or not doi[-1].isdigit():
        return None
    wrong = doi[:-1] + str((int(doi[-1]) + chance.randrange(1, 10)) % 10)
    taken = {one.value.lower() for other in works for one in other.preferred.identifiers}
    return exported(work).replace(f"doi = {{{doi}}}", f"doi = {{{wrong}}}") if wrong.lower() not in taken else None


def doi_of_another(work: Work, chance: random.Random, works: Sequence[Work]) -> str | None:
    doi = work.record.identifier("doi") if work.record else ""
    other = chance.choice([one for one in works if one is not work and one.record and one.record.identifier("doi")])
    wrong = other.preferred.identifier("doi")
    return exported(work).replace(f"doi = {{{doi}}}", f"doi = {{{wrong}}}") if doi else None


def arxiv_id_with_a_wrong_digit(work: Work, chance: random.Random, works: Sequence[Work]) -> str | None:
    arxiv = work.preprint.identifier("arxiv") if work.preprint else ""
    if not arxiv:
        return None
    wrong = arxiv[:-1] + str((int(arxiv[-1]) + chance.randrange(1, 10)) % 10)
    return exported(work).replace(f"eprint = {{{arxiv}}}", f"eprint = {{{wrong}}}")


def anthology_address_of_another(work: Work, chance: random.Random, works: Sequence[Work]) -> str | None:
    acl = work.record.identifier("acl") if work.record else ""
    others = [one.record.identifier("acl") for one in works if one is not work and one.record]
    wrong = chance.choice([one for one in others if one])
    text = plain(work.preferred, url=f"https://aclanthology.org/{wrong}/")
    return text if acl else None


def title_of_a_stranger(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    record = work.preferred
    title = f"A {chance.choice(_WORDS)} survey of {chance.choice(_WORDS)} craft"
    stranger = record._replace(title=title, authors=(chance.choice(STRANGERS), chance.choice(STRANGERS)))
    text = bib(stranger, eprint=entry_of(work).eprint)
    return text if re.search(r"^  (?:doi|eprint) =", text, re.MULTILINE) else None


def placeholder(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    wrong = chance.choice(
        ("https://aclanthology.org/2025.acl-long.XXX", "https://arxiv.org/abs/XXXX.XXXXX", "https://openreview.net/forum?id=XXXX",
         "https://arxiv.org/abs/2503.XXXXX", "https://example.com/paper", "https://doi.org/10.xxxx/xxxxx", "https://arxiv.org/abs/")
    )  # fmt: skip
    return plain(work.preferred, url=wrong)


def landing_page(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    pages = [url_of(one) for one in work.preferred.identifiers if one.scheme in ("doi", "acl", "arxiv", "openreview")]
    return plain(work.preferred, pdf=chance.choice(pages)) if pages else None


def preprint_of_a_published_work(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    return bib(work.preprint) if work.preprint and work.record else None


def no_identifier(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    if not any(one.scheme in ("doi", "arxiv", "acl", "openreview") for one in work.preferred.identifiers):
        return None
    if work.record is None:
        return None
    return re.sub(r"  (?:doi|url|eprint|archivePrefix|primaryClass) = .*\n", "", exported(work))


def under_two_keys(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    return bib(work.preferred, "one") + "\n" + plain(work.preferred).replace("{key,", "{two,")


def key_twice(work: Work, chance: random.Random, works: Sequence[Work]) -> str | None:
    other = chance.choice([one for one in works if one is not work])
    return bib(work.preferred, "Key") + "\n" + bib(other.preferred, "key")


def no_year(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    return re.sub(r"  year = .*\n", "", exported(work)) if work.record else None


def no_venue(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    return re.sub(r"  (?:booktitle|journal) = .*\n", "", exported(work)) if work.record else None


def brace_never_closed(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    return re.sub(r"(  author = .*)\},\n", r"\1,\n", exported(work), count=1)


def comma_missing(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    return re.sub(r"(  title = .*)\},\n", r"\1}\n", exported(work), count=1)


def underscore_escaped(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    address = work.preferred.url or work.preferred.pdf
    return plain(work.preferred, url=f"{address}?a\\_b=1")


def braces_taken_off(work: Work, chance: random.Random, _: Sequence[Work]) -> str | None:
    return plain(work.preferred) if re.search(r"[a-z][A-Z]|[A-Z]{2}", work.preferred.title) else None


CORRUPTIONS: tuple[tuple[str, Corruption], ...] = (
    ("wrong-first-author", first_author),
    ("wrong-first-author", first_author_of_a_cut_list),
    ("wrong-authors", author_left_out),
    ("wrong-authors", author_added),
    ("wrong-authors", author_replaced),
    ("wrong-authors", authors_in_another_order),
    ("wrong-authors", author_misspelt),
    ("truncated-authors", authors_cut),
    ("wrong-title", title_word_replaced),
    ("wrong-title", title_cut),
    ("wrong-title", title_misspelt),
    ("title-case", title_in_lower_case),
    ("preprint-title", title_of_the_preprint),
    ("wrong-year", another_year),
    ("wrong-venue", venue_of_another),
    ("wrong-venue", edition_of_another_year),
    ("wrong-venue", findings_for_main),
    ("wrong-venue", main_for_findings),
    ("wrong-pages", other_pages),
    ("wrong-volume", other_volume),
    ("wrong-issue", other_issue),
    ("wrong-doi", doi_with_a_wrong_digit),
    ("wrong-doi", doi_of_another),
    ("wrong-doi", arxiv_id_with_a_wrong_digit),
    ("wrong-url", anthology_address_of_another),
    ("identifier-conflict", title_of_a_stranger),
    ("placeholder-url", placeholder),
    ("landing-page-as-pdf", landing_page),
    ("published-version-exists", preprint_of_a_published_work),
    ("missing-identifier", no_identifier),
    ("duplicate-work", under_two_keys),
    ("duplicate-key", key_twice),
    ("missing-field", no_year),
    ("missing-field", no_venue),
    ("syntax", brace_never_closed),
    ("syntax", comma_missing),
    ("escaped-identifier", underscore_escaped),
    ("unprotected-acronym", braces_taken_off),
)
# What else is true of a corrupted entry, by the corruption's rule: it is no false alarm.
ALSO_TRUE = {
    "wrong-first-author": {"truncated-authors", "wrong-authors"},
    "missing-field": {"published-version-exists", "wrong-year"},
    "wrong-authors": {"wrong-first-author"},
}


def mutants(works: Sequence[Work], seed: int) -> Iterator[Mutant]:
    """Yield every work corrupted in every way it can be; the same seed gives the same texts."""
    for rule, corrupt in CORRUPTIONS:
        chance = random.Random(f"{seed} {corrupt.__name__}")
        for work in works:
            text = corrupt(work, chance, works)
            if text is not None:
                yield Mutant(corrupt.__name__, rule, work, text)

"""Records as references in the usual styles, written from the styles' own rules; what is read back must be the record."""

from collections.abc import Callable

from mhlit.model import Name, Record, Version
from mhlit.names import family_name


def initials(name: Name, between: str = " ", stop: str = ".") -> str:
    letters = [word[0].upper() for word in name.given.replace("-", " ").replace(".", " ").split()]
    return between.join(letter + stop for letter in letters)


def joined(names: list[str], last: str, between: str = ", ") -> str:
    return names[0] if len(names) == 1 else between.join(names[:-1]) + last + names[-1]


def year(record: Record) -> int:
    return record.issued.year if record.issued else 0


def pages(record: Record, dash: str = "–") -> str:
    return (record.pages or record.article_number).replace("-", dash)


def issue(record: Record) -> str:
    return f"({record.issue})" if record.issue else ""


def arxiv(record: Record) -> str:
    return f"arXiv preprint arXiv:{record.identifier('arxiv')}"


def apa(record: Record) -> str:
    people = [f"{family_name(name)}, {initials(name)}" for name in record.authors]
    who = joined(people, ", & ") if len(people) < 8 else ", ".join(people[:6]) + f", ... & {people[-1]}"
    head = f"{who} ({year(record)}). {record.title}{'' if record.title.endswith('?') else '.'}"
    if record.version is Version.PREPRINT:
        return f"{head} *{arxiv(record)}*."
    if record.type == "article":
        return f"{head} *{record.container_title}*, *{record.volume}*{issue(record)}, {pages(record)}."
    return f"{head} In *{record.container_title}*" + (f" (pp. {pages(record)})." if record.pages else ".")


def mla(record: Record) -> str:
    first = record.authors[0]
    people = [f"{family_name(first)}, {first.given}"] + [
        f"{name.given} {family_name(name)}" for name in record.authors[1:]
    ]
    who = f"{people[0]}, et al." if len(people) > 2 else ", and ".join(people) + "."
    title = record.title.replace("“", "‘").replace("”", "’").replace('"', "'")
    head = f"{who} “{title}{'' if title.endswith('?') else '.'}”"
    if record.version is Version.PREPRINT:
        return f"{head} *{arxiv(record)}* ({year(record)})."
    number = (
        f"vol. {record.volume}, " + (f"no. {record.issue}, " if record.issue else "")
        if record.type == "article"
        else ""
    )
    return f"{head} *{record.container_title}*, {number}{year(record)}" + (
        f", pp. {pages(record)}." if pages(record) else "."
    )


def gb_t(record: Record) -> str:
    people = [f"{family_name(name).upper()} {initials(name, ' ', '')}" for name in record.authors]
    who = ", ".join(people[:3]) + (", et al" if len(people) > 3 else "")
    if record.version is Version.PREPRINT:
        return f"[1] {who}. {record.title}[J]. {arxiv(record)}, {year(record)}."
    if record.type == "article":
        number = f"{record.volume}{issue(record)}"
        return (
            f"[1] {who}. {record.title}[J]. {record.container_title}, {year(record)}, {number}: {pages(record, '-')}."
        )
    return f"[1] {who}. {record.title}[C]//{record.container_title}. {year(record)}" + (
        f": {pages(record, '-')}." if record.pages else "."
    )


def acl(record: Record) -> str:
    people = [f"{name.given} {family_name(name)}" for name in record.authors]
    who = joined(people, ", and " if len(people) > 2 else " and ")
    head = f"{who}. {year(record)}. {record.title}{'' if record.title.endswith('?') else '.'}"
    if record.version is Version.PREPRINT:
        return f"{head} {arxiv(record)}."
    if record.type == "article":
        return f"{head} *{record.container_title}*, {record.volume}{issue(record)}:{pages(record)}."
    return f"{head} In *{record.container_title}*" + (f", pages {pages(record)}." if record.pages else ".")


def ieee(record: Record) -> str:
    people = [f"{initials(name)} {family_name(name)}" for name in record.authors]
    who = f"{people[0]} et al." if len(people) > 6 else joined(people, ", and " if len(people) > 2 else " and ")
    title = record.title.replace("“", "‘").replace("”", "’").replace('"', "'")
    head = f"[1] {who}, “{title}{'' if title.endswith('?') else ','}”"
    if record.version is Version.PREPRINT:
        return f"{head} {arxiv(record)}, {year(record)}."
    if record.type == "article":
        number = f"vol. {record.volume}, " + (f"no. {record.issue}, " if record.issue else "")
        page = f"pp. {pages(record)}" if record.pages else f"Art. no. {record.article_number}"
        return f"{head} *{record.container_title}*, {number}{page}, {year(record)}."
    return f"{head} in *{record.container_title}*, {year(record)}" + (
        f", pp. {pages(record)}." if record.pages else "."
    )


def vancouver(record: Record) -> str:
    people = [f"{family_name(name)} {initials(name, '', '')}" for name in record.authors]
    who = ", ".join(people[:6]) + (", et al" if len(people) > 6 else "")
    head = f"1. {who}. {record.title}{'' if record.title.endswith('?') else '.'}"
    if record.version is Version.PREPRINT:
        return f"{head} {arxiv(record)}. {year(record)}."
    if record.type == "article":
        return f"{head} {record.container_title}. {year(record)};{record.volume}{issue(record)}:{pages(record)}."
    return f"{head} In: {record.container_title}. {year(record)}" + (f". p. {pages(record)}." if record.pages else ".")


STYLES: dict[str, Callable[[Record], str]] = {
    "apa": apa,
    "mla": mla,
    "gb-t-7714": gb_t,
    "acl": acl,
    "ieee": ieee,
    "vancouver": vancouver,
}

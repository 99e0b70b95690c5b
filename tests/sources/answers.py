"""Answers in the documented formats of Crossref, arXiv and the Anthology, about works of this catalog or made-up ones."""

from typing import Any
from xml.sax.saxutils import escape

from tests.sources.server import Reply, as_json, as_text, as_xml

MENTALLAMA = "MentaLLaMA: Interpretable Mental Health Analysis on Social Media with Large Language Models"
PEOPLE = ("Kailai Yang", "Tianlin Zhang", "Ziyan Kuang", "Qianqian Xie", "Jimin Huang", "Sophia Ananiadou")


def crossref_item(doi: str, title: str, authors: tuple[str, ...] = ("Ada Doe",), **more: Any) -> dict[str, Any]:
    """A work as Crossref tells it; `more` has members by their names, `-` written as `_`."""
    people = [dict(zip(("given", "family"), one.rsplit(" ", 1), strict=True)) for one in authors]
    item = {
        "DOI": doi,
        "type": "journal-article",
        "title": [title],
        "author": [{**one, "sequence": "additional", "affiliation": []} for one in people],
        "container-title": ["Journal of Made-up Results"],
        "published-print": {"date-parts": [[2024, 5, 13]]},
        "issued": {"date-parts": [[2024, 5]]},
        "publisher": "Made-up Press",
    }
    return item | {name.replace("_", "-"): value for name, value in more.items()}


def crossref(doi: str, title: str, authors: tuple[str, ...] = ("Ada Doe",), **more: Any) -> Reply:
    message = crossref_item(doi, title, authors, **more)
    return as_json({"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": message})


def crossref_list(*items: dict[str, Any]) -> Reply:
    message = {"total-results": len(items), "items-per-page": 20, "items": list(items)}
    return as_json({"status": "ok", "message-type": "work-list", "message": message})


def arxiv_entry(
    identity: str, title: str, authors: tuple[str, ...] = ("Ada Doe",), published: str = "2023-09-24", **more: str
) -> str:
    """An entry of arXiv's feed; `more` has elements of its own namespace: doi, journal_ref, comment."""
    people = "".join(f"<author><name>{escape(one)}</name></author>" for one in authors)
    own = "".join(
        f'<arxiv:{name} xmlns:arxiv="http://arxiv.org/schemas/atom">{escape(value)}</arxiv:{name}>'
        for name, value in more.items()
    )
    return (
        f"<entry><id>http://arxiv.org/abs/{identity}v2</id><updated>2024-02-04T14:12:11Z</updated>"
        f"<published>{published}T06:49:00Z</published><title>{escape(title)}</title><summary>Made up.</summary>"
        f'{people}{own}<link href="http://arxiv.org/abs/{identity}v2" rel="alternate" type="text/html"/>'
        '<arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.CL" '
        'scheme="http://arxiv.org/schemas/atom"/><category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/></entry>'
    )


def arxiv(*entries: str) -> Reply:
    feed = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        '<title type="html">ArXiv Query</title><id>http://arxiv.org/api/made-up</id>'
        f"<updated>2025-01-01T00:00:00-05:00</updated>{''.join(entries)}</feed>"
    )
    return as_xml(feed, type="application/atom+xml; charset=UTF-8")


def anthology(identity: str, key: str, title: str, authors: str = "Doe, Ada", **more: str) -> Reply:
    fields = {
        "title": title,
        "author": authors,
        "booktitle": "Proceedings of the 62nd Annual Meeting of the Association for Computational Linguistics"
        " (Volume 1: Long Papers)",
        "month": "aug",
        "year": "2024",
        "address": "Bangkok, Thailand",
        "publisher": "Association for Computational Linguistics",
        "url": f"https://aclanthology.org/{identity}/",
        "doi": f"10.18653/v1/{identity}",
        "pages": "1--15",
    } | more
    written = {name: value if name == "month" else f'"{value}"' for name, value in fields.items()}
    lines = ",\n".join(f"    {name} = {value}" for name, value in written.items())
    return as_text(f"@inproceedings{{{key},\n{lines}\n}}\n")


def mentallama() -> Reply:
    """The published version of a work that the catalog has too."""
    return crossref(
        "10.1145/3589334.3648137",
        MENTALLAMA,
        PEOPLE,
        type="proceedings-article",
        container_title=["Proceedings of the ACM Web Conference 2024"],
        page="4489-4500",
        publisher="ACM",
        publisher_location="New York, NY, USA",
        ISBN=["9798400701719"],
    )


def mentallama_preprint(**more: str) -> Reply:
    return arxiv(arxiv_entry("2309.13567", MENTALLAMA, PEOPLE, **more))

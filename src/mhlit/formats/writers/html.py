"""Write a reference list for people to read, as an HTML page: a list item a reference, with links."""

from collections.abc import Iterable
from html import escape

from mhlit.formats.writers.readable import readable, sentence
from mhlit.model import Entry


def write(entries: Iterable[Entry]) -> str:
    """Return the entries as a page."""
    return page("ul", ((entry.key, _item(entry)) for entry in entries))


def page(list_tag: str, items: Iterable[tuple[str, str]]) -> str:
    """Return a page with a list of items, each an id and its HTML."""
    lines = "".join(f'<li id="{escape(key)}">{item}</li>\n' for key, item in items)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>References</title></head>\n<body>\n'
        f'<{list_tag} class="references">\n{lines}</{list_tag}>\n</body>\n</html>\n'
    )


def link(label: str, url: str) -> str:
    """Return a link; an address that is not of the web is not one."""
    if not url.startswith(("https://", "http://")):
        return label
    return f'<a href="{escape(url)}">{label}</a>'


def _item(entry: Entry) -> str:
    one = readable(entry)
    container = f"<cite>{escape(one.container)}</cite>" if one.container else ""
    where = ", ".join(part for part in (container, escape(one.details)) if part)
    links = " · ".join(link(escape(label), url) for label, url in one.links)
    parts = (sentence(escape(one.authors)), f"<strong>{sentence(escape(one.title))}</strong>", sentence(where), links)
    return " ".join(part for part in parts if part)

"""Write a reference list for people to read, in Markdown (CommonMark): a list item a reference, with links."""

import re
from collections.abc import Iterable

from mhlit.formats.writers.readable import readable, sentence
from mhlit.model import Entry

_SIGNS = re.compile(r"[\\`*_\[\]<>|~$^]|&(?=#?\w+;)")
# Signs that mean something only where a line begins.
_FIRST = re.compile(r"^([-+=]|#+|\d+[.)])(?=\s|$)")


def escape(text: str) -> str:
    """Return text in which nothing is markup."""
    text = _SIGNS.sub(r"\\\g<0>", text)
    return _FIRST.sub(lambda found: f"{found.group()[:-1]}\\{found.group()[-1]}", text)


def link(label: str, url: str) -> str:
    """Return a link; an address with a space or an angle bracket, which would end it, is percent-encoded."""
    url = url.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20").replace("\\", "%5C")
    return f"[{escape(label)}](<{url}>)" if re.search(r"[()]", url) else f"[{escape(label)}]({url})"


def write(entries: Iterable[Entry]) -> str:
    """Return the entries, one a list item."""
    return "".join(f"- {_item(entry)}\n" for entry in entries)


def _item(entry: Entry) -> str:
    one = readable(entry)
    container = f"*{escape(one.container)}*" if one.container else ""
    where = ", ".join(part for part in (container, escape(one.details)) if part)
    links = " · ".join(link(label, url) for label, url in one.links)
    parts = (f"**{sentence(escape(one.title))}**", sentence(escape(one.authors)), sentence(where), links)
    return " ".join(part for part in parts if part)

"""Pages, links and text of the site: everything escaped, nothing allowed that the page does not hold itself.

Source of the policy: W3C, Content Security Policy Level 3, with the hashes of the page's own style and script.
"""

import base64
import hashlib
import json
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from mhlit import __version__
from mhlit.text import printable

TITLE = "Language models and mental health"
_ICON = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'>"
    "<path d='M2 2h5v12H2zM8 4h3v10H8zM12 3h2v11h-2z' fill='%23496a78'/></svg>"
)


class Page(NamedTuple):
    """What a page consists of."""

    title: str
    head: str
    """Further elements of its head, as HTML."""
    body: str
    """Its body, as HTML."""
    scripts: tuple[str, ...]
    """Files of its script, beside this module."""


def text(value: str) -> str:
    """Return text from a record as HTML: escaped, on one line, without control characters."""
    return escape(printable(value))


def block(value: str) -> str:
    """Return text of several lines as HTML."""
    return "\n".join(text(line) for line in value.split("\n"))


def link(label: str, url: str) -> str:
    """Return a link, its label given as HTML; an address that is not of the web is not one."""
    if not url.startswith(("https://", "http://")):
        return label
    return f'<a href="{text(url)}">{label}</a>'


def file_name(key: str) -> str:
    """Return the name of a work's page; whatever a key holds, it is a file's name and no path."""
    return f"{quote(key, safe='')}.html"


def work_address(key: str) -> str:
    """Return the relative address of a work's page, as HTML."""
    return text(f"works/{quote(file_name(key))}")


def data(value: Any) -> str:
    """Return JSON-LD as a script element that no text in it can close."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{printable(written)}</script>'


def write(page: Page) -> str:
    """Return a whole page."""
    style, script = _file("site.css"), "".join(_file(name) for name in page.scripts)
    allowed = f"style-src {_hash(style)}; script-src {_hash(script)}; img-src data:"
    policy = f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="mhlit {__version__}">\n'
        f'<title>{text(page.title)}</title>\n<link rel="icon" href="{escape(_ICON)}">\n'
        f"<style>{style}</style>\n{page.head}</head>\n<body>\n{page.body}"
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


@cache
def _file(name: str) -> str:
    """Return a style or script without what only its reader needs: indentation and lines of comment."""
    lines = map(str.strip, Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith(("//", "/*")))

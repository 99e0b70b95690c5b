"""Shapes that the listings of an awesome list may have, and what may be done to a whole list without changing its works.

The shapes were seen in lists of the field; the sentences around the listings are made up.
"""

import re
import textwrap
from collections.abc import Callable
from typing import NamedTuple

from mhlit.model import Listing


class Told(NamedTuple):
    """The parts of a listing, as its list has them."""

    line: str
    title: str
    authors: str
    venue: str
    year: str
    url: str

    def set(self, shape: str) -> str:
        """Return the listing in another shape."""
        folded = textwrap.wrap(self.line, 80, break_long_words=False, break_on_hyphens=False)
        others = {"name": self.title.partition(":")[0], "wrapped": "\n".join(folded), "indented": "\n  ".join(folded)}
        return shape.format(**self._asdict(), **others, escaped=_escaped(self.line))


_COUNSELING = re.compile(
    r"\*\*(?P<title>.+?)\*\* — (?P<first>.+?) \*et al\.\*, (?P<venue>.+?) (?P<year>\d{4})[^.]*\. \[\[link\]\]\((?P<url>[^)]*)\)"
)
_APA = re.compile(
    r"(?P<authors>.+?) \((?P<year>\d{4})[^)]*\)\. (?P<title>.+?[.?])\.? (?:In )?(?P<venue>\*.+?)\.? ?\[\[PDF\]\((?P<url>[^)]*)\)\]"
)


def told(listing: Listing) -> Told | None:
    """Take a listing of an origin list apart; None for the few that are in no style."""
    line = listing.as_listed
    if found := _COUNSELING.fullmatch(line):
        return Told(line, found["title"], f"{found['first']} et al.", found["venue"], found["year"], found["url"])
    if found := _APA.fullmatch(line):
        venue = found["venue"].replace("*", "")
        return Told(line, found["title"].rstrip("."), found["authors"], venue, found["year"], found["url"])
    return None


def _escaped(line: str) -> str:
    parts = re.split(r"(\]\([^)]*\))", line)
    return "".join(part if part.startswith("](") else re.sub(r"([.#+!~-])(?=\s|\w)", r"\\\1", part) for part in parts)


SHAPES = {
    "bold, a dash": "* **{title}** — {authors}, {venue} {year}. [[link]]({url})\n",
    "bold and italics by underscores": "* __{title}__ - _{authors}_, {venue} {year}. [[link]]({url})\n",
    "italics": "* *{title}* - {authors}. {venue}, {year}. [[link]]({url})\n",
    "a linked bold title": "- **[{title}]({url})** ({venue} {year}) - {authors}\n",
    "hard line breaks": "- [{title}]({url})\\\n  {authors}\\\n  *{venue} {year}*\n",
    "breaks of HTML": "* **{title}**<br>{authors}<br>*{venue}, {year}* <br> [[Paper]({url})]\n",
    "a title, and items of labels": "**{title}**\n\n- PDF: {url}\n- Authors: {authors}\n- Published in: {venue} {year}\n\n",
    "a linked title, and items of labels": "**[{title}]({url})**\n- Authors: {authors}\n- Published in: {venue}, {year}\n- Code: https://github.com/made/up\n\n",
    "a numbered and linked heading": "### 1. [{title}]({url})\n**Summary**: It does things in 2019, as Bo Ng and Zoë Abel did.\n\n",
    "a heading and lines": "#### {title}\n\n*{authors}*\n\n{venue} {year} [[paper]]({url})\n\n",
    "a heading and a line": "### {title}\n{authors}. {venue}, {year}. [link]({url})\n\n",
    "a heading and labels": "### {title}\n\n* **Authors**: {authors}\n* **Year**: {year}\n* **Venue**: {venue}\n* **Link**: {url}\n* **Summary**: It does things for people.\n\n",
    "a heading and lines of labels": "### {title}\n\n**Authors:** {authors}  \n**Year:** {year}  \n**Venue:** {venue}  \n**Link:** <{url}>\n\n",
    "a label for the title too": "1. **Title**: {title}\n   - **Authors**: {authors}\n   - **Year**: {year}\n   - **Venue**: {venue}\n   - **Link**: {url}\n",
    "below a date": "- **[{year}.02.07]**\n    - Paper: [{title}]({url}) {venue} {year}\n",
    "a venue as code": "- `{venue} {year}` {title}. {authors}. [[pdf]]({url}) [[code]](https://github.com/made/up)\n",
    "links and nothing else": "- {title}, {year}. [[pdf]]({url}) [[code]](https://github.com/made/up)\n",
    "badges": "- **{title}**, {authors}, {venue} {year} [![arXiv](https://img.shields.io/badge/arXiv-PDF-red)]({url}) [![Stars](https://img.shields.io/github/stars/made/up?style=social)](https://github.com/made/up)\n",
    "a remark behind": "- **{title}** — {authors}, {venue} {year}. [[link]]({url}) — a note of the keeper's: read this first!\n",
    "a summary behind": "- [{title}]({url}) - {authors} ({venue}, {year}). *Introduces a corpus of dialogues in the style of 2019.*\n",
    "items below": "- **{title}**\n  - {authors}\n  - {venue} {year}\n  - [Paper]({url})\n",
    "items of labels below": "- [{title}]({url})\n    - *Authors*: {authors}\n    - *Venue*: {venue} {year}\n    - *TL;DR*: A corpus.\n",
    "emoji": "- 📄 **{title}** 🔥 — {authors}, *{venue}* {year} 🔗 [paper]({url}) ⭐\n",
    "the year first": "- ({year}) {title}. {authors}. {venue}. [[PDF]({url})]\n",
    "the bold year first": "- **{year}** - {authors} - [{title}]({url}) - *{venue}*\n",
    "quoted": '- {authors} "{title}." *{venue}* ({year}). [[PDF]({url})]\n',
    "the style of ACL": "{authors} {year}. {title}. In *{venue}*. [[PDF]({url})]\n\n",
    "an item of HTML": '<li><b>{title}</b> — {authors}, {venue} {year}. <a href="{url}">[link]</a></li>\n',
    "a paragraph of HTML": '<p><strong>{title}</strong><br/>{authors}<br/>{venue} {year}<br/><a href="{url}">paper</a></p>\n\n',
    "folded away": "<details>\n<summary><b>{title}</b> ({venue} {year})</summary>\n\n{authors}. [[paper]]({url})\n\n</details>\n\n",
    "a paragraph": "{title}. {authors}. {venue} {year}. [[link]]({url})\n\n",
    "wrapped": "- {indented}\n",
    "a wrapped paragraph": "{wrapped}\n\n",
    "escapes": "- {escaped}\n",
    "a quotation of an item": "> - {line}\n",
    "comments": "<!-- added in 2024 -->\n- {line} <!-- checked 2025 -->\n",
    "a name and a citation": "### {name}\n\nA few words on what it does.\n\n- Cite: {line}\n- Code: [GitHub](https://github.com/made/up)\n\n",
    "a heading below for the citation": "### {title}\n\n#### Cite\n\n{line}\n\n",
    "a folded citation": "### {title}\n\nWords of an abstract of 2024.\n\n<details>\n<summary>Cite</summary>\n\n{line}\n\n</details>\n\n",
    "a citation as code": "### {title}\n\n```text\n{line}\n```\n\n",
}  # fmt: skip
ROWS = {
    "columns": ("| Title | Authors | Venue | Year | Link |\n|---|---|---|---|---|\n", "| {title} | {authors} | {venue} | {year} | [link]({url}) |\n"),
    "one column of all": ("| Year | Paper | Notes |\n|--|--|--|\n", "| {year} | **{title}** <br> {authors} <br> *{venue}* | [PDF]({url}) |\n"),
    "no outer bars": ("Title | Source | Code\n--- | --- | ---\n", "{title} | [{venue}]({url}) | [code](https://github.com/made/up)\n"),
    "a column of references": ("| # | Name | Reference |\n|--|--|--|\n", "| 1 | {name} | {line} |\n"),
    "a publication in brackets": ("| Resource | Publication | Link |\n|--|--|--|\n", "| {name} | {title} ({authors}, {venue} {year}) | [link]({url}) |\n"),
    "rows of HTML": ("<table>\n<tr><th>Title</th><th>Authors</th><th>Venue</th></tr>\n", '<tr><td><a href="{url}">{title}</a></td><td>{authors}</td><td>{venue} {year}</td></tr>\n'),
}  # fmt: skip

# What may stand in a list beside its listings.
ABOVE = """[![Awesome](https://awesome.re/badge.svg)](https://awesome.re) ![stars](https://img.shields.io/github/stars/made/up)

A curated list of papers on language models for counseling. Contributions are welcome!

## Contents

- [Datasets](#datasets)
  - [Human-annotated](#human)
- [Models](#models)

"""
BELOW = """
## Contributing

Please read [the guide](CONTRIBUTING.md) and open a [pull request](https://github.com/made/up/pulls).

1. Fork the repository and make a branch.
2. Add your paper in the right section in alphabetical order.

## Contributors

<a href="https://github.com/made/up/graphs/contributors"><img src="https://contrib.rocks/image?repo=made/up" /></a>

- [Zoë Abel](https://github.com/zoe) (2024)

## Star History

[![Star History Chart](https://api.star-history.com/svg?repos=made/up&type=Date)](https://star-history.com/#made/up&Date)

## License

[![CC0](https://i.creativecommons.org/p/zero/1.0/88x31.png)](https://creativecommons.org/publicdomain/zero/1.0/)
"""


def _garbled(code: str) -> Callable[[str], bytes]:
    return lambda text: text.encode("utf-8").decode(code).encode("utf-8")


def _headings(to: str) -> Callable[[str], bytes]:
    return lambda text: re.sub(r"(?m)^#+ (.*)$", to, text).encode("utf-8")


# What may be done to a file without changing its listings.
FILES: dict[str, Callable[[str], bytes]] = {
    "ends of lines of Windows": lambda text: text.replace("\n", "\r\n").encode("utf-8"),
    "ends of lines of the old Macintosh": lambda text: text.replace("\n", "\r").encode("utf-8"),
    "a byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode("utf-8"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "garbled by Latin-1": _garbled("latin-1"),
    "garbled by Mac OS Roman": _garbled("mac_roman"),
    "spaces that do not break": lambda text: re.sub(r"(?m)(?<=\w) (?=\w)", "\u00a0", text).encode("utf-8"),
    "no end of the last line": lambda text: text.rstrip().encode("utf-8"),
    "deeper headings": _headings(r"#### \1"),
    "underlined headings": _headings(r"\1\n-------"),
    "headings of HTML": _headings(r"<h2 align='center'>\1</h2>"),
    "bold lines for headings": _headings(r"**\1**\n"),
    "renamed headings": _headings(r"# Another heading"),
    "no headings": _headings(""),
    "front matter": lambda text: f"---\ntitle: A list\ndate: 2025-01-01\n---\n\n{text}".encode(),
    "all else that a list has": lambda text: f"{ABOVE}{text}{BELOW}".encode(),
    "other quotation marks": lambda text: text.replace("’", "'").replace("“", '"').replace("”", '"').encode(),
    "definitions of links": lambda text: f"{text}\n[1]: https://arxiv.org/abs/2501.99999\n".encode(),
}

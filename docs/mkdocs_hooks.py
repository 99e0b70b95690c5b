"""What MkDocs is told beside mkdocs.yml: the pages that stand outside docs/, and links that fit the site.

Pages are written so that their links lead somewhere in the repository; here each is turned to its place in the site.
"""

import posixpath
import re
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parent.parent
# Files outside docs/ and their places in the site.
OUTSIDE = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "NOTICE": "notice.txt",
    "catalog/README.md": "catalog/index.md",
    **{f"catalog/{file.name}": f"catalog/{file.name}" for file in ROOT.glob("catalog/*.toml")},
    **{f"src/mhlit/schemas/{file.name}": f"schemas/{file.name}" for file in ROOT.glob("src/mhlit/schemas/*.json")},
}
DECISIONS = "decisions/index.md"
# In a table, where GitHub takes the backslash away and Python-Markdown does not.
_CODE_WITH_BARS = re.compile(r"`([^`\n]*\\\|[^`\n]*)`")
_LINK = re.compile(r"(?<=\]\()([^)\s#]+)(?=[)#])")
_INSIDE = {place: source for source, place in OUTSIDE.items()}


def on_files(files: Files, config: Any) -> Files:
    """Add the files from outside, and the list of decisions."""
    for source, place in OUTSIDE.items():
        text = (ROOT / source).read_text(encoding="utf-8")
        files.append(File.generated(config, place, content=text))
    files.append(File.generated(config, DECISIONS, content=decisions()))
    return files


def decisions() -> str:
    """Return the page that lists the decisions."""
    pages = sorted((ROOT / "docs/decisions").glob("0*.md"))
    titles = (page.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ") for page in pages)
    lines = (f"- [{title}]({page.name})\n" for title, page in zip(titles, pages, strict=True))
    return "# Decisions\n\nWhat others will ask about, a page each.\n\n" + "".join(lines)


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Turn links within the repository to links within the site, and bars in code to what tables can hold."""
    place = page.file.src_uri
    folder = posixpath.dirname(_INSIDE.get(place, f"docs/{place}"))
    turned = _LINK.sub(lambda found: _turned(found[1], folder, posixpath.dirname(place)), markdown)
    return _CODE_WITH_BARS.sub(lambda found: f"<code>{escape(found[1])}</code>".replace("\\|", "&#124;"), turned)


def _turned(target: str, folder: str, here: str) -> str:
    """Return a link from a page of the folder `here` of the site, given as it stands in `folder` of the repository."""
    source = posixpath.normpath(posixpath.join(folder, target))
    if "://" in target or not (ROOT / source).exists():
        return target
    place = OUTSIDE.get(source) or (DECISIONS if source == "docs/decisions" else source.removeprefix("docs/"))
    return posixpath.relpath(place, here or ".")

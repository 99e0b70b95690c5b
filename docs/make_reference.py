"""Write what the docs tell of the program from the program itself: options, members of JSON, man pages.

A page may hold blocks between `<!-- begin NAME -->` and `<!-- end NAME -->`; what stands in them is made here, the
rest is written by people. `python docs/make_reference.py` writes all of it; with --check it exits 1 where a file is not
what the program is today.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from textwrap import fill

import catalogued
import manual
from described import ENVIRONMENT, Command, Member, Option, commands, members, program_options, schemas, shared_filters

from mhlit.cite import FORMATS, entry_of, writer
from mhlit.cite.styles import STYLES, Style, compose
from mhlit.errors import EXIT_CODES
from mhlit.model import Version
from mhlit.settings import SETTINGS, shown
from mhlit.sources.joining import TRUST
from mhlit.sources.provenance import title_of

DOCS = Path(__file__).parent
ROOT = DOCS.parent
# A work that every style and format has something to say about.
EXAMPLE = next(work for work in catalogued.CATALOG.works if work.key == "hu-etal-2025-psycollm")
BLOCK = re.compile(r"<!-- begin ([\w-]+) -->\n.*?<!-- end \1 -->", re.DOTALL)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def prose(text: str) -> str:
    """Return a paragraph as the pages have it."""
    return fill(text, 120, break_long_words=False, break_on_hyphens=False)


def exit_codes() -> str:
    """Return the table of exit codes."""
    return table(("code", "means"), ((str(code), means) for code, means in EXIT_CODES.items()))


def environment() -> str:
    """Return the table of variables."""
    return table(("variable", "what it is"), ((f"`{name}`", says) for name, says in ENVIRONMENT.items()))


def settings() -> str:
    """Return the table of settings."""
    rows = ((f"`{one.name}`", f"`{shown(one.default)}`", one.help) for one in SETTINGS)
    return table(("setting", "default", "what it does"), rows)


def styles() -> str:
    """Return the table of styles."""
    return table(("style", "what it is"), ((f"`{name}`", line) for name, (_, line) in STYLES.items()))


def format_examples() -> str:
    """Return one work in every format."""
    parts = []
    for name in FORMATS:
        text = writer(name)([entry_of(EXAMPLE)])
        parts.append(f"### {name}\n\n```text\n{text.strip()}\n```\n".replace("\r\n", "\n"))
    return "\n".join(parts)


def style_examples() -> str:
    """Return one work in every style: in the list of references and in the text."""
    parts = []
    for name in STYLES:
        style, entries = Style(name), [entry_of(EXAMPLE)]
        shown = compose(style.references(entries), "markdown"), compose(style.citations(entries), "markdown")
        parts.append(f"### {name}\n\n> {shown[0]}>\n> {shown[1]}")
    return "\n".join(parts)


def options() -> str:
    """Return every command with its options."""
    before = "### Before the command\n\n" + option_table(program_options())
    return "\n".join((before, *map(command, commands()), "### Filters\n\n" + option_table(shared_filters())))


def command(one: Command, level: str = "###") -> str:
    """Return what is said of a command."""
    parts = [f"{level} mhlit {one.name}\n", f"{prose(one.says)}\n"]
    if not one.inner:
        parts.append(f"```text\n{one.usage}\n```\n")
    if one.arguments or one.options:
        parts.append(option_table((*one.arguments, *one.options)))
    if one.filters:
        parts.append("And the [filters](#filters).\n")
    parts += [command(inner, f"{level}#") for inner in one.inner]
    return "\n".join(parts)


def option_table(given: Iterable[Option]) -> str:
    """Return a table of options."""
    rows = ((f"`{one.written}`", one.says + (f" Default: {one.default}." if one.default else "")) for one in given)
    return table(("option", "does"), rows)


def json_members() -> str:
    """Return the members of every JSON object, and the fields of a work."""
    parts = []
    for name, schema in schemas().items():
        title = "A work" if name == "work" else f"`{schema['title']}`"
        parts.append(f"### {title}\n\n{prose(schema['description'])}\n\n{member_table(members(schema))}")
    return "\n".join(parts)


def member_table(given: Iterable[Member]) -> str:
    """Return a table of members; what may be absent says so."""
    rows = ((f"`{one.path}`", one.type + ("" if one.always else ", or absent"), one.says) for one in given)
    return table(("member", "type", "what it is"), rows)


def catalog_fields() -> str:
    """Return the fields of a work's file, a table each."""
    head = ("field", "holds", "what it is", "in")
    return "\n".join(f"### {heading}\n\n{table(head, rows)}" for heading, rows in catalogued.field_tables())


def trust() -> str:
    """Return whom `add` believes, field by field."""
    words = {Version.VERSION_OF_RECORD: "published", Version.PREPRINT: "preprint"}
    rows = (
        (words[version], "every other" if field == "any" else f"`{field}`", ", ".join(map(title_of, names)))
        for version, fields in TRUST.items()
        for field, names in fields.items()
    )
    return table(("version", "field", "whom to believe, the first first"), rows)


BLOCKS = {
    "catalog-counts": lambda: table(("what", "how many"), catalogued.counts()),
    "catalog-fields": catalog_fields,
    "environment": environment,
    "exit-codes": exit_codes,
    "format-examples": format_examples,
    "json-members": json_members,
    "listing-errors": lambda: table(("field", "what is wrong", "rows"), catalogued.listing_errors()),
    "lists": lambda: table(("list", "what it is", "lines", "with something wrong"), catalogued.lists()),
    "options": options,
    "settings": settings,
    "sources": lambda: table(("source", "what it is", "works"), catalogued.sources()),
    "statuses": lambda: table(("status", "means", "works"), catalogued.statuses()),
    "style-examples": style_examples,
    "styles": styles,
    "trust": trust,
    "unconfirmed": lambda: table(("work", "status", "fields"), catalogued.unconfirmed()),
    "vocabularies": lambda: table(("file", "words", "what for"), catalogued.vocabularies()),
}


def filled(page: str) -> str:
    """Return a page with its blocks made anew."""
    return BLOCK.sub(lambda found: f"<!-- begin {found[1]} -->\n{BLOCKS[found[1]]()}<!-- end {found[1]} -->", page)


def wanted() -> dict[Path, str]:
    """Return every file that is made here, or has blocks, with what it should hold."""
    sources = (ROOT / "README.md", *sorted(DOCS.glob("*.md")))
    pages = {path: filled(path.read_text(encoding="utf-8")) for path in sources}
    return pages | {ROOT / "man" / name: text for name, text in manual.pages(commands()).items()}


def main() -> int:
    """Write or check every file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    files = wanted()
    stale = [path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    stale += [path for path in (ROOT / "man").glob("*") if path not in files]
    for path in stale:
        if check:
            print(f"{path.relative_to(ROOT)} is not what the program is; run python docs/make_reference.py")
        elif path in files:
            path.parent.mkdir(exist_ok=True)
            path.write_text(files[path], encoding="utf-8", newline="\n")
        else:
            path.unlink()
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())

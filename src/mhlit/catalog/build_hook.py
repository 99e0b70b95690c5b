"""Put the compiled catalog into the wheel (run by hatchling, not shipped)."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogBuildHook(BuildHookInterface[Any]):
    """Compile ``catalog/`` when a wheel is built; an editable install compiles on demand instead."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add ``mhlit/catalog/catalog.sqlite`` to the files of the wheel."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from mhlit.catalog.compile import compile_file
        from mhlit.catalog.source import read_catalog

        target = Path(tempfile.mkdtemp(prefix="mhlit-")) / "catalog.sqlite"
        compile_file(read_catalog(root / "catalog"), target)
        build_data["force_include"][str(target)] = "mhlit/catalog/catalog.sqlite"

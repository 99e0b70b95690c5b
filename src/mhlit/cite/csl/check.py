"""Find what is wrong with a CSL style before it renders anything: its line and the cause.

Source: CSL 1.0.2, "File Types" and "Style Structure"; citeproc-py brings the RELAX NG schema.
"""

from collections.abc import Iterator
from typing import Any

from mhlit.cite.csl.completion import TAG


class BrokenStyle(Exception):
    """A style that cannot be used: the line, 0 where there is none, and the cause."""

    def __init__(self, line: int, cause: str, parent: str = "") -> None:
        """Keep what is wrong; `parent` is the style that a dependent style stands for."""
        super().__init__(cause)
        self.line = line
        self.cause = cause
        self.parent = parent


def check(root: Any) -> None:
    """Raise BrokenStyle where a style lacks what rendering needs, or its macros are missing or go round in a circle."""
    if root.tag != f"{TAG}style":
        raise BrokenStyle(root.sourceline, "is not a CSL style: the root is no <style> of CSL's namespace")
    for link in root.iter(f"{TAG}link"):
        if link.get("rel") == "independent-parent":
            parent = link.get("href", "").rstrip("/").rpartition("/")[2]
            raise BrokenStyle(link.sourceline, f"is a dependent style: it only points to {parent!r}", parent)
    for part in ("citation", "bibliography"):
        element = root.find(f"{TAG}{part}")
        if element is not None and element.find(f"{TAG}layout") is None:
            raise BrokenStyle(element.sourceline, f"<{part}> has no <layout>")
    if root.find(f"{TAG}citation") is None:
        raise BrokenStyle(root.sourceline, "has no <citation>")
    _check_macros(root)


def _check_macros(root: Any) -> None:
    macros = {macro.get("name"): macro for macro in root.iter(f"{TAG}macro")}
    for element in root.iter(f"{TAG}text", f"{TAG}key"):
        name = element.get("macro")
        if name is not None and name not in macros:
            raise BrokenStyle(element.sourceline, f"calls the macro {name!r}, which the style does not have")
    done: set[str] = set()
    for name in macros:
        _follow(name, macros, (), done)


def _follow(name: str, macros: dict[str, Any], path: tuple[str, ...], done: set[str]) -> None:
    if name in done:
        return
    if name in path:
        raise BrokenStyle(macros[name].sourceline, f"the macro {name!r} calls itself")
    for called in _called(macros[name]):
        _follow(called, macros, (*path, name), done)
    done.add(name)


def _called(macro: Any) -> Iterator[str]:
    for element in macro.iter(f"{TAG}text"):
        if element.get("macro") is not None:
            yield element.get("macro")


def schema_fault(path: str) -> tuple[int, str]:
    """Return line and message of the first place where a style departs from CSL's schema; 0 where it does not."""
    from citeproc import SCHEMA_PATH
    from lxml import etree

    schema = etree.RelaxNG(etree.parse(SCHEMA_PATH))
    if schema.validate(etree.parse(path)):
        return 0, ""
    fault = schema.error_log[0]
    return fault.line, str(fault.message)

"""Which rules a project wants: `mhlit.toml`, or `[tool.mhlit.check]` in `pyproject.toml`, and what the call says."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from mhlit.check.checking import Choice
from mhlit.check.finding import Severity
from mhlit.check.rule import RULES
from mhlit.errors import MhlitError, UsageError
from mhlit.text import nearest

NAMES = ("select", "ignore", "severity")


def choose(select: Iterable[str], ignore: Iterable[str], severity: str, settings: Mapping[str, Any]) -> Choice:
    """Return the choice of the call, with the project's settings for what the call does not say.

    Raises UsageError for a rule or a severity that does not exist.
    """
    selected = _ids(select) or _ids(settings.get("select", ())) or frozenset(RULES)
    ignored = _ids(ignore) | _ids(settings.get("ignore", ()))
    return Choice(selected - (ignored - _ids(select)), _severity(severity or settings.get("severity", "")))


def _ids(given: Iterable[str]) -> frozenset[str]:
    ids = frozenset(id.strip() for text in given for id in text.split(",") if id.strip())
    for id in sorted(ids - set(RULES)):
        meant = nearest(id, RULES)
        hint = f"did you mean {' or '.join(meant)}?" if meant else "mhlit check --rules lists them"
        raise UsageError(f"there is no rule {id!r}", hint)
    return ids


def _severity(text: str) -> Severity:
    if not text:
        return Severity.INFO
    try:
        return Severity(text)
    except ValueError:
        raise UsageError(f"there is no severity {text!r}", "severity is one of error, warning, info") from None


def project_settings(folder: Path) -> dict[str, Any]:
    """Return the settings of the project that a folder is in: of the nearest file at or above it that has any.

    Raises MhlitError where the file cannot be read, is not TOML, or holds a wrong name or type.
    """
    for place in (folder, *folder.parents):
        own, shared = place / "mhlit.toml", place / "pyproject.toml"
        if own.is_file():
            return _checked(_table(own).get("check", {}), own)
        if shared.is_file() and "check" in (found := _tool(_table(shared))):
            return _checked(found["check"], shared)
    return {}


def _tool(document: Mapping[str, Any]) -> Mapping[str, Any]:
    tool = document.get("tool", {})
    found = tool.get("mhlit", {}) if isinstance(tool, dict) else {}
    return found if isinstance(found, dict) else {}


def _table(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MhlitError(f"{file}: {error}", "mend the file or remove it") from None


def _checked(table: object, file: Path) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise MhlitError(f"{file}: check must be a table, got {table!r}")
    for name, value in table.items():
        if name not in NAMES:
            meant = nearest(name, NAMES, 1)
            hint = f"did you mean {meant[0]}?" if meant else f"settings of check: {', '.join(NAMES)}"
            raise MhlitError(f"{file}: check has no setting {name!r}", hint)
        if name == "severity" and not isinstance(value, str):
            raise MhlitError(f'{file}: severity must be like "warning", got {value!r}')
        if name != "severity" and not (isinstance(value, list) and all(isinstance(one, str) for one in value)):
            raise MhlitError(f'{file}: {name} must be like ["wrong-year", "title-case"], got {value!r}')
    return table

"""Write what a sync found into a catalog folder: drafts of new works, listings of known ones, new sections."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mhlit.catalog.consistency import across_works
from mhlit.catalog.emit import add_listing, emit_work, quote
from mhlit.catalog.source import Catalog, work_problems
from mhlit.catalog.sync import Report
from mhlit.document import decode_work
from mhlit.errors import InvalidCatalog, MhlitError
from mhlit.files import write_whole
from mhlit.model import Term


def write_report(report: Report, catalog: Catalog, folder: Path) -> list[Path]:
    """Write the drafts and listings of a report; return the files that were written, new ones and changed ones.

    Everything is made before anything is written, and no file is written over. Raises InvalidCatalog where the drafts
    and the works there are would contradict each other, MhlitError where a file cannot be read or written.
    """
    texts = _drafts(report, catalog, folder)
    for one in report.known:
        if one.added:
            path = folder / "works" / f"{one.key}.toml"
            texts[path] = _with_listing(path, texts.get(path), one.added)
    written = _write_sections(folder / "sections.toml", report.sections) if texts else []
    for path, text in texts.items():
        write_whole(path, text.encode("utf-8"))
        written.append(path)
    return written


def write_new(key: str, document: dict[str, Any], catalog: Catalog, folder: Path) -> Path:
    """Write the draft of one work; return its file.

    Raises InvalidCatalog where it does not follow the rules or contradicts a work there is, MhlitError where its file
    is there or cannot be written.
    """
    path = folder / "works" / f"{key}.toml"
    problems = [f"{path}: {problem}" for problem in work_problems(key, document, catalog.vocabulary)]
    if not problems:
        works = {str(folder / "works" / f"{work.key}.toml"): work for work in catalog.works}
        problems = list(across_works({**works, str(path): decode_work(key, document)}))
    if problems:
        raise InvalidCatalog(problems)
    if path.exists():
        raise MhlitError(f"{path} is there already; nothing was written")
    write_whole(path, emit_work(document).encode("utf-8"))
    return path


def _drafts(report: Report, catalog: Catalog, folder: Path) -> dict[Path, str]:
    documents = {folder / "works" / f"{one.key}.toml": one.document for one in report.new if one.document}
    works = {str(folder / "works" / f"{work.key}.toml"): work for work in catalog.works}
    drafted = {str(path): decode_work(path.stem, document) for path, document in documents.items()}
    problems = list(across_works(works | drafted))
    if problems:
        raise InvalidCatalog(problems)
    for path in documents:
        if path.exists():
            raise MhlitError(f"{path} is there already; nothing was written")
    return {path: emit_work(document) for path, document in documents.items()}


def _with_listing(path: Path, text: str | None, listing: dict[str, str]) -> str:
    try:
        return add_listing(path.read_bytes().decode("utf-8") if text is None else text, listing)
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else error
        raise MhlitError(f"{path}: no listing can be added: {said}; nothing was written") from None


def _write_sections(path: Path, sections: Sequence[Term]) -> list[Path]:
    """Add the headings that the catalog has not to its sections."""
    if not sections:
        return []
    text = path.read_bytes().decode("utf-8")
    for term in sections:
        values = f"list = {quote(term.group)}\ntitle = {quote(term.title)}\ndefinition = {quote(term.definition)}\n"
        text = f"{text.rstrip()}\n\n[{term.name}]\n{values}"
    write_whole(path, text.encode("utf-8"))
    return [path]

"""The two origin lists rebuilt from the catalog's own listings: the first corpus of what people get wrong."""

from collections.abc import Iterator
from typing import NamedTuple

from mhlit.catalog.source import Catalog
from mhlit.check.checking import Checked, check_text
from mhlit.check.finding import Finding
from mhlit.formats.readers.source import decode
from mhlit.match import Shelf
from mhlit.model import Listing, ListingError, Work

GARBLED = "Awesome-LLMs-for-Counseling"
"""The list that was saved as UTF-8 after it had been read as Mac OS Roman."""

# Which rules may find an error in a field of a listing.
RULES_OF = {
    "authors": {"wrong-first-author", "wrong-authors", "truncated-authors", "name-form", "published-version-exists"},
    "title": {"wrong-title", "preprint-title", "title-case"},
    "venue": {"wrong-venue", "venue-form", "published-version-exists", "missing-field"},
    "year": {"wrong-year", "published-version-exists", "missing-field"},
    "url": {"placeholder-url", "wrong-url", "wrong-doi", "landing-page-as-pdf", "published-version-exists"},
    "doi": {"wrong-doi"},
    "pages": {"wrong-pages"},
}
# Rows that no reading of the line can find, by the listing and the field, with the reason.
OUT_OF_REACH = {
    ("B10", "section"): "the section is the list's own judgement; the line says nothing of the data's origin",
    ("B11", "section"): "the section is the list's own judgement; the line says nothing of the data's origin",
    ("A51", "authors"): "initials are no error: Lee, Y. C. is Yi-Chieh Lee",
    ("B33", "venue"): "a track is no venue of its own: NeurIPS 2025 is right",
    ("B35", "venue"): "ACL 2025 is right; that the link is one of the long papers is told by placeholder-url",
}


class Row(NamedTuple):
    """An error that the catalog records of a listing, and what the check found in that line."""

    work: Work
    listing: Listing
    error: ListingError
    findings: tuple[Finding, ...]

    @property
    def found_by(self) -> list[str]:
        """Return the rules that found it; that a published version exists tells of its authors only where it names them."""
        wanted = RULES_OF.get(self.error.field, set())
        found = [finding for finding in self.findings if finding.rule in wanted]
        if self.error.field == "authors":
            found = [one for one in found if one.rule != "published-version-exists" or "; by " in one.message]
        return [finding.rule for finding in found]


def listed(catalog: Catalog, name: str) -> list[tuple[Work, Listing]]:
    found = [(work, one) for work in catalog.works for one in work.listings if one.list == name]
    return sorted(found, key=lambda pair: pair[1].id)


def markdown(catalog: Catalog, name: str) -> str:
    """Return a list as its keeper wrote it: a heading a section, a line a listing."""
    parts = [f"# {name}\n"]
    section = ""
    for _, listing in listed(catalog, name):
        if listing.section != section:
            section = listing.section
            parts.append(f"\n## {section.title()}\n")
        parts.append(f"* {listing.as_listed}" if name == GARBLED else f"\n{listing.as_listed}\n")
    return "\n".join(parts) + "\n"


def as_saved(text: str, name: str) -> bytes:
    return text.encode("utf-8").decode("mac_roman").encode("utf-8") if name == GARBLED else text.encode("utf-8")


def checked(catalog: Catalog, shelf: Shelf, name: str) -> Checked:
    return check_text(f"{name}.md", "markdown", decode(as_saved(markdown(catalog, name), name)), [shelf])


def rows(catalog: Catalog, shelf: Shelf, name: str) -> Iterator[Row]:
    """Yield every recorded error with what was found in its line."""
    found = checked(catalog, shelf, name)
    for (work, listing), (_, findings) in zip(listed(catalog, name), found.references, strict=True):
        for error in listing.errors:
            yield Row(work, listing, error, findings)

"""What the formats of a tag and a value a line (RIS, EndNote) write alike."""

from mhlit.identifiers import url_of
from mhlit.model import Entry, Identifier, Name
from mhlit.names import family_name


def person(name: Name) -> str:
    """Return ``Family, Given, Suffix``; the comma after a group's name keeps readers from turning it round."""
    if name.literal:
        return f"{name.literal},"
    parts = [family_name(name), name.given, name.suffix]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return ", ".join(parts)


def eprint(entry: Entry) -> str:
    """Return the arXiv identifier as ``arXiv:2401.00001``, or an empty string."""
    number = _eprint(entry).value
    return f"arXiv:{number}" if number else ""


def address(entry: Entry) -> str:
    """Return where the work can be read: the page, the PDF, or the preprint's page."""
    number = _eprint(entry)
    return entry.record.url or entry.record.pdf or (url_of(number) if number.value else "")


def _eprint(entry: Entry) -> Identifier:
    return entry.eprint or Identifier("arxiv", entry.record.identifier("arxiv"))

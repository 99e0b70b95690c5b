"""Names of persons and groups: read the inverted form, write the usual forms.

The inverted form is BibTeX's: ``Family, Given``, ``particle Family, Given`` and ``Family, Suffix,
Given``. A string without a comma is a group, or a person of one name.
"""

from collections.abc import Sequence
from functools import lru_cache

from mhlit.model import Name
from mhlit.text import fold


def parse_name(text: str) -> Name:
    """Read an inverted name. Words in lower case before the family name are its particle.

    Raises ValueError where a part is empty or there are more than two commas.
    """
    parts = [part.strip() for part in text.split(",")]
    if not all(parts) or len(parts) > 3:
        raise ValueError(f"must be 'Family, Given', 'Family, Suffix, Given' or the name of a group, got {text!r}")
    if len(parts) == 1:
        return Name(literal=parts[0])
    particle, family = _split_particle(parts[0])
    suffix = parts[1] if len(parts) == 3 else ""
    return Name(family=family, given=parts[-1], particle=particle, suffix=suffix)


def _split_particle(family: str) -> tuple[str, str]:
    """Split ``van der Maaten`` into its lower-case particle and the rest; the last word always stays."""
    all_words = family.split()
    count = 0
    while count < len(all_words) - 1 and all_words[count].islower():
        count += 1
    return " ".join(all_words[:count]), " ".join(all_words[count:])


def family_name(name: Name) -> str:
    """Return the family name with its particle, or the name of the group."""
    if name.literal or not name.particle:
        return name.literal or name.family
    return f"{name.particle} {name.family}" if name.family else name.particle


def inverted(name: Name) -> str:
    """Write a name as :func:`parse_name` reads it."""
    return ", ".join(filter(None, (family_name(name), name.suffix, name.given)))


def is_invertible(name: Name) -> bool:
    """Tell whether :func:`parse_name` reads back what :func:`inverted` writes: not a group with a comma."""
    parts = (name.family, name.given, name.particle, name.suffix, name.literal)
    for part in parts:
        if part and ("," in part or part != part.strip()):
            return False
    return bool(name.given if name.suffix else any(parts)) and not (name.literal and any(parts[:4]))


def natural(name: Name) -> str:
    """Write a name in the order it is spoken: ``Peter J. van Roessel``."""
    return " ".join(filter(None, (name.given, family_name(name), name.suffix)))


def short_authors(authors: Sequence[Name]) -> str:
    """Return the authors as a table shows them: one, two joined by ``&``, or the first and ``et al.``."""
    families = [family_name(name) for name in authors]
    if len(families) > 2:
        return f"{families[0]} et al."
    return " & ".join(families)


@lru_cache(maxsize=1 << 14)
def folded_name(name: Name) -> str:
    """Return the name in natural order, folded, for searching by any of its words."""
    return fold(natural(name))

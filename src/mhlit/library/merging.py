"""Merge two records of one work: the richer field is kept, and where both say something else, both are shown."""

from typing import Any, NamedTuple

from mhlit.model import Item, Name, Record, Work
from mhlit.names import natural
from mhlit.text import fold


class Disagreement(NamedTuple):
    """A field in which two records differ: what is kept and what is not."""

    field: str
    kept: str
    other: str


def merge(own: Work, other: Work) -> tuple[Work, list[Disagreement]]:
    """Return `own` with what `other` has besides, under the key of `own`, and where they disagree.

    The other's key stays as an alias.
    """
    said: list[Disagreement] = []
    former = dict.fromkeys((*own.aliases, other.key, *other.aliases))
    merged = own._replace(
        record=_merged_record(own.record, other.record, said),
        preprint=_merged_record(own.preprint, other.preprint, said),
        aliases=tuple(alias for alias in former if alias and alias.lower() != own.key.lower()),
        code=tuple(dict.fromkeys((*own.code, *other.code))),
        item=merged_item(own.item, other.item),
    )
    return merged, said


_TOLD = ("title", "authors", "issued", "container_title", "volume", "issue", "pages", "article_number")


def differences(one: Work, other: Work) -> list[Disagreement]:
    """Return the fields in which versions that both have say something else; what one leaves out is no difference."""
    found: list[Disagreement] = []
    for ours, theirs in ((one.record, other.record), (one.preprint, other.preprint)):
        if ours and theirs:
            pairs = [(name, getattr(ours, name), getattr(theirs, name)) for name in _TOLD]
            pairs.append(("doi", ours.identifier("doi"), theirs.identifier("doi")))
            found += [Disagreement(name, _shown(a), _shown(b)) for name, a, b in pairs if a and b and _differ(a, b)]
    return list(dict.fromkeys(found))


def changed_fields(own: Work, merged: Work) -> set[str]:
    """Return the fields of the preferred record that merging has changed."""
    before, after = own.preferred, merged.preferred
    return {name for name in Record._fields if getattr(before, name) != getattr(after, name)}


def _merged_record(own: Record | None, other: Record | None, said: list[Disagreement]) -> Record | None:
    if own is None or other is None:
        return own or other
    changes: dict[str, Any] = {}
    for name in Record._fields:
        ours, theirs = getattr(own, name), getattr(other, name)
        if name in ("version", "identifiers") or not theirs or ours == theirs:
            continue
        if not ours or _is_richer(name, theirs, ours):
            changes[name] = theirs
        if ours and _differ(ours, theirs):
            kept, left = (theirs, ours) if name in changes else (ours, theirs)
            said.append(Disagreement(name, _shown(kept), _shown(left)))
    for identifier in other.identifiers:
        mine = own.identifier(identifier.scheme)
        if mine and mine.lower() != identifier.value.lower():
            said.append(Disagreement(identifier.scheme, mine, identifier.value))
    schemes = {identifier.scheme for identifier in own.identifiers}
    added = tuple(identifier for identifier in other.identifiers if identifier.scheme not in schemes)
    return own._replace(identifiers=own.identifiers + added, **changes)


def _is_richer(name: str, theirs: Any, ours: Any) -> bool:
    """Tell whether one value says all the other does, and more."""
    if name == "type":
        return bool(ours == "misc")
    if name in ("authors", "editors", "former_authors"):
        return len(theirs) > len(ours) or (len(theirs) == len(ours) and _letters(theirs) > _letters(ours))
    if name == "issued":
        return bool(
            theirs.year == ours.year and (bool(theirs.month), bool(theirs.day)) > (bool(ours.month), bool(ours.day))
        )
    return len(theirs) > len(ours) and fold(str(theirs)).startswith(fold(str(ours)))


def _letters(names: tuple[Name, ...]) -> int:
    return sum(len(natural(name)) for name in names)


def _differ(ours: Any, theirs: Any) -> bool:
    return fold(_shown(ours)) != fold(_shown(theirs))


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value and isinstance(value[0], Name):
        return "; ".join(map(natural, value))
    return "-".join(f"{part:02d}" for part in value if part)


def merged_item(own: Item | None, other: Item | None) -> Item | None:
    """Return what a reader says of a work in either of two items."""
    if own is None or other is None:
        return own or other
    return own._replace(
        added=min(own.added, other.added),
        tags=tuple(dict.fromkeys((*own.tags, *other.tags))),
        reading=own.reading if own.reading != "unread" else other.reading,
        starred=own.starred or other.starred,
        collections=tuple(dict.fromkeys((*own.collections, *other.collections))),
        files=tuple(dict.fromkeys((*own.files, *other.files))),
        note="\n\n".join(dict.fromkeys(note for note in (own.note, other.note) if note)),
        catalog=own.catalog or other.catalog,
        apart=tuple(dict.fromkeys((*own.apart, *other.apart))),
    )

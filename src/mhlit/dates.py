"""Dates of which only a part may be known: read, write, compare.

The written form is that of ISO 8601 and EDTF level 0: ``2025``, ``2025-04``, ``2025-04-30``.
"""

import re

from mhlit.model import PartialDate

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def parse_date(text: str) -> PartialDate:
    """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Raises ValueError where the text has another form or names no day of the calendar.
    """
    found = _FORM.fullmatch(text)
    if not found:
        raise ValueError(f"must be YYYY, YYYY-MM or YYYY-MM-DD, got {text!r}")
    year, month, day = (int(part) if part else 0 for part in found.groups())
    if found.group(2) and not 1 <= month <= 12:
        raise ValueError(f"has no month {month:02d}: {text!r}")
    if found.group(3) and not 1 <= day <= _DAYS[month - 1]:
        raise ValueError(f"has no day {day:02d} in that month: {text!r}")
    return PartialDate(year, month, day)


def format_date(date: PartialDate) -> str:
    """Write a date with the parts that are known, as :func:`parse_date` reads it."""
    parts = [f"{date.year:04d}"]
    if date.month:
        parts.append(f"{date.month:02d}")
        if date.day:
            parts.append(f"{date.day:02d}")
    return "-".join(parts)

"""Write comma-separated values with a header, for spreadsheets.

Source: RFC 4180; a cell that a spreadsheet would run as a formula begins with an apostrophe.
"""

import csv
import io
from collections.abc import Iterable

from mhlit.formats.writers.table import COLUMNS, row
from mhlit.model import Entry


def write(entries: Iterable[Entry]) -> str:
    """Return the entries, one a row."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerows(row(entry) for entry in entries)
    return text.getvalue()

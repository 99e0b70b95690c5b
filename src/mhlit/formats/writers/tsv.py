"""Write tab-separated values with a header: no quoting, tabs and line ends in a value are spaces.

Source: IANA's text/tab-separated-values; a cell that a spreadsheet would run as a formula begins with an apostrophe.
"""

from collections.abc import Iterable

from mhlit.formats.writers.table import COLUMNS, row
from mhlit.model import Entry


def write(entries: Iterable[Entry]) -> str:
    """Return the entries, one a line."""
    return "".join("\t".join(cells) + "\n" for cells in (COLUMNS, *(row(entry) for entry in entries)))

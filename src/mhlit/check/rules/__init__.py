"""The rules, by what they look at; importing this package registers them all, in the order of the documentation."""

from mhlit.check.rules import authors as authors
from mhlit.check.rules import titles as titles  # noqa: I001  # the order is that of the documentation
from mhlit.check.rules import imprint as imprint
from mhlit.check.rules import versions as versions
from mhlit.check.rules import identifiers as identifiers
from mhlit.check.rules import addresses as addresses
from mhlit.check.rules import entries as entries
from mhlit.check.rules import files as files

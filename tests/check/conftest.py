"""The catalog's works to look up, as the command has them."""

import pytest

from mhlit.catalog.source import Catalog
from mhlit.match import Shelf


@pytest.fixture(scope="session")
def shelf(catalog: Catalog) -> Shelf:
    return Shelf(catalog.works)

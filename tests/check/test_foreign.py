"""Never another paper: among ten thousand entries of works that the catalog has not, none is matched or mended."""

import pytest

from mhlit.catalog.source import Catalog
from mhlit.check.checking import check_text
from mhlit.check.mend import mend
from mhlit.formats.readers.source import Source
from mhlit.match import Shelf
from tests.check.foreign import strangers

MANY = 10_000


@pytest.mark.slow
def test_no_stranger_is_taken_for_a_work_of_the_catalog(catalog: Catalog, shelf: Shelf) -> None:
    text = "\n".join(one.bib(f"key{place}") for place, one in enumerate(strangers(catalog.works, MANY, 1)))
    checked = check_text("foreign.bib", "bibtex", Source(text, "utf-8"), [shelf])
    assert len(checked.references) == MANY
    taken = [
        (reference.entry.record.title, reference.work.key) for reference, _ in checked.references if reference.work
    ]
    assert taken == []
    assert not any(reference.match.strays for reference, _ in checked.references)
    assert mend(checked.source, checked.findings).text == text

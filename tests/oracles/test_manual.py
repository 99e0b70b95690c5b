"""The man pages, as groff reads them."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.oracles.tools import needs

pytestmark = pytest.mark.oracle
PAGES = sorted((ROOT / "man").glob("*.1"))
needs_groff = needs(shutil.which("groff"), "groff")


@needs_groff
@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_man_page_is_set_without_a_warning_and_says_its_name_first(page: Path) -> None:
    command = ["groff", "-man", "-ww", "-Tutf8", "-P-cbou", "-rLL=80n", str(page)]
    finished = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert (finished.returncode, finished.stderr) == (0, "")
    assert page.stem.upper() in finished.stdout.splitlines()[0]
    assert max(map(len, finished.stdout.splitlines())) <= 80

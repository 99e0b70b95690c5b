"""Golden folders: one work a folder, and what every format makes of it.

`pytest --update-golden` writes the expected files anew; read the difference before you commit it.
"""

import tomllib
from pathlib import Path

import pytest

from mhlit.cite import FORMATS, entry_of, writer
from mhlit.document import decode_work
from tests.conftest import DATA

FOLDER = DATA.parent / "golden" / "cite"
CASES = sorted(path for path in FOLDER.iterdir() if path.is_dir())


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_case_is_written_as_expected(case: Path, format: str, request: pytest.FixtureRequest) -> None:
    (source,) = case.glob("*.toml")
    work = decode_work(source.stem, tomllib.loads(source.read_text(encoding="utf-8")))
    written = writer(format)([entry_of(work)])
    expected = case / f"expected.{format}"
    if request.config.getoption("--update-golden"):
        expected.write_bytes(written.encode())
    assert written == expected.read_bytes().decode()

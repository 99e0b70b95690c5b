"""Golden folders: a rule each, with a file it has something to say of, what it says, and the file mended.

`pytest --update-golden` writes the expected files anew; read the difference before you commit it.
"""

from pathlib import Path

import pytest

from mhlit.check.checking import Checked, check_text
from mhlit.check.files import read_source
from mhlit.check.finding import Finding
from mhlit.check.mend import settle
from mhlit.check.rule import RULES
from mhlit.formats.readers import format_of
from mhlit.formats.readers.source import Source
from mhlit.match import Shelf
from tests.conftest import DATA

FOLDER = DATA.parent / "golden" / "check"
# Rules that need another file beside the bibliography, or somebody to ask; they have tests of their own.
ELSEWHERE = {"unknown-key", "unused-entry", "not-found-anywhere", "retracted"}


def test_every_rule_has_a_folder() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(RULES) - ELSEWHERE


@pytest.mark.parametrize("id", sorted(set(RULES) - ELSEWHERE))
def test_a_rule_says_what_is_expected_and_mends_it(id: str, shelf: Shelf, request: pytest.FixtureRequest) -> None:
    (source,) = (FOLDER / id).glob("input.*")
    checked = check(source, read_source(str(source)), shelf)
    assert id in {finding.rule for finding in checked.findings}
    expect(FOLDER / id / "expected.txt", "".join(map(line, checked.findings)), request)
    if any(finding.fix and finding.rule == id for finding in checked.findings):
        mended = settle(
            checked.source,
            lambda text: of_rule(check(source, checked.source._replace(text=text), shelf), id),
            unsafe=True,
        )
        again = check(source, checked.source._replace(text=mended.text), shelf)
        assert [finding.rule for finding in again.findings if finding.fix].count(id) == 0
        expect(FOLDER / id / "mended.bib", mended.text, request)


def of_rule(checked: Checked, id: str) -> list[Finding]:
    return [finding for finding in checked.findings if finding.rule == id]


def check(path: Path, source: Source, shelf: Shelf) -> Checked:
    return check_text(path.name, format_of(path.name), source, [shelf])


def line(finding: Finding) -> str:
    fix = f" [{'safe' if finding.fix.safe else 'unsafe'} fix]" if finding.fix else ""
    return f"{finding.line}:{finding.column}: {finding.severity} {finding.rule}: {finding.message}{fix}\n"


def expect(file: Path, text: str, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")

"""What a catalog folder may hold, and what is said when it holds something else."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mhlit.catalog.source import Catalog, read_catalog
from mhlit.document import decode_work, encode_work
from mhlit.errors import InvalidCatalog, MhlitError
from tests.conftest import DATA

CALM = "works/abel-ng-2025-calm.toml"
QUIET = "works/abel-etal-2024-quietbot.toml"
Edit = Callable[[str, str, str], list[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA / "catalog", tmp_path / "catalog"))


@pytest.fixture
def problems_after(folder: Path) -> Edit:
    """Replace text in a file of the made-up catalog and return the problems, without the folder's path."""

    def edit(file: str, old: str, new: str) -> list[str]:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(InvalidCatalog) as caught:
            read_catalog(folder)
        return [problem.removeprefix(f"{folder}/") for problem in caught.value.problems]

    return edit


CASES = [
    (CALM, 'title = "On Calm"\n', "", "title: is missing"),
    (CALM, 'title = "On Calm"', 'titel = "On Calm"', "titel: is not a field here; did you mean title?"),
    (CALM, 'title = "On Calm"', "title = 7", "title: must be a quoted string, got 7"),
    (CALM, 'title = "On Calm"', r'title = "On {\\LaTeX} Calm"', "title: must be plain text, not LaTeX"),
    (CALM, 'title = "On Calm"', 'title = "On  Calm "', "title: must not begin or end with a space"),
    (CALM, 'title = "On Calm"', 'title = "Cafe\u0301"', "title: must be in Unicode's composed form (NFC)"),
    (CALM, 'title = "On Calm"', r'title = "On\u001b[31m Calm"', "title: must not hold line breaks or control characters"),
    (CALM, '["Abel, Zoë", "Ng, Bo"]', '"Abel, Zoë"', "authors: must be a list, got 'Abel, Zoë'"),
    (CALM, '["Abel, Zoë", "Ng, Bo"]', "[]", "authors: must have at least 1 item"),
    (CALM, '"Ng, Bo"]', '"Ng,"]', "authors: item 2: must be 'Family, Given'"),
    (CALM, '"Ng, Bo"]', '"Abel, Zoë"]', "authors: holds 'Abel, Zoë' more than once"),
    (CALM, 'summary = "Measures', 'name_forms = ["Eve, Ada"]\nsummary = "Measures', "name_forms: 'Eve, Ada' has no word of any author's name"),
    (CALM, 'summary = "Measures', f'summary = "{"word " * 31}', "summary: must have at most 30 words, has 36"),
    (CALM, '"anxiety"', '"anxeity"', "topics: 'anxeity' is not in topics.toml; did you mean 'anxiety'?"),
    (CALM, '["study"]', '["studies"]', "resources: 'studies' is not in resources.toml; did you mean 'study'?"),
    (CALM, 'issued = "2025-03"', "issued = 2025", 'record.issued: must be a quoted date such as "2025" or "2025-04", got 2025'),
    (CALM, 'issued = "2025-03"', 'issued = "2025-13"', "record.issued: has no month 13"),
    (CALM, 'doi = "10.9999/jmt.12.45"', "doi = 10.9", "record.doi: must be a quoted string, got 10.9"),
    (CALM, '"10.9999/jmt.12.45"', '"https://doi.org/10.9999/jmt.12.45"', "record.doi: is not of the form of doi"),
    (CALM, '"12345678"', '"PMID 12345678"', "record.pmid: is not of the form of pmid"),
    (CALM, '"2731-0574"', '"2731-0575"', "record.issn: the check digit of this ISSN is wrong"),
    (CALM, '"PMC1234567"', '"pmc1234567"', "record.pmcid: must be written 'PMC1234567', got 'pmc1234567'"),
    (CALM, '"https://example.org/jmt/45"', '"example.org/jmt/45"', "record.url: must be an http or https address"),
    (CALM, 'venue = "JMT"', 'venue = "JTM"', "record.venue: 'JTM' is not in venues.toml"),
    (CALM, 'type = "article"', 'type = "journal"', "record.type: 'journal' is not in types.toml"),
    (CALM, 'section = "second"', 'section = "third"', "listings[1].section: 'third' is not in sections.toml"),
    (CALM, 'status = "partial"', 'status = "checked"', "provenance.status: must be one of verified, partial, listed, got 'checked'"),
    (CALM, "checked = 2026-01-01", 'checked = "2026-01-01"', "provenance.checked: must be a date such as 2026-11-21, without quotes"),
    (CALM, '["issue", "authors"]', '["number"]', "provenance.unconfirmed: 'number' is no field of this work"),
    (CALM, "[provenance]", "[provenence]", "provenance: is missing"),
    (QUIET, 'pages = "101-118"', 'pages = "101--118"', "record.pages: must be a page or a range"),
    (QUIET, 'arxiv = "2301.00010"', "arxiv = 2301.00010", "preprint.arxiv: must be a quoted string, got 2301.0001"),
    (QUIET, 'field = "year"', 'field = "yaer"', "listings[1].errors[1].field: 'yaer' is not in listing_fields.toml; did you mean 'year'?"),
    (QUIET, ', correct = "2024" }', " }", "listings[1].errors[1].correct: is missing"),
    (QUIET, 'anthology_key = "abel-etal-2024-quietbot"', 'anthology_key = "abel-2024"', "record.anthology_key: must be the file's name or one of the aliases"),
    (QUIET, '"10.9999/conf.2024_7"', '"10.18653/v1/2024.conf-main.8"', "record.doi: is not that of Anthology id 2024.conf-main.7"),
    (QUIET, '"SilentBot: A Made-Up Listener"', '"QuietBot: A Made-Up Listener for Empathy and Calm"', "preprint.title: is the same as title; leave it out"),
    (QUIET, 'aliases = [', 'aliases = ["abel-etal-2024-quietbot", ', "aliases: must not hold the key itself"),
    ("works/petrov-2021-psi.toml", "10.48550/arXiv.2111.00001", "10.48550/arXiv.2111.00002", "preprint.doi: is not that of arXiv 2111.00001"),
    ("works/petrov-2021-psi.toml", "[preprint]", '[preprint]\ntitle = "Other"', "preprint.title: belongs at the top of the file"),
    ("sections.toml", 'title = "First things"\n', "", "sections.toml: first: must be a table of list, title and definition"),
    ("topics.toml", 'empathy = "', 'empathy = 1 #"', "topics.toml: empathy: must be a quoted definition, got 1"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), CASES, ids=[case[3][:60] for case in CASES])
def test_a_fault_is_named_with_file_and_field(problems_after: Edit, file: str, old: str, new: str, said: str) -> None:
    problems = problems_after(file, old, new)
    assert any(problem.startswith(file) and said in problem for problem in problems), problems


def test_all_problems_of_all_files_are_said_at_once(folder: Path) -> None:
    for file in (CALM, QUIET):
        path = folder / file
        text = path.read_text(encoding="utf-8").replace("doi = ", "dio = ").replace('venue = "', 'venue = "no ')
        path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidCatalog) as caught:
        read_catalog(folder)
    said = "\n".join(caught.value.problems)
    assert said.count("record.dio: is not a field here; did you mean doi?") == 2
    assert len(caught.value.problems) == 2  # closed lists are looked at once the shape is right


def test_wrong_toml_is_named_with_its_line(problems_after: Edit) -> None:
    (problem,) = problems_after(CALM, 'summary = "Measures', "summary = Measures")
    assert problem.startswith(f"{CALM}: ")
    assert "line 3" in problem
    (problem,) = problems_after(CALM, "summary = Measures", 'summary = """Measures')
    assert "line 33, the end of the file" in problem


def test_a_file_that_is_not_utf8_is_named(folder: Path) -> None:
    (folder / CALM).write_bytes(b'title = "caf\xe9"\n')
    with pytest.raises(InvalidCatalog, match="not UTF-8 text"):
        read_catalog(folder)


def test_a_file_name_must_be_a_citation_key(folder: Path) -> None:
    (folder / CALM).rename(folder / "works/Abel_Ng.toml")
    with pytest.raises(InvalidCatalog, match="file name: must be a citation key"):
        read_catalog(folder)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"10.9999/jmt.12.45"', '"10.9999/CONF.2024_7"', "identifier 'doi:10.9999/conf.2024_7' stands in"),
        ('id = "X02"', 'id = "X01"', "listing 'X01' stands in"),
        ('title = "On Calm"', 'title = "Echo: another work, with the same NAME"', "title 'echo another work"),
        ('resources = ["study"]', 'resources = ["study"]\naliases = ["Abel2024QuietBot"]', "citation key 'abel2024quietbot'"),
    ],
)  # fmt: skip
def test_nothing_stands_twice_in_a_catalog(problems_after: Edit, old: str, new: str, said: str) -> None:
    assert any(said in problem for problem in problems_after(CALM, old, new))


def test_works_of_one_volume_agree(folder: Path) -> None:
    first = (folder / QUIET).read_text(encoding="utf-8")
    twin = first.split("[[listings]]")[0] + first[first.index("[provenance]") :]
    for old, new in (
        ("QuietBot", "LoudBot"), ("SilentBot", "NoisyBot"), ("aliases = [", "# ["), ("conf.2024_7", "conf.2024_8"),
        ("2024.conf-main.7", "2024.conf-main.8"), ("AbCdEfGh12", "AbCdEfGh13"), ("2301.00010", "2301.00011"),
        ("anthology_key", "# key"), ("Nowhere & Sons", "Somewhere"), ("Éditeur, Ève", "Other, One"),
    ):  # fmt: skip
        twin = twin.replace(old, new)
    (folder / "works/abel-etal-2024-loudbot.toml").write_text(twin, encoding="utf-8")
    with pytest.raises(InvalidCatalog) as caught:
        read_catalog(folder)
    fields = sorted(problem.split(": ")[1] for problem in caught.value.problems)
    assert fields == ["record.editors", "record.publisher"]


def test_a_folder_without_works_is_no_catalog(tmp_path: Path) -> None:
    with pytest.raises(MhlitError, match="is not a catalog folder"):
        read_catalog(tmp_path)


@pytest.mark.parametrize("name", ["catalog", "toy_catalog"])
def test_decoding_and_encoding_gives_the_document_back(name: str, request: pytest.FixtureRequest) -> None:
    found: Catalog = request.getfixturevalue(name)
    for work in found.works:
        document = encode_work(work)
        assert decode_work(work.key, document) == work
        assert encode_work(decode_work(work.key, document)) == document

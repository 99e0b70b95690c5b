"""What comes in comes out: every entry, field and value of a .bib, and every item as plain text."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mhlit.document import decode_work, encode_work
from mhlit.formats.readers.bibtex import read
from mhlit.library import sources
from mhlit.library.plain import from_toml, to_toml
from mhlit.model import Item, Name, PartialDate, Provenance, Record, Status, Version, Work
from tests.conftest import Run
from tests.library.shelves import keys

MANY = 10_000
_TITLES = (
    "{{Deep}} learning of {M}ade-up $\\alpha$ matters \\& more",
    "L'{\\'e}tude imagin{\\'{e}}e: {\\\"U}ber nichts",
    'He said {"}no{"} to 100\\% of {{nested {braces} here}}',
    "中文標題與 English, {\\i}stanbul and Đorđe",
    "A title\n     over several\tlines",
    "Escapes \\_ \\# \\$5 \\{x\\} ~ -- --- ``quotes''",
)
_AUTHORS = (
    "Doe, Jane and Roe, Richard",
    "{World Health Organization} and others",
    "van der Maaten, Laurens and Hinton, Jr., Geoffrey",
    "Jane Doe and {\\'E}mile Zola and {\\O}rsted, Hans",
    "{Barnes and Noble, Inc.} and 陈, 志",
)
_ODD = (
    "  file = {:C\\:\\\\Users\\\\x\\\\a b.pdf:PDF;:second.pdf:PDF},\n",
    "  groups = {thesis, chapter 2},\n  __markedentry = {[x:]},\n",
    '  annote = "quoted {value} with braces",\n',
    "  month = jul # {~4},\n",
    "  month = 7,\n",
    "  journal = jon # { and more},\n",
    "  bdsk-url-1 = {https://example.org/a_b%20c},\n",
    "  Author+an = {1=highlight},\n",
    "  crossref = {conf2020},\n",
    "  keywords = {},\n",
    "  DATE-ADDED = {2020-01-01 10:00:00 +0000},\n",
)
_KEYS = ("Doe{n}", "doe:{n}", "DBLP:conf/x/Doe{n}", "doe_{n}+x", "{n}-number", "Ünïcode{n}", "a.b.c{n}")


def odd_file(many: int) -> str:
    """Return a .bib of real-looking entries with everything odd that real files have."""
    chance = random.Random(7)
    parts = [
        '% Encoding: UTF-8\n\n@string{jon = {Journal of Nothing}}\n@preamble{"\\newcommand{\\noop}[1]{}"}\n',
    ]
    for number in range(many):
        kind = chance.choice(("article", "InProceedings", "ONLINE", "misc", "thesis", "dataset", "book"))
        key = chance.choice(_KEYS).format(n=number)
        title = f"{chance.choice(_TITLES)} no. {number}"
        fields = [f"  title = {{{title}}},\n", f"  author = {{{chance.choice(_AUTHORS)}}},\n"]
        fields.append(
            chance.choice((f"  year = {1950 + number % 75},\n", f"  date = {{{1950 + number % 75}-03-04}},\n"))
        )
        fields += chance.sample(_ODD, chance.randint(0, 4))
        chance.shuffle(fields)
        unique = {one.split("=")[0].strip().lower(): one for one in fields}
        parts.append(f"@{kind}{{{key},\n{''.join(unique.values())}}}\n")
        if number % 1000 == 500:
            parts.append("\n@Comment{jabref-meta: grouping:\n0 AllEntriesGroup:;\n}\nA line between entries.\n")
    return "\n".join(parts)


def values(text: str) -> list[tuple[str, str, tuple[tuple[str, str], ...]]]:
    """Return type, key and fields of every entry, by key."""
    entries = read(text).entries
    return sorted((one.key, one.type, tuple((field.name, field.value) for field in one.fields)) for one in entries)


@pytest.mark.slow
def test_a_bib_of_ten_thousand_odd_entries_comes_out_as_it_came_in(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MHLIT_LIBRARY", str(tmp_path / "library.sqlite"))
    text = odd_file(MANY)
    file, out = tmp_path / "odd.bib", tmp_path / "out.bib"
    file.write_text(text, encoding="utf-8")
    assert read(text).problems == ()
    found = run("import", str(file), "--policy", "keep-both")
    assert f"{MANY:,} added" in found.err
    assert len(keys(tmp_path / "library.sqlite")) == MANY
    assert run("library", "export", str(out)).code == 0
    assert values(out.read_text(encoding="utf-8")) == values(text)
    for kept in ("jabref-meta: grouping", "A line between entries.", "@preamble", "% Encoding: UTF-8"):
        assert kept in out.read_text(encoding="utf-8")


def test_a_folder_of_plain_texts_comes_back_the_same(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MHLIT_LIBRARY", str(tmp_path / "library.sqlite"))
    file, folder = tmp_path / "odd.bib", tmp_path / "texts"
    file.write_text(odd_file(60), encoding="utf-8")
    run("import", str(file), "--tag", "a b", "--collection", "thesis", "--policy", "keep-both")
    run("add", "soulchat")
    run("note", "soulchat", "--text", "# One\n\n- two 'three' \"four\"")
    assert run("library", "export", str(folder)).code == 0
    before = {one.name: (one.read_bytes(), one.stat().st_mtime_ns) for one in folder.iterdir()}
    assert len([name for name in before if name.endswith(".toml")]) == 61
    run("library", "export", str(folder))
    assert {one.name: (one.read_bytes(), one.stat().st_mtime_ns) for one in folder.iterdir()} == before
    assert run("library", "import", str(folder), "--exact").err == "0 added, 0 changed, 0 removed, 61 as they were\n"
    monkeypatch.setenv("MHLIT_LIBRARY", str(tmp_path / "second.sqlite"))
    assert run("library", "import", str(folder)).err.endswith("61 added, 0 changed, 0 removed, 0 as they were\n")
    run("library", "export", str(folder))
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == {
        name: data for name, (data, _) in before.items()
    }
    assert run("list", "--collection", "thesis", "--keys").out.count("\n") == 60


def test_a_folder_of_the_readers_own_files_is_left_alone(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MHLIT_LIBRARY", str(tmp_path / "library.sqlite"))
    run("add", "soulchat")
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "mine.toml").write_text("x = 1")
    found = run("library", "export", str(folder))
    assert found.code == 3
    assert [one.name for one in folder.iterdir()] == ["mine.toml"]
    assert run("library", "import", str(folder)).code == 3


def made(title: str, authors: list[Name], issued: PartialDate | None, other: str, item: tuple[str, bool, str]) -> Work:
    record = Record(Version.VERSION_OF_RECORD, "article", title, tuple(authors), issued, container_title=other)
    said = Item("2026-11-22", tags=(item[0],) if item[0] else (), starred=item[1], note=item[2], files=(other,))
    return Work("doe-2020", record, None, Provenance(Status.OWN), item=said)


words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), max_size=12)
plain = words.map(lambda text: " ".join(text.split()))
names = st.one_of(
    st.builds(lambda family, given: Name(family=family, given=given), plain, plain),
    st.builds(lambda family, given: Name(family=family, given=given, suffix="Jr."), plain, plain),
    st.builds(lambda text: Name(literal=f"Group, {text}"), plain),
)
works = st.builds(
    made,
    title=words,
    authors=st.lists(names.filter(any), max_size=2),
    issued=st.sampled_from([None, PartialDate(1999), PartialDate(2020, 2, 29)]),
    other=words.filter(bool),
    item=st.tuples(plain, st.booleans(), st.lists(words, max_size=3).map("\n".join)),
)


@given(work=works, source=st.lists(st.tuples(words, words), max_size=2))
@settings(suppress_health_check=[HealthCheck.too_slow], phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_any_item_survives_as_toml_and_as_json(work: Work, source: list[tuple[str, str]]) -> None:
    document = encode_work(work)
    assert encode_work(decode_work("doe-2020", document)) == document
    written = sources.written(sources.Source("bibtex", "article", "doe", tuple(source)))
    found, kept = from_toml(to_toml(work, written))
    assert encode_work(found) == document
    assert kept == written

"""Mending: what is wanted is changed, every other byte stays, what is in doubt is refused."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mhlit.check.finding import AddField, Edit, Finding, RemoveField, RenameKey, SetField, SetType, Severity
from mhlit.check.mend import diff, mend, settle
from mhlit.formats.latex_reading import decode as read_latex
from mhlit.formats.readers.bibtex import read
from mhlit.formats.readers.people import read_names
from mhlit.formats.readers.source import Source, decode
from mhlit.model import Entry
from tests.check.mending import entry_of, fields, finding, left, mended

SIMPLE = "@article{a,\n  title = {A},\n  year = {2023},\n}\n"
NEW_YEAR = {"set": {"year": "2024"}}


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_stay(line_end: str) -> None:
    text = f"% x\n{SIMPLE}@misc{{b, title = {{B}}}}".replace("\n", line_end)
    result = mended(text, {"set": {"year": "2024"}, "add": [["doi", "10.1000/a", ""]]})
    assert result.text == text.replace("{2023},", f"{{2024}},{line_end}  doi = {{10.1000/a}},")


def test_mixed_line_ends_stay_and_new_lines_are_as_the_entry_has_them() -> None:
    text = "@article{a,\r\n  title = {A},\r\n  year = {2023}\n}\n\n@misc{b,\n  title = {B}\r\n}\n"
    result = mended(text, {"key": "a", "add": [["doi", "10.1000/a", ""]]})
    assert result.text == text.replace("{2023}\n", "{2023},\r\n  doi = {10.1000/a}\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_the_encoding_stays(encoding: str) -> None:
    text = "% caf\xe9 “x”\n".replace("“x”", "“x”" if encoding != "latin-1" else "x")
    text += "@article{a,\n  author = {Mad\xe9, Ada},\n  year = {2023},\n}\n"
    data = text.encode(encoding)
    source = decode(data)
    fix = finding(SetField(entry_of(source.text), "author", r"Mad{\'e}, Ada and {\L}amp, Bo"))
    found = source.encode(mend(source, [fix]).text)
    written = "Łamp" if encoding.startswith("utf") else r"{\L}amp"
    assert found == data.replace("Madé, Ada".encode(encoding[:6]), b"") or decode(found).text == text.replace(
        "Ada}", f"Ada and {written}, Bo}}"
    )
    assert found.startswith(data[:6])
    assert decode(found).encoding == source.encoding


def test_a_letter_that_the_encoding_has_not_is_refused() -> None:
    data = "% caf\xe9\n@article{a,\n  author = {Mad\xe9},\n}\n".encode("latin-1")
    result = mended(data, {"set": {"author": "陈"}})
    assert result.text.encode("latin-1") == data
    assert left(result) == ["the encoding of the file, latin-1, does not have every letter of the new value"]


def test_letters_in_comments_alone_do_not_make_a_file_unicode() -> None:
    text = "% café\n@article{a,\n  author = {M{\\'a}de},\n}\n"
    assert r"{\L}amp" in mended(text, {"set": {"author": r"{\L}amp"}}).text


def test_greek_letters_are_commands_unless_the_file_writes_them_bare() -> None:
    for old, new in (("é", r"PATIENT-{$\psi$}"), ("é ψ", "PATIENT-ψ")):
        assert fields(mended(f"@misc{{a, title = {{{old}}}}}", {"set": {"title": "PATIENT-ψ"}}).text)["title"] == new


def test_identifiers_are_written_to_the_letter() -> None:
    result = mended(SIMPLE, {"add": [["doi", "10.1162/tacl_a_00111", ""], ["url", "https://x.org/?a=1&b=%20", ""]]})
    assert fields(result.text)["doi"] == "10.1162/tacl_a_00111"
    assert fields(result.text)["url"] == "https://x.org/?a=1&b=%20"


def test_a_file_without_fixes_stays() -> None:
    plain = Finding("made-up", Severity.ERROR, "refs.bib", 1, 1, "a", "", "no fix")
    assert mend(Source(SIMPLE, "utf-8"), [plain]).text == SIMPLE


def test_names_that_were_right_stay_as_they_are_written_and_new_ones_follow_them() -> None:
    text = r"@article{a, author = {Ad{\'a} M. Made and Bob van der Berg and Wei Zhang 0001 and Cy Wrong}}"
    author = (
        r"Made, Ad{\'a} M. and van der Berg, Bob and Zhang, Wei and Right, Dee and De Choudhury, Ann and {The Group}"
    )
    assert fields(mended(text, {"set": {"author": author}}).text)["author"] == (
        r"Ad{\'a} M. Made and Bob van der Berg and Wei Zhang 0001 and Dee Right and De Choudhury, Ann and {The Group}"
    )
    inverted = "@article{a, author = {Made, A. and Wrong, Cy}}"
    assert fields(mended(inverted, {"set": {"author": "Made, A. and Right, Dee"}}).text)["author"] == (
        "Made, A. and Right, Dee"
    )


@pytest.mark.parametrize(
    ("old", "new"), [("feb", "jul"), ("2", "7"), ("{02}", "{07}"), ("{February}", "{July}"), ('"Feb."', "jul")]
)
def test_a_month_is_a_macro_unless_the_file_has_numbers_or_whole_names(old: str, new: str) -> None:
    text = f"@article{{a, month = {old}, year = 2023}}"
    for value in ("jul", "July", "7"):
        assert mended(text, {"set": {"month": value}}).text == text.replace(old, new, 1)
    assert mended("@misc{a, title = {A}}", {"add": [["month", "July", ""]]}).text.endswith(", month = jul}")


def test_unsafe_fixes_are_made_on_demand_only() -> None:
    fix = finding(SetField(entry_of(SIMPLE), "year", "2024"), safe=False)
    source = Source(SIMPLE, "utf-8")
    assert mend(source, [fix]) == (SIMPLE, (), ())
    assert mend(source, [fix], unsafe=True).made == (fix,)


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ({"set": {"pages": "1"}}, "the entry has no field 'pages'"),
        ({"remove": ["pages"]}, "the entry has no field 'pages'"),
        ({"add": [["year", "2024", ""]]}, "the entry has a field 'year' already"),
        ({"set": {"year": "20}24"}}, "the braces of the new value are not balanced"),
        ({"set": {"year": "{2024"}}, "the braces of the new value are not balanced"),
        ({"add": [["doi", "}", ""]]}, "the braces of the new value are not balanced"),
        ({"add": [["do i", "10.1000/a", ""]]}, "the entry is damaged where it would be changed"),
        ({"type": "in proceedings"}, "the entry is damaged where it would be changed"),
        ({"rename": "a b"}, "'a b' is no citation key"),
    ],
)
def test_what_cannot_be_made_is_refused_whole(wanted: dict[str, object], why: str) -> None:
    text = f"{SIMPLE}@misc{{b, title = {{B}}}}"
    result = mended(text, {"key": "a", **wanted}, {"key": "b", "set": {"title": "C"}})
    assert left(result) == [why]
    assert result.text == text.replace("{B}", "{C}")


def test_a_key_that_others_have_or_name_is_not_given() -> None:
    text = "@misc{a, title = {A}}\n@misc{B, title = {B}}\n@misc{c, crossref = {a}}\n"
    assert left(mended(text, {"key": "a", "rename": "b"})) == ["another entry has the key 'b'"]
    assert left(mended(text, {"key": "a", "rename": "d"})) == ["other entries name this one by its key"]
    assert mended(text, {"key": "B", "rename": "d"}).text == text.replace("{B,", "{d,")


@pytest.mark.parametrize(
    "damaged",
    [
        "@article{a,\n  title = {A,\n  year = {2023},\n}\n\n@misc{b, title = {B}}\n",
        '@article{a,\n  title = "A,\n  year = {2023},\n}\n\n@misc{b, title = {B}}\n',
    ],
)
def test_a_value_that_never_ends_is_left_alone(damaged: str) -> None:
    result = mended(damaged, {"key": "a", "set": {"title": "B"}})
    assert result.text == damaged
    assert len(result.left) == 1


def test_the_rest_of_a_damaged_entry_can_be_mended() -> None:
    text = "@article{a,\n  title = {A}\n  year = 2023,\n\n@misc{b, title = {B}}\n"
    assert mended(text, {"key": "a", **NEW_YEAR}).text == text.replace("2023", "2024")


def test_of_a_field_that_stands_twice_the_first_is_changed() -> None:
    text = "@article{a, year = 2022, Year = 2023}"
    assert mended(text, NEW_YEAR).text == text.replace("2022", "2024")


@pytest.mark.parametrize("value", ["}{", "A} and {B", "}", "{"])
@pytest.mark.parametrize("old", ["{A}", "{{A}}", '"{A}"', '"A"', "{A B}"])
def test_a_value_whose_braces_do_not_pair_is_refused_whatever_stands_around_it(old: str, value: str) -> None:
    text = f"@misc{{a, title = {old}, author = {old}}}"
    for field in ("title", "author"):
        result = mended(text, {"key": "a", "set": {field: value}})
        assert (result.text, left(result)) == (text, ["the braces of the new value are not balanced"])


def test_findings_that_want_the_same_are_of_one_mind() -> None:
    entry = entry_of(SIMPLE)
    fixes = [finding(SetField(entry, "year", "2024")), finding(SetField(entry, "year", "2024"), SetType(entry, "misc"))]
    result = mend(Source(SIMPLE, "utf-8"), fixes)
    assert result.made == tuple(fixes)
    assert result.text == SIMPLE.replace("2023", "2024").replace("article", "misc")


def test_findings_of_equal_weight_that_contradict_each_other_are_refused() -> None:
    entry = entry_of(SIMPLE)
    fixes = [
        finding(SetField(entry, "year", "2024")),
        finding(SetField(entry, "year", "2025"), SetType(entry, "misc")),
        finding(SetField(entry, "title", "B")),
    ]
    result = mend(Source(SIMPLE, "utf-8"), fixes)
    assert result.text == SIMPLE.replace("{A}", "{B}")
    assert left(result) == ["another fix of equal weight would have this otherwise"] * 2


def test_what_matters_more_is_made_and_the_rest_waits() -> None:
    entry = entry_of(SIMPLE)
    form = finding(SetField(entry, "title", "{A}"), severity=Severity.ERROR)
    warning = finding(SetField(entry, "title", "C"), severity=Severity.WARNING)
    error = finding(SetField(entry, "title", "B"), severity=Severity.ERROR)
    result = mend(Source(SIMPLE, "utf-8"), [form, warning, error])
    assert result.made == (error,)
    assert [one.finding for one in result.left] == [warning, form]


def check_in_two_steps(text: str) -> list[Finding]:
    """Want the title wrong first, and its letters braced: the second only says so of the title it finds."""
    entry = entry_of(text)
    title = fields(text)["title"]
    found = [finding(SetField(entry, "title", "DisorBERT"))] if "Disor" not in title else []
    braced = finding(SetField(entry, "title", f"{{{title}}}"), severity=Severity.INFO)
    return found + ([braced] if title[0] != "{" else [])


def test_settling_makes_what_had_to_wait_and_a_second_run_changes_nothing() -> None:
    result = settle(Source(SIMPLE, "utf-8"), check_in_two_steps)
    assert fields(result.text)["title"] == "{DisorBERT}"
    assert (len(result.made), result.left) == (2, ())
    assert settle(Source(result.text, "utf-8"), check_in_two_steps) == (result.text, (), ())


def test_settling_ends_where_rules_never_agree() -> None:
    def quarrel(text: str) -> list[Finding]:
        entry = entry_of(text)
        return [finding(SetField(entry, "year", "2024" if "2023" in text else "2023"))]

    result = settle(Source(SIMPLE, "utf-8"), quarrel)
    assert result.text == SIMPLE.replace("2023", "2024")


def test_a_per_cent_sign_does_not_hide_the_next_entry_on_the_line() -> None:
    text = "@misc{a, title = {A}} @misc{b, title = {B}}\n@misc{c, title = {C}}\n"
    sign = {"set": {"title": r"50\% off"}}
    assert mended(text, {"key": "a", **sign}).text == text
    assert mended(text, {"key": "b", **sign}).text == text.replace("{B}", r"{50\% off}")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("@misc(a, title = {A})", "@misc(a, )"),
        ("@misc{a, title = {A}}", "@misc{a}"),
        ("@misc{a, title = {A}, year = 1}", "@misc{a, year = 1}"),
        ("@misc{a, year = 1, title = {A},}", "@misc{a, year = 1,}"),
        ("@misc{a,\n  % kept\n  title = {A},\n  year = 1\n}", "@misc{a,\n  % kept\n  year = 1\n}"),
        ("@misc{a,\n  year = 1, % kept\n  title = {A}\n}", "@misc{a,\n  year = 1, % kept\n  \n}"),
    ],
)
def test_a_removed_field_takes_one_comma_with_it_and_no_comment(text: str, after: str) -> None:
    assert mended(text, {"remove": ["title"]}).text == after


def test_a_comment_between_removed_fields_stays() -> None:
    text = "@misc{a,\n  year = 1,\n  title = {A}, % kept\n  note = {N},\n  pages = {1}\n}"
    assert mended(text, {"remove": ["title", "note"]}).text == "@misc{a,\n  year = 1, % kept\n  pages = {1}\n}"


def test_of_two_fields_after_a_removed_one_the_first_takes_its_place() -> None:
    text = "@misc{a, year = 1, journal = {J}, pages = {1}}"
    wanted = {"remove": ["journal"], "add": [["booktitle", "B", "journal"], ["doi", "10.1000/a", "journal"]]}
    assert mended(text, wanted).text == "@misc{a, year = 1, booktitle = {B}, doi = {10.1000/a}, pages = {1}}"


def test_a_new_field_follows_the_last_that_stays() -> None:
    text = "@misc{a,\n  year = 1, % kept\n  title = {A},\n}"
    wanted = {"remove": ["title"], "add": [["doi", "10.1000/a", ""]]}
    assert mended(text, wanted).text == "@misc{a,\n  year = 1,\n  doi = {10.1000/a}, % kept\n  \n}"


@pytest.mark.parametrize("piece", ["a\n", "{\\a", "{\\'e}\n", "é {\\a{", "and\n", '"', "{}"])
def test_a_huge_value_is_mended_or_left_alone_and_does_not_hang(piece: str) -> None:
    people = "A B and\n" * 3_000
    text = f"@misc{{a, title = {{{piece * 30_000}}}, note = {{é}}, author = {{{people} C D}}}}"
    new = {"set": {"title": "a b " * 20_000, "author": " and ".join(["B, A"] * 3_000)}}
    result = mended(text, new)
    assert bool(result.made) == (result.text != text)


def test_a_finding_of_another_text_changes_nothing() -> None:
    entry = entry_of("\n\n\n" + SIMPLE)
    assert left(mend(Source(SIMPLE, "utf-8"), [finding(SetField(entry, "year", "1"))])) == [
        "the entry is not where it was read"
    ]


def test_a_diff_is_one_that_patch_applies(tmp_path: Path) -> None:
    before = f"% first\r\n{SIMPLE}@misc{{b,\n title = {{B}}}}"
    after = mended(before, {"key": "a", **NEW_YEAR}, {"key": "b", "set": {"title": "C"}}).text
    path = tmp_path / "refs.bib"
    path.write_bytes(before.encode())
    change = diff("refs.bib", before, after)
    assert change.startswith("--- refs.bib\n+++ refs.bib\n@@ ")
    assert "\\ No newline at end of file\n" in change
    try:
        subprocess.run(
            ["patch", "-p0", "--binary"], cwd=tmp_path, input=change.encode(), check=True, capture_output=True
        )
    except FileNotFoundError:
        pytest.skip("patch is not here")
    assert path.read_bytes() == after.encode()
    assert diff("refs.bib", after, after) == ""


# Bibliographies of every manner, and edits of them.

NAMES = "author title journal booktitle year volume pages doi note x-own"
COMMENTS = ["", "% a comment\n", "@comment{kept, {nested} too}\n", '@string{jol = "Lamps"}\n', "loose words\n\n"]
words = st.text("abé Ł陈&;'~-", min_size=1, max_size=12).filter(lambda text: bool(text.strip()))
contents = st.one_of(words, st.builds("{}{{{}}}".format, words, words), st.builds("{}\n    {}".format, words, words))


@st.composite
def values(draw: st.DrawFn) -> str:
    shape = draw(st.sampled_from(["{%s}", '"%s"', "{{%s}}", "%s", "jol", "jol # {%s}", '"%s" # jol']))
    return shape.replace("%s", draw(st.integers(1, 3000).map(str)) if shape == "%s" else draw(contents))


@st.composite
def bibliographies(draw: st.DrawFn) -> str:
    line_end = draw(st.sampled_from(["\n", "\r\n"]))
    text = draw(st.sampled_from(COMMENTS)) + '@string{jol = "Lamps"}\n'
    for number in range(draw(st.integers(1, 4))):
        opening, closing = draw(st.sampled_from([("{", "}"), ("(", ")")]))
        separator = draw(st.sampled_from([",\n  ", ", ", ",\n\t", "\n , ", ",", " ,\n\n  "]))
        equals = draw(st.sampled_from(["=", " = ", "= ", " =", "\n="]))
        aligned = draw(st.booleans())
        shown = draw(st.sampled_from([str.lower, str.upper, str.title]))
        names = draw(st.lists(st.sampled_from(NAMES.split()), unique=True, max_size=6))
        pairs = [f"{shown(name):{9 * aligned}}{equals}{draw(values())}" for name in names]
        # After a parenthesis BibTeX takes one that closes for a part of the key.
        end = draw(st.sampled_from(["", ",", "\n", ",\n"] if pairs else [",", ",\n"]))
        body = separator.join([f"key{number}", *pairs]) + end
        text += f"@{draw(st.sampled_from(['article', 'Misc', 'INBOOK']))}{opening}{body}{closing}"
        text += draw(st.sampled_from(["\n", "\n\n", " ", ""])) + draw(st.sampled_from(COMMENTS))
    return text.replace("\n", line_end)


@st.composite
def edits(draw: st.DrawFn, entry: Entry) -> list[Edit]:
    """Draw edits of an entry that do not contradict each other."""
    present = [field.name.lower() for field in entry.fields]
    absent = [name for name in NAMES.split() if name not in present]
    places = st.sampled_from(["", *NAMES.split()])
    touched = draw(st.lists(st.sampled_from(present), unique=True)) if present else []
    added = draw(st.lists(st.sampled_from(absent), unique=True, max_size=3)) if absent else []
    made: list[Edit] = [
        RemoveField(entry, name) if draw(st.booleans()) else SetField(entry, name, draw(new_values)) for name in touched
    ]
    made += [AddField(entry, name, draw(new_values), draw(places)) for name in added]
    if draw(st.booleans()):
        made.append(SetType(entry, draw(st.sampled_from(["inproceedings", "article"]))))
    if draw(st.booleans()):
        made.append(RenameKey(entry, f"new-{entry.key}"))
    return draw(st.permutations(made))


new_values = st.one_of(st.integers(1900, 2100).map(str), st.text("abcé{}\"#%@,=Ł '", max_size=20).map(str.strip))


def is_balanced(value: str) -> bool:
    depth = 0
    for character in value:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), bibliographies())
def test_mending_gives_exactly_what_is_wanted_and_leaves_every_other_byte(data: st.DataObject, text: str) -> None:
    reading = read(text)
    entry = data.draw(st.sampled_from(reading.entries))
    wanted = data.draw(edits(entry))
    if not wanted:
        return
    result = mend(Source(text, "utf-8"), [finding(*wanted)])
    changed = {edit.field: edit for edit in wanted if isinstance(edit, SetField | AddField | RemoveField)}
    fine = all(is_balanced(edit.value) for edit in changed.values() if not isinstance(edit, RemoveField))
    if not fine:
        assert result.text == text
        return
    if left(result) == ["a per cent sign would hide the next entry, which begins on the same line"]:
        assert result.text == text
        return
    assert result.left == ()
    (position,) = (place for place, one in enumerate(reading.entries) if one is entry)
    after = read(result.text)
    assert len(after.entries) == len(reading.entries)
    _same_elsewhere(text, result.text, entry)
    new = after.entries[position]
    kept = [field for field in entry.fields if field.name.lower() not in changed]
    assert [text[field.name_start : field.end] for field in kept] == [
        result.text[field.name_start : field.end] for field in new.fields if field.name.lower() not in changed
    ]
    for name, edit in changed.items():
        values = [field.value for field in new.fields if field.name.lower() == name]
        if isinstance(edit, RemoveField):
            assert values == []
        else:
            assert len(values) == 1
            assert plain(values[0]) == plain(edit.value) or (
                name == "author" and people(values[0]) == people(edit.value)
            )
    assert new.key == (f"new-{entry.key}" if any(isinstance(edit, RenameKey) for edit in wanted) else entry.key)


def people(value: str) -> object:
    return read_names(plain(value))


def plain(value: str) -> str:
    """Return a value without what the manner of a file adds: double braces, braced quotes, letters as commands."""
    return " ".join(read_latex(value).split())


def _same_elsewhere(before: str, after: str, entry: Entry) -> None:
    assert entry.place
    rest = before[entry.place.end :]
    assert after.startswith(before[: entry.place.start])
    assert after.endswith(rest)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), bibliographies())
def test_mending_twice_is_mending_once(data: st.DataObject, text: str) -> None:
    entry = data.draw(st.sampled_from(read(text).entries))
    wanted = [edit for edit in data.draw(edits(entry)) if isinstance(edit, SetField)]
    if not wanted:
        return
    once = mend(Source(text, "utf-8"), [finding(*wanted)]).text
    again = next(one for one in read(once).entries if one.key == entry.key)
    twice = mend(Source(once, "utf-8"), [finding(*(edit._replace(entry=again) for edit in wanted))]).text
    assert twice == once


HOSTILE = """@article{ @misc( key , title = { } " # % \\ é 2020 ) @ @string{ @comment{ year={ \x00 \x1b[31m }\n@misc{b,""".split(
    " "
)
HOSTILE += ["\n", "\r\n", " "]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.data(),
    st.lists(st.sampled_from(HOSTILE), max_size=40).map("".join),
)
def test_hostile_text_is_mended_or_left_alone(data: st.DataObject, text: str) -> None:
    entries = read(text).entries
    if not entries:
        return
    entry = data.draw(st.sampled_from(entries))
    wanted = data.draw(edits(entry))
    if not wanted:
        return
    result = mend(Source(text, "utf-8"), [finding(*wanted)])
    if result.left:
        assert result.text == text
    else:
        _same_elsewhere(text, result.text, entry)
        assert len(read(result.text).entries) == len(entries)

"""Which keys a document cites: what LaTeX, pandoc, Typst and Org themselves would count, whatever the text."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mhlit.errors import MhlitError
from mhlit.formats.cited import Cited, citations, markdown, org, read, typst
from mhlit.formats.cited.latex import read_aux, read_bcf, read_tex

TEX = {
    r"\cite{a}": "a",
    r"\cite{a,b , c}": "a b c",
    r"\citep[see][p.~3]{a}": "a",
    r"\citet*{a} \Citeauthor{b} \citealp{c} \citeyearpar{d}": "a b c d",
    r"\parencite[1]{a} \textcite{b} \autocite{c} \footcite[][2]{d} \fullcite{e} \smartcite{f}": "a b c d e f",
    r"\parencites(pre)(post)[1]{a}[2]{b}{c} text {d}": "a b c",
    r"\volcite{2}[12]{a}": "a",
    r"\nocite{*}": "*",
    "\\cite{a,\n  b}": "a b",
    "\\cite%\n  [p. 3]%\n  {a}": "a",
    r"% \cite{no}" "\n" r"50\% \cite{a}": "a",
    r"\\% \cite{no}" "\n" r"\cite{a}": "a",
    r"\verb|\cite{no}| \cite{a}": "a",
    "\\begin{verbatim}\n\\cite{no}\n\\end{verbatim}\\cite{a}": "a",
    "\\begin{lstlisting}[language=TeX]\n\\cite{no}\n\\end{lstlisting}\\cite{a}": "a",
    r"\cite{a}\end{document}\cite{no}": "a",
    r"\newcommand{\citex}[1]{\cite{#1}} \cite{a}": "a",
    r"\defcitealias{no}{A 2020} \citetalias{a}": "a",
    r"\citestyle{no} \bibcite{no}{1} \cite{a}": "a",
    r"\citep[see \cite{b}, ch.~[2]]{a}": "a",
    r"\cite": "",
    r"\cite{": "",
    "\\cite\n\n{no}": "",
}  # fmt: skip
MARKDOWN = {
    "[@a; see @b, p. 3; -@c]": "a b c",
    "As @a says [p. 3].": "a",
    "@{a/b}": "a/b",
    "@a.b. @c_d, @e:f; @g-h": "a.b c_d e:f g-h",
    "me@example.org \\@no `@no` ``a ` @no``": "",
    "```\n@no\n```\n@a": "a",
    "~~~ {.r}\n@no\n~~~~\n@a": "a",
    "Text\n\n    @no\n\n@a": "a",
    "- item\n\n    @a": "a",
    "<!-- @no --> $@no$ <https://x.org/@no> [x](https://x.org/@no) @a": "a",
    "---\nnocite: |\n  @a, @*\n---": "a *",
    "[^1]: @a": "a",
}
TYPST = {
    "@a and @b[p. 3]. @c: @d-e.": "a b c d-e",
    '#cite(<a>) #cite(label("b/c"), form: "prose")': "a b/c",
    "= Title <no>\n@no @a": "a",
    "// @no\n/* @no */ `@no` https://x.org/@no \\@no @a": "a",
    '#link("https://x.org/@no") @a': "a",
}
ORG = {
    "[cite:@a] [cite/t:see @b p. 3;@c]": "a b c",
    "[[cite:&a;&b]] cite:c,d citep:e.": "a b c d e",
    "#+begin_src latex\n[cite:@no]\n#+end_src\n# [cite:@no]\n=[cite:@no]= [cite:@a]": "a",
}


@pytest.mark.parametrize(("text", "keys"), TEX.items())
def test_latex(text: str, keys: str) -> None:
    assert [str(key) for key in read_tex(text)] == keys.split()


@pytest.mark.parametrize(("text", "keys"), MARKDOWN.items())
def test_markdown(text: str, keys: str) -> None:
    assert list(dict.fromkeys(markdown.read(text))) == keys.split()


@pytest.mark.parametrize(("text", "keys"), TYPST.items())
def test_typst(text: str, keys: str) -> None:
    assert list(dict.fromkeys(typst.read(text))) == keys.split()


@pytest.mark.parametrize(("text", "keys"), ORG.items())
def test_org(text: str, keys: str) -> None:
    assert list(dict.fromkeys(org.read(text))) == keys.split()


def test_quarto_has_cross_references() -> None:
    assert markdown.read_quarto("@fig-one and @sec-two but @a") == ["a"]


def test_what_latex_leaves_behind() -> None:
    aux = "\\relax\n\\citation{a,b}\n\\abx@aux@cite{0}{c}\n\\abx@aux@cite{d}\n\\citation{biblatex-control}\n\\bibdata{x}\n"
    assert read_aux(aux) == ["a", "b", "c", "d"]
    bcf = '<bcf:citekey order="1">a</bcf:citekey><bcf:citekey order="2" type="set" members="b,c">s</bcf:citekey>'
    assert read_bcf(bcf) == ["a", "b", "c"]


def test_included_files_are_read_where_they_stand_and_once(tmp_path: Path) -> None:
    (tmp_path / "paper.tex").write_text(r"\cite{a}\input{part}\include{sub/more}\cite{d}\input{part}")
    (tmp_path / "part.tex").write_text(r"\cite{b}\input{paper}")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "more.tex").write_text(r"\cite{c}\input{../outside}\input{missing}\input{../../etc}")
    cited = read(tmp_path / "paper.tex")
    assert cited.keys == ("a", "b", "c", "d")
    assert len(cited.problems) == 3
    assert any("is not in its folder" in problem for problem in cited.problems)


@pytest.mark.parametrize("data", [b"\\cite{caf\xe9}", b"\xef\xbb\xbf\\cite{caf\xc3\xa9}"])
def test_any_coding_is_read(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "paper.tex").write_bytes(data)
    assert read(tmp_path / "paper.tex") == Cited(("café",))


READERS = [read_tex, read_aux, read_bcf, markdown.read, markdown.read_quarto, typst.read, org.read]
PIECES = st.sampled_from(
    [*"\\{}[]()<>@%$`~*#|&;:,.=\"'\n \t-_/", "\\cite", "\\citep", "\\verb", "\\begin{verbatim}", "\\end{verbatim}",
     "\\input", "[cite:", "cite:", "@a", "a", "```", "~~~", "<!--", "-->", "#cite(<", "{{<", "<bcf:citekey",
     "\\citation{", "#+begin_src", "    ", "\n\n", "é", "陈", "\x00", "\u2028"]
)  # fmt: skip


@pytest.mark.parametrize(
    "reader", READERS, ids=lambda reader: f"{reader.__module__.rpartition('.')[2]}.{reader.__name__}"
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pieces=st.lists(PIECES, max_size=40))
def test_whatever_the_text_keys_come_back(reader, pieces: list[str]) -> None:  # type: ignore[no-untyped-def]
    keys = reader("".join(pieces))
    assert all(isinstance(key, str) and key == key.strip() and key for key in keys)


@pytest.mark.parametrize("piece", ["\\cite{", "\\cite[", "\\verb|", "{", "@", "`a``b", "``` ", "$a ", "](a(", "<!--",
                                   "@a:", '"', "/*", "[cite:", "=a ", "cite:@", "\\begin{verbatim}", "<bcf:citekey "])  # fmt: skip
def test_no_text_makes_a_reader_hang(piece: str) -> None:
    """A reader that is not linear takes minutes for these, not a second or two."""
    start = time.process_time()
    for reader in READERS:
        reader(piece * 5000)
    assert time.process_time() - start < 20


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "paper.tex").mkdir()
    with pytest.raises(MhlitError, match="cannot be read"):
        read(tmp_path / "paper.tex")


def test_every_citation_has_its_place(tmp_path: Path) -> None:
    (tmp_path / "paper.tex").write_text("\\cite{ one,%\n  two }\n\\input{part}\\citep[p.~3]{three}\n", encoding="utf-8")
    (tmp_path / "part.tex").write_text("% \\cite{hidden}\n\\parencites{four}[2]{five}", encoding="utf-8")
    found, problems = citations(tmp_path / "paper.tex")
    assert [(one.key, Path(one.path).name, one.line, one.column) for one in found] == [
        ("one", "paper.tex", 1, 8),
        ("two", "paper.tex", 2, 3),
        ("four", "part.tex", 2, 13),
        ("five", "part.tex", 2, 22),
        ("three", "paper.tex", 3, 26),
    ]
    assert problems == ()

"""LaTeX read as text: accents in all their spellings, letters, signs, markup; nothing lost, nothing raised."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhlit.formats.latex import encode
from mhlit.formats.latex_reading import decode


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"Arag{\'o}n {\'E}lise Jos\'e M\"uller M{\"u}ller Fran\c cois \c{C}a\u{g}r{\i}", "Aragón Élise José Müller Müller François Çağrı"),
        (r"\'{\i} \'\i {\'{\i}} \'{{\i}} {\~{\i}} \v{\j}", "í í í í ĩ ǰ"),
        (r"Nguy{\~{\^e}}n {\u{\d{a}}} \={\AE}", "Nguyễn ặ Ǣ"),
        (r"{\L}ukasz \O re {\aa}se stra{\ss}e \dh", "Łukasz Øre åse straße ð"),
        (r"{LLM}s \& 50\% \#1 a\_b \$5 \{x\}", "LLMs & 50% #1 a_b $5 {x}"),
        (r"$\psi$ {$\Psi$} PATIENT-$\Psi$ \(\alpha\) x$^2$ $k$-means", "ψ Ψ PATIENT-Ψ α x² k-means"),
        (r"\emph{Foo} {\em bar} \textit{b\'az} \href{http://a}{here}", "Foo bar báz here"),
        (r"{\textquotedblleft}It{\textquotedblright} ``so'' O{\textquoteright}Logbon", "“It” “so” O’Logbon"),
        (r"12--34 --- J.~Smith~Jr a\\b", "12–34 — J. Smith Jr a b"),
        (r"<i>npj</i> R&amp;D x < y", "npj R&D x < y"),
        (r"\someunknown{kept} \LaTeX{} here", "kept LaTeX here"),
        ("50% of plain text", "50% of plain text"),
        (r"100\% sure % not a comment", "100% sure % not a comment"),
    ],
)  # fmt: skip
def test_latex_is_read_as_text(latex: str, text: str) -> None:
    assert decode(latex) == text


def test_braces_that_group_words_stay_when_wanted() -> None:
    assert decode(r"{Barnes and Noble} {\'E}mile {\textquoteright}", keep_braces=True) == "{Barnes and Noble} Émile ’"


@given(st.text(st.characters(max_codepoint=0x17F, blacklist_categories=("Cc", "Cf", "Cs", "Zs", "Mn"))))
def test_what_is_written_as_latex_is_read_as_it_was(text: str) -> None:
    written = unicodedata.normalize("NFC", text)
    if decode(written) == written:  # but for what is markup itself, such as <i>
        assert decode(encode(written)) == written.replace("µ", "μ")


@given(st.text(st.sampled_from("\\{}$%~&^_'\"`-=.abciuvHt ψé<>#@\n0\ufdd0"), max_size=60))
def test_no_latex_is_too_strange(latex: str) -> None:
    assert isinstance(decode(latex), str)
    assert isinstance(decode(latex, keep_braces=True), str)


def test_a_thousand_open_braces_and_commands_do_not_hang() -> None:
    assert decode(r"\textbf{" * 3000 + "x").endswith("x")
    assert "é" in decode(r"{\'" * 500 + r"{\'e}")

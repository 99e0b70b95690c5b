"""LaTeX: accents as BibTeX's special characters, specials escaped once, ASCII but for what has no command."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhlit.formats.latex import encode
from mhlit.formats.writers.tex import protect


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("Aragón", r"Arag{\'o}n"),
        ("Élise", r"{\'E}lise"),
        ("Łukasz", r"{\L}ukasz"),
        ("Çağrı", r"{\c{C}}a{\u{g}}r{\i}"),
        ("Nguyễn", r"Nguy{\~{\^e}}n"),
        ("ű", r"{\H{u}}"),
        ("Müller", r"M{\"u}ller"),
        ("í ï", r"{\'i} {\"i}"),
        ("ĩ į", r"{\~{\i}} {\k{i}}"),
        ("ặ", r"{\u{\d{a}}}"),
        ("ṣ", r"{\d{s}}"),
        ("O’Logbon", r"O{\textquoteright}Logbon"),
        ("R&D 50% #1 a_b $5", r"R\&D 50\% \#1 a\_b \$5"),
        ("a\\b{c}~^", r"a{\textbackslash}b{\textbraceleft}c{\textbraceright}{\textasciitilde}{\textasciicircum}"),
        ("ψ Ψ", r"{$\psi$} {$\Psi$}"),
        ("Α", r"{$A$}"),
        ("12–34 — …", r"12{\textendash}34 {\textemdash} {\ldots}"),
        ("陈志", "陈志"),
    ],
)
def test_text_is_written_as_latex(text: str, latex: str) -> None:
    assert encode(text) == latex


@given(st.text(st.characters(max_codepoint=0x17F, blacklist_categories=("Cc", "Cf", "Cs", "Sk", "Lm"))))
def test_latin_letters_become_ascii_with_balanced_braces(text: str) -> None:
    latex = encode(text)
    without = "".join(c for c in latex if not c.isascii())
    canonical = [c for c in without if unicodedata.decomposition(c) and "<" not in unicodedata.decomposition(c)]
    assert not canonical
    assert latex.count("{") == latex.count("}")
    depth = 0
    for character in latex:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0


@given(st.text())
def test_what_has_no_command_stays_and_no_letter_is_lost(text: str) -> None:
    latex = encode(text)
    for character in unicodedata.normalize("NFC", text):
        if "一" <= character <= "龥":
            assert character in latex


@pytest.mark.parametrize(
    ("title", "latex"),
    [
        ("PATIENT-Ψ: a model", r"{PATIENT}-{$\Psi$}: a model"),
        ("β2 and αβ", r"{{$\beta$}2} and {{$\alpha$}{$\beta$}}"),
        ("R&D of LLMs", r"{R\&D} of {LLMs}"),
    ],
)
def test_what_is_protected_in_a_title_has_closed_braces(title: str, latex: str) -> None:
    assert protect(title, encode) == latex

"""References in text: six styles and the two shapes of lists, whole works in each, and prose left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhlit.catalog.source import Catalog
from mhlit.compare import cited_version
from mhlit.formats.readers import awesome, references, thebibliography
from mhlit.likeness.people import Sameness, sameness
from mhlit.likeness.titles import Likeness, likeness
from mhlit.model import Entry, PartialDate, Version
from mhlit.names import inverted
from tests.reference_styles import STYLES


def one(text: str, suffix: str = "txt") -> Entry:
    read = awesome.read if suffix == "md" else references.read
    (entry,) = read(text).entries
    return entry


def parts(entry: Entry) -> dict[str, str]:
    return {field.name: field.value for field in entry.fields if field.name != "text"}


@pytest.mark.parametrize("style", STYLES)
def test_every_work_is_read_in_every_style(catalog: Catalog, style: str) -> None:
    for work in catalog.works:
        record = work.preferred
        entry = one(STYLES[style](record))
        read = entry.record
        assert likeness(read.title, record.title) is Likeness.SAME, (style, work.key, read.title)
        assert (read.issued or PartialDate(0)).year == (record.issued or PartialDate(1)).year
        assert sameness(read.authors[0], record.authors[0]) is Sameness.SAME, (style, work.key)
        assert all(
            any(sameness(name, author) >= Sameness.FORM for author in record.authors) for name in read.authors
        ), (style, work.key, [inverted(name) for name in read.authors])
        assert (entry.omitted >= 0) == (len(read.authors) < len(record.authors))
        if record.version is Version.VERSION_OF_RECORD:
            assert read.container_title.removesuffix(".") == record.container_title, (style, work.key)
            assert cited_version(read, work) is Version.VERSION_OF_RECORD
            if record.type == "article":
                assert (read.volume, read.pages or read.article_number) == (
                    record.volume,
                    record.pages or record.article_number,
                ), (style, work.key)
        else:
            assert read.version is Version.PREPRINT
            assert read.identifier("arxiv") == record.identifier("arxiv")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            "Kim, J., Ma, S.P., Chen, M.L. *et al.* Optimizing large language models. *npj Digit. Med.* **8**, 580 (2025). [[PDF](https://doi.org/10.1038/s1)]",
            {"author": "Kim, J., Ma, S.P., Chen, M.L. et al.", "title": "Optimizing large language models",
             "journal": "npj Digit. Med", "volume": "8", "pages": "580", "year": "2025", "pdf": "https://doi.org/10.1038/s1"},
            id="Nature",
        ),
        pytest.param(
            "Xu, B., Li, L., ... & Lin, H. Unveiling Care Conversations: A Dataset.[[PDF](https://a.b/0923.pdf)]",
            {"author": "Xu, B., Li, L., ... & Lin, H.", "title": "Unveiling Care Conversations: A Dataset", "pdf": "https://a.b/0923.pdf"},
            id="no year, no journal",
        ),
        pytest.param(
            "Siddals, S. (2024). “It happened to be the perfect thing”: experiences of chatbots. *npj MHR*, *3*(1), 48.",
            {"author": "Siddals, S.", "title": "“It happened to be the perfect thing”: experiences of chatbots",
             "journal": "npj MHR", "volume": "3", "number": "1", "pages": "48", "year": "2024"},
            id="a title that begins with a quotation",
        ),
        pytest.param(
            "* **PsyQA: A Chinese Dataset** — Junhui Li *et al.*, ACL-IJCNLP 2021 Findings. [[link]](https://a.b/c) [[code]](https://g.h)",
            {"title": "PsyQA: A Chinese Dataset", "author": "Junhui Li et al.", "journal": "ACL-IJCNLP 2021 Findings",
             "year": "2021", "url": "https://a.b/c", "related": "https://g.h"},
            id="list",
        ),
        pytest.param(
            "- [PsyQA: A Chinese Dataset](https://a.b/c), Hao Sun, Zhenru Lin (ACL 2021)",
            {"title": "PsyQA: A Chinese Dataset", "author": "Hao Sun, Zhenru Lin", "journal": "ACL 2021", "year": "2021", "url": "https://a.b/c"},
            id="list whose titles are links",
        ),
        pytest.param(
            "1. (ACL 2021) **PsyQA: A Chinese Dataset** [paper](https://a.b/c)",
            {"title": "PsyQA: A Chinese Dataset", "journal": "ACL 2021", "year": "2021", "url": "https://a.b/c"},
            id="list with the venue first",
        ),
        pytest.param(
            "| Title | Authors | Venue | Link |\n|---|:--|---|---|\n| [PsyQA: A Chinese Dataset](https://a.b) | Hao Sun, A B | ACL 2021 | [code](https://g.h) |\n",
            {"title": "PsyQA: A Chinese Dataset", "author": "Hao Sun, A B", "journal": "ACL 2021", "year": "2021",
             "url": "https://a.b", "related": "https://g.h"},
            id="table",
        ),
        pytest.param(
            "Na, H., Hua, Y. and Chen, L., 2025, July. A survey of models. In *Findings of ACL* (pp. 12-34).",
            {"author": "Na, H., Hua, Y. and Chen, L.", "title": "A survey of models", "journal": "Findings of ACL", "pages": "12-34", "year": "2025"},
            id="Harvard",
        ),
    ],
)  # fmt: skip
def test_a_reference_is_taken_apart(text: str, wanted: dict[str, str]) -> None:
    entry = one(text, "md")
    assert parts(entry) == wanted
    for field in entry.fields:
        if field.name not in ("text", "author"):  # those hold markup in the file
            assert text[field.start : field.end] == field.value


def test_places_hold_in_a_garbled_file() -> None:
    line = "* **LLMs’ Empathy — a “Study”** — Jane Doe *et al.*, ACL 2021. [[link]](https://a.b/XXX)\n"
    garbled = ("# Ünïcödé 📊\n\n" + line).encode().decode("mac_roman")
    reading = awesome.read(garbled)
    (entry,) = reading.entries
    assert entry.record.title == "LLMs’ Empathy — a “Study”"
    assert [problem.rule for problem in reading.problems] == ["mojibake"]
    url = next(field for field in entry.fields if field.name == "url")
    assert garbled[url.start : url.end] == "https://a.b/XXX"
    assert entry.place is not None
    assert entry.place.line == 3


@pytest.mark.parametrize(
    "text",
    [
        "# Contents\n\n- [Theoretical basis ](#theoretical-basis)\n- [Clinical application](#clinical)\n",
        "Perfect — here is your section in **Awesome-list style**, with links for each paper.\n",
        "If you'd like, I can:\n\n* Replace all placeholders with the **exact official URLs**\n* Add badges (ACL / arXiv)\n",
        "![Stars](https://img.shields.io/x?style=social)\n",
        "```\nDoe, J. (2020). A title of a paper. Journal, 1(2), 3.\n```\n<!-- Doe, J. (2020). A title of it. Nature. -->\n",
        "Please submit a **Pull Request** or open an **Issue** (2024).\n",
    ],
)
def test_prose_is_no_reference(text: str) -> None:
    reading = awesome.read(text)
    assert reading.entries == ()
    assert [problem.rule for problem in reading.problems] == ["no-references"]


def test_wrapped_numbered_and_single_line_references_are_told_apart() -> None:
    wrapped = "Doe, J. (2020). A title of a\n  long paper. Nature, 1(2), 3.\n\n"
    numbered = (
        "[1] J. Doe, “A title of a paper,” Nature, 2020.\n[2] R. Roe, “Another title of it,”\n    Nature, 2021.\n\n"
    )
    single = (
        "Doe, J. (2020). A third title here. Nature, 1(2), 3.\nRoe, R. (2021). A fourth title here. Nature, 1(2), 4.\n"
    )
    titles = [entry.record.title for entry in references.read(wrapped + numbered + single).entries]
    assert titles == ["A title of a long paper", "A title of a paper", "Another title of it", "A third title here", "A fourth title here"]  # fmt: skip


BBL = r"""\begin{thebibliography}{1}
\bibitem[{Sun et~al.(2021)Sun, Lin}]{sun}
Hao Sun and Zhenru Lin. 2021{\natexlab{a}}.
\newblock \href {https://doi.org/10.18653/v1/2021.findings-acl.130} {{P}sy{QA}: A {C}hinese Dataset}.
\newblock In \emph{Findings of ACL}, pages 1489--1503.
\bibitem{arag}
M.~E. Arag{\'o}n, ``Disor{BERT}: A double model,'' in \emph{Proc. ACL}, 2023, pp.~1--9.
\bibitem{odd} Something odd at \url{https://arxiv.org/abs/2311.00273}
\end{thebibliography}
"""


def test_the_bibliography_of_a_document_is_read() -> None:
    sun, arag, odd = thebibliography.read("\\documentclass{x}\n" + BBL).entries
    assert (sun.key, sun.record.title) == ("sun", "PsyQA: A Chinese Dataset")
    assert [inverted(name) for name in sun.record.authors] == ["Sun, Hao", "Lin, Zhenru"]
    assert sun.record.identifier("doi") == "10.18653/v1/2021.findings-acl.130"
    assert (sun.record.pages, sun.place and sun.place.line) == ("1489-1503", 3)
    assert (arag.record.title, arag.record.pages) == ("DisorBERT: A double model", "1-9")
    assert inverted(arag.record.authors[0]) == "Aragón, M. E."
    assert odd.mentions[0].identifier.value == "2311.00273"


def test_the_bbl_of_biber_is_read() -> None:
    text = r"""\entry{sun}{inproceedings}{}{}
      \name{author}{2}{}{%
        {{un=0,hash=a6}{%
           family={Sun},
           familyi={S\bibinitperiod},
           given={Hao},
           giveni={H\bibinitperiod}}}%
        {{un=0,hash=b7}{%
           family={Aragón},
           given={M.\bibnamedelimi E.}}}%
      }
      \field{booktitle}{Findings of {ACL}}
      \field{title}{{PsyQA}: A Dataset}
      \field{year}{2021}
      \field{pages}{1489\bibrangedash 1503}
      \verb{doi}
      \verb 10.18653/v1/2021.findings-acl.130
      \endverb
    \endentry
"""
    (entry,) = thebibliography.read(text).entries
    assert entry.record.title == "PsyQA: A Dataset"
    assert [name.family for name in entry.record.authors] == ["Sun", "Aragón"]
    assert entry.record.pages == "1489-1503"
    assert entry.record.identifier("doi") == "10.18653/v1/2021.findings-acl.130"


pieces = st.lists(
    st.sampled_from(
        ["Doe, J.", " et al.", "(2020).", "“A title,”", " A long title here.", "**", "*", "[", "](", ")", "|", "---|---", "\n", "\n\n",
         "- ", "1. ", "[J].", "//", "In ", "8(1), 230", "https://a.b/c", "\\bibitem{a}", "\\newblock", "{", "}", "`", "<a href=x>",
         "â€™", "‚Äî", "é", "\ud800", "\x00", "&amp;", "%", "\\", "Editors", "(Eds.)", ", editors, ", "..."]
    ),
    max_size=40,
)  # fmt: skip


@given(pieces)
def test_no_text_is_too_strange(parts: list[str]) -> None:
    text = "".join(parts)
    for reader in (awesome, references, thebibliography):
        for entry in reader.read(text).entries:
            assert entry.place is not None
            assert all(0 <= field.start <= field.end <= len(text) for field in entry.fields)

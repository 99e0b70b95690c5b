"""The query language: what every form is read as, what is refused and how, and that nothing breaks it."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mhlit.errors import NothingFound, UsageError
from mhlit.search.engine import search
from mhlit.search.query import Address, Either, Field, Group, Not, Phrase, Term, parse
from mhlit.store.reading import Store
from mhlit.store.schema import FACETS
from tests.conftest import Run


def read(query: str) -> tuple[object, ...]:
    return parse(query, FACETS).nodes


@pytest.mark.parametrize(
    ("query", "nodes"),
    [
        ("", ()),
        ("Deep Café", (Term("deep", 1), Term("cafe", 6))),
        ("multi-turn", (Term("multi", 1), Term("turn", 1))),
        ("psych*", (Term("psych", 1, True),)),
        ("a - b", (Term("a", 1), Term("b", 5))),
        ('"two  words"', (Phrase(("two", "words"), 1),)),
        ('""', ()),
        ("“smart quotes” x", (Phrase(("smart", "quotes"), 1), Term("x", 16))),
        ("it’s “never closed", (Term("its", 1), Term("never", 7), Term("closed", 13))),
        ("-survey", (Not((Term("survey", 2),)),)),
        ("--survey", (Not((Term("survey", 3),)),)),
        ('-"a b"', (Not((Phrase(("a", "b"), 2),)),)),
        ("-(a b)", (Not((Group((Term("a", 3), Term("b", 5))),)),)),
        ("-venue:ACL", (Not((Field("venue", "ACL", 2),)),)),
        ("author:kim", (Field("author", "kim", 1),)),
        ('author:"de choudhury" x', (Field("author", "de choudhury", 1), Term("x", 23))),
        ("Author: kim x", (Field("author", "kim", 1), Term("x", 13))),
        ("year:2023..", (Field("year", "2023..", 1),)),
        ("(year:2023)", (Group((Field("year", "2023", 2),)),)),
        ("a OR b", (Either((Group((Term("a", 1),)), Group((Term("b", 6),)))),)),
        (
            "a OR b OR c d",
            (Either((Group((Term("a", 1),)), Group((Term("b", 6),)), Group((Term("c", 11),)))), Term("d", 13)),
        ),
        ("(a b) OR c", (Either((Group((Group((Term("a", 2), Term("b", 4))),)), Group((Term("c", 10),)))),)),
        ("a or b", (Term("a", 1), Term("or", 3), Term("b", 6))),
        ("KokoroChat: A dataset", (Term("kokorochat", 1), Term("a", 13), Term("dataset", 15))),
        ("Meng:2025", (Term("meng", 1), Term("2025", 1))),
        ("10:30", (Term("10", 1), Term("30", 1))),
        ("10.1/x doi:10.1234/ab", (Term("10", 1), Term("1", 1), Term("x", 1), Address("doi:10.1234/ab", 8))),
        ("see https://example.org/a:b", (Term("see", 1), Address("https://example.org/a:b", 5))),
        ("10.1145/3589334.3648137", (Address("10.1145/3589334.3648137", 1),)),
    ],
)
def test_every_form_is_read(query: str, nodes: tuple[object, ...]) -> None:
    assert read(query) == nodes


@pytest.mark.parametrize(
    ("query", "said", "fix"),
    [
        ('deep "abc', 'query, column 6: the quote " is never closed', "close it, or leave it out"),
        ('author:"kim', 'query, column 8: the quote " is never closed', "close it, or leave it out"),
        ("deep (a b", "query, column 6: this parenthesis is never closed", "close it, or leave it out"),
        ("deep a) b", "query, column 7: this parenthesis was never opened", "open it, or leave it out"),
        ("OR b", "query, column 1: OR needs something before it", "write: this OR that"),
        ("a OR", "query, column 3: OR needs something after it", "write: this OR that"),
        ("a OR OR b", "query, column 3: OR needs something after it", "write: this OR that"),
        ("a OR -b", "query, column 3: OR needs something after it", "write: this OR that, and what to leave out apart"),
        ("(a OR) b", "query, column 4: OR needs something after it", "write: this OR that"),
        ("x auther:kim", "query, column 3: there is no field 'auther'", "did you mean author:kim?"),
        ("topics:empathy", "query, column 1: there is no field 'topics'", "did you mean topic:empathy?"),
        ("lang:ja", "query, column 1: there is no field 'lang'", "did you mean language:ja?"),
        ("x topic:", "query, column 3: topic: has no value", 'write topic:value or topic:"two words"'),
        ('topic:""', "query, column 1: topic: has no value", 'write topic:value or topic:"two words"'),
        ("author:(kim)", "query, column 1: author: has no value", 'write author:value or author:"two words"'),
        ("a OR " * 101 + "a", "query, column 503: too many phrases, fields and signs", "use at most 100"),
        ("(" * 30 + "a" + ")" * 30, "query, column 21: the parentheses are too deep", "use at most 20"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_column_and_a_fix(query: str, said: str, fix: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(query)
    assert caught.value.message == said
    assert caught.value.hint.startswith(fix)


_PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            *(
                '"',
                "“",
                "”",
                "(",
                ")",
                "-",
                "--",
                "*",
                "^",
                ":",
                "OR",
                "AND",
                "NOT",
                "NEAR(",
                "{title}:",
                "title:",
                "'",
            ),
            *(f"{facet}:" for facet in FACETS),
            *("empathy", "lonliness", "year:2024..", "topic:empathy", "hua2025scoping", "10.1145/3589334.3648137"),
            *(
                "https://",
                "doi:",
                "arXiv:2309.13567",
                "\\",
                "{\\'e}",
                "$\\psi$",
                "\x00",
                "\ud800",
                "\u202e",
                "🙂",
                "العربية",
            ),
            *("'; DROP TABLE works; --", "%", "_", "NULL", "\n", "\t"),
        ]
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(st.lists(_PIECES, max_size=9).map(" ".join) | st.lists(_PIECES, max_size=9).map("".join))
@example('"' * 10_000)
@example("(" * 10_000)
@example("-" * 10_000)
@example("a" * 10_000)
@example("a " * 5_000)
@example("loneliness OR " * 700 + "x")
@example(" ".join(f"w{n}" for n in range(2_000)))
@example("\\" * 10_000)
def test_any_text_is_a_result_or_a_clear_refusal(store: Store, query: str) -> None:
    refusal = None
    works: list[int] = []
    try:
        works = [hit.work for hit in search(store, query).hits]
    except UsageError as error:
        refusal = error
    assert len(set(works)) == len(works)
    if refusal:
        assert refusal.message.startswith("query, column ") or refusal.message == "the query has no words"
        assert refusal.hint


@pytest.mark.parametrize(
    "query",
    [
        '"', "(", ")", "-", "*", "^", "NEAR(a b)", "AND", "NOT", "a OR", "title : x", "\x00\x1b[31m", "🙂🙂", "\u202eabc",
        "' OR 1=1 --", "x" * 10_000, '"' + "x y " * 3000 + '"', "\ud800",
    ],
)  # fmt: skip
def test_bad_input_gives_exit_1_or_2_and_one_clear_line(run: Run, query: str) -> None:
    code, out, err = run("search", "--", query)
    assert code in (NothingFound.exit_code, UsageError.exit_code, 0)
    assert (out == "") == (code != 0)
    if code:
        lines = err.splitlines()
        assert lines[0].startswith("mhlit: ")
        assert all(line.startswith("hint: ") for line in lines[1:])
    assert "Traceback" not in err

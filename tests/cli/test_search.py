"""What search makes of its words and options, and what it says beside its results."""

import json

import pytest

from tests.conftest import Run


def keys(run: Run, *words: str) -> list[str]:
    return run("search", *words, "--keys").out.split()


class TestTheWordsOfTheShell:
    def test_quotes_that_the_shell_took_away_are_put_back_after_a_field(self, run: Run) -> None:
        assert keys(run, "author:de choudhury", "year:2024..") == keys(run, 'author:"de choudhury" year:2024..')
        assert len(keys(run, "author:de choudhury", "year:2024..")) == 2

    def test_words_to_leave_out_are_no_options(self, run: Run) -> None:
        assert keys(run, "counseling", "-dataset") == keys(run, "counseling -dataset")
        assert keys(run, "empathy", "-venue:ACL") == keys(run, "empathy -venue:ACL")
        assert keys(run, "-empathy") == run("search", "--keys", "--", "-empathy").out.split()
        assert len(keys(run, "empathy", "-n2")) == 2

    def test_all_the_parts_together(self, run: Run) -> None:
        query = 'resource:dataset year:2024.. (empathy OR "emotional support") -survey psych*'
        found = keys(run, query)
        assert found
        assert set(found) <= set(run("list", "--resource", "dataset", "--year", "2024..", "--keys").out.split())


class TestOptions:
    def test_sort_and_limit(self, run: Run) -> None:
        found = keys(run, "empathy")
        assert sorted(found) == keys(run, "empathy", "--sort", "key")
        assert keys(run, "empathy", "--sort", "key", "--limit", "2") == sorted(found)[:2]

    def test_like(self, run: Run) -> None:
        assert keys(run, "--like", "mentalmanip")[0] == "khanna-etal-2025-self"
        assert json.loads(run("search", "--like", "mentalmanip", "--json").out)["query"] == (
            "like wang-etal-2024-mentalmanip"
        )

    @pytest.mark.parametrize(
        ("words", "code", "said"),
        [
            (["--like", "soulchat", "empathy"], 2, "mhlit: --like takes no QUERY\n"),
            ([], 2, "mhlit: missing QUERY\nhint: mhlit search empathy\n"),
            (["--like", "qwzx"], 4, "mhlit: no work is known as 'qwzx'\nhint: mhlit search qwzx\n"),
            (["empathy", "--sort", "yaer"], 2, "mhlit: there is no order 'yaer'\nhint: did you mean year?\n"),
            (
                ["empathy auther:kim"],
                2,
                "mhlit: query, column 9: there is no field 'auther'\nhint: did you mean author:kim?\n",
            ),
            (
                ["empathy", "--venue", "KDD"],
                1,
                "mhlit: nothing found for 'empathy'\nhint: without filters and exclusions it finds 9\n",
            ),
            (
                ["10.9999/nobody"],
                1,
                "mhlit: nothing found for '10.9999/nobody'\n"
                "hint: it is an identifier or an address, and no work here has it\n",
            ),
            (
                ["ocd qwzx"],
                1,
                "mhlit: nothing found for 'ocd qwzx'\nhint: no work holds qwzx; without: mhlit search ocd\n",
            ),
            (
                ["gender bias"],
                1,
                "mhlit: nothing found for 'gender bias'\nhint: no work holds gender; without: mhlit search bias\n",
            ),
            (
                ["munmun choudry"],
                1,
                "mhlit: nothing found for 'munmun choudry'\nhint: did you mean munmun choudhury?\n",
            ),
        ],
    )
    def test_what_is_wrong_is_said_in_a_line_with_a_hint(
        self, run: Run, words: list[str], code: int, said: str
    ) -> None:
        assert run("search", *words) == (code, "", said)

    def test_a_typo_is_told_on_stderr(self, run: Run) -> None:
        result = run("search", "lonliness", "--keys")
        assert result.out.startswith("maples-etal-2024-loneliness\n")
        assert result.err == "no work holds 'lonliness'; taken for loneliness\n"


class TestExplain:
    def test_in_a_pipe_two_columns_more(self, run: Run) -> None:
        header, line = run("search", "kokoro chat", "--explain", "--header").out.splitlines()
        assert header.endswith("\tstatus\tscore\tmatch")
        score, match = line.split("\t")[6:]
        assert float(score) > 0
        assert match.startswith("every word, score ")
        assert "chat: in names; kokorochat (written otherwise) in title" in match

    def test_in_json_an_object_more(self, run: Run) -> None:
        (work,) = json.loads(run("search", "lonliness", "-n1", "--explain", "--json").out)["works"]
        assert work["key"] == "maples-etal-2024-loneliness"
        assert work["match"]["words"] == [
            {
                "typed": "lonliness",
                "found": "loneliness",
                "kind": "typo",
                "fields": ["title", "citation", "topics", "summary", "listed"],
            }
        ]
        assert (work["match"]["named"], work["match"]["whole"], work["match"]["missing"]) == (False, False, [])

    def test_an_identifier_needs_no_words(self, run: Run) -> None:
        line = run("search", "10.1145/3589334.3648137", "--explain").out
        assert line.startswith("yang-etal-2024-mentallama\t")
        assert line.endswith("\tnamed by the query\n")

"""Text, names, dates, identifiers: what is one for comparison, what is read and written."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhlit.dates import format_date, parse_date
from mhlit.identifiers import SCHEMES, isbn13, lookup_forms, lookup_url, make_identifier, recognise, url_of
from mhlit.model import Identifier, Name, PartialDate
from mhlit.names import family_name, inverted, natural, parse_name, short_authors
from mhlit.text import camel_parts, fold, nearest, printable, squash, transliterate, words


class TestText:
    @pytest.mark.parametrize(
        ("written", "folded"),
        [
            ("PATIENT-ψ: Using", "patient psi using"),
            ("PATIENT-𝜓", "patient psi"),
            ("Müller–Đặng ŁÓDŹ", "muller dang lodz"),
            ("O’Logbon's", "ologbons"),
            ("Straße, Æther, Œuvre, Øre, ıda", "strasse aether oeuvre ore ida"),
            ("  depression/anxiety_scale ", "depression anxiety scale"),
            ("陈志", "陈志"),
            ("…", ""),
        ],
    )
    def test_folding_keeps_words_and_drops_case_accents_and_punctuation(self, written: str, folded: str) -> None:
        assert fold(written) == folded

    @given(st.text())
    def test_folding_twice_changes_nothing_more(self, text: str) -> None:
        assert fold(fold(text)) == fold(text)

    @given(st.text())
    def test_printable_text_holds_nothing_that_moves_a_terminal(self, text: str) -> None:
        shown = printable(text)
        assert all(ord(c) >= 32 and not 0x7F <= ord(c) < 0xA0 for c in shown)
        assert not set(shown) & set("\u202e\u202d\u2066\u2067\u200b\ufeff")

    def test_printable_text_keeps_letters_and_turns_breaks_into_spaces(self) -> None:
        assert printable("a\x1b[31mb\tc\nd\u202e ψ陈") == "a[31mb c d ψ陈"

    @pytest.mark.parametrize(
        ("name", "parts"),
        [
            ("KokoroChat", ["kokoro", "chat"]),
            ("MDD5k", ["mdd", "5k"]),
            ("MentalChat16K", ["mental", "chat", "16k"]),
            ("LLMs", ["llms"]),
            ("MentaLLaMA", ["menta", "llama"]),
            ("CPsyCoun", ["c", "psy", "coun"]),
        ],
    )
    def test_names_split_at_capitals_and_digits(self, name: str, parts: list[str]) -> None:
        assert camel_parts(name) == parts

    def test_joined_and_split_spellings_squash_to_one(self) -> None:
        assert squash("MDD-5k") == squash("mdd 5k") == squash("MDD5K") == "mdd5k"

    def test_transliteration_gives_ascii(self) -> None:
        assert transliterate("Đorđe 陈 Łukasz") == "Dorde Chen Lukasz"

    def test_did_you_mean_finds_beginnings_and_slips_and_nothing_far(self) -> None:
        choices = ["datasets", "theory", "Findings of ACL"]
        assert nearest("dataset", choices) == ["datasets"]
        assert nearest("theroy", choices) == ["theory"]
        assert nearest("findings of ACLL", choices)[0] == "Findings of ACL"
        assert nearest("qwzx", choices) == []


class TestNames:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("De Choudhury, Munmun", Name("De Choudhury", "Munmun")),
            ("Iglesias de Oliveira, Cristovao", Name("Iglesias de Oliveira", "Cristovao")),
            ("van Roessel, Peter J.", Name("Roessel", "Peter J.", "van")),
            ("van der Maaten, Laurens", Name("Maaten", "Laurens", "van der")),
            ("Strunk, Jr., William", Name("Strunk", "William", suffix="Jr.")),
            ("BN, Suhas", Name("BN", "Suhas")),
            ("World Health Organization", Name(literal="World Health Organization")),
            ("de la cruz, Ana", Name("cruz", "Ana", "de la")),
        ],
    )
    def test_inverted_names_are_read_and_written_back(self, text: str, name: Name) -> None:
        assert parse_name(text) == name
        assert inverted(name) == text

    @pytest.mark.parametrize("text", ["", ",", "A,", ", B", "A, B, C, D", "A,,B"])
    def test_names_with_an_empty_part_or_four_are_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match="must be 'Family, Given'"):
            parse_name(text)

    def test_names_are_spoken_given_name_first(self) -> None:
        assert natural(parse_name("van Roessel, Peter J.")) == "Peter J. van Roessel"
        assert natural(parse_name("Strunk, Jr., William")) == "William Strunk Jr."
        assert family_name(parse_name("van Roessel, Peter J.")) == "van Roessel"

    def test_a_table_shows_one_two_or_et_al(self) -> None:
        names = [parse_name(text) for text in ("Qiu, Huachuan", "Lan, Zhenzhong", "Third, A.")]
        assert [short_authors(names[:n]) for n in range(4)] == ["", "Qiu", "Qiu & Lan", "Qiu et al."]

    @given(st.lists(st.text(string.ascii_letters + "éßψ'’-", min_size=1), min_size=1, max_size=3))
    def test_any_name_of_up_to_three_parts_survives(self, parts: list[str]) -> None:
        text = ", ".join(parts)
        assert inverted(parse_name(text)) == text


class TestDates:
    @given(st.dates())
    def test_dates_survive(self, date: object) -> None:
        assert format_date(parse_date(str(date))) == str(date)

    def test_a_part_may_be_unknown(self) -> None:
        assert parse_date("2025") == PartialDate(2025)
        assert parse_date("2025-04") == PartialDate(2025, 4)
        assert format_date(PartialDate(2025, 4)) == "2025-04"

    @pytest.mark.parametrize("text", ["25", "2025-13", "2025-00", "2025-02-30", "2025-1", "2025/04", "２０２５", ""])
    def test_what_is_no_date_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"month|day|YYYY"):
            parse_date(text)


RECOGNISED = {
    "10.18653/v1/2024.acl-long.227": "doi:10.18653/v1/2024.acl-long.227",
    "doi:10.1038/s41746-025-01611-4.": "doi:10.1038/s41746-025-01611-4",
    "https://doi.org/10.1609/aaai.v39i13.33569": "doi:10.1609/aaai.v39i13.33569",
    "https://dl.acm.org/doi/10.1145/3589334.3648137": "doi:10.1145/3589334.3648137",
    "https://www.pnas.org/doi/pdf/10.1073/pnas.2321321121": "doi:10.1073/pnas.2321321121",
    "https://www.nature.com/articles/s41746-025-01611-4.pdf": "doi:10.1038/s41746-025-01611-4",
    "https://link.springer.com/article/10.1007/s00127-020-01234-5": "doi:10.1007/s00127-020-01234-5",
    "https://www.ijcai.org/proceedings/2023/0686.pdf": "doi:10.24963/ijcai.2023/686",
    "https://www.researchsquare.com/article/rs-4612612/v1": "doi:10.21203/rs.3.rs-4612612/v1",
    "arXiv:2309.13567v2": "arxiv:2309.13567",
    "2309.13567": "arxiv:2309.13567",
    "https://arxiv.org/pdf/2405.16433?": "arxiv:2405.16433",
    "http://arxiv.org/abs/cs/0101001v1": "arxiv:cs/0101001",
    "https://aclanthology.org/2025.acl-long.608.pdf": "acl:2025.acl-long.608",
    "https://aclanthology.org/2025.acl-long.608/": "acl:2025.acl-long.608",
    "q16-1033": "acl:Q16-1033",
    "https://openreview.net/pdf?id=H3UayAQWoE": "openreview:H3UayAQWoE",
    "conf/www/0004LMAA21": "dblp:conf/www/0004LMAA21",
    "https://dblp.org/rec/conf/www/0004LMAA21.html": "dblp:conf/www/0004LMAA21",
    "PMC12137607": "pmcid:PMC12137607",
    "https://pmc.ncbi.nlm.nih.gov/articles/PMC12137607/": "pmcid:PMC12137607",
    "PMID: 40033130": "pmid:40033130",
    "https://pubmed.ncbi.nlm.nih.gov/40033130/": "pmid:40033130",
    "isbn 979-8-89176-256-5": "isbn:979-8-89176-256-5",
    "https://hal.science/hal-01234567v2/document": "hal:hal-01234567",
}


class TestIdentifiers:
    @pytest.mark.parametrize(("text", "known"), RECOGNISED.items())
    def test_what_people_paste_is_recognised(self, text: str, known: str) -> None:
        found = recognise(text)
        assert found
        assert f"{found.scheme}:{found.value}" == known

    @pytest.mark.parametrize(
        "text",
        ["soulchat", "empathy", "2024", "1234.5678", "40033130", "10.1", "hua-etal-2025-scoping", "qiu2025psydial", ""],
    )
    def test_words_years_and_keys_are_no_identifiers(self, text: str) -> None:
        assert recognise(text) is None

    @given(st.text())
    def test_any_text_is_recognised_or_not_and_nothing_is_raised(self, text: str) -> None:
        recognise(text)
        recognise(f"https://doi.org/{text}")
        recognise(f"arXiv:{text}")

    @given(st.sampled_from(SCHEMES), st.text())
    def test_an_identifier_that_is_made_is_in_its_usual_form(self, scheme: str, text: str) -> None:
        try:
            made = make_identifier(scheme, text)
        except ValueError:
            return
        assert make_identifier(scheme, made.value) == made

    def test_an_anthology_or_arxiv_doi_is_also_the_id_inside_it(self) -> None:
        assert lookup_forms(Identifier("doi", "10.18653/v1/2024.ACL-long.227")) == (
            "doi:10.18653/v1/2024.acl-long.227",
            "acl:2024.acl-long.227",
        )
        assert "arxiv:2310.03051" in lookup_forms(Identifier("doi", "10.48550/arXiv.2310.03051v3"))

    def test_dois_and_addresses_are_looked_up_without_case_or_decoration(self) -> None:
        assert lookup_forms(Identifier("doi", "10.1/AbC")) == lookup_forms(Identifier("doi", "10.1/aBc"))
        assert lookup_url("HTTPS://www.Example.org/a/?#x") == lookup_url("http://example.org/a") == "url:example.org/a"

    def test_an_isbn_of_ten_digits_is_the_same_as_its_thirteen(self) -> None:
        assert isbn13("0-306-40615-2") == "9780306406157"
        assert lookup_forms(make_identifier("isbn", "0-306-40615-2")) == ("isbn:9780306406157",)

    @pytest.mark.parametrize(("scheme", "value"), [("isbn", "978-3-16-148410-1"), ("issn", "2731-0575")])
    def test_a_wrong_check_digit_is_refused(self, scheme: str, value: str) -> None:
        with pytest.raises(ValueError, match="check digit"):
            make_identifier(scheme, value)

    def test_identifiers_resolve_at_their_registry(self) -> None:
        assert url_of(Identifier("acl", "Q16-1033")) == "https://aclanthology.org/Q16-1033/"
        assert url_of(Identifier("isbn", "978")) == ""


def test_words_are_split_at_everything_that_is_no_letter_or_digit() -> None:
    assert words("Theory-of-Mind (ToM): a re-think") == ["theory", "of", "mind", "tom", "a", "re", "think"]

"""Search: the right work first whatever was typed, the query language, and what bad input gets."""

import pytest

from mhlit.errors import UsageError
from mhlit.search.engine import Results, search
from mhlit.store.filters import Filters
from mhlit.store.reading import Store
from tests.search.shelf import made_up, shelf


def found(store: Store, query: str, filters: Filters | None = None) -> list[str]:
    return store.keys([hit.work for hit in search(store, query, filters or Filters()).hits])


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("kokoro chat", "qi-etal-2025-kokorochat"),
        ("KokoroChat", "qi-etal-2025-kokorochat"),
        ("sikstrom", "varadarajan-etal-2024-alba"),
        ("Sikström", "varadarajan-etal-2024-alba"),
        (r"Sikstr{\"o}m", "varadarajan-etal-2024-alba"),
        ("lonliness", "maples-etal-2024-loneliness"),
        ("obsesive compulsive", "kim-etal-2024-large"),
        ("patient psi", "wang-etal-2024-patient"),
        ("PATIENT-ψ", "wang-etal-2024-patient"),
        (r"patient-$\psi$", "wang-etal-2024-patient"),
        ("o'logbon", "thirunavukarasu-ologbon-2024-potential"),
        ("counselling competencies", "nguyen-etal-2025-large"),
        ("timley med", "chen-etal-2025-timelymed"),
        ("queer", "lissak-etal-2024-colorful"),
        ("10.1145/3589334.3648137", "yang-etal-2024-mentallama"),
        ("https://arxiv.org/pdf/2309.13567v2", "yang-etal-2024-mentallama"),
        ("https://ojs.aaai.org/index.php/AAAI/article/view/32116", "chen-etal-2025-socialsim"),
        ("see https://arxiv.org/abs/2309.13567 for more", "yang-etal-2024-mentallama"),
        ("hua2025scoping", "hua-etal-2025-scoping"),
        ("yang_2024_psychogat", "yang-etal-2024-psychogat"),
        ("mdd5k", "yin-etal-2025-mdd"),
        ("mdd 5 k", "yin-etal-2025-mdd"),
        ("mental llama", "yang-etal-2024-mentallama"),
        ("patientpsi", "wang-etal-2024-patient"),
        ("perez-rosas", "min-etal-2023-verve"),
        ("mitrovic 2024", "mitrovic-etal-2024-comparing"),
        ("Althoff et al. (2016)", "althoff-etal-2016-large"),
        ("gpt3 students", "maples-etal-2024-loneliness"),
        ("lonelin", "maples-etal-2024-loneliness"),
        ("PsyDefConv", "na-etal-2026-never"),  # as a list has it
    ],
)
def test_the_right_work_is_first(store: Store, query: str, first: str) -> None:
    assert found(store, query)[0] == first


@pytest.mark.parametrize(
    "query",
    ["qwzx", "zzzz qwzx", "pizza recipe", "10.9999/nobody", "https://example.org/nowhere", "🙂 qwzx", "العربية"],
)
def test_nothing_is_found_for_nonsense(store: Store, query: str) -> None:
    assert found(store, query) == []


@pytest.mark.parametrize("query", ["", " ", "-", "- -", '""', "…", "\x00", "***", "🙂", "( )"])
def test_a_query_without_words_is_refused(store: Store, query: str) -> None:
    with pytest.raises(UsageError, match="the query has no words"):
        search(store, query)


class TestTheQueryLanguage:
    def test_words_in_any_order_and_case(self, store: Store) -> None:
        assert set(found(store, "KOREAN interviewing")) == set(found(store, "interviewing korean"))

    def test_a_phrase_must_stand_word_for_word(self, store: Store) -> None:
        assert found(store, '"theory of mind"') == ["shinoda-etal-2025-tomato", "zhou-etal-2023-far"]
        assert found(store, '"mind of theory"') == []
        assert found(store, "“theory of mind”") == found(store, '"theory of mind"')

    def test_what_is_excluded_is_not_found_in_any_form(self, store: Store) -> None:
        all_reviews = found(store, "review")
        assert "na-etal-2025-survey" in all_reviews
        assert found(store, "review -surveys") == [key for key in all_reviews if key not in found(store, "survey*")]
        assert set(found(store, '-"mental health"')).isdisjoint(found(store, '"mental health"'))

    def test_an_exclusion_alone_leaves_all_the_others(self, store: Store) -> None:
        assert len(found(store, "-qwzx")) == 88
        assert len(found(store, "-empathy")) == 88 - len(
            set(found(store, '"empathy"')) | set(found(store, '"empathic"'))
        )

    def test_or_joins_its_neighbours(self, store: Store) -> None:
        either = found(store, "loneliness OR stigma")
        assert set(either) == set(found(store, "loneliness")) | set(found(store, "stigma"))
        chatbots = found(store, "chatbot OR agent youth")
        assert set(chatbots) == set(found(store, "(chatbot OR agent) youth"))

    def test_parentheses_hold_several_words_together(self, store: Store) -> None:
        keys = found(store, "(korean interviewing) OR (crime victims)")
        assert set(keys) == {"kim-etal-2025-kmi", "mishra-etal-2023-help", "priya-etal-2023-partner"}

    def test_a_star_takes_any_ending(self, store: Store) -> None:
        assert set(found(store, "psychiat* interview")) >= {"bi-etal-2025-magi"}
        assert found(store, "lonelin* students") == found(store, "loneliness students")

    @pytest.mark.parametrize(
        ("query", "filters"),
        [
            ("section:datasets", Filters({"section": ("datasets",)})),
            ("list:awesome-ai-mental-health", Filters({"list": ("awesome-ai-mental-health",)})),
            ("venue:ACL", Filters({"venue": ("ACL",)})),
            ('venue:"findings of acl"', Filters({"venue": ("Findings of ACL",)})),
            ("year:2024..", Filters(years=((2024, None),))),
            ('author:"de choudhury"', Filters(authors=("de choudhury",))),
            ("topic:suicide-risk", Filters({"topic": ("suicide-risk",)})),
            ("resource:dataset", Filters({"resource": ("dataset",)})),
            ("language:Japanese", Filters({"language": ("ja",)})),
            ("status:partial", Filters({"status": ("partial",)})),
            ("has:code", Filters({"has": ("code",)})),
            ("Year: 2021", Filters(years=((2021, 2021),))),
        ],
    )
    def test_every_filter_can_be_written_in_the_query(self, store: Store, query: str, filters: Filters) -> None:
        assert sorted(found(store, query)) == store.keys(store.ids(filters))
        assert set(found(store, f"mental health {query}")) == set(found(store, "mental health", filters))

    def test_filters_combine_with_words_and_with_each_other(self, store: Store) -> None:
        assert found(store, 'author:kim year:2024.. -survey "cognitive reframing"') == ["kim-etal-2025-mirror"]
        either = found(store, "panic (venue:ACL OR venue:CLPsych)")
        assert "mitrovic-etal-2024-comparing" in either
        assert "lee-etal-2025-panictocalm" not in either
        assert set(found(store, "empathy -venue:ACL")) == set(found(store, "empathy")) - {"xiao-etal-2024-healme"}

    @pytest.mark.parametrize(
        ("query", "said", "fix"),
        [
            (
                "empathy topic:empathi",
                "query, column 9: there is no topic 'empathi'",
                "did you mean empathy or ethics?",
            ),
            ("year:abc", "query, column 1: not a year or a range of years: 'abc'", "write 2024"),
            ("(-venue:ACLL panic)", "query, column 3: there is no venue 'ACLL'", "did you mean ACL"),
        ],
    )
    def test_a_value_that_does_not_exist_is_named_with_its_column(
        self, store: Store, query: str, said: str, fix: str
    ) -> None:
        with pytest.raises(UsageError) as caught:
            search(store, query)
        assert caught.value.message == said
        assert caught.value.hint.startswith(fix)


class TestRanking:
    def test_words_in_the_title_weigh_more_than_words_about_the_work(self, store: Store) -> None:
        titles = [
            str(row[0]).lower() for row in store.rows([hit.work for hit in search(store, "empathy").hits], ["title"])
        ]
        with_word = ["empath" in title for title in titles]
        assert len(titles) == 9
        assert with_word == sorted(with_word, reverse=True)

    def test_exact_stands_before_forms_synonyms_beginnings_and_typos(self) -> None:
        store = shelf(
            [
                made_up("Gardenslike", "d-beginning"),
                made_up("Parks", "c-synonym"),
                made_up("Gardening", "b-form"),
                made_up("Gardens", "a-exact"),
            ],
            synonyms=[("garden", "park")],
        )
        assert found(store, "gardens") == ["a-exact", "b-form", "c-synonym", "d-beginning"]

    def test_a_typo_is_looked_for_only_where_nothing_exact_is(self) -> None:
        store = shelf(["The quality of gravel", "The quantity of travel"])
        assert found(store, "gravel") == ["the-quality-of-gravel"]
        assert found(store, "graveel") == ["the-quality-of-gravel"]

    def test_a_word_that_others_mistyped_too_finds_both_the_typo_and_the_word(self) -> None:
        store = shelf(["Lonliness at sea", "Loneliness at sea and among students"])
        assert found(store, "lonliness at sea") == ["lonliness-at-sea"]
        assert found(store, "lonliness students") == ["loneliness-at-sea-and", "lonliness-at-sea"]

    @pytest.mark.parametrize("query", ["gravle", "rgavel", "grvel", "graavel", "grafel"])
    def test_a_swap_and_a_letter_more_less_or_wrong_is_one_slip(self, query: str) -> None:
        assert found(shelf(["On gravel"]), query) == ["on-gravel"]

    @pytest.mark.parametrize("query", ["graffle", "lgravle", "20205", "cart", "abcde2fg", "rover"])
    def test_two_slips_in_a_short_word_short_words_little_words_and_digits_are_no_typos(self, query: str) -> None:
        assert found(shelf(["On gravel and card over there, abcde1fg", "2020"]), query) == []

    def test_a_word_of_four_letters_is_corrected_only_beside_a_word_that_works_hold(self) -> None:
        store = shelf(["Voices of queer youth", "Voices of the sea"])
        assert found(store, "youth quer") == ["voices-of-queer-youth"]
        assert found(store, "quer") == found(store, "zzzzz quer") == found(store, "youth vuer") == []

    def test_the_letters_beside_digits_may_be_mistyped(self) -> None:
        assert found(shelf(["On Gravel16K"]), "gravle16k") == ["on-gravel16k"]

    def test_a_longer_word_may_have_two_slips(self) -> None:
        assert found(shelf(["Photographs"]), "fotographs") == ["photographs"]

    def test_the_first_letters_of_a_word_are_seldom_wrong(self) -> None:
        assert found(shelf(["Information"]), "nformation") == ["information"]
        assert found(shelf(["Information"]), "formation") == []

    def test_every_word_stands_before_some_of_them(self) -> None:
        store = shelf(
            [made_up("Rare thing", "some"), made_up("Nothing", "every", summary="A rare plain word."), "Plain"]
        )
        assert found(store, "rare plain") == ["every"]
        store = shelf([made_up("Alpha beta gamma", "three"), made_up("Beta gamma delta", "other")])
        assert found(store, "alpha beta gamma")[0] == "three"

    def test_a_long_query_need_not_be_held_whole_and_nonsense_of_any_length_finds_nothing(self, store: Store) -> None:
        title = "Privacy Aware Question Answering Elephant for Online Mental Health Risk"
        assert found(store, title)[0] == "chhikara-etal-2023-privacy"
        assert found(store, "how to bake a chocolate cake with almonds and orange peel at home") == []

    def test_a_whole_title_finds_itself_before_longer_ones(self) -> None:
        longer = made_up("Language models in psychology and beyond, a survey", "longer")
        store = shelf([longer, made_up("Language models in psychology", "whole")])
        assert found(store, "language models in psychology")[0] == "whole"

    def test_a_name_typed_whole_stands_before_its_co_authors_year(self, store: Store) -> None:
        assert found(store, "li 2023")[0] == "li-etal-2023-understanding"
        assert found(store, "kim 2024")[0] == "kim-etal-2024-large"

    def test_names_of_people_have_no_synonyms_and_no_other_forms(self) -> None:
        store = shelf(
            [made_up("First", "a", "Tom, Ann"), made_up("Theory of mind", "b")], synonyms=[("tom", "theory of mind")]
        )
        assert found(store, "theory of mind") == ["b"]
        assert set(found(store, "tom")) == {"a", "b"}

    def test_umlauts_are_found_as_written_without_or_spelt_out(self) -> None:
        store = shelf([made_up("One", "a", "Müller, Jörg")])
        assert found(store, "müller") == found(store, "muller") == found(store, "mueller joerg") == ["a"]

    def test_filters_narrow_a_search_and_are_remembered_when_nothing_is_left(self, store: Store) -> None:
        datasets = found(store, "counseling", Filters({"section": ("datasets",)}))
        assert datasets
        assert set(datasets) < set(found(store, "counseling"))
        results: Results = search(store, "loneliness", Filters({"venue": ("KDD",)}))
        assert (results.hits, results.unfiltered) == ((), len(found(store, "loneliness")))

"""Field by field: what differs from a record, and what only looks as if it did."""

from typing import Any

import pytest

from mhlit.catalog.source import Catalog
from mhlit.compare import (
    Difference,
    Kind,
    author_differences,
    cited_version,
    number_differences,
    title_difference,
    venue_difference,
    year_difference,
)
from mhlit.formats.readers.bibtex import read
from mhlit.formats.readers.people import read_names
from mhlit.model import PartialDate, Record, Version, Work

PREPRINT, PUBLISHED = Version.PREPRINT, Version.VERSION_OF_RECORD


def work_of(catalog: Catalog, key: str) -> Work:
    return next(work for work in catalog.works if work.key == key)


def record(**fields: Any) -> Record:
    return Record(version=PUBLISHED, type="article", title="", authors=())._replace(**fields)


def kinds(found: list[Difference]) -> list[tuple[Kind, str, str]]:
    return [(one.kind, one.listed, one.true) for one in found]


def authors(catalog: Catalog, key: str, text: str, version: Version = PUBLISHED) -> list[tuple[Kind, str, str]]:
    names, omitted = read_names(text)
    return kinds(author_differences(names, omitted, work_of(catalog, key), version))


CHATS = "chen-etal-2023-soulchat"
WHOLE = (
    "Chen, Yirong and Xing, Xiaofen and Lin, Jingkai and Zheng, Huimin and Wang, Zhenyu and Liu, Qi and Xu, Xiangmin"
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (WHOLE, []),
        ("Chen, Y. and Xing, X. and Lin, J. and Zheng, H. and Wang, Z. and Liu, Q. and Xu, X.", []),
        ("Yirong Chen and Xiaofen Xing and others", [Kind.CUT]),
        ("Chen, Y. and Xing, X. and Lin, J. and … and Xu, X.", [Kind.CUT]),
        (WHOLE + " and others", []),
        (WHOLE.replace("Chen, Yirong", "Wang, Yaqing"), [Kind.FIRST]),
        ("Wang, Yaqing and others", [Kind.FIRST, Kind.CUT]),
        (WHOLE.replace("Liu, Qi", "Lui, Qi Ming"), [Kind.WRONG]),
        (WHOLE.replace(" and Liu, Qi", ""), [Kind.MISSING]),
        (WHOLE + " and Nobody, Ann", [Kind.EXTRA]),
        (WHOLE.replace("Zheng, Huimin", "Zhneg, Huimin"), [Kind.MISSPELT]),
        (WHOLE.replace("Zheng, Huimin", "Huimin, Zheng"), [Kind.SWAPPED]),
        (
            "Chen, Yirong and Xing, Xiaofen and Zheng, Huimin and Lin, Jingkai and Wang, Zhenyu and Liu, Qi and Xu, Xiangmin",
            [Kind.ORDER],
        ),
        ("Chen, Y. and Lin, J. and others", [Kind.MISSING, Kind.CUT]),
        ("Doe, Jane and Roe, Richard", [Kind.FIRST, Kind.WRONG, *[Kind.MISSING] * 5]),
    ],
)
def test_what_is_wrong_with_a_list_of_authors_is_told(catalog: Catalog, text: str, wanted: list[Kind]) -> None:
    assert [kind for kind, _, _ in authors(catalog, CHATS, text)] == wanted


def test_the_authors_named_are_the_ones_that_differ(catalog: Catalog) -> None:
    assert authors(catalog, CHATS, WHOLE.replace("Chen, Yirong", "Wang, Yaqing")) == [
        (Kind.FIRST, "Wang, Yaqing", "Chen, Yirong")
    ]


@pytest.mark.parametrize(
    ("key", "text"),
    [
        # forms that a version or a source of the work bears
        ("byun-etal-2026-cradle", "Byun, Grace and Lipschutz, Rebecca and Minton, Sean T. and Lott, Abigail and Choi, Jinho D."),
        ("min-etal-2023-verve", "Min, Do June and Pérez-Rosas, Verónica and Resnicow, Kenneth and Mihalcea, Rada"),
        ("sharma-etal-2021-towards", "Sharma, Ashish and Lin, Inna and Miner, Adam and Atkins, Dave C. and Althoff, Tim"),
        ("coda-forno-etal-2024-cogbench", "Coda-Forno, Julian and Binz, Marcel and Wang, Jane and Schulz, Eric"),
        ("aragon-etal-2023-disorbert", "Aragón, M. E. and López-Monroy, A. P. and González, L. C. and Losada, D. E. and Montes, M."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("version", [PREPRINT, PUBLISHED])
def test_a_form_of_a_name_that_a_source_bears_is_no_error(
    catalog: Catalog, key: str, text: str, version: Version
) -> None:
    assert authors(catalog, key, text, version) == []


def test_the_authors_of_the_preprint_are_right_for_the_preprint_only(catalog: Catalog) -> None:
    key = "chen-etal-2024-emotionqueen"
    seven = "Chen, Y. and Wang, H. and Yan, S. and Liu, S. and Li, Y. and Zhao, Y. and Xiao, Y."
    assert authors(catalog, key, seven, PREPRINT) == []
    assert [kind for kind, _, _ in authors(catalog, key, seven, PUBLISHED)] == [Kind.OTHER_VERSION]
    five = "Chen, Yuyan and Yan, Songzhou and Liu, Sijia and Li, Yueze and Xiao, Yanghua"
    assert authors(catalog, key, five, PREPRINT) == []


@pytest.mark.parametrize(
    ("key", "title", "version", "kind"),
    [
        ("chen-etal-2023-soulchat", "SoulChat: Improving LLMs' Empathy, Listening, and Comfort Abilities through Fine-tuning with Multi-turn Empathy Conversations.", PUBLISHED, None),
        ("coda-forno-etal-2024-cogbench", "Cogbench: a large language model walks into a psychology lab", PREPRINT, Kind.CASE),
        ("vu-etal-2025-roleplaying", "Roleplaying with Structure: Synthetic Therapist–Client Conversation Generation from Questionnaires", PREPRINT, Kind.CASE),
        ("althoff-etal-2016-large", "Large-scale Analysis of Counseling Conversations: An Application of NLP to Mental Health", PUBLISHED, Kind.WORDED),
        ("hua-etal-2025-scoping", "Applying and Evaluating Large Language Models in Mental Health Care: A Scoping Review of Human-Assessed Generative Tasks", PUBLISHED, Kind.OTHER_VERSION),
        ("hua-etal-2025-scoping", "Applying and Evaluating Large Language Models in Mental Health Care: A Scoping Review of Human-Assessed Generative Tasks", PREPRINT, None),
        ("hua-etal-2025-scoping", "A scoping review of large language models for generative tasks in mental health care", PREPRINT, None),
        ("hua-etal-2025-scoping", "A scoping review of generative tasks", PUBLISHED, Kind.WRONG),
    ],
)  # fmt: skip
def test_titles_are_compared_with_those_of_every_version(
    catalog: Catalog, key: str, title: str, version: Version, kind: Kind | None
) -> None:
    found = title_difference(title, work_of(catalog, key), version)
    assert (found.kind if found else None) is kind


@pytest.mark.parametrize(
    ("key", "listed", "version", "kind"),
    [
        ("huang-etal-2024-humanity", {"issued": PartialDate(2024)}, PUBLISHED, None),
        ("huang-etal-2024-humanity", {"issued": PartialDate(2023)}, PUBLISHED, Kind.OTHER_VERSION),
        ("huang-etal-2024-humanity", {"issued": PartialDate(2023)}, PREPRINT, None),
        ("huang-etal-2024-humanity", {"issued": PartialDate(2024)}, PREPRINT, None),
        ("huang-etal-2024-humanity", {"issued": PartialDate(2022)}, PREPRINT, Kind.WRONG),
        ("gao-etal-2025-large", {"issued": PartialDate(2024)}, PUBLISHED, Kind.FORM),
        ("gao-etal-2025-large", {"issued": PartialDate(2024), "volume": "16"}, PUBLISHED, Kind.WRONG),
        ("gao-etal-2025-large", {"issued": PartialDate(2026)}, PUBLISHED, Kind.WRONG),
    ],
)
def test_years_are_compared_with_that_of_the_cited_version(
    catalog: Catalog, key: str, listed: dict[str, PartialDate], version: Version, kind: Kind | None
) -> None:
    found = year_difference(listed["issued"].year, record(**listed), work_of(catalog, key), version)
    assert (found.kind if found else None) is kind


@pytest.mark.parametrize(
    ("listed", "true", "kinds"),
    [
        ({"pages": "12-34"}, {"pages": "12-34"}, []),
        ({"pages": "2579-605"}, {"pages": "2579-2605"}, []),
        ({"pages": "2466"}, {"pages": "2466-2478"}, [Kind.CUT]),
        ({"pages": "12-35"}, {"pages": "12-34"}, [Kind.WRONG]),
        ({"pages": "230"}, {"article_number": "230"}, []),
        ({"article_number": "e2321321121"}, {"article_number": "e2321321121"}, []),
        ({"pages": "1-13"}, {"article_number": "24102"}, [Kind.WRONG]),
        ({"volume": "Vol. 39", "issue": "13"}, {"volume": "39", "issue": "13"}, []),
        ({"volume": "38", "issue": "12"}, {"volume": "39", "issue": "13"}, [Kind.WRONG, Kind.WRONG]),
        ({"issue": "230"}, {"issue": "1", "article_number": "230"}, []),
        ({"volume": "2024", "pages": "in press"}, {"pages": "12-34"}, []),
    ],
)
def test_volumes_issues_and_pages_are_compared_as_numbers(
    listed: dict[str, str], true: dict[str, str], kinds: list[Kind]
) -> None:
    assert [one.kind for one in number_differences(record(**listed), record(**true))] == kinds


def test_venues_are_compared_in_every_form(catalog: Catalog) -> None:
    found = work_of(catalog, CHATS).preferred
    assert venue_difference("Findings of EMNLP", found) is None
    assert [one.kind for text in ("EMNLP 2023", "Findings of EMNLP 2022", "EMNLP (Findings)", found.container_title.upper())
            if (one := venue_difference(text, found))] == [Kind.WRONG, Kind.EDITION, Kind.FORM, Kind.CASE]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "version"),
    [
        ("journal={arXiv preprint arXiv:2311.00273}", PREPRINT),
        ("booktitle={Findings of EMNLP}", PUBLISHED),
        ("url={https://arxiv.org/abs/2311.00273}, eprint={2311.00273}", PREPRINT),
        ("year=2023", PUBLISHED),
    ],
)
def test_the_cited_version_is_the_one_that_is_described(catalog: Catalog, fields: str, version: Version) -> None:
    (entry,) = read(f"@misc{{a, {fields}}}").entries
    assert cited_version(entry.record, work_of(catalog, CHATS)) is version

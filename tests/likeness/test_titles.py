"""Titles: the same in other clothes, cut, misspelt, like but another's."""

from itertools import combinations

import pytest

from mhlit.catalog.source import Catalog
from mhlit.likeness.titles import Likeness, likeness
from mhlit.store.index import records

SOUL = "SoulChat: Improving LLMs’ Empathy, Listening, and Comfort Abilities through Fine-tuning with Multi-turn Empathy Conversations"
SCOPING = "A scoping review of large language models for generative tasks in mental health care"
EARLIER = "Applying and Evaluating Large Language Models in Mental Health Care: A Scoping Review of Human-Assessed Generative Tasks"
PANIC = "Comparing panic and anxiety on a dataset collected from social media"
NONE, SIMILAR, PART, NEAR, MISSPELT, WORDED, SAME = Likeness


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (SOUL, SOUL.lower().replace("’", "'"), SAME),
        ("PATIENT-ψ: Using", "PATIENT-Ψ: using", SAME),
        ("MDD-5k: A New", "MDD 5K – A new", SAME),
        ("Detection with LLMs", "Detection with Large Language Model", WORDED),
        ("Counselling behaviour: the NLP view", "Counseling Behavior: the Natural Language Processing View", WORDED),
        (SCOPING, "A scopping review of large langauge models for generative tasks in mental health care", MISSPELT),
        (SOUL, SOUL.replace("Fine-tuning with ", ""), NEAR),
        (SCOPING, "A scoping review of large language models for generative tasks", PART),
        (EARLIER, "Applying and Evaluating Large Language Models in Mental Health Care", PART),
        ("PsyX: Detecting Levels of Defense Mechanisms in Conversations", "You Never Know: Detecting Levels of Defense Mechanisms in Conversations", PART),
        (PANIC, PANIC.replace("panic", "depression"), SIMILAR),
        # another review by the same first author in the same year: its words stand in the middle of a title
        (EARLIER, "Large Language Models in Mental Health Care: a Scoping Review", NONE),
        (SCOPING, "Author Correction: " + SCOPING, NONE),
        (SCOPING, SCOPING + " (Extended Abstract)", NONE),
        ("Overview of the CLPsych 2025 Shared Task: Moments", "Overview of the CLPsych 2024 Shared Task: Moments", NONE),
        ("PsyDial: A Large-scale Long-term Dataset", "PSYDIAL: Personality-based Synthetic Dialogue Generation", NONE),
        ("", "A title", NONE),
        ("陈志", "陈志", SAME),
    ],
)  # fmt: skip
def test_two_titles_are_as_like_as_they_look(one: str, other: str, wanted: Likeness) -> None:
    assert likeness(one, other) is wanted
    assert likeness(other, one) is wanted


def test_no_two_works_have_titles_that_are_like(catalog: Catalog) -> None:
    titles = [
        (work.key, title)
        for work in catalog.works
        for record in records(work)
        for title in {record.title, record.former_title} - {""}
    ]
    for (key, one), (other_key, other) in combinations(titles, 2):
        assert key == other_key or likeness(one, other) is NONE, (one, other)

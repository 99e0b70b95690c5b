"""Entries of works that the catalog has not, as like the field's as they can be: none may be taken for one of its.

Titles are made of the field's phrases, or of a catalog title with words replaced, left out, or another subtitle; authors
are strangers, or those of a catalog work who wrote something else. Real near titles come first.
"""

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mhlit.model import Work
from mhlit.names import inverted

# Works that exist, are not in the catalog, and have titles or names like some that are.
REAL = (
    ("MentalBERT: Publicly Available Pretrained Language Models for Mental Healthcare", "Ji, Shaoxiong and Zhang, Tianlin", "LREC", 2022),
    ("Mental-LLM: Leveraging Large Language Models for Mental Health Prediction via Online Text Data", "Xu, Xuhai and Yao, Bingsheng", "IMWUT", 2024),
    ("A Computational Approach to Understanding Empathy Expressed in Text-Based Mental Health Support", "Sharma, Ashish and Miner, Adam S. and Atkins, David C. and Althoff, Tim", "EMNLP", 2020),
    ("Human-AI collaboration enables more empathic conversations in text-based peer-to-peer mental health support", "Sharma, Ashish and Lin, Inna W.", "Nature Machine Intelligence", 2023),
    ("Cognitive Reframing of Negative Thoughts through Human-Language Model Interaction", "Sharma, Ashish and Rushton, Kevin", "ACL", 2023),
    ("Towards Emotional Support Dialog Systems", "Liu, Siyang and Zheng, Chujie", "ACL", 2021),
    ("Towards Interpretable Mental Health Analysis with Large Language Models", "Yang, Kailai and Ji, Shaoxiong and Zhang, Tianlin and Xie, Qianqian", "EMNLP", 2023),
    ("SMILE: Single-turn to Multi-turn Inclusive Language Expansion via ChatGPT for Mental Health Support", "Qiu, Huachuan and He, Hongliang and Lan, Zhenzhong", "Findings of EMNLP", 2024),
    ("Harnessing Large Language Models' Empathetic Response Generation Capabilities for Online Mental Health Counselling Support", "Loh, Siyuan Brandon", "arXiv", 2023),
    ("Large Language Models in Mental Health Care: a Scoping Review", "Hua, Yining and Liu, Fenglin", "arXiv", 2024),
    ("Attention is All You Need", "Vaswani, Ashish and Shazeer, Noam", "NeurIPS", 2017),
    ("Language Models are Few-Shot Learners", "Brown, Tom and Mann, Benjamin", "NeurIPS", 2020),
    ("SoulSpeak: A Chatbot for Psychotherapy via LLMs", "Zhang, Neil K. C.", "arXiv", 2024),
    ("Overview of the CLPsych 2024 Shared Task: Leveraging Large Language Models to Identify Evidence of Suicidality Risk in Online Posts", "Chim, Jenny and Tsakalidis, Adam", "CLPsych", 2024),
    ("PsyBench: a balanced and in-depth Psychological Chinese Evaluation Benchmark for Foundation Models", "Zhang, Junlei", "arXiv", 2023),
    ("EmoBench: Evaluating the Emotional Intelligence of Large Language Models", "Sabour, Sahand", "ACL", 2024),
)  # fmt: skip
_FAMILY = "Oyelaran Kowalczyk Bergqvist Tanaka Duval Ibarra Haugen Papadakis Novak Castellanos Whitcombe Adeyemi Farrow".split()
_GIVEN = "Femi Marta Nils Reiko Camille Joaquin Solveig Eleni Petra Diego Harriet Tunde Alistair".split()
_HEADS = (
    "A Survey of", "Evaluating", "Towards", "Understanding", "Benchmarking", "Fine-tuning", "On the Safety of", "Large-Scale Analysis of",
    "A Dataset for", "Simulating", "Detecting", "Can Large Language Models Replace", "A Scoping Review of", "Measuring", "Rethinking",
)  # fmt: skip
_THINGS = (
    "Large Language Models", "Empathetic Dialogue Systems", "Counseling Conversations", "Cognitive Behavioral Therapy Chatbots", "Suicide Risk",
    "Depression on Social Media", "Motivational Interviewing", "Therapist Behaviors", "Emotional Support Agents", "Psychological Assessment",
    "Peer Support Platforms", "Crisis Text Lines", "Loneliness in Young Adults", "Mental Health Stigma", "Personality of Language Models",
)  # fmt: skip
_ENDS = (
    "in Clinical Practice", "with Retrieval-Augmented Generation", "through Role-Playing", "for Low-Resource Languages", "at Scale",
    "under Distribution Shift", "in Online Communities", "with Expert Annotations", "across Cultures", "via Reinforcement Learning",
)  # fmt: skip
_VENUES = (
    "ACL 2025",
    "Findings of EMNLP 2024",
    "npj Digital Medicine",
    "arXiv preprint",
    "JMIR Mental Health",
    "CHI '24",
    "NAACL 2025",
    "Nature Medicine",
)
_REMARKS = (
    "Author Correction: {}",
    "{} (Extended Abstract)",
    "Commentary on: {}",
    "Dataset for: {}",
    "Erratum to: {}",
    "Reply to: {}",
)


class Stranger(NamedTuple):
    """An entry of a work that is not in the catalog."""

    title: str
    authors: str
    venue: str
    year: int

    def bib(self, key: str) -> str:
        return f"@article{{{key},\n  title = {{{self.title}}},\n  author = {{{self.authors}}},\n  journal = {{{self.venue}}},\n  year = {{{self.year}}}\n}}\n"


def _strangers(chance: random.Random) -> str:
    return " and ".join(f"{chance.choice(_FAMILY)}, {chance.choice(_GIVEN)}" for _ in range(chance.randrange(1, 6)))


def _of_phrases(chance: random.Random) -> str:
    parts = [
        chance.choice(_HEADS),
        chance.choice(_THINGS),
        chance.choice(("", "and " + chance.choice(_THINGS))),
        chance.choice(_ENDS),
    ]
    return " ".join(filter(None, parts))


def _with_other_words(title: str, chance: random.Random) -> str:
    words = title.split()
    for place in chance.sample(range(len(words)), k=min(len(words), chance.randrange(2, 5))):
        words[place] = chance.choice(chance.choice(_THINGS).split())
    return " ".join(words)


def _with_other_end(title: str, chance: random.Random) -> str:
    head, colon, _ = title.partition(":")
    return f"{head}: {_of_phrases(chance)}" if colon else f"{title.rsplit(' ', 3)[0]} {chance.choice(_ENDS)}"


def strangers(works: Sequence[Work], many: int, seed: int) -> Iterator[Stranger]:
    """Yield so many entries, the real ones first; the same seed gives the same."""
    chance = random.Random(seed)
    yield from (Stranger(*one) for one in REAL)
    for position in range(many - len(REAL)):
        work = chance.choice(works)
        title, year = work.preferred.title, chance.randrange(2015, 2027)
        authors, venue = _strangers(chance), chance.choice(_VENUES)
        match position % 6:
            case 0:
                yield Stranger(_of_phrases(chance), authors, venue, year)
            case 1:
                yield Stranger(_with_other_words(title, chance), authors, venue, year)
            case 2:
                yield Stranger(_with_other_end(title, chance), authors, venue, year)
            case 3:  # something else by the authors of a work
                own = " and ".join(inverted(name) for name in work.preferred.authors)
                yield Stranger(_of_phrases(chance), own, venue, year)
            case 4:  # about a work, by its authors
                own = " and ".join(inverted(name) for name in work.preferred.authors)
                yield Stranger(chance.choice(_REMARKS).format(title), own, "Zenodo", year)
            case _:
                yield Stranger(" ".join(title.split()[: chance.randrange(2, 5)]), authors, venue, year)

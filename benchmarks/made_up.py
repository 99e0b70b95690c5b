"""Works that do not exist, as many as one likes, to measure with: the same seed gives the same works.

Titles are put together from phrases of the field, names from syllables, so that word frequencies are
skewed as real ones are: some words stand in half of the titles, most names in a handful of works.
Nothing of this ever enters a catalog.
"""

import random
from collections.abc import Iterator

from mhlit.model import Identifier, Name, PartialDate, Provenance, Record, Status, Version, Work

_SUBJECTS = (
    "large language models", "language models", "conversational agents", "chatbots", "dialogue systems",
    "neural networks", "text classifiers", "retrieval-augmented generation", "reinforcement learning",
    "instruction tuning", "in-context learning", "multi-agent simulation", "speech and text", "topic models",
    "knowledge graphs", "synthetic dialogues", "simulated patients", "automatic coding", "word embeddings",
)  # fmt: skip
_TASKS = (
    "detecting", "predicting", "understanding", "measuring", "simulating", "evaluating", "supporting", "explaining",
    "screening for", "modelling", "annotating", "forecasting", "summarising", "mitigating", "tracking", "mining",
)  # fmt: skip
_MATTERS = (
    "depression", "anxiety", "suicide risk", "psychosis", "post-traumatic stress", "eating disorders", "loneliness",
    "empathy", "cognitive distortions", "therapeutic alliance", "stigma", "self-harm", "insomnia", "burnout", "grief",
    "substance use", "bipolar disorder", "autism", "attention deficits", "dementia", "perinatal distress", "emotion",
    "emotion regulation", "counselor strategies", "motivational interviewing", "crisis", "help-seeking", "trauma",
    "obsessive-compulsive symptoms", "personality", "well-being", "panic", "rumination", "mood", "resilience",
)  # fmt: skip
_PLACES = (
    "social media", "online forums", "electronic health records", "counseling sessions", "crisis lines", "schools",
    "primary care", "university students", "adolescents", "older adults", "veterans", "Chinese microblogs", "Reddit",
    "clinical interviews", "smartphone diaries", "peer support", "psychotherapy transcripts", "the workplace",
    "emergency departments", "low-resource languages", "rural communities", "mental health care", "everyday life",
)  # fmt: skip
_KINDS = (
    "a data set", "a benchmark", "a systematic review", "a scoping review", "a pilot study", "a randomised trial",
    "a survey", "a case study", "a corpus", "a shared task", "a qualitative study", "an evaluation", "a framework",
    "a longitudinal study", "lessons learnt", "a position paper", "a comparison of five models", "first results",
)  # fmt: skip
_VENUES = (
    "ACL", "EMNLP", "NAACL", "CLPsych", "npj Digital Medicine", "JMIR Mental Health", "Journal of Made-Up Psychiatry",
    "Scientific Reports", "AAAI", "CHI", "Proceedings of the Imagined Workshop on Language and Mind", "arXiv",
    "Computers in Invented Behavior", "Annals of Unwritten Psychology", "LREC", "Interspeech", "CSCW", "KDD",
)  # fmt: skip
_ONSETS = "b br c ch d dr f fr g gr h j k kl l m n p r s sch sh st t tr v w y z zh".split()
_VOWELS = "a e i o u ai ei ou ia ö é ü".split()
_CODAS = ("", "", "", "n", "r", "s", "l", "ng", "m", "t", "ck", "nd", "sson", "ski", "ez", "wa", "to")


def works(many: int, seed: int = 88) -> Iterator[Work]:
    """Yield made-up works with keys, titles, authors, venues, years, DOIs and topics."""
    chance = random.Random(seed)
    families = [_name(chance) for _ in range(max(200, many // 6))]
    givens = [_name(chance) for _ in range(max(80, many // 60))]
    for number in range(many):
        yield _work(chance, number, families, givens)


def _work(chance: random.Random, number: int, families: list[str], givens: list[str]) -> Work:
    authors = tuple(
        Name(family=_skewed(chance, families), given=_skewed(chance, givens)) for _ in range(chance.randint(1, 7))
    )
    year = 2026 - min(int(chance.expovariate(0.25)), 30)
    doi = f"10.9999/made.{number}"
    record = Record(
        version=Version.VERSION_OF_RECORD,
        type="article",
        title=_title(chance),
        authors=authors,
        issued=PartialDate(year, chance.randint(1, 12)),
        container_title=_skewed(chance, list(_VENUES)),
        volume=str(chance.randint(1, 60)),
        pages=f"{number % 900}-{number % 900 + 11}",
        identifiers=(Identifier("doi", doi),),
        url=f"https://example.org/{number}",
    )
    return Work(
        key=f"made-up-{year}-{number}",
        record=record,
        preprint=None,
        provenance=Provenance(Status.LISTED),
    )


def _title(chance: random.Random) -> str:
    task, matter, other = chance.choice(_TASKS), _skewed(chance, list(_MATTERS)), chance.choice(_MATTERS)
    subject, place, kind = _skewed(chance, list(_SUBJECTS)), chance.choice(_PLACES), chance.choice(_KINDS)
    forms = (
        f"{task} {matter} in {place} with {subject}: {kind}",
        f"{subject} for {task} {matter} and {other} in {place}",
        f"{_coined(chance)}: {task} {matter} with {subject}",
        f"{_coined(chance)}: {kind} of {matter} in {place}",
        f"can {subject} help with {matter}? {kind} in {place}",
        f"{matter}, {other} and mental health: {task} change with {subject}",
        f"mental health and {subject}: {kind} of {_name(chance).lower()} {matter}",
    )
    title = chance.choice(forms)
    return title[0].upper() + title[1:]


def _coined(chance: random.Random) -> str:
    return (
        chance.choice(("Psy", "Mental", "Mind", "Care", "Talk", "Mood", ""))
        + _name(chance)
        + chance.choice(("Bench", "QA", "LM", "Bot", "Net", "", "-2"))
    )


def _name(chance: random.Random) -> str:
    syllables = (
        chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS) for _ in range(chance.randint(1, 3))
    )
    return "".join(syllables).capitalize()


def _skewed(chance: random.Random, choices: list[str]) -> str:
    """Choose so that early choices are far more frequent than late ones, as words and names are."""
    return choices[min(int(len(choices) * chance.random() ** 3), len(choices) - 1)]

"""Which venue does a text name? Series of conferences and journals by their names, acronyms and abbreviations."""

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from mhlit.text import fold, without_tags

# A series and a pattern on the folded text a line, the more telling first; names are the catalog's where it has them.
_SERIES = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        re.split(r"\s{2,}", line.strip())
        for line in r"""
        arXiv  ^(?:arxiv|corr$|computing research repository)
        CLPsych  \bclpsych\b|computational linguistics and clinical psychology
        BioNLP  \bbionlp\b|biomedical (?:natural )?language processing
        NLP4PI  \bnlp4pi\b|nlp for positive impact
        TACL  \btacl\b|\btrans\w* (?:of the )?(?:acl\b|assoc\w* (?:for )?comput\w* linguist)
        LREC-COLING  \blrec coling\b|international conference on computational linguistics language resources
        COLING  \bcoling\b|international conference on computational linguistics
        LREC  \blrec\b|conference on language resources and evaluation|language resources and evaluation conference
        NAACL  \bnaacl\b|north american chapter|nations of the americas chapter
        EACL  \beacl\b|european chapter of the a
        AACL  \baacl\b|asia pacific chapter
        EMNLP  \bemnlp\b|empirical methods in natural language processing
        CoNLL  \bconll\b|computational natural language learning
        SIGDIAL  \bsigdial\b|special interest group on discourse and dialogue
        INLG  \binlg\b|international natural language generation conference
        IWSDS  \biwsds\b|spoken dialogue systems technology
        ACL  \bacl\b|annual meeting of the association for computational linguistics
        ACL  association for computational linguistics (?:annual )?meeting|annu\w* meet\w* assoc\w* comput\w* linguist
        NeurIPS  \bneurips\b|\bnips\b|neural information processing systems|neural inf process syst
        ICLR  \biclr\b|conference on learning representations|learning representations$|conf\w* learn\w* represent
        ICML  \bicml\b|international conference on machine learning|\bint\w* conf\w* mach\w* learn
        AIES  \baies\b|ai ethics and society|artificial intelligence ethics and society
        IJCAI  \bijcai\b|international joint conferences? on artificial intelligence
        AAAI  \baaai\b|advancement of artificial intelligence
        ECAI  \becai\b|european conference on artificial intelligence
        PAKDD  \bpakdd\b|pacific asia conference on knowledge discovery
        KDD  \bkdd\b|\bsigkdd\b|knowledge discovery (?:and )?data mining
        WWW  \bwww\b|\bthewebconf\b|\bweb conference\b|world wide web conf|conference on world wide web
        CHI  ^chi\b|\bchi (?:conference|[12]\d{3}|\d\d)\b|human factors in computing systems
        CSCW  \bcscw\b|computer supported cooperative work
        SIGIR  \bsigir\b|development in information retrieval
        CIKM  \bcikm\b|conference on information and knowledge management
        WSDM  \bwsdm\b|web search and data mining
        ICWSM  \bicwsm\b|conference on web and social media
        FAccT  \bfacct\b|fairness accountability and transparency
        ICASSP  \bicassp\b|acoustics speech and signal processing
        Interspeech  \binterspeech\b
        npj Digital Medicine  \bnpj dig\w* med
        npj Mental Health Research  \bnpj ment\w* h(?:ealth|lth)? res
        Nature Mental Health  \bnat\w* ment\w* h(?:ealth|lth)?$
        Nature Communications  \bnat\w* commun
        Nature Reviews Psychology  \bnat\w* rev\w* psychol
        Scientific Reports  ^sci\w* rep(?:orts|s)?\b
        PNAS  \bpnas\b|^proc\w* (?:of the )?nat\w* acad\w* (?:of )?sci
        IEEE TCSS  \btcss\b|trans\w* (?:on )?comput\w* soc\w* syst
        JMIR Mental Health  \bjmir ment\w* h
        JMIR  journal of medical internet research|\bj med internet res
        """.strip().splitlines()
    )
)
_JOINT = {"LREC-COLING": ("LREC", "COLING")}
_CHAPTER = re.compile(r"\b(acl|emnlp|naacl|eacl|aacl)\b")
_PARTS = (
    ("long", re.compile(r"\blong papers\b|\bvolume 1\b")),
    ("short", re.compile(r"\bshort papers\b|\bvolume 2\b")),
    ("student", re.compile(r"\bstudent research workshop\b")),
    ("demonstrations", re.compile(r"\bsystem demonstrations\b")),
    ("industry", re.compile(r"\bindustry track\b")),
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMERIC = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)\b")
_ONES = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth".split()
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SPELT = re.compile(
    rf"\b(?:({'|'.join(_TENS)}) ?)?\b({'|'.join(_ONES)})\b|\b({'|'.join(ten[:-1] + 'ieth' for ten in _TENS)})\b"
)
# Words that say nothing about which venue it is.
_EMPTY = frozenset(
    "the of on in at and for a an proceedings proc conference conf annual annu international int volume vol".split()
)


# What stands where a venue belongs and names none.
_NO_VENUE = frozenset(
    "openreview net researchgate pubmed semantic scholar online preprint unpublished manuscript n none na tbd unknown"
    " to appear press accepted publication forthcoming working technical report paper papers journal main poster"
    " oral spotlight heavy minus sign".split()
)
# Where a work was sent, or what its publisher or index is called: not where it appeared.
_UNSETTLED = re.compile(
    r"\b(?:under (?:double blind )?(?:review|submission)|submitted|in submission)\b"
    r"|^(?:acl anthology|association for computational linguistics|anonymous acl submission)$"
)
# A year, of two digits or four, that is written to an acronym: EMNLP24, ICLR'24.
_YEAR_AT_ACRONYM = re.compile(r"(?<=[a-z]{3})(?=(?:\d{2}){1,2}\b)")
# Conferences that workshops are held with.
_HOSTS = frozenset("ACL EMNLP NAACL EACL AACL NeurIPS ICLR ICML AAAI IJCAI KDD WWW CHI LREC COLING LREC-COLING".split())


class Venue(NamedTuple):
    """What a text says about a venue; empty where it says nothing."""

    series: str
    """The name of the series, as the catalog has it where it has it: `Findings of ACL`."""
    workshop: bool
    part: str
    """Which volume of the proceedings: `long`, `short` …"""
    editions: frozenset[int]
    years: frozenset[int]


class Agreement(IntEnum):
    """How far what a text says of a venue agrees with the true one."""

    OTHER = 0
    """Another venue."""
    EDITION = 1
    """The same series, another year, edition or volume of it."""
    UNKNOWN = 2
    """Nothing that can be told."""
    FORM = 3
    """The same venue, abbreviated or in other words."""
    SAME = 4


@lru_cache(maxsize=4096)
def read_venue(text: str) -> Venue:
    """Return what `text`, the name of a journal, conference or proceedings in any form, says about the venue."""
    folded = _folded(text)
    series = next((name for name, pattern in _SERIES if pattern.search(folded)), "")
    if re.search(r"\bfindings\b", folded):
        chapters = _CHAPTER.findall(folded)
        series = f"Findings of {chapters[-1].upper()}" if chapters else "Findings"
    return Venue(
        series,
        re.search(r"\bworkshops?\b", folded) is not None,
        next((name for name, pattern in _PARTS if pattern.search(folded)), ""),
        frozenset(_ordinals(folded)),
        frozenset(int(year) for year in _YEAR.findall(folded)),
    )


def _folded(text: str) -> str:
    return _YEAR_AT_ACRONYM.sub(" ", fold(without_tags(text)))


def _ordinals(folded: str) -> Iterator[int]:
    yield from (int(number) for number in _NUMERIC.findall(folded))
    for tens, ones, round_number in _SPELT.findall(folded):
        if round_number:
            yield 10 * (_TENS.index(round_number[:-4] + "y") + 2)
        else:
            yield (10 * (_TENS.index(tens) + 2) if tens else 0) + _ONES.index(ones) + 1


def agreement(text: str, short: str, full: str, collection: str = "", year: int = 0) -> Agreement:
    """Tell how far `text` names the venue called `short`, whose journal or proceedings is `full`, of that year."""
    if text == full:
        return Agreement.SAME
    if collection and fold(text) in (fold(collection), "".join(filter(str.isupper, collection)).lower()):
        return Agreement.FORM
    if _UNSETTLED.search(fold(text)):
        return Agreement.UNKNOWN
    listed, true = read_venue(text), read_venue(full)
    same = _undated(text) in (_undated(full), _undated(short)) or _abbreviates(text, full)
    same = same or _is_series(text, listed, short or true.series, true)
    if same or (not listed.series and _shares_words(text, full)):
        return Agreement.EDITION if _is_other_edition(listed, true, year) else Agreement.FORM
    return Agreement.OTHER if listed.series or _tells_a_venue(text) else Agreement.UNKNOWN


def _is_series(text: str, listed: Venue, series: str, true: Venue) -> bool:
    if not listed.series or listed.series == "Findings":
        return listed.series == "Findings" and series.startswith("Findings of")
    # One conference of two series is often listed by the name of one.
    same = listed.series in (series, true.series) or listed.series in _JOINT.get(series, ())
    if listed.workshop and true.workshop:
        # A workshop is often listed by the conference it was held with, and by nothing else.
        return (same and listed.series not in _HOSTS) or _names_only_the_host(text, listed.series)
    if listed.workshop:
        return False
    return listed.series == series if true.workshop else same


def _names_only_the_host(text: str, host: str) -> bool:
    rest = (word for word in _content(text) if not word.isdigit() and not word.startswith("workshop"))
    return host in _HOSTS and all(word in fold(host).split() for word in rest)


def _is_other_edition(listed: Venue, true: Venue, year: int) -> bool:
    if listed.part and true.part and listed.part != true.part:
        return True
    if listed.editions and true.editions and not listed.editions & true.editions:
        return True
    return bool(listed.years and year and not listed.years & (true.years | {year}))


def _undated(text: str) -> tuple[str, ...]:
    return tuple(word for word in _content(text) if not _YEAR.fullmatch(word))


def _abbreviates(text: str, full: str) -> bool:
    """Tell whether every word of `text` abbreviates a word of `full`, in their order, none left out but little ones."""
    shorts, longs = _content(text), _content(full)
    return len(shorts) == len(longs) > 0 and all(map(_is_short_for, shorts, longs))


def _is_short_for(short: str, long: str) -> bool:
    letters = iter(long)
    return short[0] == long[0] and all(letter in letters for letter in short)


def _shares_words(text: str, full: str) -> bool:
    ours, theirs = set(_content(text)), set(_content(full))
    return len(ours & theirs) >= 2 and len(ours & theirs) / len(ours | theirs) >= 0.6


def _tells_a_venue(text: str) -> bool:
    return any(word not in _NO_VENUE and not word.isdigit() for word in _content(text))


@lru_cache(maxsize=4096)
def _content(text: str) -> tuple[str, ...]:
    return tuple(word for word in _folded(text).split() if word not in _EMPTY)

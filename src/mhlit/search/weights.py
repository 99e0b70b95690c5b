"""Every number that decides the order of search results, in one place. None of them knows a query.

What a work scores is the sum, over the words of the query, of how rare the word is times how well the
work holds it. A work holds a word the better, the weightier the columns it stands in (FIELDS) and the
closer what stands there is to what was typed (KINDS).
"""

from math import log

from mhlit.store.words import FIELD_BITS, Fields

# What a column adds where a word stands in it. How often it stands there does not matter: the texts are short.
FIELDS = {
    "title": 10.0,  # what the work says it is about
    "names": 10.0,  # the title's names, split and joined: KokoroChat as kokoro chat
    "authors": 8.0,  # any author, of any version
    "citation": 5.0,  # what a citation says first: first author, year, a word of the title
    "topics": 3.0,  # our words about it: topics with their meanings, resources, languages
    "venue": 2.0,  # where it appeared; a whole volume has it
    "summary": 4.0,  # our sentence about it
    "listed": 1.0,  # the line of an origin list, which may be wrong
}
# With how many points of FIELDS a word is half as well held as it can be.
HALF = 4.0
# What being held anywhere counts, before the columns do. So large that exact in the weakest column beats a
# typo in the best, and that two words in a summary beat one in a title.
FLOOR = 0.35

# How much counts what stands in the work instead of the word that was typed.
KINDS = {
    "exact": 1.0,  # the word itself
    "spelling": 0.95,  # joined or split: kokoro chat, socialmedia
    "form": 0.85,  # the same stem: therapies for therapy, behaviour for behavior
    "acronym": 0.9,  # of the closed list: CBT, or what it stands for
    "synonym": 0.75,  # of the closed list: youth for adolescents
    "beginning": 0.6,  # a longer word
    "typo": 0.4,  # one or two slips away
    "typo-form": 0.34,  # a form of such a word
}
# Columns with names of people, in which a word has no other forms and no synonyms.
PEOPLE: Fields = FIELD_BITS["authors"] | FIELD_BITS["citation"]

# Words that say nothing about a work need not be held where there are others,
LITTLE_WORDS = frozenset(
    "a about after al all am an and any are as at be been being between both but by can could did do does during et"
    " etal for from had has have how i if in into is it its me more most my no nor not of on or our over paper papers"
    " she should so some such than that the their them then there these they this those through to too toward towards"
    " under up upon us use used using versus via vs was we were what when where whether which while who whom whose why"
    " will with within without would you your".split()
)
# and count this much of what they otherwise would.
LITTLE = 0.1
# A work is shown that holds so much of the query: most of a short one, a third of a long pasted reference. With
# all words required, a title with one word wrong would find nothing; with any word enough, nonsense would find
# something.
ENOUGH = 0.3
ENOUGH_OF_A_WORD = 0.6  # more of a query of one word, half as much more of a query of two
# Where every word is somewhere in the index, the query is no nonsense, and so much less will do.
OF_KNOWN_WORDS = 0.75
# What a work scores besides that holds every word better than any typo does: more than words can give, so that exact
# beats fuzzy and all beats some, always.
WHOLE = 1000.0
# What a work scores that the query names.
NAMED = 2 * WHOLE
# So many of the best are looked at more closely: how the words stand in them.
CLOSER = 100
# What is added, as a part of the score, for a query that stands there word for word: a title, a name, a venue,
VERBATIM = 0.3
# for the part of the query that stands in the title, since that is what people remember,
TITLED = 0.2
# and for the part of the title that the query holds, so that a whole title finds itself and not a longer one.
COVERED = 0.15


class _Strengths(dict[Fields, float]):
    """How well a word is held, by the set of columns it stands in; worked out when first asked for."""

    def __missing__(self, fields: Fields) -> float:
        points = sum(weight for name, weight in FIELDS.items() if fields & FIELD_BITS[name])
        self[fields] = FLOOR + (1 - FLOOR) * points / (points + HALF)
        return self[fields]


STRENGTHS = _Strengths()


def enough(words: int, known: bool = False) -> float:
    """Return the part of a query of so many words that a work must hold to be shown; less where all are `known`."""
    return min(1.0, ENOUGH + ENOUGH_OF_A_WORD / max(words, 1)) * (OF_KNOWN_WORDS if known else 1.0)


def rarity(works: int, holding: int) -> float:
    """Return how much a word tells that `holding` of `works` works hold (the idf of BM25, never below 0)."""
    return log(1 + (works - min(holding, works) + 0.5) / (holding + 0.5))

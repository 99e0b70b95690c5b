"""Bring the forms of an English word together: plurals, endings, British and American spelling.

A light stemmer of our own, run on every word of the index and of a query, so that both sides agree.
What it returns need not be a word. Families that no ending tells (anxiety, anxious) are the synonyms' business.
"""

# Spellings that differ between British and American English, each brought to one form.
_SPELLINGS = (
    ("our", "or"),  # behaviour
    ("ae", "e"),  # paediatric
    ("oe", "e"),  # foetal
    ("iz", "is"),  # personalize
    ("yz", "ys"),  # analyze
    ("ogue", "og"),  # dialogue
    ("ence", "ense"),  # defence
)
_FINAL_SPELLINGS = (("tre", "ter"), ("gramme", "gram"))  # centre, programme
# Ending, what stands in its place, and how many letters must remain before it. The first that fits is taken.
_ENDINGS = (
    ("isation", "is", 3),  # personalisation
    ("ioral", "ior", 3),  # behavioural
    ("ior", "ior", 3),
    ("ational", "at", 3),  # conversational
    ("ation", "at", 3),  # evaluation
    ("ative", "at", 3),  # generative
    ("ator", "at", 3),  # annotator
    ("ate", "at", 3),  # evaluate
    ("ability", "", 5),  # explainability
    ("able", "", 5),  # explainable
    ("ional", "", 4),  # emotional
    ("ion", "", 4),  # detection
    ("iness", "y", 4),  # loneliness
    ("fulness", "", 4),  # mindfulness
    ("ness", "", 4),  # politeness
    ("ment", "", 4),  # treatment
    ("ical", "", 4),  # psychological
    ("ically", "", 4),
    ("ostic", "os", 4),  # diagnostic
    ("ic", "", 4),  # psychiatric
    ("ician", "", 4),  # clinician
    ("ist", "", 5),  # therapist
    ("ally", "", 4),
    ("al", "", 4),  # suicidal
    ("ive", "", 4),  # depressive
    ("ful", "", 4),  # harmful
    ("or", "", 5),  # counselor
    ("er", "", 4),  # seeker
)
_DOUBLES = frozenset("bdfglmnprst")


def stem(word: str) -> str:
    """Return the stem of a folded word. Short words, numbers and words beyond ASCII stay as they are."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    word = _inflection(_singular(word))
    if len(word) < 5:
        return _bare(word)
    for written, common in _SPELLINGS:
        word = word.replace(written, common)
    for written, common in _FINAL_SPELLINGS:
        if word.endswith(written):
            word = word[: -len(written)] + common
    return _bare(_derivation(word))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and word != "bias":
        return word[:-1]
    return word


def _inflection(word: str) -> str:
    """Take away -ing and -ed where a vowel remains before them."""
    for ending in ("ing", "ed"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= 3 and any(c in "aeiouy" for c in rest[:-1]):
            return rest
    return word


def _derivation(word: str) -> str:
    """Take away one ending of derivation, and -ly before it."""
    if word.endswith("ly") and len(word) > 6:
        word = word[:-2]
    for ending, instead, least in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)] + instead
    return word


def _bare(word: str) -> str:
    """Take away a final -e, -y, or -is after s, and the second of two like consonants."""
    if word.endswith("sis") and len(word) > 5:
        word = word[:-2]
    if word.endswith("y"):
        word = word[:-1] if len(word) > 6 else word[:-1] + "i"
    elif word.endswith("e") and len(word) > 4:
        word = word[:-1]
    if len(word) > 4 and word[-1] == word[-2] and word[-1] in _DOUBLES:
        word = word[:-1]
    return word

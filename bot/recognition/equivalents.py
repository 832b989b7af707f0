"""Words that mean the same in every message, and small words that add nothing. Pure.

Narrow on purpose: `invoice` and `bill`, or `archived` and `deleted`, tell articles apart.
"""

from bot.recognition.known_words import KnownWords
from bot.recognition.patterns import NEGATIONS, STOP_WORDS
from bot.recognition.text import stem

NEGATION = "not"
"""The form of every negation."""
_SMALL_WORDS = STOP_WORDS | frozenset(
    stem(word)
    for word in """
    about already am because but by currently did do does doing done ensure error exception following get
    getting got her here his i if into its just know let like make me my need note now onto right said say set
    since so something still such sure tell then these they them those though through told too try trying
    up us use used using via we weve when where whether which while who whose with would yet youre
    """.split()
)
"""Words that a rewording may add or leave out: it says the same without them."""
_NEGATED_WORDS = {
    "inactive": "active",
    "incorrect": "correct",
    "invalid": "valid",
    "unrecognised": "recognised",
    "unsupported": "supported",
    "unable": "",
    "never": "",
    "without": "",
}
"""Words with a negation in them -> the word that is negated, if there is one."""
GROUPS = tuple(
    tuple(group.split())
    for group in (
        "account acct",
        "add added adding",
        "allocate allocated allocating applied apply applying",
        "allow allowed permit permitted",
        "amend amended change changed changing edit edited editing modification modified modify "
        "update updated updating",
        "another different other",
        "associated attached linked mapped",
        "belonging belong related",
        "char character letter",
        "create created creating creation",
        "date dated",
        "delete deleted deleting remove removed",
        "doc document",
        "enter entered give given provide provided providing specified specify supplied supply",
        "equal match",
        "exceed exceeded greater larger bigger higher",
        "find finding found locate located exist",
        "hit reach reached",
        "id identifier",
        "less lower smaller",
        "mandatory required",
        "max maximum",
        "name named",
        "number num",
        "org organisation",
        "paid pay paying",
        "qty quantity",
        "save saved saving",
        "state status",
        "transaction txn",
    )
)
"""Words, without plural s, that may be exchanged for each other in every message."""
_INCIDENTAL_WORDS = "current detail entry field following given id related selected value".split()
_ENDINGS = ("ing", "ed", "e")
_FORMS = {word: group[0] for group in GROUPS for word in group}


def _plain_forms(word: str) -> tuple[str, ...]:
    if word in NEGATIONS:
        return (NEGATION,)
    if word in _NEGATED_WORDS:
        negated = _NEGATED_WORDS[word]
        return (NEGATION, _form(negated)) if negated else (NEGATION,)
    return () if word in _SMALL_WORDS else (_form(word),)


plain_forms = KnownWords(_plain_forms).__getitem__
"""Returns what a stem is compared as here: nothing if it is small, two forms for `invalid`."""


def _form(word: str) -> str:
    if known := _FORMS.get(word):
        return known
    for ending in _ENDINGS:
        base = word.removesuffix(ending)
        if base != word and len(base) >= 4 and not word.endswith("eed"):
            return base
    return word


INCIDENTAL_FORMS = frozenset(map(_form, _INCIDENTAL_WORDS))
"""Forms of words that a message has to be exact, and that a rewording leaves out."""

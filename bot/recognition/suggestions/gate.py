"""Gate before suggestions: whether a text describes a problem that some article is about. Pure.

A score alone does not tell: "how do I add a product?" shares more words with an article than many
descriptions of an error. What tells is how much of the text the best article explains, and whether
it reports something or asks how something is done.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from bot.recognition.suggestions.terms import words_of
from bot.recognition.text import tokenise

SCORE, COVERED, ASKS, ASKS_OF_TROUBLE, ASKS_WITHIN, BIAS = 3.3, 3.2, -3.6, -1.8, -1.1, -13.5
"""Weights of a logistic regression, fitted to the phrases that are ranked without themselves,
against tests/corpus/off_topic.yaml and the chatter."""

_TROUBLE = """
    not no never nothing nowhere none nobody neither without cannot error fail failing failure refuse
    refusal reject bounce bounced wrong missing stuck broken duplicate twice double doubled mismatch
    differ different invalid incorrect lost gone vanish disappear expire blocked lock decline deny
    stop stopped forbidden unauthorised problem trouble issue complain complaint unable blank empty
    negative minus dropped keep kept message say said read knocked kicked thrown throw spat spit
    warning archive retire delete void cancel unknown clash unrecognised unpaid overpaid short under
    only instead again already mistake accidentally less fewer higher lower bigger longer greater
    than exceed delayed hang slow timeout timed disagree unbalanced mixed muddled odd weird strange
    suddenly anymore messed mess merge rename dead down unexpected object grumble picky fussy although
    despite but nought answer must
"""
_FILLERS = """
    i me my mine we us he him his she her they them it somebody someone anybody everybody one two three
    off out up into onto about around behind below above between through during after before until
    then now today just so very really also when while because if but or like get got go gone went going
    take took taken come came put make made let tell told want think know see saw look looked use used
    try tried seem new old good same other another which who what how where why here there those these
    still yet ever always sometimes time day thing way lot bit all both either some many much little
    hi hello hey thank thanks cheer please
"""
_QUESTIONS = """
    how; what; where; who; which; please; recommend; tell me; difference between
    when is; when are; when was; when will; when do; when does; when did; when can; when should; when would
    can i; can we; can you; can the; can it; can xero; can customers; could you; could we
    do you; do we; do i; does xero; does it; does the; does my; is there; are there; is it; are we
    has anyone; has anybody; has someone; does anyone; does anybody
    did you; did the; has the; have you; will you; would you; should; may i
    i would like; id like; i want to; i need; we need to; wed like; we want to
"""
"""How somebody begins who asks for something other than an error."""


def _read(listed: str) -> tuple[str, ...]:
    return tuple(words_of(tokenise(listed).stems))


TROUBLE = frozenset(_read(_TROUBLE))
FILLERS = frozenset(_read(_FILLERS))
"""Words that say nothing about a subject, so that they need not be in an article."""
QUESTIONS = frozenset(map(_read, _QUESTIONS.replace("\n", ";").split(";"))) - {()}
_LONGEST = max(map(len, QUESTIONS))


@dataclass(frozen=True)
class Evidence:
    """What is known about a text before anything is suggested for it.

    score: of the best article, as in an index of the shipped size.
    covered: how much of the text's rarity that article has, 0 to 1; unknown words are the rarest.
    """

    score: float
    covered: float
    asks: bool
    asks_within: bool
    has_trouble: bool

    @property
    def sum(self) -> float:
        """The logarithm of the odds that an article is about the text."""
        asking = (ASKS_OF_TROUBLE if self.has_trouble else ASKS) * self.asks
        within = ASKS_WITHIN * self.asks_within
        return BIAS + SCORE * log(1 + self.score) + COVERED * self.covered + asking + within

    @property
    def is_open(self) -> bool:
        """Whether articles are suggested."""
        return self.sum >= 0


def asks(words: Sequence[str]) -> bool:
    """Whether a text begins like a question about something other than an error."""
    return any(tuple(words[:length]) in QUESTIONS for length in range(1, _LONGEST + 1))


def asks_within(words: Sequence[str]) -> bool:
    """Whether a question of two words and more is anywhere in a text."""
    return any(
        tuple(words[at : at + length]) in QUESTIONS
        for at in range(len(words))
        for length in range(2, _LONGEST + 1)
    )


def has_trouble(words: Iterable[str]) -> bool:
    """Whether a word of failing is in a text."""
    return not TROUBLE.isdisjoint(words)

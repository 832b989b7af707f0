"""The order of the rules for messages after an answer, and how their phrases are read. Pure.

One phrase a line, a regular expression that is matched at the borders of words. `<list>` is a word
of a list, ` ... ` up to 30 characters, `~` the beginning of a sentence. Phrases see lower case,
without apostrophes, and one dot between sentences.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from bot.domain.verdicts import Intent
from bot.recognition.follow_ups import questions, statements
from bot.recognition.follow_ups.words import LISTS

_SENTENCE = (
    r"(?:^|[.?] )(?:(?:so|and|but|ok|okay|hi|hey|hello|thanks|cheers|please|pls|sorry|then|or|"
    r"wait|well|just|umm?|hmm) (?:\. )?)*"
)
_QUESTION = re.compile(
    r"[?]|\b(?:whats?|why|where|how|who|which)\b|^(?:will|is|are|do|does|can|should|did) "
)


def compiled(phrases: str) -> re.Pattern[str]:
    """Return a pattern that finds any of the phrases."""
    return re.compile("|".join(_expression(line) for line in phrases.split("\n") if line))


def _expression(phrase: str) -> str:
    made = phrase.replace(" ... ", r"\b.{0,30}\b")
    for _ in range(3):  # lists may name lists
        made = re.sub(r"<([a-z]+)>", lambda found: _words(found[1]), made)
    made = re.sub(r"\((?!\?)", "(?:", made).replace("~", _SENTENCE)
    return rf"(?<!\w)(?:{made})(?!\w)"


def _words(name: str) -> str:
    return f"({LISTS[name]})"


@dataclass(frozen=True)
class Rule:
    """What a message wants in which one of the phrases is found.

    `in_questions`: the phrases count in a question too.
    """

    intent: Intent | None
    phrases: str
    in_questions: bool = True

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern that finds any of the phrases."""
        return compiled(self.phrases)

    def fits(self, words: str) -> bool:
        """Whether the rule is for a text, in the form in which phrases see it."""
        is_for_it = self.in_questions or not _QUESTION.search(words)
        return is_for_it and bool(self.pattern.search(words))


RULES = (
    Rule(Intent.ASIDE, statements.ASIDE),
    Rule(Intent.OUTAGE, questions.OUTAGE),
    Rule(Intent.GREETING, questions.GREETING),
    Rule(Intent.PERSON, statements.PERSON),
    Rule(Intent.WHY, questions.WHY_FIRST),
    Rule(Intent.WHERE, questions.HOW),
    Rule(None, statements.NEWS),
    Rule(Intent.THANKS, statements.SOLVED, in_questions=False),
    Rule(Intent.SAFE, questions.SAFE_FIRST),
    Rule(Intent.WHERE, questions.WHERE),
    Rule(Intent.WHY, questions.WHY),
    Rule(Intent.SAFE, questions.SAFE),
    Rule(None, statements.DETAILS),
    Rule(Intent.NOT_SOLVED, statements.NOT_SOLVED),
    Rule(Intent.THANKS, statements.OUTCOME),
    Rule(Intent.NOT_SOLVED, statements.TRIED),
    Rule(Intent.THANKS, statements.THANKS),
    Rule(Intent.GREETING, statements.HELLO),
)
"""The first rule with a phrase in the message decides: a question comes before what is wrong, and
that before thanks, as in "thanks but it still doesn't work". None: recognised like any other.
"""

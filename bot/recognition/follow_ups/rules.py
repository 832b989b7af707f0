"""The order of the rules for messages after an answer, and how their phrases are read. Pure.

A phrase is a regular expression that is matched at the borders of words; a line with a margin goes
on with the line before. `<list>` is a word of a list, ` ... ` up to 30 characters, `~` the
beginning of a sentence. Phrases see lower case, without apostrophes, and one dot between sentences.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from bot.domain.verdicts import Intent
from bot.lazy_regex import lazy_regex
from bot.recognition.follow_ups import questions, statements
from bot.recognition.follow_ups.words import LISTS

_SENTENCE = (
    r"(?:^|[.?] )(?:(?:so|and|but|ok|okay|hi|hey|hello|thanks|cheers|please|pls|sorry|then|or|"
    r"wait|well|just|umm?|hmm) (?:\. )?)*"
)
_QUESTION = lazy_regex(
    r"[?]|(?<!did )(?<!done )(?<!not )(?<!tried )(?<!thats )\b(?:whats?|why|where|how|who|which)\b"
    r"|^(?:will|is|are|do|does|can|should|did(?= (?:i|you|we|it|they|some|any|xero|clickpos))) "
)


def compiled(phrases: str) -> re.Pattern[str]:
    """Return a pattern that finds any of the phrases."""
    return lazy_regex(
        "|".join(_expression(line) for line in phrases.replace("\n  ", "").split("\n") if line)
    )


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

    `in_questions`: the phrases count in a question too. `is_guess`: they are in questions of any
    subject, so they count if the bot was addressed, or the subject is its own.
    """

    intent: Intent | None
    phrases: str
    in_questions: bool = True
    is_guess: bool = False

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
    Rule(Intent.WHERE, questions.HOW_FIRST),
    Rule(Intent.GREETING, questions.GREETING),
    Rule(Intent.PERSON, statements.PERSON),
    Rule(None, statements.NEWS_FIRST),
    Rule(Intent.WHY, questions.WHY_FIRST),
    Rule(Intent.WHERE, questions.HOW),
    Rule(None, statements.NEWS),
    Rule(Intent.THANKS, statements.SOLVED, in_questions=False),
    Rule(Intent.NOT_SOLVED, statements.FAILED, in_questions=False),
    Rule(Intent.NOT_SOLVED, statements.NOT_SOLVED_ASKED),
    Rule(Intent.SAFE, questions.SAFE_FIRST),
    Rule(Intent.WHERE, questions.WHERE),
    Rule(Intent.WHY, questions.WHY),
    Rule(Intent.WHY, questions.WHY_GUESSED, is_guess=True),
    Rule(Intent.SAFE, questions.SAFE, is_guess=True),
    Rule(None, statements.DETAILS),
    Rule(Intent.NOT_SOLVED, statements.NOT_SOLVED),
    Rule(Intent.THANKS, statements.OUTCOME, in_questions=False),
    Rule(Intent.NOT_SOLVED, statements.TRIED),
    Rule(Intent.THANKS, statements.THANKS),
    Rule(Intent.GREETING, statements.HELLO),
    Rule(Intent.GREETING, questions.GREETING_GUESSED, is_guess=True),
)
"""The first rule with a phrase in the message decides: a question comes before what is wrong, and
that before thanks, as in "thanks but it still doesn't work". None: recognised like any other.
"""

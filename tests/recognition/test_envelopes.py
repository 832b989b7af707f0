"""Every message of every article in what surrounds it when it reaches support."""

from __future__ import annotations

import pytest

from bot.domain.article_fields import PLACEHOLDER
from bot.domain.reports import Trigger
from bot.domain.verdicts import article_ids
from bot.recognition.judging import judge
from bot.recognition.text import tokenise
from tests.recognition.envelopes import ENVELOPES, Envelope
from tests.recognition.values import EXAMPLES
from tests.shipped import ARTICLES, MATCHER

NOT_AN_ERROR = "the till was closed at nine"


def openings(message: str) -> list[str]:
    """The message without its last word, its last two words, and so on."""
    words = message.split()
    return [" ".join(words[:end]) for end in range(1, len(words))]


def answers(text: str) -> tuple[set[str], set[str]]:
    """Ids of the articles answered when somebody asks, and unasked in a channel."""
    matches = MATCHER.match(text)
    asked, heard = (judge(matches, door) for door in (Trigger.ADDRESSED, Trigger.HEARD))
    return set(article_ids(asked)), set(article_ids(heard))


MESSAGES = sorted(
    {
        PLACEHOLDER.sub(lambda part: EXAMPLES.get(part[1], "204"), message)
        for article in ARTICLES.values()
        for message in article.wordings
    }
)
ALONE = {message: answers(message)[0] for message in MESSAGES}
"""What is answered to a message when nothing is around it."""


@pytest.mark.parametrize("envelope", ENVELOPES.values(), ids=ENVELOPES)
class TestAnEnvelope:
    def test_changes_no_answer_to_any_message(self, envelope: Envelope) -> None:
        found = {message: answers(envelope(message)) for message in MESSAGES}
        assert {m: both for m, both in found.items() if both != (ALONE[m], ALONE[m])} == {}

    def test_is_no_error_itself(self, envelope: Envelope) -> None:
        assert answers(envelope(NOT_AN_ERROR)) == (set(), set())


def test_every_message_alone_is_answered_when_somebody_asks() -> None:
    assert len(MESSAGES) > 600
    assert [message for message, found in ALONE.items() if not found] == []


def test_a_message_wins_over_the_opening_of_a_longer_one() -> None:
    """A report's column, a mail's subject and a title are cut off without a sign of it."""
    stems = {message: tokenise(message).stems for message in MESSAGES}
    silent = [
        cut
        for short in MESSAGES
        for long in MESSAGES
        if len(long) > len(short) and stems[long][: len(stems[short])] == stems[short]
        for cut in openings(long)
        if len(stems[short]) <= len(tokenise(cut))
        if not answers(f"Xero: {cut}")[1] & (ALONE[short] | ALONE[long])
    ]
    assert silent == []

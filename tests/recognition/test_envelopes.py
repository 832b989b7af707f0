"""Every message of every article in what surrounds it when it reaches support."""

from __future__ import annotations

import pytest

from bot.domain.article_fields import PLACEHOLDER
from bot.domain.reports import Trigger
from bot.domain.verdicts import Answer, Verdict
from bot.recognition.judging import judge
from bot.recognition.patterns import Pattern
from bot.recognition.text import tokenise
from tests.recognition.envelopes import CORE, ENVELOPES, Envelope
from tests.recognition.values import EXAMPLES
from tests.shipped import ARTICLES, MATCHER

NOT_AN_ERROR = "the till was closed at nine"


def openings(message: str) -> list[str]:
    """The message without its last word, its last two words, and so on."""
    words = message.split()
    return [" ".join(words[:end]) for end in range(1, len(words))]


Found = dict[str, dict[str, tuple[str, ...]]]
"""Ids of the articles answered, with their values."""


def answers(text: str) -> tuple[Found, Found]:
    """What is answered when somebody asks, and unasked in a channel."""
    matches = MATCHER.match(text)
    asked, heard = (judge(matches, door) for door in (Trigger.ADDRESSED, Trigger.HEARD))
    return _found(asked), _found(heard)


def _found(verdict: Verdict) -> Found:
    matches = verdict.matches if isinstance(verdict, Answer) else ()
    return {match.article_id: match.values for match in matches}


MESSAGES = sorted(
    {
        PLACEHOLDER.sub(lambda part: EXAMPLES.get(part[1], "204"), message)
        for article in ARTICLES.values()
        for message in article.wordings
    }
)
ALONE = {message: answers(message)[0] for message in MESSAGES}
"""What is answered to a message when nothing is around it."""


def messages_for(envelope: Envelope) -> list[str]:
    """All messages, or every third where there are envelopes like it: together they see all."""
    number = list(ENVELOPES.values()).index(envelope)
    return MESSAGES if number < len(CORE) else MESSAGES[number % 3 :: 3]


@pytest.mark.parametrize("envelope", ENVELOPES.values(), ids=ENVELOPES)
class TestAnEnvelope:
    def test_changes_no_answer_to_any_message(self, envelope: Envelope) -> None:
        found = {message: answers(envelope(message)) for message in messages_for(envelope)}
        assert {m: both for m, both in found.items() if both != (ALONE[m], ALONE[m])} == {}

    def test_is_no_error_itself(self, envelope: Envelope) -> None:
        assert answers(envelope(NOT_AN_ERROR)) == ({}, {})


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
        if not answers(f"Xero: {cut}")[1].keys() & (ALONE[short] | ALONE[long])
    ]
    assert silent == []


MASKS = """
    **** ******** 1234**** INV-**** [redacted] [REDACTED] <redacted> (redacted) REDACTED
    •••• █████ ___ ####-1234 [FILTERED] {code} {{code}} %s
""".split()
MASKS += ["J*** S****", "[email removed]"]


@pytest.mark.parametrize("mask", MASKS)
def test_a_masked_value_is_none_and_changes_no_answer(mask: str) -> None:
    wrong = []
    for article in ARTICLES.values():
        for message in filter(PLACEHOLDER.search, article.wordings):
            found = answers(f"Xero: {PLACEHOLDER.sub(lambda _: mask, message)} since 9 am")
            if "{limit}" not in message and any(both.get(article.id) != {} for both in found):
                wrong.append((message, found))
    assert wrong == []


def test_stars_that_make_a_value_bold_do_not_mask_it() -> None:
    asked, _ = answers("Xero: Account code **204** has been archived or deleted")
    assert asked == {"account-code-archived-or-deleted": {"code": ("204",)}}


@pytest.mark.parametrize(
    "beside",
    [
        "401 Unauthorized\nXero: @",
        "Xero: @\n403 Forbidden",
        "Xero answered 429 Too Many Requests: @",
    ],
)
def test_the_name_of_a_status_yields_to_any_message_that_says_why(beside: str) -> None:
    reasons = [message for message in MESSAGES if not Pattern.of("", message).is_bare_status]
    found = {message: answers(beside.replace("@", message)) for message in reasons}
    assert {m: both for m, both in found.items() if both != (ALONE[m], ALONE[m])} == {}
    assert answers(beside.replace("@", ""))[1] != {}

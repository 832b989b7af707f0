"""Every message of every article in what surrounds it when it reaches support."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Sequence
from functools import partial

import pytest

from bot.domain.article_fields import PLACEHOLDER
from bot.domain.reports import Trigger
from bot.domain.verdicts import Answer, Verdict
from bot.recognition.judging import judge
from bot.recognition.patterns import Pattern
from bot.recognition.text import tokenise
from tests.recognition.envelopes import KINDS, Envelope
from tests.recognition.pasted import FIFTH, heard, share
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


@functools.cache
def alone(message: str) -> Found:
    """What is answered to a message when nothing is around it."""
    return answers(message)[0]


def changed(envelope: Envelope, messages: Sequence[str]) -> dict[str, tuple[Found, Found]]:
    """What is answered in an envelope, for each message where that is something else."""
    found = {message: answers(envelope(message)) for message in messages}
    return {m: both for m, both in found.items() if both != (alone(m), alone(m))}


@pytest.mark.parametrize("kind", KINDS)
class TestAnEnvelope:
    def test_changes_no_answer_to_any_message(self, kind: str) -> None:
        among = 2 * len(KINDS[kind])
        # half of the messages, and the other half in the next kind
        first = list(KINDS).index(kind) % 2 * len(KINDS[kind])
        found = {
            name: changed(put, share(MESSAGES, first + number, among))
            for number, (name, put) in enumerate(KINDS[kind].items())
        }
        assert {name: wrong for name, wrong in found.items() if wrong} == {}

    def test_is_no_error_itself(self, kind: str) -> None:
        found = {name: answers(envelope(NOT_AN_ERROR)) for name, envelope in KINDS[kind].items()}
        assert found == dict.fromkeys(found, ({}, {}))


def test_every_message_alone_is_answered_when_somebody_asks() -> None:
    assert len(MESSAGES) > 600
    assert [message for message in MESSAGES if not alone(message)] == []


def test_a_message_wins_over_the_opening_of_a_longer_one() -> None:
    """A report's column, a mail's subject and a title are cut off without a sign of it."""
    stems = {message: tuple(tokenise(message).stems) for message in MESSAGES}
    of_stems = defaultdict(list)
    for message in MESSAGES:
        of_stems[stems[message]].append(message)
    silent = [
        cut
        for long in MESSAGES
        for length in range(len(stems[long]))
        for short in of_stems.get(stems[long][: length + 1], ())
        if len(long) > len(short)
        for cut in openings(long)
        if len(stems[short]) <= len(tokenise(cut))
        if not answers(f"Xero: {cut}")[1].keys() & (alone(short) | alone(long))
    ]
    assert silent == []


BESIDE_A_STATUS = (
    "401 Unauthorized\nXero: @",
    "Xero: @\n403 Forbidden",
    "Xero answered 429 Too Many Requests: @",
)
MASKS = """
    **** ******** 1234**** INV-**** [redacted] [REDACTED] <redacted> (redacted) REDACTED
    •••• █████ ___ ####-1234 [FILTERED] {code} {{code}} %s
""".split()
MASKS += ["J*** S****", "[email removed]"]


def test_a_masked_value_is_none_and_changes_no_answer() -> None:
    masked = [
        (article.id, message)
        for article in ARTICLES.values()
        for message in filter(PLACEHOLDER.search, article.wordings)
        if "{limit}" not in message
    ]
    wrong = []
    for number, mask in enumerate(MASKS):
        for article_id, message in share(masked, number, len(MASKS)):
            text = f"Xero: {mask.join(PLACEHOLDER.split(message)[::2])} since 9 am"
            found = answers(text)
            if any(both.get(article_id) != {} for both in found):
                wrong.append((text, found))
    assert wrong == []


def test_dots_mask_a_value_as_stars_do() -> None:
    wordings = [message for article in ARTICLES.values() for message in article.wordings]
    parts = [PLACEHOLDER.split(message)[::2] for message in filter(PLACEHOLDER.search, wordings)]
    inside = [each for each in parts if all(any(map(str.isalpha, part)) for part in each)]
    assert len(inside) > 50
    for each in inside:
        found = {
            tuple(heard(f"it printed {mask.join(each)}, and nobody here knows why"))
            for mask in ("…", "...", "****")
        }
        assert len(found) == 1, each


def test_stars_that_make_a_value_bold_do_not_mask_it() -> None:
    asked, _ = answers("Xero: Account code **204** has been archived or deleted")
    assert asked == {"account-code-archived-or-deleted": {"code": ("204",)}}


def test_the_name_of_a_status_yields_to_any_message_that_says_why() -> None:
    with_both = "AuthenticationUnsuccessful"  # with 401 and with 403: the status tells the article
    reasons = [
        message
        for message in MESSAGES
        if not Pattern.of("", message).is_bare_status and message != with_both
    ]
    for number, beside in enumerate(BESIDE_A_STATUS):
        assert changed(partial(beside.replace, "@"), share(reasons, number, 2 * FIFTH)) == {}, (
            beside
        )
        assert answers(beside.replace("@", ""))[1] != {}, beside

"""What a message after an answer wants, by rules."""

from __future__ import annotations

import pytest
import yaml

from bot.domain.reports import Trigger
from bot.domain.verdicts import Answer, Intent
from bot.recognition.follow_ups.intents import intent_of
from tests.measure import entries
from tests.measure_follow_ups import CORPUS, FILES
from tests.shipped import ARTICLES, RECOGNISER


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("thanks that worked", Intent.THANKS),
        ("thanks but it still doesn't work", Intent.NOT_SOLVED),
        ("didn\u2019t work", Intent.NOT_SOLVED),
        ("wasn't working before but it is now", Intent.THANKS),
        ("no thanks, sorted", Intent.THANKS),
        ("thanks, where is the retry button?", Intent.WHERE),
        ("still not working, can someone ring me", Intent.PERSON),
        ("thanks, fixed, but what caused it?", Intent.WHY),
        ("is it safe to delete it", Intent.SAFE),
        ("is Xero down?", Intent.OUTAGE),
        ("helloooo", Intent.GREETING),
        ("sorry, wrong chat", Intent.ASIDE),
        ("<@U0TINA> did you approve this?", Intent.ASIDE),
        ("thanks Tina, I'll sort it", Intent.ASIDE),
        ("Payment failed", None),
        ("Upload halted by host", None),
        ("do I untick it and then save?", Intent.WHERE),
        ("do I need to be an admin?", Intent.SAFE),
        ("Followed your steps to the letter and Xero is still rejecting it.", Intent.NOT_SOLVED),
        ("no thanks to you, it's still stuck", Intent.NOT_SOLVED),
        ("give me a call on [redacted: phone number]", Intent.PERSON),
        ('what does "contact name must be unique" mean?', Intent.WHY),
        ('why do I get "contact name must be unique"?', None),
        ("429 Too Many Requests??", None),
        ("now I get a different error", None),
        ("what about INV-1042", None),
    ],
)
def test_the_first_rule_that_fits_decides(text: str, intent: Intent | None) -> None:
    assert intent_of(text, addressed=True) is intent


@pytest.mark.parametrize(
    "text",
    [
        "brb customer",
        "ok",
        "lunch at 1?",
        "the one from yesterday",
        "did anyone order paper rolls",
        "nah it was Ben",
        "can you bring the keys",
    ],
)
def test_where_nobody_asked_the_bot_it_does_not_guess(text: str) -> None:
    assert intent_of(text, addressed=False) in {None, Intent.ASIDE}


def test_no_error_is_taken_for_a_follow_up() -> None:
    """Not even one that no article answers: it gets suggestions, after an answer too."""
    texts = [entry["text"] for entry in entries("positives")]
    texts += [message for article in ARTICLES.values() for message in article.wordings]
    taken = [text for text in texts if intent_of(text, addressed=True) is not None]
    assert len(taken) > 100
    # those that are answered are answered before anybody asks for their intent
    assert [
        text
        for text in taken
        if not isinstance(RECOGNISER.verdict(text, Trigger.ADDRESSED), Answer)
    ] == []


def test_the_texts_are_of_ten_kinds() -> None:
    for name in FILES:
        listed = yaml.load((CORPUS / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
        assert len({entry["kind"] for entry in listed}) == 10
        assert len({entry["text"] for entry in listed}) == len(listed)


def test_what_is_quoted_may_be_long_but_not_endless() -> None:
    quoted = "Account code is archived. " * 60
    assert intent_of(f'what does "{quoted}" mean?', addressed=True) is Intent.WHY
    assert intent_of(f'what does "{quoted * 2}" mean?', addressed=True) is None

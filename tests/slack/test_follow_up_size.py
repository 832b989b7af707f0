"""Replies to follow-ups are small enough for Slack, whatever values a paste had."""

from __future__ import annotations

from functools import cache

import pytest

from bot.domain.matches import Match
from bot.domain.verdicts import FollowUp, Intent
from bot.slack.views.fitting import MAX_JSON, length
from bot.slack.views.follow_up import follow_up_reply
from tests.builders import reply_context
from tests.shipped import ARTICLES

LONG = '"<&' * 32
"""A value that escapes make several times as long."""


@cache
def with_values(article_id: str) -> Match:
    """A match of an article with sixty long values of each variable part."""
    article = ARTICLES[article_id]
    values = [dict.fromkeys(article.variable_parts, f"{number} {LONG}") for number in range(60)]
    return Match(
        article_id,
        next(iter(article.wordings), ""),
        100.0,
        "a paste",
        {},
        all_captures=tuple(values),
    )


@pytest.mark.parametrize("intent", Intent)
def test_no_reply_is_too_large(intent: Intent) -> None:
    sizes = {
        (article.id, cause.id): length(
            follow_up_reply(
                FollowUp(
                    intent,
                    1,
                    "t" * 16,
                    with_values(article.id),
                    tuple(article.indices_of(cause)),
                    cause=cause.id,
                ),
                article,
                reply_context("t" * 16),
            ).blocks
        )
        for article in ARTICLES.values()
        for cause in article.causes
    }
    assert max(sizes.values()) <= MAX_JSON, max(sizes, key=lambda one: sizes[one])

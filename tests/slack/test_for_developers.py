"""What an article has for the integration's developers, which support sees and no requester."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.domain import escalation_labels
from bot.domain.article_text import plain_text
from tests.reading import shows
from tests.shipped import ARTICLES
from tests.shown_articles import TO_WHO_ASKS, Show
from tests.slack.escalated_case import Case
from tests.slack_harness import AUTHORISED, Office, words_of

FOR_VENDOR = ARTICLES["payments-only-against-authorised"].for_vendor or ""
NOTE = plain_text(FOR_VENDOR, {})


def holding_it(shop: Office) -> list[tuple[str, Any]]:
    """Each payload of the bot with the text: its method or direction, and its channel."""
    found = []
    for exchange in shop.ws.transcript:
        sent = exchange.answer if exchange.direction == "out" else exchange.request
        if isinstance(sent, dict) and NOTE[:40] in json.dumps(sent, ensure_ascii=False):
            found.append((exchange.name, sent.get("channel")))
    return found


async def test_is_on_the_card(http_case: Case) -> None:
    assert shows(http_case.card, escalation_labels.FOR_DEVELOPERS)
    assert NOTE in words_of(http_case.card)


async def test_is_in_nothing_else_that_is_posted_shown_or_opened(http_case: Case) -> None:
    shop = http_case.shop
    reply = await shop.reply_to(http_case.ts)
    await shop.ws.click(shop.alice, reply, "read_all.1")
    await shop.modal(shop.alice)
    await shop.ws.command(shop.alice, shop.support, "/xero-error", AUTHORISED)
    await shop.ws.until(lambda: bool(shop.ws.ephemerals(shop.alice)))
    private = await shop.ws.say(shop.alice, shop.ws.open_im(shop.alice), AUTHORISED)
    await shop.reply_to(private, shop.ws.open_im(shop.alice))
    await shop.ws.settled()
    found = holding_it(shop)
    assert found
    assert [where for where in found if where[1] != shop.escalations] == []


@pytest.mark.parametrize("show", TO_WHO_ASKS, ids=lambda show: show.__name__)
def test_of_any_article_is_in_nothing_that_who_asks_is_shown(show: Show) -> None:
    written = {key: one for key, one in ARTICLES.items() if one.for_vendor}
    assert len(written) > 30
    found = [
        f"{key}: {name}"
        for key, one in written.items()
        for name, what in show(one, ARTICLES)
        if plain_text(one.for_vendor or "", {})[:40] in json.dumps(what, ensure_ascii=False)
    ]
    assert found == []

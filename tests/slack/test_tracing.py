"""Log lines of LOG_LEVEL=DEBUG: the kind and the ids of what each listener got."""

from __future__ import annotations

import logging

import pytest

from tests.slack_harness import AUTHORISED, Office


async def test_each_kind_is_named_with_its_ids(
    http_shop: Office, caplog: pytest.LogCaptureFixture
) -> None:
    shop = http_shop
    caplog.set_level(logging.DEBUG, logger="bot.slack.tracing")
    ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
    await shop.escalate(shop.alice, await shop.reply_to(ts))
    card = await shop.card()
    await shop.ws.click(shop.bob, card, "claim")
    await shop.ws.command(shop.alice, shop.support, "/xero-error", "list")
    await shop.ws.open_home(shop.alice)
    await shop.ws.delete(shop.alice, shop.support, ts)
    await shop.bot.dispatcher.drain()
    lines = [record.getMessage() for record in caplog.records]
    assert {
        f"messages.on_message got a message in {shop.support} at {ts} by {shop.alice}",
        f"escalation_form.on_escalate got a click in {shop.support} by {shop.alice}",
        f"escalation_form.on_escalation got a form by {shop.alice}",
        f"escalations.on_decision got a click in {shop.escalations} by {shop.bob}",
        f"onboarding.on_tab_opened got a tab by {shop.alice}",
        f"messages.on_message_changed got a deletion in {shop.support} at {ts}",
        f"commands.on_command got a command in {shop.support} by {shop.alice}",
    } <= set(lines)
    assert AUTHORISED not in "".join(lines)

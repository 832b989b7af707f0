"""Clicks that Slack got an answer to before the bot was killed: the next bot does what they ask."""

from __future__ import annotations

import asyncio

from slack_sandbox import Failure
from tests.shipped import AUTHORISED_TITLE
from tests.slack_harness import AUTHORISED, Office, words_of


async def killed_while_asking_about(channel: str, shop: Office) -> None:
    """Kill the bot while it waits for what Slack says of a channel, and start another one."""
    await shop.ws.until(lambda: asked_about(channel, shop))
    for task in asyncio.all_tasks():
        # listeners after their acknowledgement, and jobs
        if task.get_name().startswith(("after a ", "explain_message-", "share_reply-")):
            task.cancel()
    await shop.restart()


def asked_about(channel: str, shop: Office) -> bool:
    calls = shop.ws.transcript.calls("conversations.info")
    return any(call["channel"] == channel for call in calls)


async def slow_to_say_who_is_in_a_channel(shop: Office) -> None:
    """Let Slack not answer the next question about a channel."""
    # the check of the channels in the settings asks too, once, at the start
    await shop.ws.until(lambda: asked_about(shop.escalations, shop))
    shop.ws.api.fail_next("conversations.info", Failure.slow(300))


class TestABotThatIsKilledAfterAClick:
    async def test_explains_the_message_in_its_thread_later(self, http_shop: Office) -> None:
        shop = http_shop
        shop.ws.events.hold()
        ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await slow_to_say_who_is_in_a_channel(shop)
        await shop.ws.shortcut(shop.bob, shop.support, ts, "explain_xero_error")
        await killed_while_asking_about(shop.support, shop)
        assert AUTHORISED_TITLE in words_of(await shop.reply_to(ts))

    async def test_explains_it_to_its_asker_where_it_cannot_post(self, http_shop: Office) -> None:
        shop = http_shop
        tills = shop.ws.add_channel("tills", [shop.alice], bot_is_member=False)
        ts = await shop.ws.say(shop.alice, tills, AUTHORISED)
        await slow_to_say_who_is_in_a_channel(shop)
        await shop.ws.shortcut(shop.alice, tills, ts, "explain_xero_error")
        await killed_while_asking_about(tills, shop)
        await shop.whisper_to(shop.alice, AUTHORISED_TITLE)

    async def test_shares_the_reply_later(self, http_shop: Office) -> None:
        shop = http_shop
        reply = await shop.ws.command(shop.alice, shop.support, "/xero-error", AUTHORISED)
        assert reply is not None
        await slow_to_say_who_is_in_a_channel(shop)
        await shop.ws.click(shop.alice, reply, "share")
        await killed_while_asking_about(shop.support, shop)
        await shop.ws.until(lambda: bool(shop.ws.messages(shop.support)))
        assert AUTHORISED_TITLE in words_of(shop.ws.messages(shop.support)[0])

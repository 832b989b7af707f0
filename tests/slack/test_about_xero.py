"""Messages without any other words, in channels about Xero and in others."""

from __future__ import annotations

from pathlib import Path

from slack_sandbox import Message
from tests.shipped import title_of
from tests.slack.test_channels import ruled, settled, with_rules
from tests.slack_harness import NOT_FOUND, Office, words_of

ALONE = "Too many requests"
"""Any software may say it."""
TITLE = title_of("rate-limit-sdk-text")


async def answer(shop: Office, text: str, channel: str) -> Message:
    return await shop.reply_to(await shop.ws.say(shop.alice, channel, text), channel)


async def is_left_alone(shop: Office, text: str, *channels: str) -> bool:
    sent = {channel: await shop.ws.say(shop.alice, channel, text) for channel in channels}
    await settled(shop)
    return not any(shop.replies_to(ts, channel) for channel, ts in sent.items())


class TestAMessageAlone:
    async def test_is_answered_where_people_write_about_xero_or_the_bot_always_listens(
        self, closed_shop: Office, tmp_path: Path
    ) -> None:
        shop = closed_shop
        about, always, anything = (
            shop.ws.add_channel(name, [shop.alice, shop.bob])
            for name in ("xero", "always", "anything")
        )
        rules = f"""\
channels:
  {about}: {{about: xero}}
  {always}: {{listen: always}}
  {anything}: {{listen: always, about: anything}}
"""
        await with_rules(shop, tmp_path, rules)
        assert TITLE in words_of(await answer(shop, f"Hi team, `{ALONE}`!", about))
        ts = await shop.ws.say(shop.bob, always, ALONE)
        assert TITLE in words_of(await shop.reply_to(ts, always))
        assert await is_left_alone(shop, ALONE, anything, shop.support)

    async def test_is_answered_in_the_support_channels(self, closed_shop: Office) -> None:
        await closed_shop.restart(support_channels=(closed_shop.support,))
        assert TITLE in words_of(await answer(closed_shop, ALONE, closed_shop.support))

    async def test_may_follow_the_name_of_a_known_shop(
        self, closed_shop: Office, tmp_path: Path
    ) -> None:
        shop = closed_shop
        rules = f"channels:\n  {shop.support}: {{about: xero}}\nshops: [Newmarket]\n"
        await with_rules(shop, tmp_path, rules)
        assert TITLE in words_of(await answer(shop, f"Newmarket: {ALONE}", shop.support))
        assert await is_left_alone(shop, f"GlobalProtect: {ALONE}", shop.support)

    async def test_is_answered_in_a_file(self, closed_shop: Office, tmp_path: Path) -> None:
        shop = closed_shop
        channel = await ruled(shop, tmp_path, "about: xero")
        file = {"name": "Untitled", "content": ALONE, "mode": "snippet"}
        ts = await shop.ws.say(shop.alice, channel, "", files=[file])
        assert TITLE in words_of(await shop.reply_to(ts, channel))


class TestAMessageInOtherWords:
    async def test_is_left_alone_in_a_channel_about_xero_until_an_edit_leaves_only_the_message(
        self, closed_shop: Office, tmp_path: Path
    ) -> None:
        shop = closed_shop
        channel = await ruled(shop, tmp_path, "about: xero")
        ts = await shop.ws.say(shop.alice, channel, f"{ALONE} from the kids today")
        await settled(shop)
        assert shop.replies_to(ts, channel) == []
        await shop.ws.edit(shop.alice, channel, ts, ALONE)
        assert TITLE in words_of(await shop.reply_to(ts, channel))

    async def test_is_judged_again_by_an_edit_once_its_channel_is_about_xero(
        self, http_shop: Office, tmp_path: Path
    ) -> None:
        shop = http_shop
        reply = await answer(shop, f"Xero: {NOT_FOUND}", shop.support)
        ts = reply.thread_ts or ""
        await with_rules(shop, tmp_path, f"channels:\n  {shop.support}: {{about: xero}}\n")
        await shop.ws.edit(shop.alice, shop.support, ts, ALONE)
        await shop.ws.until(lambda: TITLE in words_of(shop.replies_to(ts)[0]))

    async def test_updates_an_answer_that_an_edit_leaves_only_the_message_of(
        self, closed_shop: Office, tmp_path: Path
    ) -> None:
        shop = closed_shop
        channel = await ruled(shop, tmp_path, "about: xero")
        reply = await answer(shop, f"Xero: {NOT_FOUND}", channel)
        await shop.ws.edit(shop.alice, channel, reply.thread_ts or "", ALONE)
        await shop.ws.until(
            lambda: TITLE in words_of(shop.replies_to(reply.thread_ts or "", channel)[0])
        )

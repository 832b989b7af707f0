"""An answer has one form, whichever way the error came in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.domain.article_text import plain_text
from bot.slack.views import ids, wording
from slack_sandbox import Message
from tests.shipped import ARTICLES, title_of
from tests.slack_harness import AUTHORISED, Office, buttons, over_http, words_of

DISCONNECTED = "Xero Account Disconnected"
ARTICLE = ARTICLES["no-valid-access-token"]
CAUSE = ARTICLE.cause("removed")
"""The cause that the message tells; another one is the usual."""


async def in_channel(shop: Office, text: str) -> Message:
    return await shop.reply_to(await shop.ws.say(shop.alice, shop.support, text))


async def by_mention(shop: Office, text: str) -> Message:
    text = f"<@{shop.ws.bot_user_id}> {text}"
    return await shop.reply_to(await shop.ws.say(shop.alice, shop.support, text))


async def in_direct_message(shop: Office, text: str) -> Message:
    im = shop.ws.open_im(shop.alice)
    return await shop.reply_to(await shop.ws.say(shop.alice, im, text), im)


async def in_agents_tab(shop: Office, text: str) -> Message:
    im = await shop.ws.open_messages(shop.alice)
    return await shop.reply_to(await shop.ws.say(shop.alice, im, text), im)


async def by_command(shop: Office, text: str) -> Message:
    reply = await shop.ws.command(shop.alice, shop.support, "/xero-error", text)
    assert reply is not None
    return reply


Door = Callable[[Office, str], Awaitable[Message]]
everywhere = pytest.mark.parametrize(
    "door", [in_channel, by_mention, in_direct_message, in_agents_tab, by_command]
)


def read_out(message: Message) -> str:
    return "".join(words_of(message).split())


def has(message: Message, text: str | None) -> bool:
    assert text
    return "".join(plain_text(text, {}).split()) in read_out(message)


@over_http
class TestAnAnswer:
    @everywhere
    async def test_opens_at_the_cause_that_the_message_tells_and_is_in_its_notification(
        self, shop: Office, door: Door
    ) -> None:
        reply = await door(shop, DISCONNECTED)
        assert CAUSE is not None
        assert CAUSE.id != ARTICLE.usual.id
        assert ARTICLE.look is not None
        assert has(reply, ARTICLE.look.where)
        assert has(reply, CAUSE.reason)
        assert not has(reply, ARTICLE.usual.reason)
        others = [plain_text(one.label or "", {}) for one in ARTICLE.causes if one is not CAUSE]
        assert [text for text in buttons(reply) if text in others] == others
        assert title_of(ARTICLE.id) in reply.text
        assert plain_text(ARTICLE.look.where, {}).split(" > ")[0] in reply.text

    @everywhere
    async def test_to_several_errors_shows_one_and_names_the_others(
        self, shop: Office, door: Door
    ) -> None:
        reply = await door(shop, f"{AUTHORISED}\n{DISCONNECTED}")
        other = ARTICLES["payments-only-against-authorised"]
        assert CAUSE is not None
        assert has(reply, CAUSE.reason)
        assert has(reply, other.title)
        assert not has(reply, other.usual.reason)
        opens = [
            block["accessory"]
            for block in reply.blocks
            if block["type"] == "section" and "accessory" in block
        ]
        assert [one["text"]["text"] for one in opens] == [wording.SHOW]
        assert opens[0]["action_id"] == f"{ids.ACTION_SHOW_CAUSE}.{other.id}"

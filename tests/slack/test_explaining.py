"""The menu entry on a message: what its asker sees, and where."""

from __future__ import annotations

from collections.abc import Sequence

from bot.slack.views import wording
from slack_sandbox import Failure
from tests.reading import shows
from tests.shipped import AUTHORISED_TITLE
from tests.slack_harness import AUTHORISED, Office, words_of

EXPLAIN = "explain_xero_error"


async def asked_where_the_bot_is_not(
    shop: Office, text: str = AUTHORISED, files: Sequence[dict[str, object]] = ()
) -> None:
    """Alice asks for an explanation in a channel without the bot."""
    tills = shop.ws.add_channel("tills", [shop.alice], bot_is_member=False)
    ts = await shop.ws.say(shop.alice, tills, text, files=list(files))
    await shop.ws.shortcut(shop.alice, tills, ts, EXPLAIN)


class TestWhereTheBotIsNotAMember:
    async def test_the_reply_comes_with_the_reason_why_only_its_asker_sees_it(
        self, http_shop: Office
    ) -> None:
        await asked_where_the_bot_is_not(http_shop)
        await http_shop.whisper_to(http_shop.alice, wording.EXPLAIN_PRIVATE)
        reply, reason = http_shop.ws.ephemerals(http_shop.alice)
        assert AUTHORISED_TITLE in words_of(reply)
        assert shows(reason, wording.EXPLAIN_PRIVATE)

    async def test_a_message_with_only_a_file_gets_no_reply_but_the_reason(
        self, http_shop: Office
    ) -> None:
        file: dict[str, object] = {"name": "Untitled", "content": AUTHORISED, "mode": "snippet"}
        await asked_where_the_bot_is_not(http_shop, "", [file])
        await http_shop.whisper_to(http_shop.alice, wording.EXPLAIN_FILE)
        await http_shop.running.aclose()
        assert len(http_shop.ws.ephemerals(http_shop.alice)) == 1

    async def test_the_reply_is_shown_though_slack_refuses_it_at_first(
        self, http_shop: Office
    ) -> None:
        http_shop.ws.api.fail_next("response_url", Failure.rate_limited(1))
        await asked_where_the_bot_is_not(http_shop)
        await http_shop.whisper_to(http_shop.alice, AUTHORISED_TITLE)


class TestWhereTheBotIsAMember:
    async def test_the_link_to_an_earlier_reply_comes_in_a_direct_message_if_the_click_is_too_old(
        self, http_shop: Office
    ) -> None:
        shop = http_shop
        ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.reply_to(ts)
        shop.ws.api.fail_next("response_url", Failure.error("expired_url"))
        await shop.ws.shortcut(shop.bob, shop.support, ts, EXPLAIN)
        im = shop.ws.open_im(shop.bob)
        await shop.ws.until(lambda: bool(shop.ws.messages(im)))
        assert shows(shop.ws.messages(im)[0], wording.ALREADY_ANSWERED)

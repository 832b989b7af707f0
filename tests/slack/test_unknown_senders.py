"""Senders whom Slack does not let the bot look up: their messages reach support all the same."""

from __future__ import annotations

from pathlib import Path

from bot.domain.relays import RelayKind
from bot.slack.views import requester_wording, support_wording
from slack_sandbox import Failure, Message
from tests.reading import shows
from tests.slack.escalated_case import Case, escalated
from tests.slack_harness import NOT_FOUND, office, words_of


async def until_copied(case: Case, text: str) -> Message:
    await case.shop.ws.until(lambda: any(text in words_of(m) for m in case.under_the_card))
    return next(m for m in case.under_the_card if text in words_of(m))


async def test_a_stranger_is_somebody(http_case: Case) -> None:
    shop = http_case.shop
    dave = shop.ws.add_user("Dave")
    shop.ws.directory.join(shop.support, dave)
    shop.ws.api.fail_next("users.info", Failure.error("user_not_visible"), times=99)
    await shop.ws.say(dave, shop.support, "Same here", thread_ts=http_case.ts)
    copy = await until_copied(http_case, "Same here")
    name = support_wording.COPIED_SOMEBODY
    assert shows(copy, support_wording.COPIED[RelayKind.MESSAGE], name=name)


async def test_an_app_is_somebody(tmp_path: Path) -> None:
    async with office(tmp_path, trusted_bots="B0FORM") as shop:
        case = await escalated(shop)
        await shop.ws.say(
            shop.alice,
            shop.support,
            f"{NOT_FOUND} INV-7",
            thread_ts=case.ts,
            subtype="bot_message",
            bot_id="B0FORM",
        )
        await shop.ws.until(lambda: len(shop.replies_to(case.ts)) == 3)
        await shop.ws.click(shop.alice, shop.replies_to(case.ts)[2], "escalate")
        await shop.whisper_to(shop.alice, requester_wording.JOINED, name="ESC-1")
        copy = await until_copied(case, "INV-7")
        name = support_wording.COPIED_SOMEBODY
        assert shows(copy, support_wording.COPIED[RelayKind.MESSAGE], name=name)

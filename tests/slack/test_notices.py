"""Notices in the two threads of an escalation: Slack notifies nobody of an edited card or note."""

from __future__ import annotations

import pytest

from bot.domain.escalations import Status, Verb
from bot.slack.views import requester_wording, support_wording
from slack_sandbox import Message
from tests.reading import shows
from tests.slack.test_lifecycle import Case, escalated
from tests.slack_harness import Office


@pytest.fixture
async def case(http_shop: Office) -> Case:
    made = await escalated(http_shop)
    await made.press(http_shop.bob, "claim")
    await made.until_status(Status.CLAIMED)
    await made.resolve(http_shop.bob)
    await made.until_status(Status.RESOLVED)
    return made


def under_the_card(case: Case) -> list[Message]:
    return case.shop.ws.thread(case.shop.escalations, case.card.ts)[1:]


async def test_the_shop_hears_that_it_is_resolved_in_its_thread(case: Case) -> None:
    shop = case.shop
    await shop.ws.until(lambda: len(shop.replies_to(case.ts)) == 3)
    notice = shop.replies_to(case.ts)[2]
    assert shows(notice, requester_wording.NOTICES[Verb.RESOLVE], user=shop.alice)
    assert f"@{shop.alice}" in notice.effective_mentions
    assert under_the_card(case) == []


async def test_who_had_it_hears_that_it_is_reopened_under_the_card(case: Case) -> None:
    shop = case.shop
    await case.press(shop.alice, "reopen", where=case.note)
    await shop.ws.until(lambda: len(under_the_card(case)) == 1)
    (notice,) = under_the_card(case)
    assert shows(notice, support_wording.NOTICES[Verb.REOPEN], actor=f"<@{shop.alice}>")
    assert f"@{shop.bob}" in notice.effective_mentions
    await shop.ws.until(lambda: len(shop.replies_to(case.ts)) == 4)

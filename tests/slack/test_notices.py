"""Notices in the two threads of an escalation: Slack notifies nobody of an edited card or note."""

from __future__ import annotations

import pytest

from bot.domain.escalations import Status, Verb
from bot.slack.views import requester_wording, support_wording
from tests.reading import shows
from tests.slack.escalated_case import Case


@pytest.fixture
async def case(http_case: Case) -> Case:
    """An escalation that Bob has claimed and resolved."""
    await http_case.press(http_case.shop.bob, "claim")
    await http_case.until_status(Status.CLAIMED)
    await http_case.resolve(http_case.shop.bob)
    await http_case.until_status(Status.RESOLVED)
    return http_case


async def test_the_shop_hears_that_it_is_resolved_in_its_thread(case: Case) -> None:
    shop = case.shop
    await shop.ws.until(lambda: len(shop.replies_to(case.ts)) == 3)
    notice = shop.replies_to(case.ts)[2]
    assert shows(notice, requester_wording.NOTICES[Verb.RESOLVE], user=shop.alice)
    assert f"@{shop.alice}" in notice.effective_mentions
    assert case.under_the_card == []


async def test_who_had_it_hears_that_it_is_reopened_under_the_card(case: Case) -> None:
    shop = case.shop
    await case.press(shop.alice, "reopen", where=case.note)
    await shop.ws.until(lambda: len(case.under_the_card) == 1)
    (notice,) = case.under_the_card
    assert shows(notice, support_wording.NOTICES[Verb.REOPEN], actor=f"<@{shop.alice}>")
    assert f"@{shop.bob}" in notice.effective_mentions
    await shop.ws.until(lambda: len(shop.replies_to(case.ts)) == 4)

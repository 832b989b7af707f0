"""Notices in the two threads of an escalation: Slack notifies nobody of an edited card or note."""

from __future__ import annotations

from bot.domain.escalations import Status, Verb
from bot.slack.views import requester_wording, support_wording
from tests.reading import shows
from tests.slack.escalated_case import Case


async def test_the_shop_hears_that_it_is_resolved_and_who_had_it_that_it_is_reopened(
    http_case: Case,
) -> None:
    case, shop = http_case, http_case.shop
    await case.press(shop.bob, "claim")
    await case.until_status(Status.CLAIMED)
    await case.resolve(shop.bob)
    await case.until_status(Status.RESOLVED)
    await shop.ws.until(lambda: len(shop.replies_to(case.ts)) == 3)
    notice = shop.replies_to(case.ts)[2]
    assert shows(notice, requester_wording.NOTICES[Verb.RESOLVE], user=shop.alice)
    assert f"@{shop.alice}" in notice.effective_mentions
    assert case.under_the_card == []
    await case.press(shop.alice, "reopen", where=case.note)
    await shop.ws.until(lambda: len(case.under_the_card) == 1)
    (notice,) = case.under_the_card
    assert shows(notice, support_wording.NOTICES[Verb.REOPEN], actor=f"<@{shop.alice}>")
    assert f"@{shop.bob}" in notice.effective_mentions
    await shop.ws.until(lambda: len(shop.replies_to(case.ts)) == 4)

"""Signed requests that are sent again within the five minutes in which they are valid."""

from __future__ import annotations

import copy

import pytest

from bot.domain.escalations import Status
from slack_sandbox import Message
from tests.reading import shows_status
from tests.slack.payload_samples import Payload, changed, deliver
from tests.slack_harness import AUTHORISED, Office


class Escalated:
    """An escalation, and the requests that changed it."""

    def __init__(self, shop: Office, ts: str) -> None:
        self.shop = shop
        self.ts = ts

    @property
    def card(self) -> Message:
        return self.shop.ws.messages(self.shop.escalations)[0]

    async def press(self, action: str, status: Status) -> Payload:
        """Press a button until the card shows its effect; returns the request."""
        ws, requester = self.shop.ws, action in {"withdraw", "reopen"}
        where = self.shop.replies_to(self.ts)[1] if requester else self.card
        await ws.click(self.shop.alice if requester else self.shop.bob, where, action)
        await ws.until(lambda: shows_status(self.card, status))
        await ws.settled()
        sent = [
            exchange
            for exchange in ws.transcript
            if exchange.direction == "out" and exchange.kind == "interaction"
        ]
        return copy.deepcopy(sent[-1].request)

    async def steps(self) -> int:
        escalation = await self.shop.bot.dispatcher.context.escalation_service.existing(1)
        assert escalation is not None
        return escalation.version


@pytest.fixture
async def case(http_shop: Office) -> Escalated:
    ts = await http_shop.ws.say(http_shop.alice, http_shop.support, AUTHORISED)
    await http_shop.escalate(http_shop.alice, await http_shop.reply_to(ts))
    await http_shop.card()
    await http_shop.ws.until(lambda: len(http_shop.replies_to(ts)) == 2)
    return Escalated(http_shop, ts)


class TestADecision:
    @pytest.mark.parametrize(
        ("first", "undone"),
        [
            (("claim", Status.CLAIMED), ("release", Status.OPEN)),
            (("withdraw", Status.WITHDRAWN), ("reopen", Status.OPEN)),
        ],
        ids=["claim and release", "withdraw and reopen"],
    )
    async def test_that_is_sent_again_later_changes_nothing(
        self, case: Escalated, first: tuple[str, Status], undone: tuple[str, Status]
    ) -> None:
        request = await case.press(*first)
        for later in (undone, first):
            following = await case.press(*later)
            steps = await case.steps()
            assert await deliver(case.shop, request) == 200
            await case.shop.bot.dispatcher.drain()
            assert await case.steps() == steps
            request = following

    async def test_from_a_button_that_was_posted_by_an_earlier_version_is_obeyed(
        self, case: Escalated
    ) -> None:
        request = await case.press("claim", Status.CLAIMED)
        await case.press("release", Status.OPEN)
        old = changed(request, ("actions", 0, "block_id"), "decide")
        assert await deliver(case.shop, old) == 200
        await case.shop.ws.until(lambda: shows_status(case.card, Status.CLAIMED))

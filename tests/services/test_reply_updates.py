"""Updates of replies, also by two jobs at the same moment."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import update

from bot.domain.replies import ReplyState
from bot.services.reply_state import ReplyStates
from bot.services.reply_updates import ReplyUpdates
from bot.storage.tables import interactions
from tests.builders import attempt
from tests.service_harness import NO_POLL, ServiceHarness


class ShownReply:
    """A reply in Slack, and what happens while an update is being sent."""

    def __init__(self, harness: ServiceHarness) -> None:
        self.harness = harness
        self.updates: list[str] = []
        self.meanwhile: list[Callable[[], Awaitable[None]]] = []
        harness.poster.digest = self.digest  # type: ignore[method-assign]
        harness.poster.renew = self.renew  # type: ignore[method-assign]
        reply_states = ReplyStates(
            harness.recogniser, harness.escalations, harness.votes, lambda: 0.0, NO_POLL
        )
        self.redrawing = ReplyUpdates(harness.interactions, reply_states, harness.poster)

    def digest(self, reply_state: ReplyState) -> str:
        return reply_state.interaction.report.text

    async def renew(self, reply_state: ReplyState) -> None:
        if self.meanwhile:
            await self.meanwhile.pop()()
        self.updates.append(reply_state.interaction.report.text)

    async def say(self, text: str) -> None:
        """The message is edited: the reply should show this."""
        async with self.harness.database.begin() as connection:
            await connection.execute(update(interactions).values(text=text))

    async def redraw(self, *, again: bool = False) -> None:
        await self.redrawing.redraw(
            await self.harness.interactions.get(1), attempt(may_have_run=again)
        )

    async def shown(self) -> str:
        return (await self.harness.interactions.get(1)).shown


@pytest.fixture
async def reply(harness: ServiceHarness) -> ShownReply:
    await harness.ask()
    reply = ShownReply(harness)
    await reply.say("first")
    await reply.redraw()
    reply.updates.clear()
    return reply


class TestOneJob:
    async def test_updates_what_has_changed_and_nothing_else(self, reply: ShownReply) -> None:
        await reply.redraw()
        assert reply.updates == []
        await reply.say("second")
        await reply.redraw()
        assert (reply.updates, await reply.shown()) == (["second"], "second")

    async def test_whose_earlier_try_had_an_unknown_outcome_updates_in_any_case(
        self, reply: ShownReply
    ) -> None:
        await reply.redraw(again=True)
        assert reply.updates == ["first"]


class TestTwoJobsAtOnce:
    async def test_whose_update_may_have_come_last_updates_again(self, reply: ShownReply) -> None:

        async def another_job() -> None:
            await reply.say("third")
            await reply.redraw()

        await reply.say("second")
        reply.meanwhile.append(another_job)
        await reply.redraw()
        assert reply.updates == ["third", "second", "third"]
        assert await reply.shown() == "third"

    async def test_do_not_take_an_update_under_way_for_what_the_reply_shows(
        self, reply: ShownReply
    ) -> None:

        async def edited_back() -> None:
            await reply.say("first")
            await reply.redraw()

        await reply.say("second")
        reply.meanwhile.append(edited_back)
        await reply.redraw()
        assert reply.updates[-1] == await reply.shown() == "first"

    async def test_update_nothing_with_words_that_another_has_replaced(
        self, reply: ShownReply
    ) -> None:
        await reply.say("second")
        old = await reply.harness.interactions.get(1)
        await reply.say("third")
        await reply.redraw()
        await reply.redrawing.redraw(old, attempt())
        assert reply.updates == ["third"]

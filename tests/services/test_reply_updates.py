"""A reply is brought up to date, whoever else does so at the same moment."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.domain.replies import Telling
from bot.services.case import Tellings
from bot.services.reply_updates import Redrawing
from tests.builders import attempt
from tests.service_harness import House


class OutgoingMessage:
    """What a reply shows in Slack, and what happens while an update is on its way there. Its words are its text's."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.updates: list[str] = []
        self.meanwhile: list[Callable[[], Awaitable[None]]] = []
        house.desk.digest = self.digest  # type: ignore[method-assign]
        house.desk.renew = self.renew  # type: ignore[method-assign]
        tellings = Tellings(house.recogniser, house.escalations, house.votes, lambda: 0.0)
        self.redrawing = Redrawing(house.interactions, tellings, house.desk)

    def digest(self, telling: Telling) -> str:
        return telling.interaction.report.text

    async def renew(self, telling: Telling) -> None:
        if self.meanwhile:
            await self.meanwhile.pop()()
        self.updates.append(telling.interaction.report.text)

    def say(self, text: str) -> None:
        """The message is edited: the reply should show this."""
        known = self.house.interactions.kept[1]
        self.house.interactions.kept[1] = replace(known, report=replace(known.report, text=text))

    async def redraw(self, *, again: bool = False) -> None:
        await self.redrawing.redraw(await self.house.interactions.get(1), attempt(again=again))

    @property
    def shown(self) -> str:
        return self.house.interactions.kept[1].shown


async def asked() -> OutgoingMessage:
    house = House()
    await house.ask()
    reply = OutgoingMessage(house)
    reply.say("first")
    await reply.redraw()
    reply.updates.clear()
    return reply


class TestOneJob:
    async def test_updates_what_has_changed_and_nothing_else(self) -> None:
        reply = await asked()
        await reply.redraw()
        assert reply.updates == []
        reply.say("second")
        await reply.redraw()
        assert (reply.updates, reply.shown) == (["second"], "second")

    async def test_whose_earlier_try_had_an_unknown_outcome_updates_in_any_case(self) -> None:
        reply = await asked()
        await reply.redraw(again=True)
        assert reply.updates == ["first"]


class TestTwoJobsAtOnce:
    async def test_whose_update_may_have_come_last_updates_again(self) -> None:
        reply = await asked()

        async def another_job() -> None:
            reply.say("third")
            await reply.redraw()

        reply.say("second")
        reply.meanwhile.append(another_job)
        await reply.redraw()
        assert reply.updates == ["third", "second", "third"]
        assert reply.shown == "third"

    async def test_do_not_take_an_update_under_way_for_what_the_reply_shows(self) -> None:
        reply = await asked()

        async def edited_back() -> None:
            reply.say("first")
            await reply.redraw()

        reply.say("second")
        reply.meanwhile.append(edited_back)
        await reply.redraw()
        assert reply.updates[-1] == reply.shown == "first"

    async def test_update_nothing_with_words_that_another_has_replaced(self) -> None:
        reply = await asked()
        reply.say("second")
        old = await reply.house.interactions.get(1)
        reply.say("third")
        await reply.redraw()
        await reply.redrawing.redraw(old, attempt())
        assert reply.updates == ["third"]

"""A reply is brought up to date, whoever else does so at the same moment."""

from __future__ import annotations

from bot.domain.ports import Telling
from bot.services.redrawing import Redrawing
from bot.services.tellings import Tellings
from tests.builders import attempt
from tests.house import House


class TestTwoJobsAtOnce:
    async def test_who_comes_second_updates_again_as_its_update_may_have_come_last(self) -> None:
        house, shown = House(), []
        await house.ask()

        async def renew(telling: Telling) -> str | None:
            known = telling.interaction.shown
            if len(shown) == 0:  # meanwhile the other job updates the reply and writes that down
                assert await house.interactions.redrawn(telling.interaction, "theirs")
            shown.append(known)
            return None if known == "theirs" else "ours"

        house.desk.renew = renew  # type: ignore[method-assign]
        tellings = Tellings(house.engine, house.escalations, house.votes, lambda: 0.0)
        redrawing = Redrawing(house.interactions, tellings, house.desk)
        await redrawing.redraw(await house.interactions.get(1), attempt())
        assert len(shown) == 2
        assert shown[1] == "", "it does not believe that the reply shows what the other one wrote down"
        assert (await house.interactions.get(1)).shown == "ours"

"""Nobody claims: who hears of it, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

from bot.domain.business_hours import Hours
from bot.domain.cases import Case
from bot.domain.errors import GaveUpError, TryLaterError, UnsureError
from bot.domain.escalations import Change, Step, Verb
from bot.domain.jobs import Attempt, JobKind
from tests.service_harness import MINUTE, House


def reminders(house: House) -> list[str]:
    return [what for what in house.up if what.startswith("remind")]


class TestAnEscalation:
    async def test_that_nobody_claims_climbs_the_ladder_one_reminder_a_rung(self) -> None:
        house = House(rungs=2)
        await house.escalate()
        await house.work_for(14 * MINUTE)
        assert reminders(house) == []
        await house.work_for(2 * MINUTE)
        assert reminders(house) == ["remind 1"]
        await house.work_for(15 * MINUTE)
        assert reminders(house) == ["remind 1", "remind 2"]
        await house.work_for(25 * MINUTE)
        assert len(reminders(house)) == 2
        await house.work_for(10 * MINUTE)
        assert reminders(house) == ["remind 1", "remind 2", "remind 3"]

    async def test_that_is_claimed_reminds_nobody(self) -> None:
        house = House()
        number = await house.escalate()
        await house.work_for(10 * MINUTE)
        await house.lifecycle.change(number, Step(Verb.CLAIM, "U2"))
        await house.work_for(120 * MINUTE)
        assert reminders(house) == []

    async def test_that_is_released_or_reopened_begins_at_the_first_rung(self) -> None:
        house = House()
        number = await house.escalate()
        await house.work_for(31 * MINUTE)
        for verbs in ((Verb.CLAIM, Verb.RELEASE), (Verb.CLAIM, Verb.RESOLVE, Verb.REOPEN)):
            house.desk.up.clear()
            for verb in verbs:
                assert await house.lifecycle.change(number, Step(verb, "U2"))
            await house.work_for(14 * MINUTE)
            assert reminders(house) == []
            await house.work_for(2 * MINUTE)
            assert reminders(house) == ["remind 1"]

    async def test_waits_for_support_to_be_at_work(self) -> None:
        house = House(hours=Hours.of("Mon-Fri 09:00-17:00", UTC))
        await house.escalate()  # at midnight on Thursday, 1 January 1970
        await house.work_for(9 * 60 * MINUTE + 14 * MINUTE)
        assert reminders(house) == []
        await house.work_for(2 * MINUTE)
        assert reminders(house) == ["remind 1"]

    async def test_without_a_card_waits_for_it(self) -> None:
        house = House()
        house.desk.failures = [None, *[TryLaterError("Slack is away", 60.0)] * 16]
        await house.escalate()
        await house.work_for(60 * MINUTE)
        assert house.up.index("card") < house.up.index("remind 1")


class TestAReminderThatIsRefused:
    async def test_is_tried_until_it_can_be_posted_and_the_operators_are_told_once(self) -> None:
        house = House()
        await house.escalate()
        house.desk.failures = [GaveUpError("thread_not_found", "thread_not_found")]
        house.desk.up.clear()
        await house.work_for(16 * MINUTE)
        assert sorted(house.up) == ["alert", "card", "mark", "note"], (
            "a deleted card is put up anew"
        )
        await house.work_for(15 * MINUTE)
        assert "remind 1" in house.up


class TestAReminder:
    async def test_whose_outcome_nobody_knows_is_looked_for_before_it_is_repeated(self) -> None:
        house = House()
        await house.escalate()
        house.desk.failures = [UnsureError("reset", 5.0)]
        await house.work_for(17 * MINUTE)
        assert [put for put in house.desk.up if put[0].startswith("remind")] == [
            ("remind 1", 1, True)
        ]

    async def test_is_no_longer_wanted_when_somebody_claims_while_an_earlier_try_is_looked_for(
        self,
    ) -> None:
        house, wanted = House(), []
        number = await house.escalate()

        async def slowly(case: Case, since: Change, rung: int, attempt: Attempt) -> None:
            wanted.append(await attempt.holds())
            await house.lifecycle.change(number, Step(Verb.CLAIM, "U2"))
            wanted.append(await attempt.holds())

        house.desk.remind = slowly  # type: ignore[method-assign]
        await house.work_for(17 * MINUTE)
        assert wanted == [True, False]

    async def test_is_written_down_though_an_answer_came_between(self) -> None:
        house = House()
        number = await house.escalate()
        remind = house.escalations.remind
        between: list[bool] = []

        async def slowly(escalation_id: int, version: int, jobs: Sequence[JobKind]) -> bool:
            if not between:
                between.append(True)
                await house.answer(number)
            return await remind(escalation_id, version, jobs)

        house.escalations.remind = slowly  # type: ignore[method-assign]
        await house.work_for(17 * MINUTE)
        verbs = [change.verb for change in await house.escalations.history(number)]
        assert verbs == [Verb.OPEN, Verb.RELAY, Verb.REMIND]
        assert reminders(house) == ["remind 1"]

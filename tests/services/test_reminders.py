"""Reminders of unclaimed escalations: whom they mention, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date
from pathlib import Path

import pytest

from bot.domain.business_hours import Hours
from bot.domain.cases import Case
from bot.domain.errors import GaveUpError, TryLaterError, UnsureError
from bot.domain.escalations import Change, Step, Verb
from bot.domain.jobs import Attempt
from bot.domain.relays import ThreadMessage
from tests.service_harness import MINUTE, ServiceHarness

IN_THREAD = ThreadMessage("C1", "17.01", "20.5", "U1", "")


def reminders(harness: ServiceHarness) -> list[str]:
    return [what for what in harness.up if what.startswith("remind")]


class TestAnEscalation:
    async def test_that_nobody_claims_climbs_the_ladder_one_reminder_a_rung(
        self, harness: ServiceHarness
    ) -> None:
        await harness.escalate()
        await harness.work_for(14 * MINUTE)
        assert reminders(harness) == []
        await harness.work_for(2 * MINUTE)
        assert reminders(harness) == ["remind 1"]
        await harness.work_for(15 * MINUTE)
        assert reminders(harness) == ["remind 1", "remind 2"]
        await harness.work_for(25 * MINUTE)
        assert len(reminders(harness)) == 2
        await harness.work_for(10 * MINUTE)
        assert reminders(harness) == ["remind 1", "remind 2", "remind 3"]

    async def test_skips_no_rung_though_another_process_had_the_job_meanwhile(
        self, harness: ServiceHarness, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        number, post = await harness.escalate(), harness.poster.remind

        async def overtaken(case: Case, since: Change, rung: int, attempt: Attempt) -> None:
            await post(case, since, rung, attempt)
            monkeypatch.setattr(harness.poster, "remind", post)
            assert await harness.escalations.remind(number, case.escalation.version)

        monkeypatch.setattr(harness.poster, "remind", overtaken)
        await harness.work_for(31 * MINUTE)
        assert reminders(harness) == ["remind 1", "remind 2"]

    async def test_that_is_claimed_reminds_nobody(self, harness: ServiceHarness) -> None:
        number = await harness.escalate()
        await harness.work_for(10 * MINUTE)
        await harness.escalation_service.change(number, Step(Verb.CLAIM, "U2"))
        await harness.work_for(120 * MINUTE)
        assert reminders(harness) == []

    async def test_that_is_released_or_reopened_begins_at_the_first_rung(
        self, harness: ServiceHarness
    ) -> None:
        number = await harness.escalate()
        await harness.work_for(31 * MINUTE)
        for verbs in ((Verb.CLAIM, Verb.RELEASE), (Verb.CLAIM, Verb.RESOLVE, Verb.REOPEN)):
            harness.poster.up.clear()
            for verb in verbs:
                assert await harness.escalation_service.change(number, Step(verb, "U2"))
            await harness.work_for(14 * MINUTE)
            assert reminders(harness) == []
            await harness.work_for(2 * MINUTE)
            assert reminders(harness) == ["remind 1"]

    async def test_waits_for_support_to_be_at_work(self, tmp_path: Path) -> None:
        async with ServiceHarness(tmp_path, Hours.of("Mon-Fri 09:00-17:00", UTC)) as harness:
            await harness.escalate()  # at midnight on Thursday, 1 January 1970
            await harness.work_for(9 * 60 * MINUTE + 14 * MINUTE)
            assert reminders(harness) == []
            await harness.work_for(2 * MINUTE)
            assert reminders(harness) == ["remind 1"]

    async def test_waits_over_public_holidays_though_it_is_late(self, tmp_path: Path) -> None:
        friday = date(1970, 1, 2)
        hours = Hours.of("Mon-Fri 09:00-17:00", UTC, frozenset({friday}))
        async with ServiceHarness(tmp_path, hours) as harness:
            await harness.escalate()
            harness.now += 20 * 60 * MINUTE  # nobody works on the job until Thursday evening
            await harness.work_for(84 * 60 * MINUTE)  # up to Monday, 08:00
            assert reminders(harness) == []
            await harness.work_for(70 * MINUTE)
            assert reminders(harness) == ["remind 1"]

    async def test_without_a_card_waits_for_it(self, harness: ServiceHarness) -> None:
        harness.poster.failures = [None, *[TryLaterError("Slack is away", 60.0)] * 16]
        await harness.escalate()
        await harness.work_for(60 * MINUTE)
        assert harness.up.index("card") < harness.up.index("remind 1")


class TestAReminderThatIsRefused:
    async def test_is_retried_until_it_is_posted_and_alerts_the_operators_once(
        self, harness: ServiceHarness
    ) -> None:
        await harness.escalate()
        harness.poster.failures = [GaveUpError("thread_not_found", "thread_not_found")]
        harness.poster.up.clear()
        await harness.work_for(16 * MINUTE)
        assert sorted(harness.up) == ["alert", "card", "mark", "note"], (
            "a deleted card is posted again"
        )
        await harness.work_for(15 * MINUTE)
        assert "remind 1" in harness.up


class TestAReminder:
    async def test_whose_outcome_nobody_knows_is_looked_for_before_it_is_repeated(
        self, harness: ServiceHarness
    ) -> None:
        await harness.escalate()
        harness.poster.failures = [UnsureError("reset", 5.0)]
        await harness.work_for(17 * MINUTE)
        assert [put for put in harness.poster.up if put[0].startswith("remind")] == [
            ("remind 1", 1, True)
        ]

    async def test_that_may_have_been_sent_is_looked_for_though_support_is_not_at_work_now(
        self, tmp_path: Path
    ) -> None:
        async with ServiceHarness(tmp_path, Hours.of("Mon-Fri 09:00-17:00", UTC)) as harness:
            harness.now = 16 * 60 * MINUTE
            await harness.escalate()
            harness.now += 3 * 60 * MINUTE  # nobody works on the job of this database meanwhile
            await harness.jobs.resume(alone=True)
            await harness.work_for(15 * 60 * MINUTE)
            assert [put for put in harness.poster.up if put[0] == "remind 1"] == [
                ("remind 1", 1, True)
            ]

    async def test_is_no_longer_wanted_when_somebody_claims_while_an_earlier_try_is_looked_for(
        self,
        harness: ServiceHarness,
    ) -> None:
        wanted = []
        number = await harness.escalate()

        async def slowly(case: Case, since: Change, rung: int, attempt: Attempt) -> bool:
            wanted.append(await attempt.is_claimed())
            await harness.escalation_service.change(number, Step(Verb.CLAIM, "U2"))
            wanted.append(await attempt.is_claimed())
            return True

        harness.poster.remind = slowly  # type: ignore[method-assign]
        await harness.work_for(17 * MINUTE)
        assert wanted == [True, False]

    async def test_is_written_down_though_an_answer_came_between(
        self, harness: ServiceHarness
    ) -> None:
        number = await harness.escalate()
        remind = harness.escalations.remind
        between: list[bool] = []

        async def slowly(escalation_id: int, version: int) -> bool:
            if not between:
                between.append(True)
                await harness.answer(number)
            return await remind(escalation_id, version)

        harness.escalations.remind = slowly  # type: ignore[method-assign]
        await harness.work_for(17 * MINUTE)
        verbs = [change.verb for change in await harness.escalations.history(number)]
        assert verbs == [Verb.OPEN, Verb.RELAY, Verb.REMIND]
        assert reminders(harness) == ["remind 1"]


class TestAnEscalationThatWasAnswered:
    async def test_reminds_nobody_until_the_shop_writes_again(
        self, harness: ServiceHarness
    ) -> None:
        await harness.escalate()
        await harness.relaying.take(replace(IN_THREAD, sender="U2", text="Press Retry"))
        await harness.work_for(120 * MINUTE)
        assert reminders(harness) == []
        await harness.relaying.take(replace(IN_THREAD, ts="30.5", text="Still failing"))
        await harness.work_for(16 * MINUTE)
        assert reminders(harness) == ["remind 1"]

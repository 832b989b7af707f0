"""A message changes while its answer is on the way: nothing is lost, whoever is faster."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.jobs import Job, JobKind
from bot.domain.reports import Report
from tests.builders import attempt, judged
from tests.service_harness import REPORT, House

EDIT = replace(REPORT, text="Xero says: Invoice could not be found, again", edited="18.01")
SILENT = replace(REPORT, text="never mind", edited="18.01")


class TestAnEditWhileTheReplyIsOnItsWay:
    async def test_brings_the_reply_up_to_date_once_it_stands(self) -> None:
        house = House()
        job = await taken(house)
        await house.triage.edit(EDIT, is_for_us=True)
        await done(house, job)
        assert house.up == ["reply", "mark"]

    async def test_made_elsewhere_brings_the_reply_up_to_date_too(self) -> None:
        house = House()
        job = await taken(house)
        kept = await house.interactions.get(job.subject)
        await house.interactions.edit(
            kept, EDIT, judged(), JobKind.UPDATE_REPLY, JobKind.PUBLISH_ESCALATION
        )
        await done(house, job)
        assert house.up == ["reply", "mark"]

    async def test_that_takes_the_error_away_leaves_no_reply(self) -> None:
        house = House()
        job = await taken(house)
        await house.triage.edit(SILENT, is_for_us=True)
        await done(house, job)
        assert house.up == []

    async def test_is_answered_when_the_old_text_was_just_found_needless(self) -> None:
        house = House()
        job = await taken(house)
        await house.triage.edit(SILENT, is_for_us=True)
        await house.triage.edit(replace(EDIT, edited="18.02"), is_for_us=True)
        await done(house, job)
        assert house.up[0] == "reply"

    async def test_is_taken_anew_when_the_old_text_was_dropped_meanwhile(self) -> None:
        house = House()
        await taken(house)
        kept = await house.interactions.get(1)
        find, found = house.interactions.find, iter([kept])

        async def find_before_the_drop(team: str, channel: str, ts: str) -> object:
            return next(found, None) or await find(team, channel, ts)

        await house.interactions.drop(kept)
        house.interactions.find = find_before_the_drop  # type: ignore[method-assign,assignment]
        assert await house.triage.edit(EDIT, is_for_us=True) is not None


class TestADeletionWhileTheReplyIsOnItsWay:
    async def test_leaves_no_reply(self) -> None:
        house = House()
        job = await taken(house)
        await house.triage.delete(REPORT.team, REPORT.channel, REPORT.key, may_come=True)
        await done(house, job)
        assert house.up == []

    async def test_made_elsewhere_takes_the_reply_away_once_it_stands(self) -> None:
        house = House()
        job = await taken(house)
        await house.interactions.delete(job.subject, JobKind.UPDATE_REPLY)
        await done(house, job)
        assert house.up == ["reply", "remove"]


async def taken(house: House, report: Report = REPORT) -> Job:
    job = await house.triage.take(report)
    assert job is not None
    return job


async def done(house: House, job: Job) -> None:
    """The job runs, and then whatever is due."""
    await house.triage.reply(job.subject, attempt())
    await house.jobs.finish(job)
    await house.work()

"""Messages that change while their answer is being posted: nothing is lost in any order."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.jobs import Job, JobKind
from bot.domain.reports import Report
from bot.storage.interactions import InteractionStore
from tests.builders import attempt, judged
from tests.service_harness import REPORT, ServiceHarness

EDIT = replace(REPORT, text="Xero says: Invoice could not be found, again", edited="18.01")
SILENT = replace(REPORT, text="never mind", edited="18.01")


class TestAnEditWhileTheReplyIsOnItsWay:
    async def test_updates_the_reply_once_it_is_posted(self, harness: ServiceHarness) -> None:
        job = await taken(harness)
        await harness.triage.edit(EDIT, is_for_us=True)
        await done(harness, job)
        assert harness.up == ["reply", "mark"]

    async def test_received_by_another_process_updates_the_reply_too(
        self, harness: ServiceHarness
    ) -> None:
        job = await taken(harness)
        kept = await harness.interactions.get(job.subject_id)
        await InteractionStore(harness.database, "T1").edit(
            kept, EDIT, judged(), JobKind.UPDATE_REPLY
        )
        await done(harness, job)
        assert harness.up == ["reply", "mark"]

    async def test_that_removes_the_error_leaves_no_reply(self, harness: ServiceHarness) -> None:
        job = await taken(harness)
        await harness.triage.edit(SILENT, is_for_us=True)
        await done(harness, job)
        assert harness.up == []

    async def test_is_answered_when_the_old_text_is_just_dropped(
        self, harness: ServiceHarness
    ) -> None:
        job = await taken(harness)
        await harness.triage.edit(SILENT, is_for_us=True)
        await harness.triage.edit(replace(EDIT, edited="18.02"), is_for_us=True)
        await done(harness, job)
        assert harness.up[0] == "reply"

    async def test_is_stored_again_when_the_old_text_was_dropped_meanwhile(
        self, harness: ServiceHarness
    ) -> None:
        await taken(harness)
        kept = await harness.interactions.get(1)
        find, found = harness.interactions.by_key, iter([kept])

        async def find_before_the_drop(channel: str, ts: str) -> object:
            return next(found, None) or await find(channel, ts)

        await harness.interactions.drop(kept)
        harness.interactions.by_key = find_before_the_drop  # type: ignore[method-assign,assignment]
        await harness.triage.edit(EDIT, is_for_us=True)
        assert (await harness.interactions.get(2)).report == EDIT


class TestADeletionWhileTheReplyIsOnItsWay:
    async def test_leaves_no_reply(self, harness: ServiceHarness) -> None:
        job = await taken(harness)
        await harness.triage.delete(REPORT.channel, REPORT.key, may_come=True)
        await done(harness, job)
        assert harness.up == []

    async def test_received_by_another_process_deletes_the_reply_once_it_is_posted(
        self, harness: ServiceHarness
    ) -> None:
        job = await taken(harness)
        await InteractionStore(harness.database, "T1").delete(job.subject_id)
        await done(harness, job)
        assert harness.up == ["reply", "remove"]


async def taken(harness: ServiceHarness, report: Report = REPORT) -> Job:
    claimed: list[Job] = []
    with harness.jobs.listening(claimed.extend):
        assert await harness.triage.take(report)
    (job,) = claimed
    return job


async def done(harness: ServiceHarness, job: Job) -> None:
    """Run the job, and then the jobs that are due."""
    await harness.triage.reply(job.subject_id, attempt())
    await harness.jobs.finish(job)
    await harness.work()

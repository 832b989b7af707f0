"""The store of jobs, on either database."""

from __future__ import annotations

import asyncio
import time
from typing import cast

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.jobs import JobKind
from bot.storage import tables
from bot.storage.event_cursor import EventCursor
from bot.storage.job_rows import causing_in_doubt
from bot.storage.jobs import JobStore
from bot.timings import seconds_since_boot
from tests.storage.conftest import KINDS, Stores


class TestJobs:
    async def test_a_claimed_job_is_not_claimed_again(self, stores: Stores) -> None:
        store = stores.jobs
        for subject in range(8):
            await store.enqueue(JobKind.POST_REPLY, subject)
        hands = await asyncio.gather(*(stores.claim(3) for _ in range(8)))
        taken = [job.subject_id for hand in hands for job in hand]
        assert sorted(taken) == list(range(8))

    async def test_is_stored_once_for_a_subject(self, stores: Stores) -> None:
        for kind in (JobKind.SHARE_REPLY, JobKind.SHARE_REPLY, JobKind.POST_REPLY):
            await stores.jobs.enqueue(kind, 1)
        assert sorted(job.kind for job in await stores.claim()) == [
            JobKind.POST_REPLY,
            JobKind.SHARE_REPLY,
        ]

    async def test_enqueued_while_it_runs_is_done_once_more_by_the_next_worker(
        self, stores: Stores
    ) -> None:
        await stores.jobs.enqueue(JobKind.PUBLISH_ESCALATION, 1)
        (job,) = await stores.claim()
        await stores.jobs.enqueue(JobKind.PUBLISH_ESCALATION, 1)
        assert await stores.claim() == [], "two at a time would overtake each other"
        await stores.jobs.finish(job)
        (again,) = await stores.claim()
        assert (again.may_have_run, again.attempts) == (False, 1)
        await stores.jobs.finish(again)
        assert await stores.claim() == []
        await stores.jobs.enqueue(JobKind.PUBLISH_ESCALATION, 1)
        assert len(await stores.claim()) == 1

    async def test_that_waits_for_a_retry_is_due_at_once_when_enqueued(
        self, stores: Stores
    ) -> None:
        await stores.jobs.enqueue(JobKind.PUBLISH_ESCALATION, 1)
        (job,) = await stores.claim()
        await stores.jobs.retry_later(job, 3_600, "Slack is away", may_have_run=True)
        await stores.jobs.enqueue(JobKind.PUBLISH_ESCALATION, 1)
        (again,) = await stores.claim()
        assert again.may_have_run

    async def test_that_was_throttled_has_no_attempt_counted(self, stores: Stores) -> None:
        await stores.jobs.enqueue(JobKind.PUBLISH_ESCALATION, 1)
        tries = []
        for counts in (False, False, True, False, True):
            (job,) = await stores.claim()
            tries.append(job.attempts)
            await stores.jobs.retry_later(
                job, 0, "many messages wait", may_have_run=False, counts=counts
            )
        assert tries == [1, 1, 1, 2, 2]

    async def test_has_its_lease_from_before_the_database_was_asked(self, stores: Stores) -> None:
        await stores.jobs.enqueue(JobKind.POST_REPLY, 1)
        before = seconds_since_boot()
        (job,) = await stores.claim()
        assert before <= job.leased_at <= seconds_since_boot()

    async def test_of_another_kind_is_not_claimed(self, stores: Stores) -> None:
        await stores.jobs.enqueue(cast("JobKind", "of a newer version"), 1)
        assert await stores.claim() == []

    async def test_with_an_extended_lease_is_not_claimed(self, stores: Stores) -> None:
        for subject in (1, 2):
            await stores.jobs.enqueue(JobKind.POST_REPLY, subject)
        first, second = await stores.claim()
        await stores.pass_time(40)
        await stores.jobs.extend_lease([first], 60)
        await stores.pass_time(40)
        assert [await stores.jobs.is_claimed(job) for job in (first, second)] == [True, False]
        assert [job.subject_id for job in await stores.claim()] == [second.subject_id]
        await stores.jobs.extend_lease([second], 60)
        assert not await stores.jobs.is_claimed(second), "a lease that another has is not got back"

    async def test_that_runs_is_not_claimed_again_when_the_clock_is_set(
        self, stores: Stores
    ) -> None:
        for subject in (1, 2):
            await stores.jobs.enqueue(JobKind.POST_REPLY, subject)
        ours, others = await stores.claim()
        await stores.pass_time(3_600)
        taken = await stores.jobs.claim([JobKind.POST_REPLY], 9, 60, under_way=[ours.id])
        assert [job.subject_id for job in taken] == [others.subject_id]
        await stores.jobs.extend_lease([ours], 60)
        assert await stores.jobs.is_claimed(ours)

    async def test_that_is_rescheduled_is_due_later_as_if_new(self, stores: Stores) -> None:
        await stores.jobs.enqueue(JobKind.REMIND_CLAIM, 1)
        (job,) = await stores.claim()
        assert not await stores.jobs.reschedule(job, 900)
        assert await stores.claim() == []
        await stores.pass_time(901)
        (again,) = await stores.claim()
        assert (again.attempts, again.may_have_run) == (1, False)
        await stores.jobs.enqueue(JobKind.REMIND_CLAIM, 1)
        assert await stores.jobs.reschedule(again, 900)
        assert len(await stores.claim()) == 1, "it was asked for meanwhile"

    @pytest.mark.parametrize("end", ["finished", "retried", "rescheduled"])
    async def test_that_somebody_doubts_while_it_runs_is_unsure_next_time(
        self, stores: Stores, end: str
    ) -> None:
        await stores.jobs.enqueue(JobKind.SYNC_TICKET, 1)
        (job,) = await stores.claim()
        with causing_in_doubt(is_doubtful=True):
            await stores.jobs.enqueue(JobKind.SYNC_TICKET, 1)
        match end:
            case "finished":
                await stores.jobs.finish(job)
            case "retried":
                await stores.jobs.retry_later(job, 60, "Zendesk is away", may_have_run=False)
            case _:
                await stores.jobs.reschedule(job, 60)
        (again,) = await stores.claim()
        assert again.may_have_run
        await stores.jobs.finish(again)
        await stores.jobs.enqueue(JobKind.SYNC_TICKET, 1)
        (later,) = await stores.claim()
        assert not later.may_have_run

    async def test_with_an_expired_lease_is_due_and_unsure(self, stores: Stores) -> None:
        store = stores.jobs
        await store.enqueue(JobKind.POST_REPLY, 1)
        (first,) = await stores.claim(1)
        assert await stores.claim(1) == []
        await stores.pass_time(3_600)
        (second,) = await stores.claim(1)
        assert (first.may_have_run, second.may_have_run, second.attempts) == (False, True, 2)
        await store.finish(first)
        await stores.pass_time(3_600)
        assert len(await stores.claim(1)) == 1, "who lost the lease cannot finish the job"

    async def test_that_was_done_begins_again_under_another_revision(self, stores: Stores) -> None:
        await stores.jobs.enqueue(JobKind.REMIND_CLAIM, 1)
        revisions = []
        for end in (stores.jobs.reschedule, stores.jobs.reschedule):
            (job,) = await stores.claim()
            revisions.append(job.revision)
            await end(job, 0.0)
        (job,) = await stores.claim()
        await stores.jobs.finish(job)
        await stores.jobs.enqueue(JobKind.REMIND_CLAIM, 1)
        (again,) = await stores.claim()
        assert len({*revisions, job.revision, again.revision}) == 4

    async def test_that_is_retried_later_remains_unsure(self, stores: Stores) -> None:
        store = stores.jobs
        await store.enqueue(JobKind.POST_REPLY, 1)
        (job,) = await stores.claim(1)
        await store.retry_later(job, 60, "Slack is away", may_have_run=True)
        assert await stores.claim(1) == []
        await stores.pass_time(3_600)
        (again,) = await stores.claim(1)
        await store.retry_later(again, 0, "429", may_have_run=False)
        (third,) = await stores.claim(1)
        assert (again.may_have_run, third.may_have_run) == (True, True)

    @pytest.mark.parametrize("how", ["finish", "fail"])
    async def test_that_is_finished_or_failed_is_not_claimed(
        self, stores: Stores, how: str
    ) -> None:
        store = stores.jobs
        await store.enqueue(JobKind.POST_REPLY, 1)
        (job,) = await stores.claim(1)
        await (store.finish(job) if how == "finish" else store.fail(job, "the channel is gone"))
        await stores.pass_time(3_600)
        assert [job for job in await stores.claim() if job.kind is JobKind.POST_REPLY] == []


class TestAFailedJob:
    async def hopeless(self, stores: Stores, kind: JobKind, subject: int, reason: str) -> None:
        await stores.jobs.enqueue(kind, subject)
        (job,) = [job for job in await stores.claim() if job.kind == kind]
        await stores.jobs.fail(job, reason)

    async def alerts(self, stores: Stores) -> list[int]:
        taken = [job for job in await stores.claim() if job.kind == JobKind.ALERT_OPERATORS]
        for job in taken:
            await stores.jobs.finish(job)
        return [job.subject_id for job in taken]

    async def test_alerts_once_a_day_for_each_reason(self, stores: Stores) -> None:
        await self.hopeless(stores, JobKind.POST_REPLY, 1, "archived")
        (first,) = await stores.jobs.failed()
        assert await self.alerts(stores) == [first.id]
        assert (first.kind, first.subject_id, first.reason) == (JobKind.POST_REPLY, 1, "archived")
        assert await stores.jobs.failed_job(first.id) == first
        await self.hopeless(stores, JobKind.POST_REPLY, 2, "archived")
        assert await self.alerts(stores) == []
        await self.hopeless(stores, JobKind.POST_REPLY, 3, "token revoked")
        assert len(await self.alerts(stores)) == 1
        await stores.pass_time(90_000)
        await self.hopeless(stores, JobKind.POST_REPLY, 4, "archived")
        assert len(await self.alerts(stores)) == 1

    async def test_in_many_processes_at_once_alerts_once(self, stores: Stores) -> None:
        for subject in range(12):
            await stores.jobs.enqueue(JobKind.POST_REPLY, subject)
        taken = await stores.claim()
        await asyncio.gather(*(stores.jobs.fail(job, "archived") for job in taken))
        assert len(await self.alerts(stores)) == 1

    async def test_that_fails_again_does_not_alert_again(self, stores: Stores) -> None:
        await self.hopeless(stores, JobKind.POST_REPLY, 1, "archived")
        assert len(await self.alerts(stores)) == 1
        await stores.jobs.requeue_failed()
        await self.hopeless(stores, JobKind.POST_REPLY, 1, "archived")
        assert await self.alerts(stores) == []

    async def test_that_is_retried_can_alert_too(self, stores: Stores) -> None:
        await stores.jobs.enqueue(JobKind.PUBLISH_ESCALATION, 1)
        (job,) = await stores.claim()
        await stores.jobs.retry_later(job, 300, "archived", may_have_run=False, alert=True)
        assert await self.alerts(stores) == [job.id]

    async def test_that_was_enqueued_meanwhile_is_retried(self, stores: Stores) -> None:
        await stores.jobs.enqueue(JobKind.POST_REPLY, 1)
        (job,) = await stores.claim()
        await stores.jobs.enqueue(JobKind.POST_REPLY, 1)
        await stores.jobs.fail(job, "archived")
        (again,) = [job for job in await stores.claim() if job.kind is JobKind.POST_REPLY]
        await stores.jobs.enqueue(JobKind.POST_REPLY, 1)
        await stores.jobs.retry_later(again, 600, "Slack is away", may_have_run=False)
        assert len(await stores.claim()) == 1, "a change does not wait for the pause after a fault"

    async def test_can_be_requeued(self, stores: Stores) -> None:
        for subject in (1, 2):
            await self.hopeless(stores, JobKind.POST_REPLY, subject, "archived")
        await self.alerts(stores)
        assert await stores.jobs.requeue_failed() == 2
        assert sorted(job.subject_id for job in await stores.claim()) == [1, 2]
        assert await stores.jobs.failed() == []

    async def test_that_is_not_there_is_a_key_error(self, stores: Stores) -> None:
        with pytest.raises(KeyError):
            await stores.jobs.failed_job(404)


class TestAStart:
    """With `alone`: on SQLite, where no other process may work on the database."""

    @pytest.mark.parametrize("counts", [True, False])
    async def test_marks_attempted_jobs_as_unsure_as_the_database_may_be_a_backup(
        self, database: AsyncEngine, counts: bool
    ) -> None:
        store = JobStore(database, "T1")
        for kind in (JobKind.POST_REPLY, JobKind.PUBLISH_ESCALATION, JobKind.REMIND_CLAIM):
            await store.enqueue(kind, 1)
        (throttled,) = await store.claim([JobKind.POST_REPLY], 1, 60)
        await store.retry_later(throttled, 0, "429", may_have_run=False, counts=counts)
        (reminding,) = await store.claim([JobKind.REMIND_CLAIM], 1, 60)
        await store.reschedule(reminding, 900)
        await age(database, 30)
        await store.resume(alone=False)
        assert await doubts(store) == {
            JobKind.POST_REPLY: True,
            JobKind.PUBLISH_ESCALATION: False,
        }, "what is new is done without a look"

    async def test_marks_jobs_that_were_due_for_long_as_unsure(self, database: AsyncEngine) -> None:
        store = JobStore(database, "T1")
        await store.enqueue(JobKind.REMIND_CLAIM, 1)
        (reminding,) = await store.claim([JobKind.REMIND_CLAIM], 1, 60)
        await store.reschedule(reminding, 900)
        await age(database, 3_600)
        await store.resume(alone=False)
        assert await doubts(store) == {JobKind.REMIND_CLAIM: True}

    @pytest.mark.parametrize("seconds", [30, 90])
    async def test_marks_jobs_that_are_due_as_unsure_if_the_last_event_is_old(
        self, database: AsyncEngine, seconds: int
    ) -> None:
        store = JobStore(database, "T1")
        await store.enqueue(JobKind.POST_REPLY, 1)
        await EventCursor(database, "T1").advance(time.time() - seconds)
        await EventCursor(database, "T2").advance(time.time() - 3_600)
        await store.resume(alone=False)
        assert await doubts(store) == {JobKind.POST_REPLY: seconds == 90}

    @pytest.mark.parametrize("alone", [True, False])
    async def test_resumes_running_jobs_at_once_if_alone(
        self, database: AsyncEngine, alone: bool
    ) -> None:
        store = JobStore(database, "T1")
        await store.enqueue(JobKind.POST_REPLY, 1)
        await store.claim([JobKind.POST_REPLY], 1, 60)
        await store.resume(alone=alone)
        assert await doubts(store) == ({JobKind.POST_REPLY: True} if alone else {})


async def doubts(store: JobStore) -> dict[str, bool]:
    return {job.kind: job.may_have_run for job in await store.claim(KINDS, 9, 60)}


async def age(database: AsyncEngine, seconds: float) -> None:
    async with database.begin() as connection:
        await connection.execute(update(tables.jobs).values(due_at=tables.jobs.c.due_at - seconds))

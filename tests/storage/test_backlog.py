"""What waits in the database, as the metrics show it."""

from __future__ import annotations

import re
from dataclasses import replace

from sqlalchemy import insert, literal, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.escalations import Details, Status, Step, Verb
from bot.domain.jobs import JobKind
from bot.domain.reports import Report, Trigger
from bot.storage.backlog import MOST, JobState, read_backlog
from bot.storage.job_rows import WAITING
from bot.storage.jobs import JobStore
from bot.storage.sql_functions import now
from bot.storage.tables import jobs
from tests.builders import judged
from tests.storage.conftest import Stores
from tests.storage.test_plans import heard, plans_of

DETAILS = Details(error="e", store="s")
REPORT = Report("T1", "C1", "17.01", "U1", "text", Trigger.HEARD, "17.01")


async def test_nothing_waits_in_an_empty_database(database: AsyncEngine) -> None:
    found = await read_backlog(database, "T1")
    assert (found.jobs, found.overdue, found.escalations, found.unclaimed) == ({}, {}, {}, [])
    assert (found.retried, found.unseen) == ({}, 0.0)


async def test_jobs_are_counted_by_kind_and_by_what_they_wait_for(stores: Stores) -> None:
    for subject in (1, 2, 3):
        await stores.jobs.enqueue(JobKind.POST_REPLY, subject)
    await stores.jobs.enqueue(JobKind.SYNC_TICKET, 4)
    await JobStore(stores.database, "T2").enqueue(JobKind.POST_REPLY, 9)
    await stores.pass_time(400)
    running, failed, later = await stores.jobs.claim((JobKind.POST_REPLY,), 3, 60)
    await stores.jobs.fail(failed, "why")
    await stores.jobs.retry_later(later, 60, "why", may_have_run=False)
    found = await read_backlog(stores.database, "T1")
    post, ticket = JobKind.POST_REPLY.value, JobKind.SYNC_TICKET.value
    alert = (JobKind.ALERT_OPERATORS.value, JobState.DUE)
    assert {key: number for key, number in found.jobs.items() if key != alert} == {
        (post, JobState.RUNNING): 1,
        (post, JobState.FAILED): 1,
        (post, JobState.WAITING): 1,
        (ticket, JobState.DUE): 1,
    }
    assert 400 <= found.overdue[ticket] < 500
    assert post not in found.overdue
    assert running.attempts == 1


async def test_a_job_whose_worker_died_is_due_once_its_lease_has_run_out(stores: Stores) -> None:
    await stores.jobs.enqueue(JobKind.POST_REPLY, 1)
    await stores.jobs.claim((JobKind.POST_REPLY,), 1, 60)
    await stores.pass_time(100)
    found = await read_backlog(stores.database, "T1")
    assert found.jobs == {(JobKind.POST_REPLY.value, JobState.DUE): 1}
    assert 40 <= found.overdue[JobKind.POST_REPLY.value] < 90


async def test_a_job_that_fails_is_retried_at_every_read_until_it_is_done(stores: Stores) -> None:
    async def retried() -> object:
        return (await read_backlog(stores.database, "T1")).retried

    await stores.jobs.enqueue(JobKind.SEND_EMAIL, 1)
    await stores.jobs.enqueue(JobKind.POST_REPLY, 2)
    assert await retried() == {}
    for _ in range(3):
        job, *_ = await stores.jobs.claim((JobKind.SEND_EMAIL,), 1, 60)
        assert await retried() == ({} if job.attempts == 1 else {"send_email": 1})
        await stores.jobs.retry_later(job, 600, "no server", may_have_run=False)
        assert await retried() == {"send_email": 1}
        await stores.pass_time(600)
        assert await retried() == {"send_email": 1}
    job, *_ = await stores.jobs.claim((JobKind.SEND_EMAIL,), 1, 60)
    await stores.jobs.finish(job)
    assert await retried() == {}


async def test_a_job_that_waits_as_planned_is_not_retried(stores: Stores) -> None:
    await stores.jobs.enqueue(JobKind.POLL_TICKETS, 0)
    for _ in range(2):
        (job,) = await stores.jobs.claim((JobKind.POLL_TICKETS,), 1, 60)
        await stores.jobs.reschedule(job, 60)
        await stores.pass_time(60)
    (job,) = await stores.jobs.claim((JobKind.POLL_TICKETS,), 1, 60)
    await stores.jobs.retry_later(job, 60, "rate limit", may_have_run=False, counts=False)
    assert (await read_backlog(stores.database, "T1")).retried == {}


async def test_the_oldest_open_escalation_without_a_card_is_the_unseen_one(stores: Stores) -> None:
    opened = []
    for number in (1, 2):
        made = await stores.interactions.insert(replace(REPORT, key=f"17.0{number}"), judged("a"))
        assert made is not None
        opened.append(await stores.escalations.open(made.id, "U1", DETAILS, ()))
        await stores.pass_time(100)
    (first, _), (second, _) = opened
    assert 200 <= (await read_backlog(stores.database, "T1")).unseen < 250
    await stores.escalations.set_card(first.id, "C9", "18.0")
    assert 100 <= (await read_backlog(stores.database, "T1")).unseen < 150
    await stores.escalations.set_card(second.id, "C9", "19.0")
    assert (await read_backlog(stores.database, "T1")).unseen == 0


async def test_escalations_are_counted_by_status_and_open_ones_come_with_their_histories(
    stores: Stores,
) -> None:
    opened = []
    for number in (1, 2):
        key = f"17.0{number}"
        made = await stores.interactions.insert(replace(REPORT, key=key), judged("a"))
        assert made is not None
        opened.append(await stores.escalations.open(made.id, "U1", DETAILS, ()))
    await stores.escalations.change(opened[0][0].id, Step(Verb.CLAIM, "U2"), ())
    found = await read_backlog(stores.database, "T1")
    assert found.escalations == {Status.CLAIMED: 1, Status.OPEN: 1}
    assert [[change.verb for change in history] for history in found.unclaimed] == [[Verb.OPEN]]
    assert found.unclaimed[0][0].at <= found.now


async def test_counting_goes_by_indexes_of_what_waits(database: AsyncEngine) -> None:
    with heard(database) as statements:
        await read_backlog(database, "T1")
    plans = "\n".join(await plans_of(database, statements))
    assert not re.search("(SCAN|Seq Scan on) (jobs|escalations|changes)", plans)
    if database.dialect.name == "sqlite":  # PostgreSQL takes any index of an empty table
        used = re.findall(r"USING (?:COVERING )?INDEX (\w+)", plans)
        assert {"jobs_due", "jobs_failed", "escalations_status"} <= {*used}


async def test_counting_ends_at_a_limit(stores: Stores) -> None:
    first = select(literal(0).label("number")).cte(recursive=True)
    numbers = first.union_all(select(first.c.number + 1).where(first.c.number < MOST))
    row = {
        "team": literal("T1"),
        "kind": literal(JobKind.POST_REPLY.value),
        "subject": numbers.c.number,
        "state": literal(WAITING),
        "attempts": literal(0),
        "unsure": literal(False),
        "due_at": now(),
        "created_at": now(),
    }
    async with stores.database.begin() as connection:
        # made in the database: sending ten thousand rows takes half a second
        await connection.execute(insert(jobs).from_select([*row], select(*row.values())))
    found = await read_backlog(stores.database, "T1")
    assert found.jobs == {(JobKind.POST_REPLY.value, JobState.DUE): MOST}

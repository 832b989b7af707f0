"""Durable work, with a desk that fails as told."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.errors import GaveUpError, TryLaterError, UnsureError
from bot.domain.escalations import Details
from bot.domain.reports import Door, Report
from bot.services.escalations import ANNOUNCE, EscalationDesk
from bot.services.triage import REPLY, SHARE, Engine, Triage
from bot.services.worker import Worker
from tests.builders import messages
from tests.doubles import MemoryDesk, MemoryEscalations, MemoryInteractions, MemoryJobs

REPORT = Report("T1", "C1", "17.01", "U1", "Xero: Invoice could not be found", Door.CHANNEL)


class House:
    def __init__(self, *failures: Exception | None) -> None:
        self.jobs = MemoryJobs()
        self.desk = MemoryDesk(failures=list(failures))
        self.interactions = MemoryInteractions(self.jobs)
        self.escalations = MemoryEscalations(self.jobs)
        engine = Engine(messages(not_found="Invoice could not be found"))
        self.triage = Triage(engine, self.interactions, self.jobs, self.desk)
        self.support = EscalationDesk(engine, self.escalations, self.interactions, self.desk)
        self.tasks = {REPLY: self.triage.reply, SHARE: self.triage.show, ANNOUNCE: self.support.announce}
        self.worker = Worker(self.jobs, self.tasks, poll_seconds=0.01)

    async def work(self) -> None:
        """A worker does what is due, and ends."""
        worker = Worker(self.jobs, self.tasks, poll_seconds=60)
        running = asyncio.create_task(worker.run())
        while any(job["state"] == "waiting" and job["due"] <= self.jobs.clock for job in self.jobs.kept.values()):
            await asyncio.sleep(0)
        worker.stop()
        await running


class TestAJob:
    async def test_that_is_done_is_not_done_again(self) -> None:
        house = House()
        assert await house.triage.take(REPORT)
        await house.work()
        await house.work()
        assert house.desk.up == [("reply", 1, False)]
        assert (await house.interactions.get(1)).reply_ts == "ts-1"

    @pytest.mark.parametrize(
        ("failure", "again"),
        [(TryLaterError("429", 5), False), (UnsureError("reset", 5), True), (ValueError("x"), True)],
    )
    async def test_that_failed_is_tried_again_knowing_whether_it_may_have_got_through(
        self, failure: Exception, again: bool
    ) -> None:
        house = House(failure)
        await house.triage.take(REPORT)
        await house.work()
        assert house.desk.up == []
        house.jobs.clock += 4.0 if not isinstance(failure, ValueError) else 0.5
        await house.work()
        assert house.desk.up == []
        house.jobs.clock += 2
        await house.work()
        assert house.desk.up == [("reply", 1, again)]

    async def test_that_cannot_be_done_is_kept_with_its_reason(self) -> None:
        house = House(GaveUpError("the channel is archived"))
        await house.triage.take(REPORT)
        await house.work()
        house.jobs.clock += 10_000
        await house.work()
        assert house.jobs.kept[REPLY, 1]["state"] == "given up"
        assert house.jobs.kept[REPLY, 1]["reason"] == "the channel is archived"

    async def test_of_several_steps_goes_on_where_it_stopped(self) -> None:
        house = House(None, None, UnsureError("reset", 1))
        await house.triage.take(REPORT)
        await house.work()
        await house.support.open(1, "U1", Details(error="e", store="s"))
        await house.work()
        house.jobs.clock += 2
        await house.work()
        assert [what for what, _, _ in house.desk.up] == ["reply", "card", "note", "mark"]


class TestTheWorker:
    async def test_starts_on_new_work_at_once_and_ends_when_told(self) -> None:
        house = House()
        house.worker = Worker(house.jobs, {REPLY: house.triage.reply}, poll_seconds=60)
        running = asyncio.create_task(house.worker.run())
        await house.triage.take(REPORT)
        house.worker.nudge()
        while not house.desk.up:
            await asyncio.sleep(0)
        house.worker.stop()
        await asyncio.wait_for(running, 5)

    async def test_finishes_what_is_under_way_when_told_to_stop(self) -> None:
        house, started, go_on, done = House(), asyncio.Event(), asyncio.Event(), []

        async def slow(subject: int, *, again: bool) -> None:
            started.set()
            await go_on.wait()
            done.append(subject)

        worker = Worker(house.jobs, {REPLY: slow}, poll_seconds=60)
        await house.triage.take(REPORT)
        running = asyncio.create_task(worker.run())
        await started.wait()
        worker.stop()
        go_on.set()
        await asyncio.wait_for(running, 5)
        assert done == [1]

    async def test_survives_a_database_that_is_away(self, caplog: pytest.LogCaptureFixture) -> None:
        house = House()
        take, calls = house.jobs.take, []

        async def away(limit: int, lease: float) -> list[object]:
            calls.append(limit)
            if len(calls) == 1:
                raise ConnectionError("secret words")
            return await take(limit, lease)  # type: ignore[return-value]

        house.jobs.take = away  # type: ignore[method-assign,assignment]
        await house.triage.take(REPORT)
        running = asyncio.create_task(house.worker.run())
        while not house.desk.up:
            await asyncio.sleep(0)
        house.worker.stop()
        await running
        assert "ConnectionError" in caplog.text
        assert "secret words" not in caplog.text


class TestSilence:
    async def test_writes_nothing(self) -> None:
        house = House()
        assert not await house.triage.take(Report("T1", "C1", "1", "U1", "good morning", Door.CHANNEL))
        assert house.interactions.kept == {}
        assert house.jobs.kept == {}

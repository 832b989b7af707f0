"""Durable work, with a desk that fails as told."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.errors import GaveUpError, TryLaterError, UnsureError
from bot.domain.ports import Attempt
from bot.domain.reports import Door, Report
from bot.services import worker as worker_module
from bot.services.triage import REPLY
from bot.services.worker import Worker
from tests.house import DETAILS, REPORT, House


class TestAJob:
    async def test_that_is_done_is_not_done_again(self) -> None:
        house = House()
        await house.ask()
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
        await house.ask()
        assert house.desk.up == []
        house.jobs.clock += 4.0 if not isinstance(failure, ValueError) else 0.5
        await house.work()
        assert house.desk.up == []
        house.jobs.clock += 2
        await house.work()
        assert house.desk.up == [("reply", 1, again)]

    async def test_that_cannot_be_done_is_kept_with_its_reason(self) -> None:
        house = House(GaveUpError("the channel is archived"))
        await house.ask()
        house.jobs.clock += 10_000
        await house.work()
        assert house.jobs.kept[REPLY, 1]["state"] == "given up"
        assert house.jobs.kept[REPLY, 1]["reason"] == "the channel is archived"
        assert house.up == ["alert"], "the operators are told once"

    async def test_that_tells_the_operators_is_never_given_up(self) -> None:
        house = House(GaveUpError("token revoked"), GaveUpError("token revoked"))
        await house.ask()
        assert house.up == []
        await house.work_for(600)
        assert house.up == ["alert"]

    async def test_of_several_steps_goes_on_where_it_stopped(self) -> None:
        house = House(None, None, UnsureError("reset", 1))
        await house.ask()
        await house.lifecycle.open(1, "U1", DETAILS)
        await house.work()
        house.jobs.clock += 2
        await house.work()
        assert house.up == ["reply", "card", "card", "note", "mark"], "the card is brought up to date, not put up twice"


class TestTheWorker:
    async def test_starts_on_new_work_at_once_and_ends_when_told(self) -> None:
        house = House()
        worker = Worker(house.jobs, house.tasks, poll_seconds=60)
        running = asyncio.create_task(worker.run())
        await house.jobs.wake(REPLY, (await house.interactions.begin(REPORT)).id)  # type: ignore[union-attr]
        worker.nudge()
        while not house.desk.up:
            await asyncio.sleep(0)
        worker.stop()
        await asyncio.wait_for(running, 5)

    async def test_finishes_what_is_under_way_when_told_to_stop(self) -> None:
        house, started, go_on, done = House(), asyncio.Event(), asyncio.Event(), []

        async def slow(subject: int, _attempt: Attempt) -> None:
            started.set()
            await go_on.wait()
            done.append(subject)

        worker = Worker(house.jobs, {REPLY: slow}, poll_seconds=60)
        await house.jobs.wake(REPLY, (await house.interactions.begin(REPORT)).id)  # type: ignore[union-attr]
        running = asyncio.create_task(worker.run())
        await started.wait()
        worker.stop()
        go_on.set()
        await asyncio.wait_for(running, 5)
        assert done == [1]

    async def test_survives_a_database_that_is_away(self, caplog: pytest.LogCaptureFixture) -> None:
        house = House()
        take, calls = house.jobs.take, []

        async def away(kinds: list[str], limit: int, lease: float) -> list[object]:
            calls.append(limit)
            if len(calls) == 1:
                raise ConnectionError("secret words")
            return await take(kinds, limit, lease)  # type: ignore[return-value]

        house.jobs.take = away  # type: ignore[method-assign,assignment]
        await house.jobs.wake(REPLY, (await house.interactions.begin(REPORT)).id)  # type: ignore[union-attr]
        worker = Worker(house.jobs, house.tasks, poll_seconds=0.01)
        running = asyncio.create_task(worker.run())
        while not house.desk.up:
            await asyncio.sleep(0)
        worker.stop()
        await running
        assert "ConnectionError" in caplog.text
        assert "secret words" not in caplog.text

    async def test_renews_the_lease_of_what_takes_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(worker_module, "LEASE_SECONDS", 0.03)
        house, renewed = House(), asyncio.Event()

        async def renew(held: list[object], seconds: float) -> None:
            assert [job.subject for job in held] == [1]  # type: ignore[attr-defined]
            assert seconds == 0.03
            renewed.set()

        async def long(subject: int, _attempt: Attempt) -> None:
            await renewed.wait()

        house.jobs.renew = renew  # type: ignore[method-assign,assignment]
        worker = Worker(house.jobs, {REPLY: long}, poll_seconds=60)
        await house.jobs.wake(REPLY, (await house.interactions.begin(REPORT)).id)  # type: ignore[union-attr]
        running = asyncio.create_task(worker.run())
        await asyncio.wait_for(renewed.wait(), 5)
        worker.stop()
        await asyncio.wait_for(running, 5)
        assert house.jobs.kept[REPLY, 1]["state"] == "done"

    async def test_does_a_job_that_says_so_again_later(self) -> None:
        house, runs = House(), []

        async def twice(subject: int, attempt: Attempt) -> float | None:
            runs.append((house.jobs.clock, attempt.again))
            return 60.0 if len(runs) == 1 else None

        house.tasks = {REPLY: twice}
        await house.ask()
        await house.work_for(180, step=30)
        assert runs == [(0.0, False), (60.0, False)]


class TestSilence:
    async def test_writes_nothing(self) -> None:
        house = House()
        assert not await house.triage.take(Report("T1", "C1", "1", "U1", "good morning", Door.CHANNEL))
        assert house.interactions.kept == {}
        assert house.jobs.kept == {}

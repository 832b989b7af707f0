"""The stop of a bot whose jobs or database hang."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.jobs import Attempt, JobKind
from bot.services.worker import Worker
from bot.timings import Timings
from tests.slack_harness import AUTHORISED, QUICK, office
from tests.storage.blackhole import Network
from tests.storage.conftest import Stores

SHORT = replace(QUICK, stop_requests=0.1, stop_jobs=0.2, stop_leases=0.1)


def test_the_limits_of_all_steps_fit_into_ten_seconds() -> None:
    timings = Timings()
    assert timings.stop_notice < timings.stop_requests < timings.stop_jobs
    # the jobs, then their leases, then the worker; each may ignore its cancellation
    last = timings.stop_jobs + 2 * timings.stop_leases
    assert last < timings.stop_process < 10.0


async def test_a_job_that_hangs_is_given_to_the_next_process(
    stores: Stores, caplog: pytest.LogCaptureFixture
) -> None:
    running = asyncio.Event()

    async def hang(_subject: int, _attempt: Attempt) -> None:
        running.set()
        await asyncio.Event().wait()

    await stores.jobs.enqueue(JobKind.POST_REPLY, 1)
    worker = Worker(stores.jobs, {JobKind.POST_REPLY: hang}, QUICK)
    working = asyncio.create_task(worker.run())
    await running.wait()
    assert await stores.claim() == []
    worker.stop()
    await worker.give_up()
    await working
    (again,) = await stores.claim()
    assert (again.subject_id, again.may_have_run) == (1, True)
    assert "given up: 1 jobs, which run after the next start: post_reply-1" in caplog.text


class TestPostgresqlThatHangs:
    @pytest.mark.filterwarnings("default")  # what is given up is left open
    async def test_does_not_delay_the_stop(self, postgresql: str, tmp_path: Path) -> None:
        async with (
            Network(postgresql).open() as network,
            office(tmp_path, database_url=network.address, timings=SHORT) as shop,
        ):
            network.freeze()
            hangs = asyncio.create_task(shop.ws.say(shop.alice, shop.support, AUTHORISED))
            await shop.ws.until(lambda: bool(shop.ws.transcript.delivered("message")))
            assert not hangs.done()
            await asyncio.wait_for(shop.running.aclose(), Timings.stop_process)
            await hangs

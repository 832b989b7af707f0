"""Does the durable work: at once in the process that kept it, and whatever a dead process left behind."""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Protocol

from bot.domain.errors import GaveUpError, TryLaterError
from bot.domain.ports import Job, Jobs
from bot.services.faults import log_fault

log = logging.getLogger(__name__)

LEASE_SECONDS = 120.0
"""Longer than any job's calls together take (each is limited to 15 s): a lease that ran out is a dead one's."""
AT_ONCE = 8
MAX_BACKOFF_SECONDS = 600.0


class Task(Protocol):
    """What a kind of job does. Raises TryLaterError or GaveUpError; all else is a fault of ours, tried again."""

    async def __call__(self, subject: int, /, *, again: bool) -> None:
        """Do it. `again`: an earlier try may have got through."""


class Worker:
    """Takes due jobs and runs them. `poll_seconds`: how often it looks for what others left; nudges come at once."""

    def __init__(self, jobs: Jobs, tasks: Mapping[str, Task], poll_seconds: float = 5.0) -> None:
        self._jobs = jobs
        self._tasks = tasks
        self._poll_seconds = poll_seconds
        self._nudged = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._stopping = False

    def nudge(self) -> None:
        """There is new work."""
        self._nudged.set()

    def stop(self) -> None:
        """Take no more; `run` returns when what is under way is done. Cancelling it would tear jobs apart."""
        self._stopping = True
        self.nudge()

    async def run(self) -> None:
        """Work until `stop`."""
        while not self._stopping:
            self._nudged.clear()
            await self._take()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._nudged.wait(), self._poll_seconds)
        await asyncio.gather(*self._running)

    async def _take(self) -> None:
        free = AT_ONCE - len(self._running)
        if free <= 0:
            return
        try:
            taken = await self._jobs.take(free, LEASE_SECONDS)
        except Exception as error:  # noqa: BLE001 - a database that is away for a minute must not end the worker
            log_fault(error, "taking jobs")
            return
        for job in taken:
            task = asyncio.create_task(self._do(job), name=f"{job.kind}-{job.subject}")
            self._running.add(task)
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self.nudge()

    async def _do(self, job: Job) -> None:
        try:
            await self._tasks[job.kind](job.subject, again=job.unsure)
        except TryLaterError as error:
            wait = error.seconds if error.seconds is not None else _backoff(job.attempts)
            log.warning("%s %s: %s; again in %.0f s", job.kind, job.subject, error.reason, wait)
            await self._postpone(job, wait, error.reason, unsure=error.unsure)
        except GaveUpError as error:
            log.error("%s %s: given up: %s", job.kind, job.subject, error.reason)  # noqa: TRY400 - no trace needed
            await self._jobs.give_up(job, error.reason)
        except Exception as error:  # noqa: BLE001 - a fault of ours must not lose the job
            log_fault(error, f"{job.kind} {job.subject}")
            await self._postpone(job, _backoff(job.attempts), type(error).__name__, unsure=True)
        else:
            await self._jobs.finish(job)

    async def _postpone(self, job: Job, seconds: float, reason: str, *, unsure: bool) -> None:
        await self._jobs.postpone(job, seconds, reason, unsure=unsure)
        asyncio.get_running_loop().call_later(seconds, self.nudge)


def _backoff(attempts: int) -> float:
    return min(MAX_BACKOFF_SECONDS, 2.0 ** (min(attempts, 12) - 1))

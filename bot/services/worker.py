"""The worker, which runs the jobs of this process at once, and later those of dead ones."""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Protocol

from bot.domain.errors import GaveUpError, TryLaterError, UnsureError
from bot.domain.jobs import Attempt, Job, JobKind
from bot.log_fields import begin
from bot.metrics import AttemptResult, Metrics
from bot.services.fault_log import log_fault
from bot.stopping import ended
from bot.storage.job_rows import causing_in_doubt
from bot.storage.jobs import JobStore
from bot.timings import Timings, seconds_since_boot

log = logging.getLogger(__name__)

MAX_RUNNING = 32
MAX_PER_KIND = 16
"""Less than `MAX_RUNNING`, so that a mail server that hangs does not delay cards."""
POLL_DELAY_SECONDS = 0.1
"""From the end of a job to the poll for jobs that it made due."""
BURST_SECONDS = 60.0
"""Interval in which one wait that is no failure is logged."""
ALERT_AFTER_ATTEMPTS = 8
"""Failed attempts, some four minutes, after which the operators get an alert for any reason."""


class Task(Protocol):
    """The function of a job kind. Any error but TryLaterError and GaveUpError is a bug; retried."""

    async def __call__(self, subject: int, attempt: Attempt, /) -> float | None:
        """Run the job. Returns the seconds after which it is due again; None if it is done."""


class Worker:
    """Runs due jobs: this process's own after their commit, all others at each poll.

    `clock`: returns seconds since the boot of this machine.
    """

    def __init__(
        self,
        jobs: JobStore,
        tasks: Mapping[JobKind, Task],
        timings: Timings,
        clock: Callable[[], float] = seconds_since_boot,
        metrics: Metrics | None = None,
    ) -> None:
        self._jobs = jobs
        self._tasks = tasks
        self._timings = timings
        self._clock = clock
        self._metrics = metrics or Metrics()
        self._woken = asyncio.Event()
        self._ended = asyncio.Event()
        self._running: dict[asyncio.Task[None], Job] = {}
        self._stopping = False
        self._polls_at = 0.0
        self._may_leave_due = True
        """Whether the last claim may have left due jobs: it failed, or others were running."""
        self._quiet_until = 0.0
        self._attempts: dict[int, tuple[int, int]] = {}
        """Revision and attempts by job id, of jobs that only this process has attempted."""

    @property
    def kinds(self) -> Sequence[JobKind]:
        """The kinds of jobs that it runs."""
        return tuple(self._tasks)

    def _on_enqueued(self, claimed: Sequence[Job]) -> None:
        """React to a commit that enqueued jobs; `claimed`: those that are already ours."""
        for job in claimed:
            self.start(job)
        if not claimed:
            self._wake()

    def _wake(self) -> None:
        self._woken.set()

    def start(self, job: Job) -> None:
        """Run a job that this process has claimed."""
        task = asyncio.create_task(self._run(job), name=f"{job.kind}-{job.subject_id}")
        self._running[task] = job
        task.add_done_callback(self._running.pop)

    def stop(self) -> None:
        """Claim no more jobs; `run` returns once the running ones have ended."""
        self._stopping = True
        self._wake()

    async def give_up(self) -> None:
        """Cancel the running jobs and give their leases back, so that another process runs them.

        As after a crash, that process looks for what an attempt may have done.
        """
        held = dict(self._running)
        names = ", ".join(task.get_name() for task in held)
        late = await ended(held, 0.0, f"jobs, which run after the next start: {names}")
        # one that ignores its cancellation may still do something
        if back := [held[task] for task in late if task.done()]:
            giving = asyncio.create_task(self._give_back(back))
            await ended([giving], self._timings.stop_leases, "leases, which run out by themselves")

    async def _give_back(self, held: Sequence[Job]) -> None:
        try:
            await self._jobs.extend_lease(held, 0.0)
        except Exception as error:  # noqa: BLE001 - the database may be away; leases run out
            log_fault(error, "giving leases back")

    async def run(self) -> None:
        """Run jobs until `stop`."""
        with self._jobs.listening(self._on_enqueued):
            await self._run_until_stopped()

    async def _run_until_stopped(self) -> None:
        heartbeat = asyncio.create_task(self._heartbeat(), name="heartbeat")
        while not self._stopping:
            self._woken.clear()
            await self._claim()
            with suppress(TimeoutError):
                jitter = random.uniform(0.5, 1.0)  # noqa: S311 - no two instances in step
                await asyncio.wait_for(self._woken.wait(), self._timings.poll * jitter)
        while self._running:
            await asyncio.wait(self._running)
        self._ended.set()
        await heartbeat

    async def _heartbeat(self) -> None:
        """Extend the leases of running jobs."""
        while not self._ended.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ended.wait(), self._timings.lease / 3)
            if held := list(self._running.values()):
                try:
                    await self._jobs.extend_lease(held, self._timings.lease)
                except Exception as error:  # noqa: BLE001 - two more beats before a lease ends
                    log_fault(error, "extending leases")

    async def _claim(self) -> None:
        self._may_leave_due = True
        limit = min(MAX_RUNNING - len(self._running), MAX_PER_KIND)
        if limit <= 0:
            return
        held = Counter(job.kind for job in self._running.values())
        under_way = [job.id for job in self._running.values()]
        kinds = [kind for kind in self._tasks if held[kind] < MAX_PER_KIND]
        try:
            taken = await self._jobs.claim(kinds, limit, self._timings.lease, under_way)
        except Exception as error:  # noqa: BLE001 - the database may be away for a minute
            log_fault(error, "claiming jobs")
            return
        self._may_leave_due = bool(under_way) or len(taken) == limit
        for job in taken:
            self.start(job)

    async def _run(self, job: Job) -> None:
        begin(job.ids)
        try:
            await self._do(job)
        except Exception as error:  # noqa: BLE001 - any error, so that the worker goes on
            # the result is not stored; the job becomes due again when its lease expires
            log_fault(error, f"{job.kind} {job.subject_id}")

    async def _do(self, job: Job) -> None:
        is_new = job.attempts == 1 and not job.may_have_run
        ours_alone = is_new or self._attempts.pop(job.id, None) == (job.revision, job.attempts - 1)
        is_claimed, is_fresh = partial(self._jobs.is_claimed, job), partial(self._is_fresh, job)
        try:
            attempt = Attempt(
                job.may_have_run, is_claimed, job.since, job.attempts, is_fresh, ours_alone
            )
            with causing_in_doubt(is_doubtful=job.may_have_run and not ours_alone):
                again = await self._tasks[job.kind](job.subject_id, attempt)
        except TryLaterError as error:
            wait = await self._retry_later(job, error, ours_alone=ours_alone)
        except GaveUpError as error:
            log.error("%s %s: given up: %s", job.kind, job.subject_id, error.reason)  # noqa: TRY400 - no trace
            self._count(job, AttemptResult.FAILED)
            await self._jobs.fail(job, error.reason)
            wait = 0.0
        except Exception as error:  # noqa: BLE001 - a bug of ours must not lose the job
            reference = log_fault(error, f"{job.kind} {job.subject_id}")
            fault = UnsureError(f"{type(error).__name__}, reference {reference}")
            wait = await self._retry_later(job, fault, ours_alone=ours_alone)
        else:
            self._count(job, AttemptResult.DONE if again is None else AttemptResult.AGAIN)
            if again is None:
                is_due = await self._jobs.finish(job)
            else:
                is_due = await self._jobs.reschedule(job, again)
                self._poll_soon(again)
            if not (is_due or self._may_leave_due):
                return
            wait = 0.0
        # at once too: it may have been enqueued again while it ran
        self._poll_soon(0.0)
        self._poll_soon(wait)

    async def _retry_later(self, job: Job, error: TryLaterError, *, ours_alone: bool) -> float:
        """Retry the job later. Returns the wait in seconds."""
        wait = error.seconds if error.seconds is not None else self._backoff(job.attempts)
        if error.counts:
            self._count(job, AttemptResult.RETRIED)
            log.warning("%s %s: %s; again in %.0f s", job.kind, job.subject_id, error.reason, wait)
        else:
            self._count(job, AttemptResult.WAITING)
            self._log_wait(job, error.reason, wait)
        is_due = error.alert or (error.counts and job.attempts == ALERT_AFTER_ATTEMPTS)
        alert = is_due and job.kind is not JobKind.ALERT_OPERATORS
        await self._jobs.retry_later(
            job, wait, error.reason, may_have_run=error.unsure, counts=error.counts, alert=alert
        )
        if ours_alone:
            self._attempts[job.id] = (
                job.revision,
                job.attempts if error.counts else job.attempts - 1,
            )
        return wait

    def _count(self, job: Job, result: AttemptResult) -> None:
        self._metrics.attempts[job.kind, result] += 1

    def _is_fresh(self, job: Job) -> bool:
        """Whether its lease cannot have run out yet; the limit leaves two thirds as a margin."""
        return self._clock() - job.leased_at < self._timings.lease / 3

    def _log_wait(self, job: Job, reason: str, wait: float) -> None:
        """Log one of many waits: under load hundreds of jobs wait for the same reason."""
        now = asyncio.get_running_loop().time()
        if now >= self._quiet_until:
            self._quiet_until = now + BURST_SECONDS
            log.info(
                "%s %s waits: %s; again in %.0f s, and so may others",
                job.kind,
                job.subject_id,
                reason,
                wait,
            )

    def _poll_soon(self, seconds: float) -> None:
        """Poll after a job that may have made others due; under load one poll serves many."""
        loop = asyncio.get_running_loop()
        if POLL_DELAY_SECONDS < seconds < self._timings.poll:
            loop.call_later(seconds, self._wake)
        elif seconds <= POLL_DELAY_SECONDS and self._polls_at <= loop.time() + seconds:
            self._polls_at = loop.time() + POLL_DELAY_SECONDS
            loop.call_at(self._polls_at, self._wake)

    def _backoff(self, attempts: int) -> float:
        return min(self._timings.max_backoff, 2.0 ** (min(attempts, 12) - 1))

"""Alerts to the operators in Slack, and what they get while their channel takes none."""

import logging
import time
from collections.abc import Awaitable, Callable

from bot.domain.errors import GaveUpError, TryLaterError, UnsureError
from bot.domain.jobs import Attempt, FailedJob
from bot.services.delivery_log import Delivery, log_delivery
from bot.services.log_limit import LogLimit
from bot.services.ports import EscalationPoster
from bot.storage.jobs import JobStore
from bot.timings import Timings

log = logging.getLogger(__name__)

ERROR_SECONDS = 3_000.0
"""Between lines about a channel that takes no alert. With the wait for the next attempt it is less
than an hour, in which XeroBotErrors of docs/alerts.yaml looks for errors."""
LONG_ATTEMPTS = 8
"""Attempts, some four minutes, after which a failure that may pass is treated as a refusal."""
DAY_SECONDS = 86_400.0
NO_ALERTS = (
    "operators' alerts cannot be posted: {reason}; until they can, this log has them. Check that the "
    "channel of OPERATORS_CHANNEL, or else of ESCALATION_CHANNEL, is not archived and the bot is in it"
)

SendAlert = Callable[[FailedJob, str], Awaitable[None]]
"""Sends an alert by e-mail, with the reason for which Slack has not taken it.

Raises TryLaterError, UnsureError or GaveUpError.
"""


class OperatorAlerts:
    """Alerts the operators in their channel; by e-mail too while it refuses alerts.

    `send_email`: None if no e-mail is set up; `clock`: seconds of any monotonic clock.
    """

    def __init__(
        self,
        jobs: JobStore,
        poster: EscalationPoster,
        send_email: SendAlert | None,
        timings: Timings,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._jobs = jobs
        self._poster = poster
        self._send_email = send_email
        self._timings = timings
        self._clock = clock
        self._errors = LogLimit(log, ERROR_SECONDS, clock)
        self._emailed: dict[int, float] = {}
        """When an e-mail about a job was last sent, by the job's id."""

    async def alert(self, job_id: int, attempt: Attempt) -> None:
        """The job: alert the operators to a failed job; retried until it is posted."""
        job = await self._jobs.failed_job(job_id)
        try:
            await self._poster.alert(job, attempt)
        except GaveUpError as error:
            await self._email(job, error.reason)
            raise self._refused(error) from None
        except TryLaterError as error:
            if error.counts and attempt.number >= LONG_ATTEMPTS:
                await self._email(job, error.reason)
                self._errors.write(logging.ERROR, NO_ALERTS.format(reason=error.reason))
            raise
        self._emailed.pop(job_id, None)
        log_delivery(f"job {job_id}", Delivery.ALERT, attempt.since)

    async def token_refused(self, since: int, attempt: Attempt) -> None:
        """The job: alert the operators that Slack refused the token; retried until it is posted."""
        try:
            await self._poster.token_refused(since, attempt)
        except GaveUpError as error:
            raise self._refused(error) from None
        log_delivery("refused token", Delivery.ALERT, attempt.since)

    def _refused(self, error: GaveUpError) -> TryLaterError:
        """Return a retry: the channel may be unarchived, or the bot invited."""
        self._errors.write(logging.ERROR, NO_ALERTS.format(reason=error.reason))
        reason = f"the operators' alert cannot be posted: {error.reason}"
        return TryLaterError(reason, self._timings.refused_retry)

    async def _email(self, job: FailedJob, reason: str) -> None:
        """Send an alert by e-mail, once a day at most."""
        now = self._clock()
        if self._send_email is None or now - self._emailed.get(job.id, -DAY_SECONDS) < DAY_SECONDS:
            return
        try:
            await self._send_email(job, reason)
        except UnsureError as error:
            log.warning("job %s: operators' e-mail: %s", job.id, error.reason)
        except (TryLaterError, GaveUpError) as error:
            log.warning("job %s: operators' e-mail cannot be sent: %s", job.id, error.reason)
            return
        else:
            log_delivery(f"job {job.id}", Delivery.ALERT_EMAIL)
        self._emailed[job.id] = now

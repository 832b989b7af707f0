"""Durable work: jobs, attempts at them, and jobs that failed for good."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.domain.errors import TryLaterError

LEASE_SECONDS = 30.0
"""How long a job is somebody's. Renewed while it is worked on: a lease that ran out is a dead process's."""


@dataclass(frozen=True)
class Job:
    """A piece of work that outlives the process.

    `attempts` counts this one; `unsure`: an earlier one may have got through; `lease` proves who works on it;
    `revision` counts how often it was asked for; `since`: when it was first, in seconds since 1970; `leased_at`: just
    before it became ours, in seconds since the boot of this machine.
    """

    id: int
    kind: str
    subject: int
    attempts: int
    unsure: bool
    lease: str
    revision: int = 1
    since: float = 0.0
    leased_at: float = 0.0


def _fresh() -> bool:
    return True


@dataclass(frozen=True)
class Attempt:
    """A try at a job. `again`: an earlier one may have got through; `holds` tells whether the job is still ours
    and still needed; no try was before `since`, in seconds since 1970; `number` counts tries since it was done last;
    `is_fresh`: it became ours so short a while ago that it must still be; `is_ours_alone`: every try, since it was done
    last, was this process's.
    """

    again: bool
    holds: Callable[[], Awaitable[bool]]
    since: float = 0.0
    number: int = 1
    is_fresh: Callable[[], bool] = _fresh
    is_ours_alone: bool = False

    async def check(self, *, waited: bool = False) -> None:
        """The last thing before a post: a process that was frozen for a while may no longer have the job. `waited`:
        it took time to get here.

        Raises:
            TryLaterError: another process has the job, or nobody needs it any more.
        """
        if (waited or self.again or not self.is_fresh()) and not await self.holds():
            raise TryLaterError("another process has the job now, or nobody needs it any more")


@dataclass(frozen=True)
class Abandoned:
    """A job that was given up. `at`: seconds since 1970."""

    id: int
    kind: str
    subject: int
    attempts: int
    reason: str
    at: float


@dataclass(frozen=True)
class Needs:
    """Kinds of jobs that need a report's texts until they are done, by what their subjects are."""

    reports: tuple[str, ...] = ()
    escalations: tuple[str, ...] = ()
    relays: tuple[str, ...] = ()


NOTHING = Needs()

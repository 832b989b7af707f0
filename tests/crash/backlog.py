"""The bot's jobs, read from its database: what is waiting, what is leased, what has failed."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import Self

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.domain.jobs import JobKind
from bot.storage.database import DRIVERS
from bot.storage.job_rows import FAILED, WAITING
from tests.crash.openings import Stored

LASTING = {JobKind.DELETE_OLD_TEXTS, JobKind.POLL_TICKETS}
_IN_STATE = text(
    "SELECT id, kind, subject, state, lease, due_at, reason FROM jobs WHERE state = :state"
)

_OPENED = text(
    "SELECT token, cause_id, count(*) FROM openings"
    " JOIN interactions ON interactions.id = openings.interaction_id GROUP BY token, cause_id"
)


@dataclass(frozen=True)
class Row:
    id: int
    kind: str
    subject: int
    state: str
    lease: str | None
    due_at: float
    reason: str | None

    def __str__(self) -> str:
        state = "leased" if self.lease else "waiting"
        due = f"due in {self.due_at - time.time():.1f} s"
        return f"{self.kind} {self.subject}, {state}, {due}, {self.reason or 'no reason'}"

    def sleeps_for(self, seconds: float) -> bool:
        """Whether this is a reminder that is due in more than `seconds`."""
        return (
            self.kind == JobKind.REMIND_CLAIM
            and self.lease is None
            and self.due_at > time.time() + seconds
        )


class Backlog:
    def __init__(self, address: str) -> None:
        url = make_url(address)
        self._engine: AsyncEngine = create_async_engine(
            url.set(drivername=DRIVERS[url.get_backend_name()])
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._engine.dispose()

    async def _rows(self, state: str) -> list[Row]:
        async with self._engine.connect() as connection:
            return [Row(*row) for row in await connection.execute(_IN_STATE, {"state": state})]

    async def waiting(self) -> list[Row]:
        """Returns the jobs that are due, without the recurring ones."""
        return [row for row in await self._rows(WAITING) if row.kind not in LASTING]

    async def held(self) -> list[Row]:
        """Returns the jobs of which a process holds a lease."""
        return [row for row in await self.waiting() if row.lease is not None]

    async def openings(self) -> Stored:
        """Returns how often each cause of each report is stored as opened."""
        async with self._engine.connect() as connection:
            return Counter({(row[0], row[1]): row[2] for row in await connection.execute(_OPENED)})

    async def given_up(self) -> list[Row]:
        return await self._rows(FAILED)

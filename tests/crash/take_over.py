"""A kill of one of two processes, and the time until the other one has done its jobs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from slack_sandbox import Failure
from tests.crash import times
from tests.crash.backlog import Row
from tests.crash.phases import awaited, busy
from tests.crash.processes import Bot
from tests.crash.world import World

LOOK_SECONDS = 0.03
MOST_LOAD = 5.0
"""Load after a kill, in seconds. A machine too slow for both would never be done."""
SHORT_LOAD = 1.0
"""The same in a short run."""
HELD = 6


@dataclass(frozen=True)
class TakeOver:
    """How long it took until another process had done the jobs of a killed one.

    `run`: the longest that it worked on a job of its own meanwhile; `last`: the job that was done
    last. All in seconds.
    """

    seconds: float
    run: float
    last: str

    @property
    def limit(self) -> float:
        return times.most_take_over(self.run)

    @property
    def is_late(self) -> bool:
        return self.seconds >= self.limit

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s of {self.limit:.0f}"


@dataclass
class Runs:
    """For how long each job was seen leased to the same process, without those of `others`."""

    others: Collection[int]
    _first: dict[tuple[int, str], float] = field(default_factory=dict)
    longest: float = 0.0

    def seen(self, rows: Sequence[Row], at: float) -> None:
        for row in rows:
            if row.lease is not None and row.id not in self.others:
                began = self._first.setdefault((row.id, row.lease), at)
                self.longest = max(self.longest, at - began)


async def taken_over(world: World, dying: Bot, survivor: Bot, load_seconds: float) -> TakeOver:
    """Kill one process under load, and wait until another one has done its jobs.

    `load_seconds`: how long the load goes on after the kill, at most.
    Slack does not fail meanwhile: its limits are counted in seconds, not shortened like our waits.
    """
    over = asyncio.Event()
    world.calm()
    await awaited(lambda: busy(world))
    world.ws.api.fail_at_random(
        {Failure.slow(times.HANGING): 0.5, Failure.slow(times.HANGING, after=True): 0.5},
        ["chat.postMessage"],
    )
    world.door.behind = [dying.port]
    load = asyncio.create_task(world.shop.open(over))
    while len(await world.backlog.held()) < HELD:
        await asyncio.sleep(LOOK_SECONDS)
    await dying.kill()
    died = time.monotonic()
    world.door.behind = [survivor.port]
    world.ws.api.fail_at_random({})
    held = {row.id: row for row in await world.backlog.held()}
    runs = Runs(frozenset(held))
    last = list(held.values())
    while held:
        if time.monotonic() > died + load_seconds:
            over.set()
        left = [row for row in await world.backlog.waiting() if not row.sleeps_for(0.0)]
        runs.seen(left, time.monotonic())
        last = list(held.values())
        held = {row.id: row for row in left if row.id in held}
        await asyncio.sleep(LOOK_SECONDS)
    took = time.monotonic() - died
    over.set()
    await load
    return TakeOver(took, runs.longest, str(last[0]))

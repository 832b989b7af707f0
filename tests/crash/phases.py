"""The phases of a run: kills under load, a take-over, and the quiet in which the bot finishes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from slack_sandbox import Failure
from tests.crash import times
from tests.crash.count import unheard, wanting
from tests.crash.posts import Posts
from tests.crash.processes import Bot
from tests.crash.world import World

DRAIN_SECONDS = 240.0
LOOK_SECONDS = 0.03
AGAIN_SECONDS = 1.0
SOON_SECONDS = 2.0
MOST_LOAD = 5.0
"""Load after a kill, in seconds. A machine too slow for both would never be done."""
SHORT_LOAD = 1.0
"""The same in a short run."""
HELD = 6


async def killed_at_random(world: World, enough: Callable[[], bool]) -> None:
    """Kill every process again and again under load; at the end all of them listen."""
    over = asyncio.Event()
    world.storm()
    dying = [asyncio.create_task(bot.die_again_and_again(over, world.chance)) for bot in world.bots]
    load = asyncio.create_task(world.shop.open(over))
    while not enough():
        await asyncio.sleep(AGAIN_SECONDS)
        await _unheard(world)
    over.set()
    await asyncio.gather(load, *dying)


async def taken_over(world: World, dying: Bot, survivor: Bot, load_seconds: float) -> float:
    """Returns the seconds until another process has done the jobs of a killed one, under load.

    `load_seconds`: how long the load goes on after the kill, at most.
    Slack does not fail meanwhile: its limits are counted in seconds, not shortened like our waits.
    """
    over = asyncio.Event()
    world.calm()
    await awaited(lambda: _busy(world))
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
    held = {row.id for row in await world.backlog.held()}
    while held:
        if time.monotonic() > died + load_seconds:
            over.set()
        left = [row for row in await world.backlog.waiting() if not row.sleeps_for(0.0)]
        held &= {row.id for row in left}
        if time.monotonic() > died + times.most_take_over() and not world.late:
            world.late = [f"taken over late: {row}" for row in left if row.id in held]
        await asyncio.sleep(LOOK_SECONDS)
    took = time.monotonic() - died
    over.set()
    await load
    return took


async def wound_up(world: World) -> list[str]:
    """After the storm, wait until everything is done; returns what was not, in words."""
    world.calm()
    over = time.time()
    await world.ws.settled(DRAIN_SECONDS)
    left = await awaited(lambda: _unheard(world))
    await world.shop.errands()
    left += await awaited(lambda: _busy(world))
    world.shop.look_again()
    left += await awaited(lambda: _unreminded(world, over))
    world.shop.close()
    await world.shop.errands()
    left += await awaited(lambda: _busy(world, to_the_end=True))
    await world.ws.settled(DRAIN_SECONDS)
    for bot in world.bots:
        await bot.stop()
    return left + world.shop.in_vain + world.late


async def _unheard(world: World) -> list[str]:
    """Deliver what the bot refused in all of Slack's tries; returns what it refuses then too."""
    tries = [await world.ws.events.redeliver(exchange) for exchange in unheard(world.ws.transcript)]
    return [f"an event was refused: {status}" for status in tries if status != 200]


async def awaited(what: Callable[[], Awaitable[list[str]]]) -> list[str]:
    """Wait until no jobs are left; returns those that are left after a long time."""
    until = time.monotonic() + DRAIN_SECONDS
    while (left := await what()) and time.monotonic() < until:
        await asyncio.sleep(0.1)
    return left


async def _busy(world: World, *, to_the_end: bool = False) -> list[str]:
    """Returns the jobs that are due, `to_the_end` with reminders that will find nothing to do."""
    rows = [
        row
        for row in await world.backlog.waiting()
        if not row.sleeps_for(SOON_SECONDS if to_the_end else 0.0)
    ]
    return [f"not done: {row}" for row in rows]


async def _unreminded(world: World, over: float) -> list[str]:
    """Returns reminders of unclaimed escalations that were due at the end of the storm."""
    posts, open_ones = (
        Posts(world.ws, world.shop.cards),
        [asked for asked in world.shop.asked if asked.claimed_at is None],
    )
    found = [wanting(asked, posts, over) for asked in open_ones]
    return ["a reminder that was due did not come"] * sum(found)

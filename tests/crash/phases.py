"""The phases of a run: kills under load, and the quiet in which the bot finishes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from tests.crash.count import unheard, wanting
from tests.crash.posts import Posts
from tests.crash.world import World

DRAIN_SECONDS = 240.0
AGAIN_SECONDS = 1.0
SOON_SECONDS = 2.0


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


async def wound_up(world: World) -> list[str]:
    """After the storm, wait until everything is done; returns what was not, in words."""
    world.calm()
    over = time.time()
    await world.ws.settled(DRAIN_SECONDS)
    left = await awaited(lambda: _unheard(world))
    await world.shop.errands()
    left += await awaited(lambda: busy(world))
    world.shop.look_again()
    left += await awaited(lambda: _unreminded(world, over))
    world.shop.close()
    await world.shop.errands()
    left += await awaited(lambda: busy(world, to_the_end=True))
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


async def busy(world: World, *, to_the_end: bool = False) -> list[str]:
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

"""`make crash`: kills of the bot under load, and a count of what is lost and what is posted twice.

At least `times.KILLS` kills are made, or as many as KILLS in the environment says. With SECONDS=20,
each phase is on one database, and the random kills take 20 seconds, or more until there are a few.
The last line is the verdict; the exit code is 1 if anything is lost or doubled, or if a take-over
takes too long.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from rich.console import Console

from tests.crash import times
from tests.crash.downtime import an_hour_away
from tests.crash.phases import killed_at_random, wound_up
from tests.crash.report import Part, printed, verdict
from tests.crash.take_over import MOST_LOAD, SHORT_LOAD, TakeOver, taken_over
from tests.crash.world import World, world
from tests.storage.server import programs, running_server

LEAST_KILLS = 3
"""The least number of kills in a short storm, even on a slow machine."""
TAKE_OVERS = 3


def main() -> None:
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(1)
    )  # ends everything that was started, as Ctrl-C does
    seconds = times.short_storm()
    out, parts = Console(highlight=False), list[Part]()
    for _ in range(1 if seconds else times.rounds()):
        began = time.monotonic()
        found = asyncio.run(storms(seconds, out))
        printed(found, out, time.monotonic() - began)
        parts += found
    line, well = verdict(parts)
    print(line)  # noqa: T201 - the last line, never folded
    sys.exit(0 if well else 1)


async def storms(seconds: float, out: Console) -> list[Part]:
    chance = random.Random(os.environ.get("SEED"))  # noqa: S311
    with tempfile.TemporaryDirectory(prefix="xero-bot-crash-") as name:
        folder = Path(name)
        for part in ("sqlite", "postgresql"):
            (folder / part).mkdir()
        parts = [await one_process(folder, seconds, chance)]
        if programs() is None:
            out.print(
                "PostgreSQL's programs are not on this machine: two processes and the take-over are left out."
            )
            return parts
        with running_server() as address:
            parts.append(await two_processes(folder, address, seconds, chance))
        return parts


async def one_process(folder: Path, seconds: float, chance: random.Random) -> Part:
    async with world(folder / "sqlite", f"sqlite:///{folder}/bot.sqlite3", 1, chance) as made:
        if not seconds or programs() is None:
            await an_hour_away(made)
        await killed_at_random(made, _enough(made, seconds, times.kills_each()))
        return await Part.of("SQLite, one process", made, await wound_up(made), [])


async def two_processes(folder: Path, address: str, seconds: float, chance: random.Random) -> Part:
    async with world(folder / "postgresql", address, 2, chance) as made:
        await an_hour_away(made)
        if not seconds:
            await killed_at_random(made, _enough(made, seconds, times.kills_each()))
        took, load_seconds = list[TakeOver](), SHORT_LOAD if seconds else MOST_LOAD
        for number in range(1 if seconds else TAKE_OVERS):
            dying, survivor = made.bots[:: 1 if number % 2 else -1]
            if number:
                await survivor.start()
                await survivor.listening()
            took.append(await taken_over(made, dying, survivor, load_seconds))
        return await Part.of("PostgreSQL, two processes", made, await wound_up(made), took)


def _enough(made: World, seconds: float, kills: int) -> Callable[[], bool]:
    until = time.monotonic() + seconds
    kills = LEAST_KILLS if seconds else kills
    return lambda: time.monotonic() > until and sum(bot.kills for bot in made.bots) >= kills


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()

"""What metrics cost: `make metrics-cost`.

The bot with METRICS_PORT, which is scraped between bursts, and the bot without take turns at the
same messages; with AGAINST="commit …", the bots of those commits do too. CPU of the process counts.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from itertools import count
from urllib.parse import urljoin

import aiohttp
from rich.console import Console

from slack_sandbox import SlackSandbox
from tests.contenders import ROOT, Contender, contender, source_of
from tests.latency import Askers, answered, ask, askers
from tests.test_process import free_port
from tests.unanswered import burst, chatter, middle

STARTS = 8
"""Processes of one program differ by three per cent, by the order of what is in memory."""
ROUNDS = 5
"""With each start."""
BOUND = 26
"""The true median of 40 ratios is above the 27th by chance once in fifty times (sign test)."""
PASTES = 10
"""In each round, one after the other."""
APART_SECONDS = 5.5
"""Longer than what waits in the database is kept, so that each scrape reads it."""
LOOKS = 300
"""Scrapes and no-op scrapes, one after the other, for the cost of each."""
OFF, ON = "off", "on, scraped between bursts"

Found = defaultdict[str, list[float]]
"""Milliseconds of CPU for each message in each round, by the name of a bot."""
Burst = Callable[[Contender], Awaitable[float]]
"""Returns milliseconds of CPU for each message."""


async def compared(
    ws: SlackSandbox, against: Sequence[str], metrics_port: int, closing: AsyncExitStack
) -> list[Contender]:
    """Returns the running bots, those without metrics first."""
    folder = closing.enter_context(tempfile.TemporaryDirectory())
    cards, numbers = ws.add_channel("cards"), count()

    async def run(name: str, source: str, **settings: str) -> Contender:
        database = {"DATABASE_URL": f"sqlite:///{folder}/{next(numbers)}.sqlite3"}
        settings |= database | {"PYTHONPATH": source, "ESCALATION_CHANNEL": cards}
        return await closing.enter_async_context(contender(ws, name, "bot", "run", **settings))

    made = [await run(OFF, f"{ROOT}")]
    for commit in against:
        made.append(await run(commit, f"{closing.enter_context(source_of(commit))}"))  # noqa: PERF401 - one starts after the other
    return [*made, await run(ON, f"{ROOT}", METRICS_PORT=f"{metrics_port}")]


async def turns(bots: Sequence[Contender], do: Burst, found: Found) -> None:
    """Add the cost of each round to what was found, by the name of a bot."""
    for one in bots:
        await do(one)  # warms it up
    for _ in range(ROUNDS):
        for one in bots:
            found[one.name].append(await do(one))


async def pasted(ws: SlackSandbox, one: Contender, who: Askers) -> float:
    ws.deliver_to(one.url)
    before = one.cpu_seconds()
    for _ in range(PASTES):
        await answered(ws, await ask(ws, one, who))
    return 1_000 * (one.cpu_seconds() - before) / PASTES


def show(out: Console, what: str, found: Found) -> None:
    """Print CPU for each message, how much more than without, and the bound of that."""
    off = found[OFF]
    out.print(f"{what:30}{'CPU ms':>10}{'more':>9}{'at most':>10}")
    for name, costs in found.items():
        ratios = sorted(mine / bare for mine, bare in zip(costs, off, strict=True))
        more, bound = middle(ratios) - 1, ratios[BOUND] - 1
        out.print(f"{name:30}{middle(costs):10.3f}{more:9.1%}{bound:10.1%}")


async def scraped(session: aiohttp.ClientSession, port: int) -> None:
    await fetched(session, f"http://127.0.0.1:{port}/metrics")


async def fetched(session: aiohttp.ClientSession, address: str) -> None:
    async with session.get(address) as answer:
        answer.raise_for_status()
        await answer.read()


async def look(session: aiohttp.ClientSession, one: Contender, address: str) -> float:
    """Returns milliseconds of CPU of the bot for each of many requests."""
    before = one.cpu_seconds()
    for _ in range(LOOKS):
        await fetched(session, address)
    return 1_000 * (one.cpu_seconds() - before) / LOOKS


async def measure_once(pastes: Found, silent: Found) -> tuple[float, float, float]:
    """Start the bots and measure them.

    Returns milliseconds of CPU for a scrape that reads the database, for one that does not, and for
    a no-op scrape: `/healthz`, which the same server answers with two letters.
    """
    port = free_port()
    async with (
        SlackSandbox(keep=100_000, reuse_connections=True) as ws,
        aiohttp.ClientSession() as session,
        AsyncExitStack() as closing,
    ):
        who = askers(ws)
        bots = await compared(ws, os.environ.get("AGAINST", "").split(), port, closing)

        def between_scrapes(do: Burst) -> Burst:
            async def both(one: Contender) -> float:
                if one.name == ON:
                    await scraped(session, port)
                return await do(one)

            return both

        await turns(bots, between_scrapes(lambda one: pasted(ws, one, who)), pastes)
        events = await chatter(ws)
        await turns(bots, between_scrapes(lambda one: burst(ws, session, one, events)), silent)
        before = bots[-1].cpu_seconds()
        await asyncio.sleep(APART_SECONDS)
        await scraped(session, port)
        reading = 1_000 * (bots[-1].cpu_seconds() - before)
        page = await look(session, bots[-1], f"http://127.0.0.1:{port}/metrics")
        nothing = await look(session, bots[-1], urljoin(bots[-1].url, "/healthz"))
        return reading, page, nothing


async def main() -> None:
    out = Console(highlight=False)
    pastes, silent = Found(list), Found(list)
    scrapes = []
    for _ in range(STARTS):
        scrapes.append(await measure_once(pastes, silent))  # noqa: PERF401 - one after the other
    show(out, "pastes", pastes)
    show(out, "unanswered messages", silent)
    reading, page, nothing = (middle(costs) for costs in zip(*scrapes, strict=True))
    out.print(
        f"a scrape that reads the database, {APART_SECONDS:g} s of idling included: "
        f"{reading:.1f} ms of CPU"
    )
    out.print(f"another scrape: {page:.2f} ms; a no-op scrape: {nothing:.2f} ms")


if __name__ == "__main__":
    asyncio.run(main())

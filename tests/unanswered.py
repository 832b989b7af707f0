"""What messages that get no answer cost, and start and memory, beside a Bolt app that does nothing.

`make latency` prints it. CPU counts, not the time on the clock: the processes take turns at the
same messages, so that the machine's load affects each alike. "In calm" compares their best rounds.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Sequence

import aiohttp
from rich.console import Console

from slack_sandbox import SlackSandbox
from tests.contenders import Contender, beside_noop, megabytes
from tests.measure import entries

ROUNDS = 12
"""Each contender gets every message once in each."""


async def chatter(ws: SlackSandbox) -> list[bytes]:
    """The events of an ordinary day's messages, as Slack sends them."""
    person = ws.add_user("Person")
    channel = ws.add_channel("shop", [person])
    ws.events.hold()
    for entry in entries("chatter"):
        await ws.say(person, channel, entry["text"])
    return [json.dumps(event).encode() for event in ws.events.held]


async def burst(
    ws: SlackSandbox, session: aiohttp.ClientSession, one: Contender, events: Sequence[bytes]
) -> float:
    """Deliver each event once, one after the other. Returns milliseconds of CPU for each."""
    before = one.cpu_seconds()
    for event in events:
        headers = ws.events.signed_headers(event) | {"Content-Type": "application/json"}
        async with session.post(one.url, data=event, headers=headers) as response:
            response.raise_for_status()
    return 1_000 * (one.cpu_seconds() - before) / len(events)


def middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


async def costs_of(ws: SlackSandbox, compared: Sequence[Contender]) -> dict[str, list[float]]:
    """Milliseconds of CPU for each message, in each round, by the name of a contender."""
    events = await chatter(ws)
    found: dict[str, list[float]] = defaultdict(list)
    async with aiohttp.ClientSession() as session:
        for one in compared:
            await burst(ws, session, one, events)  # warms it up
        for _ in range(ROUNDS):
            for one in compared:
                found[one.name].append(await burst(ws, session, one, events))
    return found


async def report(out: Console, against: str | None) -> None:
    """Print the figures of a no-op Bolt app and of the bot, and their ratios."""
    async with SlackSandbox() as ws, beside_noop(ws, against) as compared:
        noop = compared[0]
        costs = await costs_of(ws, compared)
        out.print(f"{'unanswered messages':26}{'CPU ms':>10}{'of no-op':>10}{'in calm':>10}")
        for one in compared:
            pairs = zip(costs[one.name], costs[noop.name], strict=True)
            ratio = middle([mine / bare for mine, bare in pairs])
            calm = min(costs[one.name]) / min(costs[noop.name])
            out.print(f"{one.name:26}{middle(costs[one.name]):10.3f}{ratio:10.2f}{calm:10.2f}")
        out.print(
            f"{'start':26}{'seconds':>10}{'CPU s':>10}{'of no-op':>10}{'MB at rest':>12}{'more':>8}"
            f"{'MB after':>10}"
        )
        for one in compared:
            both = zip(one.starts, noop.starts, strict=True)
            start, more = one.start, one.start.megabytes - noop.start.megabytes
            ratio = middle([mine.cpu_seconds / bare.cpu_seconds for mine, bare in both])
            out.print(
                f"{one.name:26}{middle([each.seconds for each in one.starts]):10.2f}"
                f"{middle([each.cpu_seconds for each in one.starts]):10.2f}{ratio:10.2f}"
                f"{start.megabytes:12.1f}{more:8.1f}{megabytes(one.process.pid):10.1f}"
            )


if __name__ == "__main__":
    asyncio.run(report(Console(highlight=False), None))

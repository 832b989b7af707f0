"""What messages cost, beside a bare Bolt app that stores nothing: `make latency`.

All run at the same time as separate processes, and take turns, so that the machine's load affects
each alike. With AGAINST=commit, the bot of that commit is measured in the same run.
"""

from __future__ import annotations

import asyncio
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import cycle

from rich.console import Console

from slack_sandbox import SlackSandbox
from tests import unanswered, work_counts
from tests.contenders import Contender, contenders
from tests.slack_harness import AUTHORISED

out = Console(highlight=False)
EACH = 150
A_SECOND = 15.0
"""Pastes a second for all contenders together: few enough that none waits for another."""
ANSWER_SECONDS = 60
AT_ONCE = 16
"""Pastes that wait for an answer at the same time, under load: enough that the bot never idles."""
ROUNDS = 9
ROUND_SECONDS = 1.5
"""Short, so that noise of the machine falls on each alike."""
CHANNELS = 400
"""As many as keep the load under the pace of each: three at once, then one a second."""
PEOPLE = 20
"""In each channel: who asks the same again within ten minutes would be shown the first answer."""

Askers = Mapping[str, Iterator[tuple[str, str]]]
"""By the name of a contender: the next person, and the channel in which to ask."""


def askers(ws: SlackSandbox) -> Askers:
    """Everybody of all channels in turn, for each contender."""
    shops = [[ws.add_user(f"Person {number}") for number in range(PEOPLE)] for _ in range(CHANNELS)]
    channels = [ws.add_channel(f"shop-{number}", shop) for number, shop in enumerate(shops)]
    people = [
        (shop[turn], channel)
        for turn in range(PEOPLE)
        for shop, channel in zip(shops, channels, strict=True)
    ]
    return defaultdict(lambda: cycle(people))


async def ask(ws: SlackSandbox, one: Contender, askers: Askers) -> tuple[str, str]:
    """Paste an error; returns the message's channel and ts."""
    person, channel = next(askers[one.name])
    asked = (channel, await ws.say(person, channel, AUTHORISED))
    one.asked.append(asked)
    return asked


async def answered(ws: SlackSandbox, asked: tuple[str, str]) -> None:
    await ws.until(lambda: len(ws.thread(*asked)) == 2, ANSWER_SECONDS)


async def take_turns(ws: SlackSandbox, compared: list[Contender], askers: Askers) -> None:
    """Each gets a paste in turn, `EACH` in all."""
    for one in compared:
        one.begin()
    for _ in range(EACH):
        for one in compared:
            ws.deliver_to(one.url)
            await ask(ws, one, askers)
            await asyncio.sleep(1 / A_SECOND)
    for one in compared:
        for asked in one.asked:
            await answered(ws, asked)


def waits(ws: SlackSandbox, one: Contender) -> list[float]:
    """Milliseconds from a paste to its answer, by the workspace's clock, the shortest first."""
    found = []
    for channel, ts in one.asked:
        answer = ws.thread(channel, ts)[1]
        found.append((float(answer.ts) - float(ts)) * 1_000)
    return sorted(found)


def middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


async def load(ws: SlackSandbox, one: Contender, askers: Askers) -> float:
    """Keep `AT_ONCE` pastes waiting for answers. Returns seconds until the last answer.

    Each answer makes room for the next paste, so the bot sets the rate, and none is too much.
    """
    ws.deliver_to(one.url)
    clock = asyncio.get_running_loop()
    start = clock.time()

    async def ask_on() -> None:
        while clock.time() < start + ROUND_SECONDS:
            await answered(ws, await ask(ws, one, askers))

    await asyncio.gather(*(ask_on() for _ in range(AT_ONCE)))
    return clock.time() - start


async def report_waits(ws: SlackSandbox, compared: list[Contender], askers: Askers) -> None:
    await take_turns(ws, compared, askers)  # warms them up
    await take_turns(ws, compared, askers)
    plain = middle(waits(ws, compared[0]))
    rate = f"at {A_SECOND / len(compared):.0f} pastes a second"
    out.print(f"{rate:26}{'p50 ms':>9}{'p99 ms':>9}{'p50 more':>10}{'CPU ms an answer':>18}")
    for one in compared:
        found = waits(ws, one)
        high, more = found[int(len(found) * 0.99)], middle(found) - plain
        out.print(f"{one.name:26}{middle(found):9.1f}{high:9.1f}{more:10.1f}{one.cpu_ms():18.1f}")


async def report_load(ws: SlackSandbox, compared: list[Contender], askers: Askers) -> None:
    """Print the median answers a second of many short rounds, also relative to the bare app."""
    rates: dict[str, list[float]] = defaultdict(list)
    for one in compared:
        one.begin()
    for _ in range(ROUNDS):
        for one in compared:
            before = len(one.asked)
            seconds = await load(ws, one, askers)
            rates[one.name].append((len(one.asked) - before) / seconds)
    head = f"{AT_ONCE} pastes at once"
    out.print(f"{head:26}{'answers a second':>18}{'of bare':>9}{'p50 ms':>9}{'CPU ms':>9}")
    for one in compared:
        found = rates[one.name]
        ratios = [rate / bare for rate, bare in zip(found, rates[compared[0].name], strict=True)]
        rate, ratio, wait = middle(found), middle(ratios), middle(waits(ws, one))
        out.print(f"{one.name:26}{rate:18.1f}{ratio:9.2f}{wait:9.1f}{one.cpu_ms():9.1f}")


async def main() -> None:
    against = os.environ.get("AGAINST")
    await work_counts.report(out)
    await unanswered.report(out, against)
    async with (
        SlackSandbox(keep=100_000, reuse_connections=True) as ws,
        contenders(ws, against) as (compared, missing),
    ):
        if missing:
            out.print(missing)
        who = askers(ws)
        await report_waits(ws, compared, who)
        await report_load(ws, compared, who)


if __name__ == "__main__":
    asyncio.run(main())

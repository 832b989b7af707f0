"""The bot's latency beside that of a bare Bolt app that stores nothing: `make latency`.

All run at the same time as separate processes, and take turns, so that the machine's load affects
each alike.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import aiohttp
from rich.console import Console

from slack_sandbox import SlackSandbox
from tests import work_counts
from tests.slack_harness import AUTHORISED
from tests.storage.server import NoServerError, running_server
from tests.test_process import free_port

out = Console(highlight=False)
ROOT = Path(__file__).resolve().parent.parent
EACH = 150
A_SECOND = 5.0
LOAD_SECONDS = 15
LOAD_A_SECOND = 110
CHANNELS = 400
"""As many as keep the load under the pace of each: three at once, then one a second."""
PEOPLE = 20
"""In each channel: who asks the same again within ten minutes would be shown the first answer."""
TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Contender:
    """A bot, where it listens, and the messages that were its turn."""

    name: str
    process: asyncio.subprocess.Process
    url: str
    asked: list[tuple[str, str]] = field(default_factory=list)
    cpu_before: float = 0.0

    @property
    def cpu_seconds(self) -> float:
        fields = (
            Path(f"/proc/{self.process.pid}/stat")
            .read_text(encoding="ascii")
            .rpartition(")")[2]
            .split()
        )
        return (int(fields[11]) + int(fields[12])) / TICK


@asynccontextmanager
async def contender(
    ws: SlackSandbox, name: str, *command: str, **environment: str
) -> AsyncIterator[Contender]:
    port = free_port()
    settings = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "SLACK_BOT_TOKEN": ws.bot_token,
        "SLACK_SIGNING_SECRET": ws.signing_secret,
        "SLACK_API_URL": ws.api_url,
        "PORT": str(port),
        "LOG_LEVEL": "ERROR",
    }
    with tempfile.TemporaryDirectory() as folder:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *command, cwd=folder, env=settings | environment
        )
        url = f"http://127.0.0.1:{port}/slack/events"
        try:
            await listening(url)
            yield Contender(name, process, url)
        finally:
            process.terminate()
            await process.wait()


async def listening(url: str) -> None:
    async with aiohttp.ClientSession() as session:
        for _ in range(300):
            try:
                async with session.get(url):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)
    raise TimeoutError(url)


def people(ws: SlackSandbox) -> list[tuple[str, str]]:
    """Who asks where: everybody of all channels, once."""
    shops = [[ws.add_user(f"Person {number}") for number in range(PEOPLE)] for _ in range(CHANNELS)]
    channels = [ws.add_channel(f"shop-{number}", shop) for number, shop in enumerate(shops)]
    return [
        (shop[turn], channel)
        for turn in range(PEOPLE)
        for shop, channel in zip(shops, channels, strict=True)
    ]


async def take_turns(
    ws: SlackSandbox, contenders: list[Contender], askers: Iterator[tuple[str, str]]
) -> None:
    """Each gets a paste in turn, so that each gets `A_SECOND` of them."""
    for one in contenders:
        one.asked.clear()
        one.cpu_before = one.cpu_seconds
    for _ in range(EACH):
        for one in contenders:
            ws.deliver_to(one.url)
            person, channel = next(askers)
            one.asked.append((channel, await ws.say(person, channel, AUTHORISED)))
            await asyncio.sleep(1 / A_SECOND / len(contenders))
    await ws.until(
        lambda: all(len(ws.thread(*asked)) == 2 for one in contenders for asked in one.asked), 30
    )


def waits(ws: SlackSandbox, one: Contender) -> list[float]:
    """Milliseconds from a paste to its answer, by the workspace's clock."""
    found = []
    for channel, ts in one.asked:
        answer = ws.thread(channel, ts)[1]
        found.append((float(answer.ts) - float(ts)) * 1_000)
    return sorted(found)


async def sustain(
    ws: SlackSandbox, one: Contender, askers: Iterator[tuple[str, str]]
) -> tuple[float, float]:
    """Answers a second over the load, and the median wait in milliseconds."""
    ws.deliver_to(one.url)
    one.asked.clear()
    clock = asyncio.get_running_loop()
    start = clock.time()
    for number in range(LOAD_SECONDS * LOAD_A_SECOND):
        await asyncio.sleep(max(0.0, start + number / LOAD_A_SECOND - clock.time()))
        person, channel = next(askers)
        one.asked.append((channel, await ws.say(person, channel, AUTHORISED, in_background=True)))
    await ws.until(lambda: all(len(ws.thread(*asked)) == 2 for asked in one.asked), 120)
    first, last = float(one.asked[0][1]), max(float(ws.thread(*asked)[1].ts) for asked in one.asked)
    found = waits(ws, one)
    return len(one.asked) / (last - first), found[len(found) // 2]


@contextmanager
def postgresql() -> Iterator[str | None]:
    try:
        with running_server() as address:
            yield address
    except NoServerError as error:
        out.print(error)
        yield None


async def main() -> None:
    await work_counts.report(out)
    with postgresql() as address, tempfile.TemporaryDirectory() as folder:
        async with SlackSandbox(keep=50_000, reuse_connections=True) as ws:
            askers = cycle(people(ws))
            cards = {"ESCALATION_CHANNEL": ws.add_channel("cards")}
            lite = cards | {"DATABASE_URL": f"sqlite:///{folder}/bot.sqlite3"}
            async with (
                contender(ws, "bare Bolt app", "tests.baseline_bot") as bare,
                contender(ws, "bot, SQLite", "bot", "run", **lite) as sqlite,
                contender(
                    ws,
                    "bot, PostgreSQL",
                    "bot",
                    "run",
                    **cards,
                    DATABASE_URL=address or lite["DATABASE_URL"] + "2",
                ) as post,
            ):
                contenders = [bare, sqlite, post] if address else [bare, sqlite]
                await report(ws, contenders, askers)


async def report(
    ws: SlackSandbox, contenders: list[Contender], askers: Iterator[tuple[str, str]]
) -> None:
    await take_turns(ws, contenders, askers)
    await take_turns(ws, contenders, askers)
    plain = waits(ws, contenders[0])
    out.print(
        f"{'at 5 pastes a second':22}{'p50 ms':>9}{'p99 ms':>9}{'p50 more':>10}{'CPU ms an answer':>18}"
    )
    for one in contenders:
        found = waits(ws, one)
        middle, high = found[len(found) // 2], found[int(len(found) * 0.99)]
        cpu = (one.cpu_seconds - one.cpu_before) / EACH * 1_000
        more = middle - plain[len(plain) // 2]
        out.print(f"{one.name:22}{middle:9.1f}{high:9.1f}{more:10.1f}{cpu:18.1f}")
    for one in contenders:
        rate, middle = await sustain(ws, one, askers)
        out.print(
            f"{one.name}: {rate:.0f} answers a second at {LOAD_A_SECOND} pastes a second for {LOAD_SECONDS} s, p50 {middle:.0f} ms"
        )


if __name__ == "__main__":
    asyncio.run(main())

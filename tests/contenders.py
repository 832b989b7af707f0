"""Processes of the bot and of a bare Bolt app, which `make latency` compares."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from io import BytesIO
from pathlib import Path

import aiohttp
import psycopg

from slack_sandbox import SlackSandbox
from tests.storage.server import NoServerError, running_server
from tests.test_process import free_port

ROOT = Path(__file__).resolve().parent.parent
READY_SECONDS = 60
STARTS = 6


@dataclass(frozen=True)
class Start:
    """What it took until the first request was taken, and the memory that is resident then."""

    seconds: float
    cpu_seconds: float
    megabytes: float


@dataclass
class Contender:
    """A bot, where it listens, and the channels and ts of the messages that it got."""

    name: str
    process: asyncio.subprocess.Process
    url: str
    start: Start
    starts: list[Start] = field(default_factory=list)
    """All that were measured, of processes that have ended too."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    cpu_before: float = 0.0

    def begin(self) -> None:
        """Forget what was measured so far."""
        self.asked.clear()
        self.cpu_before = self.cpu_seconds()

    def cpu_ms(self) -> float:
        """Milliseconds of CPU for each message since `begin`."""
        return (self.cpu_seconds() - self.cpu_before) / len(self.asked) * 1_000

    def cpu_seconds(self) -> float:
        """Seconds of CPU since its start, those of the kernel for it included."""
        return cpu_seconds(self.process.pid)


def cpu_seconds(pid: int) -> float:
    """Seconds of CPU that all threads of a process have used, to the nanosecond."""
    return time.clock_gettime((~pid << 3) | 2)  # as clock_getcpuclockid(3) makes it from a pid


def megabytes(pid: int) -> float:
    """Memory of a process that is resident, shared libraries included."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    kilobytes = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(kilobytes.split()[1]) / 1_000


@asynccontextmanager
async def contenders(
    ws: SlackSandbox, against: str | None
) -> AsyncIterator[tuple[list[Contender], str | None]]:
    """Yields the bots to compare, and why PostgreSQL is not among their databases.

    They are a bare Bolt app, the bot on each database, and, if named, that of the commit `against`.
    """
    cards = {"ESCALATION_CHANNEL": ws.add_channel("cards")}
    async with AsyncExitStack() as open_until_then:
        sources = {"bot": ROOT}
        if against:
            sources[against] = open_until_then.enter_context(source_of(against))
        folder = open_until_then.enter_context(tempfile.TemporaryDirectory())
        databases = {
            ("SQLite", name): f"sqlite:///{folder}/bot{number}.sqlite3"
            for number, name in enumerate(sources)
        }
        missing = None
        try:
            server = open_until_then.enter_context(running_server())
            databases |= {
                ("PostgreSQL", name): new_database(server, f"bot{number}")
                for number, name in enumerate(sources)
            }
        except NoServerError as error:
            missing = f"{error}"
        running = [contender(ws, "bare Bolt app", "tests.baseline_bot")]
        for (database, name), address in databases.items():
            settings = cards | {"DATABASE_URL": address, "PYTHONPATH": f"{sources[name]}"}
            running.append(contender(ws, f"{name}, {database}", "bot", "run", **settings))
        yield [await open_until_then.enter_async_context(one) for one in running], missing


@asynccontextmanager
async def beside_noop(ws: SlackSandbox, against: str | None) -> AsyncIterator[list[Contender]]:
    """Yields a Bolt app that does nothing, and the bot as support runs it, on SQLite.

    Each has been started `STARTS` times in turn; so has the bot of the commit `against`, if named.
    """
    cards = ws.add_channel("cards")
    async with AsyncExitStack() as open_until_then:
        sources = {"bot": ROOT}
        if against:
            sources[against] = open_until_then.enter_context(source_of(against))
        folder = open_until_then.enter_context(tempfile.TemporaryDirectory())
        started = {"no-op Bolt app": partial(contender, ws, "no-op Bolt app", "tests.noop_bot")}
        for number, (name, source) in enumerate(sources.items()):
            settings = {
                "DATABASE_URL": f"sqlite:///{folder}/bot{number}.sqlite3",
                "PYTHONPATH": f"{source}",
                "LOG_LEVEL": "INFO",
                "ESCALATION_CHANNEL": cards,
            }
            started[name] = partial(contender, ws, name, "bot", "run", **settings)
        starts: dict[str, list[Start]] = {name: [] for name in started}
        for _ in range(STARTS):
            for name, start in started.items():
                async with start() as one:
                    starts[name].append(one.start)
        running = [await open_until_then.enter_async_context(one()) for one in started.values()]
        for one in running:
            one.starts += starts[one.name][1:]  # the first one makes the database
        yield running


@contextmanager
def source_of(commit: str) -> Iterator[Path]:
    """A folder with the files of that commit; it is deleted afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(
            ["git", "archive", commit],  # noqa: S607 - the developer's own git
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
        )
        with tarfile.open(fileobj=BytesIO(archive.stdout)) as files:
            files.extractall(folder, filter="data")
        yield Path(folder)


def new_database(server: str, name: str) -> str:
    """The address of a new database on that server."""
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}".encode())
    return f"{server.rpartition('/')[0]}/{name}"


@asynccontextmanager
async def contender(
    ws: SlackSandbox, name: str, *command: str, **environment: str
) -> AsyncIterator[Contender]:
    """The process of a Python module, once it takes requests."""
    port = free_port()
    settings = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{ROOT}",
        "SLACK_BOT_TOKEN": ws.bot_token,
        "SLACK_SIGNING_SECRET": ws.signing_secret,
        "SLACK_API_URL": ws.api_url,
        "PORT": f"{port}",
        "LOG_LEVEL": "ERROR",
    }
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *command, cwd=folder, env=settings | environment
        )
        url = f"http://127.0.0.1:{port}/slack/events"
        try:
            await ready(url, READY_SECONDS)
            seconds, used = time.monotonic() - began, cpu_seconds(process.pid)
            start = Start(seconds, used, megabytes(process.pid))
            yield Contender(name, process, url, start)
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


async def ready(url: str, seconds: float) -> None:
    """Wait until an unsigned request is refused, not put off: during its start a bot answers 503.

    Raises:
        TimeoutError: it is not ready in time.
    """
    async with asyncio.timeout(seconds), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.post(url) as response:
                    if response.status != HTTPStatus.SERVICE_UNAVAILABLE:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.02)

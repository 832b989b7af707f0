"""The bot as operating system processes that are killed without a warning and started again."""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
from collections import Counter
from contextlib import closing
from pathlib import Path

from tests.forked import Forked, fork

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0
STOP_SECONDS = 10.0
ANSWER_SECONDS = 5.0
LIFE_SECONDS = 2.5
"""Seconds that a process listens at most before it is killed."""
STILLBORN = 0.2
"""The share of kills that hit a process while it starts."""


class Bot:
    """One process of the bot, which keeps its name and port when it is started again."""

    def __init__(self, name: str, port: int, folder: Path, environment: dict[str, str]) -> None:
        self.name = name
        self.port = port
        self.kills = 0
        self.ends: list[int] = []
        """Exit codes of processes that ended by themselves."""
        self._folder = folder
        self._log = folder / f"{name}.log"
        self._environment = environment | {
            "PORT": str(port),
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
        }
        self._process: Forked | None = None

    async def start(self) -> None:
        words = ("tests.crash.bot", "run", "--mode", "http")
        self._process = await fork(
            *words, cwd=self._folder, env=self._environment, output=self._log
        )

    async def listening(self) -> None:
        """Wait until it takes requests."""
        async with asyncio.timeout(START_SECONDS):
            while not await self._answers():
                await self._again_if_ended()
                await asyncio.sleep(0.05)

    async def _answers(self) -> bool:
        """Whether it answers Slack, which it does not while the tables are created."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                with closing(writer):
                    # unsigned, so that it costs nothing
                    writer.write(b"POST /slack/events HTTP/1.0\r\nContent-Length: 0\r\n\r\n")
                    return (await reader.readline()).startswith(b"HTTP/1.1 401")
        except OSError:  # a TimeoutError too
            return False

    async def kill(self) -> None:
        """Kill it, as a power cut would, and return when it has ended."""
        if self._process and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
            self.kills += 1

    async def stop(self) -> None:
        """Send the stop signal; kill it if it does not end in time."""
        if self._process is None or self._process.returncode is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self.ends.append(await asyncio.wait_for(self._process.wait(), STOP_SECONDS))
        except TimeoutError:
            self._process.kill()
            self.ends.append(await self._process.wait())

    async def die_again_and_again(self, over: asyncio.Event, chance: random.Random) -> None:
        """Kill and start it at random moments until the storm is over; then it listens."""
        while not over.is_set():
            if chance.random() > STILLBORN:
                await self.listening()
            try:
                await asyncio.wait_for(over.wait(), chance.uniform(0.0, LIFE_SECONDS))
            except TimeoutError:
                await self._again_if_ended()
                await self.kill()
                await self.start()
        await self.listening()

    async def _again_if_ended(self) -> None:
        if self._process and self._process.returncode is not None:
            self.ends.append(self._process.returncode)
            await self.start()

    def faults(self) -> Counter[str]:
        """Returns the log's lines of level ERROR or above, without numbers and times."""
        text = self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""
        lines = [
            line
            for line in text.splitlines()
            if re.search(r" (ERROR|CRITICAL) |^\S*(Error|Exception)\b", line)
        ]
        return Counter(
            re.sub(r"^[-\d]+ [:,\d]+ |\b[0-9a-f]{8}\b|\bJ?\d+\b|C0\w+", "", line)[:200]
            for line in lines
        )

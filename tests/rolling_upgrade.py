"""`make upgrade`: two instances of an earlier commit are replaced one after the other, under load.

FROM=commit names the earlier one. Both versions run as real processes on one PostgreSQL database,
with the waits of production. The last line counts the replies; the exit code is 1 if one is lost
or doubled.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.request import urlopen

from slack_sandbox import SlackSandbox
from tests.crash import times
from tests.crash.count import unheard
from tests.crash.processes import ROOT
from tests.crash.servers import Door, door
from tests.crash.world import free_port
from tests.slack_harness import AUTHORISED
from tests.storage.conftest import new_database
from tests.storage.server import running_server

START_SECONDS = 120.0
PHASE_SECONDS = 4.0
"""How long each pair of versions runs side by side."""
DRAIN_SECONDS = 60.0
BETWEEN_PASTES = 0.2
MOST_PASTES = 1_500


class Instance:
    """One instance: a port, and the process of a version that has it now."""

    def __init__(self, number: int, folder: Path, environment: dict[str, str]) -> None:
        self.port = free_port()
        self._log = (folder / f"instance-{number}.log").open("ab")
        self._folder = folder
        self._environment = environment | {"PORT": str(self.port), "PATH": os.environ["PATH"]}
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self, program: Path) -> None:
        """Start a version and wait until it is ready."""
        self._process = subprocess.Popen(  # noqa: ASYNC220 - it is awaited below
            [sys.executable, "-m", "bot", "run", "--mode", "http"],
            cwd=self._folder,
            env=self._environment | {"PYTHONPATH": str(program)},
            stdout=self._log,
            stderr=self._log,
        )
        async with asyncio.timeout(START_SECONDS):
            while not await asyncio.to_thread(self._is_ready):
                if self._process.poll() is not None:
                    raise RuntimeError(f"it ended with exit code {self._process.returncode}")
                await asyncio.sleep(0.2)

    def _is_ready(self) -> bool:
        try:
            urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5).close()
        except OSError:  # 503 too
            return False
        return True

    async def stop(self) -> int:
        """Stop it as a supervisor does; returns its exit code."""
        if self._process is None or self._process.poll() is not None:
            return 0
        self._process.send_signal(signal.SIGTERM)
        return await asyncio.to_thread(self._process.wait)


class Shops:
    """People who paste all the time, each once, so that no two get one answer."""

    def __init__(self, ws: SlackSandbox) -> None:
        self._ws = ws
        self._people = [ws.add_user(f"Shop {number}") for number in range(MOST_PASTES)]
        self._channels = [ws.add_channel(f"support-{n}", self._people) for n in range(6)]
        self.pasted: list[tuple[str, str]] = []

    async def paste_until(self, over: asyncio.Event) -> None:
        async with asyncio.TaskGroup() as posting:
            for number, person in enumerate(self._people):
                if over.is_set():
                    break
                channel = self._channels[number % len(self._channels)]
                posting.create_task(self._paste(person, channel))
                await asyncio.sleep(BETWEEN_PASTES)

    async def _paste(self, person: str, channel: str) -> None:
        self.pasted.append((channel, await self._ws.say(person, channel, AUTHORISED)))

    def replies(self) -> Counter[tuple[str, str]]:
        """The number of the bot's replies by channel and thread."""
        found = [(c, m) for c in self._channels for m in self._ws.messages(c)]
        return Counter(
            (c, m.thread_ts) for c, m in found if m.bot_id == self._ws.bot_id and m.thread_ts
        )

    def unheard(self) -> int:
        """The number of events that no instance has taken."""
        return len(unheard(self._ws.transcript))

    def lost(self) -> int:
        counts = self.replies()
        return sum(not counts[paste] for paste in self.pasted)

    def doubled(self) -> int:
        counts = self.replies()
        return sum(max(0, counts[paste] - 1) for paste in self.pasted)


async def upgraded(old: Path, folder: Path, database: str) -> tuple[Shops, list[int]]:
    async with AsyncExitStack() as stack:
        ws = await stack.enter_async_context(SlackSandbox(clock=times.RETRIES))
        way: Door = await stack.enter_async_context(door())
        ws.deliver_to(f"http://127.0.0.1:{way.port}/slack/events")
        shops = Shops(ws)
        environment = {
            "SLACK_BOT_TOKEN": ws.bot_token,
            "SLACK_SIGNING_SECRET": ws.signing_secret,
            "SLACK_API_URL": ws.api_url,
            "ESCALATION_CHANNEL": ws.add_channel("xero-escalations"),
            "DATABASE_URL": database,
        }
        instances = [Instance(number, folder, environment) for number in (1, 2)]
        for instance in instances:
            stack.push_async_callback(instance.stop)
            await instance.start(old)
        way.behind = [instance.port for instance in instances]
        over = asyncio.Event()
        load = asyncio.create_task(shops.paste_until(over))
        await asyncio.sleep(PHASE_SECONDS)
        migrated = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "migrate"),
            cwd=folder,
            env={**environment, "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        )
        ends = [await migrated.wait()]
        await asyncio.sleep(PHASE_SECONDS)
        first, second = instances
        # at the end one goes back to the version before, on the new tables
        for instance, program in ((first, ROOT), (second, ROOT), (first, old)):
            # a load balancer asks /readyz, and sends no more to an instance that stops
            way.behind = [other.port for other in instances if other is not instance]
            ends.append(await instance.stop())
            await instance.start(program)
            way.behind = [instance.port for instance in instances]
            await asyncio.sleep(PHASE_SECONDS)
        over.set()
        await load
        until = time.monotonic() + DRAIN_SECONDS
        while shops.lost() and time.monotonic() < until:
            await asyncio.sleep(0.5)
        await asyncio.sleep(PHASE_SECONDS)  # what is posted twice is posted later
        return shops, ends


def main() -> None:
    commit = os.environ.get("FROM") or "755ba2e"
    with (
        tempfile.TemporaryDirectory(prefix="xero-bot-upgrade-") as name,
        running_server() as server,
    ):
        old, folder = Path(name, "old"), Path(name, "run")
        for made in (old, folder):
            made.mkdir()
        archive = subprocess.run(
            ["git", "archive", commit],  # noqa: S607 - the developer's own git
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        subprocess.run(["tar", "-x", "-C", old], input=archive.stdout, check=True)  # noqa: S607
        shops, ends = asyncio.run(upgraded(old, folder, new_database(server)))
        pasted, lost, doubled = len(shops.pasted), shops.lost(), shops.doubled()
        failed = sum(code != 0 for code in ends)
        if lost or doubled or failed:
            for log in sorted(folder.glob("*.log")):
                sys.stderr.write(log.read_text(encoding="utf-8", errors="replace")[-4_000:])
    print(  # noqa: T201 - the result
        f"upgrade from {commit}: {pasted} pastes, events not taken {shops.unheard()}, "
        f"replies lost {lost}, doubled {doubled}; "
        f"processes that failed {failed}"
    )
    sys.exit(1 if lost or doubled or failed or not pasted else 0)


if __name__ == "__main__":
    main()
